"""From a document to its passages: the smallest units that can be read alone, with place and exact position."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.models import Passage, PassageKind, Source, Span
from assistant.spelling import meaning
from ingest.clean import EMPTY, Clean, concat
from ingest.document import Document
from ingest.structure_blocks import CAPTION, Block, BlockKind, blocks_of
from ingest.structure_flow import in_flow
from ingest.structure_law import opens_division
from ingest.structure_leads import leads
from ingest.structure_outline import Place, opens_appendix, places
from ingest.structure_provisions import provisions_of
from ingest.structure_shapes import read_lines
from ingest.structure_tables import Row, Table, cell_clean, read_table

KINDS: Mapping[BlockKind, PassageKind] = {"text": "paragraph", "item": "list_item", "footnote": "footnote"}
CELL_GAP = " | "
ID_LENGTH = 12
# Headings such as "Brev til ordførerne 16. maj 2018" and "Fokusområde 1: Mere fleksibel opfølgning".
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(r"\w+ \d+: \w")


@dataclass(frozen=True)
class Cell:
    """A filled cell of a table row under its column's heading."""

    column: str
    clean: Clean


@dataclass(frozen=True)
class Draft:
    """A passage without its statements; `clean` is the reading text of its own words, `cells` those of a table row."""

    passage: Passage
    clean: Clean
    cells: tuple[Cell, ...] = ()


class _Unit(NamedTuple):
    """A passage's matter before it has its place: its words, where they stand, and what it hangs under."""

    kind: PassageKind
    spans: tuple[Span, ...]
    clean: Clean
    lead: Clean = EMPTY
    columns: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    number: str = ""


def passages(source: Source, document: Document) -> tuple[Draft, ...]:
    """The document's passages in reading order. SourceError when a part's heading is not found in it.

    Every word of the document stands in a passage or in a heading, but for running headers and page numbers.
    """
    drafts: list[Draft] = []
    seen: Counter[str] = Counter()
    meant = meaning(document.text)
    for unit, place in _units(source, document):
        passage = _passage(source, document, unit, place, len(drafts))
        passage = replace(passage, search_text=meant(passage.search_text))
        seen[passage.id] += 1
        if seen[passage.id] > 1:
            passage = replace(passage, id=f"{passage.id}-{seen[passage.id]}")
        drafts.append(Draft(passage, unit.clean, unit.cells))
    return tuple(drafts)


def _units(source: Source, document: Document) -> Iterator[tuple[_Unit, Place]]:
    """Passages' matter with its place; a table is read from its rows and from what goes on with them."""
    text = document.text
    blocks = in_flow(text, blocks_of(document))
    found_places, found_leads = places(source, blocks), leads(text, blocks)
    position = 0
    while position < len(blocks):
        block, place = blocks[position], found_places[position]
        if block.kind == "row":
            table = read_table(text, blocks[position:])
            yield from ((_row_unit(text, table, row), place) for row in table.rows)
            position += table.used
            continue
        if block.kind in KINDS:
            whole = read_lines(text, block)
            yield _Unit(KINDS[block.kind], block.lines, whole, found_leads[position], number=block.number), place
        elif _is_a_fact(block):
            yield _Unit("paragraph", block.lines, block.clean), place
        position += 1


def _is_a_fact(heading: Block) -> bool:
    """Whether a heading says something that an answer may have to quote: a year, or what its number stands for."""
    text = heading.clean.text
    counted = _NUMBERED.match(text) and not opens_division(text) and not opens_appendix(text)
    return bool(_YEAR.search(text) or counted) and heading.level < CAPTION


def _row_unit(source: str, table: Table, row: Row) -> _Unit:
    read = [cell_clean(source, pieces) for pieces in row.cells]
    cells = tuple(Cell(column, clean) for column, clean in zip(table.columns, read, strict=True) if clean.text)
    whole = concat(source, [cell.clean for cell in cells], CELL_GAP)
    return _Unit("table_row", row.spans, whole, columns=table.columns, cells=cells)


def _passage(source: Source, document: Document, unit: _Unit, place: Place, order: int) -> Passage:
    text = document.text
    spans = _merged(text, unit.spans)
    raw = "\n\n".join(text[span.start : span.end] for span in spans)
    path = place.path
    return Passage(
        id=_identity(source.id, path, unit.lead.text, raw),
        source_id=source.id,
        order=order,
        kind=unit.kind,
        heading_path=path,
        spans=spans,
        raw=raw,
        text=unit.clean.text,
        search_text=_search_text(source, unit, place),
        kind_of_source=place.part.kind if place.part else source.kind,
        date=place.part.date if place.part else source.date,
        page=bisect_right(document.pages, spans[0].start) if document.pages else None,
        lead_in=unit.lead.text,
        lead_in_spans=unit.lead.spans(0, len(unit.lead.text)),
        columns=unit.columns,
        municipality=place.municipality,
        provisions=provisions_of(source, place, unit.lead.text, _texts(unit), unit.number),
    )


def _merged(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Ranges with nothing but white space between them as one, so that a paragraph of many lines is one piece."""
    found: list[Span] = []
    for span in spans:
        if found and span.start >= found[-1].end and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _identity(source_id: str, path: Sequence[str], lead: str, raw: str) -> str:
    """An id that stays while the passage and the headings above it do, wherever in the document they move."""
    digest = hashlib.sha256("\x1f".join((*path, lead, raw)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{source_id}#{digest[:ID_LENGTH]}"


def _texts(unit: _Unit) -> tuple[str, ...]:
    return tuple(cell.clean.text for cell in unit.cells) or (unit.clean.text,)


def _search_text(source: Source, unit: _Unit, place: Place) -> str:
    """What is searched: title, headings, municipality, lead-in and the passage's own words, without their markup."""
    body = "\n".join(f"{cell.column}: {cell.clean.text}" for cell in unit.cells) or unit.clean.text
    local = place.municipality if place.municipality not in " ".join(place.path) else ""
    return "\n".join(part for part in (source.title, " > ".join(place.path), local, unit.lead.text, body) if part)
