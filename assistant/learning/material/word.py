"""The handout and the facilitator's key as Word documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.learning.cases.case import Case
from assistant.learning.material.content import (
    choices,
    conditions,
    lettered,
    quotes,
    right_reason,
    shown,
    steps,
    texts,
    verdict,
    word,
)

_FONT = "Calibri"
_INK, _GREY, _RULE = RGBColor(0x1A, 0x20, 0x26), RGBColor(0x5C, 0x66, 0x70), "C3CAD1"
_MARGIN = Cm(2.0)
_BOX = "☐"
_NOTE_LINES, _FIRST_NOTE_LINES = 8, 4  # the first page has the title too
_COLUMNS = tuple(Cm(width) for width in (0.9, 8.6, 3.2, 2.4, 1.9))
_CHARS_KEPT = 1500  # a longer quote may be parted between two pages


def handout(title: str, cases: Sequence[Case]) -> bytes:
    """Each case on its page, with boxes for verdict and reason, and lines for notes."""
    document = _document(title)
    for text in (word("fictional"), word("how"), word("on_conditions")):
        document.add_paragraph(text, "Normal")
    for number, case in enumerate(cases, start=1):
        heading = document.add_heading(word("case_of", number=number, count=len(cases)), 1)
        heading.paragraph_format.page_break_before = number > 1
        _told(document, case)
        _label(document, word("verdict"))
        document.add_paragraph("     ".join(f"{_BOX} {choice}" for choice in choices()), "Normal")
        _label(document, word("reasons"))
        for letter, text in lettered(case):
            document.add_paragraph(f"{_BOX} {letter}\t{text}", "Choice")
        _label(document, word("notes"))
        for _ in range(_NOTE_LINES if number > 1 else _FIRST_NOTE_LINES):
            document.add_paragraph("", "Note line")
    return _bytes(document)


def key(title: str, cases: Sequence[Case], minutes: int) -> bytes:
    """The overview, then each case on its page with its answer and what it rests on."""
    document = _document(word("key_title", title=title))
    document.add_paragraph(word("key_lead"), "Normal")
    _overview(document, cases, minutes)
    document.add_paragraph(word("total", minutes=minutes * len(cases), count=len(cases)), "Normal")
    document.add_paragraph(word("verbatim"), "Facts")
    for number, case in enumerate(cases, start=1):
        heading = document.add_heading(word("case", number=number), 1)
        heading.paragraph_format.page_break_before = True
        document.add_paragraph(word("steps", **steps(minutes)._asdict()), "Facts")
        _told(document, case)
        _answered(document, case)
    return _bytes(document)


def _answered(document: Word, case: Case) -> None:
    _label(document, f"{word('answer')}: {verdict(case)}")
    document.add_paragraph(shown(str(case.answer.get("answer", ""))), "Normal")
    _listed(document, word("conditions"), conditions(case))
    right = right_reason(case)
    _label(document, word("right_reason"))
    document.add_paragraph(f"{right[0]}\t{right[1]}", "Choice")
    _label(document, word("wrong_reasons"))
    for letter, text in lettered(case):
        if (letter, text) != right:
            document.add_paragraph(f"{letter}\t{text}", "Choice")
    _listed(document, word("discuss"), case.discussion)
    _listed(document, word("notices"), [each["text"] for each in case.answer.get("notices", ())])
    _label(document, word("quotes"))
    for quote in quotes(case):
        document.add_paragraph(quote.source, "Source")
        document.add_paragraph(quote.place, "Source facts")
        paragraph = document.add_paragraph(quote.words, "Quote")
        paragraph.paragraph_format.keep_together = len(quote.words) <= _CHARS_KEPT


def _told(document: Word, case: Case) -> None:
    document.add_paragraph(shown(case.situation), "Normal")
    document.add_paragraph(shown(case.question), "Question")


def _listed(document: Word, label: str, lines: Iterable[str]) -> None:
    texts_of = [shown(str(line)) for line in lines]
    if texts_of:
        _label(document, label)
        for text in texts_of:
            document.add_paragraph(text, "List Bullet")


def _label(document: Word, text: str) -> None:
    document.add_heading(text, 2)


def _overview(document: Word, cases: Sequence[Case], minutes: int) -> None:
    """A table of the cases: question, verdict, difficulty, minutes; its first row is repeated on every page."""
    headings = ("", *texts()["header"][1:3], word("difficulty"), word("plan"))
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    rows: list[tuple[str, ...]] = [headings]
    for number, case in enumerate(cases, start=1):
        level = texts()["levels"][min(case.difficulty, 3) - 1]
        rows.append((str(number), shown(case.question), verdict(case), level, word("minutes", minutes=minutes)))
    for place, row in enumerate(rows):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text, width in zip(cells, row, _COLUMNS, strict=True):
            cell.width = width
            cell.paragraphs[0].style = document.styles["Cell"]
            cell.paragraphs[0].add_run(text).bold = place == 0
    for column, width in zip(table.columns, _COLUMNS, strict=True):
        column.width = width
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _document(title: str) -> Word:
    """An A4 document with its styles, title and page numbers."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    document.core_properties.title = shown(title)
    document.core_properties.author = ""
    document.core_properties.language = "da-DK"
    document.core_properties.comments = ""
    _styles(document)
    _foot(section.footer.paragraphs[0], shown(title))
    document.add_paragraph(shown(title), "Title")
    document.add_paragraph(word("lead"), "Subtitle")
    return document


def _foot(foot: Paragraph, title: str) -> None:
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{title} · ")
    for piece in re.split(r"(\{\w+\})", str(texts()["footer"])):
        if piece in ("{page}", "{pages}"):
            _counted(foot, "PAGE" if piece == "{page}" else "NUMPAGES")
        else:
            foot.add_run(piece)


def _counted(paragraph: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _styles(document: Word) -> None:
    look = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for given in look.findall(qn("w:lang")):
        look.remove(given)
    speaks = OxmlElement("w:lang")
    speaks.set(qn("w:val"), "da-DK")
    look.append(speaks)
    _style(document, "Normal", 11, after=6)
    _style(document, "Title", 24, bold=True, follows=True)
    _style(document, "Subtitle", 11, after=12, color=_GREY)
    _style(document, "Heading 1", 18, before=12, after=6, bold=True, follows=True)
    _style(document, "Heading 2", 11, before=10, after=3, bold=True, follows=True)
    _style(document, "Question", 13, before=2, after=8, bold=True)
    _style(document, "List Bullet", 11, after=3)
    _style(document, "Facts", 9.5, after=8, color=_GREY)
    _style(document, "Cell", 9.5)
    _style(document, "Footer", 9, color=_GREY)
    _style(document, "Source", 11, before=8, bold=True, follows=True)
    _style(document, "Source facts", 9.5, after=3, color=_GREY, follows=True)
    choice = _style(document, "Choice", 11, after=5).paragraph_format
    choice.left_indent, choice.first_line_indent, choice.keep_together = Cm(1.2), -Cm(1.2), True
    choice.tab_stops.add_tab_stop(Cm(1.2))
    quote = _style(document, "Quote", 11, after=8)
    quote.paragraph_format.left_indent = Cm(0.4)
    _ruled(quote, "left", 18)
    lines = _style(document, "Note line", 16)
    _ruled(lines, "bottom", 4)
    _ruled(lines, "between", 4)


def _style(
    document: Word,
    name: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    color: RGBColor = _INK,
    follows: bool = False,
) -> Any:
    """The paragraph style of that name; `follows` keeps it on the page of what comes next."""
    known = name in document.styles
    style: Any = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = document.styles["Normal"]
    style.element.remove(style.element.get_or_add_rPr())
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, color
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = follows
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    return style


def _ruled(style: Any, side: str, thickness: int) -> None:
    """A line along a side of the style's paragraphs."""
    look = style.element.get_or_add_pPr()
    lines = look.find(qn("w:pBdr"))
    if lines is None:
        lines = OxmlElement("w:pBdr")
        look.find(qn("w:spacing")).addprevious(lines)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(thickness)), ("space", "6"), ("color", _RULE)):
        line.set(qn(f"w:{name}"), value)
    lines.append(line)


def _bytes(document: Word) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
