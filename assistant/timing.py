"""Time: which day a question asks about, and whether the rules held on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

from assistant.authority import decides, spoken_date
from assistant.dates import dates_named
from assistant.editions import resolved
from assistant.effects import told
from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.models import Language, Source, Span
from assistant.question import Question
from assistant.sentences import sentences

_MONTHS = {
    name: number
    for number, name in enumerate(
        "januar februar marts april maj juni juli august september oktober november december".split(), 1
    )
}
_DATE = re.compile(rf"\b(\d{{1,2}})\. ?({'|'.join(_MONTHS)}) (\d{{4}})", re.IGNORECASE)
_DATED_POOL = 20
_LATEST = re.compile(r"\b(senest|frist|inden)\b", re.IGNORECASE)


def day_asked(question: Question, as_of: date | None, library: Library) -> date | None:
    """The day that the answer is for: the one given, else one of the time that the question names.

    Of a year or a month, it is a day on which the own network's rules hold, where any of its days is one. A date that
    belongs to a document ("brevet af 1. februar 2017") asks of no time.
    """
    if as_of or not question.deontic:
        return as_of
    documents = [named.span for named in question.documents if resolved(named, library)]
    times = [
        each
        for each in dates_named(question.text)
        if not any(span.start <= each.span.start < span.end for span in documents)
    ]
    if not times:
        return None
    # The sentence that asks says for when; the others only tell.
    asking = _asking(question.text)
    time = next((each for each in times if asking.start <= each.span.start < asking.end), times[-1])
    held = own_period(library)
    if held is None or time.last < held[0] or time.first > held[1]:
        return time.last if held and time.last < held[0] else time.first
    first, last = max(time.first, held[0]), min(time.last, held[1])
    return first + (last - first) // 2


def _asking(text: str) -> Span:
    spans = sentences(text)
    return next((span for span in reversed(spans) if "?" in text[span.start : span.end]), spans[-1])


@lru_cache(maxsize=4)
def own_period(library: Library) -> tuple[date, date] | None:
    """The widest period of the own network's documents that decide; None where none has one."""
    deciding = {edition.source_id for edition in library.editions if decides(edition.kind)}
    return _widest([library.sources[source_id] for source_id in deciding])


def period(items: Iterable[Evidence]) -> tuple[date, date] | None:
    """The widest period that the sources' metadata give for the evidence; None where they give none."""
    return _widest({item.source.id: item.source for item in items}.values())


def _widest(sources: Collection[Source]) -> tuple[date, date] | None:
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
            if library.is_own(source) and day in dates_in(statement.said)
        )
    return tuple(sorted(found, key=lambda item: item.statement.effect != "forbidden"))


def missed_deadline(day: date, gathering: Gathering) -> Evidence | None:
    """The best statement that sets a last day which lies before `day`."""
    for item in gathering.evidence[:12]:
        set_days = dates_in(item.statement.said)
        if _LATEST.search(item.statement.said) and set_days and max(set_days) < day and item.coverage >= 0.4:
            return item
    return None
