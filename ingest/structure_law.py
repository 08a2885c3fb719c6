"""Laws and orders: the lines that open a chapter, a § or a stk., which need no blank line before them."""

from __future__ import annotations

import re
from typing import NamedTuple

# Divisions of a law above its §§, with their ranks among headings and an example each.
DIVISIONS = {"afsnit": 7, "kapitel": 8}
EXAMPLES = ("Afsnit I", "Kapitel 12 a", "§ 12 a. Kommunen skal", "Stk. 2. Kommunen kan")

_DIVISION = re.compile(r"\s*(?P<name>afsnit|kapitel)\s+(?:\d+(?:\s?[a-zæøå])?|[IVX]+)\.?\s*", re.IGNORECASE)
_PARAGRAF = re.compile(r"\s*§\s*(?P<number>\d+(?:\s?[a-zæøå])?)\s*\.\s+(?=[A-ZÆØÅ»\"”(])")
_STK = re.compile(r"\s*Stk\.\s*(?P<number>\d+)\s*\.\s+(?=[A-ZÆØÅ»\"”(])")


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


def address_of(line: str) -> Address | None:
    """What a line opens: a § or a stk., with the length of its label; None for any other line."""
    if match := _PARAGRAF.match(line):
        return Address("".join(match["number"].split()), None, f"§ {match['number']}", match.end())
    if match := _STK.match(line):
        return Address("", int(match["number"]), f"stk. {match['number']}", match.end())
    return None
