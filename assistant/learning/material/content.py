"""What the material says: words, quotes with their places, and how the minutes are spent. How it looks is elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.answer_json import VERDICTS, answer_from_json, apart
from assistant.authority import spoken_date
from assistant.learning.cases.case import CHOICES, Case
from assistant.legible import visible

TEXTS = Path(__file__).with_name("texts.toml")
LETTERS = "ABCDEF"
MINUTES = 6  # a case, where the session does not say
_READING, _SHOWING = 0.35, 0.25  # how much of a case's minutes


class Tally(NamedTuple):
    """How a room answered one case: counts by verdict, and by the place of the reason in the case."""

    case: str
    verdicts: Mapping[str, int]
    reasons: Sequence[int] = ()


class Quote(NamedTuple):
    """A citation as it is shown: number and document, where it stands, its words, and its nearest heading."""

    source: str
    place: str
    words: str
    heading: str = ""


class Steps(NamedTuple):
    """A case's minutes: to read and vote, to show the answer, to talk."""

    read: int
    show: int
    talk: int


@cache
def texts() -> Mapping[str, Any]:
    """The material's own words by key."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def word(key: str, **values: object) -> str:
    """One of the material's texts, filled in."""
    return str(texts()[key]).format(**values)


def shown(text: str) -> str:
    """Text that a file can hold and a reader see, on one line."""
    return visible(re.sub(r"\s+", " ", text)).strip()


def verdict(case: Case) -> str:
    """The key's verdict in words."""
    return VERDICTS["da"].get(case.verdict, case.verdict)


def choices() -> tuple[str, ...]:
    """The verdicts to choose among, in words."""
    return tuple(VERDICTS["da"][each] for each in CHOICES)


def quotes(case: Case) -> tuple[Quote, ...]:
    """The answer's quotes, whole."""
    return tuple(_quote(each) for each in case.answer.get("citations", ()))


def _quote(citation: Mapping[str, Any]) -> Quote:
    page = citation.get("page")
    place = (
        spoken_date(str(citation["date"]), "da"),
        str(citation["section"]),
        word("page", page=page) if page else "",
        ", ".join(citation.get("provisions", ())),
    )
    source = shown(f"[{citation['n']}] {citation['title']}")
    heading = str(citation["section"]).rsplit(" › ", 1)[-1]
    return Quote(source, shown(" · ".join(filter(None, place))), shown(str(citation["quote"])), shown(heading))


def conditions(case: Case) -> tuple[str, ...]:
    """The answer's conditions that its prose does not give already."""
    return tuple(shown(each) for each in apart(answer_from_json(case.answer)))


def first_sentence(case: Case) -> str:
    """The answer's conclusion."""
    prose = shown(str(case.answer.get("answer", "")))
    return re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ])", prose, maxsplit=1)[0]


def lettered(case: Case) -> tuple[tuple[str, str], ...]:
    """The reasons with their letters."""
    return tuple((LETTERS[place], shown(reason.text)) for place, reason in enumerate(case.reasons))


def right_reason(case: Case) -> tuple[str, str]:
    """The right reason with its letter."""
    right = next((place for place, reason in enumerate(case.reasons) if reason.right), 0)
    return lettered(case)[right]


def steps(minutes: int) -> Steps:
    """How a case's minutes are spent: at least one for each step."""
    read = max(1, round(minutes * _READING))
    show = max(1, round(minutes * _SHOWING))
    return Steps(read, show, max(1, minutes - read - show))


def tally_of(case: Case, results: Sequence[Tally] | None) -> Tally | None:
    """The room's answers to a case."""
    return next((tally for tally in results or () if tally.case == case.key), None)
