"""A whole run with personal data in its questions: no file, no line of output and no request has them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.settings import ROOT, load_settings
from evals.scripted_model import ModelServer
from tests.core_kit import indexed

# What a run must not keep, hand on or say back; each as it is asked, and as somebody may write it down.
ORIGINALS = (
    "120385-1237",
    "1203851237",
    "20 12 34 56",
    "20123456",
    "anna.prøve@eksempel.dk",
    "Nørregade 12",
    "Anna Prøve",
)
QUESTIONS = (
    "Min borger Anna Prøve, cpr 120385-1237, bor på Nørregade 12. Skal vi stadig lave en handleplan efter SEL § 141?",
    "Ring til mig på 20 12 34 56: må vi slippe for den forberedende del af rehabiliteringsplanen?",
    "My client Anna Prøve (1203851237, anna.prøve@eksempel.dk) has one plan. Do we still need one under section 141?",
)
FOLLOW_UP = "Og gælder det også for hende?"


class Run(NamedTuple):
    """All that a run left behind: what it printed, what it sent, and the folder that was its home."""

    printed: str
    sent: str
    home: Path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The questions asked one by one and as a batch, with a language model that is a server of our own."""
    home = tmp_path_factory.mktemp("home")
    batch = tmp_path_factory.mktemp("given") / "in.jsonl"
    lines = [{"id": number, "question": FOLLOW_UP, "history": [text]} for number, text in enumerate(QUESTIONS)]
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    with ModelServer() as server:
        given = {
            "HOME": str(home),
            "TMPDIR": str(home),
            "ASSISTANT_DATA": str(home / "data"),
            "ASSISTANT_INDEX": str(indexed().index),
            "ASSISTANT_CACHE": str(load_settings().cache),
            "ASSISTANT_MODE": "llm",
            "ASSISTANT_MODEL": "openai:good",
            "ASSISTANT_MODEL_URL": server.url,
        }
        doors = [*(["ask", text, "--json"] for text in QUESTIONS), ["batch", str(batch), str(home / "out.jsonl")]]
        printed = "".join(_printed(arguments, given, home) for arguments in doors)
        yield Run(printed, json.dumps(server.requests, ensure_ascii=False), home)


def _printed(arguments: list[str], given: dict[str, str], home: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), **given},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout + ran.stderr


def test_the_model_was_asked_and_the_questions_were_answered(run: Run) -> None:
    assert "141" in run.sent
    assert '"mode": "llm"' in run.printed
    assert "[cpr-nummer]" in run.printed


@pytest.mark.parametrize("original", ORIGINALS)
def test_no_request_and_no_line_of_output_has_the_data(run: Run, original: str) -> None:
    assert original.casefold() not in run.sent.casefold()
    assert original.casefold() not in run.printed.casefold()


@pytest.mark.parametrize("original", ORIGINALS)
def test_no_file_of_the_run_and_of_the_index_has_the_data(run: Run, original: str) -> None:
    folders = (run.home, indexed().index)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "out.jsonl" for path in files)
    spellings = {original.encode(encoding) for encoding in ("utf-8", "utf-16-le", "latin-1")}
    spellings.add(json.dumps(original).strip('"').encode())
    assert [path for path in files if any(spelling in path.read_bytes() for spelling in spellings)] == []
