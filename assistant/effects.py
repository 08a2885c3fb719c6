"""What a Danish sentence does with a duty: the table of effects (tables/effects.toml) and its reading."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

from assistant.frames import Cue, compile_cues
from assistant.lexicon import TABLES
from assistant.models import Span

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


# Documents spell æ, ø and å; one letter for one keeps every place in the text where it was.
_FLAT = str.maketrans("æøåäöé", "aoaaoe")


def _flat(text: str) -> str:
    return text.lower().translate(_FLAT)


@lru_cache(maxsize=1)
def tables() -> Effects:
    """The tables of tables/effects.toml."""
    with (TABLES / "effects.toml").open("rb") as file:
        table = tomllib.load(file)
    return Effects(compile_cues(table["effect"]), compile_cues(table["cut"]), compile_cues(table["condition"]))


def effect_of(text: str) -> str:
    """The effect of a Danish sentence; "fact" when it neither gives, withholds nor demands anything."""
    folded = _flat(text)
    return next((cue.name for cue in tables().effects if cue.pattern.search(folded)), "fact")


def cut(text: str) -> tuple[Span, ...]:
    """The pieces of a sentence that each say one thing, as ranges of `text`; the whole when there is one."""
    folded = _flat(text)
    places = sorted({match.end() for cue in tables().cuts for match in cue.pattern.finditer(folded)})
    edges = [0, *places, len(text)]
    return tuple(Span(start, end) for start, end in zip(edges, edges[1:], strict=False) if end - start > 12)


def condition_in(text: str) -> str:
    """The words of a sentence that limit it ("i det omfang det er muligt"), or ""."""
    folded = _flat(text)
    starts = [match.start() for cue in tables().conditions if (match := cue.pattern.search(folded))]
    if not starts:
        return ""
    clause = re.split(r"(?<=[.;])\s", text[min(starts) :])[0]
    return clause.strip(" .,;")
