"""The vectors on a Chroma server of their own, by ASSISTANT_CHROMA_URL."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import generations
from assistant.errors import IndexStoreError
from assistant.vectors import open_vectors
from tests.index_kit import indexed_settings, run_ingest

START = 30.0  # seconds that the server may take to answer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys; from chromadb.cli.cli import app; sys.argv = ['chroma', *sys.argv[1:]]; app()"
    command = [sys.executable, "-c", code, "run", "--path", str(tmp_path / "server"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    pytest.fail("the Chroma server did not start")


def test_an_index_moves_to_a_server_and_answers_from_there(
    tmp_path: Path, server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    url, process = server
    settings = indexed_settings(tmp_path).model_copy(update={"chroma_url": url})
    assert run_ingest(settings)[0] == 0
    assert not (generations.current(settings.index) / generations.CHROMA).exists()
    code, out, err = run_ingest(settings, "verify")
    assert (code, err) == (0, "")
    assert "alt er i orden" in out
    process.kill()
    process.wait()
    code, _, err = run_ingest(settings, "verify")
    assert code == 1
    assert "ASSISTANT_CHROMA_URL" in err
    assert "Traceback" not in err


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexStoreError, match=r"127\.0\.0\.1:9 .*ASSISTANT_CHROMA_URL"):
        open_vectors(tmp_path, "gen-x", "http://127.0.0.1:9")


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://vært", "http://"])
def test_an_address_that_is_none_says_how_to_write_one(tmp_path: Path, url: str) -> None:
    with pytest.raises(IndexStoreError, match="http://vært:port"):
        open_vectors(tmp_path, "gen-x", url)
