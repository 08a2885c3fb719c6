"""A workshop's slides: every text whole on its slide, smaller or on a further slide where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from assistant.learning.cases.case import CHOICES, Case
from assistant.learning.material.content import (
    Tally,
    choices,
    first_sentence,
    lettered,
    quotes,
    right_reason,
    shown,
    tally_of,
    verdict,
    word,
)
from assistant.learning.material.fitting import Box, height, largest, parted

_FONT = "Calibri"
_INK, _GREY = RGBColor(0x1A, 0x20, 0x26), RGBColor(0x5C, 0x66, 0x70)
_WHITE, _PAPER = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xF4, 0xF6, 0xF8)
_COLORS = {
    "ja": RGBColor(0x1B, 0x6E, 0x3C),
    "nej": RGBColor(0xA6, 0x1E, 0x2D),
    "betinget": RGBColor(0x8A, 0x5A, 0x00),
}
_WIDTH, _HEIGHT, _EDGE = 13.333, 7.5, 0.7  # inches
_BODY = Box((_WIDTH - 2 * _EDGE) * 72, 5.35 * 72)
_TOP = 1.55
_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
_LEAST = 16.0
_QUOTE_SIZES = (24.0, 22.0, 20.0, 18.0, _LEAST)
_SAYS_MORE = 45  # characters from which a conclusion says more than the verdict beside it


class Line(NamedTuple):
    """A paragraph of a slide; `scale` is its share of the body's size."""

    text: str
    bold: bool = False
    color: RGBColor = _INK
    scale: float = 1.0


def slides(title: str, cases: Sequence[Case], results: Sequence[Tally] | None) -> bytes:
    """The title, each case with its reveal, and a last slide."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    show.core_properties.title = shown(title)
    show.core_properties.author = ""
    show.core_properties.language = "da-DK"
    _opening(show, shown(title), (word("lead"), word("fictional")))
    for number, case in enumerate(cases, start=1):
        head = word("case_of", number=number, count=len(cases))
        _asked(show, head, case)
        _revealed(show, head, case)
        tally = tally_of(case, results)
        if tally and sum(tally.verdicts.values()):
            _voted(show, head, case, tally)
        _paged(show, f"{head}: {word('discuss')}", [Line(shown(each)) for each in case.discussion], _SIZES)
    _opening(show, word("thanks"), (word("further"),))
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def _asked(show: Any, head: str, case: Case) -> None:
    """The case, and on a slide of its own the reasons to choose among."""
    told = [Line(shown(case.situation)), Line(shown(case.question), bold=True, scale=1.1)]
    _paged(show, head, [*told, Line("     ".join(f"☐ {choice}" for choice in choices()), color=_GREY)], _SIZES)
    reasons = [Line(f"{letter}   {text}") for letter, text in lettered(case)]
    _paged(show, f"{head}: {word('reasons')}", reasons, _QUOTE_SIZES)


def _revealed(show: Any, head: str, case: Case) -> None:
    """The verdict with the reason that decides, then the quotes, as many slides as they take."""
    letter, text = right_reason(case)
    conclusion = first_sentence(case)
    said = [Line(conclusion, bold=True)] if len(conclusion) > _SAYS_MORE else []
    head_of = f"{head}: {word('answer')}"
    slide = _paged(show, head_of, [*said, Line(f"{letter}   {text}")], _SIZES, badge=case)
    slide.notes_slide.notes_text_frame.text = shown(str(case.answer.get("answer", "")))
    lines: list[Line] = []
    for words, sources in _by_words(case).items():
        lines += [Line(source, bold=True, color=_GREY, scale=0.75) for source in sources]
        lines += [Line(piece) for piece in parted(words, _LEAST, Box(_BODY.width, _BODY.height * 0.7))]
    _paged(show, f"{head}: {word('quotes')}", lines, _QUOTE_SIZES)


def _by_words(case: Case) -> dict[str, list[str]]:
    """The quotes with the documents that hold them, those of the same words together."""
    found: dict[str, list[str]] = {}
    for quote in quotes(case):
        found.setdefault(quote.words, []).append(f"{quote.source} · {quote.heading}" if quote.heading else quote.source)
    return found


def _paged(show: Any, head: str, lines: Sequence[Line], sizes: Sequence[float], badge: Case | None = None) -> Any:
    """The lines on one slide, else on several, each as large as they fit; the first slide."""
    box = _BODY if badge is None else Box(_BODY.width, _BODY.height - 70)
    whole = next((size for size in sizes if _height(lines, size, box) <= box.height), None)
    first = None
    for page in [list(lines)] if whole else _pages(lines, sizes[-1], box):
        size = whole or next((size for size in sizes if _height(page, size, box) <= box.height), sizes[-1])
        slide = _slide(show, head, page, size, badge if first is None else None)
        first = first or slide
    return first


def _height(lines: Sequence[Line], size: float, box: Box) -> float:
    return sum(height([line.text], size * line.scale, box.width) for line in lines)


def _pages(lines: Sequence[Line], size: float, box: Box) -> list[list[Line]]:
    """The lines in pages that hold them; a small line is kept with the one after it."""
    pages: list[list[Line]] = [[]]
    for group in _groups(lines):
        if pages[-1] and _height([*pages[-1], *group], size, box) > box.height:
            pages.append([])
        pages[-1] += group
    return pages


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if line.scale >= 1:
            groups.append([])
    return [group for group in groups if group]


def _slide(show: Any, head: str, lines: Sequence[Line], size: float, badge: Case | None) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[5])  # a title and nothing else
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (Inches(each) for each in (_EDGE, 0.35, _WIDTH - 2 * _EDGE, 0.9))
    _write(title.text_frame, [Line(head, bold=True, color=_GREY)], 26)
    top = _TOP
    if badge is not None:
        _badge(slide, badge)
        top += 70 / 72
    frame = slide.shapes.add_textbox(
        Inches(_EDGE), Inches(top), Inches(_WIDTH - 2 * _EDGE), Inches(_HEIGHT - top - 0.35)
    ).text_frame
    _write(frame, lines, size)
    return slide


def _badge(slide: Any, case: Case) -> None:
    """The verdict in its colour and in words."""
    shape = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, Inches(_EDGE), Inches(_TOP - 0.05), Inches(4.6), Inches(0.75)
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = _COLORS.get(case.verdict, _GREY)
    shape.line.fill.background()
    shape.shadow.inherit = False
    _write(shape.text_frame, [Line(verdict(case), bold=True, color=_WHITE)], 28)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _voted(show: Any, head: str, case: Case, tally: Tally) -> None:
    """The room's votes as a chart that can be edited; the key's column in its colour."""
    slide = _slide(show, f"{head}: {word('votes')}", (), 20, None)
    data = CategoryChartData()
    data.categories = choices()
    data.add_series(word("votes"), [int(tally.verdicts.get(choice, 0)) for choice in CHOICES])
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED,
        Inches(_EDGE),
        Inches(_TOP),
        Inches(_WIDTH - 2 * _EDGE),
        Inches(_HEIGHT - _TOP - 0.4),
        data,
    ).chart
    chart.has_legend, chart.has_title = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.font.size = Pt(24)
    chart.category_axis.tick_labels.font.size = Pt(22)
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.has_major_gridlines = False
    for place, choice in enumerate(CHOICES):
        point = plot.series[0].points[place].format.fill
        point.solid()
        point.fore_color.rgb = _COLORS[choice] if choice == case.verdict else RGBColor(0xB8, 0xC0, 0xC8)


def _opening(show: Any, title: str, lines: Sequence[str]) -> None:
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _PAPER
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (Inches(each) for each in (_EDGE, 2.0, _WIDTH - 2 * _EDGE, 1.8))
    size = largest([title], Box(_BODY.width, 1.7 * 72), (48, 40, 34, 28, 24, 20)) or 18
    _write(head.text_frame, [Line(title, bold=True)], size)
    frame = slide.shapes.add_textbox(Inches(_EDGE), Inches(4.0), Inches(_WIDTH - 2 * _EDGE), Inches(2.4)).text_frame
    _write(frame, [Line(line, color=_GREY) for line in lines], 22)


def _write(frame: Any, lines: Sequence[Line], size: float) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.clear()
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * (0.45 if line.scale >= 1 else 0.1))
        run = paragraph.add_run()
        run.text = line.text
        run.font.name, run.font.size, run.font.bold = _FONT, Pt(size * line.scale), line.bold
        run.font.color.rgb = line.color
        paragraph.alignment = PP_ALIGN.LEFT
