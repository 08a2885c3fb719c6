"""Shortenings: abbreviations that the documents explain themselves, as "borgerstyret personlig assistance (BPA)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.learning.glance.rows import rows
from assistant.library import Library

_IN_BRACKETS = re.compile(r"(?P<before>[^().;:]{4,120}?)\s*\((?P<short>[A-ZÆØÅ]{2,6})\)")


class Shortening(NamedTuple):
    """An abbreviation, and the words that it stands for."""

    short: str
    words: str


def shortenings(library: Library) -> tuple[Shortening, ...]:
    """Those of all documents, each abbreviation once."""
    found: dict[str, Shortening] = {}
    for row in rows(library):
        for each in shortened(row.statement.text):
            found.setdefault(each.short, each)
    return tuple(found.values())


def shortened(text: str) -> Iterator[Shortening]:
    """Words followed by their abbreviation in brackets."""
    for match in _IN_BRACKETS.finditer(text):
        words = long_form(match["before"], match["short"])
        if words:
            yield Shortening(match["short"], words)


def long_form(before: str, short: str) -> str:
    """The last words of `before` that hold the letters of `short` in order, its first at the start of a word; or "".

    After A. Schwartz and M. Hearst, A simple algorithm for identifying abbreviation definitions (2003).
    """
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and not _fits(before, at, short[place], first=place == 0):
            at -= 1
        if at < 0:
            return ""
    words = before[at:].split()
    return " ".join(words) if len(words) <= 2 * len(short) else ""


def _fits(text: str, at: int, letter: str, *, first: bool) -> bool:
    """Whether the letter stands here, and for the first one whether a word begins with it."""
    return text[at].lower() == letter.lower() and not (first and at > 0 and text[at - 1].isalnum())
