"""A plain reading of a text that may hide its words: look-alike letters, invisible characters, full-width forms."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assistant.models import Span

_LOOKALIKES = str.maketrans("аеорсухіѕјАВЕКМНОРСТХαοενι", "aeopcyxisjABEKMHOPCTXaoevi")


@dataclass(frozen=True, slots=True)
class Plain:
    """The reading, and for each of its characters the place in the original; `size` is the original's length."""

    text: str
    places: tuple[int, ...]
    size: int

    def original(self, span: Span) -> Span:
        """The original's span behind a span of the reading."""
        end = self.places[span.end] if span.end < len(self.places) else self.size
        return Span(self.places[span.start], end)

    def reading(self, span: Span) -> Span:
        """The reading's span for a span that `original` gave."""
        start = next((i for i, place in enumerate(self.places) if place >= span.start), len(self.places))
        end = next((i for i, place in enumerate(self.places) if place >= span.end), len(self.places))
        return Span(start, end)


def plain(text: str) -> Plain:
    """`text` with compatibility forms resolved, look-alike letters made Latin and invisible characters gone."""
    latin = sum("a" <= letter.lower() <= "z" for letter in text) * 2 > sum(map(str.isalpha, text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) == "Cf":
            continue
        shown = unicodedata.normalize("NFKC", letter)
        for part in shown.translate(_LOOKALIKES) if latin else shown:
            letters.append(part)
            places.append(place)
    return Plain("".join(letters), tuple(places), len(text))
