"""The pages of the rules and the glossary, run headless over the real documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.learning.glance.rows import Row, cited, rows
from assistant.learning.glance.seeking import Wanted, seek
from assistant.library import Library
from assistant.rights import ROLES
from assistant.ui import rule_tables
from assistant.ui.rule_cards import row_html
from assistant.ui.wording import wording
from tests import core_kit

SCRIPT = str(Path(__file__).parent / "glance_script.py")
WORDS = wording("da")
RULES, EDITIONS, GLOSSARY = (WORDS.texts(name) for name in ("rules", "editions", "glossary"))


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def library() -> Library:
    return core_kit.assistant().library()


def page(name: str = "regler", role: str = "sagsbehandler", **address: str) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    app.session_state["page"], app.session_state["role"] = name, role
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def shown(app: AppTest) -> int:
    """How many rows of the table are on the page."""
    return html(app).count('<article class="fa-rule')


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    return [found for found in app.button if found.label.startswith(label)][number].click().run()


def opened(app: AppTest) -> str:
    """The statement whose place the address says is open."""
    value = app.query_params["kilde"]
    return value if isinstance(value, str) else value[0]


def first(text: str) -> Row:
    return seek(Wanted(text), library()).rows[0]


def editions(app: AppTest) -> AppTest:
    app.session_state["rules-view"] = "view_editions"
    return app.run()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_the_rules(role: str) -> None:
    assert shown(page(role=role)) == 25


def test_the_page_says_that_the_trials_are_over_as_long_as_they_are() -> None:
    assert date.today().year > 2021
    assert RULES["ended"].format(date="31. december 2021") in html(page())


def test_a_provision_in_the_address_is_what_is_looked_for() -> None:
    app = page(soeg="LAB § 18")
    assert shown(app) == len(seek(Wanted("LAB § 18"), library()).rows)
    assert app.text_input(key="soeg").value == "LAB § 18"


def test_a_row_opens_its_quote_in_the_document_and_closes_again() -> None:
    app = press(page(soeg="SEL § 140"), RULES["open"])
    row = first("SEL § 140")
    assert opened(app) == row.id
    assert row.source.title in html(app)
    body = json.loads(app.get("bidi_component")[0].proto.json)["html"]
    assert f"<mark>{cited(row, library()).quote[:40]}" in body
    closed = press(app, WORDS["close"])
    assert "kilde" not in closed.query_params


def test_the_rest_of_a_parted_statement_is_told() -> None:
    row = next(row for row in rows(library()) if "fra uddannelsespålæg" in row.statement.text)
    assert RULES["parted"].format(rest="muli-") in html(page(kilde=row.id))


def test_a_place_that_is_gone_is_told() -> None:
    assert RULES["reworded_gone"] in html(page(kilde="findes#ikke.0"))


@pytest.mark.parametrize("name", ["regler", "ordliste"])
def test_hostile_addresses_are_only_text(name: str) -> None:
    evil = "<script>alert(1)</script> § 1 ZZZ"
    said = html(page(name, soeg=evil, ord=evil, kilde=evil))
    assert "<script" not in said


def test_what_no_document_names_is_told_as_silence() -> None:
    assert RULES["none_provision"].format(asked="LAB § 86") in html(page(soeg="LAB § 86"))


def test_a_subsection_that_none_names_is_told() -> None:
    assert RULES["wider_part"].format(asked="LSD § 13 b, stk. 3") in html(page(soeg="LSD § 13 b, stk. 3"))


def test_the_filters_narrow_and_can_be_cleared() -> None:
    app = page()
    app.multiselect(key="rules-law").select("LSD").run()
    assert shown(app) == len(seek(Wanted(laws=frozenset({"LSD"})), library()).rows)
    app = press(app, RULES["clear"])
    assert shown(app) == 25


def test_the_effect_and_the_rest_are_chosen() -> None:
    app = page(soeg="mentor")
    before = shown(app)
    app.toggle(key="rules-rest").set_value(True).run()
    assert shown(app) > before


def test_one_goes_on_and_a_new_search_begins_at_the_beginning() -> None:
    app = press(page(), RULES["older"])
    assert RULES["range"].format(first=26, last=50, count=len(seek(Wanted(), library()).rows)) in html(app)
    app.text_input(key="soeg").set_value("LAB").run()
    assert "1–" in html(app) or RULES["count"].format(count=shown(app)) in html(app)


def test_the_child_s_plan_is_never_shown_as_a_bare_yes() -> None:
    row = next(row for row in seek(Wanted("SEL § 140"), library()).rows if row.statement.text == "SEL §§140-141")
    said = row_html(row, False, WORDS)
    assert "Fritaget på vilkår, med undtagelse" in said
    assert "barnet eller den unge" in said
    assert "fa-ja" not in said


def test_a_wish_of_another_network_is_called_that() -> None:
    row = next(row for row in rows(library()) if row.passage.kind_of_source == "ansoegning")
    said = row_html(row, False, WORDS)
    assert WORDS.label("rule_effects", "wish") in said
    assert "Et andet netværk" in said
    assert WORDS.texts("rule_remarks")["application"] in said


def test_the_files_hold_what_is_shown_with_its_words() -> None:
    found = seek(Wanted("SEL § 140"), library()).rows
    sheet = openpyxl.load_workbook(io.BytesIO(rule_tables.workbook(found, library(), WORDS))).active
    assert sheet is not None
    table = list(sheet.values)
    text = rule_tables.csv_file(found, library(), WORDS).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(table) == len(lines) == len(found) + 1
    assert lines[0] == list(table[0])
    quotes = [line[-1] for line in lines[1:]]
    assert quotes == [cited(row, library()).quote for row in found]
    assert "barnet eller den unge" in str(table[2][4])


def test_the_editions_stand_side_by_side_with_what_changed_marked() -> None:
    app = editions(page())
    said = html(app)
    assert "fa-line-added" in said
    assert "fa-line-dropped" in said
    assert "<del>paragraf</del>" in said
    assert "<ins>paraply</ins>" in said
    assert "§§ 85, 87 – 88 og 92 – 96 c" in said
    assert EDITIONS["turned"].format(old="Pligt", new="Vilkår") in said


def test_an_item_of_either_edition_opens_in_its_document() -> None:
    app = press(editions(page()), RULES["open"], 0)
    old = opened(app)
    new = opened(press(app, RULES["open"], 0))
    sources = {row.id: row.edition.date for row in rows(library())}
    assert (sources[old], sources[new]) == ("2017", "2018")


def test_the_glossary_finds_an_abbreviation_and_leads_to_its_quote() -> None:
    app = page("ordliste", ord="IGU")
    assert "integrationsgrunduddannelsen" in html(app)
    assert GLOSSARY["defined"] in html(app)
    app = press(app, RULES["open"])
    assert opened(app)


def test_the_glossary_says_what_is_not_to_be_confused() -> None:
    said = html(page("ordliste", ord="forberedende del"))
    assert "Ikke indsatsdelen" in said
    assert GLOSSARY["alike"] in said


def test_a_word_that_the_glossary_lacks_is_told() -> None:
    assert GLOSSARY["none"] in html(page("ordliste", ord="xyzzy"))


@pytest.mark.parametrize("name", ["regler", "ordliste"])
def test_the_pages_are_in_english_too(name: str) -> None:
    said = html(page(name, sprog="en"))
    assert wording("en").texts({"regler": "rules", "ordliste": "glossary"}[name])["lead"] in unescape(said)
