"""How much text a box on a slide holds, by a rule of thumb on the safe side: no library here can measure fonts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

_WIDE = 0.53  # the mean width of a character, as a share of its size
_LINE = 1.22  # the height of a line, likewise
_GAP = 0.45  # the space after a paragraph, likewise


class Box(NamedTuple):
    """A box's inner size in points."""

    width: float
    height: float


def height(paragraphs: Sequence[str], size: float, width: float) -> float:
    """How high paragraphs of one size are, in points."""
    a_line = max(1.0, width / (size * _WIDE))
    lines = sum(max(1, math.ceil(len(text) / a_line * 1.04)) for text in paragraphs)
    return size * (_LINE * lines + _GAP * len(paragraphs))


def largest(paragraphs: Sequence[str], box: Box, sizes: Sequence[float]) -> float | None:
    """The first of the sizes (falling) at which paragraphs fit; None when none does."""
    return next((size for size in sizes if height(paragraphs, size, box.width) <= box.height), None)


def parted(text: str, size: float, box: Box) -> list[str]:
    """Pieces of a text that each fit the box at that size, cut between words; joined by blanks they are the text."""
    pieces: list[str] = []
    for each in re.split(r"(?<=[.;:])\s+|\s+", text):
        joined = f"{pieces[-1]} {each}" if pieces else each
        if pieces and height([joined], size, box.width) <= box.height:
            pieces[-1] = joined
        else:
            pieces.append(each)
    return pieces
