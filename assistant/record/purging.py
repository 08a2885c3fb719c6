"""Deletes the texts whose time is up. What happened, and when, stays; the chain needs only the digests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, select, text

from assistant.record.database import explained, writing
from assistant.record.journal import Record, appended
from assistant.record.tables import APPROVALS, CONTENTS, ENTRIES
from assistant.rights import Person, require


class Purged(NamedTuple):
    """How many texts were (or, on trial, would be) deleted, and before which moment they were written."""

    texts: int
    before: str


def purge(record: Record, by: Person, days: int, trial: bool = False) -> Purged:
    """Delete the texts older than `days`; those of approvals in force stay, since they are still in use.

    The record says that it was done. Raises NotAllowed or RecordError.
    """
    require(by, "purge")
    before = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with writing(record.engine) as connection:
        old = _old(before)
        texts: int = connection.scalar(select(func.count()).select_from(CONTENTS).where(old)) or 0
        if trial or not texts:
            return Purged(texts, before)
        connection.execute(delete(CONTENTS).where(old))
        appended(connection, by, "purge", {"before": before, "texts": texts, "days": days}, None, 0)
    _forget(record)
    return Purged(texts, before)


def _old(before: str) -> ColumnElement[bool]:
    in_force = select(APPROVALS.c.number).where(APPROVALS.c.state == "active")
    past = select(ENTRIES.c.number).where(ENTRIES.c.at < before, ENTRIES.c.number.not_in(in_force))
    return CONTENTS.c.number.in_(past)


def _forget(record: Record) -> None:
    """Have the database let go of the deleted bytes, which it else keeps for a while."""
    with explained(), record.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in _CLEANING[connection.dialect.name]:
            _run(connection, statement)


def _run(connection: Connection, statement: str) -> Any:
    return connection.execute(text(statement))


_CLEANING = {
    # The pages were overwritten by secure_delete; the log beside the file still holds them.
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",),
    "postgresql": ("VACUUM FULL contents", "VACUUM FULL cases"),
}
