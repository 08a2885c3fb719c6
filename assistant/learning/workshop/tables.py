"""The workshops' tables, in the record's database and yet no part of the record: all of a session can be deleted."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from assistant.record.tables import METADATA

WORKSHOPS = Table(
    "workshops",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("topics", Text, nullable=False),  # JSON: ids of modules
    Column("difficulty", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("length", Integer, nullable=False),  # how many cases
    Column("state", String(10), nullable=False),
    Column("place", Integer, nullable=False),  # the case that is asked or revealed, from 0
    Column("hidden", Integer, nullable=False),  # whether the facilitator hides the votes of a case that is asked
    Column("asked", String(27), nullable=False),  # when that case was put; "" before
    Column("created", String(27), nullable=False),
    Column("expires", String(27), nullable=False),
    Column("version", Integer, nullable=False),  # one more at every change
    Index("workshops_expires", "expires"),
)


def _within_workshop() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workshop"], ["workshops.id"])


WORKSHOP_CASES = Table(
    "workshop_cases",
    METADATA,
    Column("workshop", String(32), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),  # JSON of a Case
    _within_workshop(),
)
PARTICIPANTS = Table(
    "workshop_participants",
    METADATA,
    Column("workshop", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256 of the one that the participant holds
    Column("nickname", Text, nullable=False),
    UniqueConstraint("workshop", "nickname"),
    _within_workshop(),
)
VOTES = Table(
    "workshop_votes",
    METADATA,
    Column("workshop", String(32), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the participant's
    Column("verdict", String(20), nullable=False),
    Column("reason", Integer, nullable=False),  # its place among the case's reasons
    _within_workshop(),
)
# In the order in which they can be emptied.
WORKSHOP_TABLES = (VOTES, PARTICIPANTS, WORKSHOP_CASES, WORKSHOPS)
