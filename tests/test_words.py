"""Words and their nearest company: spelling, stems, compounds, sentences, places, lengths of time, and the glossary."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.durations import breaks, words_of_lengths
from assistant.errors import SettingsError
from assistant.lexicon import load_lexicon
from assistant.places import municipalities_in
from assistant.sentences import sentences
from assistant.words import commonness, fold, parts, spell, stem, stems, tokens
from tests.core_kit import lexicon


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


# --- spelling and stems -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        ("møde", "moede", "MØDE", "möde", "mode"),
        ("få", "faa", "fa", "FÅ"),
        ("æble", "aeble", "äble", "able"),
        ("Århus", "Aarhus", "arhus"),
        ("én", "en"),
        ("a\u030arhus", "århus"),
    ],
)
def test_every_way_to_type_a_word_folds_to_one(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


def test_spelling_keeps_apart_what_folding_makes_one() -> None:
    assert fold("møde") == fold("mode")
    assert spell("møde") == spell("moede") != spell("mode")


def test_an_english_word_keeps_its_oe() -> None:
    assert fold("does") == "does"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("plan", "planerne"),
        ("registrering", "registrere"),
        ("barn", "børnene"),
        ("kommunernes", "kommune"),
        ("møder", "mødet"),
        ("fritagelser", "fritages"),
        ("kontrakterne", "kontrakt"),
        ("ansøgningen", "ansøge"),
        ("indberetningerne", "indberette"),
        ("opfølgning", "opfølgningens"),
    ],
)
def test_inflections_and_the_noun_of_a_verb_share_their_stem(word: str, other: str) -> None:
    assert stem(spell(word)) == stem(spell(other))


@pytest.mark.parametrize(("word", "other"), [("møde", "mod"), ("plan", "plads"), ("bolig", "bold"), ("30a", "30b")])
def test_different_words_keep_different_stems(word: str, other: str) -> None:
    assert stem(spell(word)) != stem(spell(other))


def test_a_number_and_its_letter_are_one_word_with_its_place() -> None:
    text = "§ 30a, stk. 2: Må_vi"
    assert [text[word.start : word.end] for word in tokens(text)] == ["30a", "stk", "2", "Må", "vi"]
    assert stems("§ 30a")[0] == "30a"


@given(st.text(max_size=200))
def test_any_text_has_words_that_stand_in_it_in_order(text: str) -> None:
    found = tokens(text)
    assert all(re.search(r"\w", text[word.start : word.end]) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


# --- compounds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("mentorkontrakten", "kontrakt"),
        ("rehabiliteringsplan", "plan"),
        ("sygedagpengeforløb", "forløb"),
        ("uddannelsespålæg", "pålæg"),
        ("samtalefrekvens", "frekvens"),
        ("tilsynsrapporten", "rapport"),
        ("skoleleder", "leder"),
    ],
)
def test_a_compound_is_known_by_its_head(word: str, head: str) -> None:
    assert parts(spell(word))[-1] == stem(spell(head))


@pytest.mark.parametrize("word", ["kommune", "afgørelse", "plan", "xyzzyxyzzy", "30a", ""])
def test_what_is_no_compound_has_no_halves(word: str) -> None:
    assert parts(spell(word)) == ()


def test_everyday_words_are_common_and_rare_ones_are_not() -> None:
    assert commonness("og") > commonness("kommune") > commonness("rehabiliteringsplan") == 0.0
    assert commonness("the", "en") > commonness("municipality", "en")


# --- sentences ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Det følger af § 5, stk. 2, nr. 3, jf. kap. 4.",
        "Fristen er d. 1. maj 2017 kl. 12.",
        "Det gælder bl.a. unge, f.eks. i kat. 3 mv. og andre.",
        "Det koster ca. 5 mio. kr. om året.",
    ],
)
def test_an_abbreviation_or_a_date_ends_no_sentence(text: str) -> None:
    assert pieces(text) == [text]


def test_sentences_end_where_people_end_them() -> None:
    assert pieces("Hvad? Ja! Det er sagt (én gang). Og nu?") == ["Hvad?", "Ja!", "Det er sagt (én gang).", "Og nu?"]


@given(st.text(max_size=300))
def test_sentences_leave_out_white_space_only(text: str) -> None:
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


# --- places and lengths of time -----------------------------------------------------------------------------------


def test_a_municipality_is_known_in_its_genitive_and_its_old_spelling() -> None:
    assert municipalities_in("Hillerøds og Århus' borgere, og dem i Høje-Taastrup") == (
        "Hillerød",
        "Aarhus",
        "Høje-Taastrup",
    )


def test_a_text_without_municipalities_names_none() -> None:
    assert municipalities_in("Må vi springe planen over?") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("om to år", {"to", "ar"}),
        ("18 måneder", {"18", "maneder"}),
        ("om et halvt år", {"et", "halvt", "ar"}),
        ("snart", set()),
    ],
)
def test_the_words_of_a_length_of_time_are_known(text: str, words: set[str]) -> None:
    assert words_of_lengths(text) == words


@pytest.mark.parametrize(
    ("asked", "rule", "broken"),
    [
        ("om et halvt år", "når der er mere end et år til", True),
        ("om to år", "når der er mere end et år til", False),
        ("i 3 uger", "i højst 2 uger", True),
        ("i 1 uge", "i højst 2 uger", False),
        ("snart", "når der er mere end et år til", False),
        ("om to år", "uden frist", False),
    ],
)
def test_a_length_is_held_against_the_limit_of_a_rule(asked: str, rule: str, broken: bool) -> None:
    assert breaks(asked, rule) is broken


# --- the glossary -------------------------------------------------------------------------------------------------


def test_a_phrase_of_the_glossary_is_a_feature_and_so_is_what_it_belongs_to() -> None:
    found = lexicon().features("rehabiliteringsplanens forberedende del")
    assert found["=forberedende del"] == 1.0
    assert 0 < found["=plan"] < 1


@pytest.mark.parametrize("phrase", ["the preparatory part", "den forberedende del", "DEN FORBEREDENDE DEL"])
def test_an_english_phrase_means_the_danish_term(phrase: str) -> None:
    assert "forberedende del" in {match.concept for match in lexicon().concepts(tokens(phrase))}


def test_strengths_lie_between_nothing_and_one() -> None:
    found = lexicon().features("Kommunen skal fortsat registrere til det fælles datagrundlag efter LAB § 30 a.")
    assert all(0 < strength <= 1 for strength in found.values())


@pytest.mark.parametrize("word", ["meeting", "meetings", "plan", "plans", "registering", "registered"])
def test_an_english_word_is_known_in_its_inflections(word: str) -> None:
    assert lexicon().danish(word)


def test_an_unknown_english_word_has_no_danish() -> None:
    assert lexicon().danish("xyzzy") == ()


def test_a_corpus_without_a_glossary_is_read_without_one(tmp_path: Path) -> None:
    assert load_lexicon(tmp_path / "glossary.toml").phrases == {}


@pytest.mark.parametrize("text", ["[[term]\n", '[[term]]\nenglish = ["x"]\n', "term = [1]\n", 'term = ["x"]\n'])
def test_a_broken_glossary_is_told_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"glossary\.toml"):
        load_lexicon(path)
