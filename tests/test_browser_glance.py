"""The rules and the glossary in a real Chromium, on a telephone and by keyboard."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests import core_kit
from tests.browser_kit import NARROW, ROOT, served

SLOW_MS = 90_000  # the assistant opens first


def test_a_term_leads_to_its_rules_and_a_rule_to_its_document(browser: Browser, tmp_path: Path) -> None:
    index = str(core_kit.indexed().index)
    with served(ROOT / "app.py", tmp_path / "log", "--server.address", "127.0.0.1", ASSISTANT_INDEX=index) as url:
        context = browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, locale="da-DK")
        page = context.new_page()
        page.goto(f"{url}/ordliste?sprog=en&ord=indsatsdel")
        link = page.get_by_role("link", name="See ")
        expect(link.first).to_be_visible(timeout=SLOW_MS)
        link.first.click()
        rule = page.locator(".fa-rule").filter(has_text="Rehabiliteringsplan - indsatsdelen").first
        expect(rule).to_contain_text("Exempted on conditions, with an exception", timeout=SLOW_MS)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
        search = page.get_by_label("Provision or words")
        expect(search).to_have_value("indsatsdel")
        search.fill("LAB § 18")
        search.press("Enter")
        expect(page.locator(".fa-rule-what").filter(has_text="§§ 17-20 b").first).to_be_visible()
        button = page.get_by_role("button", name="Show in the document").first
        button.focus()
        button.press("Enter")
        expect(page.locator("mark").filter(has_text="LAB §§15-21").first).to_be_in_viewport()
        page.get_by_role("button", name="Close the source").click()
        expect(page.locator("mark")).to_have_count(0)
        context.close()
