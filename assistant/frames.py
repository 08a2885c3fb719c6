"""The tables of how questions ask (tables/frames.toml), compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.words import TABLES, fold, tokens

# " W " in a pattern stands for up to eight words between its neighbours.
_WORDS_BETWEEN = r"\\W+(?:\\w+\\W+){0,8}?"


class Cue(NamedTuple):
    """A named pattern over folded text, with the example that a test holds."""

    name: str
    pattern: re.Pattern[str]
    example: str


class Frames(NamedTuple):
    """All cues in table order, the words that carry a question without its topic, and those that open a clause."""

    acts: tuple[Cue, ...]
    modes: tuple[Cue, ...]
    stated: tuple[Cue, ...]
    forms: tuple[Cue, ...]
    sentences: tuple[Cue, ...]
    asides: tuple[Cue, ...]
    rulings: tuple[Cue, ...]
    carriers: frozenset[str]
    conjunctions: frozenset[str]


def fold_text(text: str) -> str:
    """`text` folded word by word; what stands between the words stays, so patterns see punctuation."""
    return re.sub(r"[^\W_]+", lambda match: fold(match.group()), text)


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The compiled tables."""
    with (TABLES / "frames.toml").open("rb") as file:
        table = tomllib.load(file)
    carriers = table["carrier"]
    words = {token.word for text in carriers.values() for token in tokens(text)}
    return Frames(
        compile_cues(table["act"]),
        compile_cues(table["mode"]),
        compile_cues(table["stated"]),
        compile_cues(table["form"]),
        compile_cues(table["sentence"]),
        compile_cues(table["aside"]),
        compile_cues(table["ruling"]),
        frozenset(words),
        frozenset(token.word for text in table["conjunction"].values() for token in tokens(text)),
    )


def built(name: str, folded: str) -> re.Match[str] | None:
    """The first place where a folded sentence is built as the table's entries of that name say; None if nowhere."""
    found = [match for cue in frames().sentences if cue.name == name and (match := cue.pattern.search(folded))]
    return min(found, key=lambda match: match.start(), default=None)


def compile_cues(rows: list[dict[str, Any]]) -> tuple[Cue, ...]:
    """Cues of a table's rows, in order."""
    return tuple(
        Cue(str(row.get("name", "")), re.compile(re.sub(r" W ", _WORDS_BETWEEN, entry["p"])), entry["e"])
        for row in rows
        for entry in row["patterns"]
    )
