"""One's own way through the course: what is due again, whether to share it, the certificate, and deleting all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from assistant.errors import AssistantError
from assistant.learning.quiz import certificate, progress
from assistant.learning.quiz.certificate import Earned
from assistant.rights import Person
from assistant.ui import course_state, login, quiz_state, quiz_view
from assistant.ui.cards import failure_html
from assistant.ui.course_state import Way
from assistant.ui.quiz_desk import Quizzes
from assistant.ui.reading import escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import done_html

_SHARE, _SAID, _NAME = "own-share", "own-said", "own-name"


def show(quizzes: Quizzes, way: Way, person: Person, words: Wording) -> None:
    """Draw it under the list of modules."""
    texts = words.texts("own")
    with st.container(key="fa-own-course", gap="small"):
        st.html(f'<h3 class="fa-part">{escape(texts["title"])}</h3>')
        _told()
        if any(each.due for each in way.progress.values()) or quiz_state.sitting(quiz_state.REPETITION, person):
            quiz_view.show(quiz_state.REPETITION, person, words)
        _certificate(quizzes, way, words)
        if course_state.database() is not None:
            _sharing(person, words)
            _forgetting(words)


def _told() -> None:
    """What the last deed came to, once."""
    said: tuple[bool, str] | None = st.session_state.pop(_SAID, None)
    if said:
        st.html(done_html(said[1]) if said[0] else failure_html("", said[1]))


def _certificate(quizzes: Quizzes, way: Way, words: Wording) -> None:
    texts = words.texts("own")
    modules = [each.module for each in quizzes.course.modules]
    left = certificate.missing(modules, way.progress)
    if left:
        part = round(100 * progress.PASSED)
        said = texts["certificate_missing"].format(part=part, count=len(left))
        st.html(f'<p class="fa-meta fa-alone">{escape(said)}</p>')
        return
    name = st.text_input(texts["certificate_name"], key=_NAME, max_chars=80)
    earned = Earned(name or "", modules, way.progress, quizzes.corpus_version, datetime.now(UTC))
    st.download_button(
        texts["certificate"],
        partial(certificate.certificate, earned, words.language),
        f"{texts['file']}.pdf",
        "application/pdf",
        key="own-certificate",
        on_click="ignore",
        icon=":material/workspace_premium:",
        disabled=not (name or "").strip(),
    )


def _sharing(person: Person, words: Wording) -> None:
    texts, database = words.texts("own"), course_state.database()
    if database is None:
        return
    st.session_state[_SHARE] = progress.learner(database, person).shared
    st.toggle(texts["share"], key=_SHARE, help=texts["share_hint"], on_change=_share)


def _share() -> None:
    wanted = bool(st.session_state.get(_SHARE))
    try:
        database = course_state.database()
        if database is not None:
            progress.share(database, login.acting(), wanted)
    except AssistantError as exc:
        st.session_state[_SAID] = (False, str(exc))


def _forgetting(words: Wording) -> None:
    texts = words.texts("own")
    with st.popover(texts["forget"], icon=":material/delete:", type="tertiary"):
        st.caption(texts["forget_hint"])
        st.button(texts["forget_sure"], key="own-forget", on_click=_forget, args=(texts["forgotten"],), type="primary")


def _forget(said: str) -> None:
    try:
        database = course_state.database()
        if database is not None:
            progress.forget(database, login.acting())
        course_state.forget()
        quiz_state.forget()
        st.session_state[_SAID] = (True, said)
    except AssistantError as exc:
        st.session_state[_SAID] = (False, str(exc))
