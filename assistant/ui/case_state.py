"""What the page of a case remembers between two runs: what is beside the answer, and what is being decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import streamlit as st

from assistant.answer_json import answer_from_json
from assistant.models import Answer, Citation
from assistant.record.case import CaseFile
from assistant.record.correcting import Picked, kept_notices

Panel = Literal["document", "found", "explanation", "course"]
PANELS: tuple[Panel, ...] = get_args(Panel)
Mode = Literal["", "approve", "correct", "reject", "comment", "confirm", "send_back"]
_PANEL = "case-panel"


class Place(NamedTuple):
    """A stretch of a document to be shown; an empty one where it no longer stands there."""

    source_id: str
    start: int
    end: int


class Basis(NamedTuple):
    """The answer that a decision is about, what it is called on the page, and whether the asker got another one."""

    title: str
    answer: Answer
    differs: bool


def basis(found: CaseFile) -> Basis | None:
    """The newest answer of the case: proposed, decided, or the one that was given. None once the texts are deleted."""
    decided = [each for each in found.decisions if each.body.get("answer")]
    if not decided:
        return Basis("approved_answer", found.answer, differs=False) if found.answer else None
    last = decided[-1]
    corrected = last.facts["outcome"] == "correct"
    title = "proposed_answer" if found.proposal else "corrected_answer" if corrected else "approved_answer"
    return Basis(title, answer_from_json(last.body["answer"]), differs=corrected)


def mode(number: int) -> Mode:
    """What is being decided about a case."""
    chosen: Mode = st.session_state.get(f"mode-{number}", "")
    return chosen


def choose(number: int, chosen: Mode) -> None:
    """Begin or drop a decision."""
    st.session_state[f"mode-{number}"] = chosen


def panel() -> Panel:
    """What is shown beside the answer."""
    chosen: Panel = st.session_state.get(_PANEL, "document")
    return chosen


def show_panel(chosen: Panel) -> None:
    """Show something else beside the answer."""
    st.session_state[_PANEL] = chosen


def place(number: int, citations: Sequence[Citation]) -> Place | None:
    """The stretch of a document that is shown: the one that was chosen, else the first quote."""
    chosen: Place | None = st.session_state.get(f"place-{number}")
    if chosen is not None or not citations:
        return chosen
    return place_of_quote(citations[0])


def place_of_quote(citation: Citation) -> Place:
    return Place(citation.source_id, citation.start, citation.end)


def show_place(number: int, chosen: Place) -> None:
    """Show a stretch of a document."""
    st.session_state[f"place-{number}"] = chosen
    show_panel("document")


def begin_correction(number: int, answer: Answer) -> None:
    """Begin with the answer as it is."""
    kept = st.session_state
    kept[f"fix-quotes-{number}"] = [Picked(each.n, each.source_id, each.quote, each.start) for each in answer.citations]
    kept[f"fix-verdict-{number}"] = answer.verdict
    kept[f"fix-text-{number}"] = answer.answer
    kept[f"fix-conditions-{number}"] = "\n".join(answer.conditions)
    kept[f"fix-notices-{number}"] = list(kept_notices(answer))
    kept[f"fix-reason-{number}"] = ""
    for each in kept[f"fix-quotes-{number}"]:
        kept[words_key(number, each.n)] = each.words
    choose(number, "correct")


def quotes(number: int) -> list[Picked]:
    """The quotes of the correction that is being written."""
    found: list[Picked] = st.session_state.get(f"fix-quotes-{number}", [])
    return found


def cite(number: int, answer: Answer, source_id: str, words: str, near: int) -> int:
    """Add a quote to the correction, which begins if none was being written; the number that it got."""
    if mode(number) != "correct":
        begin_correction(number, answer)
    known = quotes(number)
    n = max((each.n for each in known), default=0) + 1
    st.session_state[f"fix-quotes-{number}"] = [*known, Picked(n, source_id, words, near)]
    st.session_state[words_key(number, n)] = words
    return n


def drop_quote(number: int, n: int) -> None:
    """Take a quote out of the correction."""
    st.session_state[f"fix-quotes-{number}"] = [each for each in quotes(number) if each.n != n]


def words_key(number: int, n: int) -> str:
    return f"fix-words-{number}-{n}"
