"""What a participant does: join by a code under a nickname, come back after a reload, and vote.

The token stays in the address of the participant's page; the tables hold its hash alone.
"""

from __future__ import annotations

import secrets
import unicodedata
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from assistant.errors import WorkshopError
from assistant.learning.cases.case import CHOICES
from assistant.learning.workshop.hosting import changed
from assistant.learning.workshop.rooms import by_code, case_within, gone, locked
from assistant.learning.workshop.tables import PARTICIPANTS, VOTES
from assistant.record.database import reading, writing

MAX_NICKNAME = 20
MAX_PARTICIPANTS = 300
# Control and format signs, unassigned ones, halves of pairs, line ends: what could not be read or would bend a line.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


class Participant(NamedTuple):
    """Somebody in a session: its id, their number there and their nickname."""

    workshop: str
    number: int
    nickname: str


class Vote(NamedTuple):
    """What a participant chose: a verdict, and the place of a reason among the case's."""

    verdict: str
    reason: int


class Joined(NamedTuple):
    """A new participant and the token by which they come back."""

    participant: Participant
    token: str


def join(engine: Engine, code: str, wanted: str) -> Joined:
    """Join the session with this code; a nickname that is taken gets a number.

    Raises WorkshopError for an unknown code, an unusable nickname, or a session that is full or over, and RecordError.
    """
    nickname = readable(wanted)
    if not nickname:
        raise WorkshopError("Skriv et kaldenavn, så du kan finde dig selv på skærmen. Det behøver ikke være dit navn.")
    key, token = by_code(engine, code).id, secrets.token_urlsafe(18)
    with writing(engine, record=False) as connection:
        if locked(connection, key).pulse.state == "ended":
            raise WorkshopError("Workshoppen er slut, så man kan ikke længere være med.")
        there = set(connection.scalars(select(PARTICIPANTS.c.nickname).where(PARTICIPANTS.c.workshop == key)))
        if len(there) >= MAX_PARTICIPANTS:
            raise WorkshopError(f"Der er allerede {MAX_PARTICIPANTS} med, og flere er der ikke plads til.")
        participant = Participant(key, _next_number(connection, key), _free(nickname, there))
        connection.execute(insert(PARTICIPANTS).values(participant._asdict() | {"token": _hash(token)}))
        changed(connection, key)
    return Joined(participant, token)


def resume(engine: Engine, token: str) -> Participant:
    """The participant who holds this token. Raises WorkshopError when the session is gone, and RecordError."""
    with reading(engine) as connection:
        return _holder(connection, token)


def vote(engine: Engine, token: str, place: int, chosen: Vote) -> None:
    """Take a participant's vote on the case at `place`, instead of an earlier one.

    Raises WorkshopError when the case is not open to votes or has no such choice, and RecordError.
    """
    with writing(engine, record=False) as connection:
        person = _holder(connection, token)
        room = locked(connection, person.workshop)
        if room.pulse.state != "asking" or room.pulse.place != place:
            raise WorkshopError("Svaret på sagen er vist, så din stemme kan ikke længere ændres.")
        reasons = case_within(connection, room.id, place).reasons
        if chosen.verdict not in CHOICES or not 0 <= chosen.reason < len(reasons):
            raise WorkshopError("Vælg både en afgørelse og en begrundelse.")
        if _put(connection, person, place, chosen):
            changed(connection, room.id)


def vote_of(engine: Engine, person: Participant, place: int) -> Vote | None:
    """What the participant has voted on the case at `place`. Raises RecordError."""
    with reading(engine) as connection:
        found = connection.execute(select(VOTES.c.verdict, VOTES.c.reason).where(*_key(person, place))).first()
    return Vote(found.verdict, found.reason) if found else None


def readable(wanted: str) -> str:
    """A nickname on one line, of signs that can be seen, cut to a length that fits a screen."""
    composed = unicodedata.normalize("NFC", " ".join(wanted.split()))
    kept = ""
    for sign in composed:
        kind = unicodedata.category(sign)
        stacked = kind.startswith("M") and (not kept or unicodedata.category(kept[-1]).startswith("M"))
        if kind not in _UNSEEN and not stacked:
            kept += sign
    return kept[:MAX_NICKNAME].strip()


def _put(connection: Connection, person: Participant, place: int, chosen: Vote) -> bool:
    """Whether the vote was another than before. The session is locked, so nobody puts the same one meanwhile."""
    before = connection.execute(select(VOTES.c.verdict, VOTES.c.reason).where(*_key(person, place))).first()
    if before is None:
        key = {"workshop": person.workshop, "place": place, "number": person.number}
        connection.execute(insert(VOTES).values(key | chosen._asdict()))
        return True
    connection.execute(update(VOTES).where(*_key(person, place)).values(chosen._asdict()))
    return Vote(before.verdict, before.reason) != chosen


def _key(person: Participant, place: int) -> tuple[ColumnElement[bool], ...]:
    return VOTES.c.workshop == person.workshop, VOTES.c.place == place, VOTES.c.number == person.number


def _holder(connection: Connection, token: str) -> Participant:
    columns = (PARTICIPANTS.c.workshop, PARTICIPANTS.c.number, PARTICIPANTS.c.nickname)
    found = connection.execute(select(*columns).where(PARTICIPANTS.c.token == _hash(token))).first()
    if found is None:
        raise gone()
    return Participant(found.workshop, found.number, found.nickname)


def _next_number(connection: Connection, key: str) -> int:
    last = connection.scalar(select(func.max(PARTICIPANTS.c.number)).where(PARTICIPANTS.c.workshop == key))
    return (last or 0) + 1


def _free(nickname: str, there: set[str]) -> str:
    """The nickname, or with the first number that nobody has; letter case does not make it another."""
    taken = {name.casefold() for name in there}
    free, number = nickname, 2
    while free.casefold() in taken:
        free, number = f"{nickname[: MAX_NICKNAME - len(f' {number}')]} {number}", number + 1
    return free


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
