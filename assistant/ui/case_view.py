"""A case on the page: on the left the question and the answer, on the right what it rests on, below the decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.models import Answer, Citation
from assistant.record.case import CaseFile, Said, case
from assistant.record.projecting import UNDECIDED
from assistant.record.queue import Neighbours, neighbours
from assistant.record.standing import Standing, standing
from assistant.rights import Person
from assistant.ui import case_side, case_state, correction_view, decision_view, queue_view
from assistant.ui.badges import state_html
from assistant.ui.cards import meta, notices_html, quote_html, verdict_html
from assistant.ui.case_events import said_html, suspension_html
from assistant.ui.case_state import Basis, place_of_quote
from assistant.ui.reading import escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace


def show(number: int, person: Person, at: Workplace, words: Wording) -> None:
    """Draw the case. Raises ReviewError where there is none."""
    found = case(at.record, person, number, at.desk.documents)
    basis = case_state.basis(found)
    quotes = tuple(standing(each, at.desk.documents) for each in basis.answer.citations) if basis else ()
    decision_view.show(found, basis, person, at, words)  # first, so that its keys work while the rest is drawn
    with st.container(key="fa-case", gap="small"):
        _bar(found, neighbours(at.record, person, queue_view.filters(), number), words)
        _remarks(found, person, words)
        left, right = st.columns([1, 1], gap="medium")
        with left, st.container(key="fa-case-left", gap="small"):
            _question(found, words)
            if basis and case_state.mode(number) == "correct":
                correction_view.show(number, basis.answer, at, words)
            elif basis:
                _answer(found, basis, quotes, words)
        with right, st.container(key="fa-case-right", gap="small"):
            case_side.show(found, basis, quotes, person, at, words)


def _bar(found: CaseFile, beside: Neighbours, words: Wording) -> None:
    texts = words.texts("case")
    with st.container(horizontal=True, vertical_alignment="center", key="fa-case-bar", gap="small"):
        st.button(texts["list"], on_click=queue_view.close, shortcut="L", icon=":material/list:", key="case-list")
        st.button(
            texts["newer"],
            key="case-newer",
            on_click=queue_view.open_case,
            args=(beside.newer,),
            shortcut="K",
            disabled=not beside.newer,
        )
        st.button(
            texts["older"],
            key="case-older",
            on_click=queue_view.open_case,
            args=(beside.older,),
            shortcut="J",
            disabled=not beside.older,
        )
        tab = words.label("tabs", queue_view.filters().tab)
        place = texts["place"].format(place=beside.place, total=beside.total) if beside.within else str(beside.total)
        st.html(
            f'<div class="fa-case-title"><h2>{escape(texts["heading"].format(number=found.number))}</h2>'
            f"{state_html(found.state, words)}<span>{escape(words.moment(found.at))} · "
            f"{escape(texts['asked_by'].format(user=found.user, role=found.role))}</span>"
            f"<span>{escape(tab)}: {escape(place)}</span></div>"
        )


def _remarks(found: CaseFile, person: Person, words: Wording) -> None:
    """What must be seen before the answer is read."""
    texts = words.texts("case")
    if found.purged:
        st.html(f'<p class="fa-note" role="note">{escape(texts["purged"])}</p>')
    if found.served_from:
        st.html(f'<p class="fa-note" role="note">{escape(texts["served_from"].format(number=found.served_from))}</p>')
        st.button(
            texts["open_origin"].format(number=found.served_from),
            on_click=queue_view.open_case,
            args=(found.served_from,),
        )
    if found.user == person.user:
        st.html(f'<p class="fa-note fa-quiet" role="note">{escape(texts["own"])}</p>')
    for each in _unsettled(found):
        st.html(suspension_html(each, words) if each.kind == "suspension" else said_html(each, words))


def _unsettled(found: CaseFile) -> Sequence[Said]:
    """What bears on the next decision: reports that none has answered, what the sources have become since the last one,
    and the proposal or refusal that stands last."""
    newest = found.decisions[-1] if found.decisions else None
    settled = [each.number for each in found.decisions if each.facts["state"] not in UNDECIDED]
    return [
        each
        for each in found.said
        if (each.kind == "suspension" and each.number > (newest.number if newest else 0))
        or (each.kind == "feedback" and not each.facts["helpful"] and each.number > max(settled, default=0))
        or (each is newest and each.facts["state"] in UNDECIDED)
    ]


def _question(found: CaseFile, words: Wording) -> None:
    if not found.question:
        return
    texts = words.texts("case")
    earlier = "".join(f"<li>{escape(each)}</li>" for each in found.history)
    history = f'<p class="fa-small">{escape(texts["history"])}</p><ul>{earlier}</ul>' if earlier else ""
    limits = [texts["network"].format(network=found.network)] if found.network else []
    limits += [texts["as_of"].format(date=words.date(found.as_of))] if found.as_of else []
    st.html(
        f'<section class="fa-asked"><h3 class="fa-small">{escape(texts["question"])}</h3>{history}'
        f'<p class="fa-asked-words">{escape(found.question)}</p><p class="fa-meta">{escape(" · ".join(limits))}</p>'
        f"</section>"
    )


def _answer(found: CaseFile, basis: Basis, quotes: Sequence[Standing], words: Wording) -> None:
    texts = words.texts("case")
    answer = basis.answer
    st.html(f'<h3 class="fa-small">{escape(texts[basis.title])}</h3>')
    st.html(verdict_html(answer, "citat", words))
    if answer.notices:
        st.html(notices_html(answer.notices, answer.language, words))
    _quotes(found, quotes, words)
    if basis.differs and found.answer:
        with st.expander(texts["shown_answer"], type="compact"):
            _plainly(found.answer, words)


def _quotes(found: CaseFile, quotes: Sequence[Standing], words: Wording) -> None:
    texts = words.texts("case")
    if not quotes:
        return
    st.html(f'<h3 class="fa-small">{escape(texts["quotes"])}</h3>')
    shown = case_state.place(found.number, [each.citation for each in quotes])
    for each in quotes:
        citation = each.citation
        here = place_of_quote(citation) == shown and case_state.panel() == "document"
        with st.container(border=True, key=f"fa-card-{found.number}-{citation.n}", gap="xsmall"):
            st.html(quote_html(citation, "citat", here, meta(citation, words, with_network=False)))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    texts["in_view" if here else "in_document"],
                    key=f"place-{found.number}-{citation.n}",
                    on_click=case_state.show_place,
                    args=(found.number, place_of_quote(citation)),
                    type="tertiary",
                    icon=":material/article:",
                    disabled=here or each.found == "no_source",
                )
                st.html(_standing_html(each, words))


def _standing_html(each: Standing, words: Wording) -> str:
    sign, tone = ("✓", "good") if each.found in ("here", "elsewhere") else ("✕", "bad")
    text = escape(words.texts("case")[f"quote_{each.found}"])
    return f'<span class="fa-standing fa-{tone}"><span aria-hidden="true">{sign}</span> {text}</span>'


def _plainly(answer: Answer, words: Wording) -> None:
    """An answer with its quotes, to be compared and no more."""
    st.html(verdict_html(answer, "givet", words))
    if answer.citations:
        st.html("".join(_listed(each, words) for each in answer.citations))


def _listed(citation: Citation, words: Wording) -> str:
    return quote_html(citation, "givet", False, meta(citation, words, with_network=False))
