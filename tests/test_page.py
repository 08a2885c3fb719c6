"""The chat page, run headless by Streamlit's AppTest with a small assistant behind it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.models import Verdict
from assistant.rights import Person, local_person
from assistant.ui import cards, session
from assistant.ui.wording import LANGUAGES, starters, wording
from tests.page_assistant import LETTER, PageAssistant

SCRIPT = str(Path(__file__).parent / "page_script.py")
CSS = (Path(session.__file__).parent / "assets" / "page.css").read_text("utf-8")
BAD_INPUT = {
    "white space": " \t  ",
    "control characters": "Må\x07 vi\x1b[31m?",
    "NUL": "Må vi\x00?",
    "emoji": "Må vi 🙂👩‍👩‍👧?",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "Markdown": "# Må **vi** [det](http://x.dk)? $x$ :red[a] :smile:",
    "SQL": "'; DROP TABLE samtaler; --",
    "path": "../../etc/passwd",
    "another script": "هل يجوز لنا؟ 我们可以吗？",
    "German": "Dürfen wir den vorbereitenden Teil überspringen?",
    "format signs": "{question} %s {0}",
}


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    """Each test starts with no assistant opened and no conversation kept."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def page(**address: str) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=20)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def html(app: AppTest) -> str:
    assert not app.exception
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def assistant() -> PageAssistant:
    engine = session.shared().engine.future(PageAssistant.open).result()
    assert isinstance(engine, PageAssistant)
    return engine


def asked(app: AppTest) -> list[tuple[str, tuple[str, ...]]]:
    """What visitors asked, after the questions by which the empty page finds out what it can offer."""
    return assistant().asked[len(starters("da")) :]


def button(app: AppTest, label: str) -> AppTest:
    return next(found for found in app.button if found.label == label).click().run()


def test_the_page_is_danish_until_english_is_chosen() -> None:
    app = page()
    assert wording("da")["disclaimer"] in html(app)
    app.segmented_control[0].set_value("en").run()
    assert wording("en")["disclaimer"] in html(app)
    assert app.chat_input[0].placeholder == wording("en")["ask"]
    assert app.query_params["sprog"] == "en"
    assert wording("en")["disclaimer"] in html(ask(app, "Må vi?"))


def test_the_address_can_ask_for_english() -> None:
    assert wording("en")["disclaimer"] in html(page(sprog="en"))


def test_an_unknown_language_in_the_address_gives_danish() -> None:
    assert wording("da")["disclaimer"] in html(page(sprog="fr"))


def test_an_empty_page_offers_questions_that_can_be_clicked() -> None:
    app = page()
    labels = [found.label for found in app.button]
    assert len(labels) == len(starters("da"))
    app.button[0].click().run()
    assert asked(app) == [(starters("da")[0], ())]
    assert "fa-nej" in html(app)


def test_an_empty_page_offers_no_question_that_the_documents_leave_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.chat_page.starters", lambda language: ("Må vi?", "Er det ukendt?"))
    assert [found.label for found in page().button] == ["Må vi?"]


def test_an_answer_shows_verdict_prose_conditions_notices_and_quotes() -> None:
    app = ask(page(), "Må vi?")
    shown = html(app)
    assert re.search(r'fa-badge fa-nej">.*✕</span> Nej', shown)
    assert '<a class="fa-label" href="#kilde-1-1">[1]</a>' in shown
    assert 'id="kilde-1-1"' in shown
    assert "<li>Indsatsdelen kan indgå i den samlede plan.</li>" in shown
    assert "Perioden er udløbet" in shown
    assert "Tilsagnsbrev · 1. februar 2017 · Tabel 1 › Forbehold" in shown
    assert "Fritagelsesliste · 2017" in shown
    assert "abc" in shown


def test_the_explanation_tells_how_the_answer_came_about() -> None:
    shown = html(ask(page(), "Må vi?"))
    assert re.search(r"<h3>Regel</h3><p[^>]*>undtagelsen går forud</p>", shown)
    assert "fritager ikke → Nej" in shown
    assert "Tilsagnsbrev, 1. runde · 1. februar 2017 · lighed 0.5" in shown
    assert '<span class="fa-term">rehabiliteringsplan 0.9</span>' in shown
    assert re.search(r"noget nyt</dt><dd><span[^>]*>x &lt;b&gt;", shown)


def test_a_question_with_personal_data_is_kept_only_as_it_was_masked() -> None:
    app = ask(page(), "Må Jens, 010190-1234, slippe?")
    assert "010190" not in html(app)
    assert "[cpr-nummer]" in html(app)
    ask(app, "Må vi?")
    assert "010190" not in str(asked(app)[-1])


def test_quotes_of_another_network_say_whose_they_are() -> None:
    assert "netværk: En plan" not in html(ask(page(), "Må vi?"))
    assert "netværk: En plan" in html(ask(page(), "Må vi som et andet netværk?"))


def test_an_answer_without_grounds_says_so_and_shows_no_sources() -> None:
    app = ask(page(), "Er det ukendt?")
    assert "Fremgår ikke af kilderne" in html(app)
    assert "fa-quote" not in html(app)


def test_a_follow_up_carries_the_questions_before_it() -> None:
    app = ask(page(), "Må vi?")
    button(app, "Hvad med indsatsdelen?")
    assert asked(app)[-1] == ("Hvad med indsatsdelen?", ("Må vi?",))


def test_a_question_that_failed_is_not_part_of_the_context() -> None:
    app = ask(page(), "en fejl")
    ask(app, "Må vi?")
    assert asked(app)[-1] == ("Må vi?", ())


def test_a_quote_opens_beside_the_chat_and_closes_again() -> None:
    app = ask(page(), "Må vi?")
    app.button(key="show-0-2").click().run()
    assert app.query_params["kilde"] == "1-2"
    assert '<div class="fa-source"><h2>Det må vi nu …</h2>' in html(app)
    app.button(key="close-source").click().run()
    assert "fa-source" not in html(app)


def test_a_source_that_is_gone_or_unreadable_is_told_plainly() -> None:
    app = ask(page(), "Må vi?")
    assistant().unreadable.add(LETTER.id)
    app.button(key="show-0-1").click().run()
    assert "Indekset er beskadiget. Kør «python -m ingest»." in html(app)
    assistant().gone.add(LETTER.id)
    app.run()
    assert wording("da")["missing"] in html(app)
    assert "fa-nej" in html(app)


@pytest.mark.parametrize("address", ["1-9", "9-1", "0-1", "x", "1-", "-1-1", "1-²"])
def test_an_address_to_a_quote_that_is_not_there_shows_none(address: str) -> None:
    kept = ask(page(), "Må vi?")
    app = page(samtale=kept.query_params["samtale"], kilde=address)
    assert "fa-source" not in html(app)
    assert "fa-nej" in html(app)


def test_a_reload_keeps_the_conversation_and_the_opened_source() -> None:
    app = ask(ask(page(), "Må vi?"), "Er det ukendt?")
    app.button(key="show-0-1").click().run()
    again = page(**dict(app.query_params))
    assert html(again).count("fa-badge") == 2
    assert "fa-source" in html(again)
    assert len(asked(again)) == 2


def test_a_conversation_that_is_gone_is_said_to_be_gone() -> None:
    assert wording("da")["forgotten"] in html(page(samtale="findes-ikke"))


def test_a_new_conversation_leaves_the_old_one_under_its_address() -> None:
    app = ask(page(), "Må vi?")
    old = app.query_params["samtale"]
    button(app, "Ny samtale")
    assert "fa-badge" not in html(app)
    assert "samtale" not in app.query_params
    assert "fa-badge" in html(page(samtale=old))


def test_a_refusal_is_shown_in_its_own_words_and_the_question_is_kept() -> None:
    app = ask(page(), "x" * 100_000)
    assert "Spørgsmålet kan ikke læses. Skriv det kortere, og med ord." in html(app)
    assert "x" * 100_000 in html(app)
    assert "100000 tegn i alt" in html(app)


def test_an_unexpected_failure_is_told_plainly_and_can_be_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    app = ask(page(), "en fejl")
    shown = html(app)
    assert "uventet fejl" in shown
    assert "hemmelig" not in shown
    assert "ZeroDivisionError" not in shown
    code = re.search(r"kode ([0-9a-f]{6})", shown)
    assert code
    assert code[1] in caplog.text
    button(app, "Prøv igen")
    assert len(asked(app)) == 2


def test_an_answer_that_cannot_be_recorded_is_not_shown_and_can_be_tried_again() -> None:
    app = ask(page(), "Må vi uden journal?")
    assert "Svaret kan ikke journalføres og vises derfor ikke" in html(app)
    assert "Disken er fuld" in html(app)
    assert "fa-badge" not in html(app)
    assert [found.label for found in app.button if "journal" in found.label] == []
    assistant().let = Person("nogen", "administrator")
    button(app, "Prøv igen")
    assert 'class="fa-badge fa-nej"' in html(app)


def test_only_an_administrator_lets_an_answer_through_that_cannot_be_recorded() -> None:
    app = page()
    app.selectbox(key="role").set_value("administrator").run()
    ask(app, "Må vi uden journal?")
    button(app, "Vis svar uden journal")
    assert 'class="fa-badge fa-nej"' in html(app)
    assert assistant().let == local_person("administrator")


def test_an_assistant_that_cannot_start_says_why_and_the_page_stays() -> None:
    def script() -> None:
        from assistant.ui import frame
        from tests.page_assistant import broken

        frame.show(broken)

    app = AppTest.from_function(script, default_timeout=20).run()
    assert "Indstillingen corpus duer ikke: mappen findes ikke." in html(app)
    ask(app, "Må vi?")
    assert "Må vi?" in html(app)
    app.button(key="reopen").click().run()
    assert "Indstillingen corpus duer ikke" in html(app)


@pytest.mark.parametrize("question", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_strange_input_gets_an_answer_or_a_refusal_and_stays_in_the_conversation(question: str) -> None:
    app = ask(ask(page(), "Må vi?"), question)
    shown = html(app)
    assert "<script" not in shown
    assert "<img" not in shown
    assert shown.count("fa-badge") + shown.count("fa-failure") == 2
    assert shown.count('class="fa-question"') == 2
    assert '<div class="fa-words">Må vi?</div>' in shown


def test_strange_input_in_another_tongue_is_shown_letter_for_letter() -> None:
    assert BAD_INPUT["another script"] in html(ask(page(), BAD_INPUT["another script"]))


def test_the_page_is_served_to_this_machine_only_and_tells_nobody() -> None:
    config = tomllib.loads((Path(SCRIPT).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
    assert config["client"]["showErrorDetails"] == "none"


def test_both_languages_have_the_same_texts() -> None:
    def keys(table: object, path: str = "") -> set[str]:
        if not isinstance(table, dict):
            return {path}
        return {key for name, part in table.items() for key in keys(part, f"{path}.{name}")}

    assert keys(dict(wording("da").table)) == keys(dict(wording("en").table))
    assert all(starters(language) for language in LANGUAGES)


def test_both_languages_have_the_same_places_to_fill_in() -> None:
    fields = re.compile(r"\{(\w+)\}")
    for key, text in wording("da").table.items():
        if isinstance(text, str):
            assert fields.findall(text) == fields.findall(wording("en")[key]), key


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_a_word_a_sign_and_a_colour_that_can_be_read(verdict: str) -> None:
    assert verdict in wording("da").table["verdicts"]
    assert cards.VERDICT_SIGNS[verdict]
    colour = re.search(rf"\.fa-badge\.fa-{verdict} {{ background: #(\w{{6}}); }}", CSS)
    assert colour
    assert contrast_to_white(colour[1]) >= 4.5


def contrast_to_white(colour: str) -> float:
    """WCAG 2 contrast ratio."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize(
    ("iso", "danish", "english"),
    [
        ("2017-02-01", "1. februar 2017", "1 February 2017"),
        ("2018-06", "juni 2018", "June 2018"),
        ("2017", "2017", "2017"),
        ("", "", ""),
        ("2017-99-01", "2017-99-01", "2017-99-01"),
    ],
)
def test_dates_are_written_as_people_write_them(iso: str, danish: str, english: str) -> None:
    assert (wording("da").date(iso), wording("en").date(iso)) == (danish, english)


def test_no_text_is_left_over() -> None:
    folder = Path(session.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert [key for key in wording("da").table if not re.search(rf"[\"']{key}[\"']", code)] == []
