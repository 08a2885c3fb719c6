"""What each list item hangs under: the sentence before its list, and the item above it in a list of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.sentences import sentences
from ingest.clean import EMPTY, Clean, concat
from ingest.structure_blocks import Block
from ingest.structure_shapes import lacks_end


class _Above(NamedTuple):
    indent: int
    lead: Clean


def leads(source: str, blocks: Sequence[Block]) -> tuple[Clean, ...]:
    """The lead-in of each block, empty for those that hang under none."""
    found: list[Clean] = []
    base = EMPTY
    above: list[_Above] = []
    for block in blocks:
        lead = EMPTY
        if block.kind == "item":
            above = [item for item in above if item.indent < block.indent]
            lead = above[-1].lead if above else base
            if block.clean.text.endswith(":"):
                above.append(_Above(block.indent, concat(source, [lead, block.clean])))
        elif block.kind != "footnote":
            base, above = _lead_in(block), []
        found.append(lead)
    return tuple(found)


def _lead_in(block: Block) -> Clean:
    """The last sentence of a paragraph that ends in a colon or breaks off, else nothing."""
    text = block.clean.text
    if block.kind != "text" or not (text.endswith(":") or lacks_end(text)):
        return EMPTY
    found = sentences(text)
    return block.clean.cut(*found[-1]) if found else EMPTY
