"""Headings that no mark shows: captions over tables, questions over answers, and short lines over text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.sentences import sentences
from ingest.structure_blocks import BOLD, CAPTION, COUNTED, LABEL, MONTHS, PLAIN, Block
from ingest.structure_labels import label_of
from ingest.structure_shapes import lacks_end

LONGEST_CAPTION = 120
LONGEST_HEADING = 80
SHORTEST_PROSE = 60
# Words of a heading that ends in a colon ("Halsnæs:"); a longer line that does is a lead-in.
LONGEST_NAME = 3

# A line that ends in one of these goes on in what follows: "Forsøget kan kun bruges, når" / "- borgeren er voksen".
OPEN_ENDS = (
    "at", "når", "hvis", "for", "om", "til", "der", "som", "med", "af", "i", "på", "er", "og", "eller", "efter",
    "vedrørende", "under", "ved", "hos", "mod", "inden", "uden", "samt",
)  # fmt: skip

# "Målgruppe: Unge"; but "Bilag 1: Det må vi nu" and "Halsnæs:" are headings.
_LABEL = re.compile(r"[^\d:]{1,40}: \S")
_DAY = re.compile(rf"\b\d{{1,2}}\.\s+(?:{MONTHS})\s+\d{{4}}|\b\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}", re.IGNORECASE)
_LAST_WORD = re.compile(r"\w+$")


def headings_by_shape(source: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those of them as headings that their shape and what stands below them show to be."""
    found = _captions(blocks)
    marked = any(block.kind == "heading" and block.level != LABEL for block in blocks)
    for index in range(len(found) - 2, -1, -1):
        block, below = found[index], found[index + 1]
        if _is_lone_number(found, index):
            found[index] = replace(block, kind="heading", level=COUNTED)
        elif _heads(source, block, below, marked):
            level = LABEL if label_of(block.clean.text) else PLAIN
            found[index] = replace(block, kind="heading", level=level)
    return found


def _captions(blocks: Sequence[Block]) -> list[Block]:
    """A short line over a table is its caption, with the line in emphasis over that; they hold for the table alone."""
    found = list(blocks)
    for index in range(len(blocks) - 2, -1, -1):
        below, block = found[index + 1], blocks[index]
        own = block.kind == "text" and not block.number and _is_short_line(block, LONGEST_CAPTION)
        if below.kind == "row" and (own or (block.kind == "heading" and block.level >= BOLD)):
            found[index] = replace(block, kind="heading", level=CAPTION + 1)
        elif below.level == CAPTION + 1 and block.kind == "heading" and block.level >= BOLD:
            found[index] = replace(block, level=CAPTION)
    return found


def _is_short_line(block: Block, longest: int = LONGEST_HEADING) -> bool:
    text = block.clean.text
    return len(block.lines) == 1 and len(text) <= longest and lacks_end(text.removesuffix("..."))


def _heads(source: str, block: Block, below: Block, marked: bool) -> bool:
    """Whether a line heads what is below it: in a document without marked headings anything, else prose alone."""
    if block.kind != "text" or block.number or not block.clean.text[:1].isupper():
        return False
    if _is_question(block):
        return below.kind == "text" and not below.clean.text.endswith("?")
    if not (_is_name(block, below) or _is_short_line(block)) or _is_no_heading(source, block):
        return False
    if below.kind == "text":
        long_enough = not marked or len(below.clean.text) >= SHORTEST_PROSE
        return long_enough and (not lacks_end(below.clean.text) or (not marked and _goes_on(below.clean.text)))
    apart = source.count("\n", block.lines[-1].end, below.lines[0].start) > 1
    return not marked and (below.kind == "heading" or (below.kind == "item" and apart))


def _is_question(block: Block) -> bool:
    """Whether a paragraph is one question on a line, as over its answer."""
    text = block.clean.text
    return text.endswith("?") and len(block.lines) == 1 and len(text) <= LONGEST_CAPTION and len(sentences(text)) == 1


def _is_name(block: Block, below: Block) -> bool:
    """Whether a line is a name over its text ("Halsnæs:")."""
    text = block.clean.text
    return text.endswith(":") and len(text.split()) <= LONGEST_NAME and below.kind == "text"


def _is_no_heading(source: str, block: Block) -> bool:
    """Whether a short line is a labelled fact, a date or the first half of a sentence."""
    raw = source[block.lines[0].start : block.lines[0].end]
    emphasised = raw.startswith(("*", "_", "<")) and not raw.endswith(("*", "_", ">"))
    text = block.clean.text
    return emphasised or bool(_LABEL.match(text)) or bool(_DAY.search(text)) or _goes_on(text)


def _goes_on(text: str) -> bool:
    last = _LAST_WORD.search(text)
    return bool(last) and last.group() in OPEN_ENDS  # type: ignore[union-attr]


def _is_lone_number(blocks: Sequence[Block], index: int) -> bool:
    """Whether an item alone between paragraphs, short and with a number, heads the prose below ("2. Formål")."""
    block, below = blocks[index], blocks[index + 1]
    above = blocks[index - 1] if index else None
    if block.kind != "item" or not block.number.isdigit() or not _is_short_line(block):
        return False
    if above is not None and above.kind == "item":
        in_list = not _headed_before(blocks, index)
    else:
        in_list = above is not None and above.kind == "text" and above.clean.text.endswith(":")
    return not in_list and below.kind == "text"


def _headed_before(blocks: Sequence[Block], index: int) -> bool:
    """Whether the number before this one stood over text of its own, so that a list between them is another."""
    wanted = str(int(blocks[index].number) - 1)
    before = next((i for i in range(index - 1, -1, -1) if blocks[i].number == wanted), None)
    return before is not None and _is_short_line(blocks[before]) and blocks[before + 1].kind == "text"
