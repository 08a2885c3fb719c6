"""What a question asks for: every entry of the table by its example, and answers that give it or are silent."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from assistant.counting import Counted, counted_windows, counts
from assistant.engine import Assistant
from assistant.frames import fold_text
from assistant.wanted import asked_for, table
from assistant.words import TABLES
from tests import core_kit
from tests.core_kit import lexicon, understood

READ: dict[str, Any] = tomllib.loads((TABLES / "answers.toml").read_text(encoding="utf-8"))
TYPES, LIMITS = table()
ASKS = [(each.name, cue) for each in TYPES for cue in each.asks] + [
    ("limit", cue) for each in LIMITS for cue in each.asks
]
SHAPES = [(row["name"], shape) for row in READ["type"] for shape in row["shape"]]

# question -> the type of answer that it asks for
WANTED = {
    "Hvad er ministeriets telefonnummer?": "phone",
    "What is the street address of the ministry?": "address",
    "Hvor i landet blev konferencen holdt?": "venue",
    "Where was the conference held?": "venue",
    "Hvad er sagsnummeret på brevet?": "case_number",
    "Hvor tit mødes de med den unge?": "frequency",
    "How old are the young people in the project?": "age",
    "Hvad er klagefristen?": "deadline",
    "By how much did spending fall?": "percentage",
    "Hvor mange indbyggere har kommunerne?": "population",
    "How long may a trial run?": "duration",
    "Who signed the letter?": "signatory",
    "Hvem er borgmester i Halsnæs?": "person",
    "Hvem leder teamet?": "head",
    "What did the evaluation conclude?": "conclusion",
    "hvilke af kommunerne har voksne med": "municipality",
    "Which sections are set aside?": "provision",
    "Hvilken lov hører § 134 til?": "law",
    "Hvilken hjemmel har forsøget?": "legal_basis",
    "Hvornår trådte loven i kraft?": "time",
    "Hvor mange rådgivere er der, og hvor kommer de fra?": "count",
    "Hvorfor fik vi nej?": "reason",
}


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return core_kit.assistant()


@pytest.mark.parametrize(("name", "cue"), ASKS)
def test_every_way_to_ask_matches_its_example(name: str, cue: Any) -> None:
    assert cue.pattern.search(fold_text(cue.example)), (name, cue.example)


@pytest.mark.parametrize(("name", "shape"), SHAPES)
def test_every_shape_matches_its_example(name: str, shape: dict[str, str]) -> None:
    assert re.search(shape["p"], shape["e"]), (name, shape["e"])


@pytest.mark.parametrize("question", WANTED)
def test_a_question_wants_its_type_of_answer(question: str) -> None:
    asked = asked_for(understood(question))
    assert asked
    assert asked.wanted.name == WANTED[question]


@pytest.mark.parametrize(
    "question", ["Er Gribskov med i netværket?", "Må vi springe samtalen over?", "Hvad er en frikommune?"]
)
def test_a_question_that_any_statement_may_answer_wants_no_type(question: str) -> None:
    assert asked_for(understood(question)) is None


def test_an_age_limit_that_is_only_mentioned_is_no_age() -> None:
    asked = asked_for(understood("Hvad er aldersgrænsen?"))
    assert asked
    assert not asked.wanted.shaped("Ansøgningen om udvidelse af aldersgrænsen er afslået.")
    assert asked.wanted.shaped("Målgruppen er unge mellem 16 og 22 år.")


def test_a_provision_is_no_date() -> None:
    asked = asked_for(understood("Hvornår begyndte indsatsen?"))
    assert asked
    assert not asked.wanted.shaped("aktivitetsparate, § 2.13 i loven")
    assert asked.wanted.shaped("Indsatsen begyndte 01-02-2017.")


def test_a_number_counts_what_follows_it_and_nothing_behind_a_preposition() -> None:
    (count,) = counted_windows("Der er over 300 voksne borgere med")
    assert (count.number, count.window) == (300, "voksne borgere")
    rooms = counted_windows("Udvalget er et rum for 5 ideer fra koordinatorer")
    assert not any("koordinator" in each.window for each in rooms)


def test_people_of_any_kind_are_people() -> None:
    counted = Counted((), people=True)
    assert counts("Aktuelt deltager 15 familier.", counted, lexicon())
    assert not counts("Indsatsen er opdelt i to teams.", counted, lexicon())


@pytest.mark.parametrize(
    "question",
    [
        *("Hvad er sekretariatets telefonnummer?", "Hvad er e-mailadressen til VIVE?", "Who is the director of VIVE?"),
        *(
            "Hvornår er næste årskonvent?",
            "Hvor mange plankoordinatorer har Allerød?",
            "Hvor gammel skal man være til IGU?",
        ),
        *("In which town was the annual convention held?", "Hvad er sagsnummeret på ansøgningen fra København?"),
    ],
)
def test_what_is_only_mentioned_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).verdict == "ikke_besvaret"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvad er ministeriets telefonnummer?", "72 28 24 00"),
        ("How often do they meet the citizen in Hillerød?", "4 gange om året"),
        ("How old are the young people in Frederikssund?", "16-22"),
        ("Hvilke fire kerneelementer bygger forsøgsprogrammet på?", "progressionsmåling"),
        ("Who put their names under the mayors' letter to parliament?", "Kirsten Jensen"),
        ("Hvor mange virksomhedskonsulenter er der i Furesø?", "tre virksomhedskonsulenter"),
    ],
)
def test_what_is_asked_for_is_given(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == "info"
    assert said in " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Trådte loven i kraft den 1. juli 2018?", "nej"),
        ("Halsnæs' forsøg sluttede vel den 31. december 2021?", "nej"),
        ("Er der 8 socialrådgivere i teamet i Frederikssund?", "nej"),
        ("Er det rigtigt, at man i Hillerød mødes hver måned med borgere i ressourceforløb?", "nej"),
        ("Were we in time with our trial, started 15 November 2018?", "nej"),
        ("Vi gik i gang med et forsøg den 15. september 2018. Var det i tide?", "ja"),
        ("Vi startede forsøget 3. december 2018, var det for sent?", "ja"),
    ],
)
def test_a_figure_is_held_against_the_clause_that_gives_it(assistant: Assistant, question: str, verdict: str) -> None:
    assert assistant.ask(question).verdict == verdict


def test_an_age_within_a_span_is_no_other_figure(assistant: Assistant) -> None:
    question = "En familie i Ballerup har en datter på 12. Er de i målgruppen for familieindsatsen?"
    assert assistant.ask(question).verdict != "nej"


def test_a_year_that_a_statement_gives_to_something_else_is_no_yes(assistant: Assistant) -> None:
    assert assistant.ask("VIVE's final evaluation came out in 2019, correct?").verdict != "ja"


@pytest.mark.parametrize(
    ("question", "right"),
    [("Hvorfor deltager 14 kommuner?", "ni kommuner"), ("Hvad viser VIVEs evaluering i 2020?", "2019")],
)
def test_a_figure_taken_for_granted_is_corrected(assistant: Assistant, question: str, right: str) -> None:
    answer = assistant.ask(question)
    assert "wrong_premise" in {notice.code for notice in answer.notices}
    assert right in answer.citations[0].quote


def test_a_figure_that_agrees_is_no_wrong_premise(assistant: Assistant) -> None:
    answer = assistant.ask("Hvad laver de 6 socialrådgivere i Frederikssund?")
    assert not any(notice.code == "wrong_premise" for notice in answer.notices)
