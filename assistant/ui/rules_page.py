"""The rules at a glance: every statement of the documents as a table, and the editions side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from assistant.learning.glance.rows import Row, ended, rows
from assistant.learning.glance.seeking import Found, Wanted, read, seek
from assistant.library import Library
from assistant.provision_laws import full_name
from assistant.provisions import label
from assistant.rights import Person, require
from assistant.ui import beside, editions_view, opening, paging, rule_tables, session
from assistant.ui.library import reading
from assistant.ui.reading import escape
from assistant.ui.rule_cards import SIGNS, head_html, row_html
from assistant.ui.session import Opener
from assistant.ui.wording import Wording

_SEARCH, _VIEW, _LIST = "soeg", "rules-view", "rules"
_FIELDS = ("document", "kind", "law")
_ALL, _EDITIONS = "view_rules", "view_editions"
_SIZE = 25
_LONGEST = 200  # characters of a search that are read
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "learn")
    words = session.words()
    texts = words.texts("rules")
    opening.heading("regler", words)
    engine = opening.engine(opener, words)
    if engine is None:
        return
    at = reading(engine)
    if at is None:
        st.html(f'<p class="fa-note" role="status">{escape(texts["no_library"])}</p>')
        return
    library = at.library()
    chosen = _view(words)
    draw = editions_view.show if chosen == _EDITIONS else _rules
    beside.layout(library, lambda name: beside.of_rule(name, library), lambda: draw(library, words), words)


def _view(words: Wording) -> str:
    texts = words.texts("rules")
    chosen = st.segmented_control(
        texts["view"],
        (_ALL, _EDITIONS),
        key=_VIEW,
        default=None if _VIEW in st.session_state else _ALL,
        required=True,
        format_func=lambda key: texts[key],
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or _ALL


def _rules(library: Library, words: Wording) -> None:
    texts = words.texts("rules")
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["lead"])}</p>')
    last = ended(library)
    if last and last < date.today().isoformat():
        st.html(f'<p class="fa-note" role="note">{escape(texts["ended"].format(date=words.date(last)))}</p>')
    wanted = _wanted(library, words)
    found = seek(wanted, library)
    _effects(found, words)
    _rest(found, words)
    _table(found, wanted, library, words)


def _wanted(library: Library, words: Wording) -> Wanted:
    """What is looked for, from the fields, which it draws."""
    texts = words.texts("rules")
    text = st.text_input(
        texts["search"],
        key=_SEARCH,
        placeholder=texts["search_hint"],
        icon=":material/search:",
        on_change=_restart,
        bind="query-params",
    )
    chosen = {name: frozenset(st.session_state.get(_key(name)) or ()) for name in _FIELDS}
    _limits(sum(map(bool, chosen.values())), library, words)
    return Wanted(
        (text or "").strip()[:_LONGEST],
        frozenset(st.session_state.get(_key("effects")) or ()),
        chosen["document"],
        chosen["kind"],
        chosen["law"],
        bool(st.session_state.get(_key("rest"))),
    )


def _limits(set_now: int, library: Library, words: Wording) -> None:
    """The filters by document, kind and law, folded away while none is set."""
    texts, every = words.texts("rules"), rows(library)
    title = texts["limited"].format(count=set_now) if set_now else texts["filters"]
    documents = {row.source.id: row.source.title for row in every}
    kinds = dict.fromkeys(row.passage.kind_of_source for row in every)
    laws = sorted(dict.fromkeys(law for row in every for law in row.laws))
    with st.expander(title, expanded=bool(set_now), icon=":material/filter_alt:", type="compact", key="rules-limits"):
        _choice("document", list(documents), lambda name: documents.get(name, name), words)
        _choice("kind", list(kinds), lambda code: words.label("kinds", code), words)
        _choice("law", laws, _law, words)
        st.button(texts["clear"], on_click=_clear, type="tertiary", icon=":material/close:", disabled=not set_now)


def _law(key: str) -> str:
    full = full_name(key)
    return key if full == key else f"{key} · {full}"


def _choice(name: str, options: list[str], shown: Callable[[str], str], words: Wording) -> None:
    texts = words.texts("rules")
    st.multiselect(texts[name], options, key=_key(name), format_func=shown, placeholder=texts["any"], **_kept())


def _effects(found: Found, words: Wording) -> None:
    st.pills(
        words.texts("rules")["effects"],
        list(SIGNS),
        selection_mode="multi",
        key=_key("effects"),
        format_func=lambda code: f"{_effect(code, words)} **{found.counts[code]}**",
        wrap=True,
        **_kept(),
    )


def _effect(code: str, words: Wording) -> str:
    """What the filter calls an effect: conditions are found with what is given on them."""
    return words.texts("rules")["on_condition"] if code == "condition" else words.label("rule_effects", code)


def _rest(found: Found, words: Wording) -> None:
    """The switch for what is no rule, and how much of that was found."""
    texts = words.texts("rules")
    if st.session_state.get(_key("effects")):
        return
    st.toggle(texts["rest"], key=_key("rest"), **_kept())
    if found.left_out and not found.rows:
        st.html(f'<p class="fa-note" role="status">{escape(texts["left_out"].format(count=found.left_out))}</p>')


def _table(found: Found, wanted: Wanted, library: Library, words: Wording) -> None:
    texts = words.texts("rules")
    if found.wider:
        asked = _asked(wanted.text, library)
        text = texts[f"wider_{found.wider}"].format(asked=asked)
        st.html(f'<p class="fa-note" role="status">{escape(text)}</p>')
    if not found.rows:
        st.html(f'<p class="fa-nothing" role="status">{escape(_nothing(found, wanted, library, words))}</p>')
        return
    shown, at = paging.part(found.rows, _LIST, _SIZE)
    with st.container(horizontal=True, vertical_alignment="center", key="fa-rules-count"):
        st.html(f'<p class="fa-meta fa-alone" role="status">{escape(paging.told(at, words, "rules"))}</p>')
        _downloads(found.rows, library, words)
    with st.container(key="fa-rules", gap=None):
        st.html(head_html(words))
        for row in shown:
            with st.container(key=f"fa-rule-{row.id}", gap=None):
                st.html(row_html(row, beside.opened() == row.id, words))
                beside.button(row.id, row.id, words)
    paging.buttons(at, _LIST, _SIZE, words)


def _nothing(found: Found, wanted: Wanted, library: Library, words: Wording) -> str:
    texts = words.texts("rules")
    if read(wanted.text, library).mentions and not found.left_out:
        return texts["none_provision"].format(asked=_asked(wanted.text, library))
    return texts["none"]


def _asked(text: str, library: Library) -> str:
    """The provisions of a search as they are written; as they were typed where the law is left open."""
    named = [label(each) for mention in read(text, library).mentions for each in mention.provisions if each.law]
    laws = {name.split(" ")[0] for name in named}
    return ", ".join(named) if len(laws) == 1 and named else text


def _downloads(found: tuple[Row, ...], library: Library, words: Wording) -> None:
    """What is found as files, made when they are asked for."""
    texts = words.texts("rules")
    with st.popover(texts["download"], icon=":material/download:", type="tertiary"):
        st.download_button(
            texts["xlsx"],
            lambda: rule_tables.workbook(found, library, words),
            f"{texts['file']}.xlsx",
            _XLSX,
            key="rules-xlsx",
            on_click="ignore",
        )
        st.download_button(
            texts["csv"],
            lambda: rule_tables.csv_file(found, library, words),
            f"{texts['file']}.csv",
            "text/csv",
            key="rules-csv",
            on_click="ignore",
        )


def _kept() -> dict[str, Any]:
    return {"on_change": _restart, "persist_state": "page"}


def _key(name: str) -> str:
    return f"rules-{name}"


def _restart() -> None:
    paging.restart(_LIST)


def _clear() -> None:
    for name in _FIELDS:
        st.session_state[_key(name)] = []
    _restart()
