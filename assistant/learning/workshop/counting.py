"""How the room voted: counts alone, never who chose what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from assistant.learning.workshop.rooms import Pulse
from assistant.learning.workshop.tables import PARTICIPANTS, VOTES
from assistant.record.database import reading

# So many votes are needed before the room sees them come in: of one or two everybody knows whose they are.
SHOWN_FROM = 3


class Tally(NamedTuple):
    """The votes on a case: by verdict, by the reason's place, how many they are, and how many are in the room."""

    verdicts: Mapping[str, int]
    reasons: Mapping[int, int]
    votes: int
    participants: int


def tally(engine: Engine, key: str, place: int) -> Tally:
    """How the votes on the case at `place` stand at one moment. Raises RecordError."""
    wanted = (
        select(VOTES.c.verdict, VOTES.c.reason, func.count().label("times"))
        .where(VOTES.c.workshop == key, VOTES.c.place == place)
        .group_by(VOTES.c.verdict, VOTES.c.reason)
    )
    there = select(func.count()).select_from(PARTICIPANTS).where(PARTICIPANTS.c.workshop == key)
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
        participants = connection.scalar(there) or 0
    verdicts: dict[str, int] = {}
    reasons: dict[int, int] = {}
    for row in rows:
        verdicts[row.verdict] = verdicts.get(row.verdict, 0) + row.times
        reasons[row.reason] = reasons.get(row.reason, 0) + row.times
    return Tally(verdicts, reasons, sum(verdicts.values()), participants)


def tallies(engine: Engine, key: str, length: int) -> Sequence[Tally]:
    """`tally` of each of the session's cases. Raises RecordError."""
    return [tally(engine, key, place) for place in range(length)]


def visible(pulse: Pulse, votes: Tally) -> bool:
    """Whether the room sees the votes: those of an open case once there are some and unless the facilitator hides
    them, those of a revealed one always."""
    return pulse.state != "asking" or (not pulse.hidden and votes.votes >= SHOWN_FROM)
