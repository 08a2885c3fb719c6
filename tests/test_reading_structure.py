"""Headings, lists, tables, parts and places are read from a document's shape, in documents never seen before."""

from __future__ import annotations

from textwrap import dedent

import pytest

from assistant.errors import SourceError
from assistant.models import Part, Provision
from tests.reading_kit import APPLICATION, FACTS, LETTER_1, LIST_2017, STATUS, a_source, drafts, read, saying, texts


def doc(text: str) -> str:
    return dedent(text).strip() + "\n"


def path_of(text: str, words: str) -> tuple[str, ...]:
    return saying(read(doc(text)), words).passage.heading_path


def test_markdown_headings_nest_by_level() -> None:
    text = """
        # Vejledning

        ## **Formål**
        Kommunen skal hjælpe borgeren.

        ### *Hvem*

        Alle borgere er omfattet.

        ## Frister

        Fristen er fire uger.
        """
    assert path_of(text, "hjælpe") == ("Vejledning", "Formål")
    assert path_of(text, "omfattet") == ("Vejledning", "Formål", "Hvem")
    assert path_of(text, "Fristen") == ("Vejledning", "Frister")


def test_lines_in_emphasis_alone_are_headings_below_marked_ones() -> None:
    text = """
        ## Brev

        **Kære netværk**

        Tak for jeres brev af i går.

        *Videre proces*

        Vi ses til næste møde.
        """
    assert path_of(text, "Tak for") == ("Brev", "Kære netværk")
    assert path_of(text, "Vi ses") == ("Brev", "Kære netværk", "Videre proces")


def test_a_line_in_emphasis_over_a_long_text_heads_it_and_over_a_short_value_labels_it() -> None:
    text = """
        ## Brev

        *Fokusområde 3: Bedre muligheder*  
        Kommunerne oplever, at lovgivningen til tider begrænser mulighederne for at hjælpe den enkelte borger.

        **Journalnr.**  
        2019-77
        """  # noqa: W291 - the two spaces are Markdown's hard line break
    assert path_of(text, "begrænser") == ("Brev", "Fokusområde 3: Bedre muligheder")
    assert "Journalnr.: 2019-77" in texts(read(doc(text)))


def test_labels_in_bold_stay_with_their_paragraph() -> None:
    found = drafts(STATUS)
    assert saying(found, "ml.18-30 år").passage.text == "Målgruppe: Unge aktivitetsparate ledige ml.18-30 år"
    assert saying(found, "ml.18-30 år").passage.heading_path[-1].endswith("for unge aktivitetsparate")
    assert saying(found, "Resultattavlen").passage.text.startswith("Særlige greb: Empowerment")


def test_plain_short_lines_over_text_are_headings_and_nest_by_what_they_name() -> None:
    found = drafts(LIST_2017)
    top = ("Det må vi nu ...",)
    for words, path in (
        ("afgrænsede målgruppe tilbydes", ("Én handleplan",)),
        ("forberedende del", ("Én handleplan", "Undtagelser i forhold til én handleplan")),
        ("STAR har på et møde", ("Én handleplan", "Opgaver i forbindelse med én handleplan")),
        ("Forsøget indebærer", ("Ny organisering",)),
        ("søsættes i maj/juni", ("Ny organisering", "Opgaver i forbindelse med ny organisering")),
        ("minimumsstandarden", ("Procesfrihed",)),
    ):
        assert saying(found, words).passage.heading_path == top + path


def test_headings_that_count_under_one_word_are_of_one_rank() -> None:
    third = saying(drafts(APPLICATION), "til tider begrænser").passage
    assert [part[:14] for part in third.heading_path] == ["Ansøgning til ", "Fokusområder", "Fokusområde 3:"]


def test_an_appendix_holds_what_follows_whatever_the_levels_with_its_own_kind_and_date() -> None:
    found = [draft.passage for draft in drafts(STATUS)]
    first = next(i for i, passage in enumerate(found) if passage.heading_path[0].startswith("Bilag 1"))
    second = next(i for i, passage in enumerate(found) if passage.heading_path[0].startswith("Bilag 2"))
    third = next(i for i, passage in enumerate(found) if passage.heading_path[0].startswith("Bilag 3"))
    assert all(passage.heading_path[0] == "Bilag 1: Det må vi nu ..." for passage in found[first:second])
    assert {(passage.kind_of_source, passage.date) for passage in found[:first]} == {("midtvejsstatus", "2018")}
    assert {(p.kind_of_source, p.date) for p in found[first:second]} == {("fritagelsesliste", "2018")}
    assert {(p.kind_of_source, p.date) for p in found[second:third]} == {("brev", "2018-05-16")}
    assert {(p.kind_of_source, p.date) for p in found[third:]} == {("brev", "2016-03-16")}
    assert found[first].text.startswith("Alle borgere i den")
    assert found[second - 1].text.startswith("§ 134 i Bekendtgørelse")


def test_a_part_without_appendix_ends_at_the_next_heading_of_its_rank() -> None:
    source = a_source(parts=[Part("Referat af mødet", "referat", "2019-01-02")])
    text = """
        # Papirer

        ## Referat af mødet

        ### Punkt et

        Vi talte om planen.

        ## Vejledning

        Kommunen skal lave en plan.
        """
    inside, outside = (draft.passage for draft in read(doc(text), source))
    assert (inside.kind_of_source, inside.date) == ("referat", "2019-01-02")
    assert (outside.kind_of_source, outside.date) == ("orientering", "2020")


def test_a_part_whose_heading_is_not_in_the_document_is_an_error_that_names_it() -> None:
    with pytest.raises(SourceError, match=r"\[\[source.part\]\] «Bilag 9».*findes ikke i doc.txt"):
        read("Kun en linje tekst.\n", a_source(parts=[Part("Bilag 9", "brev", "2019")]))


def test_headings_that_say_what_a_number_stands_for_can_be_quoted() -> None:
    heading = saying(drafts(APPLICATION), "Mere fleksibel opfølgning og brug").passage
    assert heading.text.startswith("Fokusområde 1: ")
    assert not [draft for draft in drafts(STATUS) if draft.passage.text.startswith("Bilag 1: ")]


def test_headings_that_are_a_date_can_be_quoted() -> None:
    heading = next(draft.passage for draft in drafts(STATUS) if draft.passage.raw.startswith("**Bilag 2: Brev"))
    assert heading.text.endswith("16. maj 2018")


def test_each_municipalitys_section_is_kept_as_that_municipalitys() -> None:
    found = [draft.passage for draft in drafts(STATUS)]
    local = [passage for passage in found if passage.municipality]
    names = "Allerød Ballerup Fredensborg Frederikssund Furesø Gribskov Halsnæs Helsingør Hillerød"
    assert [*dict.fromkeys(passage.municipality for passage in local)] == names.split()
    assert all(passage.heading_path[:2] == ("Kommunernes projekter", passage.municipality) for passage in local)
    assert saying(drafts(STATUS), "32 unge").passage.municipality == "Frederikssund"
    assert "Gribskov" in saying(drafts(STATUS), "På resultattavlemøder").passage.search_text


def test_municipalities_are_those_that_the_document_names() -> None:
    text = """
        # Status

        Netværket består af kommunerne: Rebild, Morsø og Thisted.

        ## Fælles

        ### Morsø:

        Her er ti unge med i forsøget.

        ## Indsatsen i Rebild Kommune

        Her er tyve unge med i forsøget.

        ## Økonomi

        Det koster en million.
        """
    found = read(doc(text))
    assert [draft.passage.municipality for draft in found] == ["", "Morsø", "Rebild", ""]


def test_items_carry_their_lead_in_which_is_the_last_sentence_before_them() -> None:
    items = [draft.passage for draft in drafts(STATUS) if "fire kerneelementer" in draft.passage.lead_in]
    assert [item.text for item in items][:2] == [
        "Borgeren har én plan",
        "Borgeren har færre indgange til forvaltningen",
    ]
    assert items[0].lead_in == "Det tværkommunale forsøgsprogram er funderet i fire kerneelementer:"


def test_numbers_and_stray_stars_of_items_are_not_their_words() -> None:
    found = drafts(LIST_2017)
    assert saying(found, "§ 1 a i lov om en aktiv").passage.text.startswith("§ 1 a i lov om")
    assert saying(found, "§ 1 a i lov om en aktiv").passage.text.endswith("end jobcenteret,")
    assert saying(found, "§ 1 a i lov om en aktiv").passage.lead_in == "Forsøgstilladelsen indebærer en fravigelse af:"
    numbered = [
        draft.passage.text for draft in drafts(STATUS) if "fire forskellige målgrupper" in draft.passage.lead_in
    ]
    assert numbered[:2] == ["Familier", "Voksne med en rusmiddelproblematik"]


def test_a_list_without_a_lead_in_has_none() -> None:
    assert {draft.passage.lead_in for draft in drafts(FACTS)} == {""}


def test_items_under_items_carry_both_lead_ins() -> None:
    text = """
        Kommunen kan fravige:

        - regler om planer:
            - SEL § 140
            - SEL § 70
        - regler om samtaler
        """
    leads = {draft.passage.text: draft.passage.lead_in for draft in read(doc(text))}
    assert leads["SEL § 70"] == "Kommunen kan fravige: regler om planer:"
    assert leads["regler om samtaler"] == "Kommunen kan fravige:"


def test_an_item_of_several_lines_is_one_passage() -> None:
    found = read("Der gælder:\n\n- at planen skal laves sammen\n  med borgeren\n- at den skal følges op\n")
    assert texts(found)[1:] == ["at planen skal laves sammen med borgeren", "at den skal følges op"]


def test_a_date_at_a_lines_start_is_no_item() -> None:
    (found,) = read("Forsøget starter den\n1. juli 2017 og slutter den\n31. december 2021.\n")
    assert found.passage.text == "Forsøget starter den 1. juli 2017 og slutter den 31. december 2021."


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_bare_lines_under_a_colon_are_items_until_one_unlike_them_heads_text(gap: str) -> None:
    lines = gap.join(["LAB § 27", "LAB § 30 a", "SEL § 140"])
    end = "Undtagelser\n\nKommunen skal stadig lave en plan, når barnets behov for støtte taler for det.\n"
    found = read(f"Kommunen fritages for at lave planer efter følgende:{gap}{lines}\n\n{end}")
    assert [draft.passage.text for draft in found if draft.passage.kind == "list_item"] == lines.split(gap)
    assert found[-1].passage.heading_path == ("Undtagelser",)
    assert found[-1].passage.lead_in == ""


def test_conditions_that_end_in_commas_are_items_to_the_last() -> None:
    text = """
        Det er en betingelse, at:

        borgeren har sagt ja,

        planen er skriftlig, og

        kommunen følger op.

        Kommunen kan altid stoppe forsøget.
        """
    found = read(doc(text))
    kinds = [draft.passage.kind for draft in found]
    assert kinds == ["paragraph", "list_item", "list_item", "list_item", "paragraph"]


def test_a_table_row_has_its_columns_and_text_goes_on_after_it() -> None:
    table = "Område\tFrist\tNote\nPlaner\t4 uger\t-\nSamtaler\t8 uger\tKun *nye* sager\n"
    text = f"**Tabel 2**\n\nDe nye frister\n\n{table}\nDet gælder fra 2020.\n"
    rows = read(text)[:2]
    assert [row.passage.kind for row in rows] == ["table_row", "table_row"]
    assert rows[0].passage.columns == ("Område", "Frist", "Note")
    assert rows[0].passage.heading_path == ("Tabel 2", "De nye frister")
    assert {cell.column: cell.clean.text for cell in rows[0].cells} == {"Område": "Planer", "Frist": "4 uger"}
    assert "Note: Kun nye sager" in rows[1].passage.search_text
    assert read(text)[2].passage.heading_path == ()


def test_markdown_tables_are_read_too() -> None:
    text = (
        "| Område | Frist |\n|:---|---:|\n| Planer | 4 uger |\n| Samtaler \\| møder | 8 uger |\n\nSlut på tabellen.\n"
    )
    found = read(text)
    assert [cell.clean.text for cell in found[1].cells] == ["Samtaler | møder", "8 uger"]
    assert texts(found)[2] == "Slut på tabellen."
    assert "---" not in found[0].passage.text


HEADER = "Emne\tIndhold\tVilkår\n"
OPEN_ROW = f"{HEADER}Møder\tDer er frihed. Det gælder også hyppig-\tKun for voksne. Antallet skal samlet set\n\n\n\n"


def test_loose_paragraphs_end_the_open_cells_of_a_last_row() -> None:
    loose = "hed af møder.\n\nDer er også frihed til at vælge sted.\n\nvære det samme.\n\n"
    row, after = read(f"{OPEN_ROW}{loose}Et nyt emne begynder her.\n")
    cells = {cell.column: cell.clean.text for cell in row.cells}
    assert cells["Indhold"] == (
        "Der er frihed. Det gælder også hyppighed af møder. Der er også frihed til at vælge sted."
    )
    assert cells["Vilkår"] == "Kun for voksne. Antallet skal samlet set være det samme."
    assert after.passage.text == "Et nyt emne begynder her."


def test_text_that_ends_no_cell_stays_outside_the_table() -> None:
    row, after = read(f"{OPEN_ROW}Et nyt emne begynder her, og det har ikke med rækken at gøre.\n")
    assert row.passage.text.endswith("samlet set")
    assert after.passage.kind == "paragraph"


def test_a_row_with_every_cell_closed_takes_no_text() -> None:
    row, after = read("Emne\tIndhold\nMøder\tDer er frihed. Alt er sagt.\n\nen linje med lille begyndelsesbogstav.\n")
    assert "en linje" not in row.passage.text
    assert after.passage.text.startswith("en linje")


def test_search_text_holds_title_headings_lead_in_and_words() -> None:
    item = saying(drafts(LIST_2017), "LSD § 13c").passage
    assert item.search_text.splitlines() == [
        "Det må vi nu ... (fritagelsesliste 2017)",
        "Det må vi nu ... > Én handleplan",
        item.lead_in,
        "LSD § 13c",
    ]


def test_provisions_are_those_named_with_the_law_of_what_stands_above() -> None:
    assert saying(drafts(LIST_2017), "SEL §§140-141").passage.provisions == (
        Provision("SEL", "140"),
        Provision("SEL", "141"),
    )
    assert Provision("LSD", "13b", stk=4) in saying(drafts(LETTER_1), "Processuel").passage.provisions
    text = "## Serviceloven § 140\n\nKommunen kan fravige § 141 i forsøget.\n"
    assert read(text)[-1].passage.provisions == (Provision("SEL", "141"),)


LAW = """
    Lov om prøver

    Kapitel 1
    Formål

    § 1. Loven gælder for alle prøver.
    Stk. 2. Ministeren kan bestemme, at loven ikke gælder for
    1) små prøver,
    2) korte prøver, eller
    3) andet, jf. stk. 1.

    Kapitel 2 a
    Ansvar

    § 2 a. Kommunen har ansvaret.
    """


def test_a_law_is_read_by_its_chapters_paragraphs_and_subsections() -> None:
    found = read(doc(LAW), a_source(kind="lov", title="Lov om prøver"))
    by_text = {draft.passage.text: draft.passage for draft in found}
    first = by_text["§ 1. Loven gælder for alle prøver."]
    assert first.heading_path[-2:] == ("Kapitel 1: Formål", "§ 1")
    assert first.provisions[0].paragraf == "1"
    assert first.provisions[0].stk == 1
    second = by_text["Stk. 2. Ministeren kan bestemme, at loven ikke gælder for"]
    assert second.heading_path[-2:] == ("§ 1", "stk. 2")
    item = by_text["små prøver,"]
    assert item.lead_in.endswith("loven ikke gælder for")
    assert (item.provisions[0].paragraf, item.provisions[0].stk, item.provisions[0].nr) == ("1", 2, 1)
    last = by_text["§ 2 a. Kommunen har ansvaret."]
    assert last.heading_path[-2:] == ("Kapitel 2 a: Ansvar", "§ 2 a")
    assert (last.provisions[0].paragraf, last.provisions[0].stk) == ("2a", None)
    assert {draft.passage.provisions[0].law for draft in found if draft.passage.provisions} == {"lov om prøver"}


def test_paragraphs_without_full_stops_are_a_laws_where_the_document_counts_them() -> None:
    text = """
        § 1
        Vedtægten gælder for forsøget.

        § 2 Undtagelser
        Kommunen fraviger ikke:
        a) registrering
        """
    found = [draft.passage for draft in read(doc(text))]
    assert [passage.heading_path[-1] for passage in found] == ["§ 1", "§ 2", "§ 2"]
    assert found[2].lead_in.endswith("Kommunen fraviger ikke:")


def test_provisions_on_lines_of_their_own_are_no_law() -> None:
    found = read("Kommunen fritages for følgende i SEL:\n\n§ 140\n\n§ 54\n\n§ 70\n")
    assert [draft.passage.kind for draft in found] == ["paragraph", "list_item", "list_item", "list_item"]
    assert found[1].passage.provisions == (Provision("SEL", "140"),)


def test_emphasis_around_a_laws_labels_does_not_hide_them() -> None:
    found = read("**§ 1.** Loven gælder.\n\n*Stk. 2.* Den gælder ikke for prøver.\n\n**§ 2.** Den slutter.\n")
    assert [draft.passage.heading_path for draft in found] == [("§ 1",), ("§ 1", "stk. 2"), ("§ 2",)]


def test_numbered_lines_over_prose_are_headings() -> None:
    text = """
        1. Baggrund

        Der har været holdt mange møder om forsøget i de seneste to år.

        2. Formål
        2.1 Mål for borgeren
        Borgeren skal have én plan.
        """
    assert path_of(text, "mange møder") == ("Baggrund",)
    assert path_of(text, "én plan")[-1] == "2.1 Mål for borgeren"


def test_questions_over_answers_are_headings() -> None:
    text = """
        Må vi springe planen over?

        Nej, det må I ikke.

        Hvem er omfattet?

        Alle.
        """
    assert path_of(text, "Nej") == ("Må vi springe planen over?",)
    assert path_of(text, "Alle") == ("Hvem er omfattet?",)


def test_a_half_sentence_over_a_list_is_its_lead_in_and_no_heading() -> None:
    text = """
        Betingelser

        Forsøget kan kun bruges, når

        - borgeren er over 18 år, og
        - der er lavet en faglig vurdering.
        """
    item = saying(read(doc(text)), "18 år").passage
    assert (item.heading_path, item.lead_in) == (("Betingelser",), "Forsøget kan kun bruges, når")


def test_a_date_line_and_a_labelled_line_are_no_headings() -> None:
    text = """
        # Vedtægt

        Godkendt af byrådet den 3. september 2017

        Vedtægten gælder for alle de forsøg, som kommunen selv har søgt om at lave.

        Kontaktperson: Anne Olsen

        Kontaktpersonen svarer på alle spørgsmål om forsøget inden for en uge.
        """
    assert {draft.passage.heading_path for draft in read(doc(text))} == {("Vedtægt",)}


def test_fields_of_a_form_are_facts_and_no_table() -> None:
    assert texts(read("Dato:\t12. marts 2018\nSted:\tAllerød Rådhus\n")) == [
        "Dato: 12. marts 2018",
        "Sted: Allerød Rådhus",
    ]


def test_quoted_lines_lose_their_mark() -> None:
    (found,) = read("> Kommunen skal *ikke*\n> lave en plan.\n")
    assert found.passage.text == "Kommunen skal ikke lave en plan."


def test_an_empty_first_cell_is_the_one_above_it() -> None:
    rows = read("| Forsøg | Hjemmel |\n|---|---|\n| Én plan | LAB § 30 a |\n|  | LSD § 13 b |\n")
    assert [cell.clean.text for cell in rows[1].cells] == ["Én plan", "LSD § 13 b"]


def test_text_after_a_list_is_no_part_of_its_last_item() -> None:
    text = """
        1. Hvad kan fraviges
        Kommunen kan fravige
        a. krav om rehabiliteringsplan, dog ikke den forberedende del,
        b. krav om jobplan (LAB §§ 27-30).
        Kommunen kan ikke fravige kravet om registrering.
        """
    found = [draft.passage for draft in read(doc(text))]
    assert [passage.kind for passage in found] == ["paragraph", "list_item", "list_item", "paragraph"]
    assert {passage.heading_path for passage in found} == {("Hvad kan fraviges",)}
    assert found[2].lead_in == "Kommunen kan fravige"
    assert found[3].text == "Kommunen kan ikke fravige kravet om registrering."


def test_a_line_in_a_table_that_goes_on_with_a_cell_is_the_cells() -> None:
    rows = read("Regel\tFritaget\nSEL § 140\tNej, jf.\nbilag 2.\nLAB § 16\tJa\n")
    assert [row.cells[1].clean.text for row in rows] == ["Nej, jf. bilag 2.", "Ja"]


def test_footnotes_with_raised_numbers_are_footnotes() -> None:
    text, note = read("Reglerne gælder alle borgere¹ i forsøget.\n\n¹ Dog ikke unge under 18 år.\n")
    assert text.passage.text == "Reglerne gælder alle borgere i forsøget."
    assert (note.passage.kind, note.passage.text) == ("footnote", "Dog ikke unge under 18 år.")


def test_roman_numbers_in_brackets_count_items() -> None:
    found = read("Tilladelsen gives på følgende vilkår:\n\n(i)  Skolen fører en liste.\n(ii) Listen sendes ind.\n")
    assert [(draft.passage.kind, draft.passage.text) for draft in found[1:]] == [
        ("list_item", "Skolen fører en liste."),
        ("list_item", "Listen sendes ind."),
    ]
    assert {draft.passage.lead_in for draft in found[1:]} == {"Tilladelsen gives på følgende vilkår:"}


def test_a_letter_that_is_a_roman_number_stays_a_letter_where_the_letters_have_come_to_it() -> None:
    listed = "".join(f"{letter}) punkt {letter}\n" for letter in "abcdefghij")
    found = read(f"Kommunen kan fravige:\n{listed}")
    assert [draft.passage.text for draft in found[1:]] == [f"punkt {letter}" for letter in "abcdefghij"]


def test_a_numbered_heading_after_a_list_is_not_its_next_item() -> None:
    text = """
        AFGØRELSE OM REGNSKAB

        1. Afgørelse

        Skolen fritages for at føre regnskab i ét år.

        2. Vilkår

        Tilladelsen gives på følgende vilkår:

        - skolen fører en liste,
        - listen sendes ind.

        3. Klage

        Afgørelsen kan ikke påklages til anden myndighed.
        """
    assert path_of(text, "ikke påklages") == ("AFGØRELSE OM REGNSKAB", "Klage")
    assert path_of(text, "listen sendes") == ("AFGØRELSE OM REGNSKAB", "Vilkår")
