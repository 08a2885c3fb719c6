"""The fonts of a printed note: which of them has a character, and what stands for one that none has.

The PDF's own fonts lack letters that people type ("≥", "Łódź"), so Noto Sans is put into the file; FiraGO and
Cascadia Mono lend what it lacks (all SIL Open Font License, in the package pymupdf-fonts).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Literal, NamedTuple

import pymupdf_fonts
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

Face = Literal["regular", "bold"]
# The package's codes, the first that has a character draws it.
_CHAINS: Mapping[Face, tuple[str, ...]] = {
    "regular": ("notos", "figo", "cascadia"),
    "bold": ("notosbo", "figbo", "cascadiab"),
}


class Run(NamedTuple):
    """Some text and the name of the font that has all of it."""

    font: str
    text: str


def main_font(face: Face) -> str:
    """The name of the face's first font, loaded."""
    return _loaded(_CHAINS[face][0]).name


def runs(text: str, face: Face) -> Iterator[Run]:
    """`text` in stretches of one font each; a character that no font has becomes its number, "[U+1F600]".

    Letters and their accents are composed first: an accent on its own would be drawn beside its letter. A letter that
    is written from right to left becomes its number too: the PDF library would set the words backwards.
    """
    composed = unicodedata.normalize("NFC", text)
    for font, chars in groupby(composed, key=lambda char: _font_of(ord(char), face)):
        if font:
            yield Run(font, "".join(chars))
        else:
            yield Run(main_font(face), f"[{' '.join(f'U+{ord(char):04X}' for char in chars)}]")


@cache
def _font_of(code: int, face: Face) -> str:
    """The name of the first font that has the character, "" if none has or the character cannot be set."""
    if unicodedata.bidirectional(chr(code)) in ("R", "AL"):
        return ""
    return next((font.name for font in map(_loaded, _CHAINS[face]) if font.has(code)), "")


class _Font(NamedTuple):
    name: str
    glyphs: Mapping[int, int]

    def has(self, code: int) -> bool:
        return chr(code) in " \n\t" or bool(self.glyphs.get(code))


@cache
def _loaded(code: str) -> _Font:
    """A font of the package, made known to the PDF library under its code."""
    font = TTFont(code, BytesIO(pymupdf_fonts.myfont(code)))
    registerFont(font)
    return _Font(code, font.face.charToGlyph)
