"""From text to blocks: headings, paragraphs, list items, table rows and footnotes, as their lines show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from assistant.models import Span
from ingest.clean import EMPTY, Clean, clean
from ingest.document import Document
from ingest.structure_labels import inline_label, label_of
from ingest.structure_law import counts_paragraphs, division_rank, opens_paragraph
from ingest.structure_lines import Line, lines_of

BlockKind = Literal["heading", "text", "item", "row", "footnote", "rule"]

# Ranks of headings that have no level of their own in the text; Markdown's # to ###### are 1 to 6.
# A plain heading with a number ("2. Formål") stands under one without.
BOLD, ITALIC, PLAIN, COUNTED = 10, 11, 12, 14
# A label in minutes ("Beslutning") stands under the heading of its item.
LABEL = 18
# From here on headings are captions, which hold for the table below them alone.
CAPTION = 20

# A line that is shorter than this was not broken because it was full.
FILLED_LINE = 50
# A document with a line longer than this is not broken into lines at all: every line is a paragraph or an item.
UNBROKEN = 160

# An item's depth is its indentation times this, and one more for a letter, which stands under a number.
SUB_INDENT = 2

MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?P<body>.*?)[\s#]*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})$")
_FOOTNOTE = re.compile(
    r"\s*(?:<sup>\s*(?P<sup>\w{1,2})\)?\s*</sup>|\[\^(?P<ref>\w+)\]:|(?P<high>[⁰¹²³⁴-⁹]+)\)?)\s*(?P<body>\S.*)"
)
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-+•·‣▪●○\uf0b7*–]|\\\*)\s+(?P<body>\S.*)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()
_NUMBER = re.compile(
    rf"(?P<indent>\s*)\(?(?P<number>\d{{1,3}}|[a-zæøå]|{'|'.join(reversed(_ROMANS))})[.)]\s+"
    rf"(?!(?:{MONTHS})\b)(?P<body>\S.*)"
)
_STAR = re.compile(r"\\\*\s+(?P<body>\S.*)")
_BOLD = re.compile(r"\s*(\*\*|__)(?P<body>(?:(?!\1).)+)\1\s*")
_ITALIC = re.compile(r"\s*(\*|_)(?P<body>[^*_]+)\1\s*")
# A form's field, a quoted line's mark, and a heading with a number of two parts or more ("2.1 Formål").
_FIELD = re.compile(r"\s*[^\t|]{1,40}:\s*\t+[^\t]+")
_QUOTED = re.compile(r"(?:\s{0,3}> ?)*")
_NUMBERED = re.compile(r"\s*(?P<number>\d+(?:\.\d+)+)\.?\s+[A-ZÆØÅ][^.!?:;]{1,80}")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document: its lines' ranges without markers, and their reading text.

    `level` ranks a heading; `number` is an item's or footnote's. Text that stands for itself has "§" where it opens
    a law's § or stk., and ":" where it is a field ("Dato:<tab>12. marts").
    `broke` says that a page break stands before it.
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
    lines = lines_of(document)
    counted = counts_paragraphs(document.text[line.start : line.end] for line in lines)
    unbroken = not document.pages and any(line.end - line.start > UNBROKEN for line in lines)
    filled = UNBROKEN if unbroken else FILLED_LINE
    reader = _Reader(document, {line.start: line.level for line in document.headings}, counted, {}, filled)
    found = [block for group in _groups(lines) for block in reader.group(group)]
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


class _Reader(NamedTuple):
    """What telling a line's kind takes: the document, its lines in a heading's type, and what it counts.

    `is_law` says that it counts §§ from § 1; `counted` holds the last number and letter of its lists; a line shorter
    than `filled` was not broken because it was full.
    """

    document: Document
    headings: Mapping[int, int]
    is_law: bool
    counted: dict[str, str]
    filled: int = FILLED_LINE

    def group(self, group: Sequence[Line]) -> Iterator[Block]:
        """The blocks of lines that stand together."""
        text = self.document.text
        open_block: Block | None = None
        for position, line in enumerate(group):
            block = self.line(line)
            if open_block is not None and self.goes_on(open_block, block):
                open_block = replace(open_block, lines=(*open_block.lines, *block.lines))
                continue
            if open_block is not None:
                yield from _closed(text, open_block)
            open_block = replace(block, broke=position == 0 and line.broke)
        if open_block is not None:
            yield from _closed(text, open_block)

    def goes_on(self, before: Block, block: Block) -> bool:
        """Whether a line goes on with the block before it."""
        if block.kind == "heading" and before.kind == "heading":
            # Lines of one heading, in its type; one that Markdown marks is a line.
            of_one_type = block.lines[0].start in self.headings and before.lines[-1].start in self.headings
            return of_one_type and block.level == before.level
        if block.kind != "text" or block.number or before.kind not in ("text", "item", "footnote"):
            return False
        return before.kind != "item" or not self._is_after_list(before, block)

    def _is_after_list(self, item: Block, block: Block) -> bool:
        """Whether a line that stands no deeper than the item above it is text of its own, not more of the item.

        It is where the item came to an end, or stopped long before a line's end, and the line starts anew.
        """
        if block.indent > item.indent // SUB_INDENT:
            return False
        last = self.document.text[slice(*item.lines[-1])]
        if self.document.pages and last[-1] in ".,;:":
            return True
        starts_anew = self.document.text[block.lines[0].start].isupper()
        return starts_anew and (last[-1] in ".!?" or (len(last) < self.filled and last[-1] not in ",-"))

    def line(self, line: Line) -> Block:
        """A line's kind by its own marks; a text line that opens a law's § or stk. has a number."""
        start = line.start + len(_QUOTED.match(self.document.text, line.start, line.end)[0])  # type: ignore[index]
        raw = self.document.text[start : line.end]
        indent = len(raw) - len(raw.lstrip())
        whole = (Span(start + indent, line.end),)
        if _RULE.match(raw):
            return Block("rule", whole)
        if _FIELD.fullmatch(raw):
            return Block("text", whole, number=":")
        if is_row(raw):
            return Block("row", whole)
        if heading := _HEADING.match(raw):
            return Block("heading", (_within(start, heading, "body"),), level=len(heading[1]))
        if level := division_rank(raw) or self.headings.get(whole[0].start, 0):
            return Block("heading", whole, level=level)
        if note := _FOOTNOTE.match(raw):
            return Block("footnote", (_within(start, note, "body"),), number=note["sup"] or note["ref"] or note["high"])
        item = _item(raw, start, self.counted)
        if item is not None:
            return item
        if numbered := _NUMBERED.fullmatch(raw):
            return Block("heading", whole, level=COUNTED + numbered["number"].count("."))
        return Block("text", whole, indent=indent, number="§" if opens_paragraph(raw, self.is_law) else "")


def _closed(text: str, block: Block) -> Iterator[Block]:
    """The block with its reading text; a first line that heads the rest, in emphasis or as a label, is a heading."""
    if block.kind == "text" and not block.number and (split := _labelled(text, block)):
        label, block = split
        yield label
    if block.kind == "text" and not block.number and (level := _emphasis_level(text[slice(*block.lines[0])])):
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


def _labelled(text: str, block: Block) -> tuple[Block, Block] | None:
    """A block of minutes as its label and what stands under it, where it opens with one."""
    first = block.lines[0]
    begin, end, after = inline_label(text[slice(*first)])
    if end:
        label: tuple[Span, ...] = (Span(first.start + begin, first.start + end),)
        rest: tuple[Span, ...] = (Span(first.start + after, first.end), *block.lines[1:])
    elif len(block.lines) > 1 and label_of(text[slice(*first)]):
        label, rest = block.lines[:1], block.lines[1:]
    else:
        return None
    heading = replace(block, kind="heading", level=LABEL, lines=label, clean=clean(text, label))
    return heading, replace(block, lines=rest, broke=False)


# A value under its label ("**Sagsnr.**" / "2016 - 8973") is no longer than this; longer text is headed by the line.
LABEL_VALUE = 60


def _emphasis_level(raw: str) -> int:
    """Rank of a line that is emphasis alone, 0 for any other; a lead-in (ending in a colon) is not a heading."""
    for pattern, level in ((_BOLD, BOLD), (_ITALIC, ITALIC)):
        match = pattern.fullmatch(raw)
        if match and not match["body"].rstrip("* ").endswith((":", ".", ",", ";")):
            return level
    return 0


def is_row(raw: str) -> bool:
    """Whether a line is a row of a table: cells between tabs, or between bars with one at the start."""
    inner = raw.strip()
    return "\t" in inner or (inner.startswith("|") and inner.count("|") >= 2)


def is_divider(raw: str) -> bool:
    """Whether a line is the rule under a Markdown table's header ("|---|---|")."""
    return "|" in raw and bool(_DIVIDER.fullmatch(raw))


def _item(raw: str, start: int, counted: dict[str, str]) -> Block | None:
    """The item that a line opens; `counted` holds the last number and letter of the document's lists."""
    bullet = _BULLET.match(raw)
    body_start, body = (bullet.start("body"), bullet["body"]) if bullet else (0, raw)
    if bullet and (star := _STAR.match(body)):
        body_start, body = body_start + star.start("body"), star["body"]
    number = _NUMBER.match(body)
    if number and not bullet and not _counts(number["number"], counted):
        number = None
    opening = bullet or number
    if opening is None:
        return None
    label = number["number"] if number else ""
    if number:
        body_start += number.start("body")
        counted[_series(label, counted)] = label
    indent = SUB_INDENT * len(opening["indent"].expandtabs(4)) + label.isalpha()
    return Block("item", (Span(start + body_start, start + len(raw)),), indent=indent, number=label)


def _counts(number: str, counted: Mapping[str, str]) -> bool:
    """Whether a number starts a list or goes on with one; another number at a line's start is prose."""
    series = _series(number, counted)
    if number in ("1", "a") or (series == "roman" and number == _ROMANS[0]):
        return True
    if series not in counted:
        return False
    before = counted[series]
    if series == "roman":
        return _ROMANS.index(number) == _ROMANS.index(before) + 1
    return int(number) == int(before) + 1 if series == "digit" else ord(number) == ord(before) + 1


def _series(number: str, counted: Mapping[str, str]) -> str:
    """What a list counts in; a letter that is a Roman number is one unless the letters have come to it."""
    if number.isdigit():
        return "digit"
    letters_go_on = len(number) == 1 and ord(number) == ord(counted.get("letter", " ")) + 1
    return "roman" if number in _ROMANS and not letters_go_on else "letter"


def _within(start: int, match: re.Match[str], name: str) -> Span:
    return Span(start + match.start(name), start + match.end(name))
