"""Login and roles in a real Chromium: local mode, a real OpenID Connect provider, and every page by typed address."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from assistant.ui.wording import wording
from tests import login_kit
from tests.browser_kit import FLAGS, NARROW, ROOT, START_SECONDS, WIDE, Opener, ask, browser_path, chat, served

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "tests" / "page_script.py"
WORDS = wording("da")
TITLES = WORDS.table["pages"]
# The pages that differ from role to role, and those that everybody's menu has.
ADDRESSES = {"spoerg": "/"} | {path: f"/{path}" for path in ("mine", "hold", "workshop", "gennemgang", "overblik")}
MENU = ("spoerg", "mine", "regler", "ordliste", "kom-i-gang", "hold", "workshop", "deltag", "gennemgang", "overblik")
CALLED = {
    "sofie": "sofie@kommune.dk · sagsbehandler",
    "ulla": "ulla@kommune.dk · underviser",
    "jens": "jens@kommune.dk · jurist",
    "asta": "asta@kommune.dk · administrator",
    "ukendt": "ukendt · sagsbehandler",
}
SEES = {
    "sofie": ["spoerg", "mine"],
    "ulla": ["spoerg", "mine", "hold", "workshop", "overblik"],
    "jens": ["spoerg", "mine", "gennemgang", "overblik"],
    "asta": ["spoerg", "mine", "overblik"],
    "ukendt": ["spoerg", "mine"],
}
COOKIE = "_streamlit_user"
Visit = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def local(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(SCRIPT, tmp_path_factory.mktemp("local") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def known(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with login, by a provider of its own."""
    folder = tmp_path_factory.mktemp("known")
    with login_kit.provider(folder / "provider.log") as provider:
        file = login_kit.secrets(folder, provider)
        with served(SCRIPT, folder / "log", "--secrets.files", str(file), **login_kit.TRUSTING) as url:
            yield url


@pytest.fixture(scope="module")
def visit(browser: Browser, known: str) -> Iterator[Visit]:
    """Opens an address as one of the provider's persons ("" for nobody), who logs in once and stays so."""
    contexts: dict[str, BrowserContext] = {}

    def window(who: str, address: str) -> Page:
        if who not in contexts:
            contexts[who] = context(browser)
            if who:
                log_in(contexts[who].new_page(), known, who)
        page = contexts[who].new_page()
        page.goto(known + address)
        return page

    yield window
    for each in contexts.values():
        each.close()


def context(browser: Browser, size: tuple[int, int] = WIDE) -> BrowserContext:
    """A browser of its own that reaches this machine only: the provider's page asks for a style sheet elsewhere."""
    opened = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="da-DK")
    opened.set_default_timeout(20_000)

    def abort(route: Route) -> None:
        route.abort()

    opened.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), abort)
    return opened


def log_in(page: Page, url: str, who: str) -> None:
    page.goto(url)
    page.get_by_role("button", name=WORDS["log_in"]).click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.locator(".fa-person")).to_be_visible()


def menu_of(who: str) -> list[str]:
    return [TITLES[path] for path in MENU if path not in ADDRESSES or path in SEES[who]]


def menu(page: Page) -> list[str]:
    """The titles in the menu, once it stands there."""
    expect(page.locator(".st-key-fa-menu a").first).to_be_visible()
    return page.locator(".st-key-fa-menu a p").all_inner_texts()


def expect_page(page: Page, path: str) -> None:
    """The body of that page stands there, and no refusal."""
    if path == "spoerg":
        expect(chat(page)).to_be_visible()
    else:
        expect(page.get_by_role("heading", name=TITLES[path], level=2)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def expect_refusal(page: Page, path: str) -> None:
    """The sentence that says who may, and nothing of the page."""
    expect(page.get_by_role("alert")).to_contain_text("giver ikke ret til at")
    expect(page.get_by_role("alert")).to_contain_text("Det kan: ")
    expect(page.get_by_role("heading", name=TITLES[path], level=2)).to_have_count(0)


def expect_nothing(page: Page) -> None:
    """Neither chat, menu, choice of role nor any page's heading."""
    expect(chat(page)).to_have_count(0)
    expect(page.locator(".st-key-fa-menu, .st-key-fa-body, .st-key-fa-local, .st-key-fa-who")).to_have_count(0)


def choose_role(page: Page, role: str) -> None:
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=role).click()


def test_local_mode_says_so_and_the_menu_follows_the_chosen_role(local: str, opened: Opener) -> None:
    page = opened(local)
    expect(page.locator(".fa-person")).to_contain_text("Lokal tilstand")
    assert menu(page) == menu_of("sofie")
    choose_role(page, "jurist")
    expect(page.locator(".st-key-fa-menu a")).to_have_count(len(menu_of("jens")))
    page.get_by_role("link", name=TITLES["gennemgang"]).click()
    expect_page(page, "gennemgang")
    choose_role(page, "administrator")
    expect_refusal(page, "gennemgang")


def test_in_local_mode_a_typed_address_gives_the_least(local: str, browser: Browser) -> None:
    with context(browser, NARROW) as window:
        page = window.new_page()
        page.goto(local + "/gennemgang?role=jurist")
        expect_refusal(page, "gennemgang")
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_the_conversation_and_the_language_survive_a_look_at_another_page(local: str, opened: Opener) -> None:
    page = opened(local + "/?sprog=en")
    ask(page, "Må vi?")
    address = page.url
    page.get_by_role("link", name="My questions").click()
    expect(page.get_by_role("heading", name="My questions", level=2)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/mine\?sprog=en$"))
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(page.locator(".fa-badge")).to_have_count(1)
    for part in address.partition("?")[2].split("&"):
        assert part in page.url


def test_local_mode_shows_nothing_but_the_reason_where_others_could_reach_it(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("everywhere") / "log"
    with served(SCRIPT, log, "--server.address", "0.0.0.0") as url, context(browser) as window:
        page = window.new_page()
        for address in ADDRESSES.values():
            page.goto(url + address)
            alert = page.get_by_role("alert")
            expect(alert).to_contain_text("serveren lytter på 0.0.0.0", timeout=START_SECONDS * 1000)
            expect_nothing(page)


def test_local_mode_is_not_shown_under_a_name_that_was_pointed_at_this_machine(local: str, browser: Browser) -> None:
    foreign = browser.browser_type.launch(
        executable_path=browser_path(), args=[*FLAGS, "--host-resolver-rules=MAP frikommune.example 127.0.0.1"]
    )
    page = foreign.new_page()
    page.goto(local.replace("127.0.0.1", "frikommune.example"))
    expect(page.get_by_role("alert")).to_contain_text("Host: frikommune.example")
    expect_nothing(page)
    foreign.close()


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_sees_any_page_before_login(visit: Visit, path: str) -> None:
    page = visit("", ADDRESSES[path])
    expect(page.get_by_role("button", name=WORDS["log_in"])).to_be_visible()
    expect_nothing(page)


@pytest.mark.parametrize("who", SEES)
def test_the_provider_says_who_one_is_and_the_menu_shows_what_one_may_see(visit: Visit, who: str) -> None:
    page = visit(who, "/")
    expect(page.locator(".fa-person")).to_have_text(CALLED[who])
    assert menu(page) == menu_of(who)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("who", SEES)
def test_a_typed_address_shows_the_page_only_to_one_who_may_see_it(visit: Visit, who: str, path: str) -> None:
    page = visit(who, ADDRESSES[path])
    (expect_page if path in SEES[who] else expect_refusal)(page, path)
    page.close()


def test_one_with_two_roles_begins_in_the_first_and_may_choose_the_other(visit: Visit) -> None:
    page = visit("begge", "/gennemgang")
    expect_page(page, "gennemgang")
    choose_role(page, "administrator")
    expect_refusal(page, "gennemgang")


def test_another_persons_link_shows_nothing_of_the_conversation(visit: Visit) -> None:
    page = visit("sofie", "/")
    ask(page, "Må vi?")
    expect(page).to_have_url(re.compile("samtale="))
    link = page.url.partition("127.0.0.1")[2].partition("/")[2]
    expect(visit("sofie", f"/{link}").locator(".fa-badge")).to_have_count(1)
    stranger = visit("jens", f"/{link}")
    expect(stranger.get_by_text(WORDS["forgotten"])).to_be_visible()
    expect(stranger.locator(".fa-badge, .fa-words")).to_have_count(0)


def test_one_who_logs_out_is_out_also_after_a_reload(known: str, browser: Browser) -> None:
    with context(browser) as window:
        page = window.new_page()
        log_in(page, known, "jens")
        page.get_by_role("button", name=WORDS["log_out"]).click()
        page.get_by_role("button", name="End session").click()
        expect(page.get_by_role("button", name=WORDS["log_in"])).to_be_visible()
        page.goto(known + "/gennemgang")
        expect(page.get_by_role("button", name=WORDS["log_in"])).to_be_visible()
        expect_nothing(page)


def test_one_who_says_no_at_the_provider_is_not_logged_in(known: str, browser: Browser) -> None:
    with context(browser) as window:
        page = window.new_page()
        page.goto(known)
        page.get_by_role("button", name=WORDS["log_in"]).click()
        page.get_by_role("button", name="Deny").click()
        expect(page.get_by_role("button", name=WORDS["log_in"])).to_be_visible()
        expect_nothing(page)


def promoted(value: str) -> str:
    """The signed cookie with the group of the administrators written into it, and the old signature."""
    payload, _, signature = value.rpartition(".")
    payload, _, stamp = payload.rpartition(".")
    raw = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
    text = zlib.decompress(raw).decode() if payload.startswith(".") else raw.decode()
    assert "Sagsbehandlere" in text
    forged = base64.urlsafe_b64encode(text.replace("Sagsbehandlere", "Drift").encode()).decode().rstrip("=")
    return f"{forged}.{stamp}.{signature}"


def signed_by_another(value: str) -> str:
    """The same claims, signed by one who does not know the secret."""
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    claims: Mapping[str, object] = {"sub": "x", "groups": ["Drift"], "is_logged_in": True, "iat": 9e9, "origin": "x"}
    return create_signed_value("en anden hemmelighed, også på over 32 tegn", COOKIE, json.dumps(claims)).decode()


@pytest.mark.parametrize("forge", [promoted, signed_by_another, lambda value: value[:-1], lambda value: "x"])
def test_a_cookie_that_was_tampered_with_is_no_login(
    known: str, visit: Visit, browser: Browser, forge: Callable[[str], str]
) -> None:
    cookies = visit("sofie", "/").context.cookies()
    (mine,) = [cookie for cookie in cookies if cookie["name"] == COOKIE]
    with context(browser) as window:
        window.add_cookies([{"name": COOKIE, "value": mine["value"], "url": known}])
        page = window.new_page()
        page.goto(known)
        expect(page.locator(".fa-person")).to_contain_text("sofie")  # as it was given, it is one
        window.add_cookies([{"name": COOKIE, "value": forge(mine["value"]), "url": known}])
        page.goto(known + "/overblik")
        expect(page.get_by_role("button", name=WORDS["log_in"])).to_be_visible()
        expect_nothing(page)
