"""What a participant of a workshop sees on a phone: join, answer, the answer. Nobody need be logged in."""

from __future__ import annotations

import streamlit as st

from assistant.answer_json import answer_from_json
from assistant.errors import AssistantError, RecordError, WorkshopError
from assistant.learning.cases.case import Case
from assistant.learning.workshop import joining
from assistant.learning.workshop.joining import MAX_NICKNAME, Participant, Vote
from assistant.learning.workshop.rooms import Pulse, Workshop
from assistant.ui import session, viewer
from assistant.ui.badges import verdict_html
from assistant.ui.cards import failure_html
from assistant.ui.reading import document_html, escape, markdown_safe, prose_html
from assistant.ui.rooms_here import case_of, database, recent
from assistant.ui.wording import Wording

CODE, PLACE = "kode", "plads"  # in the address: the session's code, and the participant's token
VERDICTS = ("ja", "betinget", "nej")
_SAID, _ARMED, _WHO = "join-said", "join-armed", "join-who"
_CODE_ROOM = 12  # a code may be typed with spaces


def show() -> None:
    """Draw what the address and the session ask for now."""
    words = session.words()
    with st.container(key="fa-join", gap="small"):
        try:
            _draw(words)
        except RecordError:
            st.html(failure_html(_t(words, "failed"), _t(words, "broken")))
            st.session_state[_ARMED] = False
            _again()
        except AssistantError as exc:
            st.html(failure_html(_t(words, "failed"), str(exc)))
            st.button(_t(words, "other"), key="join-other", on_click=_leave, type="primary")


def _draw(words: Wording) -> None:
    token = st.query_params.get(PLACE, "")
    if not token:
        _ask_who(words)
        return
    person = _person(token)
    room = recent(person.workshop)
    st.html(f'<p class="fa-me">{escape(_t(words, "you"))} <b><bdi>{escape(person.nickname)}</bdi></b></p>')
    match room.pulse.state:
        case "waiting":
            st.html(f'<p class="fa-wait" role="status">{escape(_t(words, "wait"))}</p>')
        case "asking":
            _vote_form(room, person, words)
        case "revealed":
            _answer(room, person, words)
        case "ended":
            _goodbye(room, words)
    _watch(room.id, room.pulse)


def _person(token: str) -> Participant:
    """Who holds the token; looked up once for as long as the page is open."""
    known: tuple[str, Participant] | None = st.session_state.get(_WHO)
    if known is None or known[0] != token:
        known = (token, joining.resume(database(), token))
        st.session_state[_WHO] = known
    return known[1]


def _ask_who(words: Wording) -> None:
    st.html(f'<p class="fa-alone">{escape(_t(words, "lead"))}</p>')
    if said := st.session_state.pop(_SAID, ""):
        st.html(failure_html(_t(words, "failed"), said))
    with st.form("join", border=False):
        st.text_input(_t(words, "code"), st.query_params.get(CODE, ""), key="join-code", max_chars=_CODE_ROOM)
        st.text_input(_t(words, "nickname"), key="join-name", max_chars=MAX_NICKNAME)
        st.form_submit_button(_t(words, "join"), key="join-send", type="primary", width="stretch", on_click=_join)
    st.html(f'<p class="fa-alone">{escape(_t(words, "nickname_hint"))} {escape(_t(words, "kept"))}</p>')


def _join() -> None:
    """Join once: a second press finds the place in the address."""
    if st.query_params.get(PLACE):
        return
    try:
        joined = joining.join(database(), st.session_state["join-code"], st.session_state["join-name"])
    except AssistantError as exc:
        st.session_state[_SAID] = str(exc)
        return
    st.query_params[PLACE] = joined.token


def _leave() -> None:
    for name in (CODE, PLACE):
        st.query_params.pop(name, None)


def _vote_form(room: Workshop, person: Participant, words: Wording) -> None:
    place = room.pulse.place
    case, before = case_of(room.id, place), joining.vote_of(database(), person, place)
    _case(room, case, words)
    said = st.session_state.pop(_SAID, "")
    if said:
        st.html(failure_html(_t(words, "failed"), said))
    elif before:
        st.html(f'<p class="fa-note fa-done" role="status">{escape(_t(words, "taken"))}</p>')
    with st.form(f"vote-{room.id}-{place}", border=False):
        st.radio(
            _t(words, "verdict"),
            VERDICTS,
            index=VERDICTS.index(before.verdict) if before else None,
            format_func=lambda verdict: words.label("verdicts", verdict),
            key=_key("verdict", room.id, place),
            width="stretch",
        )
        st.radio(
            _t(words, "reason"),
            range(len(case.reasons)),
            index=before.reason if before else None,
            format_func=lambda number: markdown_safe(case.reasons[number].text),
            key=_key("reason", room.id, place),
            width="stretch",
        )
        label = _t(words, "change" if before else "send")
        st.form_submit_button(
            label,
            key=_key("send", room.id, place),
            type="primary",
            width="stretch",
            on_click=_vote,
            args=(room.id, place),
        )


def _vote(key: str, place: int) -> None:
    words = session.words()
    verdict, reason = (st.session_state.get(_key(name, key, place)) for name in ("verdict", "reason"))
    if not (isinstance(verdict, str) and isinstance(reason, int)):
        st.session_state[_SAID] = _t(words, "choose")
        return
    try:
        joining.vote(database(), st.query_params.get(PLACE, ""), place, Vote(verdict, reason))
    except RecordError:
        st.session_state[_SAID] = _t(words, "broken")
    except AssistantError as exc:
        st.session_state[_SAID] = str(exc)


def _case(room: Workshop, case: Case, words: Wording) -> None:
    counted = _t(words, "case_of").format(place=room.pulse.place + 1, count=room.length)
    st.html(
        f'<section class="fa-phone-case" id="sag" lang="da"><p class="fa-small">{escape(counted)}</p>'
        f"<p>{escape(case.situation)}</p><h2>{escape(case.question)}</h2></section>"
    )
    viewer.scroll_to("sag", f"{room.id}-{room.pulse.place}-{room.pulse.state}")


def _answer(room: Workshop, person: Participant, words: Wording) -> None:
    """The assistant's answer with its quotes, and how one's own choice stands beside it."""
    place = room.pulse.place
    case, chosen = case_of(room.id, place), joining.vote_of(database(), person, place)
    _case(room, case, words)
    if said := st.session_state.pop(_SAID, ""):
        st.html(failure_html(_t(words, "failed"), said))
    given = answer_from_json(case.answer)
    quotes = "".join(
        f'<blockquote lang="da" class="fa-reading">{document_html(each.quote)}</blockquote>'
        f'<p class="fa-meta">[{each.n}] {escape(each.title)}</p>'
        for each in given.citations
    )
    st.html(
        f'<section class="fa-phone-answer"><p class="fa-small">{escape(_t(words, "answer"))}</p>'
        f"<p>{verdict_html(case.verdict, words)}</p>{_own_html(case, chosen, words)}"
        f'<div class="fa-prose" lang="{given.language}">{prose_html(given.answer, "kilde", frozenset())}</div>{quotes}'
        f'<p class="fa-wait">{escape(_t(words, "talk"))}</p></section>'
    )


def _own_html(case: Case, chosen: Vote | None, words: Wording) -> str:
    if chosen is None:
        return f'<p class="fa-note fa-quiet">{escape(_t(words, "not_answered"))}</p>'
    right = chosen.verdict == case.verdict
    told = (
        f"{_t(words, 'yours')}: {words.label('verdicts', chosen.verdict)}. {_t(words, 'right' if right else 'wrong')}"
    )
    if case.reasons[chosen.reason].right:
        why = _t(words, "reason_right")
    else:
        why = f"{_t(words, 'reason_wrong')}: {next(each.text for each in case.reasons if each.right)}"
    tone = "fa-done" if right else "fa-quiet"
    return f'<div class="fa-note {tone}"><p>{escape(told)}</p><p>{escape(why)}</p></div>'


def _goodbye(room: Workshop, words: Wording) -> None:
    deleted = _t(words, "deleted").format(date=words.date(room.expires[:10]))
    st.html(
        f'<p class="fa-wait" role="status">{escape(_t(words, "ended"))}</p><p class="fa-alone">{escape(deleted)}</p>'
    )


@st.fragment(run_every="2s")
def _watch(key: str, seen: Pulse) -> None:
    """Have the page drawn anew when the facilitator has moved on; a vote of somebody else changes nothing here."""
    try:
        now = recent(key).pulse
    except RecordError:
        return  # asked again in a second; the page stands as it is
    except WorkshopError:
        st.rerun()
    if (now.state, now.place) != (seen.state, seen.place):
        st.rerun()


@st.fragment(run_every="2s")
def _again() -> None:
    """Have the page drawn anew after a while, once."""
    if st.session_state[_ARMED]:
        st.rerun()
    st.session_state[_ARMED] = True


def _key(name: str, key: str, place: int) -> str:
    return f"vote-{name}-{key}-{place}"


def _t(words: Wording, key: str) -> str:
    return words.texts("join")[key]
