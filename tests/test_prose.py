"""Prose: conclusions in the question's own words, quotes that can be read alone, duties that stand, honest silence."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from assistant.conclusion import asked, concluded, words
from assistant.engine import Assistant
from assistant.frames import fold_text
from assistant.models import Answer, Language
from assistant.quoting import fits, marked, shortened
from assistant.set_aside import STAGES
from assistant.templates import templates
from assistant.verify import faults_in
from assistant.whereto import table, where_to_look
from assistant.words import TABLES
from tests import core_kit

LANGUAGES: tuple[Language, ...] = ("da", "en")


def rows(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / name).read_text("utf-8"))


def known(word: str) -> bool:
    return word != "registrrere"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return core_kit.assistant()


# --- the conclusion ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_of_asking_has_the_answers_of_its_example(language: Language) -> None:
    for mirror in words(language).mirrors:
        question, yes, no = mirror.example["q"], mirror.example["ja"], mirror.example["nej"]
        opening = ("Ja, ", "Nej, ") if language == "da" else ("Yes, ", "No, ")
        assert concluded(question, language, "ja", False, known) == (f"{opening[0]}{yes}." if yes else "")
        assert concluded(question, language, "nej", False, known) == f"{opening[1]}{no}."


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("Må vi droppe Min Plan?", "betinget", "Ja, på visse betingelser må I gerne droppe Min Plan."),
        ("Når han er syg, må vi så droppe Min Plan?", "nej", "Nej, når han er syg, må I ikke droppe Min Plan."),
        ("Hej, kan vores kommune gå i gang?", "nej", "Nej, jeres kommune kan ikke gå i gang."),
        ("Er det rigtigt, at vi er fritaget?", "ja", "Ja, det er rigtigt, at I er fritaget."),
        ("Borgeren er syg. Skal jeg stadig registrere?", "ja", "Ja, I skal stadig registrere."),
        ("Må planen efter SEL § 140 udelades?", "nej", "Nej, planen efter SEL § 140 må ikke udelades."),
    ],
)  # fmt: skip
def test_a_question_is_answered_in_its_own_words(question: str, verdict: str, said: str) -> None:
    assert concluded(question, "da", verdict, False, known) == said


@pytest.mark.parametrize(
    "question",
    [
        "Skal vi ikke registrere?",
        "Må vi registrrere?",
        "MÅ VI DROPPE PLANEN?",
        "Må vi det?",
        "Skal den individuelle jobsamtale holdes i jobcentret, eller skal vi vente?",
        "Må vi skrive »alt er tilladt«?",
        "Behøver vi mentorkontrakt for ?",
        "Hvad må vi?",
        "Må planen for barnet ligge i familiens plan?",
    ],
)
def test_what_cannot_surely_be_turned_round_is_left_to_the_plain_sentence(question: str) -> None:
    assert concluded(question, "da", "nej", False, known) == ""


def test_a_free_duty_on_conditions_says_so_first() -> None:
    said = concluded("Skal vi lave Min Plan?", "da", "nej", True, known)
    assert said == "Nej, når betingelserne er opfyldt, behøver I ikke lave Min Plan."


def test_what_is_asked_can_stand_after_whether() -> None:
    assert asked("Skal vi stadig registrere?", "da", known) == "I stadig skal registrere"
    assert asked("May we skip our plan?", "en", known) == "you may skip your plan"


# --- quotes -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(rows("quotes.toml")))
def test_each_pattern_of_a_quote_knows_its_example(name: str) -> None:
    for row in rows("quotes.toml")[name]:
        for pattern in row["patterns"]:
            assert re.search(pattern["p"].replace(" W ", r"\W+(?:\w+\W+){0,8}?"), pattern["e"].lower()), pattern
            assert fits(name, pattern["e"])


LONG = "Der gives fritagelse for den del af planen, som borgeren og kommunen sammen har lagt i det samlede forløb, "


def test_a_long_sentence_may_end_before_its_reason() -> None:
    reason = "da netværket har vist, hvordan borgerens retssikkerhed sikres i det samlede forløb på tværs af kommunen"
    assert shortened(LONG * 2 + reason).endswith("…")
    assert "netværket har vist" not in shortened(LONG * 2 + reason)


def test_a_not_or_an_if_is_never_left_off() -> None:
    for tail in (
        "da det ikke er givet, at borgeren kan få hjælp",
        "så det kun gælder, hvis borgeren er med i målgruppen",
    ):
        assert shortened(LONG * 2 + tail).endswith(tail)


def test_quotation_marks_of_the_source_become_single_ones() -> None:
    assert marked('en "plan".', "da") == "»en ’plan’«"


# --- whole answers ----------------------------------------------------------------------------------------------
def said(assistant: Assistant, question: str) -> Answer:
    answer = assistant.ask(question)
    assert not faults_in(answer, assistant.library())
    return answer


def test_the_mission_opens_with_the_conclusion_in_its_own_words(assistant: Assistant) -> None:
    answer = said(assistant, "Må jeg springe den forberedende del af rehabiliteringsplanen over?")
    assert answer.answer.startswith("Nej, I må ikke springe den forberedende del af rehabiliteringsplanen over. I tils")


def test_a_freedom_comes_with_the_duty_that_stands(assistant: Assistant) -> None:
    answer = said(assistant, "Er vi fritaget for at lave Min Plan?")
    assert "Husk: »Kommunerne skal fortsat registrere til det fælles datagrundlag" in answer.answer


def test_a_row_heading_is_not_quoted_alone(assistant: Assistant) -> None:
    answer = said(assistant, "Hvilken hjemmel har »En handleplan« i brevet fra februar 2017?")
    assert "»En handleplan«" not in answer.answer


def test_a_lead_in_is_quoted_with_what_hangs_under_it(assistant: Assistant) -> None:
    answer = said(assistant, "Hvilke paragraffer er vi fritaget for at lave planer efter?")
    assert re.search("følgende paragraffer: SEL §§140-141; SEL §54;.*LSD § 13c«", answer.answer)


def test_a_sentence_is_quoted_with_the_one_that_limits_it(assistant: Assistant) -> None:
    answer = said(assistant, "Drøftes alle indsatser i frikommuneteamet i Frederikssund inden bevilling?")
    assert re.search("inden bevilling. Dog skal anbringelse", answer.answer)


def test_silence_says_what_was_asked_and_where_one_would_look(assistant: Assistant) -> None:
    answer = said(assistant, "Er vi fritaget for SEL § 85?")
    assert answer.verdict == "ikke_besvaret"
    assert answer.answer.endswith("Slå bestemmelsen op i lov om social service på retsinformation.dk.")
    complaint = where_to_look(core_kit.understood("Hvad er klagefristen?"), "for_svagt", assistant.library())
    assert "retssikkerhedsloven" in complaint


def test_masked_and_instructed_questions_are_not_repeated(assistant: Assistant) -> None:
    answer = said(assistant, "Skal jeg stadig registrere for 010190-1234?")
    assert answer.answer.startswith("Ja, det skal I.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_to_look_knows_its_example_and_speaks_both_languages(language: Language) -> None:
    for place in table().places:
        assert place.texts[language].endswith(".")
        for cue in place.cues:
            assert cue.pattern.search(fold_text(cue.example)), cue.example


# --- the explanation --------------------------------------------------------------------------------------------
def test_each_rule_and_each_reason_has_its_sentence() -> None:
    judged = [path.read_text("utf-8") for path in (TABLES.parent).glob("*.py")]
    rules = {rule for text in judged for rule in re.findall(r'Judgement\(\s*"?\w+"?,\s*"(\w+)"', text)}
    for language in LANGUAGES:
        assert not {rule for rule in rules if f"rule.{rule}" not in templates(language)}
        assert not {stage for stage in STAGES[1:] if f"aside.{stage}" not in templates(language)}


def test_the_explanation_tells_what_was_set_aside_and_why(assistant: Assistant) -> None:
    told = said(assistant, "Må vi undlade at lave Min Plan for en borger med én plan?").explanation
    assert told["reason"].endswith(".")
    assert told["read"].startswith("Læst som")
    assert all(row["reason"].endswith(".") for row in told["set_aside"])
    assert told["set_aside"]
