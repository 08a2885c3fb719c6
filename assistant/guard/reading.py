"""A claim and its sources as the rules see them: clauses, words, facts, quantities and contrasts, each in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.guard.clauses import Clause, clauses
from assistant.guard.facts import Figure, figures_in, masked
from assistant.guard.knowledge import Found, contrasts, find
from assistant.guard.meaning import Unit, Word, danish_units, english_units, source_words
from assistant.language import detect
from assistant.lexicon import Lexicon
from assistant.provisions import Mention, laws_named, parse

_MARKUP = re.compile(r"</?[a-zA-Z]+>|[*_`#|]|\[\^?\d+\](?:\([^)]*\))?")
# Names tell nothing of the language that they stand in.
_NAMES = re.compile(r"(?<!^)\b[A-ZÆØÅ]\w+[,.]?")
# What compares with a number is the number's bound, and "end" in Danish no end.
_COMPARED = re.compile(
    r"(?:flere|færre|mere|mindre|højere|lavere|længere|more|less|fewer|longer|higher|lower) (?:end|than) (?=\d|\w+ )"
    r"|(?<=e )end\s"
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Member(NamedTuple):
    """A word that excludes others: its class, which of them it is, and where it stands."""

    contrast: str
    member: str
    start: int


@dataclass(frozen=True)
class Reading:
    """A text, cleaned of markup, with all that is found in it."""

    text: str
    english: bool
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Found, ...]
    orders: tuple[Found, ...]
    members: tuple[Member, ...]
    units: tuple[Unit, ...] = ()
    words: tuple[Word, ...] = ()

    @cached_property
    def laws(self) -> frozenset[str]:
        """The laws that the text names."""
        return frozenset(laws_named(self.text))

    def clause_at(self, place: int) -> int:
        """The number of the clause that holds a character; the nearest before it where none does."""
        for number, clause in enumerate(self.clauses):
            if clause.holds(place):
                return number
        before = [number for number, clause in enumerate(self.clauses) if clause.spans[0][0] <= place]
        return before[-1] if before else 0

    def of(self, clause: Clause) -> str:
        """The words of a clause in small letters, from its first to its last."""
        return self.text[clause.spans[0][0] : clause.spans[-1][1]].lower()

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a character."""
        return self.clauses[self.clause_at(place)].sentence if self.clauses else 0


def cleaned(text: str) -> str:
    """The text without markup, white space in one form; tabs and empty lines stay as they divide."""
    plain = _MARKUP.sub("", _LINK.sub(r"\1", text)).replace("\r", "")
    plain = re.sub(r"(\w)-\n(\w)", r"\1\2", plain)
    return re.sub(r"[ \xa0]+", " ", re.sub(r"(?<!\n)\n(?!\n)", " ", plain)).strip()


def read_claim(text: str, lexicon: Lexicon) -> Reading:
    """A claim, its words as units that a source must bear."""
    found = _read(cleaned(text), None)
    bare = _without(found, operators=True)
    units = english_units(bare, lexicon) if found.english else danish_units(bare)
    return replace(found, units=tuple(units))


@lru_cache(maxsize=512)
def read_source(text: str) -> Reading:
    """A source, its words as they can bear a claim's."""
    found = _read(cleaned(text), False)
    return replace(found, words=source_words(_without(found, operators=False)))


def _read(text: str, english: bool | None) -> Reading:
    english = detect(_NAMES.sub(" ", text)) == "en" if english is None else english
    mentions = parse(text)
    spans = [(mention.span.start, mention.span.end) for mention in mentions]
    figures = figures_in(masked(text, spans), english)
    lower = masked(text, spans).lower()
    bare = masked(masked(text, spans), [(figure.start, figure.end) for figure in figures if not _is_one(lower, figure)])
    cut = clauses(text, bare)
    merely = [each for clause in cut for each in clause.operators if each.kind == "notonly"]
    quantities = [
        each for each in find("quantity", bare.lower()) if not any(m.start <= each.start < m.end for m in merely)
    ]
    return Reading(
        text,
        english,
        mentions,
        figures,
        cut,
        tuple(quantities),
        tuple(find("order", bare.lower())),
        _members(lower),
    )


def _is_one(lower: str, figure: Figure) -> bool:
    return lower[figure.start : figure.end] in ("én", "ét", "one")


def _without(reading: Reading, operators: bool) -> str:
    """The text without provisions and figures, and for a claim without what the state of its clauses says."""
    spans = [(mention.span.start, mention.span.end) for mention in reading.mentions]
    spans += [(figure.start, figure.end) for figure in reading.figures]
    if operators:
        spans += [(each.start, each.end) for clause in reading.clauses for each in clause.operators]
        spans += [(each.start, each.end) for each in reading.quantities]
    return masked(reading.text, spans)


def _members(lower: str) -> tuple[Member, ...]:
    """The exclusive words of a text; one that lies within a longer one of another class is part of that."""
    found = [
        (match.start(), match.end(), contrast.name, member.kind)
        for contrast in contrasts()
        for member in contrast.members
        for match in member.pattern.finditer(lower)
    ]
    return tuple(
        Member(name, kind, start)
        for start, end, name, kind in found
        if not _COMPARED.match(lower, start)
        and not any(
            s <= start and end <= e and e - s > end - start and (name, kind) != (other, theirs)
            for s, e, other, theirs in found
        )
    )


def joined(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources, each lead-in that ends in a colon with what it leads to."""
    found: list[str] = []
    for source in sources:
        if found and found[-1].rstrip().endswith(":"):
            found[-1] = f"{found[-1].rstrip()} {source}"
        else:
            found.append(source)
    return tuple(found)
