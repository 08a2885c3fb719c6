"""A journal note as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, SimpleDocTemplate

from assistant.note.content import Field, Note, Quoted, Section, stretches
from assistant.note.fonts import Face, main_font, runs

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_MARGIN = 2.2 * cm
_GREY = "#5c6670"
_SIGN = "#9aa3ab"
_SIZES: dict[str, dict[str, Any]] = {
    "title": {"face": "bold", "fontSize": 20, "leading": 25},
    "lead": {"fontSize": 10, "leading": 14, "spaceAfter": 12, "textColor": HexColor(_GREY)},
    "heading": {"face": "bold", "fontSize": 13, "leading": 17, "spaceBefore": 14, "spaceAfter": 4},
    "strong": {"face": "bold", "spaceAfter": 3},
    "text": {"spaceAfter": 6},
    "item": {"leftIndent": 14, "spaceAfter": 4},
    "field": {"fontSize": 9, "leading": 12.5, "leftIndent": 105, "spaceAfter": 2},
    "source": {"face": "bold", "fontSize": 10, "leading": 13, "spaceBefore": 8},
    "facts": {"fontSize": 9, "leading": 12, "textColor": HexColor(_GREY), "spaceAfter": 6},
    "quote": {
        "leftIndent": 8,
        "rightIndent": 8,
        "spaceAfter": 12,
        "backColor": HexColor("#f2f4f6"),
        "borderPadding": (3, 6, 5, 6),
    },
}
# A quote of more lines than this may be parted between two pages; a shorter one is kept whole, with its source.
_LINES_KEPT = 25
_CHARS_A_LINE = 85
# The PDF library keeps its fonts in tables of the whole process.
_ONE_AT_A_TIME = Lock()


def printed(note: Note) -> bytes:
    """The note as the bytes of a PDF; made twice, since each page tells how many there are."""
    with _ONE_AT_A_TIME:
        _, pages = _built(note, 0)
        data, _ = _built(note, pages)
        return data


def _built(note: Note, pages: int) -> tuple[bytes, int]:
    """The PDF with `pages` as the number of its pages, and how many it has."""
    out = BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"{note.title}: {note.running}",
        author=note.author,
        subject=note.lead,
        creator=note.lead,
        lang=_LANGUAGES[note.language],
        invariant=1,
        initialFontName=main_font("regular"),
    )
    template.afterFlowable = _outline(template)
    furniture = _furniture(note, pages)
    template.build(list(_flowables(note)), onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue(), template.page


def _furniture(note: Note, pages: int) -> Callable[[Any, Any], None]:
    """Draws what stands at the foot of every page, and dates the file."""

    def draw(canvas: Any, template: Any) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{note.at:%Y%m%d%H%M%S}Z")
        canvas.setFont(main_font("regular"), 8.5)
        canvas.setFillColor(HexColor(_GREY))
        canvas.drawString(_MARGIN + 6, 1.3 * cm, f"{note.title} · {note.running}")
        right = note.pages.format(page=template.page, pages=pages)
        canvas.drawRightString(A4[0] - _MARGIN - 6, 1.3 * cm, right)

    return draw


def _outline(template: Any) -> Callable[[Any], None]:
    """Adds a bookmark for each heading as it is placed."""

    def mark(flowable: Any) -> None:
        if getattr(flowable, "style", None) and flowable.style.name == "heading":
            key = f"heading-{template.canv.getPageNumber()}-{flowable.getPlainText()}"
            template.canv.bookmarkPage(key)
            template.canv.addOutlineEntry(flowable.getPlainText(), key)

    return mark


def _flowables(note: Note) -> Iterator[Flowable]:
    yield _paragraph(note.title, "title")
    yield _paragraph(note.lead, "lead")
    yield from map(_field, note.fields)
    for section in note.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Flowable]:
    heading = _paragraph(section.heading, "heading")
    quotes = [_quote(each) for each in section.quotes]
    if quotes:
        yield from _kept([heading, *quotes[0]], section.quotes[0])
    else:
        yield CondPageBreak(3 * cm)
        yield heading
    if section.strong:
        yield _paragraph(section.strong, "strong")
    yield from (_paragraph(text, "text") for text in section.paragraphs)
    yield from (_paragraph(text, "item", bullet="•") for text in section.items)
    for parts, quoted in zip(quotes[1:], section.quotes[1:], strict=True):
        yield from _kept(parts, quoted)
    yield from map(_field, section.fields)


def _quote(quoted: Quoted) -> list[Flowable]:
    return [
        _paragraph(quoted.source, "source"),
        _paragraph(quoted.facts, "facts"),
        Paragraph(_quote_markup(quoted.text), _style("quote")),
    ]


def _kept(parts: list[Flowable], quoted: Quoted) -> Iterator[Flowable]:
    """A quote on one page with its source; a long one begins under its source and runs on."""
    lines = sum(1 + len(line) // _CHARS_A_LINE for line in quoted.text.split("\n"))
    if lines <= _LINES_KEPT:
        yield KeepTogether(parts)
    else:
        yield CondPageBreak(6 * cm)
        yield from parts


def _field(field: Field) -> Flowable:
    return _paragraph(field.value, "field", bullet=field.label)


def _paragraph(text: str, name: str, bullet: str | None = None) -> Flowable:
    return Paragraph(_markup(text, _SIZES[name].get("face", "regular")), _style(name), bulletText=bullet)


def _style(name: str) -> ParagraphStyle:
    given = dict(_SIZES[name])
    font = main_font(given.pop("face", "regular"))
    bold = main_font("bold") if name == "field" else font
    size = given.get("fontSize", 10.5)
    base: dict[str, Any] = {
        "fontName": font,
        "fontSize": 10.5,
        "leading": 14.5,
        "bulletFontName": bold,
        "bulletFontSize": size,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(name, **(base | given))


def _quote_markup(text: str) -> str:
    """A quote with the document's formatting signs faint."""
    pieces = ((_markup(part.text, "regular"), part.sign) for part in stretches(text))
    return "".join(f'<font color="{_SIGN}">{piece}</font>' if sign else piece for piece, sign in pieces)


def _markup(text: str, face: Face) -> str:
    """`text` in the PDF library's markup: shown character for character, each in a font that has it."""
    main = main_font(face)
    pieces = ((escape(run.text).replace("\n", "<br/>"), run.font) for run in runs(text, face))
    return "".join(piece if font == main else f'<font name="{font}">{piece}</font>' for piece, font in pieces)
