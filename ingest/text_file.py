"""Documents from files: text and Markdown in whatever encoding they were written, PDF by its own module."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import SourceError
from ingest.document import Document, read_bytes

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# First bytes of formats that get a text suffix by mistake, and what to call them.
DISGUISED = {
    b"%PDF-": "en PDF-fil",
    b"PK\x03\x04": "en zip-baseret fil (fx Word eller Excel)",
    b"\xd0\xcf\x11\xe0": "en ældre Office-fil",
    b"\x89PNG": "et billede",
    b"\xff\xd8\xff": "et billede",
    b"{\\rtf": "en RTF-fil",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MOST_CONTROLS = 0.001
TEXT_SUFFIXES = (".txt", ".md")
PDF_SUFFIX = ".pdf"


def read_document(path: Path) -> Document:
    """The document in the file, by its suffix. SourceError names the file, the cause and the remedy."""
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return read_text(path)
    if suffix == PDF_SUFFIX:
        # Here, because a corpus of texts needs no PDF library.
        from ingest import pdf_file

        return pdf_file.read_document(path)
    known = ", ".join((*TEXT_SUFFIXES, PDF_SUFFIX))
    raise SourceError(f"Filen {path.name} kan ikke læses med endelsen {suffix or '(ingen)'}. Gem den som {known}.")


def read_text(path: Path) -> Document:
    """A text file's document, with line ends as \\n. SourceError says what the file is instead, and the remedy."""
    data = read_bytes(path)
    for signature, name in DISGUISED.items():
        if data.startswith(signature):
            raise SourceError(
                f"Filen {path.name} er ikke tekst, men {name}. Giv den rette endelse, eller gem den som tekst."
            )
    text = _decoded(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise SourceError(f"Filen {path.name} er ikke tekst: den har binært indhold. Gem dokumentet som tekst i UTF-8.")
    if not any(char.isalnum() for char in text):
        raise SourceError(f"Filen {path.name} har ingen tekst. Hent dokumentet igen, eller fjern det fra sources.toml.")
    return Document(text)


def _decoded(path: Path, data: bytes) -> str:
    """By byte order mark, else UTF-8, else Windows' Western encoding."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "utf-8")
    for attempt in (encoding, "cp1252"):
        try:
            return data.decode(attempt)
        except UnicodeDecodeError:
            if encoding != "utf-8":
                break
    raise SourceError(f"Filen {path.name} har en ukendt tegnkodning. Gem dokumentet som tekst i UTF-8.")
