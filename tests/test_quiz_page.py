"""The quiz on its page, one's own progress, and the page of groups, run headless over the real documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.engine import Assistant
from assistant.learning.modules.binding import bind
from assistant.learning.modules.module import load
from assistant.learning.quiz import progress
from assistant.learning.quiz.asking import quizzes
from assistant.learning.quiz.question import Question
from assistant.record.journal import Record
from assistant.rights import Person, local_person
from assistant.settings import Settings, load_settings
from assistant.ui import quiz_desk
from assistant.ui.wording import LANGUAGES, wording
from tests import core_kit
from tests.review_kit import OPENED, recording

SCRIPT = str(Path(__file__).parent / "quiz_script.py")
MODULE = "ret-og-pligt"
WORDS = wording("da")
QUIZ, OWN, GROUP = (WORDS.texts(name) for name in ("quiz", "own", "group"))
ME = local_person()


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def questions() -> dict[str, tuple[Question, ...]]:
    store = core_kit.assistant().store
    return dict(quizzes(bind(load(load_settings().corpus), store), store, "En plan"))


@pytest.fixture
def record_settings(tmp_path: Path) -> Settings:
    """One database is enough here: what lies under the pages is tested on both."""
    return load_settings(record="required", data=tmp_path / "data", database_url="")


@pytest.fixture
def assistant(record_settings: Settings) -> Iterator[Assistant]:
    with recording(record_settings) as made:
        OPENED.append(made)
        yield made
        OPENED.remove(made)


@pytest.fixture
def record(assistant: Assistant) -> Record:
    assert assistant.recorder is not None
    return assistant.recorder.record()


def page(name: str = "course", role: str = "sagsbehandler", **address: str) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=120)
    app.session_state["page"], app.session_state["role"] = name, role
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def answer(app: AppTest, question: Question, right: bool = True) -> AppTest:
    """Choose the right option or the one behind it, and send it."""
    place = question.right if right else (question.right + 1) % len(question.options)
    radio = next(each for each in app.radio if str(each.key).endswith(question.key))
    radio.set_value(place)
    app.run()
    return click(app, "quiz-answer")


def test_a_learner_takes_a_quiz_and_passes(record: Record, questions: dict[str, tuple[Question, ...]]) -> None:
    app = page(modul=MODULE)
    asked = questions[MODULE]
    assert f"{len(asked)} spørgsmål. 0 af {len(asked)} er rigtige" in html(app)
    app = click(app, "quiz-begin")
    for number, each in enumerate(asked, 1):
        assert f"Spørgsmål {number} af {len(asked)}" in html(app)
        assert app.button(key="quiz-answer").disabled
        assert QUIZ["proof"] not in html(app), "the quote comes after the answer"
        app = answer(app, each, right=number != 2)
        shown = html(app)
        assert QUIZ["right" if number != 2 else "wrong"] in shown
        assert QUIZ["proof" if len(each.proof) == 1 else "proofs"] in shown
        app = click(app, "quiz-next")
    assert QUIZ["passed"] in html(app)
    assert f"{len(asked) - 1} af {len(asked)} er rigtige" in html(app)
    kept = progress.answers(record.engine, ME)
    assert {key: right for key, right in kept.items() if not right} == {asked[1].key: False}


def test_a_wrong_answer_comes_first_when_it_is_due(record: Record, questions: dict[str, tuple[Question, ...]]) -> None:
    past = datetime.now(UTC) - timedelta(hours=1)
    wrong = questions["en-handleplan"][3]
    progress.have_answered(record.engine, ME, "en-handleplan", wrong.key, False, past)
    app = page(modul=MODULE)
    assert QUIZ["again_one"] in html(app)
    app = click(app, "quiz-begin")
    assert QUIZ["again_now"] in html(app)
    app = answer(app, wrong)
    assert progress.answers(record.engine, ME)[wrong.key]
    assert QUIZ["again_now"] not in html(click(app, "quiz-next"))


def test_a_quote_of_the_feedback_opens_in_its_document(
    record: Record, questions: dict[str, tuple[Question, ...]]
) -> None:
    asked = questions[MODULE][0]
    app = answer(click(page(modul=MODULE), "quiz-begin"), asked)
    app = click(app, "open-quiz-0")
    named = app.query_params["kilde"]
    place = quiz_desk.citation(named if isinstance(named, str) else named[0], core_kit.assistant().library())
    assert place is not None
    assert place.quote == asked.proof[0].words
    assert any(element.proto.id for element in app.get("bidi_component"))


@pytest.mark.parametrize("name", ["sted-9999999-99999999-x", "sted-0-5", "sted-5-2-2018-midtvejsstatus", "'--", "1"])
def test_a_made_up_place_in_the_address_is_no_place(name: str) -> None:
    assert quiz_desk.citation(name, core_kit.assistant().library()) is None


def test_the_list_of_modules_tells_what_is_right_and_due(
    record: Record, questions: dict[str, tuple[Question, ...]]
) -> None:
    past = datetime.now(UTC) - timedelta(days=3)
    for each in questions[MODULE]:
        progress.have_answered(record.engine, ME, MODULE, each.key, True, past)
    count = len(questions[MODULE])
    shown = html(page())
    assert f"Quiz: {count} af {count} rigtige" in shown
    assert f"Repetition: {count}" in shown


def test_a_learner_shares_and_deletes(record: Record, questions: dict[str, tuple[Question, ...]]) -> None:
    progress.have_answered(record.engine, ME, MODULE, questions[MODULE][0].key, True)
    app = page()
    app.toggle(key="own-share").set_value(True).run()
    assert progress.learner(record.engine, ME).shared
    app = click(page(), "own-forget")
    assert OWN["forgotten"] in html(app)
    assert progress.answers(record.engine, ME) == {}
    assert not progress.learner(record.engine, ME).shared


def test_the_certificate_waits_for_all_modules(record: Record, questions: dict[str, tuple[Question, ...]]) -> None:
    assert "Der mangler 10" in html(page())
    for module, asked in questions.items():
        progress.have_read(record.engine, ME, module)
        for each in asked:
            progress.have_answered(record.engine, ME, module, each.key, True)
    app = page()
    assert "Der mangler" not in html(app)
    (download,) = [each for each in app.get("download_button") if "kursusbevis" in each.proto.label.lower()]
    assert download.proto.disabled
    app.text_input(key="own-name").set_value("Åse").run()
    (download,) = [each for each in app.get("download_button") if "kursusbevis" in each.proto.label.lower()]
    assert not download.proto.disabled


def test_without_a_record_the_quiz_works_and_says_that_nothing_is_kept(
    questions: dict[str, tuple[Question, ...]],
) -> None:
    OPENED.append(core_kit.assistant())
    try:
        app = page(modul=MODULE)
        assert "Intet gemmes" in html(app)
        app = answer(click(app, "quiz-begin"), questions[MODULE][0])
        assert QUIZ["right"] in html(app)
        assert GROUP["off"] in html(page("group", "underviser"))
    finally:
        OPENED.pop()


def test_a_database_that_cannot_be_written_is_told_and_the_quiz_goes_on(
    record: Record, record_settings: Settings, questions: dict[str, tuple[Question, ...]]
) -> None:
    app = click(page(modul=MODULE), "quiz-begin")
    with sqlite3.connect(record_settings.data / "journal.sqlite") as connection:
        connection.execute("DROP TABLE quiz_cards")
    app = answer(app, questions[MODULE][0])
    assert QUIZ["not_kept"] in html(app)
    assert QUIZ["right"] in html(app)


def test_the_page_of_groups_shows_figures_from_three_on_and_no_names(
    record: Record, questions: dict[str, tuple[Question, ...]]
) -> None:
    missed = questions[MODULE][0]
    assert GROUP["nobody"] in html(page("group", "underviser"))
    for number in range(3):
        progress.have_answered(record.engine, Person(f"lærling{number}"), MODULE, missed.key, False)
        shown = html(page("group", "underviser"))
        assert ("mindst 3 af dem" in shown) is (number < 2)
        assert "lærling" not in shown
    assert "100 % forkert" in shown
    progress.share(record.engine, Person("lærling0"), True)
    shown = html(page("group", "underviser"))
    assert "lærling0" in shown
    assert "lærling1" not in shown


def test_who_may_not_follow_groups_sees_none(record: Record) -> None:
    assert "giver ikke ret" in html(page("group", "jurist"))


@pytest.mark.parametrize("table", ["quiz", "own", "group"])
def test_both_languages_say_the_same_things(table: str) -> None:
    danish, english = (wording(language).texts(table) for language in LANGUAGES)
    assert set(danish) == set(english)


def test_what_is_due_is_repeated_from_the_list_of_modules(
    record: Record, questions: dict[str, tuple[Question, ...]]
) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    first, second = questions[MODULE][0], questions["en-handleplan"][0]
    for module, each in ((MODULE, first), ("en-handleplan", second)):
        progress.have_answered(record.engine, ME, module, each.key, False, past)
    app = page()
    assert QUIZ["again"].format(count=2) in html(app)
    app = click(app, "quiz-begin")
    for _ in range(2):
        asked = next(each for each in (first, second) if any(str(one.key).endswith(each.key) for one in app.radio))
        app = click(answer(app, asked), "quiz-next")
    assert progress.answers(record.engine, ME) == {first.key: True, second.key: True}
    assert QUIZ["again"].format(count=2) not in html(app.run())
