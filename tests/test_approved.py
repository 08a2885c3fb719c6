"""Approved answers are served for the same question in any wording, and for no other question."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Asked, answer_question
from assistant.approved.reading import read
from assistant.approved.sameness import same, same_words
from assistant.approved.signature import Signature, known_words
from assistant.approved.wording import wording
from assistant.models import Language
from assistant.reception import Received, receive
from assistant.record.approvals import known_of
from assistant.relevance import Floats
from tests import core_kit

PAIRS = Path(__file__).parent / "approved"
QUESTION = "Må vi springe den forberedende del af rehabiliteringsplanen over?"
AGAIN = "Hej, er det tilladt at droppe rehabiliteringsplanens forberedende del?"


# --- pairs of questions ----------------------------------------------------------------------------------------


def pairs(name: str) -> list[dict[str, Any]]:
    lines = (PAIRS / f"pairs-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if not row.get("disputed")]


@cache
def received(text: str) -> Received:
    return receive(text, (), 4000)


@cache
def turn(text: str, language: Language) -> Any:
    base = core_kit.assistant()
    return read(text, language, base.lexicon, known_words(base.library()))


@cache
def known(text: str) -> tuple[Signature, Floats]:
    base = core_kit.assistant()
    asked = Asked(received(text), None, base.library(), base.embedder, base.lexicon)
    found = known_of(answer_question(asked), asked, "1")
    assert found is not None
    return found


def served(approved: str, asked: str) -> bool:
    """Whether the approved answer to the one is given to the other; what words tell apart is not asked first."""
    one, other = received(approved), received(asked)
    if one.language != other.language:
        return False
    if same_words(turn(one.text, one.language), turn(other.text, other.language), one.language).why:
        return False
    (signature, vector), (asked_signature, asked_vector) = known(approved), known(asked)
    return same(signature, asked_signature, float(vector @ asked_vector)).same


def test_there_are_enough_pairs() -> None:
    every = [*pairs("known"), *pairs("unseen")]
    assert sum(not row["same"] for row in every) >= 300
    assert sum(row["same"] for row in every) >= 150


@pytest.mark.parametrize("name", ["known", "unseen"])
def test_no_near_miss_is_served(name: str) -> None:
    wrong = [row["id"] for row in pairs(name) if not row["same"] and served(row["approved"], row["asked"])]
    assert wrong == []


@pytest.mark.parametrize(("name", "least"), [("known", 0.9), ("unseen", 0.8)])
def test_most_paraphrases_are_served(name: str, least: float) -> None:
    true = [row for row in pairs(name) if row["same"]]
    assert sum(served(row["approved"], row["asked"]) for row in true) / len(true) >= least


@pytest.mark.parametrize(
    ("approved", "asked"),
    [
        ("Skal frikommunevedtægten offentliggøres?", "Hvor skal frikommunevedtægten offentliggøres?"),
        ("Må Allerød bruge Helsingørs skabelon?", "Må Helsingør bruge Allerøds skabelon?"),
        ("Er vi fritaget for planen?", "Er borgeren fritaget for planen?"),
        ("Hvad er en plankoordinator i Allerød?", "Hvad laver en plankoordinator i Allerød?"),
        ("Hvor mange kommuner er med?", "Hvilke kommuner er med, og hvor mange er de?"),
        ("Må vi lade være med at lave planen?", "Må vi lade være med at ændre planen?"),
    ],
)
def test_other_words_for_another_question_are_told_apart(approved: str, asked: str) -> None:
    assert not served(approved, asked)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_pattern_finds_its_example(language: Language) -> None:
    table = wording(language)
    for cue in (*table.asks, *table.phrases, *table.wrapping):
        assert cue.pattern.search(core_kit.spelt(cue.example)), cue.example
