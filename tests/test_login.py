"""Who the page is shown to, run headless: logged in, logged out, badly set up, or local where it must not be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from assistant.rights import ROLES, Person
from assistant.ui import session
from assistant.ui.wording import wording
from tests.login_kit import SECRET, TRUSTING
from tests.page_assistant import PageAssistant

SCRIPT = str(Path(__file__).parent / "page_script.py")
WORDS = wording("da")
AUTH = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "assistenten",
    "client_secret": "hemmelig",
    "server_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
}
JENS = {"sub": "7", "email": "jens@kommune.dk", "groups": ["Jura"], "is_logged_in": True}


@pytest.fixture(autouse=True)
def fresh_server(own_browser: None) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TRUSTING.items():
        monkeypatch.setenv(name, value)


@contextmanager
def served_with(option: str, value: object) -> Iterator[None]:
    """The server runs with that option of Streamlit's."""
    before = config.get_option(option)
    config.set_option(option, value)
    yield
    config.set_option(option, before)


def page(auth: dict[str, str] | None = None, **claims: object) -> AppTest:
    app = AppTest.from_file(SCRIPT, default_timeout=20)
    app.secrets = {"auth": auth} if auth is not None else {"noget": "andet"}
    app.user = claims
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def assert_nothing_but(app: AppTest, said: str, buttons: tuple[str, ...] = ()) -> None:
    """The page says that and offers no more than `buttons`, and no assistant was opened for it."""
    assert said in html(app)
    assert not app.chat_input
    assert not app.selectbox
    assert not app.get("page_link")
    assert [button.label for button in app.button] == list(buttons)
    assert session.shared().engine.lines == []


def assert_logged_out(app: AppTest) -> None:
    assert_nothing_but(app, WORDS["log_in_first"], (WORDS["log_in"],))


def engine() -> PageAssistant:
    opened = session.shared().engine.future(PageAssistant.open).result()
    assert isinstance(opened, PageAssistant)
    return opened


def test_local_mode_says_so_and_lets_one_choose_a_role() -> None:
    app = page()
    assert WORDS["local_hint"] in html(app)
    assert app.selectbox[0].options == list(ROLES)
    assert app.selectbox[0].value == "sagsbehandler"
    assert len(app.get("page_link")) == 6
    app.selectbox[0].set_value("jurist").run()
    assert len(app.get("page_link")) == 8


def test_who_asks_is_told_to_the_assistant_and_who_only_offers_questions_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "bodil")
    app = page()
    app.selectbox[0].set_value("underviser").run()
    app.chat_input[0].set_value("Må vi?").run()
    assert engine().askers[-1] == Person("bodil", "underviser")
    assert set(engine().askers[:-1]) == {None}


@pytest.mark.parametrize("address", [None, "0.0.0.0", "::", "10.0.0.5", "assistent.kommune.dk"])
def test_local_mode_is_not_shown_by_a_server_that_others_reach(address: str | None) -> None:
    with served_with("server.address", address):
        app = page()
    assert_nothing_but(app, "Lokal tilstand har intet login")
    assert (address or "0.0.0.0, [::]") in html(app)


@pytest.mark.parametrize("headers", [{}, {"Host": "assistent.kommune.dk"}, {"Host": "localhost", "Via": "1.1 x"}])
def test_local_mode_is_not_shown_to_a_browser_elsewhere(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(ContextProxy, "headers", headers)
    assert_nothing_but(page(), "er hentet under en anden adresse")


def test_settings_that_cannot_be_read_close_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LOGIN", "odic")
    assert_nothing_but(page(), "Indstillingen login duer ikke")


def test_one_who_is_logged_in_has_name_and_role_on_the_page(trusting: None) -> None:
    app = page(AUTH, **JENS, iat=time.time())
    assert "jens@kommune.dk · jurist" in html(app)
    assert WORDS["local"] not in html(app)
    assert len(app.get("page_link")) == 8
    app.chat_input[0].set_value("Må vi?").run()
    assert engine().askers[-1] == Person("jens@kommune.dk", "jurist")


def test_one_with_several_roles_begins_in_the_first_and_may_choose(trusting: None) -> None:
    app = page(AUTH, **JENS | {"groups": ["Drift", "Jura"]}, iat=time.time())
    assert (app.selectbox[0].options, app.selectbox[0].value) == (["jurist", "administrator"], "jurist")
    app.selectbox[0].set_value("administrator").run()
    assert len(app.get("page_link")) == 7


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"is_logged_in": None},
        {"iat": None},
        {"iat": "nu"},
        {"iat": 1_600_000_000},
    ],
)
def test_one_who_is_not_logged_in_or_whose_login_is_over_sees_the_way_in_only(
    trusting: None, changed: dict[str, object]
) -> None:
    assert_logged_out(page(AUTH, **JENS | {"iat": time.time()} | changed))


def test_nobody_is_logged_out(trusting: None) -> None:
    assert_logged_out(page(AUTH))


def test_a_login_that_runs_out_closes_an_open_page(trusting: None) -> None:
    app = page(AUTH, **JENS, iat=time.time() - 9.9 * 3600)
    assert app.chat_input
    app.user = JENS | {"iat": time.time() - 10.1 * 3600}
    app.chat_input[0].set_value("Må vi?").run()
    assert WORDS["log_in_first"] in html(app)
    assert engine().askers.count(Person("jens@kommune.dk", "jurist")) == 0


def test_one_whom_the_provider_does_not_name_is_told_so(trusting: None) -> None:
    app = page(AUTH, is_logged_in=True, iat=time.time())
    assert_nothing_but(app, "hverken «email» eller «sub»")


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        (None, "mangler: redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url."),
        ({}, "mangler: redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url."),
        (AUTH | {"client_secret": ""}, "mangler: client_secret."),
        (AUTH | {"cookie_secret": "kort"}, "Skriv mindst 32 tilfældige tegn"),
        (AUTH | {"redirect_uri": "http://127.0.0.1:8501/"}, "ende på /oauth2callback"),
    ],
)
def test_a_login_that_is_badly_set_up_is_told_with_the_remedy(
    trusting: None, auth: dict[str, str] | None, said: str
) -> None:
    assert_nothing_but(page(auth, **JENS, iat=time.time()), said)


@pytest.mark.parametrize(("age", "done"), [(1.0, "gjort af jens@kommune.dk"), (11 * 3600.0, "blev det ikke gjort")])
def test_what_a_late_click_does_asks_again_who_is_there(trusting: None, age: float, done: str) -> None:
    def script() -> None:
        import streamlit as st

        from assistant.errors import NotAllowed
        from assistant.ui import login

        try:
            st.html(f"gjort af {login.acting().user}")
        except NotAllowed as exc:
            st.html(str(exc))

    app = AppTest.from_function(script, default_timeout=20)
    app.secrets = {"auth": AUTH}
    app.user = JENS | {"iat": time.time() - age}
    assert done in html(app.run())


def test_names_from_a_requests_own_headers_are_not_believed(trusting: None) -> None:
    with served_with("server.trustedUserHeaders", {"X-Email": "email"}):
        assert_nothing_but(page(AUTH, **JENS, iat=time.time()), "server.trustedUserHeaders")


def test_another_persons_conversation_is_not_shown(trusting: None) -> None:
    app = page(AUTH, **JENS, iat=time.time())
    app.chat_input[0].set_value("Må vi?").run()
    kept = app.query_params["samtale"]
    for email, shown in (("jens@kommune.dk", True), ("asta@kommune.dk", False)):
        other = AppTest.from_file(SCRIPT, default_timeout=20)
        other.secrets = {"auth": AUTH}
        other.user = JENS | {"email": email, "iat": time.time()}
        other.query_params["samtale"] = kept
        other.run()
        assert ("fa-badge" in html(other)) is shown
        assert (WORDS["forgotten"] in html(other)) is not shown


def test_an_open_page_forgets_its_conversation_when_somebody_else_logs_in(trusting: None) -> None:
    app = page(AUTH, **JENS, iat=time.time())
    app.chat_input[0].set_value("Må vi?").run()
    app.user = JENS | {"email": "asta@kommune.dk", "iat": time.time()}
    assert "fa-badge" not in html(app.run())
