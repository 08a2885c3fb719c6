"""The journal note of an answer, to be fetched as a Word document or a PDF."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.models import Answer
from assistant.rights import Person
from assistant.ui.wording import Wording
from assistant.ui.workplace import here

_FORMS = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf"}


def show(given: Answer, person: Person, words: Wording) -> None:
    """The two buttons of an answer that is on record; another has none. The file is made when it is fetched."""
    if not given.record:
        return
    texts = words.texts("note")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"fa-note-{given.record}"):
        for ending, mime in _FORMS.items():
            st.download_button(
                texts[ending.removeprefix(".")],
                partial(_made, person, given.record, ending),
                texts["file"].format(number=given.record) + ending,
                mime,
                key=f"note-{given.record}{ending}",
                on_click="ignore",
                icon=":material/description:",
                type="tertiary",
            )


def _made(person: Person, number: int, ending: str) -> bytes:
    # Streamlit calls this outside the page's own run, where nobody can be asked who is there.
    # Imported here: two libraries that only a note needs.
    from assistant.record.notes import FORMS, note_of

    return FORMS[ending](note_of(here().record, person, number))
