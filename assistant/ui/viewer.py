"""The document beside the chat, scrolled to the quoted words; and the chat, scrolled to the newest question."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st
import streamlit.components.v2 as components

from assistant.models import Citation, Source
from assistant.ui import session
from assistant.ui.reading import document_html, escape
from assistant.ui.wording import Wording

_ASSETS = Path(__file__).parent / "assets"


class Shown(NamedTuple):
    """A document ready to be shown: its HTML, and whether the quote still stands where the citation says."""

    html: str
    found: bool


def prepare(text: str, citation: Citation) -> Shown:
    """`text` as HTML with the citation's words marked; unmarked when the words there are others by now."""
    found = text[citation.start : citation.end] == citation.quote
    marked = (citation.start, citation.end) if found else (0, 0)
    return Shown(document_html(text, *marked), found)


def show(citation: Citation, source: Source | None, text: str | None, words: Wording) -> None:
    """The source of `citation` with its words marked and in view; `text` is None when the source is gone."""
    with st.container(key="fa-viewer", gap="xsmall"):
        _head(citation, source, words)
        if text is None:
            st.html(f'<p class="fa-note" role="alert">{escape(words["missing"])}</p>')
            return
        shown = prepare(text, citation)
        if not shown.found:
            st.html(f'<p class="fa-note" role="alert">{escape(words["changed"])}</p>')
        document(shown.html, f"{citation.source_id}:{citation.start}:{citation.end}", citation.title)


def _head(citation: Citation, source: Source | None, words: Wording) -> None:
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, key="fa-viewer-head"):
        st.html(_title_html(citation, source, words))
        st.button(
            words["close"], key="close-source", on_click=session.close_source, type="tertiary", icon=":material/close:"
        )


def _title_html(citation: Citation, source: Source | None, words: Wording) -> str:
    parts = [words.label("kinds", source.kind), words.date(source.date)] if source else []
    parts += [source.issuer, source.case_number] if source else []
    meta = escape(" · ".join(part for part in parts if part))
    return f'<div class="fa-source"><h2>{escape(citation.title)}</h2><p class="fa-meta">{meta}</p></div>'


def document(body: str, identity: str, title: str) -> None:
    """The page of text; the component scrolls when `identity` is another than before."""
    component = components.component(
        "fa_document",
        html=(_ASSETS / "document.html").read_text("utf-8"),
        css=(_ASSETS / "reading.css").read_text("utf-8") + (_ASSETS / "document.css").read_text("utf-8"),
        js=(_ASSETS / "document.js").read_text("utf-8"),
    )
    component(key="fa-document", data={"html": body, "identity": identity, "title": title})


def focus(target: str, moment: str) -> None:
    """Put the cursor in the field that the container with the key `target` holds, once for each `moment`."""
    component = components.component("fa_focus", html="<span></span>", js=(_ASSETS / "focus.js").read_text("utf-8"))
    with st.container(key="fa-focus"):
        component(key="fa-focus-on", data={"target": target, "moment": moment})


def scroll_to(target: str, moment: str) -> None:
    """Bring the element with the id `target` to the top of the chat, once for each `moment`."""
    component = components.component("fa_scroll", html="<span></span>", js=(_ASSETS / "scroll.js").read_text("utf-8"))
    with st.container(key="fa-scroll"):
        component(key="fa-scroll-to", data={"target": target, "moment": moment})
