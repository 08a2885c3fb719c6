"""The model's text as it comes, cut into sentences that keep their marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.sentences import sentences

MARK = re.compile(r"\[(\d{1,3})\]")
_MARKS = re.compile(r"(?:\s*\[\d{1,3}\])+[.!?]?")
_BULLET = re.compile(r"^(?:[-*•#]+|\d{1,2}[.)])\s+")
_MARKUP = re.compile(r"[*_`#]+")
_OPEN_MARK = re.compile(r"\[\d{0,3}$")


class Cut(NamedTuple):
    """The sentences that are complete, and what is still being written."""

    whole: tuple[str, ...]
    rest: str


def cut(text: str, ended: bool = False) -> Cut:
    """`text` in sentences, each with the marks behind it; the last is complete only when the text has `ended`."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        start = 0
        for end in _ends(line):
            pieces.append(line[start:end])
            start = end
        if line[start:].strip():
            pieces.append(line[start:])
    if ended or not pieces:
        return Cut(tuple(filter(None, map(_tidy, pieces))), "")
    return Cut(tuple(filter(None, map(_tidy, pieces[:-1]))), pieces[-1])


def _ends(line: str) -> list[int]:
    """Where sentences end in one line: behind the marks that follow a full stop."""
    ends: list[int] = []
    for span in sentences(line):
        marks = _MARKS.match(line, span.end)
        end = marks.end() if marks else span.end
        if not ends or end > ends[-1]:  # what follows may be no more than the marks
            ends.append(end)
    return ends


def _tidy(sentence: str) -> str:
    """A sentence without the ornaments of a list or of Markdown; "" when nothing is left."""
    bare = _MARKUP.sub("", _BULLET.sub("", sentence.strip())).strip()
    return bare if re.search(r"[^\W\d_]", MARK.sub("", bare)) else ""


def marks(sentence: str) -> tuple[int, ...]:
    """The numbers of its marks, each once."""
    return tuple(dict.fromkeys(int(number) for number in MARK.findall(sentence)))


def unmarked(sentence: str) -> str:
    """The sentence without its marks."""
    return re.sub(r"\s+([.,;!?])", r"\1", " ".join(MARK.sub(" ", sentence).split()))
