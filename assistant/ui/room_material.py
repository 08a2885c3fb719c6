"""A session to take along: handout, slides, key and the room's counts as files, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.learning import material
from assistant.learning.cases.case import Case
from assistant.learning.workshop.counting import tallies
from assistant.learning.workshop.rooms import Workshop, cases
from assistant.ui.rooms_here import database
from assistant.ui.wording import Wording

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def downloads(room: Workshop, words: Wording) -> None:
    """A button for each file."""
    texts = words.texts("workshop")
    title = f"{words.label('pages', 'workshop')} {words.date(room.created[:10])}"
    files: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("handout", "docx", _DOCX, lambda: material.handout_docx(title, _cases(room))),
        ("slides", "pptx", _PPTX, lambda: material.slides_pptx(title, _cases(room), _results(room))),
        ("key", "docx", _DOCX, lambda: material.key_docx(title, _cases(room), room.minutes)),
        ("results_file", "csv", "text/csv", lambda: material.results_csv(_cases(room), _results(room))),
    )
    with st.container(horizontal=True, key="fa-room-files"):
        for key, kind, mime, made in files:
            name = f"workshop-{room.code}-{texts[f'{key}_name']}.{kind}"
            st.download_button(
                texts[key], made, name, mime, key=f"room-{key}", on_click="ignore", icon=":material/download:"
            )


def _cases(room: Workshop) -> list[Case]:
    return list(cases(database(), room.id))


def _results(room: Workshop) -> list[material.Tally]:
    """The room's counts, of the cases that were voted on."""
    played = zip(_cases(room), tallies(database(), room.id, room.length), strict=True)
    return [
        material.Tally(case.key, votes.verdicts, [votes.reasons.get(place, 0) for place in range(len(case.reasons))])
        for case, votes in played
        if votes.votes
    ]
