"""Journal notes, read back from the files: every part there, in order, whole, and the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assistant.answer_json import VERDICTS
from assistant.models import Answer, Citation, Notice
from assistant.note import NoteOf, note_docx, note_pdf
from assistant.note.content import note, stretches, texts
from assistant.note.fonts import runs

CORPUS = Path(__file__).parent.parent / "corpus"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
REFUSED = "Ønsket om at lægge den forberedende del ind under én handleplan *ikke* imødekommes."
LIST = Citation(
    n=2,
    source_id="liste",
    title="Det må vi nu … (fritagelsesliste 2017)",
    kind="fritagelsesliste",
    date="2017",
    network="En plan",
    section="Én handleplan › Undtagelser",
    page=3,
    provisions=("LAB § 30 a", "SEL § 140"),
    quote="Kommunerne fritages IKKE – jf. § 30a, »stk. 2«, og ≥ ½ år.",
    start=0,
    end=10,
    passage="",
)
LETTER = replace(LIST, n=1, title="Tilsagnsbrev", date="2017-02-01", section="Kære netværk", page=None, quote=REFUSED)
ANSWER = Answer(
    question="Må jeg springe den forberedende del af rehabiliteringsplanen over på Ærø?",
    standalone_question="Må jeg springe den forberedende del af rehabiliteringsplanen over på Ærø?",
    language="da",
    verdict="nej",
    answer="Nej, I må ikke springe den over [1].\n\nDet følger også af fritagelseslisten fra 2017 [2].",
    citations=(LETTER, LIST),
    conditions=("Borgeren skal være hørt først.",),
    notices=(Notice("expired", "Reglerne gjaldt til 31. december 2021."),),
    mode="llm",
    model="en-model-7b",
    prompt_version="233bc7959847",
    corpus_version="63c355fca187",
    engine_version="0.1.0+a3bb2edf",
)
AT = datetime(2026, 7, 5, 12, 3, 9, tzinfo=UTC)
OF = NoteOf(ANSWER, 42, HASH, AT, "Åse Ørsted <aase@randers.example>")
# What a note must say, in this order.
PARTS = [
    "Journalnotat",
    "nr. 42",
    "5. juli 2026 kl. 14.03 dansk tid (UTC+2)",
    "Åse Ørsted <aase@randers.example>",
    HASH,
    ANSWER.question,
    "Nej",
    "Nej, I må ikke springe den over [1].",
    "Det følger også af fritagelseslisten fra 2017 [2].",
    "Borgeren skal være hørt først.",
    "Reglerne gjaldt til 31. december 2021.",
    "[1] Tilsagnsbrev",
    "1. februar 2017 · Kære netværk",
    REFUSED,
    "[2] Det må vi nu … (fritagelsesliste 2017)",
    "2017 · Én handleplan › Undtagelser · side 3 · LAB § 30 a, SEL § 140",
    "Kommunerne fritages IKKE – jf. § 30a, »stk. 2«, og ≥ ½ år.",
    "med sprogmodel",
    "en-model-7b",
    "63c355fca187",
    "233bc7959847",
    "0.1.0+a3bb2edf",
]


def pages_of(of: NoteOf) -> list[str]:
    """The text of each page of the PDF, each run of white space one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(note_pdf(of))).pages]


def pdf_text(of: NoteOf) -> str:
    """The PDF's text, as `pages_of`."""
    return " ".join(pages_of(of))


def docx_text(of: NoteOf) -> str:
    """The Word document's text, each run of white space one space."""
    paragraphs = Document(BytesIO(note_docx(of))).paragraphs
    return " ".join(" ".join(paragraph.text for paragraph in paragraphs).split())


Reader = Callable[[NoteOf], str]
both = pytest.mark.parametrize("read", [docx_text, pdf_text], ids=["docx", "pdf"])
made = pytest.mark.parametrize("make", [note_docx, note_pdf], ids=["docx", "pdf"])


def about(**changes: Any) -> NoteOf:
    """The note of an answer that differs so from the usual one."""
    return OF._replace(answer=replace(ANSWER, **changes))


def quoting(text: str) -> NoteOf:
    """The note of an answer with this one quote."""
    return about(citations=(replace(LETTER, quote=text),))


@both
def test_every_part_is_there_and_in_order(read: Reader) -> None:
    text = read(OF)
    position = 0
    for part in PARTS:
        found = text.find(part, position)
        assert found >= 0, f"{part!r} is not in what follows: {text[position:]}"
        position = found + len(part)


@both
def test_a_quote_of_three_pages_loses_no_word_at_a_page_break(read: Reader) -> None:
    words = [f"ord{number}æøå" for number in range(2200)]
    of = quoting(" ".join(words))
    assert re.findall(r"ord\d+æøå", read(of)) == words
    pages = pages_of(of)
    (first,) = (page for page in pages if "ord0æøå" in page)
    assert "[1] Tilsagnsbrev" in first
    assert sum("æøå" in page for page in pages) >= 3


def test_thirty_quotes_stand_with_their_sources_on_numbered_pages() -> None:
    citations = tuple(
        replace(LIST, n=n, title=f"Dokument {n}.", quote=f"Begynd {n}. {'Kommunen kan fritages. ' * n}Slut {n}.")
        for n in range(1, 31)
    )
    pages = pages_of(about(citations=citations))
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"Side {number} af {len(pages)}" in page
        assert "Journalnotat · Journalpost nr. 42" in page
    for n in range(1, 31):
        (home,) = (page for page in pages if f"[{n}] Dokument {n}." in page)
        assert home.index(f"Begynd {n}.") < home.index(f"Slut {n}."), "parted from its source, or in two"


def test_every_page_of_a_word_note_has_the_record_and_lets_word_count_the_pages() -> None:
    section = Document(BytesIO(note_docx(OF))).sections[0]
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("Journalnotat · Journalpost nr. 42\tSide ")
    assert re.findall(r'w:instr="(\w+)"', foot._p.xml) == ["PAGE", "NUMPAGES"]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_word_keeps_a_quote_with_its_source_and_a_heading_with_what_follows() -> None:
    document = Document(BytesIO(note_docx(OF)))
    for name in ("Source", "Source facts", "Heading 1", "Verdict"):
        style = document.styles[name]
        assert style.paragraph_format.keep_with_next, name
    short, long = (
        next(p for p in Document(BytesIO(note_docx(quoting(text)))).paragraphs if p.style and p.style.name == "Quote")
        for text in ("Kort.", "Lang. " * 900)
    )
    assert short.paragraph_format.keep_together
    assert not long.paragraph_format.keep_together


HOSTILE = 'a<b>b</para>&amp;<script>x</script>{page}%s ]]> <font name="x"> \\ **fed** <i>ikke</i> ## ende'


@both
def test_what_looks_like_markup_is_shown_as_it_is(read: Reader) -> None:
    of = NoteOf(
        replace(ANSWER, question=HOSTILE, answer=HOSTILE, citations=(replace(LETTER, quote=HOSTILE, title=HOSTILE),)),
        42,
        HASH,
        AT,
        HOSTILE,
    )
    assert read(of).count(HOSTILE) == 5


@both
def test_control_characters_are_shown_and_break_nothing(read: Reader) -> None:
    text = read(quoting("en\x00to\x0btre\x1b\x7f\ud800\ufffe\u202efire\x0cfem"))
    assert "en␀to␋tre␛␡\ufffd\ufffd\ufffdfire␌fem" in text


@both
def test_letters_of_other_languages_are_kept(read: Reader) -> None:
    letters = "Łódź ąęśćż Ελλάδα Привет ñ ş ğ č € ™ → ✓ • ≥ ≠ ☺"
    assert letters in read(quoting(letters))


def test_a_letter_and_its_accent_apart_are_one_letter_in_print() -> None:
    assert "på Ærø" in pdf_text(quoting("pa\u030a Ærø"))


def test_what_no_font_has_is_printed_as_its_number_and_word_gets_it_as_it_is() -> None:
    of = quoting("Glad 😀👍 borger 日本 slut")
    assert "Glad [U+1F600 U+1F44D] borger [U+65E5 U+672C] slut" in pdf_text(of)
    assert "Glad 😀👍 borger 日本 slut" in docx_text(of)


def test_words_from_right_to_left_are_not_printed_backwards() -> None:
    of = quoting("Navn: שלום slut")
    assert "Navn: [U+05E9 U+05DC U+05D5 U+05DD] slut" in pdf_text(of)
    assert "Navn: שלום slut" in docx_text(of)


def test_the_fonts_have_every_character_of_the_documents() -> None:
    used = {char for path in CORPUS.rglob("*.txt") for char in path.read_text(encoding="utf-8")}
    for face in ("regular", "bold"):
        printed = "".join(run.text for run in runs("".join(sorted(used)), face))
        assert "U+" not in printed, f"{face} lacks a character"


def test_a_word_too_long_for_a_line_is_broken_and_not_cut_off() -> None:
    word = "".join(f"{number:04}" for number in range(1500))
    text = pdf_text(quoting(word))
    begin = text.index("0000")
    assert word in re.sub(r"Journalnotat · Journalpost nr. 42|Side \d+ af \d+|\s", "", text[begin:])


@both
def test_the_lines_and_cells_of_a_quote_are_kept_apart(read: Reader) -> None:
    assert "Sagsnr. 2016 - 8973 Dato celle" in read(quoting("Sagsnr.\n2016 - 8973\n\nDato\tcelle"))


def test_formatting_signs_are_faint_and_every_character_is_kept() -> None:
    text = "## Tabel\nDer gives <i>ikke</i> **noget**"
    assert "".join(part.text for part in stretches(text)) == text
    assert [part.text for part in stretches(text) if part.sign] == ["##", "<i>", "</i>", "**", "**"]


@both
def test_an_english_answer_has_an_english_note(read: Reader) -> None:
    answer = replace(ANSWER, language="en", question="May I?", standalone_question="May I skip it?")
    text = read(OF._replace(answer=answer, approved="2026-08-01"))
    for part in (
        "Journal note",
        "no. 42",
        "5 July 2026 at 14:03 Danish time (UTC+2)",
        "Legal approval 1 August 2026",
        "Question May I? Understood as: May I skip it?",
        "Answer No",
        "1 February 2017",
        "page 3",
        "with a language model",
    ):
        assert part in text
    assert "Citater" not in text


@both
def test_an_answer_that_the_sources_do_not_give_says_so_without_quotes(read: Reader) -> None:
    text = read(about(verdict="ikke_besvaret", citations=(), conditions=(), notices=(), answer="Det vides ikke."))
    assert "Fremgår ikke af kilderne Det vides ikke. Citater Svaret har ingen citater. Versioner" in text
    assert "Betingelser" not in text
    assert "Bemærk" not in text


@both
def test_an_approved_answer_shows_the_danish_day_of_its_approval(read: Reader) -> None:
    assert "Godkendt af jurist 6. juli 2026" in read(OF._replace(approved="2026-07-05T22:30:00+00:00"))
    assert "Godkendt af jurist 6. juli 2026" in read(OF._replace(approved="2026-07-05 22:30:00"))
    assert "Godkendt af jurist 5. juli 2026" in read(OF._replace(approved="2026-07-05"))
    assert "Godkendt af jurist" not in read(OF)


def test_the_time_is_denmarks_in_summer_and_winter_and_twice_in_the_hour_between() -> None:
    def asked(*at: int) -> str:
        return note(OF._replace(at=datetime(*at, tzinfo=UTC))).fields[1].value  # type: ignore[misc, arg-type]

    assert asked(2026, 12, 31, 23, 30) == "1. januar 2027 kl. 00.30 dansk tid (UTC+1)"
    assert asked(2026, 10, 25, 0, 30) == "25. oktober 2026 kl. 02.30 dansk tid (UTC+2)"
    assert asked(2026, 10, 25, 1, 30) == "25. oktober 2026 kl. 02.30 dansk tid (UTC+1)"


@made
def test_a_time_without_zone_is_read_as_utc(make: Callable[[NoteOf], bytes]) -> None:
    assert make(OF._replace(at=AT.replace(tzinfo=None))) == make(OF)


@both
def test_a_condition_that_the_prose_has_given_is_not_given_again(read: Reader) -> None:
    condition = ANSWER.conditions[0]
    assert read(about(answer=f"Ja, men {condition.lower()} [1]")).lower().count(condition.lower()) == 1


@both
def test_a_follow_up_says_how_it_was_understood(read: Reader) -> None:
    text = read(about(question="Hvorfor ikke?", standalone_question="Hvorfor må vi ikke springe den over?"))
    assert "Hvorfor ikke? Forstået som: Hvorfor må vi ikke springe den over?" in text
    assert "Forstået som" not in read(OF)


@both
def test_a_quote_from_another_network_names_it_where_the_answer_warns(read: Reader) -> None:
    warned = about(notices=(Notice("other_network", "Det gælder et andet netværk."),))
    assert "netværk: En plan" in read(warned)
    assert "netværk: En plan" not in read(OF)


@made
def test_the_same_note_is_the_same_bytes_and_another_is_not(make: Callable[[NoteOf], bytes]) -> None:
    assert make(OF) == make(OF)
    assert make(OF) != make(OF._replace(at=AT.replace(second=10)))
    assert make(OF) != make(OF._replace(user="Bo"))


@made
def test_notes_made_at_once_are_the_notes_made_one_by_one(make: Callable[[NoteOf], bytes]) -> None:
    wanted = [OF._replace(number=number) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, wanted)) == [make(of) for of in wanted]


def test_a_pdf_tells_its_title_author_time_language_and_headings() -> None:
    reader = PdfReader(BytesIO(note_pdf(OF)))
    told = reader.metadata
    assert told is not None
    assert (told.title, told.author, told.creation_date) == ("Journalnotat: Journalpost nr. 42", OF.user, AT)
    assert str(reader.root_object["/Lang"]) == "da-DK"
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles == ["Spørgsmål", "Svar", "Betingelser", "Bemærk", "Citater", "Versioner", "Om notatet"]


def test_a_pdf_carries_its_fonts() -> None:
    resources: Any = PdfReader(BytesIO(note_pdf(OF))).pages[0]["/Resources"]
    fonts = resources["/Font"].values()
    named = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert all(re.match(r"/[A-Z0-9]{6}\+(NotoSans|FiraGO|Cascadia)", name) for name in named), named


def test_a_word_note_tells_its_title_author_time_and_language() -> None:
    data = note_docx(OF._replace(user="Å" * 300))
    told = Document(BytesIO(data)).core_properties
    assert told.title == "Journalnotat: Journalpost nr. 42"
    assert told.author == "Å" * 255
    assert told.created == AT
    with ZipFile(BytesIO(data)) as package:
        assert {part.date_time for part in package.infolist()} == {(2026, 7, 5, 12, 3, 8)}  # two seconds a step
        assert b'<w:lang w:val="da-DK"/>' in package.read("word/styles.xml")


def test_the_quotes_of_an_english_word_note_are_still_danish() -> None:
    with ZipFile(BytesIO(note_docx(about(language="en")))) as package:
        styles = package.read("word/styles.xml").decode()
    assert '<w:lang w:val="en-GB"/>' in styles
    quote = styles[styles.index('w:styleId="Quote"') :].split("</w:style>")[0]
    assert '<w:lang w:val="da-DK"/>' in quote


def test_both_languages_have_the_same_texts_and_word_gaps() -> None:
    danish, english = texts()["da"], texts()["en"]
    assert danish.keys() == english.keys()
    assert {key: re.findall(r"\{\w+\}", danish[key]) for key in danish} == {
        key: re.findall(r"\{\w+\}", english[key]) for key in english
    }


@pytest.mark.parametrize("verdict", VERDICTS["da"])
def test_every_verdict_is_told_in_words(verdict: str) -> None:
    assert any(section.strong == VERDICTS["da"][verdict] for section in note(about(verdict=verdict)).sections)


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_at_all_makes_a_note(text: str) -> None:
    of = NoteOf(
        replace(ANSWER, question=text, answer=text, citations=(replace(LETTER, quote=text, title=text, section=text),)),
        1,
        text,
        AT,
        text,
    )
    assert note_docx(of).startswith(b"PK")
    assert note_pdf(of).startswith(b"%PDF")
