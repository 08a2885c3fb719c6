"""Rulings: yes-or-no questions in the plain present that ask what a rule says."""

from __future__ import annotations

import pytest

from assistant.frames import built, fold_text
from assistant.ruling import as_ruling
from tests.core_kit import understood

RULINGS = {
    "Gælder gebyret for lån af salen stadig?": ("do", "must"),
    "Are invoices still due within a month?": ("do", "must"),
    "Er det slut med at sende kvitteringer ud?": ("skip", "may"),
    "Has the cap on the parking fee been lifted?": ("skip", "may"),
    "Tæller et aftenkursus som uddannelse?": ("do", "may"),
    "Mister lejeren sin plads på ventelisten?": ("refusal", "may"),
}
FACTS = ("Blev broen bygget i 2019?", "Hvor mange lejere er der stadig?", "Is the library in the old school?")


@pytest.mark.parametrize("question", RULINGS)
def test_a_plain_question_about_a_rule_is_asked_of_the_norms(question: str) -> None:
    found = as_ruling(understood(question))
    assert found is not None
    assert (found.act, found.mode) == RULINGS[question]


@pytest.mark.parametrize("question", FACTS)
def test_a_question_about_a_fact_is_no_ruling(question: str) -> None:
    assert as_ruling(understood(question)) is None


@pytest.mark.parametrize(
    ("said", "as_before"),
    [
        ("Fristen for at rydde sne er uændret.", True),
        ("Forsøget ændrer ikke på reglerne om husleje.", True),
        ("Huslejen er sat ned fra maj.", False),
    ],
)
def test_a_sentence_that_all_is_as_before_is_known_as_one(said: str, as_before: bool) -> None:
    assert bool(built("goes_on", fold_text(said))) == as_before
