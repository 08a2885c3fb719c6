"""The pages of feedback and review, run headless over real answers on record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.engine import Assistant
from assistant.record.decisions import approve, correct, reject
from assistant.record.feedback import give_feedback
from assistant.record.journal import Record
from assistant.record.known import FILE
from assistant.record.purging import purge
from assistant.rights import ROLES, Person, local_person
from assistant.settings import Settings, load_settings
from assistant.ui.case_events import compared
from assistant.ui.wording import wording
from evals.cases import load
from tests.record_kit import ADMINISTRATOR, JURIST, OTHER_JURIST, answered
from tests.review_kit import LETTER, OPENED, QUESTION, SILENT, correction, desk, recording, seen

SCRIPT = str(Path(__file__).parent / "review_script.py")
WORDS = wording("da")
CASE, DECIDE, CORRECT, QUEUE = (WORDS.texts(name) for name in ("case", "decide", "correct", "queue"))
ME = local_person()


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


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


def page(name: str = "review", role: str = "jurist", **address: str) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=60)
    app.session_state["page"], app.session_state["role"] = name, role
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def labels(app: AppTest) -> list[str]:
    return [found.label for found in app.button]


def press(app: AppTest, label: str) -> AppTest:
    return next(found for found in app.button if found.label.startswith(label)).click().run()


def state(record: Record, number: int) -> str:
    decisions = [each.facts["state"] for each in record.about(number) if each.entry.kind == "decision"]
    return str(decisions[-1]) if decisions else "new"


def test_the_queue_shows_each_case_and_opens_it(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION, by=Person("sofie@kommune.dk")).record
    assistant.ask(SILENT)
    give_feedback(record, Person("sofie@kommune.dk"), number, helpful=False)
    app = page()
    shown = html(app)
    for part in ("sofie@kommune.dk", "Fremgår ikke af kilderne", "Nej", "meldt 1"):
        assert part in shown
    tabs = app.segmented_control[0]
    assert [option.content for option in tabs.proto.options][:3] == ["Nye **2**", "Meldt **1**", "Ubesvarede **1**"]
    tabs.set_value("flagged").run()
    press(app, "Må jeg springe")
    assert app.query_params["sag"] == str(number)
    assert QUESTION in html(app)
    press(app, CASE["list"])
    assert "sag" not in app.query_params
    assert app.segmented_control[0].value == "flagged"


def test_the_queue_is_filtered_by_words_and_cleared(assistant: Assistant) -> None:
    assistant.ask(QUESTION)
    assistant.ask(SILENT)
    app = page()
    app.text_input(key="queue-text").set_value("ansatte").run()
    assert [label for label in labels(app) if label.endswith("?")] == [SILENT]
    app.text_input(key="queue-text").set_value("findes ikke").run()
    assert QUEUE["none_limited"] in html(app)
    press(app, QUEUE["clear"])
    assert len([label for label in labels(app) if label.endswith("?")]) == 2


def test_pages_of_the_queue_follow_each_other(record: Record) -> None:
    for _ in range(27):
        answered(record)
    app = page()
    press(app, QUEUE["older"])
    assert "<b>1</b>" in html(app)
    assert "<b>27</b>" not in html(app)
    press(app, QUEUE["newer"])
    assert "<b>27</b>" in html(app)


def test_a_case_shows_question_answer_quotes_and_document(assistant: Assistant) -> None:
    given = assistant.ask(QUESTION, history=["Hvad må vi?"])
    shown = html(page(sag=str(given.record)))
    for part in (QUESTION, "Hvad må vi?", "✕</span> Nej", "[1]", CASE["quote_here"], given.citations[0].title):
        assert part in shown
    app = page(sag=str(given.record))
    press(app, CASE["found"])
    shown = html(app)
    assert shown.count('class="fa-passage"') == 8
    assert CASE["used"] in shown
    assert CASE["unused"] in shown
    press(app, CASE["explanation"])
    assert given.record_hash in html(app)
    assert given.engine_version in html(app)
    press(app, CASE["course"])
    assert CASE["nothing_said"] in html(app)


def test_a_number_that_is_no_case_is_said_plainly_with_a_way_back(assistant: Assistant) -> None:
    assistant.ask(QUESTION)
    app = page(sag="999")
    assert "ingen sag 999" in html(app)
    press(app, CASE["list"])
    assert QUESTION in labels(app)
    for odd in ("x", "-1", "²", "9" * 30, ""):
        assert QUESTION in labels(page(sag=odd))


def test_a_case_is_approved_and_made_a_known_answer(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["approve"])
    assert state(record, number) == "new"
    app.text_area(key=f"said-{number}-approve").set_value("Holder.")
    press(app, DECIDE["do_approve"])
    assert DECIDE["done_approve"] in html(app)
    assert state(record, number) == "approved"
    assert DECIDE["approve"] not in labels(app)
    press(app, DECIDE["known"])
    assert DECIDE["known_added"].format(file=FILE) in html(app)
    assert [case.id for case in load([assistant.settings.data / FILE]).cases] == [f"sag-{number}"]
    press(app, DECIDE["known"])
    assert DECIDE["known_already"].format(file=FILE) in html(app)


def test_a_rejection_asks_for_a_reason_and_can_be_dropped(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["reject"])
    press(app, DECIDE["do_reject"])
    assert "Skriv en begrundelse" in html(app)
    press(app, DECIDE["cancel"])
    assert state(record, number) == "new"
    press(app, DECIDE["reject"])
    app.text_area(key=f"said-{number}-reject").set_value("En anden lov.")
    press(app, DECIDE["do_reject"])
    assert state(record, number) == "rejected"
    assert "En anden lov." in html(press(app, CASE["course"]))


def test_an_answer_is_corrected_with_a_quote_that_a_search_found(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["correct"])
    press(app, CASE["found"])
    app.text_input(key=f"search-{number}").set_value("fritagelse for den forberedende del").run()
    count = len([area for area in app.text_area if str(area.key).startswith("fix-words")])
    press(app, CASE["cite"])
    n = count + 1
    assert CORRECT["added"].format(n=n) in html(app)
    press(app, CORRECT["save"])
    assert f"citat [{n}] er ikke nævnt" in html(app)
    assert state(record, number) == "new"
    app.text_area(key=f"fix-text-{number}").set_value(f"Nej, den skal laves [{n}].")
    for old in range(1, count + 1):
        app.run()
        next(found for found in app.button if found.key == f"drop-{number}-{old}").click().run()
    app.selectbox(key=f"fix-verdict-{number}").set_value("betinget")
    press(app, CORRECT["save"])
    assert DECIDE["done_correct"] in html(app)
    body = record.about(number)[-1].body["answer"]
    assert (body["verdict"], body["answer"], len(body["citations"])) == ("betinget", "Nej, den skal laves [1].", 1)
    shown = html(app)
    assert CASE["corrected_answer"] in shown
    assert "Nej, den skal laves" in shown


def test_a_quote_that_was_altered_is_refused_and_nothing_is_lost(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["correct"])
    app.text_area(key=f"fix-words-{number}-1").set_value("Der gives fuld fritagelse.")
    press(app, CORRECT["save"])
    assert "står ikke ordret i" in html(app)
    assert app.text_area(key=f"fix-words-{number}-1").value == "Der gives fuld fritagelse."
    press(app, CORRECT["cancel"])
    assert state(record, number) == "new"
    assert DECIDE["approve"] in labels(app)


def test_citing_a_passage_begins_a_correction(assistant: Assistant) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, CASE["found"])
    press(app, CASE["cite"])
    assert CORRECT["save"] in labels(app)
    press(app, CASE["show_passage"])
    assert app.session_state["case-panel"] == "document"


def test_who_comes_second_is_told_that_the_case_has_changed(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["approve"])
    button = next(found for found in app.button if found.label.startswith(DECIDE["do_approve"]))
    reject(desk(record), OTHER_JURIST, seen(record, number), "Nej.")
    app = button.click().run()
    assert "er ændret, siden du åbnede den" in html(app)
    assert state(record, number) == "rejected"


def test_a_comment_is_put_on_the_case(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["comment"])
    app.text_area(key=f"said-{number}-comment").set_value("Ring til 010190-1234.")
    press(app, DECIDE["do_comment"])
    assert "Ring til [cpr-nummer]." in html(press(app, CASE["course"]))


def test_hostile_words_are_shown_and_not_obeyed(assistant: Assistant, record: Record) -> None:
    given = assistant.ask("<script>alert(1)</script> Må vi *lade* [være](http://x.dk)?", by=Person("<b>eva</b>"))
    hostile = "<img src=x onerror=alert(1)>"
    give_feedback(record, Person("<b>eva</b>"), given.record, helpful=False, text=hostile)
    app = page()
    assert any("\\<script\\>" in label for label in labels(app))
    shown = html(app) + html(page(sag=str(given.record)))
    for bad in ("<script>", "<img", "<b>eva"):
        assert bad not in shown
    assert "&lt;img src=x" in shown


def test_a_proposal_is_confirmed_by_another_and_not_by_its_author(assistant: Assistant, record: Record) -> None:
    mine, other = assistant.ask(QUESTION).record, assistant.ask(SILENT).record
    two = desk(record, second=True)
    approve(two, ME._replace(role="jurist"), seen(record, mine))
    approve(two, JURIST, seen(record, other), "Ser rigtigt ud.")
    app = page(sag=str(mine))
    assert DECIDE["waits"] in html(app)
    assert DECIDE["confirm"] not in labels(app)
    app = page(sag=str(other))
    assert "Ser rigtigt ud." in html(app)
    press(app, DECIDE["confirm"])
    press(app, DECIDE["do_confirm"])
    assert state(record, other) == "approved"
    assert record.about(other)[-1].facts["second"] is True


def test_where_two_are_wanted_an_approval_waits(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    assistant.settings = assistant.settings.model_copy(update={"second_reviewer": True})
    app = page(sag=str(number))
    press(app, DECIDE["approve"])
    assert DECIDE["approve_two_hint"] in html(app)
    press(app, DECIDE["do_approve"])
    assert DECIDE["done_pending"] in html(app)
    assert state(record, number) == "pending"


def test_a_reopened_case_shows_old_and_new_side_by_side(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    approval = approve(desk(record), JURIST, seen(record, number)).number
    facts = {"approval": approval, "cause": "changed", "source_id": LETTER}
    body = {"old": "Der gives ikke fritagelse", "new": "Der gives fritagelse <nu>", "section": "Tabel 1"}
    record.append(Person("ingest", "administrator"), "suspension", facts, body, number)
    shown = html(page(sag=str(number)))
    assert WORDS.label("causes", "changed") in shown
    was, is_now = compared(body["old"], body["new"])
    assert f"<p>{was}</p>" in shown
    assert f"<p>{is_now}</p>" in shown
    assert "<del>" in was
    assert "&lt;nu&gt;</ins>" in is_now
    assert DECIDE["approve"] in labels(page(sag=str(number)))


def test_texts_are_compared_word_by_word() -> None:
    assert compared("a b c", "a x c") == ("a <del>b</del> c", "a <ins>x</ins> c")
    assert compared("a", "") == ("<del>a</del>", "")
    assert compared("<a>", "<a>") == ("&lt;a&gt;", "&lt;a&gt;")


def test_a_case_whose_texts_are_deleted_still_opens(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    purge(record, ADMINISTRATOR, days=0)
    app = page(sag=str(number))
    assert CASE["purged"] in html(app)
    assert DECIDE["approve"] not in labels(app)
    for panel in ("found", "explanation", "course"):
        html(press(app, CASE[panel]))


def test_a_served_answer_leads_to_the_case_that_was_approved(assistant: Assistant, record: Record) -> None:
    origin = assistant.ask(QUESTION).record
    served = answered(record, served=approve(desk(record), JURIST, seen(record, origin)).number)
    app = page(sag=str(served))
    assert DECIDE["reject"] not in labels(app)
    press(app, CASE["open_origin"].format(number=origin))
    assert app.query_params["sag"] == str(origin)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "jurist"])
def test_no_other_role_sees_a_case_or_decides_one(assistant: Assistant, role: str) -> None:
    number = assistant.ask(QUESTION).record
    for address in ({}, {"sag": str(number)}):
        app = page(role=role, **address)
        assert "giver ikke ret til at se sager" in html(app)
        assert QUESTION not in html(app)
        assert labels(app) == []


def test_a_role_that_was_lost_meanwhile_decides_nothing(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION).record
    app = page(sag=str(number))
    press(app, DECIDE["approve"])
    button = next(found for found in app.button if found.label.startswith(DECIDE["do_approve"]))
    app.session_state["role"] = "sagsbehandler"
    button.click().run()
    assert state(record, number) == "new"


def test_without_a_record_the_page_says_so(assistant: Assistant) -> None:
    assistant.recorder = None
    assert WORDS["record_off"] in html(page())
    assert WORDS["record_off"] in html(page("mine"))


def test_a_record_that_cannot_be_read_is_said_plainly(assistant: Assistant, record_settings: Settings) -> None:
    record_settings.data.mkdir(parents=True)
    (record_settings.data / "journal.sqlite").write_text("ikke en database " * 100)
    for name in ("review", "mine"):
        app = page(name)
        assert "Journalen kan ikke læses" in html(app)
        assert WORDS["retry"] in labels(app)


# One's own questions, and the thumbs


def test_one_sees_what_came_of_an_own_question(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION, by=ME).record
    assistant.ask(SILENT, by=Person("en anden"))
    give_feedback(record, ME, number, helpful=False, reason="incomplete", text="Hvad med brevet?")
    correct(desk(record), JURIST, seen(record, number), correction(), "Brevet er nævnt nu.")
    shown = html(page("mine", role="sagsbehandler"))
    for part in (QUESTION, "Mangler noget. Hvad med brevet?", "Rettet af jurist", "Brevet er nævnt nu."):
        assert part in shown
    assert "skal udarbejdes" in shown
    assert "Beskæftigelsesministeriet" not in shown


def test_one_who_has_not_asked_is_told_so(assistant: Assistant) -> None:
    assert WORDS.texts("mine")["none"] in html(page("mine"))


def test_own_questions_are_paged(record: Record) -> None:
    for each in range(25):
        answered(record, f"Spørgsmål nummer {each}?", by=ME)
    app = page("mine")
    assert "nummer 24?" in html(app)
    assert "nummer 0?" not in html(app)
    assert "nummer 0?" in html(press(app, WORDS.texts("mine")["older"]))
    assert "nummer 24?" in html(press(app, WORDS.texts("mine")["newer"]))


def chat(question: str) -> AppTest:
    app = page("chat", role="sagsbehandler")
    return app.chat_input[0].set_value(question).run()


def feedback(record: Record) -> list[dict[str, object]]:
    return [{**each.facts, **each.body} for each in record.about(1) if each.entry.kind == "feedback"]


THUMBS = WORDS.texts("thumbs")


def test_a_thumb_up_is_taken_at_once_and_thanked_for(assistant: Assistant, record: Record) -> None:
    app = press(chat(QUESTION), THUMBS["yes"])
    assert THUMBS["thanks"] in html(app)
    assert THUMBS["no"] not in labels(app)
    assert feedback(record) == [{"helpful": True, "reason": ""}]


def test_a_thumb_down_asks_why_and_masks_what_is_personal(assistant: Assistant, record: Record) -> None:
    app = press(chat(QUESTION), THUMBS["no"])
    assert app.radio[0].options == ["Forkert kilde", "Forkert konklusion", "Mangler noget", "Uklart"]
    assert feedback(record) == []
    app.radio[0].set_value("unclear")
    app.text_area[0].set_value("Hvad med 010190-1234?")
    press(app, THUMBS["send"])
    assert THUMBS["thanks_down"] in html(app)
    assert "cpr-nummer" in html(app)
    assert feedback(record) == [{"helpful": False, "reason": "unclear", "text": "Hvad med [cpr-nummer]?"}]


def test_a_thumb_down_can_be_taken_back_before_it_is_sent(assistant: Assistant, record: Record) -> None:
    app = press(chat(QUESTION), THUMBS["no"])
    app = press(app, THUMBS["cancel"])
    assert not app.radio
    assert feedback(record) == []


def test_feedback_that_cannot_be_recorded_is_not_thanked_for(
    assistant: Assistant, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = press(chat(QUESTION), THUMBS["no"])
    app.text_area[0].set_value("Vigtigt.")
    assistant.recorder = None
    press(app, THUMBS["send"])
    assert WORDS["not_done"] in html(app)
    assert THUMBS["thanks_down"] not in html(app)
    assert app.text_area[0].value == "Vigtigt."


def test_an_answer_that_is_not_on_record_has_no_thumbs(assistant: Assistant) -> None:
    assistant.recorder = None
    app = chat(QUESTION)
    assert "fa-nej" in html(app)
    assert THUMBS["yes"] not in labels(app)


def test_the_pages_speak_english(assistant: Assistant, record: Record) -> None:
    number = assistant.ask(QUESTION, by=ME).record
    give_feedback(record, ME, number, helpful=False, reason="unclear")
    for name, part in (("review", "flagged 1"), ("mine", "Unclear")):
        assert part in html(page(name, sprog="en"))
    assert "Asked before" not in html(page(sag=str(number), sprog="en"))
    assert wording("en").texts("decide")["approve"] in labels(page(sag=str(number), sprog="en"))


def test_every_code_that_the_record_knows_has_its_words() -> None:
    for language in ("da", "en"):
        table = json.loads(json.dumps(wording(language).table))
        assert {"new", "pending", "reopened", "approved", "corrected", "rejected"} <= table["states"].keys()
        for outcome in ("approve", "correct"):
            assert {outcome, f"propose_{outcome}", f"second_{outcome}"} <= table["events"].keys()
