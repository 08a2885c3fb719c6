"""A first name tells whom a question is about, and nothing of what it asks."""

from __future__ import annotations

import pytest

from assistant.first_names import places_of_first_names
from assistant.words import tokens
from tests import core_kit


def found(text: str) -> list[str]:
    words = tokens(text)
    return [text[words[place].start : words[place].end] for place in sorted(places_of_first_names(text, words))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jytte bliver træt af alle de skemaer.", ["Jytte"]),
        ("Må vi droppe Emmas plan?", ["Emmas"]),
        ("Kan Hassan slippe for samtalen?", ["Hassan"]),
        ("Er Torben Buse chef?", []),
        ("Hvem er Torben?", []),
        ("Hans plan er lavet.", []),
        ("Must we do it in May?", []),
        ("Gælder det i Ballerup?", []),
        ("Må vi bruge Teams til samtalen?", []),
        ("Er LAB § 16 fraveget?", []),
    ],
)
def test_a_name_that_stands_alone_is_found(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("name", ["Jytte", "Preben", "Emma", "Hassan", "Oliver"])
def test_a_name_changes_no_verdict(name: str) -> None:
    asked = "Er vi nødt til at lave den forberedende del af rehabiliteringsplanen"
    assistant = core_kit.assistant()
    assert assistant.ask(f"{asked} for {name}?").verdict == assistant.ask(f"{asked} for en borger?").verdict
