"""Workshops for the one who holds them: start one, find an earlier one, run it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, cast

import streamlit as st

from assistant.errors import AssistantError, NotAllowed
from assistant.learning.cases.composing import compose
from assistant.learning.workshop import hosting
from assistant.learning.workshop.hosting import Plan
from assistant.learning.workshop.rooms import Listed, Workshop, listed
from assistant.learning.workshop.subjects import subjects
from assistant.rights import Person, require
from assistant.settings import load_settings
from assistant.ui import login, opening, room_view, session
from assistant.ui.cards import failure_html
from assistant.ui.reading import escape
from assistant.ui.room_state import ROOM, said, say
from assistant.ui.rooms_here import database
from assistant.ui.session import Opener
from assistant.ui.wording import Wording

if TYPE_CHECKING:
    from assistant.engine import Assistant

_WANTED = "workshop-wanted"
_MOST_CASES, _MOST_MINUTES = 12, 15


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "teach")
    words = session.words()
    opening.heading("workshop", words)
    with st.container(key="fa-workshop"):
        try:
            _draw(person, opener, words)
        except NotAllowed:
            raise
        except AssistantError as exc:
            st.html(failure_html(_t(words, "failed"), str(exc)))
            with st.container(horizontal=True):
                st.button(_t(words, "retry"), key="workshop-retry", icon=":material/refresh:")
                st.button(_t(words, "leave"), key="workshop-leave", on_click=room_view.leave)


def _draw(person: Person, opener: Opener, words: Wording) -> None:
    if refused := said():
        st.html(failure_html(_t(words, "failed"), refused))
    if key := st.query_params.get(ROOM):
        room_view.show(key, opener, words)
        return
    if wanted := st.session_state.pop(_WANTED, None):
        _make(wanted[0], wanted[1], opener, person, words)
    _start_form(words)
    _earlier(words)


def _start_form(words: Wording) -> None:
    titles = subjects(load_settings().corpus, words.language)
    st.html(f'<h3 class="fa-small">{escape(_t(words, "new"))}</h3><p class="fa-alone">{escape(_t(words, "lead"))}</p>')
    st.pills(
        _t(words, "topics"),
        list(titles),
        selection_mode="multi",
        format_func=lambda key: titles[key],
        key="workshop-topics",
        help=_t(words, "topics_hint"),
    )
    with st.container(horizontal=True, gap="medium", key="fa-plan"):
        cases = st.number_input(_t(words, "cases"), 1, _MOST_CASES, 5, key="workshop-cases", width=140)
        minutes = st.number_input(_t(words, "minutes"), 1, _MOST_MINUTES, 3, key="workshop-minutes", width=160)
        st.segmented_control(
            _t(words, "difficulty"),
            (1, 2, 3),
            default=2,
            required=True,
            format_func=lambda level: _t(words, f"difficulty_{level}"),
            key="workshop-difficulty",
        )
    total = round(2 * cases * minutes)
    st.caption(_t(words, "lasts").format(cases=cases, minutes=minutes, total=total))
    st.button(_t(words, "make"), key="workshop-make", type="primary", icon=":material/groups:", on_click=_want)


def _want() -> None:
    """Note what is asked for; the run that follows makes it, where its progress can be drawn."""
    given = st.session_state
    topics = tuple(str(topic) for topic in given["workshop-topics"] or ())
    plan = Plan(topics, int(given["workshop-minutes"]), int(given["workshop-difficulty"]))
    given[_WANTED] = (plan, int(given["workshop-cases"]))


def _make(plan: Plan, count: int, opener: Opener, person: Person, words: Wording) -> None:
    """Compose the cases, start the session and lead into it."""
    engine = opening.engine(opener, words)
    if engine is None:
        return
    with st.status(_t(words, "making"), expanded=True):
        bar = st.progress(0.0)

        def tell(done: int, of: int) -> None:
            share = min(done / of, 1.0) if of else 0.0
            bar.progress(share, _t(words, "made").format(done=done, count=of))

        seed = random.SystemRandom().randrange(2**31)
        cases = compose(cast("Assistant", engine), plan.topics, count, plan.difficulty, seed, progress=tell)
    key = hosting.start(database(), person, plan, cases, load_settings().workshop_days)
    st.query_params[ROOM] = key
    st.rerun()


def _earlier(words: Wording) -> None:
    found = listed(database())
    if not found:
        return
    st.html(f'<h3 class="fa-small">{escape(_t(words, "earlier"))}</h3>')
    for each in found:
        _row(each, words)


def _row(each: Listed, words: Wording) -> None:
    room = each.workshop
    counts = _t(words, "row").format(cases=room.length, participants=each.participants)
    facts = (
        f"{_t(words, f'state_{room.pulse.state}')} · {counts}",
        _t(words, "kept").format(date=words.date(room.expires[:10])),
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"fa-session-{room.code}"):
        st.html(
            f'<div class="fa-own"><p><b>{escape(words.moment(room.created))}</b> · {escape(room.code)}</p>'
            f'<p class="fa-alone">{escape(facts[0])}</p><p class="fa-alone">{escape(facts[1])}</p></div>'
        )
        st.button(_t(words, "open"), key=f"open-{room.code}", on_click=_open, args=(room.id,))
        with st.popover(_t(words, "delete"), icon=":material/delete:", type="tertiary", key=f"sure-{room.code}"):
            st.html(f"<p>{escape(_t(words, 'delete_sure').format(code=room.code))}</p>")
            st.button(_t(words, "delete_yes"), key=f"delete-{room.code}", on_click=_delete, args=(room,))


def _open(key: str) -> None:
    st.query_params[ROOM] = key


def _delete(room: Workshop) -> None:
    try:
        hosting.remove(database(), login.acting(), room.id)
    except AssistantError as exc:
        say(str(exc))


def _t(words: Wording, key: str) -> str:
    return words.texts("workshop")[key]
