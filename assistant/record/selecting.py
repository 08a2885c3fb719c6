"""Which entries somebody wants: by date, person, document and verdict."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select

from assistant.record.filed import with_text
from assistant.record.tables import CASE_DOCUMENTS, CASES, ENTRIES


class Wanted(NamedTuple):
    """What to select: ISO dates (both days included), a user, a source's id, a verdict; "" where any will do."""

    since: str = ""
    until: str = ""
    user: str = ""
    document: str = ""
    verdict: str = ""


def selected(wanted: Wanted) -> Select[Any]:
    """The answers that fit and all entries about them, in order; every entry when nothing is asked for."""
    conditions = _conditions(wanted)
    query = with_text().order_by(ENTRIES.c.number)
    if not conditions:
        return query
    return query.where(ENTRIES.c.about.in_(select(CASES.c.number).where(*conditions)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(CASES.c.day >= wanted.since)
    if wanted.until:
        found.append(CASES.c.day <= wanted.until)
    if wanted.user:
        found.append(CASES.c.user == wanted.user)
    if wanted.verdict:
        found.append(CASES.c.verdict == wanted.verdict)
    if wanted.document:
        cited = select(CASE_DOCUMENTS.c.number).where(CASE_DOCUMENTS.c.source_id == wanted.document)
        found.append(CASES.c.number.in_(cited))
    return found
