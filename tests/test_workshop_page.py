"""The pages of a workshop: the facilitator's, the phones', who sees which, and eight phones at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.learning.workshop import hosting, joining, rooms
from assistant.learning.workshop.counting import tally
from assistant.learning.workshop.joining import Vote
from assistant.learning.workshop.rooms import Database, open_database
from assistant.settings import load_settings
from assistant.ui import login, pages
from assistant.ui.pages import Chosen, Entry
from assistant.ui.wording import Wording
from evals.bench_room import measure_room
from tests.workshop_kit import TEACHER, asked, started

PAGES = str(Path(__file__).parent / "page_script.py")
PHONES = str(Path(__file__).parent.parent / "assistant/ui/scripts/phones.py")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_browser: None) -> Iterator[Database]:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    st.cache_resource.clear()
    st.cache_data.clear()
    opened = open_database(load_settings())
    yield opened
    opened.dispose()
    st.cache_resource.clear()
    st.cache_data.clear()


def phone(**address: str) -> AppTest:
    page = AppTest.from_file(PHONES, default_timeout=20)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def again(page: AppTest) -> AppTest:
    """The page as the next second draws it."""
    st.cache_data.clear()
    page.run()
    assert not page.exception
    return page


def seen(page: AppTest) -> str:
    return " ".join(each.proto.body for each in page.get("html") if not each.proto.body.startswith("<style>"))


def test_a_phone_joins_votes_and_sees_the_answer(engine: Database) -> None:
    room = started(engine)
    page = phone(kode=room.code)
    assert page.text_input("join-code").value == room.code
    page.text_input("join-name").input("<b>Ida</b>")
    page.button("join-send").click().run()
    assert "&lt;b&gt;Ida&lt;/b&gt;" in seen(page)
    assert "<b>Ida</b>" not in seen(page)
    assert rooms.nicknames(engine, room.id) == ["<b>Ida</b>"]
    hosting.ask(engine, TEACHER, room.id, 0)
    send = f"vote-send-{room.id}-0"
    again(page).button(send).click().run()
    assert "Vælg både" in seen(page)
    page.radio(f"vote-verdict-{room.id}-0").set_value("nej")
    page.radio(f"vote-reason-{room.id}-0").set_value(1)
    page.button(send).click().run()
    assert "Dit svar er modtaget" in seen(page)
    assert tally(engine, room.id, 0).verdicts == {"nej": 1}
    hosting.reveal(engine, TEACHER, room.id, 0)
    assert "Du svarede: Nej. Det er rigtigt." in seen(again(page))
    hosting.end(engine, TEACHER, room.id)
    assert "Workshoppen er slut" in seen(again(page))


def test_a_reloaded_phone_resumes_where_it_was(engine: Database) -> None:
    room, (bo, *_) = asked(engine)
    joining.vote(engine, bo.token, 0, Vote("betinget", 2))
    page = phone(kode=room.code, plads=bo.token)
    assert page.radio(f"vote-verdict-{room.id}-0").value == "betinget"
    assert page.radio(f"vote-reason-{room.id}-0").value == 2


def test_a_vote_that_comes_too_late_is_told_so(engine: Database) -> None:
    room, (bo, *_) = asked(engine)
    page = phone(plads=bo.token)
    hosting.reveal(engine, TEACHER, room.id, 0)
    page.radio(f"vote-verdict-{room.id}-0").set_value("ja")
    page.radio(f"vote-reason-{room.id}-0").set_value(0)
    page.button(f"vote-send-{room.id}-0").click().run()
    assert tally(engine, room.id, 0).votes == 0
    assert not page.exception


def test_an_unknown_code_and_a_deleted_session_get_a_sentence(engine: Database) -> None:
    page = phone(kode="AAAAAA")
    page.text_input("join-name").input("Bo")
    page.button("join-send").click().run()
    assert "Ingen workshop har den kode" in seen(page)
    room, (bo, *_) = asked(engine)
    page = phone(plads=bo.token)
    hosting.remove(engine, TEACHER, room.id)
    assert "findes ikke længere" in seen(again(page))


def test_a_fault_of_the_database_gets_a_sentence_and_passes(engine: Database, tmp_path: Path) -> None:
    room, (bo, *_) = asked(engine)
    engine.dispose()
    file = tmp_path / "journal.sqlite"
    (tmp_path / "journal.sqlite").rename(tmp_path / "away")
    file.mkdir()
    page = phone(plads=bo.token)
    assert "Forbindelsen driller" in seen(page)
    file.rmdir()
    (tmp_path / "away").rename(file)
    assert again(page).radio(f"vote-verdict-{room.id}-0").label == "Hvad er svaret?"


def test_the_phones_page_shows_nothing_but_the_workshop(engine: Database) -> None:
    for address in ({}, {"samtale": "x"}, {"workshop": started(engine).id}):
        page = phone(**address)
        assert [each.key for each in page.button] == ["join-send"]
        assert not [*page.get("page_link"), *page.selectbox, *page.chat_input]


@pytest.mark.parametrize(("path", "shown"), [("", False), ("deltag", True), ("workshop", False), ("overblik", False)])
def test_who_is_not_logged_in_sees_only_the_page_for_everybody(
    engine: Database, monkeypatch: pytest.MonkeyPatch, path: str, shown: bool
) -> None:
    monkeypatch.setattr(login, "visitor", lambda: login.Closed("log_in_first"))
    monkeypatch.setattr(pages, "choose", lambda entries, person, words: chosen(entries, path, words))
    page = AppTest.from_file(PAGES, default_timeout=20).run()
    assert not page.exception
    assert ("join-send" in [each.key for each in page.button]) is shown
    assert ("log-in" in [each.key for each in page.button]) is not shown


def chosen(entries: Sequence[Entry], path: str, words: Wording) -> Chosen:
    """The page at an address, which the headless run cannot go to by itself; drawn for nobody."""
    entry = next((each for each in entries if each.path == path), entries[0])
    return Chosen(entry, lambda: pages.draw(entry, None, words), lambda: None, ())


def test_eight_phones_at_once_lose_and_double_nothing() -> None:
    times = measure_room(lambda _: None, phones=8, within=2)
    assert (times.phones, times.lost, times.doubled) == (8, 0, 0)
    assert times.chart_p95_ms < 60_000  # every vote came to the screen; how fast is the bench's to say
