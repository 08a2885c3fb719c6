"""What users say of an answer, and what they later see of what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from sqlalchemy import Connection, select

from assistant.answer_json import answer_from_json
from assistant.errors import ReviewError
from assistant.models import Answer
from assistant.record.chain import Entry
from assistant.record.database import reading, writing
from assistant.record.filed import Filed, filed, with_text
from assistant.record.gate import passed
from assistant.record.journal import Record, appended
from assistant.record.projecting import UNDECIDED
from assistant.record.tables import APPROVALS, CASES, ENTRIES
from assistant.record.thread import shown
from assistant.rights import Person, may, require

Reason = Literal["", "wrong_source", "wrong_conclusion", "incomplete", "unclear"]
REASONS: tuple[Reason, ...] = get_args(Reason)
PAGE = 20
_TOLD = ("feedback", "comment", "decision")


class Given(NamedTuple):
    """A feedback on record, and the kinds of personal data that were masked in its text."""

    entry: Entry
    masked: tuple[str, ...]


class Report(NamedTuple):
    """What the sender said of an answer."""

    at: str
    helpful: bool
    reason: str
    text: str


class Outcome(NamedTuple):
    """What a jurist decided: "approved", "corrected" or "rejected", why, and the answer that holds now, if any."""

    at: str
    state: str
    reason: str
    answer: Answer | None


class Remark(NamedTuple):
    """What a jurist wrote about a case."""

    at: str
    text: str


class Own(NamedTuple):
    """One's own question with what was answered and what came of it.

    `answer` and `question` are None once their time is up. `state` is the case's, "new" where nobody has decided.
    """

    number: int
    at: str
    question: str | None
    verdict: str
    state: str
    answer: Answer | None
    reports: tuple[Report, ...]
    outcome: Outcome | None
    remarks: tuple[Remark, ...]


class OwnPage(NamedTuple):
    """Some of one's cases, newest first; `older` is where the next page begins, 0 where there is none."""

    cases: tuple[Own, ...]
    older: int


def give_feedback(record: Record, by: Person, number: int, helpful: bool, reason: Reason = "", text: str = "") -> Given:
    """Put on record what `by` says of an answer of their own; a jurist may do so of anybody's.

    Raises NotAllowed, RecordError, or ReviewError where there is no such answer or the text is too long.
    """
    require(by, "feedback")
    if reason not in REASONS or (helpful and reason):
        raise ReviewError(f"Begrundelsen «{reason}» kendes ikke. Vælg en af dem, der står på siden.")
    said = passed(text)
    with writing(record.engine) as connection:
        asker = connection.scalar(select(CASES.c.user).where(CASES.c.number == number))
        if asker is None or (asker != by.user and not may(by, "review")):
            raise ReviewError(f"Du har ikke fået et svar med nummer {number}. Se efter nummeret.")
        facts = {"helpful": helpful, "reason": reason}
        entry = appended(connection, by, "feedback", facts, {"text": said.text} if said.text else None, number)
    return Given(entry, said.masked)


def own_cases(record: Record, by: Person, before: int = 0, size: int = PAGE) -> OwnPage:
    """The questions of `by` and of nobody else, newest first, from the one before number `before` on.

    Raises NotAllowed and RecordError.
    """
    require(by, "own")
    older = (CASES.c.number < before,) if before else ()
    wanted = select(CASES.c.number, CASES.c.state, APPROVALS.c.about).join_from(
        CASES, APPROVALS, CASES.c.served == APPROVALS.c.number, isouter=True
    )
    with reading(record.engine) as connection:
        rows = connection.execute(
            wanted.where(CASES.c.user == by.user, *older).order_by(CASES.c.number.desc()).limit(size + 1)
        ).all()
        origins = {row.number: row.about or row.number for row in rows[:size]}
        told = _told(connection, {*origins, *origins.values()})
        states = _states(connection, set(origins.values()))
    cases = tuple(_own(number, origin, told, states[origin], by) for number, origin in origins.items())
    return OwnPage(cases, rows[size - 1].number if len(rows) > size else 0)


def _told(connection: Connection, numbers: Iterable[int]) -> Mapping[int, Sequence[Filed]]:
    """All that was said of these answers, the answers themselves first."""
    rows = connection.execute(
        with_text()
        .where(ENTRIES.c.about.in_(list(numbers)), ENTRIES.c.kind.in_(("answer", *_TOLD)))
        .order_by(ENTRIES.c.number)
    )
    found: dict[int, list[Filed]] = {}
    for row in rows:
        each = filed(row)
        found.setdefault(each.entry.about, []).append(each)
    return found


def _states(connection: Connection, numbers: Iterable[int]) -> Mapping[int, str]:
    rows = connection.execute(select(CASES.c.number, CASES.c.state).where(CASES.c.number.in_(list(numbers))))
    return {row.number: row.state for row in rows}


def _own(number: int, origin: int, told: Mapping[int, Sequence[Filed]], state: str, by: Person) -> Own:
    answer, *said = told[number]
    decisions = [each for each in told[origin] if each.entry.kind == "decision"]
    return Own(
        number=number,
        at=answer.entry.at,
        question=answer.body.get("question"),
        verdict=str(answer.facts["verdict"]),
        state=state,
        answer=shown(answer),
        reports=tuple(
            Report(each.entry.at, each.facts["helpful"], each.facts["reason"], each.body.get("text", ""))
            for each in said
            if each.entry.kind == "feedback" and each.entry.user == by.user
        ),
        outcome=_outcome(decisions) if state not in ("new", *UNDECIDED) else None,
        remarks=tuple(
            Remark(each.entry.at, each.body.get("text", "")) for each in said if each.entry.kind == "comment"
        ),
    )


def _outcome(decisions: Sequence[Filed]) -> Outcome | None:
    """The last decision that is more than a proposal."""
    for each in reversed(decisions):
        if each.facts["state"] not in UNDECIDED:
            served = each.body.get("answer") if each.facts["in_force"] else None
            answer = answer_from_json(served) if served else None
            return Outcome(each.entry.at, each.facts["state"], each.body.get("reason", ""), answer)
    return None
