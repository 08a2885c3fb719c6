"""Text as HTML: escaped, every word kept, the source's own markup dimmed, quoted words marked."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from assistant.legible import SIGNS, visible
from assistant.models import Span

_HEADING = re.compile(r" {0,3}#{1,6} ")
_BOLD = {"**", "***", "<b>", "</b>", "<strong>", "</strong>"}
_ITALIC = {"*", "***", "<i>", "</i>", "<em>", "</em>"}
_LABEL = re.compile(r"\[(\d{1,3})\]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=^\"'@/])")
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")
_MIN_TABS = 2


class Piece(NamedTuple):
    """A stretch of a line: half-open range, and the CSS classes that it is shown with."""

    start: int
    end: int
    style: str


def escape(text: str) -> str:
    """`text` as HTML that shows it character for character."""
    return html.escape(visible(text))


def markdown_safe(text: str) -> str:
    """`text` as Markdown that shows it character for character."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


def prose_html(text: str, anchor: str, labels: Collection[int]) -> str:
    """Prose as HTML; each [n] with n in `labels` becomes a link to the element `{anchor}-{n}`."""

    def link(found: re.Match[str]) -> str:
        n = int(found[1])
        return f'<a class="fa-label" href="#{anchor}-{n}">[{n}]</a>' if n in labels else found[0]

    paragraphs = (part.strip() for part in escape(text).split("\n\n"))
    return "".join(f"<p>{_LABEL.sub(link, part)}</p>" for part in paragraphs if part)


def document_html(text: str, start: int = 0, end: int = 0) -> str:
    """A whole document as HTML blocks whose text content is exactly `text` (control characters made visible).

    The characters from `start` to `end` are wrapped in <mark>, one for each line and cell they touch.
    """
    return "".join(_blocks(text, Span(start, end)))


def _blocks(text: str, marked: Span) -> Iterator[str]:
    position = 0
    headings: tuple[str, ...] = ()
    while position < len(text):
        blank = _BLANK_LINES.match(text, position)
        stop = blank.end() if blank else text.find("\n", position) + 1 or len(text)
        cells = text[position:stop].split("\t")
        if blank:
            yield f'<div class="gap">{_runs(text, Span(position, stop), marked)}</div>'
        elif len(cells) > _MIN_TABS:
            known = headings if len(headings) == len(cells) else ()
            yield _row(text, Span(position, stop), marked, known)
            headings = headings if known else tuple(cell.strip() for cell in cells)
        else:
            kind = "heading" if _HEADING.match(text, position) else "line"
            yield f'<div class="{kind}">{_runs(text, Span(position, stop), marked)}</div>'
        position = stop


def _row(text: str, line: Span, marked: Span, headings: tuple[str, ...]) -> str:
    """A line with several tabs: its cells under each other or side by side, each with its column's heading.

    The headings are those of the first row with as many cells; they are attributes, so that the text is unchanged.
    """
    cells = []
    begin = line.start
    for column in range(text.count("\t", *line) + 1):
        stop = text.find("\t", begin, line.end) + 1 or line.end
        label = f' data-column="{escape(headings[column])}"' if headings else ""
        cells.append(f'<div class="cell"{label}>{_runs(text, Span(begin, stop), marked)}</div>')
        begin = stop
    return f'<div class="row{"" if headings else " first"}">{"".join(cells)}</div>'


def _runs(text: str, part: Span, marked: Span) -> str:
    return "".join(_piece_html(text, piece, marked) for piece in _pieces(text, part))


def _pieces(text: str, part: Span) -> Iterator[Piece]:
    """The stretches between formatting signs, and the signs themselves."""
    bold = italic = False
    position = part.start
    for sign in SIGNS.finditer(text, *part):
        yield Piece(position, sign.start(), _style(bold, italic))
        yield Piece(sign.start(), sign.end(), "sign")
        bold ^= sign[0].lower() in _BOLD
        italic ^= sign[0].lower() in _ITALIC
        position = sign.end()
    yield Piece(position, part.end, _style(bold, italic))


def _style(bold: bool, italic: bool) -> str:
    return " ".join(name for name, on in (("b", bold), ("i", italic)) if on)


def _piece_html(text: str, piece: Piece, marked: Span) -> str:
    """A piece as HTML, what lies within `marked` in <mark>."""
    low, high = max(piece.start, marked.start), min(piece.end, marked.end)
    if low < high:
        before, inside, after = text[piece.start : low], text[low:high], text[high : piece.end]
        content = f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"
    else:
        content = escape(text[piece.start : piece.end])
    return f'<span class="{piece.style}">{content}</span>' if piece.style and content else content
