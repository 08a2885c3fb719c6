"""The record as the program uses it: append an entry, read one, read all that concerns an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from assistant.errors import RecordError
from assistant.record.chain import Content, Entry, Kind, digest, linked, new_salt
from assistant.record.database import open_engine, reading, writing
from assistant.record.filed import Filed, filed, with_text
from assistant.record.projecting import catch_up, project
from assistant.record.schema import up_to_date
from assistant.record.tables import CONTENTS, ENTRIES, HEAD
from assistant.rights import Person
from assistant.settings import Settings


class Record:
    """One opened record. Safe to share between threads; any number of processes may have it open."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, settings: Settings) -> Record:
        """The record of the settings, made or brought up to date where it must be. Raises RecordError."""
        engine = open_engine(settings)
        try:
            up_to_date(engine)
            catch_up(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    def append(
        self, by: Person, kind: Kind, facts: Mapping[str, Any], body: Mapping[str, Any] | None = None, about: int = 0
    ) -> Entry:
        """Add an entry behind the last one, alone in doing so. An answer is `about` itself. Raises RecordError."""
        with writing(self.engine) as connection:
            return appended(connection, by, kind, facts, body, about)

    def filed(self, number: int) -> Filed:
        """The entry with this number. Raises RecordError when there is none."""
        with reading(self.engine) as connection:
            found = connection.execute(with_text().where(ENTRIES.c.number == number)).first()
        if found is None:
            raise RecordError(f"Journalen har ingen post {number}. Se efter nummeret.")
        return filed(found)

    def about(self, number: int) -> Sequence[Filed]:
        """The answer with this number and all that was said and decided about it, oldest first."""
        with reading(self.engine) as connection:
            found = connection.execute(with_text().where(ENTRIES.c.about == number).order_by(ENTRIES.c.number)).all()
        return [filed(row) for row in found]


def appended(
    connection: Connection,
    by: Person,
    kind: Kind,
    facts: Mapping[str, Any],
    body: Mapping[str, Any] | None,
    about: int,
) -> Entry:
    """Add an entry within a transaction of `writing`, and let the derived tables follow."""
    head = connection.execute(select(HEAD.c.number, HEAD.c.hash)).one()
    content = Content(new_salt(), _plain(body)) if body else None
    number = head.number + 1
    entry = linked(
        Entry(
            number=number,
            at=now(),
            user=_sendable(by.user),
            role=by.role,
            kind=kind,
            about=about or number,
            facts=_plain(facts),
            digest=digest(content),
            previous=head.hash,
            hash="",
        )
    )
    connection.execute(insert(ENTRIES).values(entry._asdict()))
    if content:
        connection.execute(insert(CONTENTS).values(number=number, **content._asdict()))
    connection.execute(update(HEAD).values(number=number, hash=entry.hash))
    project(connection, Filed(entry, facts, body or {}))
    return entry


def now() -> str:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(values: Mapping[str, Any]) -> str:
    return _sendable(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def _sendable(text: str) -> str:
    """`text` without what neither database stores: NUL, and halves of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
