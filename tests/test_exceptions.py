"""Where an exception or a narrower norm beats the wider one."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from tests.core_kit import assistant as shared_assistant


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return shared_assistant()


@pytest.mark.parametrize(
    "question",
    [
        "SEL §§ 140-141 står jo på listen. Så kan vi vel droppe planen for den 12-årige?",
        "Kan vi undlade barnets plan, når §§ 140 og 141 i serviceloven er fritaget?",
    ],
)
def test_the_exception_for_a_child_beats_the_row_that_holds_its_provision(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == "nej"
    assert any("barnet eller den unge" in citation.quote for citation in answer.citations)


def test_the_row_decides_where_nothing_is_said_of_a_child(assistant: Assistant) -> None:
    assert assistant.ask("Må vi droppe handleplanen efter §§ 140 og 141 i serviceloven?").verdict == "betinget"


@pytest.mark.parametrize(
    "question",
    [
        "Må vi trække på § 10 i frikommuneloven om børnefaglige undersøgelser?",
        "Lovens § 10 handler om servicelovens § 140. Kan Ballerup bruge den?",
        "Can our network rely on section 10 of the Act on free municipality networks?",
    ],
)
def test_a_provision_that_is_given_to_another_network_permits_nothing(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == "nej"
    assert "netværk nr. 4" in answer.citations[0].quote


def test_who_asks_for_the_limit_is_not_told_no(assistant: Assistant) -> None:
    answer = assistant.ask("Gælder § 10 i frikommuneloven kun netværk nr. 4?")
    assert answer.verdict != "nej"


def test_some_decisions_are_not_every_decision(assistant: Assistant) -> None:
    question = "Jeg er plankoordinator i Allerød. Må jeg selv træffe afgørelsen i en indviklet sag?"
    assert assistant.ask(question).verdict in ("betinget", "nej")
