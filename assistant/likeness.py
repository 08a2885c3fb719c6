"""Likeness of words and texts by their letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein


def nearest_word(word: str, words: Collection[str], most_edits: int) -> str:
    """The word that at most so many typing errors lie between; "" when there is none."""
    best = process.extractOne(
        word, words, scorer=DamerauLevenshtein.distance, score_cutoff=most_edits, score_hint=most_edits
    )
    return best[0] if best else ""


def edits(one: str, other: str, most: int) -> int:
    """How many typing errors lie between two words; `most` + 1 for any number above `most`."""
    return DamerauLevenshtein.distance(one, other, score_cutoff=most)


def likeness(texts: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.float32]:
    """How alike each text is to each other one, 0-100, as (texts, others)."""
    return process.cdist(texts, others, scorer=fuzz.ratio, dtype=np.float32)
