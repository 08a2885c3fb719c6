"""The pages: where each lies, what it is called, and the right that it takes. One line here makes a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from assistant.errors import NotAllowed
from assistant.rights import Action, Person, may, require
from assistant.ui import (
    chat_page,
    course_page,
    glossary_page,
    group_page,
    links,
    mine_page,
    overview_page,
    review_page,
    rules_page,
)
from assistant.ui.cards import failure_html
from assistant.ui.session import Opener
from assistant.ui.wording import Wording


def _no_tools(person: Person) -> None:
    """Nothing beside the title."""


class Entry(NamedTuple):
    """A page: its address and with it its title (the texts' `pages`), its icon, the right it takes, and what draws it.

    The first one lies at the root. `show` draws the body for a person who has the right, `tools` what stands beside the
    title.
    """

    path: str
    icon: str
    action: Action
    show: Callable[[Person], None]
    tools: Callable[[Person], None] = _no_tools


class Choice(NamedTuple):
    """A page as the menu shows it."""

    page: st.Page
    icon: str


class Chosen(NamedTuple):
    """The page that the address names, what draws its body and its tools, and the pages to choose among."""

    entry: Entry
    draw: Callable[[], None]
    tools: Callable[[], None]
    menu: tuple[Choice, ...]


def registered(opener: Opener) -> tuple[Entry, ...]:
    """All pages, in the order of the menu. `opener` makes the assistant that answers."""
    return (
        Entry("spoerg", ":material/forum:", "ask", partial(chat_page.show, opener=opener), chat_page.tools),
        Entry("mine", ":material/history:", "own", partial(mine_page.show, opener=opener)),
        Entry("regler", ":material/rule:", "learn", partial(rules_page.show, opener=opener)),
        Entry("ordliste", ":material/dictionary:", "learn", partial(glossary_page.show, opener=opener)),
        Entry("kom-i-gang", ":material/school:", "learn", partial(course_page.show, opener=opener)),
        Entry("hold", ":material/groups:", "follow", partial(group_page.show, opener=opener)),
        Entry("gennemgang", ":material/gavel:", "review", partial(review_page.show, opener=opener)),
        Entry("overblik", ":material/monitoring:", "overview", overview_page.show),
    )


def choose(entries: Sequence[Entry], person: Person | None, words: Wording) -> Chosen:
    """The page that the address names, with a menu of those that `person` may see; nobody (None) sees none.

    Every page is known at its address, so that one who may not see it is told so there.
    """
    known = [(entry, _page(entry, person, words, default=entry is entries[0])) for entry in entries]
    links.keep({entry.path: page for entry, page in known})
    current = st.navigation([page for _, page in known], position="hidden")
    entry = next(entry for entry, page in known if page is current)
    menu = tuple(Choice(page, each.icon) for each, page in known if page.visibility == "visible")
    return Chosen(entry, current.run, partial(_tools, entry, person), menu)


def _page(entry: Entry, person: Person | None, words: Wording, *, default: bool) -> st.Page:
    return st.Page(
        partial(_body, entry, person, words),
        title=words.label("pages", entry.path),
        icon="",  # the browser would fetch it as the tab's picture from a font server far away
        url_path=entry.path,
        default=default,
        visibility="visible" if person and may(person, entry.action) else "hidden",
    )


def _body(entry: Entry, person: Person | None, words: Wording) -> None:
    """The page for one who has the right to it; for all others the sentence that says who has."""
    if person is None:
        return
    with st.container(key="fa-body"):
        try:
            require(person, entry.action)
            entry.show(person)
        except NotAllowed as exc:
            st.html(failure_html(words["not_allowed"], str(exc)))


def _tools(entry: Entry, person: Person | None) -> None:
    if person and may(person, entry.action):
        entry.tools(person)
