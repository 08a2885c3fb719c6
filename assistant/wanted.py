"""What kind of thing a question asks for (a phone number, a date, a person), and how a text that gives it looks."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.frames import Cue, built, fold_text
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.sentences import sentences
from assistant.words import TABLES, tokens

# What " W " in a pattern stands for.
_BETWEEN = r"\W+(?P<between>(?:\w+\W+){0,8}?)"
# Where a question goes on to ask for something more: "how many are they, and where do they come from?"
_ANOTHER = re.compile(
    r"(?<=\w\w),? (?:og|and|samt) (?=hv(?:ad|em|or|ornar|ilke\w*)\b|wh(?:at|o|ere|en|y|ich)\b|how\b|by when)"
)


class Wanted(NamedTuple):
    """A type of answer: how it is asked for, what a text that gives it holds, and whether one without is no answer.

    `find` are words that such texts are found by, `together` says that it is asked for beside another type.
    """

    name: str
    form: str
    asks: tuple[Cue, ...]
    shapes: tuple[re.Pattern[str], ...]
    strict: bool
    names: str
    find: str
    together: bool

    def shaped(self, text: str, municipality: str = "") -> bool:
        """Whether `text` (said of a municipality, where one is given) gives what is asked for."""
        if self.names == "municipality" and (municipality or municipalities_in(text)):
            return True
        if self.names == "place" and any(
            re.search(rf"\b(i|på|ved|hos) {name}\b", text) for name in municipalities_in(text)
        ):
            return True
        return any(shape.search(text) for shape in self.shapes)


class Asked(NamedTuple):
    """The type of answer that a question wants, the types it wants beside ("sagsnr og doknr"), and its words for them.

    `words` are the folded words of the question that only name a type.
    """

    wanted: Wanted
    words: frozenset[str]
    also: tuple[Wanted, ...] = ()


class Limit(NamedTuple):
    """A word that tells which of several is asked for, and what a text about that one says."""

    asks: tuple[Cue, ...]
    shapes: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Wanted, ...], tuple[Limit, ...]]:
    """The compiled table of answer types, and of limits."""
    with (TABLES / "answers.toml").open("rb") as file:
        read = tomllib.load(file)
    types = tuple(
        Wanted(
            row["name"],
            row.get("form", ""),
            _asks(row["ask"]),
            _compiled(row["shape"]),
            row.get("strict", False),
            row.get("names", ""),
            row.get("find", ""),
            row.get("together", False),
        )
        for row in read["type"]
    )
    limits = tuple(Limit(_asks(row["ask"]), _compiled(row["shape"])) for row in read["limit"])
    return types, limits


def _asks(rows: list[dict[str, Any]]) -> tuple[Cue, ...]:
    """The ways to ask, each with a group "between" for the words that stand between its parts and are its subject."""
    return tuple(Cue("", re.compile(row["p"].replace(" W ", _BETWEEN)), row["e"]) for row in rows)


def _compiled(rows: list[dict[str, Any]]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["p"]) for row in rows)


def asked_for(question: Question) -> Asked | None:
    """The type of answer wanted; None where any statement on the matter may answer."""
    if question.deontic or question.form in ("whether", "compare"):
        return None
    return _named(question.text) or _of_form(question.form)


@lru_cache(maxsize=256)
def _named(text: str) -> Asked | None:
    """The type that the last asking sentence names; what was asked before it was answered before."""
    for span in reversed(sentences(text)):
        folded = _ANOTHER.split(fold_text(text[span.start : span.end]))[0]
        for wanted in table()[0]:
            for cue in wanted.asks:
                match = cue.pattern.search(folded)
                if match:
                    return _with_others(Asked(wanted, _naming(match)), text)
        if built("wh", folded):
            return None
    return None


def _with_others(asked: Asked, text: str) -> Asked:
    """The type with those that the question asks for beside it."""
    folded = fold_text(text)
    words, also = asked.words, []
    for wanted in table()[0]:
        match = next((match for cue in wanted.asks if (match := cue.pattern.search(folded))), None)
        if match and wanted.together and asked.wanted.together and wanted.name != asked.wanted.name:
            also.append(wanted)
            words |= _naming(match)
    return Asked(asked.wanted, words, tuple(also))


def _naming(match: re.Match[str]) -> frozenset[str]:
    """The words of an ask, without what stands between its parts."""
    start, end = match.span("between") if "between" in match.re.groupindex else (-1, -1)
    return frozenset(token.word for token in tokens(match.group()) if not start <= token.start + match.start() < end)


def _of_form(form: str) -> Asked | None:
    found = next((wanted for wanted in table()[0] if wanted.form == form), None)
    return Asked(found, frozenset()) if found else None


def within_limits(question: Question, text: str) -> bool:
    """Whether a text says what the question's limiting words ask for ("næste")."""
    folded = fold_text(question.text)
    return all(
        any(shape.search(text) for shape in limit.shapes)
        for limit in table()[1]
        if any(cue.pattern.search(folded) for cue in limit.asks)
    )
