"""Links from one page to another that keep the visit: what is chosen and who is there are not lost on the way."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_PAGES = "known-pages"


def keep(pages: Mapping[str, st.Page]) -> None:
    """Remember this run's pages by their addresses."""
    st.session_state[_PAGES] = dict(pages)


def link(path: str, label: str, icon: str | None = None, **query: str) -> None:
    """A link to the page at `path`, opened with the given query; nothing where there is no such page to go to."""
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is not None:
        st.page_link(page, label=label, icon=icon, query_params=query, width="content")
