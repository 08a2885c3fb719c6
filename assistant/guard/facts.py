"""Facts that must stand in a source as they stand in a claim: provisions, dates, numbers with their bounds, names."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.figures import number_of
from assistant.guard.knowledge import find
from assistant.places import places
from assistant.provisions import Mention, parse
from assistant.words import fold

_MONTHS = "|".join(
    sorted(
        "januar februar marts april maj juni juli august september oktober november december january february march "
        "may june july october".split(),
        key=len,
        reverse=True,
    )
)
_DATES = (
    re.compile(
        rf"(?<!\w)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTHS})\b,?(?:\s+(?P<year>20\d\d))?"
    ),
    re.compile(rf"\b(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.?\d)(?:,?\s+(?P<year>20\d\d))?"),
    re.compile(r"\b(?P<day>\d{1,2})[./-](?P<figure>\d{1,2})[./-](?P<year>20\d\d)\b"),
    re.compile(r"\b(?P<year>20\d\d)-(?P<figure>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<month>(?!may\b)(?:{_MONTHS})|(?<=in )may|(?<=by )may)\b,?(?:\s+(?P<year>20\d\d))?"),
    re.compile(r"(?<![\w§.-])(?P<year>20[0-4]\d)\b(?![-.]\w)"),
)
_DAY_ALONE = re.compile(r"\b(?:den|d\.)\s+(?P<day>\d{1,2})\.(?!\d)")
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "første first,anden second,tredje third,fjerde fourth,femte fifth,sjette sixth,"
            "syvende seventh,ottende eighth"
        ).split(","),
        1,
    )
    for word in words.split()
}
_LARGE = {"tredive": 30, "thirty": 30, "fyrre": 40, "forty": 40, "halvtreds": 50, "fifty": 50, "tres": 60, "sixty": 60,
          "hundrede": 100, "hundred": 100, "tusind": 1000, "thousand": 1000, "million": 1000000}  # fmt: skip
_WORD_OR_NUMBER = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:-[^\W\d_]+)?")
_ONES = frozenset({"én", "ét", "een", "eet", "one"})
_ARTICLES = frozenset({"en", "et"})
_HALF = re.compile(
    r"\b(hvert halve år|halvt år|halve år|halvår|half[- ]a[- ]year|half[- ]year|six months|every six months)\b"
)
_YEARLY = re.compile(r"\b(\d+|\w+)[- ]?(?:årig|year)\w*")
_ONE_OF = re.compile(r"\s(of|af)\b")
_TIMES = re.compile(r"(times|once|gange|gang)\s$")
_UNIT = re.compile(r"\s(år|måned|uge|dag|year|month|week|day)\b")
_REACH = 26


class Date(NamedTuple):
    """A date as far as a text gives it; 0 where a part is not given."""

    year: int
    month: int
    day: int

    def bears(self, said: Date) -> bool:
        """Whether this date of a source gives all that `said` says."""
        return all(not theirs or mine == theirs for mine, theirs in zip(self, said, strict=True))


class Figure(NamedTuple):
    """A number or a date in a text, what bounds it ("least", "latest", ""), and its characters [start, end)."""

    value: float | Date
    bound: str
    start: int
    end: int
    ordinal: bool = False


def provisions_in(text: str) -> tuple[Mention, ...]:
    """The provisions of a text."""
    return parse(text)


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces where the spans are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def figures_in(text: str, english: bool) -> tuple[Figure, ...]:
    """The dates and numbers of a text without provisions, each with its bound, in order."""
    lower = text.lower()
    bounds = find("bound", lower)
    found: list[Figure] = []
    spans: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(lower):
            date = _date(match)
            if date and not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
                found.append(Figure(date, _bound(lower, match.start(), bounds), *match.span()))
    rest = masked(lower, spans)
    for match in _DAY_ALONE.finditer(rest):
        spans.append(match.span())
        found.append(Figure(Date(0, 0, int(match["day"])), _bound(lower, match.start(), bounds), *match.span()))
    rest = masked(lower, spans)
    for match in _HALF.finditer(rest):
        spans.append(match.span())
        found.append(Figure(0.5, _bound(lower, match.start(), bounds), *match.span()))
    rest = masked(lower, spans)
    found += [figure for match in _WORD_OR_NUMBER.finditer(rest) if (figure := _number(match, rest, english, bounds))]
    return tuple(sorted(found, key=lambda figure: figure.start))


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    month = places().months.get(fold(parts["month"])) if parts.get("month") else int(parts.get("figure") or 0)
    day = int(parts.get("day") or 0)
    return Date(int(parts.get("year") or 0), month or 0, day) if day <= 31 and (month or 0) <= 12 else None


def _number(match: re.Match[str], lower: str, english: bool, bounds: list) -> Figure | None:  # type: ignore[type-arg]
    word = match.group()
    if word[0].isdigit():
        plain = re.sub(r"[.,](?=\d{3}\b)", "", word).replace(",", ".")
        value: float | None = float(plain) if plain.replace(".", "", 1).isdigit() else None
    elif word in _ORDINALS and not (word == "anden" or word == "second"):
        return Figure(float(_ORDINALS[word]), "", *match.span(), ordinal=True)
    elif word in _ONES or (
        word in ("en", "et", "a", "an")
        and _UNIT.match(lower, match.end())
        and not _TIMES.search(lower[: match.start()])
    ):
        value = 1.0
    elif word in _ARTICLES or (english and word in ("to", "fire", "tre", "elleve")):
        return None
    else:
        number = number_of(fold(word)) if word not in ("one", "a") else None
        value = float(number) if number is not None else _LARGE.get(word)
        if value is None and (years := re.fullmatch(r"(\w+)årig\w*|(\w+)-year\w*", word)):
            number = number_of(fold(years[1] or years[2]))
            value = float(number) if number is not None else None
    if value is None or (value == 1.0 and word[0].isalpha() and _ONE_OF.match(lower, match.end())):
        return None
    if value == 1.0 and word[0].isalpha() and not _UNIT.match(lower, match.end()):
        return Figure(value, "", *match.span())
    return Figure(value, _bound(lower, match.start(), bounds), *match.span())


def _bound(lower: str, start: int, bounds: list) -> str:  # type: ignore[type-arg]
    """The bound nearest before a figure, with only small words between."""
    for bound in reversed(bounds):
        if bound.end <= start:
            between = lower[bound.end : start]
            if len(between) <= _REACH and not re.search(r"[.;:!?]", between.replace("d.", "").replace("ca.", "")):
                small = re.sub(
                    r"\b(den|d|the|er|is|en|et|at|om|på|i|on|for|af|of|alderen|alder|træde|kraft|næste|date)\b",
                    "",
                    between,
                )
                if not re.search(r"\w", small):
                    return str(bound.kind)
            return ""
    return ""
