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


def changes(old: Edition, new: Edition, library: Library) -> tuple[Change, ...]:
    """What is new, gone or reworded, in the newer edition's reading order, what is gone last; the same is left out."""
    before, after = _statements(old, library), _statements(new, library)
    if not before or not after:
        return ()
    alike = likeness([_words(each) for each in before], [_words(each) for each in after])
    pairs = sorted(((float(alike[i, j]), i, j) for i in range(len(before)) for j in range(len(after))), reverse=True)
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, i, j in pairs:
        if score >= REWORDED and i not in taken and j not in partner:
            partner[j] = (i, score)
            taken.add(i)
    found = [Change(None, each) for j, each in enumerate(after) if j not in partner]
    found += [Change(before[i], after[j]) for j, (i, score) in sorted(partner.items()) if score < _SAME]
    return (*found, *(Change(each, None) for i, each in enumerate(before) if i not in taken))


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
