"""PDFs for tests, made by a real renderer from plain text and Markdown."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=10)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=18, bulletIndent=4)
HEADS = [
    ParagraphStyle(
        f"head{level}", parent=BODY, fontName="Times-Bold", fontSize=size, leading=size * 1.3, spaceBefore=12
    )
    for level, size in enumerate((18, 15, 13, 12.5), 1)
]


def render(text: str, path: Path, header: str = "") -> Path:
    """Text with blank lines between blocks, `# ` headings and `- ` items as a PDF with a header and page numbers."""

    def margins(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(60, 810, header)
        canvas.drawRightString(540, 30, f"Side {template.page}")

    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    flowables: list[Flowable] = [_flowable(block) for block in blocks if block]
    SimpleDocTemplate(str(path), pagesize=A4).build(flowables, onFirstPage=margins, onLaterPages=margins)
    return path


def _flowable(block: str) -> Flowable:
    heading = re.match(r"(#{1,4}) (.*)", block, re.DOTALL)
    if heading:
        return Paragraph(escape(heading[2]), HEADS[len(heading[1]) - 1])
    if block.startswith("- "):
        return Paragraph(escape(block[2:]), ITEM, bulletText="\u2022")
    return Paragraph(escape(block), BODY)


def render_lines(pages: list[list[str]], path: Path, **options: object) -> Path:
    """Each page's lines one under the other, as they stand; an empty line is a gap."""
    canvas = Canvas(str(path), pagesize=A4, **options)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(60, 780 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def picture_pdf(path: Path) -> Path:
    """A PDF whose only page is drawn, as a scanner's is: without a letter."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path
