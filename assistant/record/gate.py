"""What people write into the record passes here: fit to read, short enough, and without personal data."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from assistant.errors import ReviewError
from assistant.privacy import mask

MOST = 4000


class Passed(NamedTuple):
    """A text as it is kept, and the kinds of personal data that were masked in it."""

    text: str
    masked: tuple[str, ...] = ()


def passed(text: str) -> Passed:
    """The text with personal data masked. Raises ReviewError for one that is too long."""
    plain = readable(text)
    masked = mask(plain)
    return Passed(masked.text, tuple(dict.fromkeys(finding.kind for finding in masked.findings)))


def readable(text: str) -> str:
    """The text in composed form without control characters; its lines stay. Raises ReviewError for one too long."""
    lines = "\n".join(text.strip().splitlines())
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Co") and char != "\n" else char for char in lines)
    if len(kept) > MOST:
        raise ReviewError(f"Teksten er på {len(kept)} tegn; der er plads til {MOST}. Skriv den kortere.")
    return unicodedata.normalize("NFC", kept)
