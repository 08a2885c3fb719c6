"""PDF files, read with pypdf: pages of lines in reading order, with the gaps and typefaces that show structure."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from assistant.errors import SourceError
from ingest.document import Document, HeadLine, read_bytes

# A gap of this many ordinary line heights or more parts two paragraphs; less parts two lines of one.
PARAGRAPH_GAP = 1.25
# A typeface this much larger than the ordinary one is a heading's.
HEADING_SIZE = 1.12
LONGEST_HEADING = 160
# Points of indentation that one space stands for.
SPACE_WIDTH = 4.0
DEEPEST_INDENT = 30
# How far from the file's end its closing mark may stand.
TAIL = 2048
# Ranks of headings in the ordinary size; larger ones rank 1 to 6 by size.
BOLD_LEVEL, ITALIC_LEVEL = 10, 11

_LOG = logging.getLogger(__name__)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BULLET_GLYPH = re.compile(r"[\x00-\x08\x0e-\x1f\x7f](?=\s)")
_SENTENCE = re.compile(r"(?<!m\.v)(?<!mv)(?<!\.\.)[.,;:]$")
# What pypdf raises on damaged files, beside its own errors.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text, where it stands in points, and its face ("" ordinary, "bold" or "italic")."""

    text: str
    x: float
    y: float
    size: float
    face: str


def read_document(path: Path) -> Document:
    """A PDF's text with the start of each page. SourceError when encrypted, damaged, mislabelled or without text."""
    data = read_bytes(path)
    if b"%PDF-" not in data[:1024]:
        raise SourceError(
            f"Filen {path.name} er ikke en PDF, selv om endelsen siger det. Giv den den rette endelse, fx .txt."
        )
    if b"%%EOF" not in data[-TAIL:]:
        raise SourceError(f"Filen {path.name} er afkortet: slutningen mangler. Hent den igen.")
    pages = _pages(path, data)
    if not any(char.isalnum() for page in pages for line in page for char in line.text):
        raise SourceError(
            f"Filen {path.name} har ingen tekst (måske er den scannet). "
            "Kør tekstgenkendelse (OCR) på den, og læg den ind igen."
        )
    _show_unread(path, pages)
    return _document(pages)


def _show_unread(path: Path, pages: Sequence[Sequence[_Line]]) -> None:
    """Pages without text are blank or pictures; which, only a person can see."""
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    if empty:
        _LOG.warning(
            "Filen %s har ingen tekst på side %s. Er siden ikke tom, så kør tekstgenkendelse (OCR).",
            path.name,
            ", ".join(empty),
        )


def _pages(path: Path, data: bytes) -> list[list[_Line]]:
    # Its remarks on odd but readable files mean nothing to a user.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    encrypted = f"Filen {path.name} er krypteret. Gem den uden adgangskode, og læg den ind igen."
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(encrypted)
        return [list(_lines(page)) for page in reader.pages]
    except DependencyError as exc:
        raise SourceError(encrypted) from exc
    except _DAMAGE as exc:
        raise SourceError(f"Filen {path.name} er beskadiget og kan ikke læses ({exc}). Hent den igen.") from exc


def _lines(page: PageObject) -> Iterator[_Line]:
    """The page's lines in the order of its content, each where its first words stand."""
    runs: list[_Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, object] | None, size: float) -> None:
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        runs.append(_Line(text, x, y, size * abs(tm[3] or 1.0), _face(font)))

    page.extract_text(visitor_text=visit)
    row: list[_Line] = []
    for run in runs:
        *ended, rest = run.text.split("\n")
        for text in ended:
            yield from _merged([*row, _with_text(run, text)])
            row = []
        row.append(_with_text(run, rest))
    yield from _merged(row)


def _with_text(run: _Line, text: str) -> _Line:
    return _Line(text, run.x, run.y, run.size, run.face)


def _face(font: dict[str, object] | None) -> str:
    name = str((font or {}).get("/BaseFont", "")).lower()
    return "bold" if "bold" in name else "italic" if "italic" in name or "oblique" in name else ""


def _merged(runs: Sequence[_Line]) -> Iterator[_Line]:
    """One line of its runs; its size is that of its longest run, its face the one that all its words share."""
    inked = [run for run in runs if run.text.strip()]
    if not inked:
        return
    text = _BULLET_GLYPH.sub("•", "".join(run.text for run in runs).strip())
    faces = {run.face for run in inked if any(char.isalnum() for char in run.text)}
    face = faces.pop() if len(faces) == 1 else ""
    longest = max(inked, key=lambda run: len(run.text))
    yield _Line(_CONTROL.sub("", text), inked[0].x, inked[0].y, longest.size, face)


def _document(pages: Sequence[Sequence[_Line]]) -> Document:
    """Pages' lines as one text: a blank line where a gap parts paragraphs, and spaces for indentation."""
    leading, size = _ordinary(pages)
    levels = _size_levels(pages, size)
    pieces: list[str] = []
    starts: list[int] = []
    headings: list[HeadLine] = []
    position = 0
    for page in pages:
        starts.append(position)
        left = min((line.x for line in page), default=0.0)
        for group in _groups(page, leading, size):
            level = _heading_level(group, size, levels)
            for line in group:
                indent = " " * min(DEEPEST_INDENT, int((line.x - left) / SPACE_WIDTH))
                if level:
                    headings.append(HeadLine(position + len(indent), level))
                pieces.append(f"{indent}{line.text}\n")
                position += len(pieces[-1])
            pieces.append("\n")
            position += 1
    return Document("".join(pieces), tuple(starts), tuple(headings))


def _ordinary(pages: Sequence[Sequence[_Line]]) -> tuple[float, float]:
    """The document's line height and type size: those of most lines and most words."""
    gaps = Counter(round(gap * 2) / 2 for page in pages for gap in _gaps(page) if gap > 0)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=12.0), sizes.most_common(1)[0][0]


def _gaps(page: Sequence[_Line]) -> Iterator[float]:
    return (above.y - below.y for above, below in pairwise(page))


def _groups(page: Sequence[_Line], leading: float, size: float) -> Iterator[list[_Line]]:
    """Runs of lines that no gap, step back up or change of type size parts; larger type has larger line heights."""
    group: list[_Line] = []
    for line in page:
        if group:
            gap = group[-1].y - line.y
            most = PARAGRAPH_GAP * leading * max(1.0, line.size / size)
            if not -1 < gap < most or abs(group[-1].size - line.size) > 1:
                yield group
                group = []
        group.append(line)
    if group:
        yield group


def _size_levels(pages: Sequence[Sequence[_Line]], ordinary: float) -> dict[float, int]:
    larger = {round(line.size, 1) for page in pages for line in page if line.size > ordinary * HEADING_SIZE}
    return {size: min(rank, 6) for rank, size in enumerate(sorted(larger, reverse=True), 1)}


def _heading_level(group: Sequence[_Line], ordinary: float, levels: dict[float, int]) -> int:
    """The rank of a group of lines that stands out whole by its type and is no sentence, else 0."""
    text = " ".join(line.text for line in group)
    if len(text) > LONGEST_HEADING or _SENTENCE.search(text) or not any(char.isalpha() for char in text):
        return 0
    if all(line.size > ordinary * HEADING_SIZE for line in group):
        return levels[round(group[0].size, 1)]
    faces = {line.face for line in group}
    return {frozenset({"bold"}): BOLD_LEVEL, frozenset({"italic"}): ITALIC_LEVEL}.get(frozenset(faces), 0)
