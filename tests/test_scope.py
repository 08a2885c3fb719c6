"""Whom a question and a statement are about."""

from __future__ import annotations

import pytest

from assistant.frames import fold_text
from assistant.scope import asks_of_each, asks_of_everyone, gives_a_part, holds_for_some, scopes, speaks_of_the_group


@pytest.mark.parametrize("name", ["everyone", "each"])
def test_each_pattern_of_questions_finds_its_example(name: str) -> None:
    for cue in getattr(scopes(), name):
        assert cue.pattern.search(fold_text(cue.example)), cue.example


@pytest.mark.parametrize("name", ["collective", "only_some", "part"])
def test_each_pattern_of_statements_finds_its_example(name: str) -> None:
    for cue in getattr(scopes(), name):
        assert cue.pattern.search(cue.example.lower()), cue.example


def test_a_question_about_one_citizen_is_not_about_everyone() -> None:
    assert not asks_of_everyone("Må jeg fritage borgeren fra ret og pligt?")
    assert not asks_of_everyone("Må vi droppe alle planer?")
    assert asks_of_everyone("Må vi fritage samtlige borgere?")


def test_each_single_one_and_the_group_are_told_apart() -> None:
    assert asks_of_each("Skal hver enkelt borger have det samme antal møder?")
    assert not asks_of_each("Skal gruppen have det samme antal møder?")
    assert speaks_of_the_group("Borgerne skal gennemsnitligt have det antal møder.")
    assert not speaks_of_the_group("Borgeren skal have to møder.")


def test_an_assessment_keeps_a_freedom_to_some() -> None:
    assert holds_for_some("Fritagelse benyttes KUN, hvor det fagligt vurderes.")
    assert not holds_for_some("Kommunen fritages for at udarbejde planer.")


def test_a_permission_of_some_decisions_is_a_part_and_one_of_a_decision_is_whole() -> None:
    assert gives_a_part("Teamlederen kan træffe visse afgørelser alene.")
    assert not gives_a_part("Teamlederen kan træffe afgørelse om aflastning.")
