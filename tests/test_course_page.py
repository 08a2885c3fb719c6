"""The course on its page: the way, a module, its quotes in their documents, and the chat with a question filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.engine import Assistant
from assistant.errors import NotAllowed
from assistant.learning.modules.module import load
from assistant.rights import Person
from assistant.settings import load_settings
from assistant.ui import course_page, session
from assistant.ui.reading import escape
from assistant.ui.wording import LANGUAGES, wording
from tests import core_kit
from tests.changed_corpus import changed_corpus
from tests.review_kit import OPENED

HERE = Path(__file__).parent
COURSE, CHAT = str(HERE / "quiz_script.py"), str(HERE / "page_script.py")
MODULES = load(load_settings().corpus)
FIRST, SECOND = MODULES[0], MODULES[1]
TEXTS = wording("da").texts("course")
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "# [Klik](javascript:alert(1)) $x$ :red[a]",
    "Må vi\x00\x1b[31m\u202e?",
    "a" * 100_000,
    "../../etc/passwd",
]


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def real() -> Iterator[None]:
    OPENED.append(core_kit.assistant())
    yield
    OPENED.pop()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant.open(changed_corpus(tmp_path_factory.mktemp("changed")).settings)


def course(role: str = "sagsbehandler", **address: str) -> AppTest:
    app = AppTest.from_file(COURSE, default_timeout=120)
    app.session_state["page"], app.session_state["role"] = "course", role
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def chat(**address: str) -> AppTest:
    app = AppTest.from_file(CHAT, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


@pytest.mark.usefixtures("real")
def test_the_way_shows_every_module_with_its_minutes_and_begins_at_the_first() -> None:
    app = course()
    shown = html(app)
    for module in MODULES:
        assert escape(module.aim.da) in shown
        assert app.button(key=f"module-{module.id}")
    assert TEXTS["done"].format(done=0, total=len(MODULES)) in shown
    click(app, "resume")
    assert app.query_params["modul"] == FIRST.id


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_shows_all_that_it_teaches(language: str) -> None:
    shown = html(course(modul=FIRST.id, sprog=language))
    said = [FIRST.title, FIRST.aim, FIRST.case.situation, FIRST.case.question, FIRST.case.lesson]
    for text in (*said, *(paragraph.text for paragraph in FIRST.paragraphs)):
        assert escape(text.en if language == "en" else text.da) in shown
    for quote in (quote for paragraph in FIRST.paragraphs for quote in paragraph.quotes):
        assert escape(quote.words) in shown


@pytest.mark.usefixtures("real")
def test_a_quote_opens_in_its_document_with_its_words_marked() -> None:
    app = course(modul=FIRST.id)
    click(app, "open-a2-2")
    assert app.query_params["kilde"] == "2"
    assert "Midtvejsstatus" in html(app)
    assert app.button(key="close-source")
    click(app, "close-source")
    assert "kilde" not in app.query_params


@pytest.mark.usefixtures("real")
def test_reading_goes_on_to_the_next_module_and_is_remembered() -> None:
    app = click(course(modul=FIRST.id), "have-read")
    assert app.query_params["modul"] == SECOND.id
    click(app, "all-modules")
    assert "modul" not in app.query_params
    shown = html(app)
    assert TEXTS["done"].format(done=1, total=len(MODULES)) in shown
    assert TEXTS["read"] in shown
    click(app, "resume")
    assert app.query_params["modul"] == SECOND.id


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("name", ["findes-ikke", "<script>alert(1)</script>", "../../etc"])
def test_an_address_of_no_module_gives_the_way(name: str) -> None:
    shown = html(course(modul=name, kilde="999999999"))
    assert escape(TEXTS["unknown"].format(name=name)) in shown
    assert "<script>" not in shown


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("name", ["0", "99", "²", "-1", "x"])
def test_an_address_of_no_quote_harms_nothing(name: str) -> None:
    assert escape(FIRST.aim.da) in html(course(modul=FIRST.id, kilde=name))


def test_a_paragraph_whose_source_has_changed_is_shown_as_old(changed: Assistant) -> None:
    OPENED.append(changed)
    try:
        shown = html(course(modul="en-handleplan"))
        way = html(course())
        followed = html(course("underviser"))
    finally:
        OPENED.pop()
    old = escape(SECOND.paragraphs[5].text.da)
    assert f"<del>{old}</del>" in shown
    assert f'<p class="fa-lesson">{old}</p>' not in shown
    assert TEXTS["module_flagged"] in shown
    assert "<ins>fuld</ins>" in shown
    assert f'<p class="fa-lesson">{escape(SECOND.paragraphs[0].text.da)}</p>' in shown
    assert TEXTS["flagged"] in way
    assert TEXTS["to_mend_hint"] not in way
    assert TEXTS["to_mend_hint"] in followed


def test_one_without_the_right_is_refused_before_anything_opens() -> None:
    with pytest.raises(NotAllowed):
        course_page.show(Person("anna", "gæst"), opener=lambda _: pytest.fail("opened"))  # type: ignore[arg-type]


def test_a_question_in_the_address_of_the_chat_stands_in_its_field_and_is_not_asked() -> None:
    app = chat(**{session.PREFILL: "Må vi springe den over?"})
    assert app.chat_input[0].proto.value == "Må vi springe den over?"
    assert wording("da")["brought"] in html(app)
    assert "fa-question" not in html(app)
    assert session.PREFILL not in app.query_params
    app.run()
    assert wording("da")["brought"] not in html(app)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_the_address_is_only_text_in_the_field(text: str) -> None:
    app = chat(**{session.PREFILL: text})
    value = app.chat_input[0].proto.value
    assert len(value) <= 2000
    assert "\x00" not in value
    assert "\u202e" not in value
    assert "alert" not in html(app)
    assert "fa-question" not in html(app)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_question_in_the_address_is_none(text: str) -> None:
    assert wording("da")["brought"] not in html(chat(**{session.PREFILL: text}))
