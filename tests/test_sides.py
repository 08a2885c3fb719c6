"""Sides: figures of a case against a rule's limits, and the sentences that limit or keep what a norm says."""

from __future__ import annotations

import pytest

from assistant.amounts import fits_limit
from assistant.durations import breaks
from assistant.limiting import cell_in, keeps_the_duty, leaves_a_duty, limits_what_stands_before


@pytest.mark.parametrize(
    ("question", "rule", "fits"),
    [
        ("Skal vi have to priser på en pumpe til 3.500 kr.?", "Under 5.000 kr. er én pris nok", True),
        ("Skal vi have to priser på en pumpe til 8.500 kr.?", "Under 5.000 kr. er én pris nok", False),
        ("Must we measure a shed of 30 m2?", "Skure på højst 20 m2 måles ikke", False),
        ("Kan kurset vare trekvart år?", "Kurset kan vare i op til 39 uger", True),
        ("Prøven er fra for to år siden", "når prøven ikke er ældre end et år", False),
        ("Hun får seks timer ugentligt", "når hjælpen er under fire timer om ugen", False),
        ("Kan han betale over to år?", "Gebyret kan betales over 24 måneder", None),
        ("Kan vi vente?", "Svar gives senest efter 8 uger", None),
    ],
)
def test_a_figure_of_a_question_lies_within_a_limit_or_not(question: str, rule: str, fits: bool | None) -> None:
    assert fits_limit(question, rule) is fits


def test_an_age_in_letters_is_held_against_a_rule() -> None:
    assert breaks("en pige på fire år", "børn under tre år")
    assert not breaks("en pige på to år", "børn under tre år")


def test_what_an_instead_sets_aside_limits_nothing() -> None:
    assert fits_limit("Må den vare 50 uger?", "Støtten kan vare op til 60 uger i stedet for højst 40 uger") is True


def test_a_ban_on_leaving_a_duty_keeps_it() -> None:
    assert keeps_the_duty("Brandeftersynet kan ikke udskydes.")
    assert not keeps_the_duty("Bådpladsen må ikke udlejes.")


def test_a_sentence_behind_a_freedom_limits_it() -> None:
    assert limits_what_stands_before("Udlejningen kræver, at naboerne er hørt.")
    assert not limits_what_stands_before("Biblioteket sender et brev til lånerne.")


def test_a_refused_wish_tells_whether_a_duty_was_to_be_left() -> None:
    assert leaves_a_duty("Ønske: undlade årligt syn af broer; Resultat: afslag")
    assert not leaves_a_duty("Ønske: købe en ny bro; Resultat: afslag")


def test_a_cell_says_for_whom_a_freedom_is_given() -> None:
    assert "kolonihaver" in cell_in("Syn: kan udelades; Målgruppe: kolonihaver uden vand; År: 2024")
    assert cell_in("Syn: kan udelades; Målgruppe: alle") == ""


def test_a_case_put_by_the_limit_itself_is_one_of_those_that_the_rule_is_for() -> None:
    assert fits_limit("Må en medarbejder over 18 år køre bilen?", "En medarbejder over 18 år må køre bilen.") is True
    assert fits_limit("Må vi bevilge 8 timer?", "Hjælp over 8 timer kan bevilges af lederen.") is False
