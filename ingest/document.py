"""What every format is read into, and the bytes it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SourceError


@dataclass(frozen=True)
class Document:
    """A document's whole text, which all spans point into; `pages` are the start offsets of its pages, () if none."""

    text: str
    pages: tuple[int, ...] = ()


def read_bytes(path: Path) -> bytes:
    """The file's bytes. SourceError when it is missing, unreadable or empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise SourceError(f"Filen {path.name} findes ikke i {path.parent}. Læg den der, eller ret «file» i sources.toml.") from exc
    except OSError as exc:
        raise SourceError(f"Filen {path.name} kan ikke læses: {exc.strerror}. Ret filens rettigheder eller sti.") from exc
    if not data.strip():
        raise SourceError(f"Filen {path.name} er tom. Hent dokumentet igen, eller fjern det fra sources.toml.")
    return data
