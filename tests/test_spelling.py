"""Damaged words: what scanning made of a text is read as it was meant; a sound text is left alone."""

from __future__ import annotations

import pytest

from assistant.effects import effect_of
from assistant.spelling import as_it_stands, meaning

SCANNED = """
Regnskabet skal fremlaegges for foraeldrene, nar aret er gaet. Ledelsen ma ikke udlevere regnskabet til andre pa
skolen, og den ma forst offentliggore det, efter at medlemmerne har faet det at se. Sporgsmal om sagen bor rettes til
kontoret. F0rste m0de ho1des i K0benhavn, og te1efonsamta1er gaelder ikke som m0de. Arsrapporten for 2018 folger § 30a.
"""
SOUND = """
Regnskabet skal fremlægges for forældrene, når året er gået. Ledelsen må ikke udlevere regnskabet til andre på skolen,
og den må først offentliggøre det, efter at medlemmerne har fået det at se. Spørgsmål om sagen bør rettes til kontoret.
"""


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("nar", "når"),
        ("ma", "må"),
        ("F0rste", "Første"),
        ("ho1des", "holdes"),
        ("te1efonsamta1er", "telefonsamtaler"),
        ("forsoget", "forsøget"),
        ("jobafklaringsforlob", "jobafklaringsforløb"),
        ("videomode", "videomøde"),
        ("forlobets", "forløbets"),
        ("K0benhavn", "København"),
    ],
)
def test_a_word_of_a_scanned_document_is_read_as_it_was_meant(damaged: str, meant: str) -> None:
    assert meaning(SCANNED)(damaged) == meant


@pytest.mark.parametrize("word", ["2018", "30a", "§ 13 b", "STAR", "og", "regnskabet", "10", "IGU"])
def test_numbers_abbreviations_and_sound_words_stay(word: str) -> None:
    assert meaning(SCANNED)(word) == word


def test_a_sound_document_is_read_as_it_stands() -> None:
    assert meaning(SOUND) is as_it_stands
    assert meaning("The annual accounts must be presented to the members before the end of May. " * 5) is as_it_stands
    assert meaning("") is as_it_stands


def test_a_few_misspellings_make_no_damaged_document() -> None:
    assert meaning(f"{SOUND} Kontakføreløb og arbejdsledeskassen er omfattet. Afsnit A1 og B0.") is as_it_stands


def test_a_duty_in_a_damaged_sentence_is_read() -> None:
    damaged = "Ledelsen ma under ingen omstaendigheder udlevere regnskabet."
    assert effect_of(meaning(SCANNED)(damaged)) == "forbidden"
