"""The chat page in a real Chromium: first with the small assistant, then with the real one on the real corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from assistant.ui.wording import starters, wording
from tests.browser_kit import FIRST_ANSWER_MS, NARROW, ROOT, Opener, ask, chat, served
from tests.page_assistant import EXCEPTION, REFUSED

pytestmark = pytest.mark.browser

MISSION = {
    "da": "Må jeg springe den forberedende del af rehabiliteringsplanen over?",
    "en": "May I skip the rehab plan's preparatory part?",
}


@pytest.fixture(scope="module")
def small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT / "tests" / "page_script.py", tmp_path_factory.mktemp("small") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def real(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page as `make run` serves it, with an index that it has to build first."""
    folder = tmp_path_factory.mktemp("real")
    with served(ROOT / "app.py", folder / "log", ASSISTANT_INDEX=str(folder / "index")) as url:
        yield url


def plain(text: str) -> str:
    """A quote without its source's own formatting signs."""
    return re.sub(r"\s+", " ", re.sub(r"</?i>|\*", "", text))


def show_source(page: Page, number: int) -> None:
    page.get_by_role("button", name=wording("da")["show"]).nth(number).click()
    expect(page.locator(".page mark").first).to_be_visible()


def expect_in_view(page: Page, quote: str = "") -> None:
    """The first marked words (those of `quote`, if given) come to lie in the visible part of the document."""
    page.wait_for_function(
        """quote => {
            const hosts = [...document.querySelectorAll("*")].filter(host => host.shadowRoot?.querySelector("mark"));
            return hosts.some(host => {
                const marks = [...host.shadowRoot.querySelectorAll("mark")];
                const box = marks[0].getClientRects()[0];
                const x = box.left + Math.min(box.width / 2, 10), y = box.top + box.height / 2;
                const words = marks.map(mark => mark.textContent).join("");
                return (!quote || words === quote) && document.elementFromPoint(x, y) === host
                    && host.shadowRoot.elementFromPoint(x, y)?.closest("mark");
            });
        }""",
        arg=quote,
    )


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_a_quote_opens_beside_the_chat_at_the_marked_words(small: str, opened: Opener) -> None:
    page = opened(small)
    ask(page, "Må vi?")
    for number, quote in enumerate((REFUSED, EXCEPTION)):
        page.locator(".fa-quote").nth(number).wait_for()
        page.locator(f".st-key-show-0-{number + 1} button").click()
        expect(page.locator(".page mark").first).to_be_visible()
        expect_in_view(page, quote)
    page.get_by_role("button", name=wording("da")["close"]).click()
    expect(page.locator(".page")).to_have_count(0)
    assert not overflows(page)


def test_the_document_stands_beside_the_chat_on_a_wide_screen_and_over_it_on_a_narrow_one(
    small: str, opened: Opener
) -> None:
    page = opened(small)
    ask(page, "Må vi?")
    show_source(page, 0)
    document, prose = page.locator(".page").bounding_box(), page.locator(".fa-prose").bounding_box()
    assert document
    assert prose
    assert document["x"] > prose["x"] + prose["width"]
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.wait_for_timeout(800)
    document = page.locator(".page").bounding_box()
    assert document
    assert document["width"] > 300
    assert not overflows(page)


def test_a_phone_shows_answer_and_source_without_scrolling_sideways(small: str, opened: Opener) -> None:
    page = opened(small, NARROW)
    ask(page, "Må vi?")
    assert not overflows(page)
    show_source(page, 1)
    expect_in_view(page)
    page.get_by_role("button", name=wording("da")["close"]).click()
    expect(chat(page)).to_be_visible()


def test_a_label_in_the_prose_leads_to_its_quote(small: str, opened: Opener) -> None:
    page = opened(small, (1000, 500))
    ask(page, "Må vi?")
    expect(page.locator(".fa-question")).to_be_in_viewport()
    page.wait_for_timeout(1000)
    page.locator(".fa-label").nth(1).click()
    expect(page.locator("#kilde-1-2")).to_be_in_viewport()


def test_the_newest_answer_is_brought_into_view(small: str, opened: Opener) -> None:
    page = opened(small)
    for number in range(3):
        ask(page, f"Må vi {number}?")
        expect(page.locator(".fa-badge").nth(number)).to_be_in_viewport()


def test_markup_in_a_question_is_only_text(small: str, opened: Opener) -> None:
    page = opened(small)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)"> **fed** `x`'
    ask(page, evil)
    expect(page.locator(".fa-words")).to_have_text(evil)
    assert page.locator(".fa-words *").count() == 0
    assert not dialogs


def test_a_reload_and_a_second_window_show_the_same_conversation(small: str, opened: Opener) -> None:
    page = opened(small)
    ask(page, "Må vi?")
    ask(page, "Er det ukendt?")
    page.reload()
    expect(page.locator(".fa-badge")).to_have_count(2)
    expect(opened(page.url).locator(".fa-badge")).to_have_count(2)


def test_the_answer_can_be_copied_as_plain_text(small: str, opened: Opener) -> None:
    page = opened(small)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Må vi?")
    page.get_by_role("button", name=wording("da")["copy"]).click()
    page.get_by_test_id("stCode").get_by_role("button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Kommunen er ikke fritaget" in copied
    assert EXCEPTION in copied


def test_the_mission_is_answered_in_danish_with_the_letter_and_both_lists(real: str, opened: Opener) -> None:
    page = opened(real)
    ask(page, MISSION["da"], timeout=FIRST_ANSWER_MS)
    expect(page.locator(".fa-badge")).to_have_class(re.compile("fa-nej"))
    expect(page.locator(".fa-badge")).to_contain_text("Nej")
    assert_quotes_of_the_mission(page)
    for number in range(page.locator(".fa-quote").count()):
        words = page.locator(".fa-quote blockquote").nth(number).text_content()
        page.locator(f".st-key-show-0-{number + 1} button").click()
        expect_in_view(page, words or "")


def test_the_mission_is_answered_in_english_too(real: str, opened: Opener) -> None:
    page = opened(real + "/?sprog=en")
    ask(page, MISSION["en"], timeout=FIRST_ANSWER_MS)
    expect(page.locator(".fa-badge")).to_contain_text("No")
    expect(page.locator(".fa-badge")).to_have_class(re.compile("fa-nej"))
    assert_quotes_of_the_mission(page)


def assert_quotes_of_the_mission(page: Page) -> None:
    """The letter and both lists are quoted, each with words on the preparatory part that withhold it."""
    expect(page.locator(".fa-quote").nth(2)).to_be_visible()  # the cards follow the words, one by one
    cards = {
        meta.split(" · ")[1]: plain(quote)
        for meta, quote in zip(
            page.locator(".fa-quote .fa-meta").all_text_contents(),
            page.locator(".fa-quote blockquote").all_text_contents(),
            strict=True,
        )
    }
    assert set(cards) >= dates_of_the_mission(page)
    assert all("forberedende del" in quote and "ikke" in quote.lower() for quote in cards.values())


def dates_of_the_mission(page: Page) -> set[str]:
    """The letter's date, and the years of the two lists, as the page's language writes them."""
    return {"1 February 2017" if "sprog=en" in page.url else "1. februar 2017", "2017", "2018"}


def test_a_follow_up_is_understood_and_a_reload_loses_nothing(real: str, opened: Opener) -> None:
    page = opened(real)
    ask(page, MISSION["da"], timeout=FIRST_ANSWER_MS)
    ask(page, "Hvad med indsatsdelen?")
    expect(page.locator(".fa-badge").nth(1)).not_to_have_class(re.compile("fa-nej|fa-ikke_besvaret"))
    page.reload()
    expect(page.locator(".fa-badge")).to_have_count(2)
    expect(page.locator(".fa-words").first).to_have_text(MISSION["da"])


def test_every_question_that_the_empty_page_offers_has_an_answer(real: str, opened: Opener) -> None:
    page = opened(real)
    for number in range(len(starters("da"))):
        page.locator(f".st-key-suggest-start-{number} button").click()
        expect(page.locator(".fa-badge")).to_have_count(1, timeout=FIRST_ANSWER_MS)
        expect(page.locator(".fa-badge")).not_to_have_class(re.compile("fa-ikke_besvaret"))
        expect(page.locator(".fa-quote").first).to_be_visible()
        page.get_by_role("button", name=wording("da")["new"]).click()
        expect(page.locator(".fa-badge")).to_have_count(0)


@pytest.mark.parametrize("question", ["   x   ", "a" * 100_000, "Dürfen wir?", "'; DROP TABLE x; --", "🙂", "../../x"])
def test_strange_input_gets_a_plain_answer_and_the_conversation_stays(real: str, opened: Opener, question: str) -> None:
    page = opened(real)
    ask(page, MISSION["da"], timeout=FIRST_ANSWER_MS)
    ask(page, question)
    expect(page.locator(".fa-question")).to_have_count(2)
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.get_by_text("uventet fejl")).to_have_count(0)
