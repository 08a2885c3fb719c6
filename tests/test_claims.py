"""Claims about facts: the contrary is denied, what is not at hand is not told, what is asked together is given so."""

from __future__ import annotations

import re
import tomllib

import pytest

from assistant.claims import opposites
from assistant.engine import Assistant
from assistant.figures import age_spans, ordinal_of
from assistant.frames import fold_text
from assistant.words import TABLES, stems
from tests import core_kit

READ = tomllib.loads((TABLES / "opposites.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return core_kit.assistant()


@pytest.mark.parametrize("row", READ["opposite"], ids=lambda row: row["e"])
def test_a_question_and_the_statement_that_denies_it_hold_opposite_words(row: dict[str, str]) -> None:
    asked, said = set(stems(row["e"])), set(stems(row["s"]))
    assert any(asked & mine and said & theirs for pair in opposites().pairs for mine, theirs in (pair, pair[::-1]))


@pytest.mark.parametrize("row", READ["office"], ids=lambda row: row["e"])
def test_an_office_is_known_by_its_name(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], fold_text(row["e"]))


def test_ordinals_and_spans_of_age_are_values() -> None:
    assert ordinal_of("fjerde") == ordinal_of("fourth") == 4
    assert age_spans("unge mellem 18 og 25 år") == ((18, 25),)
    assert age_spans("Er det for folk under 30, ikke?") == ((0, 29),)


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("Did the government approve all four of our applications in February 2017?", "nej", "tre af"),
        ("Fik netværket ja til alle fire ansøgninger i første runde?", "nej", "tre af"),
        ("Er det KL, der evaluerer netværket?", "nej", "VIVE"),
        ("Var det beskæftigelsesministeren, der fremsatte L 200?", "nej", "indenrigsministeren"),
        ("Er Frederikssunds målgruppe unge mellem 18 og 25 år?", "nej", "16-22"),
        ("Er en 19-årig i målgruppen i Frederikssund?", "ja", "16-22"),
        ("Kom slutevalueringen i 2020?", "nej", "2021"),
        ("Were there eleven municipalities in our network?", "nej", "Gribskov"),
        ("Er LAB § 30 a nummeret i den nugældende lov?", "nej", "ny lov"),
        ("Vi begyndte forsøget 1. september 2018 - overholdt vi fristen?", "ja", "1. oktober 2018"),
        ("Our municipality only launched one of its trials on 15 November 2018. Were we in time?", "nej", "oktober"),
        ("Har alle kommuner i netværket samme målgruppe?", "info", ""),
    ],
)
def test_a_claim_is_held_against_the_values_of_the_documents(
    assistant: Assistant, question: str, verdict: str, said: str
) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == verdict
    assert said in " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Hvad står der i tilsagnsbrevet fra anden runde?",
        "What does the ministry letter after the second round say?",
        "Hvad skrev ministeriet i brevet fra maj 2017?",
        "Hvor mange gange om året mødes de med de unge i Hillerød?",
    ],
)
def test_what_another_document_or_project_says_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).verdict == "ikke_besvaret"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How do we apply in the fourth round?", ("tre",)),
        ("Hvad er sagsnummer og dokumentnummer på brevet fra december 2017?", ("5254", "505157")),
        ("hvem skrev under på decemberbrevet? navn og titel", ("Torben Buse", "Afdelingschef")),
        ("februarbrevet: hvad var de næste skridt?", ("24. februar", "9. marts")),
        ("What must a municipality do before a trial starts, step by step?", ("frikommunevedtægt",)),
        ("Hvilke kommuner er med i En plan?", ("Gribskov", "Halsnæs")),
        ("Which municipalities belong to network no. 4?", ("Gladsaxe", "Ikast-Brande")),
        ("Hvilke kommuner arbejder med LØFT?", ("Halsnæs", "Hillerød")),
        ("Hvad er et kick-off møde?", ("Halsnæs",)),
        ("What is the difference between the two Hillerød projects?", ("18-30", "over 30")),
        ("Jeg skal lave et oplæg: hvad er de fire kerneelementer?", ("progressionsmåling",)),
    ],
)
def test_all_that_is_asked_for_is_given(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    told = answer.answer + " ".join(citation.quote for citation in answer.citations)
    assert answer.verdict == "info"
    assert all(each in told for each in said)
