"""Scope: whether a question is about each and every one where the documents speak of a group, or only of some."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

from assistant.frames import Cue, compile_cues, fold_text
from assistant.words import TABLES


class Scopes(NamedTuple):
    """The table in tables/scope.toml: of questions (folded text), and of Danish statements (lower case)."""

    everyone: tuple[Cue, ...]
    each: tuple[Cue, ...]
    collective: tuple[Cue, ...]
    only_some: tuple[Cue, ...]
    part: tuple[Cue, ...]


@lru_cache(maxsize=1)
def scopes() -> Scopes:
    """The compiled table."""
    with (TABLES / "scope.toml").open("rb") as file:
        table = tomllib.load(file)
    return Scopes(*(compile_cues([{"name": name, **table[name]}]) for name in Scopes._fields))


def asks_of_everyone(question: str) -> bool:
    """Whether a question is about all people of a group, without looking at each ("hele målgruppen")."""
    return _matches(scopes().everyone, fold_text(question))


def asks_of_each(question: str) -> bool:
    """Whether a question is about every single person ("hver enkelt borger")."""
    return _matches(scopes().each, fold_text(question))


def speaks_of_the_group(statement: str) -> bool:
    """Whether a statement counts a group as a whole ("gennemsnitligt", "samlet set")."""
    return _matches(scopes().collective, statement.lower())


def holds_for_some(statement: str) -> bool:
    """Whether a statement keeps what it gives to those who were assessed ("KUN, hvor det fagligt vurderes")."""
    return _matches(scopes().only_some, statement.lower())


def gives_a_part(statement: str) -> bool:
    """Whether a statement gives only part of what it names ("kan træffe en række afgørelser")."""
    return _matches(scopes().part, statement.lower())


def _matches(cues: tuple[Cue, ...], text: str) -> bool:
    return any(cue.pattern.search(re.sub(r"\s+", " ", text)) for cue in cues)
