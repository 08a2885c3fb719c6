"""Persons' names in a question: beside other personal data, behind a role, or introduced as a name.

There is no list of names: a name is a run of capitalised words that stands where a name stands. The words that
introduce names, and those that are none, are in tables/persons.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from assistant.models import Span
from assistant.places import municipalities_in
from assistant.words import commonness, fold

TABLE = Path(__file__).resolve().parent / "tables" / "persons.toml"
_WORD = r"[A-ZÆØÅÄÖÉ][^\W\d_A-ZÆØÅ]+(?:['’-][^\W\d_]+)*|[A-ZÆØÅ]\."
_RUN = re.compile(rf"(?:{_WORD})(?:[ \t]+(?:(?:van|von|de|af|el|al|bin)[ \t]+)?(?:{_WORD}))*")
_ANY_RUN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ \t]+[^\W\d_]+(?:['’-][^\W\d_]+)*)?")
_BESIDE = 40
_FEWEST_BEHIND = 2
_COMMON = 5.0
_SMALL = re.compile(
    r"\b(?:kontakt|ring til|ring|skriv til|borger(?:en)?|klient(?:en)?|call|contact|client|citizen)[ \t]+"
    r"(?P<name>[^\W\d_]+(?:[ \t]+[^\W\d_]+)??)(?:[ \t,(:]+(?:på|med|cpr|tlf\.?|mobil|mail|on|at))*[ \t,(:]+$",
    re.IGNORECASE,
)


def names(text: str, data: list[Span]) -> list[Span]:
    """Where names stand in `text`, given where other personal data stands."""
    found = [_before(text, span) or _small(text, span) for span in data] + [_behind(text, span) for span in data]
    found += [_introduced(text, match) for match in _introduction().finditer(text)]
    found += [_after_role(text, match) for match in _role().finditer(text)]
    return [span for span in found if span is not None]


@cache
def _table() -> dict[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(_table()[part].split())


@cache
def _introduction() -> re.Pattern[str]:
    """ "hun hedder", "borgeren ved navn", "navn:"."""
    subjects = "|".join(sorted(_words("subjects") | _words("roles"), key=len, reverse=True))
    namings = "|".join(_table()["namings"].split())
    labels = "|".join(re.escape(label) for label in _table()["labels"])
    return re.compile(
        rf"\b(?:(?:{subjects})[ \t,]+(?:(?:is|er|som|der|blev|nu)[ \t,]+)?(?:{namings})\b|(?:{labels}))[\s:]*",
        re.IGNORECASE,
    )


@cache
def _role() -> re.Pattern[str]:
    roles = "|".join(sorted(_words("roles"), key=len, reverse=True))
    return re.compile(rf"(?:\b(?:{roles})|\b(?:hr|mr|mrs|ms|frk)\.)[ \t,]+(?=[A-ZÆØÅ])", re.IGNORECASE)


def _is_name(words: str) -> bool:
    """Whether a run of capitalised words can be a person: no institution, no municipality, no ordinary word."""
    parts = [part.lower().strip(".") for part in words.split()]
    if any(part in _words("institutions") for part in parts) or not parts:
        return False
    return not all(_is_ordinary(part) for part in parts) and not (len(parts) == 1 and municipalities_in(words))


def _is_ordinary(word: str) -> bool:
    """Whether a capitalised word begins a sentence or names a thing ("Ring", "Cpr-nr.")."""
    plain = word.lower().strip(".")
    return plain in _words("not_names") or plain.split("-")[0] in {"cpr", "tlf", "e"}


def _trimmed(run: re.Match[str]) -> Span | None:
    """The run without ordinary words at its ends ("Ring Hanne" -> "Hanne")."""
    words = list(re.finditer(r"\S+", run.group()))
    while words and _is_ordinary(words[0].group()):
        words.pop(0)
    while words and _is_ordinary(words[-1].group()):
        words.pop()
    if not words:
        return None
    start, end = run.start() + words[0].start(), run.start() + words[-1].end()
    return Span(start, end) if _is_name(run.string[start:end]) else None


def _before(text: str, datum: Span) -> Span | None:
    """The name in front of a number or mail, with nothing but linking words between."""
    begin = max(0, datum.start - _BESIDE)
    for run in reversed(list(_RUN.finditer(text, begin, datum.start))):
        between = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|[.!?\n]", text[run.end() : datum.start])
        whole = text[run.start() - 1 : run.start()].isalpha()
        links = [word for word in between if word != "." or "\n" in between]
        if whole or not all(word.lower() in _words("links") for word in links):
            return None
        span = _trimmed(run)
        if span is not None:
            return span
        if any(part.lower().strip(".") not in _words("links") for part in run.group().split()):
            return None
    return None


def _small(text: str, datum: Span) -> Span | None:
    """A name in small letters between "kontakt" and a number: "ring til jens hansen på 20 12 34 56"."""
    begin = max(0, datum.start - _BESIDE)
    match = _SMALL.search(text[begin : datum.start])
    if match is None or all(_is_common(word) or word.lower() in _words("not_names") for word in match["name"].split()):
        return None
    return Span(begin + match.start("name"), begin + match.end("name"))


def _behind(text: str, datum: Span) -> Span | None:
    """The full name right behind a number or mail: "010190-1234 Jens Hansen"."""
    gap = re.compile(r"[ \t]*[,;()\]-]?[ \t]*").match(text, datum.end)
    run = _RUN.match(text, gap.end() if gap else datum.end)
    if run is None:
        return None
    span = _trimmed(run)
    full = span is not None and len(text[span.start : span.end].split()) >= _FEWEST_BEHIND
    return span if full else None


def _introduced(text: str, cue: re.Match[str]) -> Span | None:
    """The one or two words behind "hun hedder"; the second only when it is written like the first."""
    run = _RUN.match(text, cue.end())
    if run:
        return _trimmed(run)
    match = _ANY_RUN.match(text, cue.end())
    if match is None:
        return None
    first, *rest = match.group().split()
    if first.lower() in _words("not_names") or _is_common(first):
        return None
    end = match.end() if rest and not _is_common(rest[0]) else cue.end() + len(first)
    return Span(cue.end(), end)


def _is_common(word: str) -> bool:
    """Whether everyday language has the word often, in Danish or English; names typed small are rarer."""
    return max(commonness(fold(word)), commonness(fold(word), "en")) >= _COMMON


def _after_role(text: str, cue: re.Match[str]) -> Span | None:
    """The run of capitalised words behind "borgeren"."""
    run = _RUN.match(text, cue.end())
    return _trimmed(run) if run else None
