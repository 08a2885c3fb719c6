"""The jurist's queue: which cases wait, for what reason, and how many of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from sqlalchemy import Column, ColumnElement, and_, case, exists, func, or_, select, true

from assistant.moments import beginning
from assistant.record.database import reading
from assistant.record.journal import Record
from assistant.record.tables import CASE_DOCUMENTS, CASE_PROVISIONS, CASES
from assistant.rights import Person, require

Tab = Literal["new", "flagged", "abstained", "low_evidence", "reopened", "pending", "decided", "all"]
TABS: tuple[Tab, ...] = get_args(Tab)
# An answer whose support is less than this many times what is required. Of the answers to 420 known questions 4 % lie
# below it, and of those one in three is wrong; of all answers one in twelve is.
LOW_EVIDENCE = 1.3
PAGE = 25
_OPEN = ("new", "reopened")
_DIGITS = 9  # more than these hold, no case has for a number
_DECIDED = ("approved", "corrected", "rejected")


class Filters(NamedTuple):
    """Which cases are wanted; what is empty does not limit. `since` and `until` are days in Denmark, both included."""

    tab: Tab = "new"
    document: str = ""
    provision: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    verdict: str = ""
    user: str = ""
    text: str = ""


class Row(NamedTuple):
    """A case at a glance. `question` is None once its time is up; `strength` None where it was not measured."""

    number: int
    at: str
    user: str
    role: str
    question: str | None
    verdict: str
    kind: str
    mode: str
    strength: float | None
    state: str
    flagged: int
    served: int


class Page(NamedTuple):
    """Some cases, newest first. `older` and `newer` are where the next and the former page begin, 0 where none does."""

    rows: tuple[Row, ...]
    older: int
    newer: int


class Neighbours(NamedTuple):
    """The cases beside one in the queue, 0 where there is none; its place among how many, and whether it is in it."""

    newer: int
    older: int
    place: int
    total: int
    within: bool


class Choices(NamedTuple):
    """What the cases can be filtered by."""

    documents: tuple[str, ...]
    provisions: tuple[str, ...]
    kinds: tuple[str, ...]


def queue(record: Record, by: Person, filters: Filters, before: int = 0, size: int = PAGE) -> Page:
    """The cases that the filters let through, newest first; `before` is the `older` or `newer` of another page.

    Raises NotAllowed and RecordError.
    """
    require(by, "review")
    wanted = _wanted(filters)
    older = CASES.c.number < before if before else true()
    columns = [CASES.c[name] for name in Row._fields]
    with reading(record.engine) as connection:
        found = connection.execute(
            select(*columns).where(wanted, older).order_by(CASES.c.number.desc()).limit(size + 1)
        ).all()
        above = (
            connection.execute(
                select(CASES.c.number).where(wanted, CASES.c.number >= before).order_by(CASES.c.number).limit(size)
            )
            .scalars()
            .all()
            if before
            else ()
        )
    rows = tuple(Row(*row) for row in found[:size])
    return Page(rows, rows[-1].number if len(found) > size else 0, above[-1] + 1 if above else 0)


def counts(record: Record, by: Person, filters: Filters) -> Mapping[Tab, int]:
    """How many cases stand under each tab, with the other filters as they are. Raises NotAllowed and RecordError."""
    require(by, "review")
    sums = [func.coalesce(func.sum(case((_under(tab), 1), else_=0)), 0) for tab in TABS]
    with reading(record.engine) as connection:
        found = connection.execute(select(*sums).where(_limits(filters))).one()
    return dict(zip(TABS, map(int, found), strict=True))


def neighbours(record: Record, by: Person, filters: Filters, number: int) -> Neighbours:
    """What stands beside a case in the queue, whether it is still in it or not. Raises NotAllowed and RecordError."""
    require(by, "review")
    wanted = _wanted(filters)
    number_ = CASES.c.number
    with reading(record.engine) as connection:
        newer = connection.scalar(select(func.min(number_)).where(wanted, number_ > number))
        older = connection.scalar(select(func.max(number_)).where(wanted, number_ < number))
        upto, same = (case((condition, 1), else_=0) for condition in (number_ >= number, number_ == number))
        place, within, total = connection.execute(
            select(func.sum(upto), func.sum(same), func.count()).where(wanted)
        ).one()
    return Neighbours(newer or 0, older or 0, int(place or 0), total, bool(within))


def choices(record: Record, by: Person) -> Choices:
    """The documents, provisions and kinds that the cases have. Raises NotAllowed and RecordError."""
    require(by, "review")
    columns = (CASE_DOCUMENTS.c.source_id, CASE_PROVISIONS.c.provision, CASES.c.kind)
    with reading(record.engine) as connection:
        found: Sequence[Sequence[str]] = [
            connection.execute(select(column).distinct().order_by(column)).scalars().all() for column in columns
        ]
    return Choices(*(tuple(each for each in values if each) for values in found))


def _wanted(filters: Filters) -> ColumnElement[bool]:
    return and_(_under(filters.tab), _limits(filters))


def _under(tab: Tab) -> ColumnElement[bool]:
    """Whether a case stands under a tab. What is decided leaves every tab but its own, unless it is flagged anew."""
    state, weak = CASES.c.state, CASES.c.strength < LOW_EVIDENCE
    unanswered = CASES.c.verdict == "ikke_besvaret"
    opened = and_(state.in_(_OPEN), CASES.c.served == 0)
    conditions: Mapping[Tab, ColumnElement[bool]] = {
        "new": and_(state == "new", CASES.c.served == 0),  # what a jurist approved and was served waits for nobody
        "flagged": CASES.c.flagged > 0,
        "abstained": and_(unanswered, opened),
        "low_evidence": and_(CASES.c.verdict != "ikke_besvaret", weak, opened),
        "reopened": state == "reopened",
        "pending": state == "pending",
        "decided": state.in_(_DECIDED),
        "all": true(),
    }
    return conditions[tab]


def _limits(filters: Filters) -> ColumnElement[bool]:
    same = ((CASES.c.kind, filters.kind), (CASES.c.verdict, filters.verdict))
    limits: list[ColumnElement[bool]] = [column == wanted for column, wanted in same if wanted]
    limits += [
        exists().where(table.c.number == CASES.c.number, table.c[name] == wanted)
        for table, name, wanted in (
            (CASE_DOCUMENTS, "source_id", filters.document),
            (CASE_PROVISIONS, "provision", filters.provision),
        )
        if wanted
    ]
    if filters.since:
        limits.append(CASES.c.at >= beginning(filters.since))
    if filters.until:
        limits.append(CASES.c.at < beginning(filters.until + timedelta(days=1)))
    if filters.user.strip():
        limits.append(_holds(CASES.c.user, filters.user.strip()))
    if filters.text.strip():
        limits.append(_speaks_of(filters.text.strip()))
    return and_(true(), *limits)


def _speaks_of(text: str) -> ColumnElement[bool]:
    """Every word of the text in the question, in any order, or the case's number."""
    words = and_(*(_holds(CASES.c.question, word) for word in text.split()))
    named = text.removeprefix("#")
    is_number = named.isascii() and named.isdecimal() and len(named) <= _DIGITS
    return or_(words, CASES.c.number == int(named)) if is_number else words


def _holds(column: Column[str], word: str) -> ColumnElement[bool]:
    """Whether a text holds a word, in small letters or large; SQLite knows that of the English alphabet only."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()} if not word.isascii() else {word}
    return or_(*(column.icontains(each, autoescape=True) for each in sorted(spellings)))
