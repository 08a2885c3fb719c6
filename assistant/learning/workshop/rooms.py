"""Reading workshops: by the facilitator's address or by the code, what is new, and the case that is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import Connection, Engine, Row, Select, func, select

from assistant.errors import WorkshopError
from assistant.learning.cases.case import Case, from_json
from assistant.learning.workshop.tables import PARTICIPANTS, WORKSHOP_CASES, WORKSHOPS
from assistant.record.database import open_engine, reading
from assistant.record.schema import up_to_date
from assistant.settings import Settings

# Letters and digits that are not taken for one another, read aloud or from the far end of a room.
CODE_SIGNS = "ACDEFGHJKMNPQRTWXY34679"
CODE_LENGTH = 6

Database = Engine  # what the pages hold without knowing SQLAlchemy
State = Literal["waiting", "asking", "revealed", "ended"]


class Pulse(NamedTuple):
    """What tells whether a page must be drawn anew. `version` counts every change, also each vote."""

    version: int
    state: State
    place: int
    hidden: bool


class Workshop(NamedTuple):
    """A session. `place` is the case that is asked or was revealed last, from 0; `asked` when, "" before the first."""

    id: str
    code: str
    topics: tuple[str, ...]
    difficulty: int
    minutes: int
    length: int
    pulse: Pulse
    asked: str
    created: str
    expires: str


class Listed(NamedTuple):
    """A session with the number of its participants."""

    workshop: Workshop
    participants: int


def open_database(settings: Settings) -> Engine:
    """The database of the settings, made or brought up to date where it must be. Raises RecordError."""
    engine = open_engine(settings)
    try:
        up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def by_id(engine: Engine, key: str) -> Workshop:
    """The session at a facilitator's address. Raises WorkshopError when it is gone, and RecordError."""
    with reading(engine) as connection:
        return _one(connection, select(WORKSHOPS).where(WORKSHOPS.c.id == key))


def by_code(engine: Engine, typed: str) -> Workshop:
    """The session with the code as somebody typed it. Raises WorkshopError where none has it, and RecordError."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    with reading(engine) as connection:
        found = connection.execute(_alive(select(WORKSHOPS).where(WORKSHOPS.c.code == code))).first()
    if found is None:
        raise WorkshopError("Ingen workshop har den kode. Se på skærmen i rummet, og skriv koden igen.")
    return workshop_of(found)


def pulse(engine: Engine, key: str) -> Pulse:
    """Whether something is new: one row by its key. Raises WorkshopError when the session is gone, and RecordError."""
    columns = (WORKSHOPS.c.version, WORKSHOPS.c.state, WORKSHOPS.c.place, WORKSHOPS.c.hidden)
    with reading(engine) as connection:
        found = connection.execute(_alive(select(*columns).where(WORKSHOPS.c.id == key))).first()
    if found is None:
        raise gone()
    return _pulse(found)


def case_at(engine: Engine, key: str, place: int) -> Case:
    """One of a session's cases. Raises WorkshopError when it is gone, CaseError and RecordError."""
    with reading(engine) as connection:
        return case_within(connection, key, place)


def case_within(connection: Connection, key: str, place: int) -> Case:
    """`case_at` within a transaction."""
    row = (WORKSHOP_CASES.c.workshop == key) & (WORKSHOP_CASES.c.place == place)
    body = connection.scalar(select(WORKSHOP_CASES.c.body).where(row))
    if body is None:
        raise gone()
    return from_json(json.loads(body))


def cases(engine: Engine, key: str) -> Sequence[Case]:
    """A session's cases in their order. Raises CaseError and RecordError."""
    wanted = select(WORKSHOP_CASES.c.body).where(WORKSHOP_CASES.c.workshop == key).order_by(WORKSHOP_CASES.c.place)
    with reading(engine) as connection:
        return [from_json(json.loads(body)) for body in connection.scalars(wanted)]


def nicknames(engine: Engine, key: str) -> Sequence[str]:
    """Who is there, in the order in which they came. Raises RecordError."""
    wanted = select(PARTICIPANTS.c.nickname).where(PARTICIPANTS.c.workshop == key).order_by(PARTICIPANTS.c.number)
    with reading(engine) as connection:
        return [str(name) for name in connection.scalars(wanted)]


def listed(engine: Engine) -> Sequence[Listed]:
    """All sessions that are not deleted, the newest first. Raises RecordError."""
    there = (
        select(func.count())
        .select_from(PARTICIPANTS)
        .where(PARTICIPANTS.c.workshop == WORKSHOPS.c.id)
        .scalar_subquery()
    )
    wanted = _alive(select(WORKSHOPS, there.label("participants"))).order_by(WORKSHOPS.c.created.desc())
    with reading(engine) as connection:
        return [Listed(workshop_of(row), int(row.participants)) for row in connection.execute(wanted)]


def locked(connection: Connection, key: str) -> Workshop:
    """The session, with nobody else changing it until this transaction ends. Raises WorkshopError when it is gone."""
    return _one(connection, select(WORKSHOPS).where(WORKSHOPS.c.id == key).with_for_update())


def workshop_of(row: Row[Any]) -> Workshop:
    """A row of WORKSHOPS as a value."""
    return Workshop(
        id=row.id,
        code=row.code,
        topics=tuple(json.loads(row.topics)),
        difficulty=row.difficulty,
        minutes=row.minutes,
        length=row.length,
        pulse=_pulse(row),
        asked=row.asked,
        created=row.created,
        expires=row.expires,
    )


def gone() -> WorkshopError:
    """What is said of a session that is no longer there."""
    return WorkshopError("Workshoppen findes ikke længere. Den er slettet, eller linket er skrevet forkert.")


def moment() -> str:
    """This moment in UTC, as the tables keep it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _one(connection: Connection, wanted: Select[Any]) -> Workshop:
    found = connection.execute(_alive(wanted)).first()
    if found is None:
        raise gone()
    return workshop_of(found)


def _alive(wanted: Select[Any]) -> Select[Any]:
    """Of the sessions only those whose time is not up, whether or not they are deleted yet."""
    return wanted.where(WORKSHOPS.c.expires > moment())


def _pulse(row: Row[Any]) -> Pulse:
    return Pulse(row.version, cast(State, row.state), row.place, bool(row.hidden))
