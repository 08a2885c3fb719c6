"""A case and all that was said and decided about it, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from assistant.answer_json import answer_from_json
from assistant.errors import ReviewError
from assistant.models import Answer
from assistant.record.filed import Filed, filed, with_text
from assistant.record.projecting import told_of
from assistant.record.tables import CASES, ENTRIES, REPORTS


def thread(connection: Connection, number: int) -> Sequence[Filed]:
    """The answer, then what followed, oldest first; also feedback on answers that were served from an approval of it.

    Raises ReviewError where the number is not an answer's.
    """
    if connection.scalar(select(CASES.c.number).where(CASES.c.number == number)) is None:
        raise ReviewError(f"Journalen har ingen sag {number}. Se efter nummeret.")
    served = select(REPORTS.c.number).where(REPORTS.c.about.in_(told_of(number)))
    about = or_(ENTRIES.c.about == number, and_(ENTRIES.c.kind == "feedback", ENTRIES.c.number.in_(served)))
    return [filed(row) for row in connection.execute(with_text().where(about).order_by(ENTRIES.c.number))]


def last_of(entries: Sequence[Filed]) -> int:
    """The number of the newest entry of a thread: whoever decides names it, and has seen all that is in it."""
    return entries[-1].entry.number


def texts_of(entries: Sequence[Filed]) -> Mapping[str, Any]:
    """The words of a case: its answer's, or where their time is up those of the newest decision that kept an answer."""
    kept = [each.body for each in reversed(entries) if each.entry.kind == "decision" and each.body.get("answer")]
    return entries[0].body or (kept[0] if kept else {})


def shown(first: Filed) -> Answer | None:
    """The answer as its asker got it, with its place in the record, which it had not yet when it was written down.

    None once its text is deleted.
    """
    if not first.body:
        return None
    return replace(answer_from_json(first.body["answer"]), record=first.entry.number, record_hash=first.entry.hash)
