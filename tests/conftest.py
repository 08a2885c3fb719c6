"""What holds for every test: no network, no telemetry, and in CI no browser test that silently does not run."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Generator
from typing import Any

import pytest

# Their fixtures: the browser, and windows in it; the record on either database.
pytest_plugins = ["tests.browser_kit", "tests.record_kit"]

# Before anything imports the libraries that read these once. A test that starts a program hands them on to it.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["LANGSMITH_TRACING"] = "false"
# A test that records says so itself, into a folder of its own.
os.environ["ASSISTANT_RECORD"] = "off"


class NetworkRefused(OSError):
    """A test tried to reach something outside this machine."""


def _is_local(host: object) -> bool:
    """Whether `host` is this machine: a loopback name or address."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _refuse_unless_local(host: object) -> None:
    if not _is_local(host):
        raise NetworkRefused(f"tests reach no network, but this one asked for {host!r}")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection and name look-up that leaves the machine; sockets in the file system stay free."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(name: str) -> object:
        def call(self: socket.socket, address: object) -> object:
            if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
                _refuse_unless_local(address[0])
            return real[name](self, address)

        return call

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse_unless_local(host)
        return look_up(host, *rest, **named)

    for name in real:
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def own_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page run headless believes that a browser on this machine asked for it; without one it refuses to be shown."""
    # Imported here: most tests need no page.
    from streamlit.runtime.context import ContextProxy

    monkeypatch.setattr(ContextProxy, "headers", {"Host": "127.0.0.1:8501"})


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _needed(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("browser", "postgresql"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test of the browser or of PostgreSQL is a failed one: there both must be present."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _in_ci() and _needed(item):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: this test may not be skipped in CI ({reason})"
    return report
