"""Limits: what narrows a freedom, from its own words, its table row, its section, and the exceptions made from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from assistant.authority import decides
from assistant.effects import GIVING, WITHHOLDING, condition_in, told
from assistant.kinds import is_finite
from assistant.library import Library
from assistant.models import Edition, Passage, Statement
from assistant.provision_laws import full_name
from assistant.provisions import Mention
from assistant.words import fold, stems

# How a limit belongs to its norm: by its own words, as an exception from it in its own or in another document, by its
# table row, or by its section. In this order they are shown.
How = Literal["own", "exception", "elsewhere", "row", "section", "duty"]
_ORDER: tuple[How, ...] = get_args(How)
_LIMITING = frozenset({"condition", "not_exempt"})
# A word that an exception shares with a norm is what both are about when it is at least so rare, and stands so firmly.
_RARE, _FIRM = 0.35, 0.6
_TELLING = 5  # letters; "ikke" and "fra" tell nothing


class Limit(NamedTuple):
    """Words that narrow a norm, and the statement that they are of; None where they are the norm's own."""

    how: How
    text: str
    passage: Passage | None = None
    statement: Statement | None = None


def limits(passage: Passage, statement: Statement, library: Library) -> tuple[Limit, ...]:
    """What narrows a statement that gives something; () for one that does not."""
    if statement.effect not in GIVING:
        return ()
    own = condition_in(statement.said) or _clause(condition_in(passage.lead_in))
    found = [Limit("own", own)] if own else []
    seen = {statement.id}
    around = (*_of_row(passage), *_exceptions(passage, statement, library), *_of_section(passage, library))
    for limit in (*around, *_elsewhere(passage, statement, library)):
        if limit.statement and not {limit.statement.id, limit.text} & seen:
            seen |= {limit.statement.id, limit.text}
            found.append(limit)
    return tuple(sorted(found, key=lambda limit: _place(limit, library)))


def _place(limit: Limit, library: Library) -> tuple[int, bool]:
    """Where a limit is shown: among exceptions, those of a provision that the norm names come first."""
    excepts = limit.how in ("exception", "elsewhere")
    named = bool(limit.statement and library.mentions(limit.statement))
    return _ORDER.index("exception" if excepts else limit.how), excepts and not named


def _clause(condition: str) -> str:
    """A condition that opens a sentence, without the main clause that follows it ("..., fritages kommunen for ...")."""
    first, *rest = condition.split(", ")
    for piece in rest:
        word = fold(piece.split(" ")[0])
        if is_finite(word) or word.endswith("ges"):
            break
        first = f"{first}, {piece}"
    return first


def _of_row(passage: Passage) -> Iterator[Limit]:
    """What stands in the other cells of a table row."""
    if passage.kind == "table_row":
        for other in told(passage):
            if other.effect in _LIMITING | {"required"}:
                yield Limit("exception" if other.effect == "not_exempt" else "row", other.text, passage, other)


def _of_section(passage: Passage, library: Library) -> Iterator[Limit]:
    """The conditions of the same section, and what it demands beside a list of freedoms; a table's rows stand alone."""
    if passage.kind == "table_row":
        return
    listed = passage.kind == "list_item"
    for other in library.in_section(passage):
        for each in told(other):
            if other.kind != "table_row" and (each.effect == "condition" or (listed and each.effect == "required")):
                yield Limit("section" if each.effect == "condition" else "duty", each.text, other, each)


def _exceptions(passage: Passage, statement: Statement, library: Library) -> Iterator[Limit]:
    """What the same document excepts: a provision that the norm names, or what it is about in a section on it."""
    mentions = library.mentions(statement)
    for other, each in _withheld(library).get(_edition(passage), ()):
        named = library.mentions(each)
        about = not named and _excepts(other, passage) and _shares(statement, mentions, each, library)
        if about or meets(mentions, named):
            yield Limit("exception", each.text, other, each)


def _elsewhere(passage: Passage, statement: Statement, library: Library) -> Iterator[Limit]:
    """What the own network's other documents that can decide except of the provisions named, the newest first."""
    mentions = library.mentions(statement)
    if not mentions:
        return
    for edition in sorted(_withheld(library), reverse=True):
        if edition == _edition(passage) or not decides(edition.kind) or edition not in library.editions:
            continue
        for other, each in _withheld(library)[edition]:
            if each.effect == "not_exempt" and meets(mentions, library.mentions(each)):
                yield Limit("elsewhere", each.text, other, each)


def meets(one: tuple[Mention, ...], other: tuple[Mention, ...]) -> bool:
    """Whether two statements name a provision in common, one perhaps as a part of the other's."""
    return any(
        mine.relation(each) != "none" and theirs.relation(each) != "none"
        for mine in one
        for theirs in other
        for each in (*mine.provisions, *theirs.provisions)
    )


@lru_cache(maxsize=4)
def _withheld(library: Library) -> dict[Edition, list[tuple[Passage, Statement]]]:
    """The statements that withhold something, by the document that they stand in."""
    found: dict[Edition, list[tuple[Passage, Statement]]] = {}
    for passage in library.passages.values():
        for each in told(passage):
            if each.effect in WITHHOLDING:
                found.setdefault(_edition(passage), []).append((passage, each))
    return found


def _edition(passage: Passage) -> Edition:
    return Edition(passage.date, passage.kind_of_source, passage.source_id)


def _excepts(exception: Passage, passage: Passage) -> bool:
    """Whether a section's heading names another section's ("Undtagelser i forhold til én handleplan")."""
    if not (exception.heading_path and passage.heading_path) or exception.heading_path == passage.heading_path:
        return False
    own, theirs = set(stems(passage.heading_path[-1])), set(stems(exception.heading_path[-1]))
    return bool(own) and own < theirs


def _shares(statement: Statement, mentions: tuple[Mention, ...], other: Statement, library: Library) -> bool:
    """Whether two statements share a telling word; a provision brings the name of its law with it."""
    laws = {provision.law for mention in mentions for provision in mention.provisions if provision.law}
    mine = library.lexicon.features(" ".join((statement.said, *map(full_name, laws))))
    theirs = library.lexicon.features(other.said)
    return any(
        len(feature) >= _TELLING
        and min(strength, theirs.get(feature, 0.0)) >= _FIRM
        and library.rarity((feature,)) >= _RARE
        for feature, strength in mine.items()
    )
