"""What describes a citizen, or names the office that acts, is no topic; what is to be done is."""

from __future__ import annotations

import pytest

from tests.core_kit import understood

PORTRAITS = {
    "Må vi droppe planen for en skizofren mand?": "skizofren",
    "mand 36, hash og angst. Må vi tage mødet over telefonen?": "hash",
    "Skal en kvinde med depression have en mentor?": "depression",
    "Must a depressed man attend the meeting?": "depressed",
    "afghaner på 45, kan han komme i praktik?": "afghaner",
}
TOPICS = {
    "Må vi betale for behandling af angst?": "angst",
    "Hvad siger kilderne om borgere med angst?": "angst",
    "May we pay for treatment of anxiety?": "anxiety",
}


def _weight(text: str, word: str) -> float:
    return next(term.weight for term in understood(text).terms if term.surface == word)


@pytest.mark.parametrize("text", PORTRAITS)
def test_what_describes_a_person_says_next_to_nothing(text: str) -> None:
    assert _weight(text, PORTRAITS[text]) <= 0.2


@pytest.mark.parametrize("text", TOPICS)
def test_an_illness_that_is_asked_about_is_the_topic(text: str) -> None:
    assert _weight(text, TOPICS[text]) > 0.4


def test_who_acts_says_less_than_what_is_to_be_done() -> None:
    text = "Må socialpsykiatrien overtage sagsakterne?"
    assert _weight(text, "socialpsykiatrien") < _weight(text, "sagsakterne")


def test_how_a_talk_is_held_is_what_is_asked_about() -> None:
    terms = {term.surface: term.aim for term in understood("Må vi holde samtalen over telefonen?").terms}
    assert terms["over telefonen"] == 1


def test_may_i_send_asks_for_leave_and_is_no_courtesy() -> None:
    assert understood("mand 44 med hash, må jeg sende ham hjem?").mode == "may"
