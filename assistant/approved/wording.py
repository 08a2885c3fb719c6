"""The table of how one question is put in many wordings (tables/sameness.toml), compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.models import Language
from assistant.words import TABLES, spell

_LETTER = {"æ": "ae", "ø": "oe", "å": "aa"}


class Cue(NamedTuple):
    """What a pattern over spelt text says: its name, and a word that it says beside ("")."""

    name: str
    pattern: re.Pattern[str]
    beside: str
    example: str


class Wording(NamedTuple):
    """The table of one language, spelt."""

    asks: tuple[Cue, ...]
    last: tuple[Cue, ...]
    phrases: tuple[Cue, ...]
    wrapping: tuple[Cue, ...]
    groups: Mapping[str, frozenset[int]]
    wider: Mapping[str, frozenset[int]]
    never: Mapping[str, frozenset[int]]
    soft: frozenset[str]
    telling: frozenset[str]
    bare: frozenset[str]
    context: frozenset[str]
    drop: frozenset[str]


@lru_cache(maxsize=2)
def wording(language: Language) -> Wording:
    """The compiled table of a language."""
    with (TABLES / "sameness.toml").open("rb") as file:
        table = tomllib.load(file)
    return Wording(
        tuple(_cues(table["ask"][language])),
        tuple(_cues(table["last"][language])),
        tuple(_cues(table["phrase"][language])),
        tuple(_cues([{"is": "", "patterns": table["wrapping"][language]}])),
        _groups(table["groups"][language]),
        _groups(_searched() if language == "da" else ()),
        _groups(table["never"][language]),
        frozenset(map(spell, table["soft"][language].split())),
        frozenset(map(spell, table["telling"][language].split())),
        frozenset(map(spell, table["bare"][language].split())),
        frozenset(map(spell, table["context"][language].split())),
        frozenset(map(spell, table["drop"][language].split())),
    )


def _searched() -> Iterable[str]:
    """The groups of near synonyms that searching and the guard are content with."""
    for name in ("synonyms.toml", "guard_thesaurus.toml"):
        with (TABLES / name).open("rb") as file:
            yield from tomllib.load(file)["groups"]


def _groups(lines: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """Spelt word -> the numbers of the lines that it stands in."""
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(lines):
        for word in line.split():
            found[spell(word)] = found.get(spell(word), frozenset()) | {number}
    return found


def _cues(rows: Iterable[Mapping[str, Any]]) -> Iterable[Cue]:
    for row in rows:
        for entry in row["patterns"]:
            yield Cue(spell(row["is"]), _compiled(entry["p"]), spell(row.get("with", "")), entry["e"])


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as it is met in spelt text, and only at whole words."""
    for letter, seen in _LETTER.items():
        pattern = pattern.replace(letter, seen)
    # What was read before leaves spaces, so that one space in a pattern stands for any number.
    pattern = pattern.replace(" ?", " *").replace(" *", "\0").replace(" ", " +").replace("\0", " *")
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
