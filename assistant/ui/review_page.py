"""The queue of answers to be reviewed, and behind each its case. The address says which: `?sag=12`."""

from __future__ import annotations

import streamlit as st

from assistant.errors import RecordError, ReviewError
from assistant.rights import Person, require
from assistant.ui import case_view, opening, queue_view, session
from assistant.ui.cards import failure_html
from assistant.ui.session import Opener
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace, nothing_recorded, workplace


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "review")
    words = session.words()
    opening.heading("gennemgang", words)
    engine = opening.engine(opener, words)
    if engine is None:
        return
    try:
        at = workplace(engine)
        if at is None:
            nothing_recorded(words)
        else:
            _draw(person, at, words)
    except ReviewError as exc:  # no such case
        st.html(failure_html(words["not_done"], str(exc)))
        st.button(words.texts("case")["list"], on_click=queue_view.close, icon=":material/arrow_back:")
    except RecordError as exc:
        st.html(failure_html(words["no_record"], str(exc)))
        st.button(words["retry"], icon=":material/refresh:")


def _draw(person: Person, at: Workplace, words: Wording) -> None:
    number = queue_view.opened()
    if number:
        case_view.show(number, person, at, words)
    else:
        queue_view.show(person, at, words)
