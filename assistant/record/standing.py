"""Whether a quote still stands in its document, word for word, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, Protocol

from assistant.citing import whole
from assistant.models import Answer, Citation, Passage, Source, Span


class Documents(Protocol):
    """The documents as they are now (assistant/store.py)."""

    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def passages(self) -> Mapping[str, Passage]: ...
    def source_text(self, source_id: str) -> str: ...


Found = Literal["here", "elsewhere", "gone", "no_source"]


class Standing(NamedTuple):
    """A citation as its document has it now: at the same place, elsewhere (then with its new place), or not at all."""

    citation: Citation
    found: Found


def standing(citation: Citation, documents: Documents) -> Standing:
    """Where the quote stands now, with its surroundings as they are now; of several places the nearest to the old."""
    source = documents.sources.get(citation.source_id)
    if source is None:
        return Standing(citation, "no_source")
    text = documents.source_text(source.id)
    span = Span(citation.start, citation.end)
    if text[span.start : span.end] == citation.quote:
        return Standing(_as_now(citation, span, source, documents), "here")
    starts = [found.start() for found in re.finditer(re.escape(citation.quote), text)] if citation.quote else []
    if not starts:
        return Standing(citation, "gone")
    start = min(starts, key=lambda place: abs(place - citation.start))
    moved = Span(start, start + len(citation.quote))
    return Standing(_as_now(citation, moved, source, documents), "elsewhere")


def found_again(answer: Answer, documents: Documents) -> Answer:
    """The answer with each quote as its document has it now; a quote that no longer stands is as it was."""
    return replace(answer, citations=tuple(standing(each, documents).citation for each in answer.citations))


def place_of(words: str, text: str, near: int = 0) -> Span | None:
    """Where the words stand in a text, white space aside; of several places the one nearest to `near`."""
    pieces = [re.escape(piece) for piece in words.split()]
    found = [match.span() for match in re.finditer(r"\s+".join(pieces), text)] if pieces else []
    return Span(*min(found, key=lambda place: abs(place[0] - near))) if found else None


def passage_at(source_id: str, span: Span, documents: Documents) -> Passage | None:
    """The passage that a stretch of a document lies in; None where it lies in none, or goes across several."""
    around = [
        passage
        for passage in documents.passages.values()
        if passage.source_id == source_id and _hull(passage).start <= span.start and span.end <= _hull(passage).end
    ]
    return min(around, key=lambda passage: _hull(passage).end - _hull(passage).start, default=None)


def _hull(passage: Passage) -> Span:
    return Span(min(span.start for span in passage.spans), max(span.end for span in passage.spans))


def _as_now(citation: Citation, span: Span, source: Source, documents: Documents) -> Citation:
    """The citation at its place now, with the heading, date and surroundings that it has there."""
    passage = passage_at(source.id, span, documents)
    moved = replace(citation, start=span.start, end=span.end, title=source.title)
    return placed(moved, passage, documents) if passage else moved


def placed(citation: Citation, passage: Passage, documents: Documents) -> Citation:
    """The citation with what it takes from the passage that it lies in."""
    return replace(
        citation,
        kind=passage.kind_of_source,
        date=passage.date,
        section=" › ".join(passage.heading_path),
        page=passage.page,
        passage=whole(passage, documents.source_text(citation.source_id)),
    )
