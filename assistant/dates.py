"""Days, months and years that a question names in words: "den 15. november 2018", "in March 2023", "efter 2021"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from assistant.models import Span
from assistant.places import places

_YEAR = r"(?P<year>20[0-4]\d)"
_EARLIER = frozenset({"før", "foer", "inden", "before", "prior to"})
_AHEAD = re.compile(r"\b(før|foer|inden|before|prior to|efter|after)\W+(den\W+|the\W+)?$")
_SINCE = re.compile(r"\b(siden|since)\W+(den\W+|the\W+)?$")
# A number of an act or a case is dated too, and asks of no time: "lov nr. 658 af 8. juni 2017".
_NUMBERED = re.compile(r"\b(nr|no|number|nummer)\W+\d+\W+(af|of|fra|from)?\W*(den )?$")


class Dated(NamedTuple):
    """A time that a text names, from its first to its last day, and where it stands."""

    span: Span
    first: date
    last: date


def dates_named(text: str) -> tuple[Dated, ...]:
    """The times of `text` in order; what cannot be a date, and what dates an act, is left out."""
    lower = text.lower()
    found: list[Dated] = []
    taken: list[Span] = []
    for pattern in _patterns():
        for match in pattern.finditer(lower):
            span = Span(*match.span())
            if any(other.start < span.end and span.start < other.end for other in taken):
                continue
            days = _days(match)
            if days:
                taken.append(span)
            if days and not _NUMBERED.search(lower[: span.start]):
                found.append(_turned(lower, Dated(span, *days)))
    return tuple(sorted(each for each in found if each.first <= each.last))


def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(places().months, key=len, reverse=True))
    month = rf"(?P<month>{names})"
    written = (
        rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? ?{month},? {_YEAR}\b",
        rf"\b{month} (?P<day>\d{{1,2}}),? {_YEAR}\b",
        rf"\b(?P<day>\d{{1,2}})[./-](?P<figure>\d{{1,2}})[./-]{_YEAR}\b",
        rf"\b{_YEAR}-(?P<figure>\d{{2}})-(?P<day>\d{{2}})\b",
        rf"\b{month},? {_YEAR}\b",
        rf"(?<![-\d§]){_YEAR}\b(?![-.]\w)",
    )
    return tuple(re.compile(each) for each in written)


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if not parts.get("month") and not parts.get("figure"):
        return date(year, 1, 1), date(year, 12, 31)
    month = int(parts["figure"]) if parts.get("figure") else places().months[parts["month"]]
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if not parts.get("day"):
        return date(year, month, 1), date(year, month, last)
    day = int(parts["day"])
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None


def _turned(lower: str, named: Dated) -> Dated:
    """The time before or after what is named, where such a word stands ahead of it; with "siden" none is asked of."""
    ahead = lower[: named.span.start]
    if _SINCE.search(ahead):
        return named._replace(last=named.first - timedelta(days=1))
    found = _AHEAD.search(ahead)
    if not found:
        return named
    if found[1] in _EARLIER:
        return named._replace(first=named.first - timedelta(days=365), last=named.first - timedelta(days=1))
    return named._replace(first=named.last + timedelta(days=1), last=named.last + timedelta(days=365))
