"""Review in a real Chromium, by keyboard alone: from the queue to a decision, a correction and the next case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.record.feedback import give_feedback
from assistant.record.journal import Record
from assistant.rights import Person
from assistant.settings import load_settings
from assistant.ui.wording import wording
from tests.browser_kit import FIRST_ANSWER_MS, NARROW, ROOT, Opener, ask, served
from tests.core_kit import indexed
from tests.review_kit import QUESTION, SILENT, recording

pytestmark = pytest.mark.browser
WORDS = wording("da")
CASE, DECIDE, THUMBS = (WORDS.texts(name) for name in ("case", "decide", "thumbs"))
ASKED = (SILENT, QUESTION, "Hvilke kommuner er med i netværket?", "Skal vi stadig lave en handleplan efter SEL § 141?")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with some real answers on record, the third of them flagged."""
    folder = tmp_path_factory.mktemp("review")
    with recording(load_settings(record="required", data=folder, database_url="")) as assistant:
        answers = [assistant.ask(question, by=Person("sofie@kommune.dk")) for question in ASKED]
        assert assistant.recorder is not None
        flagged = answers[2].record
        give_feedback(assistant.recorder.record(), Person("sofie@kommune.dk"), flagged, False, "incomplete", "Og 2018?")
    return folder


@pytest.fixture(scope="module")
def address(browser: Browser, data: Path) -> Iterator[str]:
    variables = {
        "ASSISTANT_INDEX": str(indexed().index),
        "ASSISTANT_DATA": str(data),
        "ASSISTANT_RECORD": "required",
        "ASSISTANT_DATABASE_URL": "",
    }
    with served(ROOT / "app.py", data / "log", **variables) as url:
        yield url


@pytest.fixture
def record(data: Path) -> Iterator[Record]:
    opened = Record.open(load_settings(record="required", data=data, database_url=""))
    yield opened
    opened.close()


def review(opened: Opener, address: str) -> Page:
    """The queue, as a jurist sees it."""
    page = opened(address)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="jurist").click()
    page.get_by_role("link", name=WORDS.label("pages", "gennemgang")).click()
    expect(page.get_by_role("button", name=ASKED[0])).to_be_visible(timeout=FIRST_ANSWER_MS)
    return page


def review_case(opened: Opener, address: str, number: int) -> Page:
    """A case, gone to from the queue."""
    page = review(opened, address)
    page.get_by_role("button", name=ASKED[number - 1]).click()
    at_case(page, number)
    return page


def at_case(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", name=CASE["heading"].format(number=number), exact=True)).to_be_visible()
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page is drawn: a key does what the page says at that moment."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()


def said(page: Page, text: str) -> None:
    expect(page.locator(".st-key-fa-decide").get_by_text(text)).to_be_visible()
    settled(page)


def test_cases_are_read_and_decided_without_a_mouse(address: str, record: Record, opened: Opener) -> None:
    page = review(opened, address)
    settled(page)
    page.keyboard.press("o")
    at_case(page, 4)
    page.keyboard.press("j")
    at_case(page, 3)
    expect(page.get_by_text("Og 2018?")).to_be_visible()
    page.keyboard.press("k")
    at_case(page, 4)
    expect(page.locator(".st-key-fa-case-right mark").first).to_be_visible()
    page.keyboard.press("g")
    field = page.locator(".st-key-fa-field textarea")
    expect(field).to_be_focused()
    page.keyboard.type("Ja, godt: jeg holder gang i køen.")  # with the letters that are shortcuts elsewhere
    page.keyboard.press("Control+Enter")
    said(page, DECIDE["done_approve"])
    decision = record.about(4)[-1]
    assert (decision.facts["outcome"], decision.body["reason"]) == ("approve", "Ja, godt: jeg holder gang i køen.")
    page.keyboard.press("s")
    said(page, "kendt svar i")
    page.keyboard.press("l")
    expect(page.get_by_role("button", name=ASKED[2])).to_be_visible()
    expect(page.get_by_role("button", name=ASKED[3])).to_have_count(0)


def test_a_rejection_by_keyboard_needs_its_reason(address: str, record: Record, opened: Opener) -> None:
    page = review_case(opened, address, 1)
    page.keyboard.press("a")
    expect(page.locator(".st-key-fa-field textarea")).to_be_focused()
    page.keyboard.press("Control+Enter")
    said(page, "Skriv en begrundelse")
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-fa-field")).to_have_count(0)
    assert len(record.about(1)) == 1


def test_an_answer_is_corrected_with_a_passage_from_the_sources(address: str, record: Record, opened: Opener) -> None:
    page = review_case(opened, address, 2)
    page.keyboard.press("e")
    expect(page.get_by_label(WORDS.texts("correct")["text"])).to_be_visible()
    page.keyboard.press("2")
    search = page.get_by_label(CASE["search"])
    search.fill("borgerens samtykke")
    search.press("Enter")
    expect(page.get_by_text(CASE["hits"].format(query="borgerens samtykke"))).to_be_visible()
    quotes = page.locator("[class*=st-key-fa-fix-2-] textarea").count()
    page.get_by_role("button", name=CASE["cite"]).first.click()
    said(page, WORDS.texts("correct")["added"].format(n=quotes + 1)[:30])
    text = page.get_by_label(WORDS.texts("correct")["text"])
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" Samtykke kræves [{quotes + 1}].")
    page.keyboard.press("Control+Enter")
    said(page, DECIDE["done_correct"])
    decisions = [each for each in record.about(2) if each.entry.kind == "decision"]
    assert len(decisions) == 1
    answer = decisions[0].body["answer"]
    assert answer["answer"].endswith(f"Samtykke kræves [{quotes + 1}].")
    assert len(answer["citations"]) == quotes + 1


def test_a_caseworker_says_what_is_wrong_and_sees_it_again(address: str, opened: Opener) -> None:
    page = opened(address)
    ask(page, QUESTION, FIRST_ANSWER_MS)
    page.get_by_role("button", name=THUMBS["no"], exact=True).click()
    page.get_by_text(WORDS.label("reasons", "incomplete")).click()
    page.get_by_label(THUMBS["more"]).fill("Hvad med 010190-1234?")
    page.get_by_role("button", name=THUMBS["send"], exact=True).click()
    expect(page.get_by_text(THUMBS["thanks_down"])).to_be_visible()
    page.reload()
    expect(page.get_by_text(THUMBS["thanks_down"])).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name=THUMBS["no"], exact=True)).to_have_count(0)
    page.get_by_role("link", name=WORDS.label("pages", "mine")).click()
    expect(page.get_by_text("Hvad med [cpr-nummer]?")).to_be_visible()


def test_nothing_is_wider_than_a_telephone(address: str, opened: Opener) -> None:
    page = review_case(opened, address, 1)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    for button in (CASE["found"], CASE["list"]):
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
        page.get_by_role("button", name=button).click()
        settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
