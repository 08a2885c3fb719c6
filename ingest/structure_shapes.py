"""Shapes of text that tell what it is: how it ends, and lines that are labels, addresses and the like."""

from __future__ import annotations

import re

from assistant.sentences import sentences
from ingest.clean import Clean, clean, concat
from ingest.structure_blocks import LABEL_VALUE, Block

LONGEST_LABEL = 30

_FINAL = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*$")
# An ordinal at a line's end: "den 15." / "januar".
_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_LIST_END = re.compile(r"[,;]$|\b(?:og|eller|samt)$")


def lacks_end(text: str) -> bool:
    """Whether a text has no mark that ends a sentence or opens a list."""
    return not _FINAL.search(text)


def may_go_on(text: str) -> bool:
    """Whether a sentence may go on in lower case: it lacks its end, or ends in an ordinal or an abbreviation."""
    if not text.endswith("."):
        return lacks_end(text)
    return bool(_ORDINAL.search(text)) or len(sentences(f"{text} Abc.")) == len(sentences(text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def promises_more(text: str) -> bool:
    """Whether a text ends as an item does that others follow."""
    return bool(_LIST_END.search(text))


def is_labelled(source: str, block: Block) -> bool:
    """Whether a block is a short label on a line of its own over its value ("Dato" / "01-02-2017")."""
    if block.kind != "text" or len(block.lines) != 2:
        return False
    label, value = (clean(source, [line]).text for line in block.lines)
    short = len(label) <= LONGEST_LABEL and len(label.split()) <= 2 and len(value) <= LABEL_VALUE
    return short and not any(char.isdigit() for char in label) and any(char.isdigit() for char in value)


def read_lines(source: str, block: Block) -> Clean:
    """A block's reading text with its short lines told apart: label and value by a colon, others by commas."""
    if is_labelled(source, block):
        return concat(source, [clean(source, [line]) for line in block.lines], ": ")
    if block.kind == "text" and len(block.lines) > 1 and not ends_sentence(block.clean.text):
        parts = [clean(source, [line]) for line in block.lines]
        if all(_is_entry(part.text) for part in parts):
            return concat(source, parts, ", ")
    return block.clean


def _is_entry(line: str) -> bool:
    """Whether a line may be one of an address or a signature, which stand each on a line of its own."""
    return len(line) <= LABEL_VALUE and (line[:1].isupper() or line[:1].isdigit() or "@" in line)
