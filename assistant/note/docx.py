"""A journal note as a Word document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.note.content import Field, Note, Quoted, Section, stretches

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_FONT = "Calibri"
_GREY = RGBColor(0x5C, 0x66, 0x70)
_SIGN = RGBColor(0x9A, 0xA3, 0xAB)
_INK = RGBColor(0x1A, 0x20, 0x26)
_MARGIN = Cm(2.2)
_WIDTH = Cm(21.0) - 2 * _MARGIN
_LABELS = Cm(3.7)
# Where a quote is longer than this, it may be parted between two pages; Word keeps a shorter one whole.
_CHARS_KEPT = 2000
_LONGEST_PROPERTY = 255


def written(note: Note) -> bytes:
    """The note as the bytes of a Word document."""
    document = Document()
    _properties(document, note)
    _styles(document, note)
    _page(document, note)
    document.add_paragraph(note.title, "Title")
    document.add_paragraph(note.lead, "Subtitle")
    _fields(document, note.fields)
    for section in note.sections:
        _section(document, section)
    out = BytesIO()
    document.save(out)
    return _dated(out.getvalue(), note.at)


def _section(document: Word, section: Section) -> None:
    document.add_heading(section.heading, 1)
    if section.strong:
        document.add_paragraph(section.strong, "Verdict")
    for text in section.paragraphs:
        document.add_paragraph(text, "Normal")
    for text in section.items:
        document.add_paragraph(text, "List Bullet")
    for quoted in section.quotes:
        _quote(document, quoted)
    _fields(document, section.fields)


def _quote(document: Word, quoted: Quoted) -> None:
    """Source and facts are kept with what follows, so that a quote never stands without them."""
    document.add_paragraph(quoted.source, "Source")
    document.add_paragraph(quoted.facts, "Source facts")
    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.keep_together = len(quoted.text) <= _CHARS_KEPT
    for part in stretches(quoted.text):
        run = paragraph.add_run(part.text)
        if part.sign:
            run.font.color.rgb = _SIGN


def _fields(document: Word, fields: Sequence[Field]) -> None:
    """Names and values under each other, on one page."""
    for place, field in enumerate(fields, 1):
        paragraph = document.add_paragraph(style="Field")
        paragraph.paragraph_format.keep_with_next = place < len(fields)
        paragraph.add_run(f"{field.label}\t").bold = True
        paragraph.add_run(field.value)


def _properties(document: Word, note: Note) -> None:
    properties = document.core_properties
    properties.title = f"{note.title}: {note.running}"
    properties.subject = note.lead
    properties.author = properties.last_modified_by = note.author[:_LONGEST_PROPERTY]
    properties.created = properties.modified = note.at.replace(tzinfo=None)
    properties.language = _LANGUAGES[note.language]
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _page(document: Word, note: Note) -> None:
    """A4, and at the foot of every page the record's number and which page it is of how many."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{note.title} · {note.running}\t")
    for piece in re.split(r"(\{\w+\})", note.pages):
        if piece == "{page}":
            _counted(foot, "PAGE")
        elif piece == "{pages}":
            _counted(foot, "NUMPAGES")
        else:
            foot.add_run(piece)


def _counted(paragraph: Paragraph, what: str) -> None:
    """A field that the reader's program fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _styles(document: Word, note: Note) -> None:
    language = _LANGUAGES[note.language]
    _speaks(document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"), language)
    _style(document, "Normal", size=11, after=6)
    _style(document, "Title", size=22, after=0, bold=True).paragraph_format.keep_with_next = True
    _style(document, "Subtitle", size=10.5, after=10, color=_GREY)
    _style(document, "Heading 1", size=14, before=14, after=4, bold=True).paragraph_format.keep_with_next = True
    _style(document, "List Bullet", size=11, after=4)
    _style(document, "Verdict", size=11, after=3, bold=True).paragraph_format.keep_with_next = True
    fields = _style(document, "Field", size=9, after=2).paragraph_format
    fields.left_indent, fields.first_line_indent = _LABELS, -_LABELS
    fields.tab_stops.add_tab_stop(_LABELS)
    for style in (
        _style(document, "Source", size=11, before=8, after=0, bold=True),
        _style(document, "Source facts", size=10, after=4, color=_GREY),
    ):
        style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
        _speaks(style.element.get_or_add_rPr(), "da-DK")
    quote = _style(document, "Quote", size=11, after=10)
    quote.paragraph_format.left_indent = Cm(0.4)
    _speaks(quote.element.get_or_add_rPr(), "da-DK")
    _barred(quote)
    foot = _style(document, "Footer", size=9, after=0, color=_GREY).paragraph_format
    foot.tab_stops.clear_all()
    foot.tab_stops.add_tab_stop(Length(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _style(
    document: Word,
    name: str,
    *,
    size: float,
    after: float,
    before: float = 0,
    bold: bool = False,
    color: RGBColor = _INK,
) -> Any:
    """The paragraph style of that name, the template's own or a new one, in the note's font."""
    known = name in document.styles
    style: Any = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = document.styles["Normal"]
    style.element.remove(style.element.get_or_add_rPr())
    style.font.name, style.font.size = _FONT, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, False, color
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    return style


def _speaks(look: Any, language: str) -> None:
    """Names the language of a style's words, for spelling and for reading aloud."""
    for given in look.findall(qn("w:lang")):
        look.remove(given)
    named = OxmlElement("w:lang")
    named.set(qn("w:val"), language)
    look.append(named)


def _barred(style: Any) -> None:
    """A bar along the left side."""
    bars, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "C3CAD1")):
        bar.set(qn(f"w:{name}"), value)
    bars.append(bar)
    look = style.element.get_or_add_pPr()
    before = look.find(qn("w:spacing"))
    before.addprevious(bars)


def _dated(data: bytes, at: datetime) -> bytes:
    """The same package with every part dated `at`: else the same note would differ from second to second."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w", ZIP_DEFLATED) as dated:
        for name in given.namelist():
            part = ZipInfo(name, date_time=at.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            dated.writestr(part, given.read(name))
    return out.getvalue()
