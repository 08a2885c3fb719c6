"""What is asked and answered, in figures, for a period: counts only, and of nobody in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from assistant.record.database import reading
from assistant.record.journal import Record
from assistant.record.tables import APPROVALS, CASES, REPORTS
from assistant.rights import Person, require

UNANSWERED = "ikke_besvaret"
_TOPICS = 50
_SERVED = 10


class Day(NamedTuple):
    """One day (UTC): how many questions got which verdict, from how many users, and how quickly (milliseconds)."""

    day: date
    verdicts: Mapping[str, int]
    users: int
    p50_ms: int
    p95_ms: int

    @property
    def questions(self) -> int:
        """How many were asked."""
        return sum(self.verdicts.values())


class Gap(NamedTuple):
    """Questions on one topic that the documents left open; the texts are "" where they have been deleted."""

    topic: str
    example: str
    times: int
    last: date


class Feedback(NamedTuple):
    """How many reports were alike, and what came of them; `outcome` is "" for what nobody has decided yet."""

    helpful: bool
    reason: str
    outcome: str
    times: int


class Served(NamedTuple):
    """An approved answer and how often it was given again; `question` is "" where its text has been deleted."""

    about: int
    question: str
    state: str
    times: int


class Overview(NamedTuple):
    """The figures of a period. `approvals` counts all there are now, by state; the rest is the period's."""

    days: Sequence[Day]
    gaps: Sequence[Gap]
    feedback: Sequence[Feedback]
    approvals: Mapping[str, int]
    served: Sequence[Served]
    served_count: int

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return sum(day.questions for day in self.days)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many got each verdict."""
        found: dict[str, int] = {}
        for day in self.days:
            for verdict, count in day.verdicts.items():
                found[verdict] = found.get(verdict, 0) + count
        return found

    @property
    def silence(self) -> float:
        """The share of the questions that the documents left open; 0 when none was asked."""
        return self.verdicts.get(UNANSWERED, 0) / self.questions if self.questions else 0.0


def overview(record: Record, by: Person, since: date, until: date) -> Overview:
    """The figures from the first day to the last, both included. Raises NotAllowed or RecordError."""
    require(by, "overview")
    within = CASES.c.day.between(since.isoformat(), until.isoformat())
    with reading(record.engine) as connection:
        served = connection.execute(_served(within)).all()
        return Overview(
            days=_days(connection, within),
            gaps=_gaps(connection, within),
            feedback=_feedback(connection, since, until),
            approvals=dict(_pairs(connection, select(APPROVALS.c.state, func.count()).group_by(APPROVALS.c.state))),
            served=_most_served(connection, served[:_SERVED]),
            served_count=sum(row.times for row in served),
        )


def first_day(record: Record, by: Person) -> date | None:
    """The day of the first question on record; None when there is none. Raises NotAllowed or RecordError."""
    require(by, "overview")
    with reading(record.engine) as connection:
        found = connection.scalar(select(func.min(CASES.c.day)))
    return date.fromisoformat(found) if found else None


def _pairs(connection: Connection, query: Select[Any]) -> Sequence[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query)]


def _days(connection: Connection, within: ColumnElement[bool]) -> Sequence[Day]:
    by_day: dict[str, dict[str, int]] = {}
    counted = select(CASES.c.day, CASES.c.verdict, func.count()).where(within).group_by(CASES.c.day, CASES.c.verdict)
    for day, verdict, count in _pairs(connection, counted.order_by(CASES.c.day)):
        by_day.setdefault(day, {})[verdict] = count
    users = select(CASES.c.day, func.count(CASES.c.user.distinct())).where(within).group_by(CASES.c.day)
    known, times = dict(_pairs(connection, users)), _times(connection, within)
    return [Day(date.fromisoformat(day), verdicts, known[day], *times[day]) for day, verdicts in by_day.items()]


def _times(connection: Connection, within: ColumnElement[bool]) -> Mapping[str, tuple[int, int]]:
    """The median and the 95th percentile of each day, by the nearest rank, without reading every row."""
    day, latency = CASES.c.day, CASES.c.latency_ms
    place = func.row_number().over(partition_by=day, order_by=latency).label("place")
    ranked = select(day, latency, place).where(within).subquery()
    sizes = select(day, func.count().label("size")).where(within).group_by(day).subquery()
    half, most = (sizes.c.size + 1) // 2, (sizes.c.size * 95 + 99) // 100
    query = (
        select(ranked.c.day, func.min(ranked.c.latency_ms), func.max(ranked.c.latency_ms))
        .join(sizes, sizes.c.day == ranked.c.day)
        .where(or_(ranked.c.place == half, ranked.c.place == most))
        .group_by(ranked.c.day)
    )
    return {day: (least, largest) for day, least, largest in _pairs(connection, query)}


def _gaps(connection: Connection, within: ColumnElement[bool]) -> Sequence[Gap]:
    """The topics that were left open most often, each with its newest wording."""
    times = func.count().label("times")
    query = (
        select(CASES.c.topic, times, func.max(CASES.c.number).label("newest"), func.max(CASES.c.day).label("last"))
        .where(CASES.c.verdict == UNANSWERED, within)
        .group_by(CASES.c.topic)
        .order_by(times.desc(), func.max(CASES.c.number).desc())
        .limit(_TOPICS)
    )
    rows = connection.execute(query).all()
    questions = _questions(connection, [row.newest for row in rows])
    return [
        Gap(row.topic or "", questions.get(row.newest) or "", row.times, date.fromisoformat(row.last)) for row in rows
    ]


def _questions(connection: Connection, numbers: Sequence[int]) -> Mapping[int, str | None]:
    """The questions of these cases; None where the text has been deleted."""
    return dict(_pairs(connection, select(CASES.c.number, CASES.c.question).where(CASES.c.number.in_(numbers))))


def _feedback(connection: Connection, since: date, until: date) -> Sequence[Feedback]:
    report = REPORTS.c
    query = (
        select(report.helpful, report.reason, report.outcome, func.count())
        .where(report.at >= since.isoformat(), report.at < (until + timedelta(days=1)).isoformat())
        .group_by(report.helpful, report.reason, report.outcome)
        .order_by(report.helpful, report.reason, report.outcome)
    )
    return [
        Feedback(bool(helpful), reason, outcome, count) for helpful, reason, outcome, count in _pairs(connection, query)
    ]


def _served(within: ColumnElement[bool]) -> Select[Any]:
    """The approvals that answered a question of the period, the most often used first."""
    times = func.count().label("times")
    query = select(CASES.c.served, times).where(CASES.c.served != 0, within).group_by(CASES.c.served)
    return query.order_by(times.desc(), CASES.c.served)


def _most_served(connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Served]:
    numbers = [row.served for row in rows]
    query = select(APPROVALS.c.number, APPROVALS.c.about, APPROVALS.c.state).where(APPROVALS.c.number.in_(numbers))
    known = {number: (about, state) for number, about, state in _pairs(connection, query)}
    questions = _questions(connection, [about for about, _ in known.values()])
    return [
        Served(about, questions.get(about) or "", state, row.times)
        for row in rows
        if row.served in known
        for about, state in (known[row.served],)
    ]
