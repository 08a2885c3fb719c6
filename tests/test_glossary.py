"""The glossary: terms, their quotes, what they are not, and abbreviations that the documents explain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.learning.glance.glossary import Term, on, sought, terms
from assistant.learning.glance.quotes import defines, patterns
from assistant.learning.glance.shortenings import long_form, shortened
from assistant.library import Library
from tests import core_kit

FILE = Path(__file__).parent.parent / "corpus" / "glossary.toml"


@cache
def library() -> Library:
    return core_kit.assistant().library()


def known() -> tuple[Term, ...]:
    return terms(FILE, library())


def term(name: str) -> Term:
    return next(each for each in known() if each.name == name)


def test_every_quote_stands_in_its_document() -> None:
    quoted = [each.quote for each in known() if each.quote]
    assert len(quoted) > 150
    for quote in quoted:
        citation = quote.citation
        assert library().store.source_text(citation.source_id)[citation.start : citation.end] == citation.quote


def test_every_law_that_the_rules_name_by_letters_is_explained() -> None:
    assert {"SEL", "LAB", "LAS", "LSD", "BAB", "LOB", "BOB"} <= {short for each in known() for short in each.shorts}


def test_a_quote_that_explains_goes_before_one_that_only_uses() -> None:
    quote = term("integrationsgrunduddannelsen").quote
    assert quote is not None
    assert quote.how == "defined"
    assert "(IGU)" in quote.citation.quote


def test_a_quote_is_of_the_word_and_not_of_one_that_shares_its_stem() -> None:
    rate = term("sats")
    assert rate.quote is None or "sats" in rate.quote.citation.quote.lower()


def test_a_term_that_the_documents_lack_has_no_quote() -> None:
    assert term("underretning").quote is None


def test_abbreviations_come_first_and_names_sort_as_danish_does() -> None:
    shorts = [bool(each.shorts) for each in known()]
    assert shorts == sorted(shorts, reverse=True)
    names = [each.name for each in known() if not each.shorts]
    assert names.index("økonomi") < names.index("årskonvent")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("lab", "lov om en aktiv beskæftigelsesindsats"),
        ("STAR", "Styrelsen for Arbejdsmarked og Rekruttering"),
        ("rehab-plan", "rehabiliteringsplan"),
        ("rehabilitation plan", "rehabiliteringsplan"),
        ("indsatsdel", "indsatsdel"),
    ],
)
def test_a_term_is_found_by_any_of_its_names(asked: str, first: str) -> None:
    assert sought(known(), asked)[0].name == first


def test_everyday_words_are_shown_only_where_asked_for() -> None:
    assert "adresse" not in {each.name for each in sought(known(), "")}
    assert "adresse" in {each.name for each in sought(known(), "", everyday=True)}
    assert sought(known(), "adresse")[0].name == "adresse"


def test_what_is_alike_is_named_on_both_sides() -> None:
    assert "indsatsdel" in term("forberedende del").alike
    assert "forberedende del" in term("indsatsdel").alike
    assert any("§ 13 b" in pair and "§ 13 c" in pair for pair in term("lov om sygedagpenge").numbers)


def test_a_term_leads_to_the_rules_on_it() -> None:
    assert on(term("lov om sygedagpenge").search, library()) >= 5
    assert on(term("Styrelsen for Arbejdsmarked og Rekruttering").search, library()) == 2


def test_a_bad_file_is_told_with_its_name(tmp_path: Path) -> None:
    bad = tmp_path / "glossary.toml"
    bad.write_text("[[term]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"glossary\.toml"):
        terms(bad, library())
    with pytest.raises(SettingsError, match=r"borte\.toml"):
        terms(tmp_path / "borte.toml", library())


@pytest.mark.parametrize("row", patterns(), ids=lambda row: row["t"])
def test_each_pattern_of_a_definition_finds_its_example(row: dict[str, str]) -> None:
    assert defines(row["e"], row["t"])
    assert not defines(row["e"], "kantinemenu")


@pytest.mark.parametrize("text", ["Målet er at hjælpe.", "Allerød er i den indledende fase.", "Planen er ikke færdig."])
def test_a_sentence_that_tells_something_else_defines_nothing(text: str) -> None:
    assert not defines(text, text.split(" ")[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Han får borgerstyret personlig assistance (BPA) i hjemmet.", "borgerstyret personlig assistance"),
        ("optag på integrationsgrunduddannelsen (IGU)", "integrationsgrunduddannelsen"),
    ],
)
def test_an_abbreviation_is_read_with_what_it_stands_for(text: str, words: str) -> None:
    assert [each.words for each in shortened(text)] == [words]


def test_letters_in_brackets_that_stand_for_nothing_before_them_are_none() -> None:
    assert long_form("se lovens bestemmelser", "XYZ") == ""
    assert not list(shortened("Kommunen skal svare (NB) hurtigt."))
