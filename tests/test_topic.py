"""What a question is about: things before what is done with them, and the scene left out; in Danish and in English."""

from __future__ import annotations

import pytest

from assistant.frames import Cue, fold_text, frames
from assistant.kinds import kind_of
from assistant.models import Language
from assistant.question import Question
from assistant.respelling import Respelling, spelt_out
from assistant.synonyms import synonym_groups
from assistant.topic import Term
from assistant.words import irregular, spell, stem, tokens
from tests.core_kit import lexicon, understood

KINDS: list[tuple[Language, str, str, str]] = [
    ("da", "Skal planerne kopieres?", "kopieres", "doing"),
    ("da", "Hvem underskrev aftalen?", "underskrev", "doing"),
    ("da", "Må vi indarbejde notatet?", "indarbejde", "doing"),
    ("da", "Er notatet blevet vedlagt?", "vedlagt", "doing"),
    ("da", "Hvem fravalgte en fælles sagsgang?", "sagsgang", "thing"),
    ("da", "Er ydelsen nedsat midlertidigt?", "midlertidigt", "manner"),
    ("da", "Gælder det de svageste?", "svageste", "manner"),
    ("da", "Er der 14 familier?", "14", "number"),
    ("da", "Kræver det en sanktion?", "sanktion", "thing"),
    ("en", "May we postpone the interview?", "postpone", "doing"),
    ("en", "Can the caseworker decide?", "caseworker", "thing"),
    ("en", "Is it normally required?", "normally", "manner"),
    ("en", "Does she need a licence?", "licence", "thing"),
]
# What is said in two ways must share a group.
SAME = [
    ("flette", "integrere"),
    ("smide", "kassere"),
    ("drengen", "barn"),
    ("datteren", "barn"),
    ("kvinde", "borger"),
    ("intervaller", "hyppighed"),
    ("opregning", "liste"),
    ("telefonisk", "telefon"),
    ("byggesten", "kerneelementer"),
]
# What must stay apart, so that silence on a near miss holds.
APART = [("sanktion", "konsekvens"), ("samtykke", "tilsagn"), ("klagefrist", "frist"), ("kørekort", "tilladelse")]


def terms(question: str) -> dict[str, Term]:
    return {term.surface.lower(): term for term in understood(question).terms}


@pytest.mark.parametrize(("language", "sentence", "word", "kind"), KINDS)
def test_a_word_is_of_the_kind_that_its_form_and_place_tell(
    language: Language, sentence: str, word: str, kind: str
) -> None:
    words = tokens(sentence)
    place = next(place for place, token in enumerate(words) if sentence[token.start : token.end] == word)
    translations = lexicon().danish(words[place].word) if language == "en" else ()
    assert kind_of(words, place, language, translations) == kind


def test_an_unknown_thing_weighs_more_than_an_unknown_verb() -> None:
    found = terms("Må vi kopiere kørekortet?")
    assert found["kørekortet"].weight > 2 * found["kopiere"].weight


@pytest.mark.parametrize(("one", "other"), SAME)
def test_near_synonyms_share_a_group(one: str, other: str) -> None:
    groups = synonym_groups()
    assert set(groups[stem(spell(one))]) & set(groups[stem(spell(other))])


@pytest.mark.parametrize(("one", "other"), APART)
def test_near_misses_share_no_group(one: str, other: str) -> None:
    groups = synonym_groups()
    assert not set(groups.get(stem(spell(one)), ())) & set(groups.get(stem(spell(other)), ()))


@pytest.mark.parametrize(
    ("form", "base"),
    [("fraveget", "fravige"), ("undlod", "undlade"), ("beskrev", "beskrive"), ("sønnens", "søn"), ("børnenes", "barn")],
)
def test_irregular_forms_have_the_stem_of_their_base(form: str, base: str) -> None:
    assert irregular()[spell(form)] == spell(base)
    assert stem(spell(form)) == stem(spell(base))


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Må vi smide de gamle notater ud?", "kassere"),
        ("Skal formanden skrive aftalen under?", "underskrive"),
        ("Kan pligten falde væk?", "bortfalde"),
    ],
)
def test_a_verb_and_its_particle_are_one_verb(question: str, whole: str) -> None:
    assert any(stem(spell(whole)) in term.features for term in understood(question).terms)
    assert not {"ud", "under", "væk"} & set(terms(question))


@pytest.mark.parametrize("cue", frames().asides, ids=lambda cue: cue.example)
def test_every_aside_matches_its_own_example(cue: Cue) -> None:
    assert cue.pattern.search(fold_text(cue.example))


@pytest.mark.parametrize(
    ("question", "scene", "topic"),
    [
        ("Vores jurist mener, at mentorkontrakten falder væk. Er det rigtigt?", "jurist", "mentorkontrakten"),
        ("På kontoret undlader de planen. Er det tilladt?", "kontoret", "planen"),
        ("Our lawyer claims that the mentor contract is gone. Is it true?", "lawyer", "mentor contract"),
    ],
)
def test_who_says_so_is_no_part_of_the_topic(question: str, scene: str, topic: str) -> None:
    found = terms(question)
    assert scene not in found
    assert topic in found


def test_a_side_clause_weighs_less_than_what_is_asked() -> None:
    plain, clause = terms("Må vi udskyde sanktionen?"), terms("Når sanktionen er givet, må vi så udskyde planen?")
    assert plain["sanktionen"].weight > clause["sanktionen"].weight


def test_a_question_that_is_one_clause_keeps_its_weight() -> None:
    assert terms("When does the sanction end?")["sanction"].weight == terms("Does the sanction end?")["sanction"].weight


@pytest.mark.parametrize(
    ("question", "danish"),
    [
        ("Must we hand over the case?", "overdrage"),
        ("Who carried out the trial?", "gennemføre"),
        ("May we take over the cases?", "overtage"),
        ("Who handed over the case?", "overdrage"),
        ("Who is in charge?", "ansvarlig"),
    ],
)
def test_an_english_phrase_is_read_as_one(question: str, danish: str) -> None:
    assert any(stem(spell(danish)) in term.features for term in understood(question).terms)


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Kan du fortælle mig, om vi må undlade planen?", "Må vi undlade planen?"),
        ("Could you tell me whether we must register?", "Must we register?"),
    ],
)
def test_courtesy_changes_nothing(question: str, same: str) -> None:
    def frame(found: Question) -> tuple[str, str, str]:
        return found.act, found.mode, found.form

    assert frame(understood(question)) == frame(understood(same))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hvad er afd. og tlf.?", "Hvad er afdeling og telefon.?"),
        ("sdp sag", "sygedagpenge sag"),
        ("Må vi gå?", "Må vi gå?"),
    ],
)
def test_abbreviations_are_spelt_out(written: str, meant: str) -> None:
    assert spelt_out(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kontanthj", "kontanthjaelp"),
        ("rehabplan", "rehabiliteringsplan"),
        ("rehabilteringsplan", "rehabiliteringsplan"),
        ("rehabiliteringsplån", "rehabiliteringsplan"),
        ("kørekort", ""),
    ],
)
def test_a_clipped_or_misspelt_word_is_the_known_one(written: str, meant: str) -> None:
    known = ("kontanthjaelp", "kontanthjaelpsmodtager", "rehabiliteringsplan", "handleplan", "rehabilitering")
    assert Respelling({word: word for word in known}).of(written, "da")[0] == meant
