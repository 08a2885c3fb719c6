"""Children told by age or family, provisions without their sign, and follow-ups that put another case."""

from __future__ import annotations

import pytest

from assistant.durations import breaks
from assistant.followup import in_context
from assistant.models import Language, Provision
from assistant.people import people_named
from assistant.question import Question
from assistant.unsigned import signed
from tests.core_kit import lexicon, understood

PEOPLE: dict[str, tuple[Language, str]] = {
    "Må vi droppe planen for den 12-årige?": ("da", "Må vi droppe planen for barnet?"),
    "planen for den 16-årige": ("da", "planen for den unge"),
    "Hendes søn på 9 har en sag": ("da", "Hendes barn har en sag"),
    "pigens egen plan": ("da", "barnets plan"),
    "dreng 14 år. må jeg droppe hans egen handleplan?": ("da", "barn. må jeg droppe barnets handleplan?"),
    "dreng 14 år, far ledig. hans plan": ("da", "barn, far ledig. hans plan"),
    "kvinde 42 i ressourceforløb": ("da", "kvinde i ressourceforløb"),
    "pige 19 aktivitetsparat": ("da", "ung aktivitetsparat"),
    "en borger 3 gange om året": ("da", "en borger 3 gange om året"),
    "unge 16-22 år": ("da", "unge 16-22 år"),
    "the plan for the 14-year-old": ("en", "the plan for the child"),
    "Girl of 12. Must I write her own plan?": ("en", "child. Must I write the child's plan?"),
    "citizens under 30": ("en", "citizens under 30"),
}
SIGNED = {
    "13b stk 1, omfattet?": "§ 13b stk 1, omfattet?",
    "Er 73 a stk. 2-5 i beskæftigelsesloven fraveget?": "Er § 73 a stk. 2-5 i beskæftigelsesloven fraveget?",
    "planen efter 13 c": "planen efter § 13 c",
    "barnets plan efter 140 når": "barnets plan efter § 140 når",
    "rehabiliteringsplanen (30 a)": "rehabiliteringsplanen (§ 30 a)",
    "kapitel 12 a og 12 b i LAB": "kapitel 12 a og 12 b i LAB",
    "§§ 17-20 b og 73 a, stk. 2": "§§ 17-20 b og 73 a, stk. 2",
    "samtaler i 14 dage": "samtaler i 14 dage",
    "kat. 3 fra den 1. maj 2017": "kat. 3 fra den 1. maj 2017",
}


@pytest.mark.parametrize("text", PEOPLE)
def test_children_are_named_as_the_documents_name_them(text: str) -> None:
    language, named = PEOPLE[text]
    assert people_named(text, language) == named


@pytest.mark.parametrize("text", SIGNED)
def test_a_number_that_can_only_be_a_provision_gets_its_sign(text: str) -> None:
    assert signed(text, "da") == SIGNED[text]


def test_a_provision_without_its_sign_is_asked_about() -> None:
    (mention,) = understood("Er 73 a stk. 2 i LAB fraveget?").mentions
    assert mention.provisions == (Provision("LAB", "73a", stk=2),)


def _after(first: str, then: str) -> Question:
    return in_context(understood(then), [first], "da", lexicon())


def test_another_case_is_put_to_the_same_question() -> None:
    for then in ("Og hvis det er om otte måneder?", "hun starter om 8 mdr. så også?", "Gælder det for alle?"):
        found = _after("Kan vi fritage for uddannelsespålæg?", then)
        assert (found.act, found.mode, found.form) == ("skip", "may", "permission")


def test_the_last_length_of_time_that_was_said_is_held_against_the_rule() -> None:
    rule = "så længe der er mere end et år til"
    assert breaks("Kan vi fritage, hvis det er om to år? Og hvis det er om otte måneder?", rule)
    assert not breaks("Kan vi fritage, hvis det er om otte måneder? Og om to år?", rule)


def test_a_phrase_of_its_own_takes_no_provision_from_before() -> None:
    assert _after("Er vi fritaget for LAB § 30 a?", "Og den forberedende del?").mentions == ()
    assert _after("Er vi fritaget for LAB § 30 a?", "Og stk. 2?").mentions


def test_a_letter_to_write_is_a_task_and_a_list_to_give_is_none() -> None:
    assert understood("Skriv en mail til borgeren om planen").form == "task"
    assert understood("Could you draft the letter to my client?").form == "task"
    assert understood("Skriv en liste over de planer, vi slipper for").form == "list"
    assert understood("Write the date of the letter").form != "task"
