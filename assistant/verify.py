"""The last check: every quote stands verbatim in its source, and every mark in the prose has its quote."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.library import Library
from assistant.models import Answer, Citation
from assistant.templates import fill

_MARK = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"[»“](.+?)[«”]((?:\s*\[\d+\])*)")
_MARKUP = re.compile(r"</?\w+[^>]*>|[*_`\\#]|\[\^?\w+\]\([^)]*\)")


def verified(answer: Answer, library: Library) -> Answer:
    """The answer if all that it says stands on its quotes; else silence, with what was wrong in the explanation."""
    faults = faults_in(answer, library)
    if not faults:
        return answer
    return replace(
        answer,
        verdict="ikke_besvaret",
        answer=fill(answer.language, "silent"),
        citations=(),
        conditions=(),
        explanation={**answer.explanation, "rule": "citatkontrol", "faults": faults},
    )


def faults_in(answer: Answer, library: Library) -> list[str]:
    """What does not hold: an altered quote, a mark without a quote, or quoted words that its passage lacks."""
    return faults_against(answer, library.store.source_text)


def faults_against(answer: Answer, source_text: Callable[[str], str]) -> list[str]:
    """The same, where the documents are given by what tells a source's text. KeyError for a source that is none."""
    faults = [
        f"[{c.n}] står ikke i {c.source_id}" for c in answer.citations if not _stands(c, source_text(c.source_id))
    ]
    if answer.verdict != "ikke_besvaret" and not answer.citations:
        faults.append("svaret hviler på intet citat")
    return faults + faults_in_prose(answer)


def faults_in_prose(answer: Answer) -> list[str]:
    """What does not hold in the prose alone: a mark without a quote, or quoted words that its passage lacks."""
    faults: list[str] = []
    known = {citation.n: citation for citation in answer.citations}
    prose = " ".join((answer.answer, *answer.conditions))
    faults += [f"[{mark}] har intet citat" for mark in _MARK.findall(prose) if int(mark) not in known]
    for words, marks in _QUOTED.findall(prose):
        cited = [known[int(mark)] for mark in _MARK.findall(marks) if int(mark) in known]
        together = " ".join(citation.quote for citation in cited)
        passages = [citation.passage for citation in cited]
        if not any(_holds(text, words) for text in (together, *passages)) and not _hangs(words, together, passages):
            faults.append(f"»{words[:60]}« står ikke i det citerede")
    return faults


def _stands(citation: Citation, text: str) -> bool:
    return bool(citation.quote.strip()) and text[citation.start : citation.end] == citation.quote


def _holds(passage: str, words: str) -> bool:
    """Whether the passage holds the words in order, markup and white space aside; "…" is for what is left out."""
    held, place = _bare(passage), 0
    for piece in filter(None, map(_bare, words.split("…"))):
        found = held.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _hangs(words: str, quote: str, passages: list[str]) -> bool:
    """Whether the words are an item under its lead-in: first words of the passage, then the quote from its start."""
    item = _bare(quote)
    pieces = words.removesuffix("…").split()
    return bool(item) and any(
        item.startswith(_bare(" ".join(pieces[cut:])))
        and any(_holds(text, " ".join(pieces[:cut])) for text in passages)
        for cut in range(1, len(pieces))
    )


def _bare(text: str) -> str:
    plain = _MARKUP.sub("", re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text))
    return re.sub(r"[\W_]+", "", plain).lower()
