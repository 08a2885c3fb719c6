"""Locality: a municipality's own documents hold in that municipality, where they may narrow what all may do."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.authority import decides, rank
from assistant.evidence import Evidence
from assistant.question import Question

Signed = tuple[Evidence, int]


def place_of(item: Evidence) -> str:
    """The municipality that a statement is of; "" where it is of all."""
    return item.passage.municipality or item.source.municipality


def holds_here(item: Evidence, question: Question) -> bool:
    """Whether a statement is of all municipalities, or of one that the question names."""
    given_to = item.source.addressees
    if given_to and question.municipalities and not set(given_to) & set(question.municipalities):
        return False
    return place_of(item) in ("", *question.municipalities)


def given_here(item: Evidence, question: Question) -> bool:
    """Whether a statement stands in a document that is given to, or is of, a municipality that the question names."""
    return bool({place_of(item), *item.source.addressees} & set(question.municipalities))


def narrowed(signs: Sequence[Signed], question: Question) -> list[Signed]:
    """The signs that hold where the question is asked from.

    A municipality that decides to use less of a freedom binds itself: its own no stands against the yes for all.
    Its own yes stands alone only as a decision given to it; a local statute cannot give more than the frame does.
    """
    freedom = -1 if question.asks_duty else 1
    local = [(item, sign) for item, sign in signs if place_of(item) and decides(item.passage.kind_of_source)]
    if any(sign * freedom < 0 for _, sign in local):
        return local
    given = [pair for pair in local if rank(pair[0].passage.kind_of_source) >= rank("afgoerelse")]
    return given or list(signs)
