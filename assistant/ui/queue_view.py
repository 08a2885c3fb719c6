"""The queue on the page: tabs with their counts, filters, the cases at a glance, and a way into each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistant.record.queue import LOW_EVIDENCE, TABS, Choices, Filters, Page, Row, choices, counts, queue
from assistant.rights import Person
from assistant.ui.badges import flag_html, state_html, verdict_html
from assistant.ui.reading import escape, markdown_safe
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace

_CASE, _BEFORE, _TAB = "sag", "queue-before", "queue-tab"
_FIELDS = ("document", "provision", "kind", "verdict", "user", "text", "since", "until")
_VERDICTS = ("ja", "nej", "betinget", "info", "ikke_besvaret")


def opened() -> int:
    """The case that the address names; 0 for the queue."""
    named = st.query_params.get(_CASE, "")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 10 else 0


def open_case(number: int) -> None:
    """Go to a case."""
    st.query_params[_CASE] = str(number)


def close() -> None:
    """Go back to the queue."""
    st.query_params.pop(_CASE, None)


def filters() -> Filters:
    """What the queue is limited to, also while a case is open."""
    kept = {name: st.session_state.get(_key(name)) for name in _FIELDS}
    return Filters(st.session_state.get(_TAB) or "new", **{name: value for name, value in kept.items() if value})


def show(person: Person, at: Workplace, words: Wording) -> None:
    """Draw the queue."""
    with st.container(key="fa-queue", gap="small"):
        known = choices(at.record, person)
        page = queue(at.record, person, filters(), st.session_state.get(_BEFORE, 0))
        with st.container(horizontal=True, vertical_alignment="center", key="fa-queue-head", gap="small"):
            _tabs(counts(at.record, person, filters()), words)
            _start(page, words)
        _limits(known, at, words)
        _rows(page, words)
        _paging(page, words)


def _tabs(found: Any, words: Wording) -> None:
    st.segmented_control(
        words.texts("queue")["tabs"],
        TABS,
        key=_TAB,
        default=None if _TAB in st.session_state else "new",
        required=True,
        format_func=lambda tab: f"{words.label('tabs', tab)} **{found[tab]}**",
        label_visibility="collapsed",
        on_change=_begin,
        persist_state="session",
    )


def _limits(known: Choices, at: Workplace, words: Wording) -> None:
    """The other filters, folded away while none is set."""
    texts = words.texts("queue")
    set_now = sum(1 for name in _FIELDS if st.session_state.get(_key(name)))
    title = texts["limited"].format(count=set_now) if set_now else texts["filters"]
    with st.expander(title, expanded=bool(set_now), icon=":material/filter_alt:", type="compact", key="queue-limits"):
        with st.container(horizontal=True, gap="small"):
            st.text_input(texts["text"], key=_key("text"), width=280, **_kept())
            st.text_input(texts["user"], key=_key("user"), width=160, **_kept())
            _choice("verdict", _VERDICTS, lambda code: words.label("verdicts", code), words)
            _choice("document", known.documents, lambda each: _title(each, at), words, width=300)
            _choice("provision", known.provisions, str, words)
            _choice("kind", known.kinds, lambda code: words.label("values", code), words, width=240)
            for name in ("since", "until"):
                st.date_input(texts[name], value=None, key=_key(name), format="DD.MM.YYYY", width=150, **_kept())
        st.button(texts["clear"], on_click=_clear, type="tertiary", icon=":material/close:", disabled=not set_now)


def _kept() -> dict[str, Any]:
    return {"on_change": _begin, "persist_state": "session"}


def _choice(name: str, options: Any, shown: Any, words: Wording, width: int = 200) -> None:
    texts = words.texts("queue")
    st.selectbox(
        texts[name],
        options,
        index=None,
        key=_key(name),
        format_func=shown,
        placeholder=texts["any"],
        width=width,
        **_kept(),
    )


def _title(source_id: str, at: Workplace) -> str:
    source = at.desk.documents.sources.get(source_id)
    return source.title if source else source_id


def _rows(page: Page, words: Wording) -> None:
    texts = words.texts("queue")
    if not page.rows:
        limited = any(st.session_state.get(_key(name)) for name in _FIELDS)
        st.html(f'<p class="fa-nothing">{escape(texts["none_limited" if limited else "none_here"])}</p>')
        return
    with st.container(key="fa-rows", gap=None):
        for row in page.rows:
            with st.container(horizontal=True, key=f"fa-row-{row.number}", vertical_alignment="center", gap="small"):
                question = texts["purged"] if row.question is None else row.question
                st.button(
                    markdown_safe(question),
                    key=f"open-{row.number}",
                    on_click=open_case,
                    args=(row.number,),
                    type="tertiary",
                )
                st.html(_facts_html(row, words))


def _facts_html(row: Row, words: Wording) -> str:
    """What is to be known of a case before it is opened."""
    texts = words.texts("queue")
    signs = [state_html(row.state, words)] if row.state != "new" else []
    signs += [flag_html(texts["flags"].format(count=row.flagged))] if row.flagged else []
    if row.strength is not None and row.strength < LOW_EVIDENCE and row.verdict != "ikke_besvaret":
        signs.append(f'<span class="fa-chip">{escape(texts["weak"])}</span>')
    signs += [f'<span class="fa-chip">{escape(texts["served"])}</span>'] if row.served else []
    return (
        f'<div class="fa-facts">{verdict_html(row.verdict, words)}<span class="fa-signs">{"".join(signs)}</span>'
        f'<span class="fa-when"><b>{row.number}</b> · {escape(words.moment(row.at))}<br>{escape(row.user)}</span></div>'
    )


def _start(page: Page, words: Wording) -> None:
    """The way into the first case by keyboard."""
    st.button(
        words.texts("queue")["start"],
        key="queue-start",
        on_click=open_case,
        args=(page.rows[0].number if page.rows else 0,),
        shortcut="O",
        disabled=not page.rows,
    )


def _paging(page: Page, words: Wording) -> None:
    texts = words.texts("queue")
    if not (page.newer or page.older):
        return
    with st.container(horizontal=True, key="fa-paging"):
        st.button(
            texts["newer"],
            key="queue-newer",
            on_click=_page,
            args=(page.newer,),
            shortcut="Left",
            disabled=not page.newer,
            icon=":material/chevron_left:",
        )
        st.button(
            texts["older"],
            key="queue-older",
            on_click=_page,
            args=(page.older,),
            shortcut="Right",
            disabled=not page.older,
            icon=":material/chevron_right:",
            icon_position="right",
        )


def _page(before: int) -> None:
    st.session_state[_BEFORE] = before


def _begin() -> None:
    """Another tab or filter begins with its newest case."""
    st.session_state[_BEFORE] = 0


def _clear() -> None:
    for name in _FIELDS:
        st.session_state[_key(name)] = "" if name in ("user", "text") else None
    _begin()


def _key(name: str) -> str:
    return f"queue-{name}"
