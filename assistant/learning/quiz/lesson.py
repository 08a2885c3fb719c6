"""What the quiz needs of a module: its title, its quotes, its worked case and its claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from assistant.learning.quiz.question import Quote, Text
from assistant.models import Span
from assistant.record.standing import Documents, place_of


class Words(NamedTuple):
    """Words that a module quotes, and the document that it quotes them from."""

    source_id: str
    words: str


class Claim(NamedTuple):
    """A statement about the rules, whether it is true, and why."""

    text: Text
    true: bool
    why: Text
    quotes: tuple[Words, ...]


class Worked(NamedTuple):
    """A worked case: a situation, the question it raises, the verdict, and what to notice."""

    situation: Text
    question: Text
    verdict: str
    lesson: Text
    quotes: tuple[Words, ...]


class Lesson(NamedTuple):
    """A module as the quiz reads it."""

    id: str
    title: Text
    quotes: tuple[Words, ...]
    case: Worked | None
    claims: tuple[Claim, ...]


def placed(quoted: Sequence[Words], documents: Documents) -> tuple[Quote, ...]:
    """The quotes where they stand in the documents now; () unless every one of them does."""
    found = []
    for each in quoted:
        if each.source_id not in documents.sources:
            return ()
        text = documents.source_text(each.source_id)
        span = place_of(each.words, text)
        if span is None:
            return ()
        found.append(_quote(each.source_id, span, text))
    return tuple(found)


def _quote(source_id: str, span: Span, text: str) -> Quote:
    return Quote(source_id, span.start, span.end, text[span.start : span.end])
