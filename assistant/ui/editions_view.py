"""Two editions of a document side by side."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from assistant.changes import Placed
from assistant.learning.glance.beside import Beside, Line, State, families, words_of
from assistant.learning.glance.beside import beside as compare
from assistant.library import Library
from assistant.models import Edition
from assistant.ui import beside
from assistant.ui.case_events import compared
from assistant.ui.reading import escape
from assistant.ui.rule_cards import badge_html, edition_name
from assistant.ui.wording import Wording

_STATES: tuple[State, ...] = ("added", "dropped", "reworded", "same")
_FIRST_SHOWN = _STATES[:3]
_SIGNS = {"added": "+", "dropped": "−", "reworded": "≈", "same": "="}


def show(library: Library, words: Wording) -> None:
    """Draw the view."""
    texts = words.texts("editions")
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["lead"])}</p>')
    chosen = _chosen(library, words)
    if chosen is None:
        return
    old, new = chosen
    found = compare(old, new, library)
    _provisions(found, words)
    counts = Counter(line.state for line in found.lines)
    states = st.pills(
        texts["show"],
        _STATES,
        selection_mode="multi",
        default=_FIRST_SHOWN,
        key="editions-states",
        wrap=True,
        format_func=lambda state: f"{_SIGNS[state]} {texts[state]} **{counts[state]}**",
    )
    lines = [(place, line) for place, line in enumerate(found.lines) if line.state in states]
    if not lines:
        st.html(f'<p class="fa-nothing" role="status">{escape(texts["nothing"])}</p>')
        return
    with st.container(key="fa-editions", gap=None):
        st.html(
            '<div class="fa-lines fa-lines-head" aria-hidden="true">'
            f"<span>{escape(edition_name(old, words))}</span><span>{escape(edition_name(new, words))}</span></div>"
        )
        for place, line in lines:
            _line(place, line, found, words)


def _chosen(library: Library, words: Wording) -> tuple[Edition, Edition] | None:
    """The two editions to compare: of the first document that has several, the two newest, until others are chosen."""
    texts, known = words.texts("editions"), families(library)
    if not known:
        st.html(f'<p class="fa-nothing" role="status">{escape(texts["none"])}</p>')
        return None
    family = known[0]
    if len(known) > 1:
        kinds = [each[0].kind for each in known]
        kind = st.selectbox(
            texts["document"], kinds, key="editions-kind", format_func=lambda code: words.label("kinds", code)
        )
        family = known[kinds.index(kind)]
    if len(family) == 2:
        return family[0], family[1]
    return _pair(family, library, words)


def _pair(family: tuple[Edition, ...], library: Library, words: Wording) -> tuple[Edition, Edition] | None:
    texts = words.texts("editions")

    def name(edition: Edition) -> str:
        return f"{edition_name(edition, words)} · {library.sources[edition.source_id].title}"

    with st.container(horizontal=True):
        old = st.selectbox(texts["old"], family, index=len(family) - 2, key=f"old-{family[0].kind}", format_func=name)
        new = st.selectbox(texts["new"], family, index=len(family) - 1, key=f"new-{family[0].kind}", format_func=name)
    if old == new:
        st.html(f'<p class="fa-note" role="status">{escape(texts["same_chosen"])}</p>')
        return None
    first, second = sorted((old, new))
    return first, second


def _provisions(found: Beside, words: Wording) -> None:
    """The provisions that only one of the editions frees from."""
    texts = words.texts("editions")
    old, new = edition_name(found.old, words), edition_name(found.new, words)
    parts = []
    for key, names in (("gained", found.gained), ("lost", found.lost)):
        listed = "; ".join(names) or texts["no_provisions"]
        title = texts[key].format(old=old, new=new)
        parts.append(f'<dt>{escape(title)}</dt><dd lang="da">{escape(listed)}</dd>')
    st.html(f'<dl class="fa-only">{"".join(parts)}</dl>')


def _line(place: int, line: Line, found: Beside, words: Wording) -> None:
    texts = words.texts("editions")
    before, after = _texts(line)
    state = f'<span class="fa-chip fa-line-{line.state}">{_SIGNS[line.state]} {escape(texts[line.state])}</span>'
    if line.turned and line.before and line.after:
        turned = texts["turned"].format(
            old=words.label("rule_effects", line.before.statement.effect),
            new=words.label("rule_effects", line.after.statement.effect),
        )
        state += f' <span class="fa-chip fa-flag">{escape(turned)}</span>'
    with st.container(key=f"fa-line-{place}", gap=None):
        st.html(
            f'<article class="fa-line"><p class="fa-line-state">{state}</p><div class="fa-lines">'
            f"{_side_html(line.before, before, found.old, words)}{_side_html(line.after, after, found.new, words)}"
            "</div></article>"
        )
        with st.container(horizontal=True, gap="small"):
            for side, placed, edition in (("old", line.before, found.old), ("new", line.after, found.new)):
                if placed:
                    label = f"{words.texts('rules')['open']} ({words.date(edition.date)})"
                    beside.button(placed.statement.id, f"{place}-{side}", words, label)


def _texts(line: Line) -> tuple[str, str]:
    """Both sides as HTML; where the words differ, those that only one of them has are marked."""
    before, after = (words_of(each) if each else "" for each in (line.before, line.after))
    if line.state == "reworded":
        return compared(before, after)
    return escape(before), escape(after)


def _side_html(placed: Placed | None, said: str, edition: Edition, words: Wording) -> str:
    name = escape(edition_name(edition, words))
    if placed is None:
        gone = escape(words.texts("editions")["not_here"].format(edition=edition_name(edition, words)))
        return (
            f'<div class="fa-line-side fa-empty"><p class="fa-line-name">{name}</p><p class="fa-meta">{gone}</p></div>'
        )
    heading = placed.passage.heading_path[-1] if placed.passage.heading_path else ""
    section = words.texts("editions")["section"].format(section=heading) if heading else ""
    return (
        f'<div class="fa-line-side"><p class="fa-line-name">{name}</p><p class="fa-line-text" lang="da">{said}</p>'
        f"{badge_html(placed.statement.effect, words)}"
        f'<p class="fa-rule-facts">{escape(section)}</p></div>'
    )
