"""A list with a document beside it: the list alone until a place is opened, which covers it on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from assistant.errors import AssistantError
from assistant.learning.glance.rows import cited, rows, verbatim
from assistant.library import Library
from assistant.models import Citation
from assistant.ui import session, viewer
from assistant.ui.cards import failure_html
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

_OPEN = "kilde"


def opened() -> str:
    """The id of the statement whose place is open; "" for none."""
    return st.query_params.get(_OPEN, "")


def open_place(statement_id: str) -> None:
    """Open the place of a statement."""
    st.query_params[_OPEN] = statement_id


def button(statement_id: str, key: str, words: Wording, label: str = "") -> None:
    """The button that opens the place of a statement in its document."""
    texts = words.texts("rules")
    here = opened() == statement_id
    st.button(
        texts["opened"] if here else label or texts["open"],
        key=f"open-{key}",
        on_click=open_place,
        args=(statement_id,),
        type="tertiary",
        icon=":material/article:",
        disabled=here,
    )


class Place(NamedTuple):
    """A quote to show in its document, and the rest of its words where the document parts them."""

    citation: Citation
    rest: Sequence[str] = ()


def of_rule(statement_id: str, library: Library) -> Place | None:
    """The place of a statement, by its id."""
    row = next((row for row in rows(library) if row.id == statement_id), None)
    if row is None:
        return None
    citation = cited(row, library)
    return Place(citation, [piece for piece in verbatim(row, library) if piece != citation.quote])


def layout(
    library: Library, find: Callable[[str], Place | Citation | None], draw: Callable[[], None], words: Wording
) -> None:
    """Draw a list, and beside it the place that is open; `find` gives it by its id."""
    with st.container(key="fa-glance"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            draw()
        wanted = opened()
        if wanted:
            with right:
                found = find(wanted)
                _show(Place(found) if isinstance(found, Citation) else found, library, words)


def _show(place: Place | None, library: Library, words: Wording) -> None:
    """The document with the words marked; what a page break parts is told beside it."""
    if place is None:
        st.html(f'<p class="fa-note" role="alert">{escape(words.texts("rules")["reworded_gone"])}</p>')
        st.button(words["close"], key="close-gone", on_click=session.close_source, icon=":material/close:")
        return
    citation = place.citation
    try:
        text = library.store.source_text(citation.source_id)
    except AssistantError as exc:
        st.html(failure_html(citation.title, str(exc)))
    else:
        if place.rest:
            said = words.texts("rules")["parted"].format(rest=" … ".join(place.rest))
            st.html(f'<p class="fa-note" role="note">{escape(said)}</p>')
        viewer.show(citation, library.sources.get(citation.source_id), text, words)
