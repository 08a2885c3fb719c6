"""Lists without markers: lines and paragraphs that are items because of the sentence that they stand under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.clean import clean
from ingest.structure_blocks import Block
from ingest.structure_shapes import ends_sentence, promises_more

LONGEST_ITEM = 120
# An item that is a line of a paragraph; a longer one is prose that happens to be broken into lines.
LONGEST_LINE = 60
# Lines of a paragraph that may be a list: a lead-in and two items.
SHORTEST_LIST = 3


def bare_lists(source: str, blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs that list things under a lead-in that ends in a colon become items, and so do such lines of one."""
    found: list[Block] = []
    position = 0
    while position < len(blocks):
        found.extend(_split_list(source, blocks[position]))
        position += 1
        if found[-1].kind == "text" and found[-1].clean.text.endswith(":"):
            length = _run_length(blocks[position:])
            found.extend(replace(item, kind="item") for item in blocks[position : position + length])
            position += length
    return found


def _split_list(source: str, block: Block) -> list[Block]:
    """A paragraph whose last lines, two or more, are short and stand under a line that ends in a colon, as a list."""
    if block.kind != "text" or len(block.lines) < SHORTEST_LIST:
        return [block]
    lines = [clean(source, [line]) for line in block.lines]
    lead = next((i for i, line in enumerate(lines) if line.text.endswith(":")), len(lines))
    below = lines[lead + 1 :]
    if len(below) < 2 or not all(_is_item_line(line.text) for line in below):
        return [block]
    head = block.lines[: lead + 1]
    items = zip(block.lines[lead + 1 :], below, strict=True)
    return [
        replace(block, lines=head, clean=clean(source, head)),
        *(replace(block, kind="item", lines=(line,), clean=text, broke=False) for line, text in items),
    ]


def _is_item_line(text: str) -> bool:
    return len(text) <= LONGEST_LINE and not text[:1].islower() and not ends_sentence(text)


def _run_length(blocks: Sequence[Block]) -> int:
    """How many blocks after a lead-in are its items."""
    if not blocks or blocks[0].kind != "text":
        return 0
    if len(blocks[0].clean.text) > LONGEST_ITEM or ends_sentence(blocks[0].clean.text):
        return _long_run(blocks)
    run = 0
    for block in blocks:
        if block.kind != "text" or len(block.clean.text) > LONGEST_ITEM or ends_sentence(block.clean.text):
            break
        if block.clean.text.endswith(":"):
            break
        run += 1
    if run and run < len(blocks) and _ends_the_list(blocks[run - 1], blocks[run]):
        return run + 1
    return run - 1 if _is_heading_after(blocks, run) else run


def _ends_the_list(before: Block, block: Block) -> bool:
    """Whether a sentence after items is the last of them: the one before it promises another."""
    return block.kind == "text" and promises_more(before.clean.text) and len(block.clean.text) <= LONGEST_ITEM


def _long_run(blocks: Sequence[Block]) -> int:
    """Items written as whole paragraphs: one, and those after it while commas, or the same first word, go on."""
    run = 1
    for before, block in pairwise(blocks):
        same_start = block.clean.text.split()[:1] == blocks[0].clean.text.split()[:1]
        if block.kind != "text" or not (same_start or promises_more(before.clean.text)):
            break
        run += 1
    return run


def _is_heading_after(blocks: Sequence[Block], run: int) -> bool:
    """Whether the last of a run of short lines heads the paragraph after it, because it is unlike the items."""
    if run < 2 or run >= len(blocks) or blocks[run].kind != "text":
        return False
    items = [block.clean.text for block in blocks[: run - 1]]
    last = blocks[run - 1].clean.text
    return last[:1].isupper() and any(all(test(item) for item in items) and not test(last) for test in _SHAPES)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _starts_lower(text: str) -> bool:
    return text[:1].islower()


_SHAPES = (_has_digit, _starts_lower, promises_more)
