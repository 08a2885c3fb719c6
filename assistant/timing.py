"""Time: which day a question asks about, and whether the rules held on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.authority import spoken_date
from assistant.effects import told
from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.models import Language, Source
from assistant.question import Question

_MONTHS = {
    name: number
    for number, name in enumerate(
        "januar februar marts april maj juni juli august september oktober november december".split(), 1
    )
}
_DATE = re.compile(rf"\b(\d{{1,2}})\. ?({'|'.join(_MONTHS)}) (\d{{4}})", re.IGNORECASE)
_DATED_POOL = 20
_LATEST = re.compile(r"\b(senest|frist|inden)\b", re.IGNORECASE)


def day_asked(question: Question, as_of: date | None) -> date | None:
    """The day that the answer is for: the one given, else the middle of a year that the question names."""
    if as_of:
        return as_of
    if not question.deontic or question.kinds or not question.years:
        return None
    month = question.months[0] if question.months else 6
    return date(max(question.years), month, 28 if question.months else 30)


def period(items: Iterable[Evidence]) -> tuple[date, date] | None:
    """The widest period that the sources' metadata give for the evidence; None where they give none."""
    sources = {item.source.id: item.source for item in items}.values()
    starts = [date.fromisoformat(source.valid_from) for source in sources if source.valid_from]
    ends = [date.fromisoformat(source.valid_to) for source in sources if source.valid_to]
    return (min(starts), max(ends)) if starts and ends else None


def in_force(items: list[Evidence], day: date) -> list[Evidence]:
    """The evidence without that of sources whose period is over or not begun, where another's period holds the day."""
    holding = [item for item in items if _holds(item.source, day)]
    return holding if any(item.source.valid_from or item.source.valid_to for item in holding) else items


def _holds(source: Source, day: date) -> bool:
    begun = not source.valid_from or date.fromisoformat(source.valid_from) <= day
    return begun and (not source.valid_to or day <= date.fromisoformat(source.valid_to))


def spoken_period(held: tuple[date, date], language: Language) -> str:
    """ "1. juli 2017 – 31. december 2021"."""
    return " – ".join(spoken_date(day.isoformat(), language) for day in held)


def dates_in(text: str) -> tuple[date, ...]:
    """Full Danish dates of a text; impossible ones are left out."""
    found = []
    for day, month, year in _DATE.findall(text):
        try:
            found.append(date(int(year), _MONTHS[month.lower()], int(day)))
        except ValueError:
            continue
    return tuple(found)


def naming(day: date, library: Library) -> tuple[Evidence, ...]:
    """Statements that name a day: what to cite for when the rules began or ended; those that forbid come first."""
    found: list[Evidence] = []
    for passage_id, _ in library.store.lexical(spoken_date(day.isoformat(), "da"), _DATED_POOL):
        passage = library.passages[passage_id]
        source = library.sources[passage.source_id]
        found.extend(
            Evidence(statement, passage, source, 0.0, 0.0, 0.0, 0.0)
            for statement in told(passage)
            if library.is_own(source) and day in dates_in(statement.text)
        )
    return tuple(sorted(found, key=lambda item: item.statement.effect != "forbidden"))


def missed_deadline(day: date, gathering: Gathering) -> Evidence | None:
    """The best statement that sets a last day which lies before `day`."""
    for item in gathering.evidence[:12]:
        set_days = dates_in(item.statement.text)
        if _LATEST.search(item.statement.text) and set_days and max(set_days) < day and item.coverage >= 0.4:
            return item
    return None
