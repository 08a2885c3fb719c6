"""Editions side by side: what was added, dropped, reworded and kept between any two editions of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple

from assistant.changes import Pair, Placed, paired
from assistant.editions import edition_kinds, same_document
from assistant.effects import GIVING
from assistant.learning.glance.limits import meets
from assistant.library import Library
from assistant.models import Edition

State = Literal["added", "dropped", "reworded", "same"]


class Line(NamedTuple):
    """A statement of the older edition beside its like in the newer one; None where an edition has none."""

    state: State
    before: Placed | None
    after: Placed | None

    @property
    def turned(self) -> bool:
        """Whether the statement does something else in the newer edition, as a duty that became a condition."""
        if self.before is None or self.after is None:
            return False
        return self.before.statement.effect != self.after.statement.effect


class Beside(NamedTuple):
    """Two editions, their statements in the newer one's reading order, and the provisions that only one frees from, as
    they are written there."""

    old: Edition
    new: Edition
    lines: tuple[Line, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@lru_cache(maxsize=4)
def families(library: Library) -> tuple[tuple[Edition, ...], ...]:
    """The documents at hand that have several editions, each as its editions by date."""
    found = []
    for kind in edition_kinds(library):
        editions = [each for each in library.editions if each.kind == kind]
        alike = {each for pair in combinations(editions, 2) if same_document(*pair, library) for each in pair}
        found.append(tuple(sorted(alike)))
    return tuple(found)


@lru_cache(maxsize=8)
def beside(old: Edition, new: Edition, library: Library) -> Beside:
    """The older edition beside the newer one."""
    pairs = paired(old, new, library)
    lines = tuple(_line(pair) for pair in _in_order(pairs))
    before, after = (_freed(old, library), _freed(new, library))
    return Beside(old, new, lines, _only(after, before, library), _only(before, after, library))


def words_of(placed: Placed) -> str:
    """A statement's words under what it hangs under."""
    lead = placed.passage.lead_in if placed.passage.kind == "list_item" else ""
    return " ".join(f"{lead} {placed.statement.text}".split())


def _line(pair: Pair) -> Line:
    if pair.before is None or pair.after is None:
        return Line("added" if pair.before is None else "dropped", pair.before, pair.after)
    same = words_of(pair.before) == words_of(pair.after)
    return Line("same" if same else "reworded", pair.before, pair.after)


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The newer edition's order, with what is gone behind what stood before it in the older one."""
    found = [pair for pair in pairs if pair.after]
    for pair in sorted((pair for pair in pairs if pair.before and not pair.after), key=_place_before):
        earlier = [
            place for place, each in enumerate(found) if each.before and _place_before(each) < _place_before(pair)
        ]
        near = max(earlier, key=lambda place: _place_before(found[place]), default=-1)
        found.insert(near + 1, pair)
    return found


def _place_before(pair: Pair) -> tuple[int, int]:
    assert pair.before is not None
    return pair.before.passage.order, pair.before.statement.spans[0].start


def _freed(edition: Edition, library: Library) -> list[Placed]:
    """The statements of an edition that free from provisions."""
    return [
        Placed(passage, statement)
        for passage in library.editions[edition]
        for statement in passage.statements
        if statement.effect in GIVING and not statement.text.rstrip().endswith(":") and library.mentions(statement)
    ]


def _only(these: Iterable[Placed], others: Iterable[Placed], library: Library) -> tuple[str, ...]:
    """The references of `these` of which no provision is among `others`, in their own words."""
    known = tuple(mention for placed in others for mention in library.mentions(placed.statement))
    found = {
        placed.statement.text[mention.span.start : mention.span.end]: None
        for placed in these
        for mention in library.mentions(placed.statement)
        if not meets((mention,), known)
    }
    return tuple(found)
