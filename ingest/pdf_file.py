"""PDF files, read with pypdf: pages of text in reading order."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from assistant.errors import SourceError
from ingest.document import Document, read_bytes

PAGE_GAP = "\n\n"


def read_document(path: Path) -> Document:
    """A PDF's text with the start of each page. SourceError when encrypted, damaged, mislabelled or without text."""
    data = read_bytes(path)
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"Filen {path.name} er ikke en PDF, selv om endelsen siger det. Giv den rette endelse, fx .txt.")
    pages = _page_texts(path, data)
    if not any(char.isalnum() for page in pages for char in page):
        raise SourceError(f"Filen {path.name} har ingen tekst (måske er den scannet). Kør tekstgenkendelse (OCR), og læg den ind igen.")
    starts: list[int] = []
    text = ""
    for page in pages:
        starts.append(len(text))
        text += page + PAGE_GAP
    return Document(text, tuple(starts))


def _page_texts(path: Path, data: bytes) -> list[str]:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(f"Filen {path.name} er krypteret. Gem den uden adgangskode, og læg den ind igen.")
        return [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as exc:
        raise SourceError(f"Filen {path.name} er beskadiget: {exc}. Hent den igen.") from exc
