"""Tables without borders: cells under their columns, rows that hold two, a last row that goes on after a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.models import Span
from ingest.clean import EMPTY, Clean, clean, concat
from ingest.structure_blocks import Block, is_divider
from ingest.structure_shapes import lacks_end, may_go_on

# Loose paragraphs after a table that may belong to its last row, counted until one settles it.
FURTHEST = 5
_EMPTY_CELL = re.compile(r"[-–—\s]*")
_PIECES = re.compile(r"(?<=\S) {2,}(?=\S)")
_BAR = re.compile(r"(?<!\\)\|")
_PROSE = re.compile(r"\w[.!?]\s+[A-ZÆØÅ]")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+)(\w+)")
_HYPHEN = re.compile(r"\w[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: one cell per column, each the ranges of its pieces in reading order."""

    cells: tuple[tuple[Span, ...], ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Column headings and rows; `used` counts the blocks that it was read from."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header: Span
    used: int


def read_table(source: str, blocks: Sequence[Block]) -> Table:
    """The table whose first row is blocks[0], with the loose paragraphs after it that go on with its last row."""
    used = next((i for i, block in enumerate(blocks) if block.kind != "row"), len(blocks))
    header = blocks[0].lines[0]
    columns = tuple(clean(source, [span]).text for span in _cell_spans(source, header))
    rows = [_row(source, block.lines[0], len(columns)) for block in blocks[1:used] if not _is_rule(source, block)]
    while rows and (taken := _continuation(source, rows[-1], blocks[used : used + FURTHEST])):
        for block, cell in taken:
            rows[-1] = _extended(rows[-1], cell, block.lines)
        used += len(taken)
        more = next((i for i, block in enumerate(blocks[used:]) if block.kind != "row"), len(blocks) - used)
        rows.extend(_row(source, block.lines[0], len(columns)) for block in blocks[used : used + more])
        used += more
    split = tuple(part for row in _filled_down(source, rows) for part in _sub_rows(source, row))
    return Table(columns, split, header, used)


def cell_clean(source: str, pieces: Sequence[Span]) -> Clean:
    """A cell's reading text; a cell that holds a dash is empty."""
    kept = [span for span in pieces if not _EMPTY_CELL.fullmatch(source[span.start : span.end])]
    return concat(source, [clean(source, [span]) for span in kept]) if kept else EMPTY


def _is_rule(source: str, block: Block) -> bool:
    return is_divider(source[slice(*block.lines[0])])


def _row(source: str, line: Span, width: int) -> Row:
    spans = _cell_spans(source, line)
    last = (Span(spans[width - 1].start, spans[-1].end),) if len(spans) > width else ()
    cells = [(span,) for span in (*spans[: width - len(last)], *last)]
    return Row((*cells, *((),) * (width - len(cells))), (line,))


def _cell_spans(source: str, line: Span) -> tuple[Span, ...]:
    raw = source[line.start : line.end]
    if "\t" in raw.strip():
        cuts = [match.start() for match in re.finditer(r"\t", raw)]
        edges = [-1, *cuts, len(raw)]
    else:
        cuts = [match.start() for match in _BAR.finditer(raw)]
        edges = cuts if raw.rstrip().endswith("|") else [*cuts, len(raw)]
    pairs = pairwise(edges)
    return tuple(_stripped(source, line.start + left + 1, line.start + right) for left, right in pairs)


def _stripped(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while start < end and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _filled_down(source: str, rows: Sequence[Row]) -> list[Row]:
    """Rows with an empty first cell take that of the row above: it spans both."""
    found: list[Row] = []
    for row in rows:
        empty = not any(source[slice(*span)].strip() for span in row.cells[0])
        if found and empty:
            first = found[-1].cells[0]
            row = Row((first, *row.cells[1:]), (*first, *row.spans))
        found.append(row)
    return found


def _sub_rows(source: str, row: Row) -> tuple[Row, ...]:
    """The rows side by side in one: every cell but the first holds the same number of pieces, two or more."""
    pieces = [_pieces(source, cell) for cell in row.cells[1:]]
    counts = {len(cell) for cell in pieces}
    if len(pieces) < 2 or len(counts) != 1 or counts <= {0, 1}:
        return (row,)
    parts = []
    for number in range(counts.pop()):
        cells = (row.cells[0], *((cell[number],) for cell in pieces))
        parts.append(Row(cells, tuple(span for cell in cells for span in cell)))
    return tuple(parts)


def _pieces(source: str, cell: Sequence[Span]) -> list[Span]:
    """A cell's pieces, which two or more spaces keep apart."""
    found: list[Span] = []
    for span in cell:
        cuts = [(m.start(), m.end()) for m in _PIECES.finditer(source, span.start, span.end)]
        edges = [span.start, *(edge for cut in cuts for edge in cut), span.end]
        found.extend(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True))
    return found


def _extended(row: Row, cell: int, lines: Sequence[Span]) -> Row:
    cells = list(row.cells)
    cells[cell] = (*cells[cell], *lines)
    return replace(row, cells=tuple(cells), spans=(*row.spans, *lines))


def _continuation(source: str, row: Row, blocks: Sequence[Block]) -> list[tuple[Block, int]]:
    """Which of the paragraphs after a row go on with it, and in which cell; none unless one ends an open cell.

    A paragraph that starts in lower case ends an open cell: a hyphenated word's first, then from the left. A whole
    paragraph between two such belongs to the cell that says things of its kind, else to the one filled last.
    """
    taken: list[tuple[Block, int]] = []
    settled = 0
    last: int | None = None
    for block in blocks:
        opened = _open_cells(source, row) or _cell_above(source, row, block)
        if block.kind != "text" or not opened:
            break
        if block.clean.text[:1].islower():
            last = opened[0]
            settled = len(taken) + 1
        else:
            last = _cell_like(source, row, block.clean.text, last)
        if last is None:
            break
        taken.append((block, last))
        row = _extended(row, last, block.lines)
    return taken[:settled]


def _cell_above(source: str, row: Row, block: Block) -> list[int]:
    """The last filled cell, where the next line goes on in small letters without a blank line between."""
    between = source[row.spans[-1].end : block.lines[0].start]
    filled = [index for index, cell in enumerate(row.cells) if cell_clean(source, cell).text]
    return filled[-1:] if between.count("\n") == 1 and block.clean.text[:1].islower() else []


def _open_cells(source: str, row: Row) -> list[int]:
    """Cells whose text stops inside a word or a sentence; hyphenated words first."""
    texts = [cell_clean(source, cell).text for cell in row.cells]
    cut_words = [i for i, text in enumerate(texts) if _HYPHEN.search(text)]
    cut_sentences = [i for i, text in enumerate(texts) if _is_cut(text)]
    return [*cut_words, *(i for i in cut_sentences if i not in cut_words)]


def _is_cut(text: str) -> bool:
    """Whether a cell's last sentence lacks its end; a cell not written in sentences never has one."""
    if text.endswith("."):
        return may_go_on(text)
    return lacks_end(text) and bool(_PROSE.search(text))


def _cell_like(source: str, row: Row, text: str, last: int | None) -> int | None:
    """The cell with a sentence that starts with the same word as `text`, else the one filled last."""
    first = _SENTENCE_START.search(text)
    for index, cell in enumerate(row.cells):
        starts = _SENTENCE_START.findall(cell_clean(source, cell).text)
        if first and first[1] in starts:
            return index
    return last
