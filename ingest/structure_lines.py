"""A document's lines that carry text: blank ones, page numbers and running headers are taken out here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.document import Document

# Blank lines between two blocks that mean a page break in text made from a PDF.
PAGE_BREAK_BLANKS = 2
LONGEST_HEADER = 90
# How many lines at a page's top and bottom may be running headers and footers.
EDGE = 3

_PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:(?:side|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:af|of|/)\s*\d{1,4})?[-–\s]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_MARKUP = re.compile(r"\s*(?:#{1,6}\s|[-+•*]\s|\|)|\t")


class Line(NamedTuple):
    """A line with words: its range without white space around it (indentation kept), and what stands before it.

    `blanks` counts the blank lines before it, `broke` says that a page break or a dropped line is among them.
    """

    start: int
    end: int
    blanks: int
    broke: bool
    page: int = 0


def lines_of(document: Document) -> tuple[Line, ...]:
    """The document's lines that belong to its flow of text."""
    raw = tuple(_raw_lines(document))
    dropped = _furniture(document, raw)
    found: list[Line] = []
    blanks, broke = 0, False
    for index, line in enumerate(raw):
        if index in dropped:
            blanks, broke = blanks + line.blanks + 1, True
            continue
        blanks, broke = blanks + line.blanks, broke or line.broke
        found.append(line._replace(blanks=blanks, broke=broke))
        blanks, broke = 0, False
    return tuple(found)


def _raw_lines(document: Document) -> Iterator[Line]:
    position, blanks, page = 0, 0, 0
    for raw in document.text.splitlines(keepends=True):
        body = raw.rstrip()
        here = bisect_right(document.pages, position + len(raw) - len(raw.lstrip())) if document.pages else 0
        if body.strip():
            broke = (blanks >= PAGE_BREAK_BLANKS and not document.pages) or here != page
            yield Line(position, position + len(body), blanks, broke, here)
            blanks, page = 0, here
        else:
            blanks += 1 + (PAGE_BREAK_BLANKS if "\f" in raw else 0)
        position += len(raw)


def _furniture(document: Document, lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines that repeat at page breaks: running headers, footers and page numbers."""
    edges = [index for index in range(len(lines)) if _at_edge(document, lines, index)]
    keys = {index: _keys(document.text[lines[index].start : lines[index].end], lines[index].page) for index in edges}
    counts = Counter(key for found in keys.values() for key in found)
    needed = max(2, (len(document.pages) + 1) // 3)
    repeated = {index for index, found in keys.items() if any(counts[key] >= needed for key in found)}
    return frozenset({0} | repeated if _has_masthead(document, lines) else repeated)


def _has_masthead(document: Document, lines: Sequence[Line]) -> bool:
    """Whether the first line is a header that has no second page to repeat on: a word in capitals under blank lines."""
    if len(lines) < 2 or lines[0].blanks < PAGE_BREAK_BLANKS or not lines[1].blanks:
        return False
    word = document.text[lines[0].start : lines[0].end].strip()
    return word.isalpha() and word.isupper()


def _at_edge(document: Document, lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    text = document.text[line.start : line.end]
    if len(text.lstrip()) > LONGEST_HEADER or _MARKUP.match(text):
        return False
    if document.pages:
        near = (index - EDGE, index + EDGE)
        return any(not 0 <= other < len(lines) or lines[other].page != line.page for other in near)
    after = lines[index + 1] if index + 1 < len(lines) else None
    alone = (line.blanks > 0 or index == 0) and (after is None or after.blanks > 0)
    return alone and (line.broke or index == 0 or after is None or after.broke)


def _keys(text: str, page: int) -> frozenset[str]:
    """What makes two lines the same header: the same words, but for a number that goes with the page's."""
    bare = " ".join(text.split())
    if _PAGE_NUMBER.fullmatch(bare) and not page:
        return frozenset(("#",))
    if bare.endswith((".", ":", ";", ",")) and " " in bare:
        return frozenset()
    counted = {
        f"{bare[: number.start()]}#{int(number.group()) - page}{bare[number.end() :]}"
        for number in _DIGITS.finditer(bare)
        if page
    }
    return frozenset((bare, *counted))
