"""Limiting: how a statement limits a norm or keeps a duty (tables/sides.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from assistant.frames import Cue, compile_cues
from assistant.words import TABLES


@lru_cache(maxsize=8)
def _cues(name: str) -> tuple[Cue, ...]:
    with (TABLES / "sides.toml").open("rb") as file:
        return compile_cues([tomllib.load(file)[name]])


def _found(name: str, statement: str) -> re.Match[str] | None:
    lower = statement.lower()
    return next((match for cue in _cues(name) if (match := cue.pattern.search(lower))), None)


def keeps_the_duty(statement: str) -> bool:
    """Whether a ban forbids to leave a duty ("må ikke undlades", "kan ikke udskydes")."""
    return _found("keeps_the_duty", statement) is not None


def leaves_a_duty(statement: str) -> bool:
    """Whether a statement names the leaving of a duty ("Ønske: undlade årligt tilsyn; Resultat: afslag")."""
    return _found("leaves_a_duty", statement) is not None


def limits_what_stands_before(statement: str) -> bool:
    """Whether a sentence limits what the one before it gave ("Bevillingen kræver, at lægen har set barnet")."""
    return _found("limits_what_stands_before", statement) is not None


def cell_in(statement: str) -> str:
    """The cell of a row that says for whom or on what its freedom is given, or ""."""
    cell = _found("limiting_cell", statement)
    return cell.group() if cell else ""
