"""Danish provisions (law, §, stk., nr., kapitel): one reading for documents and questions alike.

`parse` reads references in Danish and English. A range is what lies between its ends and nothing else: "§§ 85, 87-88"
holds no § 86, and "§§ 17-20 b" holds a § 18 a that nobody listed. So a Mention carries both the plain provisions
(for showing and indexing) and the ranges (for asking `relation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from assistant.models import Provision, Span
from assistant.provision_grammar import Group, chains
from assistant.provision_laws import law_at
from assistant.provision_numbers import Element, Numeral

Relation = Literal["all", "part", "none"]
_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"(\d+)([a-zæøå]?)")


class Range(NamedTuple):
    """Paragraphs or chapters from `first` to `last`, both included, as they are ordered in a law: 17, 17 a, 18, ..."""

    law: str
    unit: Literal["paragraf", "kapitel"]
    first: Numeral
    last: Numeral

    def holds(self, provision: Provision) -> bool:
        """Whether the provision's § (or chapter) lies in the range; its stk. and nr. do not matter."""
        written = provision.paragraf if self.unit == "paragraf" else provision.kapitel
        match = _NUMERAL.fullmatch(written)
        if match is None or provision.law != self.law:
            return False
        return self.first <= Numeral(int(match[1]), match[2]) <= self.last


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference in a text: where it stands, its provisions, and the ranges among them.

    The law is "" where neither the reference nor the words tied to it name one.
    """

    span: Span
    provisions: tuple[Provision, ...]
    ranges: tuple[Range, ...] = ()

    def relation(self, asked: Provision) -> Relation:
        """How much of `asked` this reference takes in."""
        if any(part.holds(asked) for part in self.ranges):
            return "all"
        return relation(self.provisions, asked)


def parse(text: str, default_law: str = "") -> tuple[Mention, ...]:
    """Every reference in `text`, in order. `default_law` is given to those that name no law. Never raises."""
    found = (_mention(group, default_law) for chain in chains(text) for group in chain)
    return tuple(mention for mention in found if mention.provisions)


def laws_named(text: str) -> tuple[str, ...]:
    """The laws that `text` names, each once in order; abbreviations only as they are written, in capitals."""
    keys: dict[str, None] = {}
    end = 0
    for word in _WORD.finditer(text):
        law = law_at(text, word.start()) if word.start() >= end else None
        if law and law.key and (not law.short or word.group()[:2].isupper()):
            keys.setdefault(law.key)
            end = law.end
    return tuple(keys)


def covers(granted: Provision, asked: Provision) -> bool:
    """Whether `granted` takes in the whole of `asked`: § 16 covers § 16, stk. 1, but not the other way round."""
    if (granted.law, granted.paragraf, granted.kapitel) != (
        asked.law,
        asked.paragraf,
        asked.kapitel,
    ):
        return False
    if granted.stk is not None and granted.stk != asked.stk:
        return False
    if granted.nr is not None and (granted.nr, granted.stk) != (asked.nr, asked.stk):
        return False
    return granted.pkt is None or granted.pkt == asked.pkt


def relation(granted: Iterable[Provision], asked: Provision) -> Relation:
    """ "all" when one of `granted` covers `asked`, "part" when one lies within it, else "none"."""
    best: Relation = "none"
    for provision in granted:
        if covers(provision, asked):
            return "all"
        if covers(asked, provision):
            best = "part"
    return best


def coarse(provision: Provision) -> tuple[str, str]:
    """An index key of law and number without letter, stk. and nr.: a passage that takes in `asked` shares it.

    Candidates found by it must be confirmed with `Mention.relation`.
    """
    unit = "kap" if provision.kapitel else "§"
    match = _NUMERAL.match(provision.kapitel or provision.paragraf)
    return provision.law, f"{unit}{match[1]}" if match else ""


def with_law(provision: Provision, law: str) -> Provision:
    """`provision` with `law` where it has none."""
    return provision if provision.law else replace(provision, law=law)


def label(provision: Provision) -> str:
    """How a Danish lawyer writes it: "LAB § 30 a, stk. 2", "LAB kap. 12 a"; `parse` reads it back."""
    parts = []
    if provision.kapitel:
        parts.append(f"kap. {_spaced(provision.kapitel)}")
    if provision.paragraf:
        parts.append(f"§ {_spaced(provision.paragraf)}")
    if provision.stk is not None:
        parts.append(f"stk. {provision.stk}")
    if provision.nr is not None:
        parts.append(f"nr. {provision.nr}")
    if provision.pkt is not None:
        parts.append(f"{provision.pkt}. pkt.")
    return f"{provision.law} {', '.join(parts)}".strip()


def _spaced(number: str) -> str:
    match = _NUMERAL.fullmatch(number)
    return f"{match[1]} {match[2]}".strip() if match else number


def _mention(group: Group, default_law: str) -> Mention:
    """The values of one parsed group: each element with its stk. and nr., ranges both expanded and kept."""
    law = group.law or default_law
    provisions: dict[Provision, None] = {}
    ranges = []
    for element in group.elements:
        for number in _between(element.first, element.last):
            written = f"{number.number}{number.letter}" if number.number else ""
            whole = Provision(law, kapitel=written) if group.kind == "kap" else Provision(law, written)
            for part in _parts(element, whole, number == element.last):
                provisions.setdefault(part)
        if element.first < element.last:
            last = _before(element.last) if element.subs else element.last
            ranges.append(
                Range(
                    law,
                    "kapitel" if group.kind == "kap" else "paragraf",
                    element.first,
                    last,
                )
            )
    return Mention(Span(group.start, group.end), tuple(provisions), tuple(ranges))


def _before(number: Numeral) -> Numeral:
    """The last place before `number`: what a range keeps when its end is granted only in part."""
    if number.letter:
        return Numeral(number.number, chr(ord(number.letter) - 1) if number.letter > "a" else "")
    return Numeral(number.number - 1, "ÿ")


def _between(first: Numeral, last: Numeral) -> list[Numeral]:
    """The numbers from `first` to `last`; letters only where an end names them."""
    if not first < last:
        return [first] if first == last else [first, last]
    if first.number == last.number:
        return [Numeral(first.number, letter) for letter in _letters(first.letter, last.letter)]
    inner = [Numeral(number, "") for number in range(first.number + 1, last.number)]
    return [
        first,
        *inner,
        *(Numeral(last.number, letter) for letter in _letters("", last.letter)),
    ]


def _letters(first: str, last: str) -> list[str]:
    start = [""] if not first else []
    low, high = ord(first or "a"), ord(last) if last else 0
    return start + [chr(code) for code in range(low, high + 1)] if high <= ord("z") else [first, last]


def _parts(element: Element, whole: Provision, is_last: bool) -> list[Provision]:
    """`whole`, or its stk. and nr. where the element names some; those belong to a range's last paragraph."""
    if not element.subs or not is_last:
        return [whole]
    found = []
    for sub in element.subs:
        for stk in sub.stks or (None,):
            parts = [(nr, pkt) for nr in sub.nrs or (None,) for pkt in sub.pkts or (None,)]
            found += [replace(whole, stk=stk, nr=nr, pkt=pkt) for nr, pkt in parts]
    return found
