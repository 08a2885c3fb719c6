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
        newer = [
            (other, their)
            for other, their in signs
            if rank(other.passage.kind_of_source) == rank(item.passage.kind_of_source)
            and other.passage.date[:4] > item.passage.date[:4]
        ]
        contradicted = newer and all(their * sign < 0 for _, their in newer)
        if not contradicted or item.own > max(other.own for other, _ in newer) + margin:
            kept.append((item, sign))
    return Current(kept, len(kept) < len(signs))


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
