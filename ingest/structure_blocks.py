"""From text to blocks: headings, paragraphs, list items, table rows and footnotes, as their lines show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.models import Span
from ingest.clean import EMPTY, Clean, clean
from ingest.structure_lines import Line, lines_of
from ingest.document import Document

BlockKind = Literal["heading", "text", "item", "row", "footnote", "rule"]

# Ranks of headings that have no level of their own in the text; Markdown's # to ###### are 1 to 6.
BOLD, ITALIC, PLAIN = 10, 11, 12
# From here on headings are captions, which hold for the table below them alone.
CAPTION = 20

MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?P<body>.*?)[\s#]*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
_FOOTNOTE = re.compile(r"\s*(?:<sup>\s*(?P<sup>\w{1,2})\)?\s*</sup>|\[\^(?P<ref>\w+)\]:)\s*(?P<body>\S.*)")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-+•·‣▪●○\uf0b7*–]|\\\*)\s+(?P<body>\S.*)")
_NUMBER = re.compile(rf"(?P<indent>\s*)\(?(?P<number>\d{{1,3}}|[a-zæøå])[.)]\s+(?!(?:{MONTHS})\b)(?P<body>\S.*)")
_STAR = re.compile(r"\\\*\s+(?P<body>\S.*)")
_BOLD = re.compile(r"\s*(\*\*|__)(?P<body>(?:(?!\1).)+)\1\s*")
_ITALIC = re.compile(r"\s*(\*|_)(?P<body>[^*_]+)\1\s*")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document: its lines' ranges without markers, and their reading text.

    `level` ranks a heading; `number` is an item's or footnote's; `broke` says that a page break stands before it.
    """

    kind: BlockKind
    lines: tuple[Span, ...]
    clean: Clean = EMPTY
    level: int = 0
    indent: int = 0
    number: str = ""
    broke: bool = False


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The document's blocks in order, without blank lines, running headers and page numbers."""
    found: list[Block] = []
    for group in _groups(lines_of(document)):
        found.extend(_group_blocks(document.text, group))
    return tuple(block for block in found if block.clean.text or block.kind in ("rule", "row"))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank one between them."""
    group: list[Line] = []
    for line in lines:
        if group and (line.blanks or line.broke):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _group_blocks(text: str, group: Sequence[Line]) -> Iterator[Block]:
    open_block: Block | None = None
    previous_number = ""
    for position, line in enumerate(group):
        block = _line_block(text, line, previous_number)
        broke = position == 0 and line.broke
        if block.kind == "text" and open_block is not None and open_block.kind in ("text", "item", "footnote"):
            open_block = replace(open_block, lines=(*open_block.lines, *block.lines))
            continue
        if open_block is not None:
            yield from _closed(text, open_block)
        open_block = replace(block, broke=broke)
        previous_number = block.number or previous_number
    if open_block is not None:
        yield from _closed(text, open_block)


def _closed(text: str, block: Block) -> Iterator[Block]:
    """The block with its reading text; a first line in emphasis that heads the rest becomes a heading."""
    if block.kind == "text" and (level := _emphasis_level(text[slice(*block.lines[0])])):
        rest = block.lines[1:]
        if not rest:
            yield replace(block, kind="heading", level=level, clean=clean(text, block.lines))
            return
        below = clean(text, rest)
        if len(rest) == 1 and len(below.text) > LABEL_VALUE:
            yield replace(block, kind="heading", level=level, lines=block.lines[:1], clean=clean(text, block.lines[:1]))
            yield replace(block, lines=rest, clean=below, broke=False)
            return
    yield replace(block, clean=clean(text, block.lines))


# A value under its label ("**Sagsnr.**" / "2016 - 8973") is no longer than this; longer text is headed by the line.
LABEL_VALUE = 60


def _emphasis_level(raw: str) -> int:
    """Rank of a line that is emphasis alone, 0 for any other; a lead-in (ending in a colon) is not a heading."""
    for pattern, level in ((_BOLD, BOLD), (_ITALIC, ITALIC)):
        match = pattern.fullmatch(raw)
        if match and not match["body"].rstrip("* ").endswith((":", ".", ",", ";")):
            return level
    return 0


def _line_block(text: str, line: Line, previous_number: str) -> Block:
    raw, start = text[line.start : line.end], line.start
    if _RULE.match(raw):
        return Block("rule", (Span(line.start, line.end),))
    if is_row(raw):
        return Block("row", (Span(line.start, line.end),))
    if heading := _HEADING.match(raw):
        return Block("heading", (_within(start, heading, "body"),), level=len(heading[1]))
    if note := _FOOTNOTE.match(raw):
        return Block("footnote", (_within(start, note, "body"),), number=note["sup"] or note["ref"])
    return _item(raw, start, previous_number) or Block("text", (Span(line.start, line.end),))


def is_row(raw: str) -> bool:
    """Whether a line is a row of a table: cells between tabs, or between bars with one at the start."""
    inner = raw.strip()
    return "\t" in inner or (inner.startswith("|") and inner.count("|") >= 2)


def is_divider(raw: str) -> bool:
    """Whether a line is the rule under a Markdown table's header ("|---|---|")."""
    return "|" in raw and bool(_DIVIDER.fullmatch(raw))


def _item(raw: str, start: int, previous: str) -> Block | None:
    bullet = _BULLET.match(raw)
    body_start, body = (bullet.start("body"), bullet["body"]) if bullet else (0, raw)
    if bullet and (star := _STAR.match(body)):
        body_start, body = body_start + star.start("body"), star["body"]
    number = _NUMBER.match(body)
    if number and (bullet or _counts(number["number"], previous)):
        return Block(
            "item",
            (Span(start + body_start + number.start("body"), start + len(raw)),),
            indent=len((bullet or number)["indent"].expandtabs(4)),
            number=number["number"],
        )
    if not bullet:
        return None
    return Block("item", (Span(start + body_start, start + len(raw)),), indent=len(bullet["indent"].expandtabs(4)))


def _counts(number: str, previous: str) -> bool:
    """Whether a number starts a list or goes on with one; another number at a line's start is prose."""
    if number in ("1", "a"):
        return True
    if number.isdigit():
        return previous.isdigit() and int(number) == int(previous) + 1
    return len(previous) == 1 and previous.isalpha() and ord(number) == ord(previous) + 1


def _within(start: int, match: re.Match[str], name: str) -> Span:
    return Span(start + match.start(name), start + match.end(name))
