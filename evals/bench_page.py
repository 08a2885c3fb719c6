"""How long the chat page takes from `make run` to an answer, in a real browser where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from time import monotonic, sleep
from typing import NamedTuple

from evals.bench_growth import ROOT, BenchError

QUESTION = "Må jeg springe den forberedende del af rehabiliteringsplanen over?"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_FLAGS += ["--disable-component-update", "--disable-sync"]
_LIMIT_S = 180.0


class PageTimes(NamedTuple):
    """Seconds from the start of `make run`; None with a `note` for what could not be measured."""

    health_s: float
    shown_s: float | None
    answered_s: float | None
    note: str = ""


def measure_page(settings: Mapping[str, str]) -> PageTimes:
    """Run `make run` on a free port with the environment's `settings`, ask a question, and stop it again."""
    if shutil.which("make") is None:
        raise BenchError("Siden kan ikke måles: make mangler. Installer make, eller brug --no-page.")
    port = _free_port()
    env = os.environ | dict(settings) | {"STREAMLIT_SERVER_HEADLESS": "true"}
    start = monotonic()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for_health(port, server)
        health = monotonic() - start
        browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        if browser is None:
            return PageTimes(health, None, None, "ingen browser: sidens svar er ikke målt")
        shown, answered = _ask(browser, port)
        return PageTimes(health, shown - start, answered - start)
    finally:
        _stop(server)


def _wait_for_health(port: int, server: subprocess.Popen[bytes]) -> None:
    limit = monotonic() + _LIMIT_S
    while monotonic() < limit:
        if server.poll() is not None:
            raise BenchError(f"«make run» stoppede med kode {server.returncode}. Kør den selv for at se hvorfor.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    raise BenchError(f"Siden svarede ikke inden for {_LIMIT_S:.0f} s. Kør «make run» selv for at se hvorfor.")


def _ask(browser: str, port: int) -> tuple[float, float]:
    """When the input was shown and when the verdict stood on the page, on the monotonic clock."""
    # Here, since the bench without a page needs no browser library.
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=_FLAGS)
            page = chromium.new_page()
            page.set_default_timeout(_LIMIT_S * 1000)
            page.goto(f"http://127.0.0.1:{port}")
            field = page.locator('[data-testid="stChatInput"] textarea')
            field.wait_for()
            shown = monotonic()
            field.fill(QUESTION)
            field.press("Enter")
            page.locator(".fa-badge").first.wait_for()
            answered = monotonic()
            chromium.close()
    except Error as exc:
        raise BenchError(f"Siden kunne ikke bruges i browseren: {exc.message.splitlines()[0]}") from exc
    return shown, answered


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End make and what it started."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
