"""A workshop's files, read back: everything there and whole, nothing given away, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Length, Pt

from assistant.learning.cases.case import Case, Reason
from assistant.learning.material import Tally, handout_docx, key_docx, results_csv, slides_pptx
from assistant.learning.material.content import steps
from assistant.learning.material.fitting import Box, height, parted

QUOTE = "Kommunerne fritages IKKE fra at udføre den forberedende del af rehabiliteringsplanen."
LONG = " ".join(f"På ærø {number}, jf. § {number}; «åbent» ord." for number in range(260))
TITLE = "Må vi det? Ærø, <b>2018</b>"


def citation(n: int, quote: str, title: str = "Midtvejsstatus 2018") -> dict[str, Any]:
    """A citation as an Answer's JSON has it."""
    return {
        "n": n, "source_id": "liste", "title": title, "kind": "fritagelsesliste", "date": "2017-02-01",
        "network": "En plan", "section": "Bilag 1 › Undtagelser", "page": 3, "provisions": ["LAB § 30 a"],
        "quote": quote, "start": 0, "end": 9, "passage": quote,
    }  # fmt: skip


def case(key: str = "a", quote: str = QUOTE, situation: str = "Åse er 44 år og bor i Halsnæs.") -> Case:
    """A case with two citations of the same words and one right reason."""
    answer = {
        "question": "?", "standalone_question": "?", "language": "da", "verdict": "nej",
        "answer": f"Nej, det må I ikke, for den del er undtaget helt og holdent. Der står: »{quote}« [1].",
        "citations": [citation(1, quote), citation(2, quote, "Tilsagnsbrev 2017")],
        "conditions": ["Det sker i en periode [2]."], "notices": [{"code": "expired", "text": "Reglerne er udløbet."}],
    }  # fmt: skip
    reasons = (
        Reason("Dokumenterne siger ikke noget.", False),
        Reason(f"Listen fra 2018: »{QUOTE}«", True),
        Reason("Brevet giver lov.", False),
    )
    discussion = ("Hvad kan I gøre i stedet?", "Hvem gør det?")
    return Case(key, "modul", 2, situation, f"Må vi springe {key} over?", reasons, "nej", answer, discussion)


CASES = (case("a"), case("b"), case("c"))
RESULTS = (Tally("a", {"ja": 4, "nej": 11, "betinget": 7}, (3, 15, 4)), Tally("b", {"nej": 2}, (0, 2, 0)))


def words_of(data: bytes) -> str:
    """All text of a Word document, tables too."""
    document = Document(BytesIO(data))
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def slide_words(data: bytes) -> list[str]:
    """The text of each slide."""
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in Presentation(BytesIO(data)).slides
    ]


def test_the_handout_has_every_case_and_every_reason() -> None:
    words = words_of(handout_docx(TITLE, CASES))
    for each in CASES:
        assert each.situation in words
        assert each.question in words
        assert all(reason.text in words for reason in each.reasons)
    assert "☐ Ja     ☐ Nej     ☐ Ja, på betingelser" in words
    assert "Sag 3 af 3" in words


def test_the_handout_gives_no_answer_away() -> None:
    words = words_of(handout_docx(TITLE, CASES))
    assert "Nej, det må I ikke" not in words
    assert "Det sker i en periode" not in words
    assert not any(each in words for each in CASES[0].discussion)


def test_every_case_of_the_handout_begins_a_page_and_has_room_for_notes() -> None:
    paragraphs = Document(BytesIO(handout_docx(TITLE, CASES))).paragraphs
    heads = [paragraph for paragraph in paragraphs if paragraph.text.startswith("Sag ")]
    assert [bool(head.paragraph_format.page_break_before) for head in heads] == [False, True, True]
    assert sum(getattr(paragraph.style, "name", "") == "Note line" for paragraph in paragraphs) >= 4 * len(CASES)


def test_the_key_has_verdicts_quotes_places_and_minutes() -> None:
    words = words_of(key_docx(TITLE, CASES, 8))
    assert words.count("Svar: Nej") == 3
    for part in (QUOTE, "Tilsagnsbrev 2017", "1. februar 2017 · Bilag 1 › Undtagelser · side 3 · LAB § 30 a"):
        assert part in words
    for part in ("I alt 24 minutter til 3 sager", "Det sker i en periode", "Hvem gør det?", "Reglerne er udløbet."):
        assert part in words
    assert "Læs og stem: 3 min. · Svar og citater: 2 min. · Samtale: 3 min." in words


@pytest.mark.parametrize("minutes", [3, 4, 6, 8, 15, 20])
def test_the_steps_of_a_case_take_its_minutes(minutes: int) -> None:
    assert sum(steps(minutes)) == minutes
    assert min(steps(minutes)) >= 1


def test_the_slides_show_the_case_before_its_answer() -> None:
    slides = slide_words(slides_pptx(TITLE, CASES))
    heads = [slide.splitlines()[0] for slide in slides]
    assert heads[0] == TITLE
    asked, told = heads.index("Sag 1 af 3"), heads.index("Sag 1 af 3: Svar")
    assert asked < heads.index("Sag 1 af 3: Hvad afgør sagen?") < told < heads.index("Sag 1 af 3: Citater")
    assert "Nej, det må I ikke" not in "".join(slides[asked:told])
    assert "Nej" in slides[told].splitlines()


def test_quotes_of_the_same_words_are_shown_once_with_both_documents() -> None:
    slides = [slide for slide in slide_words(slides_pptx(TITLE, CASES[:1])) if "Citater" in slide]
    assert len(slides) == 1
    assert slides[0].count(QUOTE) == 1
    assert "Midtvejsstatus 2018" in slides[0]
    assert "Tilsagnsbrev 2017" in slides[0]


def test_a_long_quote_is_whole_over_several_slides_and_never_tiny() -> None:
    data = slides_pptx(TITLE, [case(quote=LONG)])
    quoted = [slide for slide in slide_words(data) if ": Citater" in slide]
    assert len(quoted) > 1
    together = "\n".join(quoted)
    assert all(f"§ {number};" in together for number in range(260))
    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                assert all(run.font.size >= Pt(11) for run in paragraph.runs)


def test_pieces_of_a_text_fit_their_box_and_make_up_the_text() -> None:
    box = Box(800, 200)
    pieces = parted(LONG, 16, box)
    assert " ".join(pieces) == LONG
    assert all(height([piece], 16, box.width) <= box.height for piece in pieces)


def test_no_text_runs_over_its_slide() -> None:
    for each in (case(), case(quote=LONG), case(situation="Åse bor i Halsnæs. " * 60)):
        show = Presentation(BytesIO(slides_pptx(TITLE, [each])))
        for slide in show.slides:
            for shape in slide.shapes:
                if not shape.has_text_frame or shape == slide.shapes.title:
                    continue
                lines = [(p.text, p.runs[0].font.size.pt) for p in shape.text_frame.paragraphs if p.runs]
                high = sum(height([text], size, shape.width.pt) for text, size in lines)
                assert shape.top.pt + high <= Length(show.slide_height or 0).pt + 1


def test_the_rooms_votes_are_a_chart_where_there_are_any() -> None:
    show = Presentation(BytesIO(slides_pptx(TITLE, CASES, RESULTS)))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert [tuple(chart.plots[0].series[0].values) for chart in charts] == [(4, 11, 7), (0, 2, 0)]


def test_results_are_counts_that_a_danish_spreadsheet_reads() -> None:
    data = results_csv(CASES, RESULTS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:] == ["Nej", "4", "11", "7", "22", "11", "15"]
    assert rows[3][2:] == ["Nej", "0", "0", "0", "0", "0", "0"]


def test_no_text_of_the_results_is_a_formula() -> None:
    rows = results_csv([case(situation="=HYPERLINK(1)")], ()).decode("utf-8-sig")
    assert next(csv.reader(StringIO(rows.splitlines()[1]), delimiter=";"))[1].startswith("'=")


def test_hostile_text_makes_no_file_unreadable() -> None:
    hostile = case(situation="\x00\x0b<script>&amp; \ud800 ]]> " + "æ" * 300)
    assert "<script>" in words_of(handout_docx("\x00", [hostile]))
    assert words_of(key_docx("", [hostile]))
    assert any("<script>" in slide for slide in slide_words(slides_pptx("\x1b", [hostile])))
