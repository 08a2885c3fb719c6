"""The two vocabularies that widen a search: the corpus folder's glossary and the English words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.words import stems

ROOT = Path(__file__).resolve().parent.parent
TERMS: list[dict[str, Any]] = tomllib.loads((ROOT / "corpus" / "glossary.toml").read_text(encoding="utf-8"))["term"]
ENGLISH: dict[str, list[str]] = tomllib.loads(
    (ROOT / "assistant" / "tables" / "english.toml").read_text(encoding="utf-8")
)
FIELDS = {"term", "abbreviation", "synonyms", "english", "broader", "note"}


def by_name(name: str) -> dict[str, Any]:
    (found,) = (term for term in TERMS if term["term"] == name)
    return found


def test_every_term_has_its_words_in_both_languages() -> None:
    for term in TERMS:
        assert set(term) <= FIELDS, term["term"]
        assert term["english"] or term["synonyms"], term["term"]


def test_a_wording_belongs_to_one_term_only_however_it_is_inflected() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for term in TERMS:
        for wording in [term["term"], term.get("abbreviation", term["term"]), *term["synonyms"], *term["english"]]:
            assert stems(wording), f"{wording!r} of {term['term']!r} holds no word"
            owners.setdefault(stems(wording), set()).add(term["term"])
    assert {" ".join(wording): names for wording, names in owners.items() if len(names) > 1} == {}


def test_a_broader_term_is_a_term() -> None:
    names = {term["term"] for term in TERMS}
    assert {name for term in TERMS for name in term.get("broader", []) if name not in names} == set()


def test_the_two_parts_of_the_rehabilitation_plan_are_never_synonyms() -> None:
    parts = [by_name("forberedende del"), by_name("indsatsdel")]
    words = [{part["term"], *part["synonyms"], *part["english"]} for part in parts]
    assert not words[0] & words[1]
    assert all("rehabiliteringsplan" in part["broader"] for part in parts)


@pytest.mark.parametrize(
    "abbreviation", ["SEL", "LAB", "LAS", "LSD", "BAB", "IGU", "STAR", "SKP", "LØFT", "FIT", "CTI", "VIVE", "KL"]
)
def test_the_abbreviations_of_the_documents_are_explained(abbreviation: str) -> None:
    assert [term["term"] for term in TERMS if term.get("abbreviation") == abbreviation]


@pytest.mark.parametrize(
    ("phrase", "term"),
    [
        ("rehab plan's preparatory part", "forberedende del"),
        ("right and duty", "ret og pligt"),
        ("mentor contract", "mentorkontrakt"),
        ("common data base", "fælles datagrundlag"),
        ("coordinating caseworker", "koordinerende sagsbehandler"),
        ("education order", "uddannelsespålæg"),
    ],
)
def test_english_questions_reach_the_danish_term(phrase: str, term: str) -> None:
    assert phrase in by_name(term)["english"]


@pytest.mark.parametrize(
    ("misspelling", "term"),
    [
        ("kontaktførelse", "kontaktforløb"),
        ("arbejdsledeskasse", "arbejdsløshedskasse"),
        ("aktivtetsparat", "aktivitetsparat"),
    ],
)
def test_misspellings_of_the_documents_are_known(misspelling: str, term: str) -> None:
    assert misspelling in by_name(term)["synonyms"]


def test_english_words_are_lower_case_and_lead_to_danish_ones() -> None:
    for word, danish in ENGLISH.items():
        assert word == word.lower()
        assert danish
        assert all(re.fullmatch(r"[a-zæøåé -]+", each) for each in danish), word


def test_the_english_words_hold_no_domain_answers() -> None:
    assert not re.search(r"§|\d", " ".join(" ".join(danish) for danish in ENGLISH.values()))


def test_skip_means_to_leave_out() -> None:
    assert ENGLISH["skip"] == ["springe over", "undlade", "fritage"]
