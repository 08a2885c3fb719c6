"""How a question is read: every cue of the tables by its example, and frames of questions that no table holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.frames import Cue, fold_text, frames
from assistant.models import Language, Provision
from assistant.question import understand
from tests.core_kit import lexicon, understood

CUES = [
    pytest.param(cue, id=f"{kind}-{cue.name}-{place}")
    for kind, cues in (
        ("act", frames().acts),
        ("mode", frames().modes),
        ("stated", frames().stated),
        ("form", frames().forms),
        ("ruling", frames().rulings),
        ("sentence", frames().sentences),
    )
    for place, cue in enumerate(cues)
]

# question -> act, mode, form
RULES = {
    "Kan vi undvære Min Plan for borgere i ressourceforløb?": ("skip", "may", "permission"),
    "Slipper vi for at indberette til STAR?": ("skip", "may", "permission"),
    "Er vi undtaget fra SEL § 140?": ("skip", "may", "permission"),
    "Kan vi få dispensation fra kravet om fremmøde?": ("skip", "may", "permission"),
    "Må vi se bort fra LAB § 16?": ("skip", "may", "permission"),
    "Har vi lov til at droppe samtalen hver tredje måned?": ("skip", "may", "permission"),
    "Må vi lade være med at indkalde den unge?": ("skip", "may", "permission"),
    "Kan man nøjes med ét møde om året?": ("skip", "may", "permission"),
    "Er det tilladt at udelade opfølgningen?": ("skip", "may", "permission"),
    "Maa vi springe samtalen over?": ("skip", "may", "permission"),
    "MÅ VI UNDLADE REGISTRERING": ("skip", "may", "permission"),
    "Skal vi fortsat lave en handleplan?": ("do", "must", "permission"),
    "Er kommunen forpligtet til at holde samtaler?": ("do", "must", "permission"),
    "Har vi pligt til at udfylde skemaet?": ("do", "must", "permission"),
    "Behøver vi lave en særskilt kontrakt?": ("do", "must", "permission"),
    "Er det obligatorisk at indberette?": ("do", "must", "permission"),
    "Gælder pligten til fremmøde stadig?": ("do", "must", "permission"),
    "Må vi samle planerne i én?": ("do", "may", "permission"),
    "Kan socialafdelingen træffe afgørelsen?": ("do", "may", "permission"),
    "Har kommunen ret til at ændre mødehyppigheden?": ("do", "may", "permission"),
    "Fik vi afslag på vores ansøgning om IGU?": ("refusal", "may", "permission"),
    "May I leave out the follow-up meeting?": ("skip", "may", "permission"),
    "Can we do without a separate contract?": ("skip", "may", "permission"),
    "Are we exempted from section 70?": ("skip", "may", "permission"),
    "Are we allowed to drop Min Plan?": ("skip", "may", "permission"),
    "Must we still hold the meetings?": ("do", "must", "permission"),
    "Do we have to report to the common data base?": ("do", "must", "permission"),
    "Is the municipality obliged to register?": ("do", "must", "permission"),
    "May we combine the plans?": ("do", "may", "permission"),
    "Can another unit than the job centre decide?": ("do", "may", "permission"),
}
# question -> form
FACTS = {
    "Hvor mange familier er med i Furesø?": "how_many",
    "Hvad koster evalueringen?": "how_much",
    "Hvornår udløber forsøget?": "when",
    "Hvem er borgmester i Halsnæs?": "who",
    "Hvor ligger ministeriet?": "where",
    "Hvorfor fik vi nej?": "why",
    "Hvilke kommuner deltager?": "list",
    "Hvordan kommer vi i gang med en fælles plan?": "procedure",
    "Hvad betyder CTI?": "definition",
    "Under hvilke betingelser gælder fritagelsen?": "condition",
    "Hvad er forskellen på de to lister?": "compare",
    "Hvad arbejder Gribskov med?": "fact",
    "How many citizens take part in Allerød?": "how_many",
    "When does the trial end?": "when",
    "Who carries out the evaluation?": "who",
    "Why was it refused?": "why",
    "Which municipalities take part?": "list",
    "What does CTI stand for?": "definition",
    "What is the difference between the two letters?": "compare",
    "How do we apply for a new trial?": "procedure",
    "Which plans lapse when there is one plan?": "list",
    "Hvem skriver planen, og hvornår?": "who",
    "Antal familier i Ballerup?": "how_many",
}


@pytest.mark.parametrize("cue", CUES)
def test_every_cue_matches_its_own_example(cue: Cue) -> None:
    assert cue.pattern.search(fold_text(cue.example)), cue.example


@pytest.mark.parametrize("question", RULES)
def test_a_question_about_a_rule_has_its_frame(question: str) -> None:
    found = understood(question)
    assert (found.act, found.mode, found.form) == RULES[question]
    assert found.deontic


@pytest.mark.parametrize("question", FACTS)
def test_a_question_about_a_fact_has_its_form(question: str) -> None:
    found = understood(question)
    assert found.form == FACTS[question]
    assert not found.deontic


@pytest.mark.parametrize(
    ("question", "opposite"),
    [
        ("Skal vi holde samtaler?", "Er vi fritaget for at holde samtaler?"),
        ("Skal vi udarbejde Min Plan?", "Må vi undlade Min Plan?"),
        ("Must we register?", "May we skip registration?"),
    ],
)
def test_opposite_questions_have_opposite_frames(question: str, opposite: str) -> None:
    duty, freedom = understood(question), understood(opposite)
    assert (duty.act, duty.mode) == ("do", "must")
    assert (freedom.act, freedom.mode) == ("skip", "may")


def test_a_question_names_its_provisions_with_the_law_that_stands_apart_from_them() -> None:
    (mention,) = understood("Er vi efter serviceloven fritaget for § 54?").mentions
    assert mention.provisions == (Provision("SEL", "54"),)


def test_a_range_that_leaves_out_a_paragraph_stays_open() -> None:
    found = {p.paragraf for m in understood("Er vi fritaget for LAB §§ 85 og 87-88?").mentions for p in m.provisions}
    assert found == {"85", "87", "88"}


def test_municipalities_years_and_documents_are_known_as_such() -> None:
    found = understood("Hvad sagde listen fra 2017 om Hillerøds unge og Gribskov?")
    assert found.municipalities == ("Hillerød", "Gribskov")
    assert found.years == (2017,)
    assert "fritagelsesliste" in found.kinds


def test_a_place_that_is_also_a_word_needs_its_capital() -> None:
    assert understood("Må vi hjælpe borgeren på vejen videre?").municipalities == ()
    assert understood("Må Vejen Kommune gøre det?").municipalities == ("Vejen",)


def test_the_words_that_only_ask_are_no_topic() -> None:
    surfaces = {term.surface.lower() for term in understood("Må vi godt springe mentorkontrakten over?").terms}
    assert surfaces == {"mentorkontrakten"}


def test_the_sentence_that_asks_weighs_more_than_the_one_that_sets_the_scene() -> None:
    found = understood("Borgeren har en mentor. Skal vi udarbejde en rehabiliteringsplan?")
    weights = {term.surface.lower(): term.weight for term in found.terms}
    assert weights["rehabiliteringsplan"] > weights["mentor"]


@given(st.text(max_size=300), st.sampled_from(["da", "en"]))
def test_any_text_is_understood_as_something(text: str, language: Language) -> None:
    found = understand(text, language, lexicon())
    assert found.act in {"skip", "do", "refusal"}
    assert found.mode in {"must", "may", "none"}


@pytest.mark.parametrize(
    "question",
    [
        "Må vi lade lånet vare 20 uger?",
        "Skal vi tælle bøgerne hvert halve år?",
        "Must pupils attend the swimming lessons?",
        "Kan fristen trække længere ud?",
    ],
)
def test_a_word_that_only_looks_like_leaving_undone_leaves_nothing_undone(question: str) -> None:
    assert understood(question).act == "do"


def test_who_was_refused_something_may_still_ask_what_he_may_do() -> None:
    assert understood("Kan en lejer med afslag på et lån få sagen prøvet?").act == "do"
    assert understood("Fik vi afslag på ansøgningen om broen?").act == "refusal"


def test_saying_yes_to_a_citizen_is_a_thing_done_and_no_courtesy() -> None:
    assert understood("Hun vil låne salen, kan jeg sige ja?").deontic
    assert not understood("Kan du sige, hvad salen koster?").deontic
