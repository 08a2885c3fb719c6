"""What an underviser sees of the learners: a group in figures, the names only of those who share, and what is missed.

Whoever does not share counts in the group alone, and a figure that fewer than LEAST stand behind is only given from and
to: whether they are those counted or those left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from assistant.learning.quiz.progress import Asked, Progress, last_answers, progress
from assistant.learning.quiz.tables import LEARNERS, READ_MODULES
from assistant.record.database import reading
from assistant.rights import Person, require

LEAST = 3
_MOST_MISSED = 10


class Figure(NamedTuple):
    """A count from `low` to `high`; they are the same where nobody can be told by it."""

    low: int
    high: int


class Counted(NamedTuple):
    """How many of the group have begun a module, read it and passed its quiz."""

    begun: Figure
    read: Figure
    passed: Figure


class Named(NamedTuple):
    """A learner who shares: where they were last, and how far they are with each module."""

    user: str
    module: str
    progress: Mapping[str, Progress]


class Missed(NamedTuple):
    """A question: how many have answered it, and the share of them whose last answer was wrong, 0-1."""

    question: str
    learners: int
    wrong: float


class Group(NamedTuple):
    """The learners as an underviser sees them. `modules` is empty where `size`, the number of those who do not share,
    is below LEAST; `size` is then 0 or None."""

    size: int | None
    modules: Mapping[str, Counted]
    named: Sequence[Named]
    missed: Sequence[Missed]


def group(engine: Engine, person: Person, asked: Asked) -> Group:
    """All learners, over the questions that the modules ask now. Raises NotAllowed and RecordError."""
    require(person, "follow")
    with reading(engine) as connection:
        rows = connection.execute(select(LEARNERS).order_by(LEARNERS.c.user)).all()
        read = _read(connection)
        right = {row.user: last_answers(connection, row.user) for row in rows}
    far = {
        row.user: {
            module: progress(module in read.get(row.user, set()), keys, right[row.user])
            for module, keys in asked.items()
        }
        for row in rows
    }
    quiet = [far[row.user] for row in rows if not row.shared]
    named = [Named(row.user, row.module, far[row.user]) for row in rows if row.shared]
    size = _given(len(quiet))
    modules = {name: _counted([each[name] for each in quiet]) for name in asked} if size else {}
    still = {key for keys in asked.values() for key in keys}
    return Group(size, modules, named, tuple(_missed(right.values(), still)))


def _counted(those: Sequence[Progress]) -> Counted:
    total = len(those)
    begun = sum(each.read or each.answered > 0 for each in those)
    read = sum(each.read for each in those)
    passed = sum(each.answered > 0 and each.passed for each in those)
    return Counted(*(_of(count, total) for count in (begun, read, passed)))


def _of(count: int, total: int) -> Figure:
    """A count of a group, and only from and to where it or what is left of the group is smaller than LEAST."""
    if count in (0, total):
        return Figure(count, count)
    if total < 2 * LEAST - 1:  # the two ranges below would meet, and so tell the figure
        return Figure(1, total - 1)
    if count < LEAST:
        return Figure(1, LEAST - 1)
    if total - count < LEAST:
        return Figure(total - LEAST + 1, total - 1)
    return Figure(count, count)


def _given(count: int) -> int | None:
    return count if count == 0 or count >= LEAST else None


def _missed(answers: Iterable[Mapping[str, bool]], still: set[str]) -> list[Missed]:
    """The questions that most miss, those most missed first; at least LEAST must have missed them."""
    learners: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for each in answers:
        for question, right in each.items():
            if question in still:
                learners[question] += 1
                wrong[question] += not right
    found = [Missed(key, count, wrong[key] / count) for key, count in learners.items() if wrong[key] >= LEAST]
    return sorted(found, key=lambda each: (-each.wrong, -each.learners, each.question))[:_MOST_MISSED]


def _read(connection: Connection) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(READ_MODULES.c.user, READ_MODULES.c.module)):
        found.setdefault(row.user, set()).add(row.module)
    return found
