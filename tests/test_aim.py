"""What a question asks about is the object of its verb, not the setting, the story or who does it."""

from __future__ import annotations

import pytest

from assistant.aim import AGENT, OBJECT, aims
from assistant.kinds import kind_of
from assistant.models import Language
from assistant.words import parts, tokens


def _aimed(text: str, language: Language) -> set[str]:
    """The things of the nearest relation to the verb, everyday small words taken as carrying the question."""
    words = tokens(text)
    small = set("vi jeg i der den det en et kan skal må ma stadig selv vores hun han for til fra af på pa med".split())
    small |= set("the we i a in of do does can need".split())
    found = aims(text, words, language, lambda at: "" if words[at].word in small else kind_of(words, at, language))
    nearest = min(found.values(), default=0)
    return {words[place].word for place, how in found.items() if how == nearest}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Dækker staten udgifterne til forsøget?", "udgifterne"),
        ("Skal vi stille tolk til rådighed ved møderne?", "tolk"),
        ("Skal borgeren give skriftligt samtykke, før vi laver én plan i forsøget?", "samtykke"),
        ("Kan familieafdelingen overtage jobsagen for en ledig?", "jobsagen"),
        ("Er vi fri for rehabiliteringsplanen for borgere med én plan?", "rehabiliteringsplanen"),
        ("mand 51, skal for rehabteamet. slipper vi for at lave mentorkontrakt når han har én plan", "mentorkontrakt"),
        ("ung på 15. kan jeg droppe skolens elevplan når familien har en plan??", "elevplan"),
        ("Kan uddannelsespålægget undlades i den periode?", "uddannelsespalagget"),
    ],
)
def test_a_danish_question_is_about_the_object_of_its_verb(question: str, asked: str) -> None:
    assert asked in _aimed(question, "da")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Do we need written consent before sharing notes between departments?", "consent"),
        ("Does the state cover the cost of the trial?", "cost"),
        ("Can we drop the mentor contract in the trial?", "contract"),
    ],
)
def test_an_english_question_is_about_the_object_of_its_verb(question: str, asked: str) -> None:
    assert asked in _aimed(question, "en")


def test_a_setting_is_never_what_is_asked() -> None:
    assert "furesø" not in _aimed("Får vi lov at starte byggeri i Furesø?", "da")
    assert "familien" not in _aimed("Skal jeg lave en underretning, når familien er i forsøget?", "da")


@pytest.mark.parametrize("word", ["underretning", "overenskomst", "fremgangsmaade"])
def test_a_word_that_begins_with_a_preposition_is_no_compound_of_it(word: str) -> None:
    assert not {"und", "over", "frem"} & set(parts(word))


def test_who_does_a_thing_is_told_from_the_thing() -> None:
    text = "Kan familieafdelingen overtage jobsagen?"
    words = tokens(text)
    found = aims(text, words, "da", lambda at: kind_of(words, at, "da"))
    assert {words[place].word: how for place, how in found.items()} == {"familieafdelingen": AGENT, "jobsagen": OBJECT}
