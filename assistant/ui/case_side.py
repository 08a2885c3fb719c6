"""Beside the answer of a case: the document at the quote, what was found, the explanation, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from assistant.errors import AssistantError
from assistant.models import Hit
from assistant.record.case import CaseFile, Retrieved
from assistant.record.correcting import Picked
from assistant.record.standing import Standing, place_of
from assistant.rights import Person
from assistant.ui import case_state, note_buttons, viewer
from assistant.ui.badges import verdict_html
from assistant.ui.cards import failure_html
from assistant.ui.case_events import said_html, suspension_html
from assistant.ui.case_state import PANELS, Basis, Place
from assistant.ui.explained import explanation_html
from assistant.ui.reading import document_html, escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace, note


class Passage(NamedTuple):
    """A passage to look at and to cite: where it stood, its words, and what is said beside its title."""

    source_id: str
    start: int
    raw: str
    pieces: tuple[str, ...]
    where: str
    sign: str


def show(
    found: CaseFile, basis: Basis | None, quotes: Sequence[Standing], person: Person, at: Workplace, words: Wording
) -> None:
    """Draw the chosen panel under the row of buttons that choose it."""
    _choice(found, words)
    match case_state.panel():
        case "document":
            _document(case_state.place(found.number, [each.citation for each in quotes]), at, words)
        case "found":
            _found(found, basis, at, words)
        case "explanation":
            _explanation(found, person, words)
        case "course":
            _course(found, words)


def _choice(found: CaseFile, words: Wording) -> None:
    texts = words.texts("case")
    chosen = case_state.panel()
    counted = {"found": len(found.retrieved), "course": len(found.said)}
    with st.container(horizontal=True, gap="xsmall", key="fa-panels"):
        for place, name in enumerate(PANELS, start=1):
            count = f" ({counted[name]})" if counted.get(name) else ""
            st.button(
                f"{texts[name]}{count}",
                key=f"panel-{name}",
                on_click=case_state.show_panel,
                args=(name,),
                shortcut=str(place),
                type="primary" if name == chosen else "secondary",
            )


def _document(place: Place | None, at: Workplace, words: Wording) -> None:
    """The document, scrolled to the marked words."""
    texts = words.texts("case")
    if place is None:
        st.html(f'<p class="fa-nothing">{escape(texts["no_document"])}</p>')
        return
    source = at.desk.documents.sources.get(place.source_id)
    if source is None:
        st.html(f'<p class="fa-note" role="alert">{escape(texts["gone_document"])}</p>')
        return
    facts = " · ".join(filter(None, (words.label("kinds", source.kind), words.date(source.date), source.issuer)))
    st.html(f'<div class="fa-source"><h2>{escape(source.title)}</h2><p class="fa-meta">{escape(facts)}</p></div>')
    if place.end <= place.start:
        st.html(f'<p class="fa-note" role="alert">{escape(texts["passage_moved"])}</p>')
    body = document_html(at.desk.documents.source_text(source.id), place.start, place.end)
    viewer.document(body, f"{source.id}:{place.start}:{place.end}", source.title)


def _found(found: CaseFile, basis: Basis | None, at: Workplace, words: Wording) -> None:
    """What was found for the question, used or not, or what a search finds now; each can be read in its document."""
    texts = words.texts("case")
    query = st.text_input(
        texts["search"], key=f"search-{found.number}", placeholder=texts["search_hint"], icon=":material/search:"
    )
    if query and query.strip():
        title, passages = _searched(query.strip(), at, words)
    else:
        title, passages = texts["retrieved"], [_retrieved(each, at, words) for each in found.retrieved]
    st.html(f'<h3 class="fa-small">{escape(title)}</h3>')
    with st.container(key="fa-found", gap="small"):
        for passage in passages:
            _passage(f"{found.number}-{passage.source_id}-{passage.start}", found, basis, passage, at, words)


def _searched(query: str, at: Workplace, words: Wording) -> tuple[str, list[Passage]]:
    texts = words.texts("case")
    try:
        hits = at.search(query)
    except AssistantError as exc:
        st.html(failure_html(words["not_done"], str(exc)))
        return "", []
    return texts["hits" if hits else "no_hits"].format(query=query), [_hit(each, at, words) for each in hits]


def _hit(hit: Hit, at: Workplace, words: Wording) -> Passage:
    passage = hit.passage
    text = at.desk.documents.source_text(passage.source_id)
    pieces = tuple(text[span.start : span.end] for span in passage.spans)
    where = _where(at, words, passage.source_id, " › ".join(passage.heading_path), passage.page)
    sign = words.texts("case")["score"].format(score=round(hit.score, 3))
    return Passage(passage.source_id, passage.spans[0].start, passage.raw, pieces, where, escape(sign))


def _retrieved(each: Retrieved, at: Workplace, words: Wording) -> Passage:
    texts = words.texts("case")
    used = f'<b class="fa-good">✓ {escape(texts["used"])}</b>' if each.used else escape(texts["unused"])
    score = escape(texts["score"].format(score=each.score))
    where = _where(at, words, each.source_id, each.section, each.page)
    pieces = tuple(each.raw.split("\n\n"))
    return Passage(each.source_id, each.spans[0].start, each.raw, pieces, where, f"{used} · {score}")


def _where(at: Workplace, words: Wording, source_id: str, section: str, page: int | None) -> str:
    source = at.desk.documents.sources.get(source_id)
    facts = [source.title if source else source_id, section, words["page"].format(page=page) if page else ""]
    return " · ".join(filter(None, facts))


def _passage(key: str, found: CaseFile, basis: Basis | None, passage: Passage, at: Workplace, words: Wording) -> None:
    texts = words.texts("case")
    place, quote = _located(passage, at)
    with st.container(border=True, key=f"fa-passage-{key}", gap="xsmall"):
        st.html(
            f'<div class="fa-passage"><p class="fa-title">{escape(passage.where)}</p>'
            f'<p class="fa-meta">{passage.sign}</p>'
            f'<blockquote class="fa-reading" lang="da">{document_html(passage.raw)}</blockquote></div>'
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                texts["show_passage"],
                key=f"show-{key}",
                on_click=case_state.show_place,
                args=(found.number, place),
                type="tertiary",
                icon=":material/article:",
            )
            if basis and quote and not found.served_from:
                st.button(
                    texts["cite"],
                    key=f"cite-{key}",
                    on_click=_cite,
                    args=(found.number, basis, Picked(0, passage.source_id, quote, place.start), words),
                    type="tertiary",
                    icon=":material/format_quote:",
                )


def _cite(number: int, basis: Basis, picked: Picked, words: Wording) -> None:
    n = case_state.cite(number, basis.answer, picked.source_id, picked.words, picked.near)
    note(words.texts("correct")["added"].format(n=n), f"case-{number}")


def _located(passage: Passage, at: Workplace) -> tuple[Place, str]:
    """Where a passage stands now, and what of it can be quoted in one piece; no words where it stands no longer."""
    documents = at.desk.documents
    if passage.source_id not in documents.sources:
        return Place(passage.source_id, 0, 0), ""
    text = documents.source_text(passage.source_id)
    for words in (passage.raw, *sorted(passage.pieces, key=len, reverse=True)):
        span = place_of(words, text, passage.start)
        if span:
            return Place(passage.source_id, *span), text[span.start : span.end]
    return Place(passage.source_id, 0, 0), ""


def _explanation(found: CaseFile, person: Person, words: Wording) -> None:
    """How the answer came about, with every version, and where it stands in the record."""
    texts, facts = words.texts("case"), found.facts
    rows = {texts["record"]: str(found.number), texts["hash"]: found.hash}
    if found.purged:
        rows |= {
            texts["rule"]: words.label("values", str(facts["kind"])),
            texts["strength"]: str(facts["strength"] or ""),
        }
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows.items() if value)
    st.html(f'<div class="fa-why"><dl>{listed}</dl></div>')
    if found.answer:
        note_buttons.show(found.answer, person, words)
        st.html(explanation_html(found.answer, words))
    else:
        st.html(verdict_html(str(facts["verdict"]), words))


def _course(found: CaseFile, words: Wording) -> None:
    """Everything that happened, oldest first."""
    if not found.said:
        st.html(f'<p class="fa-nothing">{escape(words.texts("case")["nothing_said"])}</p>')
    for each in found.said:
        st.html(suspension_html(each, words) if each.kind == "suspension" else said_html(each, words))
