"""Questions about documents: which one is named, what it says, what it leaves out, and what several say."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.comparison import asked_for
from assistant.comparison import cues as comparing
from assistant.documents import documents_in
from assistant.editions import edition_kinds, named_editions
from assistant.frames import Cue
from assistant.presence_frame import cues as presence
from assistant.presence_frame import frame_of, masked
from tests.core_kit import assistant as shared_assistant
from tests.core_kit import lexicon, understood
from tests.reading_kit import LETTER_1, LETTER_3, LIST_2017, STATUS


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return shared_assistant()


# question -> source and kind of each document that it names, by date
NAMED = {
    "Hvad er ændret fra 2017-listen til 2018-listen?": [LIST_2017, STATUS],
    "Nævner tilsagnsbrevet fra februar 2017 serviceloven § 54?": [LETTER_1],
    "hvilket doknr har brevet af 20-12-2017": [LETTER_3],
    "Hvad skriver decemberbrevet om IGU?": [LETTER_3],
    "Nævner begge ministerielle breve det fælles datagrundlag?": [LETTER_1, LETTER_3],
    "Var ret og pligt med i 2017-udgaven af »Det må vi nu«?": [LIST_2017],
    "Is that sentence found in the 2018 version of the list too?": [STATUS],
    "Hvad siger den gamle liste om mentorer?": [LIST_2017],
    "Hvad siger bilag 1 om ret og pligt?": [STATUS],
    "Nævner brevet fra maj 2017 IGU?": [],
    "Give me the full list of plans I no longer have to make.": [],
    "List every condition for the mentor contract.": [],
}


@pytest.mark.parametrize(("question", "sources"), NAMED.items())
def test_a_document_is_known_by_kind_date_sender_order_or_title(
    assistant: Assistant, question: str, sources: list[str]
) -> None:
    assert [each.source_id for each in named_editions(understood(question), assistant.library())] == sources


def test_two_letters_of_different_rounds_are_no_editions_of_each_other(assistant: Assistant) -> None:
    assert edition_kinds(assistant.library()) == ("fritagelsesliste",)


@pytest.mark.parametrize("cue", [*presence(), *comparing()], ids=lambda cue: f"{cue.name}: {cue.example}")
def test_each_pattern_matches_its_example(cue: Cue) -> None:
    spans = [each.span for each in documents_in(cue.example, lexicon().kinds)]
    assert cue.pattern.search(masked(cue.example, spans)), cue.name


DUTIES = (
    "Er § 54 omfattet af fritagelsen?",
    "Er vi fritaget for § 54 ifølge 2018-listen?",
    "Må vi bruge listen for alle borgere?",
    "Are we exempt from section 54 on the 2018 list?",
    "Hvad siger brevet om fremmøde?",
)


@pytest.mark.parametrize("question", DUTIES)
def test_who_asks_what_one_may_do_does_not_ask_what_stands_where(question: str) -> None:
    assert frame_of(understood(question)) is None


# question -> verdict, sources that must be cited, words of the answer
PRESENCE = {
    "Nævner tilsagnsbrevet fra februar 2017 serviceloven § 54 og § 70?": ("nej", {LIST_2017}, "læst helt igennem"),
    "Nævner 2017-listen BAB § 134?": ("nej", {STATUS}, "2017"),
    "Står stk. 2 i LAB § 16 med i opregningen i fritagelseslisten?": ("nej", {LIST_2017, STATUS}, "3-6 og 8"),
    "Nævner 2018-listen § 16, stk. 7 i LAB?": ("nej", {LETTER_1}, "§§15-21"),
    "Står 1. pkt. i § 6, stk. 4, i organiseringsloven med i det, I må fravige?": ("nej", {STATUS}, "2. pkt"),
    "Står § 134 kun i 2018-listen?": ("ja", {STATUS}, "134"),
    "Nævner begge breve indberetning til det fælles datagrundlag?": ("ja", {LETTER_1, LETTER_3}, "indberet"),
    "Er ret og pligt med i både 2017- og 2018-listen?": ("nej", {STATUS}, "står ikke i fritagelseslisten fra 2017"),
    "Står fritagelsen fra personligt fremmøde i listerne, eller er det kun i brevet?": ("nej", {LETTER_1}, "fremmøde"),
    "Hvilken af de to udgaver af listen gengiver, at STAR vil hjælpe mod dobbeltregistrering?": (
        *("info", {LIST_2017}, "står ikke i fritagelseslisten fra 2018"),
    ),
    "Is the mentor contract mentioned in the lists?": ("nej", {LETTER_3}, "read in full"),
    "Står der i 2018-listen, at vi slipper for registrering?": ("nej", {STATUS}, "fortsat registrere"),
    "Er registrering med på fritagelseslisten?": ("nej", {LIST_2017, STATUS}, "fortsat registrere"),
    "Står barnets plan efter servicelovens § 140 på listen?": ("betinget", {LIST_2017, STATUS}, "IKKE"),
}


@pytest.mark.parametrize(("question", "expected"), PRESENCE.items())
def test_what_a_document_says_is_found_by_reading_it(
    assistant: Assistant, question: str, expected: tuple[str, set[str], str]
) -> None:
    answer = assistant.ask(question)
    assert (answer.verdict, answer.explanation["rule"]) == (expected[0], "naevnt")
    assert expected[1] <= {citation.source_id for citation in answer.citations}
    assert expected[2] in answer.answer


CHANGES = {
    "Hvad er nyt i 2018-listen?": ("ret og pligt", "minimumsstandard"),
    "What is new in the 2018 list compared with 2017?": ("ret og pligt", "minimumsstandard"),
    "Hvad er udgået af listen siden 2017?": ("minimumsstandard", "ret og pligt"),
    "Hvad er ændret fra 2017-listen til 2018-listen om antallet af møder?": ("omtrent", "ret og pligt"),
}


@pytest.mark.parametrize(("question", "words"), CHANGES.items())
def test_what_changed_is_told_as_it_is_asked_for(assistant: Assistant, question: str, words: tuple[str, str]) -> None:
    answer = assistant.ask(question)
    assert (answer.verdict, answer.explanation["rule"]) == ("info", "aendringer")
    assert words[0] in answer.answer
    assert words[1] not in answer.answer


BESIDE = {
    "Hvordan adskiller februarbrevet og listerne sig om Min Plan og LAB?": ("info", ("§§27-28", "§§27-30")),
    "Hvad siger februarbrevet og listerne om kontaktforløb og paragraffer i LAB?": (
        "info",
        ("§§15-21", "§ 16, stk. 1"),
    ),
    "Do the letter and the lists name the same subsections of section 13 b of the sickness benefit act?": (
        *("nej", ("stk. 2 og 4", "stk. 1, 2 og 4")),
    ),
    "Siger listerne det samme om barnets plan?": ("ja", ("IKKE",)),
}


@pytest.mark.parametrize(("question", "expected"), BESIDE.items())
def test_documents_that_differ_are_each_heard(
    assistant: Assistant, question: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    answer = assistant.ask(question)
    assert (answer.verdict, answer.explanation["rule"]) == (expected[0], "side_om_side")
    assert all(words in answer.answer for words in expected[1])


def test_municipalities_are_compared_by_one_statement_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("Hvor mange familier og unge er der i henholdsvis Ballerup og Frederikssund?")
    assert answer.explanation["rule"] == "kommuner"
    assert "Ballerup: " in answer.answer
    assert "Frederikssund: " in answer.answer


def test_the_sort_of_comparison_is_read_from_the_question() -> None:
    assert asked_for(understood("Hvad er nyt i 2018-listen?")) == {"new"}
    assert "gone" in asked_for(understood("What was dropped from the 2017 list?"))
    assert asked_for(understood("Hvem er borgmester i Furesø?")) == frozenset()


def test_a_phrase_said_in_few_of_its_words_is_not_said(assistant: Assistant) -> None:
    assert assistant.ask("Er ret og pligt-tilbud med i 2017-listen?").verdict != "ja"


def test_a_follow_up_asks_of_the_document_that_it_names_itself(assistant: Assistant) -> None:
    assert assistant.ask("Og i brevene?", ["Er SEL § 54 på 2018-listen?"]).verdict == "nej"


def test_what_a_document_covers_is_read_in_it(assistant: Assistant) -> None:
    asked = "Dækker tilsagnsbrevet fra februar 2017 sygedagpengelovens § 13 b, stk. 1?"
    assert assistant.ask(asked).verdict == "nej"


def test_alternatives_ask_which_of_them_it_is(assistant: Assistant) -> None:
    assert assistant.ask("Er fritagelsen fra ret og pligt-tilbud varig eller tidsbegrænset?").verdict == "info"


def test_the_part_of_a_provision_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Hvilket punktum i § 6, stk. 4, i organiseringsloven kan vi fravige?")
    assert answer.verdict == "info"
    assert "2. pkt." in answer.answer
