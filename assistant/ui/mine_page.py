"""One's own questions, and what came of them."""

from __future__ import annotations

import streamlit as st

from assistant.errors import RecordError
from assistant.models import Answer
from assistant.record.feedback import Own, Report, own_cases
from assistant.rights import Person, require
from assistant.ui import note_buttons, opening, session
from assistant.ui.badges import verdict_html as little_html
from assistant.ui.cards import failure_html, meta, quote_html, verdict_html
from assistant.ui.reading import escape
from assistant.ui.session import Opener
from assistant.ui.wording import Wording
from assistant.ui.workplace import nothing_recorded, workplace

_BEFORE = "mine-before"  # where each page so far began


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "own")
    words = session.words()
    opening.heading("mine", words)
    engine = opening.engine(opener, words)
    if engine is None:
        return
    pages: list[int] = st.session_state.setdefault(_BEFORE, [0])
    try:
        at = workplace(engine)
        if at is None:
            nothing_recorded(words)
            return
        found = own_cases(at.record, person, pages[-1])
    except RecordError as exc:
        st.html(failure_html(words["no_record"], str(exc)))
        st.button(words["retry"], icon=":material/refresh:")
        return
    with st.container(key="fa-mine", gap="small"):
        st.html(f'<p class="fa-meta fa-alone">{escape(words.texts("mine")["lead" if found.cases else "none"])}</p>')
        for own in found.cases:
            _case(own, person, words)
        _paging(found.older, words)


def _case(own: Own, person: Person, words: Wording) -> None:
    """A question with its verdict and state; what was answered and what came of it folded under it."""
    with st.container(border=True, key=f"fa-own-{own.number}", gap="xsmall"):
        question = words.texts("queue")["purged"] if own.question is None else own.question
        st.html(
            f'<div class="fa-own"><p class="fa-asked-words">{escape(question)}</p><p class="fa-own-facts">'
            f"{little_html(own.verdict, words)} {_state_html(own, words)} "
            f'<span class="fa-meta">{escape(words.moment(own.at))} · {own.number}</span></p></div>'
        )
        for report in own.reports:
            st.html(_report_html(report, words))
        if own.outcome:
            _outcome(own, words)
        for remark in own.remarks:
            st.html(_note_html(words.texts("mine")["jurist_said"], remark.text, words.moment(remark.at)))
        if own.answer:
            with st.expander(words.texts("mine")["got"], type="compact"):
                _answer(own.answer, f"fik-{own.number}", words)
            note_buttons.show(own.answer, person, words)


def _state_html(own: Own, words: Wording) -> str:
    waiting = own.state == "new" and any(not report.helpful for report in own.reports)
    state = "flagged" if waiting else own.state
    text = words.texts("mine")[f"state_{state}"]
    return f'<span class="fa-chip fa-state-{escape(state)}">{escape(text)}</span>'


def _report_html(report: Report, words: Wording) -> str:
    code = report.reason or ("helpful" if report.helpful else "unhelpful")
    said = f"{words.label('reasons', code)}. {report.text}" if report.text else f"{words.label('reasons', code)}."
    return _note_html(words.texts("mine")["you_said"], said, words.moment(report.at))


def _outcome(own: Own, words: Wording) -> None:
    """What the jurist decided: why, and the answer that holds now where it is another one."""
    outcome, texts = own.outcome, words.texts("mine")
    if outcome is None:
        return
    title, when = texts[f"state_{outcome.state}"], words.moment(outcome.at)
    st.html(_note_html(title, outcome.reason, when, "" if outcome.state == "rejected" else "fa-done"))
    if outcome.state == "corrected" and outcome.answer:
        st.html(f'<h3 class="fa-small">{escape(texts["holds_now"])}</h3>')
        _answer(outcome.answer, f"nu-{own.number}", words)


def _answer(answer: Answer, marks: str, words: Wording) -> None:
    st.html(verdict_html(answer, marks, words))
    if answer.citations:
        st.html("".join(quote_html(each, marks, False, meta(each, words)) for each in answer.citations))


def _note_html(title: str, text: str, when: str, tone: str = "fa-quiet") -> str:
    said = f'<p class="fa-said">{escape(text)}</p>' if text else ""
    return (
        f'<div class="fa-note fa-event {tone}" role="note"><strong>{escape(title)}</strong> '
        f"<span>{escape(when)}</span>{said}</div>"
    )


def _paging(older: int, words: Wording) -> None:
    pages: list[int] = st.session_state[_BEFORE]
    texts = words.texts("mine")
    if not older and len(pages) == 1:
        return
    with st.container(horizontal=True):
        st.button(texts["newer"], on_click=_newer, disabled=len(pages) == 1, icon=":material/chevron_left:")
        st.button(
            texts["older"],
            on_click=_older,
            args=(older,),
            disabled=not older,
            icon=":material/chevron_right:",
            icon_position="right",
        )


def _older(before: int) -> None:
    st.session_state[_BEFORE] = [*st.session_state[_BEFORE], before]


def _newer() -> None:
    st.session_state[_BEFORE] = st.session_state[_BEFORE][:-1]
