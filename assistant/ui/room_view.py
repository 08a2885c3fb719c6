"""A session as it is run before a room: the way in, the case with the votes as they come, its answer, the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.answer_json import answer_from_json
from assistant.errors import AssistantError, WorkshopError
from assistant.learning.cases.case import Case
from assistant.learning.workshop import address, hosting, rooms
from assistant.learning.workshop.counting import Tally, tallies, tally
from assistant.learning.workshop.rooms import Database, Workshop
from assistant.models import Answer, Citation
from assistant.rights import Person
from assistant.ui import login, opening, room_html, room_material, room_state, viewer
from assistant.ui.cards import failure_html, meta, quote_html, verdict_html
from assistant.ui.reading import escape
from assistant.ui.rooms_here import database
from assistant.ui.session import Opener
from assistant.ui.wording import Wording

_COUNTED = "workshop-counted"  # the version and the votes that were counted last
_SOURCE = "workshop-source"  # the case and the citation whose source is shown
_PROBE_SECONDS = 0.4


def show(key: str, opener: Opener, words: Wording) -> None:
    """Draw the session. Raises AssistantError."""
    room = rooms.by_id(database(), key)
    with st.container(key="fa-room"):
        match room.pulse.state:
            case "waiting":
                _lobby(room, words)
            case "asking":
                _asking(room, words)
            case "revealed":
                _revealed(room, opener, words)
            case "ended":
                _ended(room, words)


def leave() -> None:
    """Go back to all sessions."""
    st.query_params.pop(room_state.ROOM, None)


def _lobby(room: Workshop, words: Wording) -> None:
    _head(room, words, words.label("pages", "workshop"))
    where = room_state.address()
    link = address.link(where, room.code)
    st.html(room_html.way_in_html(where, room.code, address.qr_picture(link), words))
    _button("begin", words, partial(hosting.ask, place=0), room, "primary")
    _here(room, words)
    with st.expander(_t(words, "material")):
        room_material.downloads(room, words)
    with st.expander(_t(words, "address"), expanded=not address.answers(where, _PROBE_SECONDS)):
        if not address.answers(where, _PROBE_SECONDS):
            st.html(f'<p class="fa-note" role="status">{escape(_t(words, "unreachable"))}</p>')
        st.text_input(
            _t(words, "address"),
            where,
            key="workshop-address-field",
            help=_t(words, "address_hint"),
            on_change=room_state.keep_address,
            args=("workshop-address-field",),
        )


def _asking(room: Workshop, words: Wording) -> None:
    place = room.pulse.place
    _head(room, words, _t(words, "case_of").format(place=place + 1, count=room.length))
    case = rooms.case_at(database(), room.id, place)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(room_html.case_html(case))
    with right:
        _live(room, words)
    with st.container(horizontal=True, key="fa-room-steps"):
        _button("reveal", words, partial(hosting.reveal, place=place), room, "primary")
        hidden = room.pulse.hidden
        _button("unhide" if hidden else "hide", words, partial(hosting.hide, hidden=not hidden), room)
        _way_in_again(room, words)


def _revealed(room: Workshop, opener: Opener, words: Wording) -> None:
    place = room.pulse.place
    _head(room, words, _t(words, "case_of").format(place=place + 1, count=room.length))
    case, votes = rooms.case_at(database(), room.id, place), tally(database(), room.id, place)
    with st.container(horizontal=True, key="fa-room-steps"):
        last = place + 1 == room.length
        if not last:
            _button("next", words, partial(hosting.ask, place=place + 1), room, "primary")
        _button("end", words, hosting.end, room, "primary" if last else "secondary")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(room_html.case_html(case))
        _answer(room, case, opener, words)
    with right:
        st.html(room_html.revealed_html(case, votes, words))
        _watch(room)


def _answer(room: Workshop, case: Case, opener: Opener, words: Wording) -> None:
    """The assistant's cited answer; each quote can be opened in its source."""
    given = answer_from_json(case.answer)
    st.html(verdict_html(given, "sag", words))
    opened: tuple[int, int] | None = st.session_state.get(_SOURCE)
    for citation in given.citations:
        mine = (room.pulse.place, citation.n)
        with st.container(border=True, key=f"fa-quote-{citation.n}", gap="xsmall"):
            st.html(quote_html(citation, "sag", opened == mine, meta(citation, words)))
            st.button(
                _t(words, "close" if opened == mine else "show"),
                key=f"source-{citation.n}",
                on_click=_open_source,
                args=(None if opened == mine else mine,),
                type="tertiary",
                icon=":material/article:",
            )
    _source(given, room.pulse.place, opened, opener, words)


def _open_source(wanted: tuple[int, int] | None) -> None:
    st.session_state[_SOURCE] = wanted


def _source(given: Answer, place: int, opened: tuple[int, int] | None, opener: Opener, words: Wording) -> None:
    found = next((each for each in given.citations if opened == (place, each.n)), None)
    if found is None:
        return
    engine = opening.engine(opener, words)
    if engine is None:
        return
    if found.source_id not in engine.sources:
        st.html(f'<p class="fa-note" role="alert">{escape(words["missing"])}</p>')
        return
    _document(found, engine.source_text(found.source_id), words)


def _document(citation: Citation, text: str, words: Wording) -> None:
    shown = viewer.prepare(text, citation)
    if not shown.found:
        st.html(f'<p class="fa-note" role="alert">{escape(words["changed"])}</p>')
    with st.container(key="fa-room-source"):
        viewer.document(shown.html, f"{citation.source_id}:{citation.start}:{citation.end}", citation.title)


def _ended(room: Workshop, words: Wording) -> None:
    _head(room, words, _t(words, "over"))
    played, votes = rooms.cases(database(), room.id), tallies(database(), room.id, room.length)
    st.html(room_html.results_html(played, votes, words))
    room_material.downloads(room, words)
    st.caption(_t(words, "kept").format(date=words.date(room.expires[:10])))


def _head(room: Workshop, words: Wording, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="fa-room-head"):
        code = _t(words, "code").format(code="")
        st.html(f'<p class="fa-room-title"><b>{escape(title)}</b> {escape(code)} {room_html.code_html(room.code)}</p>')
        st.button(_t(words, "leave"), key="room-leave", on_click=leave, type="tertiary")


def _way_in_again(room: Workshop, words: Wording) -> None:
    """For who comes late."""
    where = room_state.address()
    with st.popover(_t(words, "scan"), icon=":material/qr_code_2:", type="tertiary"):
        st.html(room_html.way_in_html(where, room.code, address.qr_picture(address.link(where, room.code)), words))


@st.fragment(run_every="1s")
def _here(room: Workshop, words: Wording) -> None:
    """Who is there, as they come."""
    try:
        _renew(room)
        st.html(room_html.here_html(rooms.nicknames(database(), room.id), words))
    except AssistantError:
        st.html(failure_html(_t(words, "failed"), _t(words, "unread")))


@st.fragment(run_every="1s")
def _live(room: Workshop, words: Wording) -> None:
    """The time and the votes, as they come."""
    try:
        now = _renew(room)
        st.html(room_html.live_html(room, now, _counted(room, now.version), words))
    except AssistantError:
        st.html(failure_html(_t(words, "failed"), _t(words, "unread")))


@st.fragment(run_every="2s")
def _watch(room: Workshop) -> None:
    """Follow what another facilitator does."""
    try:
        _renew(room)
    except AssistantError:
        return


def _renew(room: Workshop) -> rooms.Pulse:
    """What is new; has the whole page drawn anew when the session has moved on or is gone. Raises RecordError."""
    try:
        now = rooms.pulse(database(), room.id)
    except WorkshopError:
        st.rerun()
    if (now.state, now.place, now.hidden) != (room.pulse.state, room.pulse.place, room.pulse.hidden):
        st.rerun()
    return now


def _counted(room: Workshop, version: int) -> Tally:
    """The votes on the case; counted anew only when something has changed."""
    seen = (room.id, room.pulse.place, version)
    kept: tuple[tuple[str, int, int], Tally] | None = st.session_state.get(_COUNTED)
    if kept is None or kept[0] != seen:
        kept = (seen, tally(database(), room.id, room.pulse.place))
        st.session_state[_COUNTED] = kept
    return kept[1]


def _button(name: str, words: Wording, deed: Callable[..., None], room: Workshop, kind: str = "secondary") -> None:
    st.button(
        _t(words, name),
        key=f"room-{name}-{room.pulse.place}",
        type="primary" if kind == "primary" else "secondary",
        on_click=_do,
        args=(lambda engine, by: deed(engine, by, room.id),),
    )


def _do(deed: Callable[[Database, Person], None]) -> None:
    """A step as the one who is at the page now; why it was not done is told by the run that follows."""
    try:
        deed(database(), login.acting())
    except AssistantError as exc:
        room_state.say(str(exc))


def _t(words: Wording, key: str) -> str:
    return words.texts("workshop")[key]
