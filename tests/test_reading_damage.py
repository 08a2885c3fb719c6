"""Each damage that the documents suffered is repaired for reading, while quotes stay as they stand."""

from __future__ import annotations

import pytest

from assistant.models import Span
from ingest.clean import clean
from tests.reading_kit import (
    ALL,
    LETTER_1,
    LETTER_3,
    LIST_2017,
    STATUS,
    describe,
    document,
    drafts,
    read,
    saying,
    texts,
)


def whole(text: str) -> str:
    return clean(text, [Span(0, len(text))]).text


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("*ikke*", "ikke"),
        ("**ikke** og ***altid***", "ikke og altid"),
        ("Der gives <i>ikke</i> fritagelse", "Der gives ikke fritagelse"),
        ("_ikke_ men snake_case og a_b@c.dk", "ikke men snake_case og a_b@c.dk"),
        ("[oim.dk/frikommune](http://www.oim.dk/frikommune)", "oim.dk/frikommune"),
        ("[a](http://b.dk/c_(d)) e", "a e"),
        ("<https://www.altinget.dk/x>", "https://www.altinget.dk/x"),
        (r"\* At borgerne", "* At borgerne"),
        ("paragraffritagelser<sup>1</sup>, så", "paragraffritagelser, så"),
        ("10 m<sup>2</sup>", "10 m2"),
        ("helt i bund<br/>næste", "helt i bund næste"),
        ("5 * 3 og 2*3", "5 * 3 og 2*3"),
        ("jobcenteret,*", "jobcenteret,"),
        ("Børne&nbsp;&amp; unge", "Børne & unge"),
        ("samtale-\nfrekvens", "samtalefrekvens"),
        ("job-\neller beskæftigelsesperspektiv", "job- eller beskæftigelsesperspektiv"),
        ("sundheds-, beskæftigelses- og socialområdet", "sundheds-, beskæftigelses- og socialområdet"),
        ("EU-\nretten", "EU-retten"),
        ("https://a.dk/borgere-har-\nbrug-for", "https://a.dk/borgere-har-brug-for"),
        ("2016-\n17", "2016-17"),
        ("hand\u00adleplan", "handleplan"),
        ("j.nr. 02\u00ad0004", "j.nr. 02-0004"),
        ("A\u030arhus og fl\ufb01k", "Århus og flfik"),
        ("to   mellemrum\n og linjer", "to mellemrum og linjer"),
    ],
)
def test_marks_and_broken_characters_are_gone_from_the_reading_text(raw: str, read_as: str) -> None:
    assert whole(raw) == read_as


def test_a_word_hyphenated_over_a_page_break_is_whole_again() -> None:
    row = saying(drafts(LETTER_1), "Processuel fleksibilitet")
    # The document itself lacks the word's g.
    assert "samtalefrekvens, mulihed for at fritage aktivtetsparate borgere" in row.passage.text


def test_the_last_row_of_the_letters_table_goes_on_after_the_page_break() -> None:
    row = saying(drafts(LETTER_1), "Processuel fleksibilitet")
    cells = {cell.column: cell.clean.text for cell in row.cells}
    assert cells["Indhold"].startswith("Fritagelse fra proceskrav for individuelt kontaktførelse (LAB §§15-21).")
    assert cells["Indhold"].endswith("(§13b, stk. 2 og 4). Fritagelse fra krav om samtalefrekvens.")
    assert cells["Bemærkninger"].endswith("under forsøget samlet set vil svare til det nuværende niveau.")
    assert "Forbehold" not in cells
    after = drafts(LETTER_1)[row.passage.order + 1].passage
    assert after.text.startswith("For den fjerde ansøgning")


def test_the_two_halves_of_the_cut_condition_are_quoted_verbatim_and_apart() -> None:
    source = document(LETTER_1).text
    row = saying(drafts(LETTER_1), "Processuel fleksibilitet")
    remarks = next(cell.clean for cell in row.cells if cell.column == "Bemærkninger")
    start = remarks.text.index("Det forudsættes")
    quotes = [source[span.start : span.end] for span in remarks.spans(start, len(remarks.text))]
    assert quotes == [
        "Det forudsættes, at opfølgning og indsats til borgerne under forsøget samlet set vil",
        "svare til det nuværende niveau.",
    ]


def test_two_rows_side_by_side_are_two_rows_with_the_shared_first_cell() -> None:
    rows = [draft for draft in drafts(LETTER_1) if "Ny organisering fra" in draft.passage.text]
    first, second = [{cell.column: cell.clean.text for cell in row.cells} for row in rows]
    assert first["Indhold"].startswith("Fritagelse fra krav om organisering")
    assert first["Bemærkninger"].startswith("Det forudsættes, at der under forsøget bibeholdes")
    assert second["Indhold"] == "Udvidelse af den koordinerende sagsbehandlers bevillingskompetence."
    assert second.keys() == {"Forsøg", "Indhold", "Hjemmel"}
    assert first["Forsøg"] == second["Forsøg"] == "Ny organisering fra sektoropdelt til helhedsorienteret"


def test_two_remarks_in_one_cell_stay_in_one_row() -> None:
    row = saying(drafts(LETTER_3), "mentorkontrakten skrives ind")
    cells = {cell.column: cell.clean.text for cell in row.cells}
    assert "til det fælles datagrundlag. Det bemærkes, at der i udspillet" in cells["Bemærkninger"]


@pytest.mark.parametrize("source_id", [LIST_2017, STATUS])
def test_each_provision_on_a_line_is_an_item_under_its_lead_in(source_id: str) -> None:
    lead = "fritages kommunen for at udarbejde planer i henhold til følgende paragraffer:"
    items = [draft.passage for draft in drafts(source_id) if lead in draft.passage.lead_in]
    assert [item.text for item in items] == [
        "SEL §§140-141",
        "SEL §54",
        "SEL §70",
        "LAB §§27-30 (Min Plan)",
        "BAB 52 (Min Plan)",
        "LAB § 30a (Rehabiliteringsplan - indsatsdelen)",
        "LAB kap. 12a-12b",
        "LAS § 50",
        "LSD § 13c",
    ]
    assert all(item.kind == "list_item" and lead in item.search_text for item in items)
    source = document(source_id).text
    assert all(source[slice(*item.lead_in_spans[0])] == item.lead_in for item in items)


@pytest.mark.parametrize("source_id", [LIST_2017, STATUS])
def test_the_exceptions_after_a_list_have_their_own_heading(source_id: str) -> None:
    exception = saying(drafts(source_id), "IKKE fra at udføre den forberedende del").passage
    assert exception.kind == "paragraph"
    assert exception.heading_path[-2:] == ("Én handleplan", "Undtagelser i forhold til én handleplan")


def test_searching_drops_the_markup_and_never_the_negation() -> None:
    for source_id, words in (
        (LETTER_1, "én handleplan ikke imødekommes i første runde"),
        (LETTER_1, "Der gives ikke fritagelse for den forberedende del"),
        (LETTER_3, "Regeringen må give afslag på ansøgningerne"),
        (STATUS, "er karakteriseret ved, netop ikke at passe ned"),
        (LIST_2017, "Kommunerne fritages IKKE fra kravet"),
    ):
        assert any(words in draft.passage.search_text for draft in drafts(source_id)), words
    for source_id in ALL:
        searched = "".join(draft.passage.search_text for draft in drafts(source_id))
        assert "**" not in searched
        assert "<i>" not in searched
        assert "\\*" not in searched


@pytest.mark.parametrize(
    ("source_id", "words"),
    [
        (LETTER_3, "i ekstern høring den 15. januar med høringsfrist den 13. februar"),
        (LIST_2017, "hvorledes der sættes ind, og følges op i forhold til barnets"),
        (STATUS, "netværket ekstraordinært tildes ekstern evaluering. Hermed frafaldt"),
        (STATUS, "krav til fx proces og indhold stiller nye krav til medarbejdere"),
        (STATUS, "ansvar for udvikling og resultater er forankret hos"),
        (STATUS, "videndeling med et tilbud rettet mod barnet"),
        (STATUS, "omfattet af lov om Én plan, er karakteriseret ved"),
    ],
)
def test_a_sentence_that_a_page_break_cut_is_whole_again(source_id: str, words: str) -> None:
    draft = saying(drafts(source_id), words)
    start = draft.clean.text.index(words)
    source = document(source_id).text
    for span in draft.clean.spans(start, start + len(words)):
        assert "\nFRIKOMMUNE\n" not in source[span.start : span.end]


def test_a_list_that_a_page_break_cut_keeps_its_lead_in() -> None:
    items = [
        draft.passage for draft in drafts(STATUS) if draft.passage.lead_in.endswith("erfaringer viser allerede nu:")
    ]
    assert len(items) == 11
    assert items[5].text == "At der holdes færre møder med borgerne"
    assert {item.municipality for item in items} == {"Helsingør"}


def test_running_headers_are_told_by_their_repetition() -> None:
    assert not any("FRIKOMMUNE" in draft.passage.raw for draft in drafts(STATUS))
    pages = "\n\n\n\nÅRSRAPPORT 2019\n\n".join(
        f"Afsnit nummer {number} handler om en sag og slutter her." for number in range(4)
    )
    found = read(pages)
    assert len(found) == 4
    assert not any("ÅRSRAPPORT" in " ".join((*draft.passage.heading_path, draft.passage.raw)) for draft in found)


def test_a_footnote_is_its_own_passage_beside_the_text_that_refers_to_it() -> None:
    note = saying(drafts(STATUS), "tilsagn på alle ansøgninger").passage
    assert note.kind == "footnote"
    assert note.raw.startswith("frikommunenetværket har fået tilsagn")
    assert note.heading_path[-1] == "Lovgivning"
    assert "alle de væsentlige paragraffritagelser, så" in drafts(STATUS)[note.order - 1].passage.text


def test_numbers_lost_at_the_end_are_one_fact() -> None:
    last = drafts(STATUS)[-1].passage
    assert last.text == "385.000 borgere tilsammen"
    assert last.raw == "385.000  \nborgere  \ntilsammen"


def test_numbers_lost_over_blank_lines_are_one_fact_too() -> None:
    assert (
        texts(read("En hel sætning om noget andet.\n\n385.000\n\nborgere\n\ntilsammen\n"))[-1]
        == "385.000 borgere tilsammen"
    )


def test_misspellings_stay_in_quotes() -> None:
    assert "kontaktføreløb" in saying(drafts(LIST_2017), "som modtager en ledighedsydelse").passage.raw
    assert "arbejdsledeskassen" in saying(drafts(LIST_2017), "arbejdsledeskassen").passage.raw


def test_labels_of_a_letter_head_are_one_fact_with_their_value() -> None:
    for source_id, number in ((LETTER_1, "2016 - 8973"), (LETTER_3, "2017 - 5254")):
        fact = saying(drafts(source_id), "Sagsnr.").passage
        assert fact.text == f"Sagsnr.: {number}"
        assert number in fact.raw
        assert ":" not in fact.raw
    assert "Dato: 01-02-2017" in texts(drafts(LETTER_1))
    assert "Slotsholmsgade 10, 1216 København K, Telefon 72 28 24 00, oim@oim.dk" in texts(drafts(LETTER_3))


def test_a_signature_is_one_passage() -> None:
    assert drafts(LETTER_3)[-1].passage.text == (
        "Med venlig hilsen, Torben Buse, Afdelingschef, Kommunal- og Regionaløkonomisk afdeling, "
        "Økonomi- og Indenrigsministeriet"
    )


def test_a_passage_can_be_shown_to_a_person() -> None:
    shown = describe(saying(drafts(LIST_2017), "SEL §54"))
    assert shown.splitlines()[1].strip().startswith("under: For de borgere")
    assert shown.endswith("SEL §54")
