"""What stands around every page: the menu, who is there, the title and the language. Then the page itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assistant.ui import login, pages, session
from assistant.ui.login import Closed, Visitor
from assistant.ui.opening import open_assistant
from assistant.ui.pages import Chosen
from assistant.ui.reading import escape
from assistant.ui.session import Opener
from assistant.ui.wording import Wording

_ASSETS = Path(__file__).parent / "assets"
_STYLES = ("page.css", "reading.css", "review.css", "glance.css", "course.css", "quiz.css")


def show(opener: Opener = open_assistant) -> None:
    """Draw the page. `opener` makes the assistant that answers."""
    words, who = session.words(), login.visitor()
    chosen = pages.choose(pages.registered(opener), who.person if isinstance(who, Visitor) else None, words)
    st.set_page_config(layout="wide", page_icon=str(_ASSETS / "icon.svg"), page_title=_tab(chosen, words))
    _style()
    if isinstance(who, Closed):
        _header(words)
        with st.container(key="fa-closed"):
            login.explain(who, words)
        return
    login.banner(who, words)
    _header(words, chosen.tools)
    _menu(chosen)
    chosen.draw()


def _tab(chosen: Chosen, words: Wording) -> str:
    return f"{words.label('pages', chosen.entry.path)} · {words['title']}"


def _style() -> None:
    css = "".join((_ASSETS / name).read_text("utf-8") for name in _STYLES)
    st.html(f"<style>{css}</style>")


def _menu(chosen: Chosen) -> None:
    with st.container(horizontal=True, gap="small", key="fa-menu"):
        for choice in chosen.menu:
            st.page_link(choice.page, icon=choice.icon, width="content")


def _header(words: Wording, tools: Callable[[], None] = lambda: None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="fa-header"):
        st.html(f'<header class="fa-head"><h1>{escape(words["title"])}</h1><p>{escape(words["lead"])}</p></header>')
        session.language_switch(words)
        tools()
