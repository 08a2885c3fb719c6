"""What changed between two editions of a document: which statements are new, gone or worded otherwise."""

from __future__ import annotations

from typing import NamedTuple

from assistant.editions import REWORDED
from assistant.effects import told
from assistant.library import Library
from assistant.likeness import likeness
from assistant.models import Edition, Passage, Statement
from assistant.words import tokens

# Likeness of two statements' words in per cent from which on they are the same.
_SAME = 97.0


class Placed(NamedTuple):
    """A statement with the passage that it stands in."""

    passage: Passage
    statement: Statement


class Change(NamedTuple):
    """A statement of the older edition beside the newer's: None before where it is new, None after where it is gone."""

    before: Placed | None
    after: Placed | None


class Pair(NamedTuple):
    """A change, or what both editions have, with the likeness of the words in per cent, 0 for one alone."""

    before: Placed | None
    after: Placed | None
    likeness: float


def changes(old: Edition, new: Edition, library: Library) -> tuple[Change, ...]:
    """What is new, gone or reworded, in the newer edition's reading order, what is gone last; the same is left out."""
    found = paired(old, new, library)
    added = [Change(None, each.after) for each in found if each.before is None]
    reworded = [Change(*each[:2]) for each in found if each.before and each.after and each.likeness < _SAME]
    return (*added, *reworded, *(Change(each.before, None) for each in found if each.after is None))


def paired(old: Edition, new: Edition, library: Library) -> tuple[Pair, ...]:
    """Every statement of two editions beside its like in the other: the newer's in reading order, then what is gone.

    () where one of them says nothing.
    """
    before, after = _statements(old, library), _statements(new, library)
    if not before or not after:
        return ()
    alike = likeness([_words(each) for each in before], [_words(each) for each in after])
    pairs = sorted(((float(alike[i, j]), i, j) for i in range(len(before)) for j in range(len(after))), reverse=True)
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, i, j in pairs:
        if score >= REWORDED and i not in taken and j not in partner and _comparable(before[i], after[j], library):
            partner[j] = (i, score)
            taken.add(i)
    found = [
        Pair(before[partner[j][0]], each, partner[j][1]) if j in partner else Pair(None, each, 0.0)
        for j, each in enumerate(after)
    ]
    return (*found, *(Pair(each, None, 0.0) for i, each in enumerate(before) if i not in taken))


def _comparable(one: Placed, other: Placed, library: Library) -> bool:
    """Whether two statements can be the same one reworded: "SEL § 54" is not "SEL § 70" in other words."""
    named, others = (
        {
            (each.law, each.paragraf, each.kapitel)
            for mention in library.mentions(placed.statement)
            for each in mention.provisions
        }
        for placed in (one, other)
    )
    return not named or not others or bool(named & others)


def _statements(edition: Edition, library: Library) -> list[Placed]:
    return [
        Placed(passage, statement)
        for passage in library.editions[edition]
        for statement in told(passage)
        # A lead-in says nothing without its items, and they bring it along.
        if not statement.text.rstrip().endswith(":")
    ]


def _words(placed: Placed) -> str:
    return " ".join(token.word for token in tokens(placed.statement.text))
