"""Times that questions name, and what holds of the rules at them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.dates import dates_named
from tests.core_kit import assistant as shared_assistant


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return shared_assistant()


# text -> first and last day of each time in it
TIMES = {
    "den 15. november 2018": [(date(2018, 11, 15), date(2018, 11, 15))],
    "on 15 November 2018": [(date(2018, 11, 15), date(2018, 11, 15))],
    "November 15, 2018": [(date(2018, 11, 15), date(2018, 11, 15))],
    "1.7.2017 og 2018-07-01": [(date(2017, 7, 1), date(2017, 7, 1)), (date(2018, 7, 1), date(2018, 7, 1))],
    "in March 2023": [(date(2023, 3, 1), date(2023, 3, 31))],
    "i 2019": [(date(2019, 1, 1), date(2019, 12, 31))],
    "efter 2021": [(date(2022, 1, 1), date(2022, 12, 31))],
    "før juli 2017": [(date(2016, 7, 1), date(2017, 6, 30))],
    "siden 2017": [],
    "lov nr. 658 af 8. juni 2017": [],
    "31. februar 2018": [(date(2018, 2, 1), date(2018, 2, 28))],
    "2018-loven og 385.000 borgere": [],
}


@pytest.mark.parametrize(("text", "times"), TIMES.items())
def test_times_are_read_as_they_are_written(text: str, times: list[tuple[date, date]]) -> None:
    assert [(each.first, each.last) for each in dates_named(text)] == times


OUTSIDE = (
    "Jeg rydder op i en sag fra april 2017, hvor vi undlod Min Plan. Havde vi lov til det på det tidspunkt?",
    "Can I still rely on the exemption list for a plan I am writing in March 2023?",
    "Vi fik tilsagn 1. februar 2017. Måtte vi så tage fritagelserne i brug i marts 2017?",
    "Må vi undlade Min Plan efter 2021?",
    "Må vi undlade Min Plan før juli 2017?",
)


@pytest.mark.parametrize("question", OUTSIDE)
def test_a_freedom_holds_on_no_day_outside_the_period(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == "nej"
    assert "expired" in {notice.code for notice in answer.notices}


WITHIN = (
    "Må vi undlade Min Plan i 2018?",
    "Måtte vi i 2017 undlade Min Plan?",
    "Må vi ifølge 2017-listen undlade Min Plan?",
    "Må vi skrive mentorkontrakten ind i planen i 2018?",
)


@pytest.mark.parametrize("question", WITHIN)
def test_a_freedom_holds_at_a_time_that_the_period_reaches(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).verdict in ("ja", "betinget")


def test_a_matter_that_no_source_knows_is_not_denied_for_its_date(assistant: Assistant) -> None:
    assert assistant.ask("Må vi holde sommerfest i 2023?").verdict == "ikke_besvaret"
