"""What a Danish sentence does with a duty: the table of effects (tables/effects.toml) and its reading."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.frames import Cue, compile_cues
from assistant.models import Span
from assistant.words import TABLES

GIVING = frozenset({"exempt", "permitted"})
WITHHOLDING = frozenset({"not_exempt", "refused", "postponed", "forbidden"})
BINDING = frozenset({"required", "condition"})
NORMS = GIVING | WITHHOLDING | BINDING
EFFECTS = NORMS | {"wish", "applied", "local", "announced", "fact"}


class Effects(NamedTuple):
    """The compiled tables: effects in order of precedence, cuts, and beginnings of conditions."""

    effects: tuple[Cue, ...]
    cuts: tuple[Cue, ...]
    conditions: tuple[Cue, ...]


@lru_cache(maxsize=1)
def tables() -> Effects:
    """The tables of tables/effects.toml."""
    with (TABLES / "effects.toml").open("rb") as file:
        table = tomllib.load(file)
    return Effects(compile_cues(table["effect"]), compile_cues(table["cut"]), compile_cues(table["condition"]))


def effect_of(text: str) -> str:
    """The effect of a Danish sentence; "fact" when it neither gives, withholds nor demands anything."""
    lower = text.lower()
    return next((cue.name for cue in tables().effects if cue.pattern.search(lower)), "fact")


def cut(text: str) -> tuple[Span, ...]:
    """The pieces of a sentence that each say one thing, as ranges of `text`; the whole when there is one."""
    lower = text.lower()
    places = sorted({match.end() for cue in tables().cuts for match in cue.pattern.finditer(lower)})
    edges = [0, *places, len(text)]
    return tuple(Span(start, end) for start, end in pairwise(edges))


def condition_in(text: str) -> str:
    """The words of a sentence that limit it ("i det omfang det er muligt"), or ""."""
    lower = text.lower()
    starts = [match.start() for cue in tables().conditions if (match := cue.pattern.search(lower))]
    if not starts:
        return ""
    clause = re.split(r"(?<=[.;])\s", text[min(starts) :])[0]
    return clause.strip(" .,;")
