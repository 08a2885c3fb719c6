"""Versions: within one rank a newer document's word replaces an older one's; a § without its law may be several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.authority import rank
from assistant.evidence import Evidence
from assistant.library import Library
from assistant.models import Provision

Signed = tuple[Evidence, int]


class Current(NamedTuple):
    """What holds after newer versions have replaced older ones, and whether any was replaced."""

    signs: list[Signed]
    replaced: bool


def current(signs: Sequence[Signed], margin: float) -> Current:
    """The signs without those of an older document of the same rank that the newest one contradicts.

    An older statement that names more of the question (by more than `margin`) is about something narrower and stays.
    """
    kept: list[Signed] = []
    for item, sign in signs:
        newest = _newest(item, signs)
        contradicted = newest and all(their * sign < 0 for _, their in newest)
        if not contradicted or item.own > max(other.own for other, _ in newest) + margin:
            kept.append((item, sign))
    return Current(kept, len(kept) < len(signs))


def _newest(item: Evidence, signs: Sequence[Signed]) -> list[Signed]:
    """The signs of the newest document of the same rank, where it is newer than the item's; else none."""
    equals = [pair for pair in signs if rank(pair[0].passage.kind_of_source) == rank(item.passage.kind_of_source)]
    date = max(other.passage.date for other, _ in equals)
    # "2017" and "2017-02-01" are not known to be one before the other.
    if date[:4] <= item.passage.date[:4] and not (len(item.passage.date) > 4 and date > item.passage.date):
        return []
    return [pair for pair in equals if pair[0].passage.date == date]


def laws_of(items: Iterable[Evidence], asked: Sequence[Provision], library: Library) -> tuple[str, ...]:
    """The laws under which the evidence names a provision that was asked about without its law."""
    bare = {(provision.paragraf, provision.kapitel) for provision in asked if not provision.law}
    found = {
        provision.law: None
        for item in items
        if item.provision != "none"
        for mention in library.mentions(item.statement)
        for provision in mention.provisions
        if provision.law and (provision.paragraf, provision.kapitel) in bare
    }
    return tuple(found)
