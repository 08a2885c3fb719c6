"""What every format is read into, and the bytes it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.errors import SourceError


class HeadLine(NamedTuple):
    """A line that its typeface shows to be a heading: where it starts, and its rank (1 the highest)."""

    start: int
    level: int


@dataclass(frozen=True)
class Document:
    """A document's whole text, which all spans point into; `pages` are the start offsets of its pages, () if none.

    `headings` are the lines that stand out by their typeface, for formats that know of any.
    """

    text: str
    pages: tuple[int, ...] = ()
    headings: tuple[HeadLine, ...] = ()


def read_bytes(path: Path) -> bytes:
    """The file's bytes. SourceError when it is missing, unreadable or empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise SourceError(
            f"Filen {path.name} findes ikke i {path.parent}. Læg den der, eller ret «file» i sources.toml."
        ) from exc
    except OSError as exc:
        raise SourceError(
            f"Filen {path.name} kan ikke læses: {exc.strerror}. Ret filens rettigheder eller sti."
        ) from exc
    if not data.strip():
        raise SourceError(f"Filen {path.name} er tom. Hent dokumentet igen, eller fjern det fra sources.toml.")
    return data
