"""Who is at the page: the one who is logged in, or in local mode the user of this machine.

`visitor` draws nothing and gives either somebody or why there is nobody; the frame shows the one or the other. What
changes something asks `acting` at that very moment, since a click may come long after the page was drawn.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple, cast

import streamlit as st

from assistant.errors import AssistantError, NotAllowed
from assistant.identity import Identity, expired, identify, local_identity
from assistant.rights import Person, Role
from assistant.settings import Settings, load_settings
from assistant.ui import loopback
from assistant.ui.cards import failure_html
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

# What Streamlit's login needs in the section [auth] of .streamlit/secrets.toml.
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_CALLBACK = "/oauth2callback"
_SECRET_LETTERS = 32
_ROLE = "role"
_ROLE_PX = 170


class Visitor(NamedTuple):
    """Who is at the page, the roles to choose among, and whether they are this machine's user."""

    person: Person
    roles: tuple[Role, ...]
    local: bool


class Closed(NamedTuple):
    """Why nobody is served: a text of the page with what it is about, or an error's own words."""

    key: str
    about: str = ""
    problem: str = ""


def visitor() -> Visitor | Closed:
    """Who is at the page in this run, or why nobody may be."""
    try:
        settings = load_settings()
        local = settings.login == "local"
        found = _local() if local else _logged_in(settings)
    except AssistantError as exc:
        return Closed("closed", problem=str(exc))
    if isinstance(found, Closed):
        return found
    return Visitor(found.acting(st.session_state.get(_ROLE)), found.roles, local)


def acting() -> Person:
    """Who is at the page right now, in the role chosen now. Raises NotAllowed when nobody is any longer."""
    found = visitor()
    if isinstance(found, Closed):
        raise NotAllowed("Du er ikke længere logget ind, og derfor blev det ikke gjort. Log ind, og gør det igen.")
    return found.person


def only_unknown(closed: Closed) -> bool:
    """Whether all that is amiss is that nobody is logged in; a page for everybody is then served all the same."""
    return closed.key == "log_in_first"


def explain(closed: Closed, words: Wording) -> None:
    """Why the page is not shown, and what to do: nothing else is drawn."""
    if closed.key == "log_in_first":
        st.html(f'<p class="fa-login">{escape(words["log_in_first"])}</p>')
        st.button(words["log_in"], key="log-in", on_click=st.login, type="primary", icon=":material/login:")
        return
    st.html(failure_html(words["closed"], closed.problem or words[closed.key].format(about=closed.about)))


def banner(who: Visitor, words: Wording) -> None:
    """Who is at the page and in which role, a choice where there are several, and the way out."""
    key = "fa-local" if who.local else "fa-who"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.html(f'<p class="fa-person">{_told(who, words)}</p>')
        if len(who.roles) > 1:
            st.selectbox(words["role"], who.roles, key=_ROLE, label_visibility="collapsed", width=_ROLE_PX)
        if not who.local:
            st.button(words["log_out"], key="log-out", on_click=st.logout, icon=":material/logout:", type="tertiary")


def _told(who: Visitor, words: Wording) -> str:
    if who.local:
        return f"<b>{escape(words['local'])}</b> {escape(words['local_hint'])}"
    role = "" if len(who.roles) > 1 else f" · {escape(who.person.role)}"
    return f"{escape(who.person.user)}{role}"


def _local() -> Identity | Closed:
    address = st.get_option("server.address")
    if not loopback.is_loopback(address):
        return Closed("closed_address", about=str(address or "0.0.0.0, [::]"))
    if sign := loopback.stranger(st.context.headers):
        return Closed("closed_request", about=sign)
    return local_identity()


def _logged_in(settings: Settings) -> Identity | Closed:
    if wrong := _wrong_in_secrets():
        return wrong
    claims = cast(Mapping[str, object], st.user.to_dict())
    if claims.get("is_logged_in") is not True or expired(claims, settings, time.time()):
        return Closed("log_in_first")
    return identify(claims, settings)


def _wrong_in_secrets() -> Closed | None:
    """What keeps Streamlit's login from working or from being safe; Streamlit itself says so late or not at all."""
    if st.get_option("server.trustedUserHeaders"):
        return Closed("closed_headers")
    section = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    given = {name: str(section.get(name, "")) for name in _NEEDED} if isinstance(section, Mapping) else {}
    if missing := [name for name in _NEEDED if not given.get(name)]:
        return Closed("closed_secrets", about=", ".join(missing))
    if len(given["cookie_secret"]) < _SECRET_LETTERS:
        return Closed("closed_cookie_secret", about=str(_SECRET_LETTERS))
    if not given["redirect_uri"].endswith(_CALLBACK):
        return Closed("closed_redirect", about=_CALLBACK)
    return None
