"""Laws and orders: the lines that open a chapter, a § or a stk., which need no blank line before them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

# Divisions of a law above its §§, with their ranks among headings and an example each.
DIVISIONS = {"afsnit": 7, "kapitel": 8}
EXAMPLES = ("Afsnit I", "Kapitel 12 a", "§ 12 a. Kommunen skal", "**Stk. 2.** Kommunen kan", "§ 2", "§ 3 Undtagelser")

_DIVISION = re.compile(r"\s*(?P<name>afsnit|kapitel)\s+(?:\d+(?:\s?[a-zæøå])?|[IVX]+)\.?\s*", re.IGNORECASE)
_CAPITAL = r"(?=[A-ZÆØÅ»\"”(§])"
_PARAGRAF = re.compile(rf"[\s*_]*§\s*(?P<number>\d+(?:\s?[a-zæøå])?)\s*\.[*_]*\s+{_CAPITAL}")
_STK = re.compile(rf"[\s*_]*Stk\.\s*(?P<number>\d+)\s*\.[*_]*\s+{_CAPITAL}")
# A § by its number alone, or with a title: only where the document counts its §§ so.
_BARE = re.compile(r"[\s*_]*§\s*(?P<number>\d+(?:\s?[a-zæøå])?)\s*\.?[*_]*\s*(?:$|\s(?=[A-ZÆØÅ][^§]*$))")

_OPENED = re.compile(r"\s*§\s*(?P<number>\d+(?:\s?[a-zæøå](?!\w))?)\s*\.?(?:\s+|$)")


class Address(NamedTuple):
    """What a line of a law opens: a § ("12a") or a stk. in one (the other is "" or None), by its label's words.

    `length` is how much of the line the label takes.
    """

    paragraf: str
    stk: int | None
    label: str
    length: int


def division_rank(line: str) -> int:
    """The rank of a line that is the number of a chapter or a part alone, 0 for any other."""
    match = _DIVISION.fullmatch(line)
    return DIVISIONS[match["name"].lower()] if match else 0


def opens_division(heading: str) -> bool:
    """Whether a heading is that of a chapter or a part, with or without its title."""
    return bool(_DIVISION.match(heading))


def counts_paragraphs(lines: Iterable[str]) -> bool:
    """Whether the lines that open with a § count from § 1, as a law's do and a list of provisions does not."""
    opened = (_PARAGRAF.match(line) or _BARE.match(line) for line in lines)
    numbers = [int("".join(filter(str.isdigit, match["number"]))) for match in opened if match]
    steps = (later - earlier for earlier, later in pairwise(numbers))
    return len(numbers) > 1 and numbers[0] == 1 and all(step in (0, 1) for step in steps)


def opens_paragraph(line: str, counted: bool) -> bool:
    """Whether a line opens a § or a stk.; without a full stop only where the document counts its §§."""
    return address_of(line) is not None or (counted and bool(_BARE.match(line)))


def address_of(text: str, opened: bool = False) -> Address | None:
    """The § or stk. that a text opens, None if it opens none; `opened` says that it does, full stop or not."""
    if match := _PARAGRAF.match(text) or (_OPENED.match(text) if opened else None):
        return Address("".join(match["number"].split()), None, f"§ {match['number']}", match.end())
    if match := _STK.match(text):
        return Address("", int(match["number"]), f"stk. {match['number']}", match.end())
    return None
