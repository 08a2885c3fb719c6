"""A long list in pages: which part of it is shown, and the buttons to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import streamlit as st

from assistant.ui.wording import Wording

Item = TypeVar("Item")


class Part(NamedTuple):
    """The places of the first and last shown item, from 1, and of how many; 0 and 0 of none."""

    first: int
    last: int
    total: int


def part(found: Sequence[Item], name: str, size: int) -> tuple[Sequence[Item], Part]:
    """The items of the page that was chosen for the list `name`, the last page at most."""
    begin = min(int(st.session_state.get(_key(name), 0)), max(0, (len(found) - 1) // size * size))
    shown = found[begin : begin + size]
    return shown, Part(begin + 1 if shown else 0, begin + len(shown), len(found))


def restart(name: str) -> None:
    """Show the list from its beginning, since another list is asked for."""
    st.session_state.pop(_key(name), None)


def told(at: Part, words: Wording, table: str) -> str:
    """How much of the list is shown: "1–25 af 96 udsagn"."""
    texts = words.texts(table)
    if at.total == 1:
        return texts["count_one"]
    whole = at.last - at.first + 1 >= at.total
    return texts["count" if whole else "range"].format(first=at.first, last=at.last, count=at.total)


def buttons(at: Part, name: str, size: int, words: Wording) -> None:
    """The way to the pages before and after; nothing where there is one page."""
    if at.total <= size:
        return
    texts = words.texts("rules")
    with st.container(horizontal=True, key=f"fa-paging-{name}"):
        st.button(
            texts["newer"],
            key=f"before-{name}",
            on_click=_go,
            args=(name, at.first - 1 - size),
            disabled=at.first <= 1,
            icon=":material/chevron_left:",
        )
        st.button(
            texts["older"],
            key=f"after-{name}",
            on_click=_go,
            args=(name, at.last),
            disabled=at.last >= at.total,
            icon=":material/chevron_right:",
            icon_position="right",
        )


def _go(name: str, begin: int) -> None:
    st.session_state[_key(name)] = max(0, begin)


def _key(name: str) -> str:
    return f"page-{name}"
