"""The page with a language model: the draft, what is checked and struck, the stop button, and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from assistant.ui.wording import wording
from evals.scripted_model import ModelServer
from tests.browser_kit import ROOT, Opener, ask, chat, served
from tests.core_kit import indexed

pytestmark = pytest.mark.browser

QUESTION = "Skal vi stadig lave en handleplan efter SEL § 141?"
WORDS = wording("da")
Serve = Callable[[str], str]


@pytest.fixture(scope="module")
def page_with(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """The address of the real page with a scripted model, each model's page served once."""
    with ExitStack() as stack:
        server = stack.enter_context(ModelServer())
        known: dict[str, str] = {}

        def serve(model: str) -> str:
            if model not in known:
                folder = tmp_path_factory.mktemp(model.replace(":", "-"))
                variables = {
                    "ASSISTANT_INDEX": str(indexed().index),
                    "ASSISTANT_MODE": "llm",
                    "ASSISTANT_MODEL": model,
                    "ASSISTANT_MODEL_URL": server.url,
                    "ASSISTANT_MODEL_SECONDS": "20",
                }
                known[model] = stack.enter_context(served(ROOT / "app.py", folder / "log", **variables))
            return known[model]

        yield serve


def test_the_answer_says_which_model_wrote_it_and_that_it_was_checked(page_with: Serve, opened: Opener) -> None:
    page = opened(page_with("openai:good"))
    ask(page, QUESTION, timeout=120_000)
    expect(page.locator(".fa-writer")).to_contain_text("openai:good")
    expect(page.locator(".fa-writer")).to_contain_text("kontrolleret sætning for sætning")


def test_a_draft_is_named_as_one_until_it_is_checked_and_none_is_left_standing(
    page_with: Serve, opened: Opener
) -> None:
    page = opened(page_with("openai:slow"))
    expect(page.locator("[data-testid=stChatInputTextArea]")).to_be_visible()
    chat(page).fill(QUESTION)
    chat(page).press("Enter")
    expect(page.locator(".fa-draft").first).to_contain_text(WORDS["draft"], timeout=120_000)
    expect(page.locator(".fa-badge")).to_be_visible(timeout=60_000)
    expect(page.locator(".fa-draft")).to_have_count(0)


def test_the_model_can_be_stopped_and_the_answer_comes_without_it(page_with: Serve, opened: Opener) -> None:
    page = opened(page_with("openai:slow"))
    chat(page).fill(QUESTION)
    chat(page).press("Enter")
    page.get_by_role("button", name=WORDS["stop"]).click(timeout=120_000)
    expect(page.locator(".fa-badge")).to_be_visible(timeout=20_000)
    expect(page.locator(".fa-writer")).to_have_count(0)


def test_what_the_check_struck_is_shown_on_demand_with_the_reason(page_with: Serve, opened: Opener) -> None:
    page = opened(page_with("openai:contrary"))
    ask(page, QUESTION, timeout=120_000)
    struck = page.locator(".fa-struck")
    expect(struck.locator("del").first).not_to_be_visible()
    struck.locator("summary").click()
    expect(struck).to_contain_text("Ja, det må I gerne")
    expect(struck).to_contain_text("konklusionen")


@pytest.mark.parametrize("model", ["openai:error500", "openai:liar"])
def test_a_model_that_fails_or_lies_leaves_the_plain_answer_with_a_word_why(
    page_with: Serve, opened: Opener, model: str
) -> None:
    page = opened(page_with(model))
    ask(page, QUESTION, timeout=120_000)
    expect(page.locator(".fa-code-model_failed")).to_be_visible()
    expect(page.locator(".fa-prose")).to_contain_text("Nej")


def test_a_model_that_cannot_be_set_up_is_named_with_the_remedy_and_answers_come_all_the_same(
    page_with: Serve, opened: Opener
) -> None:
    page = opened(page_with("ukendt:model"))
    expect(page.locator(".fa-failure")).to_contain_text("ASSISTANT_MODEL", timeout=120_000)
    chat(page).fill(QUESTION)
    chat(page).press("Enter")
    expect(page.locator(".fa-badge")).to_be_visible(timeout=60_000)
