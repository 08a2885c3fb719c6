"""The whole circle in a real Chromium: asked, flagged, corrected, asked again, its source changed, reopened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.settings import load_settings
from ingest.__main__ import main as ingest
from tests.browser_kit import FIRST_ANSWER_MS, ROOT, Opener, ask, served
from tests.core_kit import indexed
from tests.review_kit import LETTER, QUESTION
from tests.test_browser_review import DECIDE, THUMBS, WORDS, at_case, said, settled

pytestmark = pytest.mark.browser
BY_A_JURIST = ".fa-approved"
ADDED = "Spørg fagchefen, hvis borgeren er under 18."
CITED, WAS, IS = "imødekommes i første runde ud fra en retssikkerhedsmæssig overvejelse", "første", "anden"
IN_OTHER_WORDS = (
    "Kan vi godt springe den forberedende del af rehabiliteringsplanen over?",
    "må jeg springe rehabiliteringsplanens forberedende del over",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents in a folder of their own, where one of them can be changed."""
    folder = tmp_path_factory.mktemp("circle") / "corpus"
    shutil.copytree(load_settings().corpus, folder)
    return folder


@pytest.fixture(scope="module")
def variables(corpus: Path) -> dict[str, str]:
    shutil.copytree(indexed().index, corpus.parent / "index")
    return {
        "ASSISTANT_CORPUS": str(corpus),
        "ASSISTANT_INDEX": str(corpus.parent / "index"),
        "ASSISTANT_DATA": str(corpus.parent / "data"),
        "ASSISTANT_RECORD": "required",
        "ASSISTANT_DATABASE_URL": "",
    }


@pytest.fixture(scope="module")
def address(browser: Browser, corpus: Path, variables: dict[str, str]) -> Iterator[str]:
    with served(ROOT / "app.py", corpus.parent / "log", **variables) as url:
        yield url


def test_an_answer_is_flagged_corrected_given_again_and_reopened_when_its_source_changes(
    address: str, corpus: Path, variables: dict[str, str], opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(address)
    ask(page, QUESTION, FIRST_ANSWER_MS)
    expect(page.locator(BY_A_JURIST)).to_have_count(0)
    flag(page)
    correct(page)

    for words in IN_OTHER_WORDS:
        ask_anew(opened, address, words, by_a_jurist=True)
    ask_anew(opened, address, "Skal jeg lave den forberedende del af rehabiliteringsplanen?", by_a_jurist=False)

    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    letter = corpus / f"{LETTER}.txt"
    before = letter.read_text("utf-8")
    assert before.count(CITED) == 1
    letter.write_text(before.replace(CITED, CITED.replace(WAS, IS)), encoding="utf-8")
    assert ingest(["sync"]) == 0

    ask_anew(opened, address, IN_OTHER_WORDS[0], by_a_jurist=False)
    reopened(opened(address))


def flag(page: Page) -> None:
    page.get_by_role("button", name=THUMBS["no"], exact=True).click()
    page.get_by_text(WORDS.label("reasons", "incomplete")).click()
    page.get_by_role("button", name=THUMBS["send"], exact=True).click()
    expect(page.get_by_text(THUMBS["thanks_down"])).to_be_visible()
    settled(page)


def as_jurist(page: Page) -> None:
    """The queue."""
    role = page.get_by_role("combobox")
    role.scroll_into_view_if_needed()  # the page is read at its end, and a list that opens closes when it is scrolled
    page.wait_for_timeout(300)
    role.click()
    page.get_by_role("option", name="jurist").click()
    page.get_by_role("link", name=WORDS.label("pages", "gennemgang")).click()
    expect(page.get_by_role("radio", name="Genåbnede")).to_be_visible(timeout=FIRST_ANSWER_MS)
    settled(page)


def correct(page: Page) -> None:
    as_jurist(page)
    page.get_by_role("button", name=QUESTION).click()
    at_case(page, 1)
    page.keyboard.press("e")
    text = page.get_by_label(WORDS.texts("correct")["text"])
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {ADDED}")
    page.keyboard.press("Control+Enter")
    said(page, DECIDE["done_correct"])


def ask_anew(opened: Opener, address: str, words: str, *, by_a_jurist: bool) -> None:
    """A question in a window of its own, and whether the jurist's answer is given to it."""
    page = opened(address)
    ask(page, words, FIRST_ANSWER_MS)
    expect(page.locator(BY_A_JURIST)).to_have_count(int(by_a_jurist))
    expect(page.get_by_text(ADDED)).to_have_count(int(by_a_jurist))


def reopened(page: Page) -> None:
    """The case is in the queue again, and shows the words as they were beside those that stand there now."""
    as_jurist(page)
    page.get_by_role("radio", name="Genåbnede").click()
    page.get_by_role("button", name=QUESTION).click()
    at_case(page, 1)
    page.keyboard.press("4")  # what has happened in the case
    pair = page.locator(".fa-pair").first
    expect(pair.locator("del").first).to_have_text(WAS)
    expect(pair.locator("ins").first).to_have_text(IS)
