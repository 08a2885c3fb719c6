"""PDFs are read page by page: paragraphs, headings, lists and §§, without headers, and with cut words whole."""

from __future__ import annotations

import logging
import random
import re
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assistant.errors import SourceError
from ingest.structure import Draft, passages
from ingest.text_file import read_document
from tests.pdf_kit import picture_pdf, render, render_lines
from tests.reading_kit import ALL, CORPUS, LIST_2017, STATUS, a_source, document, drafts, saying, texts

LAW_PDF = CORPUS.parent.parent / "shared" / "lexdania" / "bek-2025-1384.pdf"


def read_pdf(path: Path) -> tuple[Draft, ...]:
    return passages(a_source(), read_document(path))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def printed(source_id: str) -> list[Draft]:
    """A corpus document's passages but for the web addresses, which a renderer breaks anywhere."""
    return [draft for draft in drafts(source_id) if "://" not in draft.passage.text]


def as_plain(source_id: str) -> str:
    """A corpus document as a writer would have typed it: headings, items and whole paragraphs, no tables."""
    lines: list[str] = []
    path: tuple[str, ...] = ()
    for draft in printed(source_id):
        passage = draft.passage
        above = passage.heading_path
        same = next((i for i, pair in enumerate(zip(path, above, strict=False)) if pair[0] != pair[1]), len(path))
        lines += [f"{'#' * min(4, level + 1)} {above[level]}" for level in range(min(same, len(above)), len(above))]
        path = above
        if path and passage.text == path[-1]:
            continue
        lines.append(("- " if passage.kind == "list_item" else "") + passage.text.replace("|", "/"))
    return "\n\n".join(lines)


@pytest.mark.parametrize("source_id", ALL)
def test_every_word_of_a_document_comes_back_from_its_pdf_in_order(tmp_path: Path, source_id: str) -> None:
    path = render(as_plain(source_id), tmp_path / "a.pdf", header="FRIKOMMUNE 2018")
    expected = [word for draft in printed(source_id) for word in words(draft.passage.text)]
    assert [word for draft in read_pdf(path) for word in words(draft.passage.text)] == expected


def test_passages_of_a_pdf_have_their_lead_in_headings_and_page(tmp_path: Path) -> None:
    found = read_pdf(render(as_plain(LIST_2017), tmp_path / "a.pdf", header="FRIKOMMUNE"))
    item = saying(found, "LSD § 13c").passage
    assert item.kind == "list_item"
    assert item.lead_in.startswith("For de borgere, hvor der udarbejdes én plan, fritages kommunen")
    exception = saying(found, "forberedende del").passage
    assert exception.heading_path[-2:] == ("Én handleplan", "Undtagelser i forhold til én handleplan")
    assert exception.page == 1
    assert found[-1].passage.page == len(read_document(tmp_path / "a.pdf").pages)


def test_headers_and_page_numbers_are_dropped_by_their_repetition(tmp_path: Path) -> None:
    path = render(as_plain(STATUS), tmp_path / "a.pdf", header="Midtvejsstatus 2018")
    document = read_document(path)
    assert len(document.pages) > 5
    assert document.text.count("Midtvejsstatus 2018") == len(document.pages)
    found = read_pdf(path)
    assert not [draft for draft in found if re.search(r"Midtvejsstatus 2018|Side \d", draft.passage.raw)]
    assert not [draft for draft in found if "Midtvejsstatus 2018" in draft.passage.heading_path]


def test_raw_quotes_of_a_pdf_are_verbatim_in_its_text(tmp_path: Path) -> None:
    path = render(as_plain(STATUS), tmp_path / "a.pdf", header="Status")
    text = read_document(path).text
    for draft in read_pdf(path):
        assert draft.passage.raw == "\n\n".join(text[span.start : span.end] for span in draft.passage.spans)


def test_words_and_sentences_cut_by_lines_and_pages_are_whole_again(tmp_path: Path) -> None:
    pages = [
        [
            "FRIKOMMUNE",
            "",
            "Kommunen kan fritages for krav om samtale-",
            "frekvens, men skal stadig lave en plan for bor-",
        ],
        ["FRIKOMMUNE", "", "geren. Det gælder job- og", "uddannelsesplaner."],
    ]
    (found,) = read_pdf(render_lines(pages, tmp_path / "a.pdf"))
    assert found.passage.text == (
        "Kommunen kan fritages for krav om samtalefrekvens, men skal stadig lave en plan for borgeren. "
        "Det gælder job- og uddannelsesplaner."
    )
    assert len(found.passage.spans) == 2


def test_page_numbers_in_any_words_are_dropped_and_other_numbers_stay(tmp_path: Path) -> None:
    pages = [
        [f"Afsnittet på denne side handler om § {140 + 7 * n}.", "", f"BEK nr 12 af 2020 {n}"] for n in range(1, 5)
    ]
    found = texts(read_pdf(render_lines(pages, tmp_path / "a.pdf")))
    assert found == [f"Afsnittet på denne side handler om § {140 + 7 * n}." for n in range(1, 5)]


def test_a_law_needs_no_blank_lines_between_its_paragraphs(tmp_path: Path) -> None:
    lines = [
        "Kapitel 1",
        "Formål",
        "§ 1. Loven gælder.",
        "Stk. 2. Den gælder ikke",
        "for prøver.",
        "§ 2. Den slutter.",
    ]
    found = passages(
        a_source(kind="lov", title="Lov om prøver"), read_document(render_lines([lines], tmp_path / "a.pdf"))
    )
    assert texts(found) == ["§ 1. Loven gælder.", "Stk. 2. Den gælder ikke for prøver.", "§ 2. Den slutter."]
    assert found[1].passage.heading_path == ("Kapitel 1: Formål", "§ 1", "stk. 2")


needs_law = pytest.mark.skipif(not LAW_PDF.is_file(), reason="the published order is not on this machine")


@pytest.fixture(scope="module")
def law() -> tuple[Draft, ...]:
    source = a_source(kind="bekendtgoerelse", title="Bekendtgørelse om ioniserende stråling og strålebeskyttelse")
    return passages(source, read_document(LAW_PDF))


@needs_law
def test_a_published_order_is_read_by_its_paragraphs(law: tuple[Draft, ...]) -> None:
    stk = saying(law, "opererer med en spændingsforskel, der er større end 5 kV").passage
    assert stk.heading_path[-3:] == ("Kapitel 1: Gyldighedsområde m.v.", "§ 1", "stk. 2")
    assert (stk.provisions[0].paragraf, stk.provisions[0].stk) == ("1", 2)
    assert stk.page == 2
    definition = saying(law, "Arbejdstager: Enhver person").passage
    assert definition.lead_in == "I denne bekendtgørelse forstås ved:"
    assert definition.page == 3
    assert (definition.provisions[0].paragraf, definition.provisions[0].nr) == ("3", 4)
    assert "arbejdstagerlignende situation" in definition.text


@needs_law
def test_every_paragraph_of_a_published_order_is_found(law: tuple[Draft, ...]) -> None:
    opened = [match[1] for draft in law if (match := re.match(r"§ (\d+)\. ", draft.passage.text))]
    assert opened == [str(number) for number in range(1, len(opened) + 1)]
    assert len(opened) > 100
    assert not [draft for draft in law if "BEK nr 1384 af 18/11/2025" in draft.passage.raw and draft.passage.page != 1]


@needs_law
def test_every_stk_of_the_order_is_read_as_the_published_xml_has_it(law: tuple[Draft, ...]) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\W_]+", "", text)

    read: dict[tuple[str, int], str] = {}
    for draft in law:
        for own in draft.passage.provisions[:1]:
            key = (own.paragraf, own.stk or 1)
            read[key] = read.get(key, "") + letters(draft.passage.text)
    wrong = []
    for paragraf in ET.parse(LAW_PDF.with_suffix(".xml")).getroot().iter("Paragraf"):
        number = letters(paragraf.findtext("Explicatus", ""))
        for count, stk in enumerate(paragraf.iter("Stk"), 1):
            start = letters("".join(stk.find("Exitus").itertext()))[:25]  # type: ignore[union-attr]
            if start not in read.get((number, count), ""):
                wrong.append((number, count, start))
    assert wrong == []


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = render_lines([["Hemmelig plan."]], tmp_path / "låst.pdf", encrypt=StandardEncryption("kode"))
    with pytest.raises(SourceError, match=r"Filen låst\.pdf er krypteret\. Gem den uden adgangskode"):
        read_document(path)


def test_a_pdf_without_text_asks_for_text_recognition(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"Filen scan\.pdf har ingen tekst .*OCR"):
        read_document(picture_pdf(tmp_path / "scan.pdf"))


def test_a_page_without_text_among_others_is_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = render_lines([["Den første side."], [], ["Den tredje side."]], tmp_path / "a.pdf")
    with caplog.at_level(logging.WARNING):
        assert len(read_document(path).pages) == 3
    assert "Filen a.pdf har ingen tekst på side 2" in caplog.text


def test_a_truncated_pdf_says_so(tmp_path: Path) -> None:
    path = render(as_plain(LIST_2017), tmp_path / "halv.pdf")
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(SourceError, match=r"Filen halv\.pdf er afkortet.*Hent den igen"):
        read_document(path)


def test_damage_anywhere_is_text_or_a_plain_error(tmp_path: Path) -> None:
    whole = render(as_plain(LIST_2017), tmp_path / "a.pdf").read_bytes()
    dice = random.Random(7)
    path = tmp_path / "b.pdf"
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 20, 400))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path.write_bytes(bytes(damaged))
        with suppress(SourceError):
            assert read_document(path).text


def test_the_corpus_documents_have_no_pages() -> None:
    assert document(STATUS).pages == ()
    assert {draft.passage.page for draft in drafts(STATUS)} == {None}
