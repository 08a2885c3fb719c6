"""The overview: what it counts, who may see it, and the page that shows it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
import streamlit as st
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from assistant.errors import NotAllowed
from assistant.models import Verdict
from assistant.record.database import writing
from assistant.record.journal import Record
from assistant.record.overview import Feedback, Gap, Overview, Served, first_day, overview
from assistant.record.tables import APPROVALS, CASES, REPORTS
from assistant.rights import RIGHTS, ROLES, Person
from assistant.settings import load_settings
from assistant.ui import overview_charts, overview_tables
from assistant.ui.wording import LANGUAGES, wording
from tests.browser_kit import NARROW, ROOT, WIDE, Opener, served
from tests.record_kit import ADMINISTRATOR, ASKER

FIRST = date(2026, 3, 2)  # a Monday
SPAN = (FIRST, FIRST + timedelta(days=6))
DA = wording("da")


class Filled:
    """A record with cases put straight into its tables."""

    def __init__(self, record: Record, number: int = 0) -> None:
        self.record = record
        self._number = number

    def case(self, day: int = 0, **given: Any) -> int:
        """A case on the day after so many days."""
        self._number += 1
        values = {
            "number": self._number,
            "at": f"{FIRST + timedelta(days=day)}T12:00:00.000000Z",
            "day": str(FIRST + timedelta(days=day)),
            "user": "anna",
            "role": "sagsbehandler",
            "question": f"Må vi {self._number}?",
            "topic": "emne",
            "language": "da",
            "verdict": "nej",
            "kind": "fakta",
            "mode": "extractive",
            "strength": None,
            "latency_ms": 100,
            "state": "new",
            "flagged": 0,
            "served": 0,
        }
        self._insert(CASES, values | given)
        return self._number

    def report(self, day: int = 0, **given: Any) -> None:
        self._number += 1
        at = f"{FIRST + timedelta(days=day)}T23:59:59.999999Z"
        plain = {
            "number": self._number,
            "about": 1,
            "at": at,
            "user": "anna",
            "helpful": 0,
            "reason": "",
            "outcome": "",
        }
        self._insert(REPORTS, plain | given)

    def approval(self, about: int, state: str = "active") -> int:
        self._number += 1
        plain = {"number": self._number, "about": about, "at": "", "state": state}
        self._insert(APPROVALS, {**plain, "signature": "{}", "vector": b"", "checked": ""})
        return self._number

    def figures(self, since: date = SPAN[0], until: date = SPAN[1]) -> Overview:
        return overview(self.record, ADMINISTRATOR, since, until)

    def _insert(self, table: Any, values: dict[str, Any]) -> None:
        with writing(self.record.engine) as connection:
            connection.execute(insert(table).values(values))


@pytest.fixture
def filled(record: Record) -> Filled:
    return Filled(record)


def test_each_day_has_its_questions_by_verdict_and_its_users(filled: Filled) -> None:
    for user, verdict in (("anna", "ja"), ("anna", "nej"), ("bo", "nej")):
        filled.case(1, user=user, verdict=verdict)
    filled.case(3, user="carl", verdict="ikke_besvaret")
    filled.case(7)
    filled.case(-1)
    found = filled.figures()
    assert [(day.day, dict(day.verdicts), day.users, day.questions) for day in found.days] == [
        (FIRST + timedelta(days=1), {"ja": 1, "nej": 2}, 2, 3),
        (FIRST + timedelta(days=3), {"ikke_besvaret": 1}, 1, 1),
    ]
    assert (found.questions, found.verdicts, found.silence) == (4, {"ja": 1, "nej": 2, "ikke_besvaret": 1}, 0.25)


def test_an_empty_period_has_no_silence(filled: Filled) -> None:
    found = filled.figures()
    assert (found.questions, found.silence, found.days, found.gaps, found.served) == (0, 0.0, [], [], [])
    assert first_day(filled.record, ADMINISTRATOR) is None


def test_response_times_are_the_day_s_own_percentiles_by_the_nearest_rank(filled: Filled) -> None:
    for latency in range(1, 101):
        filled.case(0, latency_ms=latency)
    for latency in (30, 10, 20):
        filled.case(1, latency_ms=latency)
    filled.case(2, latency_ms=7)
    assert [(day.p50_ms, day.p95_ms) for day in filled.figures().days] == [(50, 95), (20, 30), (7, 7)]


def test_what_is_left_open_most_often_stands_first_with_its_newest_wording(filled: Filled) -> None:
    filled.case(0, verdict="ikke_besvaret", topic="hest", question="Må vi ride?")
    filled.case(1, verdict="ikke_besvaret", topic="ko", question="Må vi malke?")
    filled.case(2, verdict="ikke_besvaret", topic="ko", question="Er det tilladt at malke?")
    filled.case(2, verdict="ja", topic="ko")
    assert filled.figures().gaps == [
        Gap("ko", "Er det tilladt at malke?", 2, FIRST + timedelta(days=2)),
        Gap("hest", "Må vi ride?", 1, FIRST),
    ]


def test_a_deleted_text_is_counted_and_not_shown(filled: Filled) -> None:
    filled.case(0, verdict="ikke_besvaret", topic=None, question=None)
    filled.case(0, verdict="ikke_besvaret", topic=None, question=None)
    (gap,) = filled.figures().gaps
    assert (gap.topic, gap.example, gap.times) == ("", "", 2)
    sheet = overview_tables.gaps([gap], DA)
    assert "slettet" in next(iter(sheet.rows))[0]


def test_reports_count_by_reason_and_by_what_came_of_them(filled: Filled) -> None:
    for day in (0, 6):
        filled.report(day, reason="unclear", outcome="corrected")
    filled.report(0, helpful=1)
    filled.report(7, reason="unclear")
    filled.report(-1, reason="unclear")
    assert filled.figures().feedback == [Feedback(False, "unclear", "corrected", 2), Feedback(True, "", "", 1)]


def test_approved_answers_count_by_state_and_by_how_often_they_were_given(filled: Filled) -> None:
    cases = [filled.case(question=f"Må vi {name}?") for name in ("a", "b", "c")]
    first, second, _ = (
        filled.approval(case, state) for case, state in zip(cases, ("active", "suspended", "replaced"), strict=True)
    )
    for given in (second, first, second):
        filled.case(2, served=given)
    filled.case(9, served=first)
    found = filled.figures()
    assert found.approvals == {"active": 1, "suspended": 1, "replaced": 1}
    assert found.served == [Served(cases[1], "Må vi b?", "suspended", 2), Served(cases[0], "Må vi a?", "active", 1)]
    assert found.served_count == 3


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_sees_the_figures(record: Record, role: Any) -> None:
    person = Person("x", role)
    for ask in (lambda: overview(record, person, *SPAN), lambda: first_day(record, person)):
        if role in RIGHTS["overview"]:
            ask()
        else:
            with pytest.raises(NotAllowed, match="se overblikket"):
                ask()


def test_nobody_s_name_is_among_the_figures(filled: Filled) -> None:
    filled.case(user="hemmelig", verdict="ikke_besvaret")
    filled.report(user="hemmelig")
    found = filled.figures()
    assert "hemmelig" not in repr(found)
    assert b"hemmelig" not in overview_tables.workbook(found, DA)


def test_the_workbook_and_the_csv_hold_every_figure(filled: Filled) -> None:
    filled.case(0, verdict="ikke_besvaret", question="=1+1", topic="æøå")
    filled.case(1, served=filled.approval(1))
    filled.report(0, reason="wrong_source")
    found = filled.figures()
    book = load_workbook(io.BytesIO(overview_tables.workbook(found, DA)))
    assert book.sheetnames == ["Dage", "Ubesvarede", "Tilbagemeldinger", "Godkendte svar"]
    assert [cell.value for cell in book["Dage"][2]][:5] == [datetime(2026, 3, 2), 1, 1, 100, 100]  # noqa: DTZ001
    assert book["Ubesvarede"]["A2"].value == "=1+1"
    assert book["Ubesvarede"]["A2"].data_type == "s"
    assert [cell.value for cell in book["Tilbagemeldinger"][2]] == ["Hjalp ikke", "Forkert kilde", "Ikke afgjort", 1]
    assert [cell.value for cell in book["Godkendte svar"][2]] == [1, "=1+1", "I kraft", 1]
    text = overview_tables.csv_file(overview_tables.gaps(found.gaps, DA)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1] == ["'=1+1", "1", "2026-03-02", "æøå"]


# The charts.


def test_a_day_stands_as_one_bar_of_its_verdicts_and_a_day_without_questions_as_none(filled: Filled) -> None:
    for verdict in ("ja", "nej", "nej"):
        filled.case(1, verdict=verdict)
    chart = overview_charts.questions(filled.figures().days, *SPAN, DA)
    bars = {(row["from"], row["verdict"]): (row["below"], row["above"]) for row in chart.rows if row["count"]}
    assert bars == {("2026-03-03", "Ja"): (0, 1), ("2026-03-03", "Nej"): (1, 3)}
    assert {row["from"] for row in chart.rows} == {str(FIRST + timedelta(days=day)) for day in range(7)}


def test_a_long_period_is_shown_week_by_week(filled: Filled) -> None:
    for day in (0, 6, 7):
        filled.case(day)
    until = FIRST + timedelta(days=120)
    chart = overview_charts.questions(filled.figures(FIRST, until).days, FIRST, until, DA)
    assert {row["from"]: row["count"] for row in chart.rows if row["count"]} == {"2026-03-02": 2, "2026-03-09": 1}
    assert chart.title == "Spørgsmål pr. uge, efter svar"


def test_every_verdict_has_a_colour_and_no_two_are_told_apart_by_hue_alone() -> None:
    assert set(overview_charts.VERDICT_COLOURS) == set(get_args(Verdict))
    for colours in (overview_charts.VERDICT_COLOURS, overview_charts.OUTCOME_COLOURS):
        greys = sorted(_grey(colour) for colour in colours.values())
        assert min(second - first for first, second in pairwise(greys)) > 8


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_overview_is_missing_or_left_over(language: Any) -> None:
    folder = Path(overview_charts.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("overview*.py"))
    shown = wording(language).table["overview"]
    used = set(re.findall(r"""["'](\w+)["']""", code))
    assert {key.removesuffix("_help") for key in shown} - used == set()
    assert set(re.findall(r"""_t\(words, ["'](\w+)["']""", code)) - set(shown) == set()


# The page.


@pytest.fixture
def page(own_browser: None, record: Record, monkeypatch: pytest.MonkeyPatch, record_settings: Any) -> Iterator[AppTest]:
    for name in ("record", "data", "database_url"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(record_settings, name)))
    st.cache_resource.clear()

    def script() -> None:
        from assistant.rights import Person
        from assistant.ui import overview_page

        overview_page.show(Person("alma", "administrator"))

    yield AppTest.from_function(script, default_timeout=20)
    st.cache_resource.clear()


def _metrics(app: AppTest) -> dict[str, str]:
    assert not app.exception
    return {each.label: each.value for each in app.metric}


def _notes(app: AppTest) -> str:
    assert not app.exception
    return "".join(each.proto.body for each in app.get("html"))


def test_the_page_shows_the_last_thirty_days_until_another_period_is_chosen(filled: Filled, page: AppTest) -> None:
    today = (datetime.now(UTC).date() - FIRST).days
    for ago in (0, 29, 30, 400):
        filled.case(today - ago, verdict="ikke_besvaret" if ago else "ja", latency_ms=1234)
    app = page.run()
    shown = _metrics(app)
    assert (shown["Spørgsmål"], shown["Uden svar"], shown["Svartid"]) == ("2", "50,0 %", "1,23 s")
    assert _metrics(app.segmented_control[0].set_value("all").run())["Spørgsmål"] == "4"
    assert _metrics(app.segmented_control[0].set_value("days_7").run())["Spørgsmål"] == "1"
    own = app.segmented_control[0].set_value("own").run()
    day = datetime.now(UTC).date() - timedelta(days=29)
    assert _metrics(own.date_input[0].set_value((day, day)).run())["Uden svar"] == "100,0 %"


def test_a_page_without_questions_says_so(page: AppTest) -> None:
    app = page.run()
    assert _metrics(app)["Spørgsmål"] == "0"
    assert DA.label("overview", "empty") in _notes(app)


def test_without_a_record_the_page_says_why_it_is_empty(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RECORD", "off")
    app = page.run()
    assert "ASSISTANT_RECORD=off" in _notes(app)
    assert not app.metric


def test_a_record_that_cannot_be_reached_is_told_on_the_page(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://ingen@127.0.0.1:1/intet")
    app = page.run()
    assert "Serveren svarer ikke" in _notes(app)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in RIGHTS["overview"]])
def test_the_page_refuses_whoever_may_not_see_it(role: Any) -> None:
    from assistant.ui import overview_page

    with pytest.raises(NotAllowed):
        overview_page.show(Person("anna", role))


def test_an_asker_has_no_right_to_the_overview() -> None:
    assert ASKER.role not in RIGHTS["overview"]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The pages over a record with a few cases of today."""
    folder = tmp_path_factory.mktemp("overblik")
    record = Record.open(load_settings(record="required", data=folder, database_url=""))
    today = (datetime.now(UTC).date() - FIRST).days
    for ago, verdict in enumerate(("ja", "nej", "ikke_besvaret")):
        Filled(record, ago * 10).case(today - ago, verdict=verdict)
    Filled(record, 90).report(today, reason="unclear")
    record.close()
    script = ROOT / "tests" / "page_script.py"
    with served(script, folder / "log", ASSISTANT_RECORD="required", ASSISTANT_DATA=str(folder)) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_charts_are_drawn_and_the_workbook_is_fetched(local: str, opened: Opener, size: Any) -> None:
    page = opened(local, size)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="underviser", exact=True).click()
    page.locator(".st-key-fa-menu a", has_text="Overblik").click()
    expect(page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg.marks")).to_have_count(
        5
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Excel, alle tabeller").click()
    assert fetched.value.suggested_filename.endswith(".xlsx")
    assert load_workbook(io.BytesIO(fetched.value.path().read_bytes()))["Dage"].max_row == 4
