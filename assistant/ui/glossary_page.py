"""The glossary: abbreviations and terms, their quotes, what they are not, and the way to the rules on them."""

from __future__ import annotations

import streamlit as st

from assistant.engine import glossary_of
from assistant.errors import AssistantError
from assistant.learning.glance.glossary import Term, on, sought, terms
from assistant.library import Library
from assistant.rights import Person, require
from assistant.ui import beside, links, opening, paging, session
from assistant.ui.cards import failure_html, meta
from assistant.ui.library import reading
from assistant.ui.reading import document_html, escape
from assistant.ui.session import Opener
from assistant.ui.wording import Wording

_SEARCH, _EVERYDAY, _LIST = "ord", "glossary-everyday", "glossary"
_SIZE = 20
_LONGEST = 100  # characters of a search that are read


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "learn")
    words = session.words()
    opening.heading("ordliste", words)
    engine = opening.engine(opener, words)
    if engine is None:
        return
    at = reading(engine)
    if at is None:
        st.html(f'<p class="fa-note" role="status">{escape(words.texts("rules")["no_library"])}</p>')
        return
    library = at.library()
    try:
        known = terms(glossary_of(at.settings), library)
    except AssistantError as exc:
        st.html(failure_html(words.texts("glossary")["failed"], str(exc)))
        return
    beside.layout(library, lambda name: beside.of_rule(name, library), lambda: _list(known, library, words), words)


def _list(known: tuple[Term, ...], library: Library, words: Wording) -> None:
    texts = words.texts("glossary")
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["lead"])}</p>')
    text = st.text_input(
        texts["search"],
        key=_SEARCH,
        placeholder=texts["search_hint"],
        icon=":material/search:",
        on_change=_restart,
        bind="query-params",
    )
    wanted = (text or "").strip()[:_LONGEST]
    if not wanted:
        st.toggle(texts["everyday"], key=_EVERYDAY, on_change=_restart, persist_state="page")
    found = sought(known, wanted, everyday=bool(st.session_state.get(_EVERYDAY)))
    if not found:
        st.html(f'<p class="fa-nothing" role="status">{escape(texts["none"])}</p>')
        links.link("regler", texts["none_rules"], ":material/rule:", soeg=wanted)
        return
    shown, at = paging.part(found, _LIST, _SIZE)
    st.html(f'<p class="fa-meta fa-alone" role="status">{escape(paging.told(at, words, "glossary"))}</p>')
    with st.container(key="fa-terms", gap="small"):
        for place, term in enumerate(shown, start=at.first):
            _term(place, term, library, words)
    paging.buttons(at, _LIST, _SIZE, words)


def _term(place: int, term: Term, library: Library, words: Wording) -> None:
    texts = words.texts("glossary")
    with st.container(border=True, key=f"fa-term-{place}", gap="xsmall"):
        st.html(_term_html(term, words))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if term.quote:
                beside.button(term.quote.row.id, f"term-{place}", words)
            count = on(term.search, library)
            if count:
                title = texts["rules_one" if count == 1 else "rules"].format(count=count)
                links.link("regler", title, ":material/rule:", soeg=term.search)
            else:
                st.html(f'<p class="fa-meta fa-alone">{escape(texts["no_rules"])}</p>')


def _term_html(term: Term, words: Wording) -> str:
    texts = words.texts("glossary")
    shorts = "".join(f'<abbr class="fa-short">{escape(short)}</abbr>' for short in term.shorts)
    rows = [
        (texts["not_same"], term.note, "fa-not"),
        (texts["alike"], ", ".join(term.alike), ""),
        (texts["numbers"], "; ".join(term.numbers), ""),
        (texts["also"], ", ".join(term.synonyms), ""),
        (texts["english"], ", ".join(term.english) if words.language == "en" else "", ""),
    ]
    listed = "".join(
        f'<dt>{escape(name)}</dt><dd class="{style}">{escape(value)}</dd>' for name, value, style in rows if value
    )
    return (
        f'<article class="fa-term"><h3 lang="da">{shorts}<span>{escape(term.name)}</span></h3>'
        f"{_quote_html(term, words)}<dl>{listed}</dl></article>"
    )


def _quote_html(term: Term, words: Wording) -> str:
    texts = words.texts("glossary")
    if term.quote is None:
        return f'<p class="fa-meta fa-alone">{escape(texts["unused"])}</p>'
    how = texts[term.quote.how].format(word=term.quote.word)
    citation = term.quote.citation
    return (
        f'<p class="fa-rule-label">{escape(how)}</p>'
        f'<blockquote class="fa-reading" lang="da">{document_html(citation.quote)}</blockquote>'
        f'<p class="fa-rule-facts">{escape(citation.title)} · {escape(meta(citation, words, with_network=True))}</p>'
    )


def _restart() -> None:
    paging.restart(_LIST)
