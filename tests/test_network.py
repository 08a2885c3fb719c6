"""The rules in conftest.py: tests reach this machine and nothing else, and CI skips no browser test."""

from __future__ import annotations

import socket
import urllib.request
from pathlib import Path

import pytest

SKIPPED_BROWSER_TEST = """
import pytest

@pytest.mark.browser
def test_the_page():
    pytest.skip("no Chromium here")

def test_something_else():
    pytest.skip("no reason to worry")
"""


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_an_address_outside_this_machine_is_refused(host: str) -> None:
    with pytest.raises(OSError, match="no network"):
        socket.create_connection((host, 80), timeout=1)


def test_a_download_is_refused() -> None:
    with pytest.raises(OSError, match="no network"):
        urllib.request.urlopen("http://example.invalid/model.bin", timeout=1)


def test_this_machine_stays_reachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(("localhost", server.getsockname()[1]), timeout=5)
        client.close()


@pytest.mark.parametrize(("ci", "failed", "skipped"), [("true", 1, 1), ("", 0, 2)])
def test_in_ci_a_skipped_browser_test_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, failed: int, skipped: int
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = browser: drives the page")
    pytester.makepyfile(SKIPPED_BROWSER_TEST)
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(failed=failed, skipped=skipped)
