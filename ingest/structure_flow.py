"""The flow of a document: cut sentences whole again, footnotes after their text, lists and headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.clean import concat
from ingest.structure_blocks import Block
from ingest.structure_headings import headings_by_shape
from ingest.structure_law import division_rank
from ingest.structure_lists import bare_lists
from ingest.structure_shapes import lacks_end, may_go_on

SHORTEST_PROSE = 60
# A chapter's title may be longer than other headings: its number says what it is.
LONGEST_TITLE = 160

# Words that close a letter; what follows, up to the next heading, is its signature.
CLOSINGS = (
    "med venlig hilsen",
    "venlig hilsen",
    "de bedste hilsner",
    "med venlige hilsner",
    "kind regards",
    "yours sincerely",
)

_MARK = r"<sup>\s*{number}\)?\s*</sup>|\[\^{number}\]|(?<=[^\W\d_]){number}(?=\W|$)"


def in_flow(source: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks as a reader takes them in, each footnote after the paragraph that refers to it."""
    closed = _signatures(source, _without_notes(blocks))
    joined = _joined(source, bare_lists(source, closed))
    headed = headings_by_shape(source, _titled_divisions(source, joined))
    for note in blocks:
        if note.kind == "footnote":
            headed.insert(_place_of(source, note, headed), note)
    return tuple(headed)


def _without_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without footnotes and rules; what stood around one stands across a page break."""
    found: list[Block] = []
    cut = False
    for block in blocks:
        if block.kind in ("footnote", "rule"):
            cut = True
        else:
            found.append(replace(block, broke=block.broke or cut))
            cut = False
    return found


def _place_of(source: str, note: Block, blocks: Sequence[Block]) -> int:
    """Where a footnote goes: after the block before it that bears its mark, else after the last block before it."""
    before = [i for i, block in enumerate(blocks) if block.lines[0].start < note.lines[0].start]
    mark = re.compile(_MARK.format(number=re.escape(note.number)))
    marked = (i for i in reversed(before) if any(mark.search(source, *line) for line in blocks[i].lines))
    return next(marked, before[-1] if before else -1) + 1


def _signatures(source: str, blocks: Sequence[Block]) -> list[Block]:
    """Everything under a closing formula, up to the next heading with a mark of its own, as one block."""
    found: list[Block] = []
    inside = False
    for block in blocks:
        marked = block.kind == "heading" and 1 <= block.level <= 6
        if block.kind == "text" and block.clean.text.lower().rstrip(",. ") in CLOSINGS:
            inside = True
            found.append(block)
        elif inside and not marked and block.kind in ("text", "heading"):
            lines = (*found[-1].lines, *block.lines)
            found[-1] = replace(found[-1], lines=lines, clean=concat(source, [found[-1].clean, block.clean], ", "))
        else:
            inside = False
            found.append(block)
    return found


def _joined(source: str, blocks: Sequence[Block]) -> list[Block]:
    """Sentences that a page break or a blank line cut in two, whole again."""
    found: list[Block] = []
    for block in blocks:
        if found and _belongs_to(found[-1], block):
            before = found[-1]
            lines = (*before.lines, *block.lines)
            found[-1] = replace(before, lines=lines, clean=concat(source, [before.clean, block.clean]))
        else:
            found.append(block)
    return found


def _belongs_to(before: Block, block: Block) -> bool:
    if block.kind != "text" or block.number or before.kind not in ("text", "item"):
        return False
    if before.kind == "item" and not block.broke:
        return False
    if block.clean.text[:1].islower():
        return may_go_on(before.clean.text)
    prose = _is_prose(before.clean.text) and _is_prose(block.clean.text)
    return block.broke and lacks_end(before.clean.text) and prose


def _is_prose(text: str) -> bool:
    return len(text) >= SHORTEST_PROSE and " " in text


def _titled_divisions(source: str, blocks: Sequence[Block]) -> list[Block]:
    """A chapter's number and the title below it are one heading."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if above and above.kind == "heading" and _is_title(above, block):
            lines = (*above.lines, *block.lines)
            found[-1] = replace(above, lines=lines, clean=concat(source, [above.clean, block.clean], ": "))
        else:
            found.append(block)
    return found


def _is_title(division: Block, block: Block) -> bool:
    if not division_rank(division.clean.text) or block.number or len(block.clean.text) > LONGEST_TITLE:
        return False
    return block.kind == "text" or (block.kind == "heading" and not division_rank(block.clean.text))
