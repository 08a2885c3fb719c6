"""Reads the whole record and names the first place where it is not what was written."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, LargeBinary, cast, func, select

from assistant.record.chain import START, Entry, digest_of, seal
from assistant.record.database import reading
from assistant.record.tables import CONTENTS, ENTRIES, HEAD

_AT_ONCE = 2000


class Broken(NamedTuple):
    """The first entry that does not fit, and what is wrong with it."""

    number: int
    fault: str


class Verified(NamedTuple):
    """How many entries were read, the hash of the last one, and the first fault, if any."""

    entries: int
    head: str
    broken: Broken | None


def verify(engine: Engine, noted: str = "") -> Verified:
    """Check every entry against its hash, its predecessor and its text. Raises RecordError if it cannot be read.

    `noted` is a hash that somebody wrote down earlier: it must still be in the chain, so that not even a whole chain
    made anew goes unseen.
    """
    with reading(engine) as connection:
        purged = _purged_before(connection)
        expected, previous, seen = 1, START, not noted
        with closing(_rows(connection)) as rows:
            for row in rows:
                fault = _fault(row, expected, previous, purged)
                if fault:
                    return Verified(expected - 1, previous, fault)
                previous = row[_HASH]
                seen = seen or previous == noted
                expected += 1
        return Verified(expected - 1, previous, _at_the_end(connection, expected - 1, previous, seen))


_HASH = Entry._fields.index("hash")
_SIZE = len(Entry._fields)


def _rows(connection: Connection) -> Generator[tuple[Any, ...]]:
    beside = ENTRIES.outerjoin(CONTENTS, ENTRIES.c.number == CONTENTS.c.number)
    query = select(*ENTRIES.c, CONTENTS.c.salt, _as_bytes(connection)).select_from(beside).order_by(ENTRIES.c.number)
    query = query.execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
    with connection.execute(query) as found:
        for some in found.partitions(_AT_ONCE):
            yield from some


def _as_bytes(connection: Connection) -> ColumnElement[bytes]:
    """The bodies in UTF-8 as they lie there: half of the time would go with decoding and encoding them again."""
    if connection.dialect.name == "postgresql":
        return func.convert_to(CONTENTS.c.body, "UTF8", type_=LargeBinary)
    return cast(CONTENTS.c.body, LargeBinary)


def _fault(row: Sequence[Any], expected: int, previous: str, purged: str) -> Broken | None:
    entry = Entry(*row[:_SIZE])
    if entry.number != expected:
        return Broken(expected, f"post {expected} mangler; efter post {expected - 1} kommer post {entry.number}")
    if entry.previous != previous:
        return Broken(expected, f"post {expected} hænger ikke sammen med post {expected - 1}")
    if entry.hash != seal(entry):
        return Broken(expected, f"post {expected} er ændret")
    salt, body = row[_SIZE], row[_SIZE + 1]
    if body is None:
        if entry.digest and not entry.at < purged:
            return Broken(expected, f"teksten til post {expected} er fjernet, uden at dens frist var udløbet")
    elif digest_of(salt, body) != entry.digest:
        return Broken(expected, f"teksten til post {expected} er ændret")
    return None


def _purged_before(connection: Connection) -> str:
    """The moment before which texts have rightly been deleted; "" when none have."""
    rows = connection.execute(select(ENTRIES.c.facts).where(ENTRIES.c.kind == "purge")).scalars()
    return max((_before(facts) for facts in rows), default="")


def _before(facts: str) -> str:
    return str(json.loads(facts).get("before", ""))


def _at_the_end(connection: Connection, last: int, previous: str, seen: bool) -> Broken | None:
    head = connection.execute(select(HEAD.c.number, HEAD.c.hash)).all()
    if [tuple(row) for row in head] != [(last, previous)]:
        return Broken(last + 1, f"de sidste poster mangler: journalens hoved er et andet end post {last}")
    texts = connection.scalar(
        select(func.min(CONTENTS.c.number)).where(CONTENTS.c.number.not_in(select(ENTRIES.c.number)))
    )
    if texts is not None:
        return Broken(texts, f"der ligger en tekst til post {texts}, som ikke findes")
    if not seen:
        return Broken(last, "den hash, der blev noteret tidligere, findes ikke i journalen: den er skrevet om")
    return None
