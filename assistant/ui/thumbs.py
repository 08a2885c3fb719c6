"""Thumbs under an answer: whether it helped, and if not, why."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from assistant.models import Answer
from assistant.record.feedback import REASONS, Reason, give_feedback
from assistant.record.gate import MOST
from assistant.rights import Person
from assistant.ui.cards import failure_html
from assistant.ui.reading import escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace, attempt, done_html


class Said(NamedTuple):
    """How far somebody has come in saying what they think: whether the form is open, and why it was not taken."""

    down: bool = False
    refused: str = ""


def show(given: Answer, words: Wording, thanked: dict[int, str]) -> None:
    """The thumbs of an answer that is on record; any other answer has none, and one that is in `thanked` has thanks."""
    number = given.record
    if not number:
        return
    said = _said(number)
    with st.container(key=f"fa-thumbs-{number}", gap="xsmall"):
        if number in thanked:
            st.html(done_html(thanked[number]))
            return
        _ask(number, words, thanked)
        if said.down:
            _form(number, words, thanked)
        if said.refused:
            st.html(failure_html(words["not_done"], said.refused))


def _ask(number: int, words: Wording, thanked: dict[int, str]) -> None:
    texts = words.texts("thumbs")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="fa-small fa-beside">{escape(texts["helped"])}</p>', width="content")
        st.button(
            texts["yes"],
            key=f"up-{number}",
            on_click=_up,
            args=(number, texts["thanks"], thanked),
            icon=":material/thumb_up:",
        )
        st.button(texts["no"], key=f"down-{number}", on_click=_down, args=(number,), icon=":material/thumb_down:")


def _form(number: int, words: Wording, thanked: dict[int, str]) -> None:
    texts = words.texts("thumbs")
    with st.form(f"thumbs-form-{number}"):
        st.radio(
            texts["why"],
            [reason for reason in REASONS if reason],
            key=f"reason-{number}",
            index=None,
            horizontal=True,
            format_func=lambda reason: words.label("reasons", reason),
        )
        st.text_area(texts["more"], key=f"more-{number}", max_chars=MOST, placeholder=texts["more_hint"], height=90)
        with st.container(horizontal=True):
            st.form_submit_button(
                texts["send"],
                type="primary",
                on_click=_send,
                args=(number, texts["thanks_down"], texts["masked"], thanked),
            )
            st.form_submit_button(texts["cancel"], on_click=_cancel, args=(number,), type="tertiary")


def _up(number: int, thanks: str, thanked: dict[int, str]) -> None:
    refused = attempt(lambda by, at: give_feedback(at.record, by, number, helpful=True))
    _settle(number, Said(refused=refused), thanks, thanked)


def _down(number: int) -> None:
    _keep(number, Said(down=True))


def _cancel(number: int) -> None:
    _keep(number, Said())


def _send(number: int, thanks: str, masked: str, thanked: dict[int, str]) -> None:
    reason: Reason = st.session_state.get(f"reason-{number}") or ""
    text = str(st.session_state.get(f"more-{number}") or "")
    found: list[str] = []

    def deed(by: Person, at: Workplace) -> None:
        found.extend(give_feedback(at.record, by, number, False, reason, text).masked)

    refused = attempt(deed)
    told = f"{thanks} {masked.format(kinds=', '.join(found))}" if found else thanks
    _settle(number, Said(down=True, refused=refused), told, thanked)


def _settle(number: int, said: Said, thanks: str, thanked: dict[int, str]) -> None:
    """Keep the thanks with the conversation, where a reload finds them, or else why it was not taken."""
    if said.refused:
        _keep(number, said)
    else:
        thanked[number] = thanks


def _said(number: int) -> Said:
    said: Said = st.session_state.get(f"thumbs-{number}", Said())
    return said


def _keep(number: int, said: Said) -> None:
    st.session_state[f"thumbs-{number}"] = said
