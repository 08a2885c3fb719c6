"""Words that mean nearly the same in their sentences, by the vectors that an embedding model gives them there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


class Placed(NamedTuple):
    """The words of a text: the first character of each, and its unit vector, one row a word."""

    starts: tuple[int, ...]
    vectors: Matrix


class Placing(Protocol):
    """What gives the words of texts their vectors."""

    def words(self, texts: tuple[str, ...]) -> Mapping[str, Placed]:
        """The words of each text."""


def nearness(start: int, end: int, own: Placed, other: Placed) -> dict[int, float]:
    """How near the words at [start, end) of one text are to each word of another, by where that begins."""
    rows = [row for row, place in enumerate(own.starts) if start <= place < end]
    if not rows or not other.starts:
        return {}
    vector = own.vectors[rows].mean(axis=0)
    cosines = other.vectors @ (vector / np.linalg.norm(vector))
    return {place: float(cosine) for place, cosine in zip(other.starts, cosines, strict=True)}
