"""What a facilitator does: start a session, put the next case, reveal its answer, end, delete.

A step names the case that it was taken from, so that a click made twice, or by two facilitators, is done once.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, insert, select, update

from assistant.errors import RecordError, WorkshopError
from assistant.learning.cases.case import Case, to_json
from assistant.learning.workshop.rooms import CODE_LENGTH, CODE_SIGNS, Workshop, locked, moment
from assistant.learning.workshop.tables import WORKSHOP_CASES, WORKSHOP_TABLES, WORKSHOPS
from assistant.record.database import writing
from assistant.rights import Person, require

MAX_CASES = 20
_TRIES = 50  # a code that is taken is drawn anew; of 148 million the second one is free


class Plan(NamedTuple):
    """What a facilitator asks for: ids of modules, minutes for each case, difficulty 1 to 3."""

    topics: tuple[str, ...]
    minutes: int
    difficulty: int


def start(engine: Engine, by: Person, plan: Plan, cases: Sequence[Case], days: int) -> str:
    """Begin a session with these cases, kept for `days`; its id. Deletes those whose time is up.

    Raises NotAllowed, WorkshopError without a usable number of cases, and RecordError.
    """
    require(by, "teach")
    if not 0 < len(cases) <= MAX_CASES:
        raise WorkshopError(
            f"En workshop skal have mellem 1 og {MAX_CASES} sager. Vælg andre emner eller et andet antal."
        )
    key, now = secrets.token_hex(16), datetime.now(UTC)
    with writing(engine, record=False) as connection:
        delete_expired(connection)
        values = {
            "id": key,
            "code": _free_code(connection),
            "topics": json.dumps(plan.topics),
            "difficulty": plan.difficulty,
            "minutes": plan.minutes,
            "length": len(cases),
            "state": "waiting",
            "place": 0,
            "hidden": 0,
            "asked": "",
            "created": _text(now),
            "expires": _text(now + timedelta(days=days)),
            "version": 1,
        }
        connection.execute(insert(WORKSHOPS).values(values))
        bodies = [{"workshop": key, "place": place, "body": _body(case)} for place, case in enumerate(cases)]
        connection.execute(insert(WORKSHOP_CASES), bodies)
    return key


def ask(engine: Engine, by: Person, key: str, place: int) -> None:
    """Put the case at `place`: the first one, or the one after the revealed one. Raises NotAllowed, WorkshopError and
    RecordError."""
    with _step(engine, by, key) as (connection, room):
        first = room.pulse.state == "waiting" and place == 0
        following = room.pulse.state == "revealed" and place == room.pulse.place + 1 < room.length
        if first or following:
            changed(connection, room.id, state="asking", place=place, asked=moment(), hidden=0)


def reveal(engine: Engine, by: Person, key: str, place: int) -> None:
    """Show the answer to the case at `place`; from now on no vote on it is taken. Raises like `ask`."""
    with _step(engine, by, key) as (connection, room):
        if room.pulse.state == "asking" and room.pulse.place == place:
            changed(connection, room.id, state="revealed")


def hide(engine: Engine, by: Person, key: str, hidden: bool) -> None:
    """Hide the votes of the case that is asked, or show them again. Raises like `ask`."""
    with _step(engine, by, key) as (connection, room):
        changed(connection, room.id, hidden=int(hidden))


def end(engine: Engine, by: Person, key: str) -> None:
    """End the session: nobody joins or votes any more. Raises like `ask`."""
    with _step(engine, by, key) as (connection, room):
        changed(connection, room.id, state="ended")


def remove(engine: Engine, by: Person, key: str) -> None:
    """Delete the session with its participants and votes. Raises NotAllowed and RecordError."""
    require(by, "teach")
    with writing(engine, record=False) as connection:
        _delete(connection, [key])


def delete_expired(connection: Connection) -> int:
    """Delete the sessions whose time is up, with all that is in them; how many."""
    old = list(connection.scalars(select(WORKSHOPS.c.id).where(WORKSHOPS.c.expires <= moment())))
    _delete(connection, old)
    return len(old)


def purge(engine: Engine) -> int:
    """`delete_expired` in a transaction of its own. Raises RecordError."""
    with writing(engine, record=False) as connection:
        return delete_expired(connection)


def changed(connection: Connection, key: str, **values: object) -> None:
    """Note within a transaction that something of a session is new, and set these values of it."""
    statement = update(WORKSHOPS).where(WORKSHOPS.c.id == key)
    connection.execute(statement.values(version=WORKSHOPS.c.version + 1, **values))


def in_order(case: Case) -> Case:
    """The case with its reasons in an order that does not tell which one is right, always the same for a case."""
    reasons = list(case.reasons)
    random.Random(case.key).shuffle(reasons)
    return case._replace(reasons=tuple(reasons))


@contextmanager
def _step(engine: Engine, by: Person, key: str) -> Iterator[tuple[Connection, Workshop]]:
    require(by, "teach")
    with writing(engine, record=False) as connection:
        yield connection, locked(connection, key)


def _delete(connection: Connection, ids: Sequence[str]) -> None:
    # Locked first: a vote that comes meanwhile waits, and then finds nothing to be put into.
    connection.execute(select(WORKSHOPS.c.id).where(WORKSHOPS.c.id.in_(ids)).with_for_update())
    for table in WORKSHOP_TABLES:
        column = table.c.id if table is WORKSHOPS else table.c.workshop
        connection.execute(delete(table).where(column.in_(ids)))


def _free_code(connection: Connection) -> str:
    for _ in range(_TRIES):
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        if connection.scalar(select(WORKSHOPS.c.code).where(WORKSHOPS.c.code == code)) is None:
            return code
    raise RecordError("Der kunne ikke findes en ledig kode. Slet gamle workshops, og prøv igen.")


def _body(case: Case) -> str:
    return json.dumps(to_json(in_order(case)), ensure_ascii=False)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
