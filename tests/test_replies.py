"""Ja and nej: what a reply says of its question, and a cell of its column."""

from __future__ import annotations

import pytest

from assistant.frames import Cue
from assistant.replies import asks, effect_of_reply, is_bare_reply, replies, reply_in

# question or column -> what "ja" says, what "nej" says
ASKED = {
    "Skal vi sende regnskabet til ministeriet?": ("required", "exempt"),
    "Spørgsmål 5: Er det et krav, at byrådet hører borgerne?": ("required", "exempt"),
    "Kan skolen lade andre føre regnskabet?": ("permitted", "forbidden"),
    "Må mødet holdes pr. telefon?": ("permitted", "forbidden"),
    "Er kommunen fritaget for tilsynet?": ("exempt", "not_exempt"),
    "Kan kravet fraviges?": ("exempt", "not_exempt"),
    "Fritaget": ("exempt", "not_exempt"),
    "Godkendt": ("permitted", "refused"),
    "Obligatorisk": ("required", "exempt"),
    "Hvor mange møder skal der holdes?": ("", ""),
    "Bemærkning": ("", ""),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_reply_has_the_effect_that_its_question_asks_for(asked: str) -> None:
    assert (effect_of_reply(asked, "ja"), effect_of_reply(asked, "nej")) == ASKED[asked]


@pytest.mark.parametrize("cue", replies().words, ids=lambda cue: cue.example)
def test_a_reply_is_known_by_its_first_word(cue: Cue) -> None:
    assert reply_in(cue.example) == cue.name


@pytest.mark.parametrize("cue", [*replies().status, *replies().numbering], ids=lambda cue: cue.example)
def test_a_pattern_matches_its_example(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())


@pytest.mark.parametrize("text", ["Ja", "Nej.", "Svar: Ja.", "x"])
def test_a_word_alone_is_a_bare_reply(text: str) -> None:
    assert is_bare_reply(text)


@pytest.mark.parametrize("text", ["Nej, men lederen kan.", "Jakob", "Nejsigere", "Mindst hver måned.", ""])
def test_more_or_other_words_are_none(text: str) -> None:
    assert not is_bare_reply(text)


def test_a_question_ends_in_its_mark() -> None:
    assert asks("Skal vi det?")
    assert asks("»Skal vi det?«")
    assert not asks("Det skal vi.")
