"""A page in a real Chromium: the browser, a server of the page, windows that reach no other machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]
WIDE, NARROW = (1400, 900), (360, 740)
START_SECONDS = 60
FIRST_ANSWER_MS = 400_000  # builds the index, on a machine that may be doing other things
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that the tests of a module share."""
    path = browser_path()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


def browser_path() -> str:
    """Debian's Chromium, or another one on the path. Without one: skipped, and in CI failed."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        reason = "ingen Chromium på maskinen (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(script: Path, log: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of `streamlit run script` with `options`, on a port of its own; its output goes to `log`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *options]
    variables = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            wait_until_up(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"Streamlit kom ikke op:\n{log.read_text('utf-8')}")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens a page in a window of its own; every window is closed, and none may have asked another machine."""
    contexts = []
    strangers: list[str] = []

    def note(url: str) -> None:
        if urlsplit(url).hostname not in ("127.0.0.1", None):
            strangers.append(url)

    def open_page(url: str, size: tuple[int, int] = WIDE) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="da-DK")
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.set_default_timeout(20_000)
        page.goto(url)
        expect(chat(page)).to_be_visible(timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers


def chat(page: Page) -> Locator:
    return page.get_by_test_id("stChatInputTextArea")


def ask(page: Page, question: str, timeout: int = 20_000) -> None:
    """Ask, and wait until the answer or refusal stands there."""
    settled = page.locator(".fa-badge, .fa-failure")
    before = settled.count()
    chat(page).fill(question)
    chat(page).press("Enter")
    expect(settled).to_have_count(before + 1, timeout=timeout)
