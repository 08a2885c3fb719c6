"""The language of a question: short, in telegram style, mixed, neighbouring and foreign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect

DANISH = (
    "Må vi?",
    "Hvad er SEL § 140?",
    "skal vi lave plan",
    "ma vi springe planen over",
    "maa vi fravige reglerne om samtaler",
    "skal vi stadig lave 140 plan",
    "fritaget lab 30a?",
    "kontaktforlob ledighedsydelse krav",
    "undtaget fremmøde?",
    "IGU?",
    "§ 140",
    "hjemmel",
    "Min Plan",
    "mentorkontrakt",
    "Hvad betyder Feedback Informed Treatment?",
    "Må vi bruge Critical Time Intervention til unge?",
    "rehabiliteringsplan forberedende del",
    "Og på sygedagpenge?",
    "Hvad så med den unge?",
    "er det ok at skippe planen",
    "Kan vi hoppe over den forberedende delen av rehabiliteringsplanen?",
    "Får vi hoppa över planen?",
    "Vad gäller för planen?",
    "Må vi la være å lage plan for barnet?",
    "hvem underskrev",
    "hvornaar udlober forsoget",
    "MÅ VI SPRINGE PLANEN OVER",
    "LAB § 30 a indsatsdel",
    "fx planer?",
    "Hvor mange borgere?",
    "Ikke noget",
    "Tak",
    "ret og pligt",
    "Hvad er case manager rollen i recovery teamet",
    "Er sick leave omfattet?",
    "dispensation personligt fremmøde jobcenter",
    "SEL 70 – fritaget el. ej?",
    "Er der givet dispensation til mentorkontrakten?",
)

ENGLISH = (
    "Why?",
    "May we skip the rehab plan's preparatory part?",
    "Must we still make a § 140-plan?",
    "What is En plan?",
    "What is Min Plan?",
    "Can we skip the forberedende del of the rehabiliteringsplan?",
    "conditions?",
    "skip preparatory part ok?",
    "And on sickness benefit?",
    "Does LAB § 30 a still apply to borgere på ledighedsydelse?",
    "Who signed the letter?",
    "what about SEL § 54",
    "mentor contract allowed?",
    "Is IGU granted?",
    "Hi",
    "are we exempt from Min Plan (LAB §§ 27-30)",
    "deadline complaint",
    "Which kommuner are in the frikommunenetværk?",
    "Explain ret og pligt",
    "sick benefit follow up rules",
    "How often must we hold samtaler with the borger?",
    "Explain how the effort part of the rehabiliteringsplan differs from the forberedende del",
)

OTHER = {
    "Darf ich den vorbereitenden Teil des Rehabilitationsplans überspringen?": "de",
    "Was ist der Plan?": "de",
    "Müssen wir einen Plan machen?": "de",
    "Wer hat unterschrieben?": "de",
    "Puis-je sauter la partie préparatoire ?": "fr",
    "¿Podemos omitir el plan?": "es",
    "Mogen we het plan overslaan?": "nl",
    "Czy możemy pominąć plan?": "pl",
    "Voimmeko ohittaa suunnitelman?": "fi",
    "Possiamo saltare il piano?": "it",
    "Planı atlayabilir miyiz?": "tr",
    "Можно ли пропустить план?": "ru",
    "هل يمكننا تخطي الخطة؟": "ar",
    "我们可以跳过计划吗？": "zh",
    "計画を飛ばしてもいいですか": "ja",
    "Μπορούμε να παραλείψουμε το σχέδιο;": "el",
    "האם אפשר לדלג": "he",
    "우리는 계획을 건너뛸 수 있나요": "ko",
    "Wie lange gilt das Gesetz?": "de",
    "Ist das erlaubt?": "de",
}
NO_WORDS = ("", "   ", "???", "12345", "\x00", "🙂🙂", "§ 140", "\ud800")


@pytest.mark.parametrize("question", DANISH)
def test_danish_and_its_scandinavian_neighbours_are_danish(question: str) -> None:
    assert detect(question) == "da"


@pytest.mark.parametrize("question", ENGLISH)
def test_an_english_frame_with_danish_terms_is_english(question: str) -> None:
    assert detect(question) == "en"


@pytest.mark.parametrize(("question", "language"), OTHER.items())
def test_other_languages_and_scripts_are_named(question: str, language: str) -> None:
    assert detect(question) == language


@pytest.mark.parametrize("text", NO_WORDS)
def test_a_text_without_words_counts_as_danish(text: str) -> None:
    assert detect(text) == "da"


@given(st.text(max_size=200))
def test_any_text_gets_a_short_code(text: str) -> None:
    assert 2 <= len(detect(text)) <= 3
