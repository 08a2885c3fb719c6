"""The tables that queues, pages and charts are read from, as they follow from the entries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Engine, delete, func, insert, literal, select, union_all, update

from assistant.record.database import reading, writing
from assistant.record.filed import Filed, filed, with_text
from assistant.record.tables import (
    APPROVALS,
    CASE_DOCUMENTS,
    CASE_PROVISIONS,
    CASES,
    DERIVED_TABLES,
    ENTRIES,
    PROJECTED,
    REPORTS,
)

_AT_ONCE = 500
UNDECIDED = ("pending", "reopened")  # waits for a second pair of eyes; was sent back by it
_COPIED = ("language", "verdict", "kind", "mode", "strength", "latency_ms", "served")


def project(connection: Connection, new: Filed) -> None:
    """Let the derived tables follow one new entry."""
    step = _STEPS.get(new.entry.kind)
    if step:
        step(connection, new)
    connection.execute(update(PROJECTED).values(number=new.entry.number))


def catch_up(engine: Engine) -> None:
    """Let the derived tables follow what they do not know yet, such as after a change of their schema."""
    with reading(engine) as connection:
        known = connection.scalar(select(PROJECTED.c.number))
        last = connection.scalar(select(ENTRIES.c.number).order_by(ENTRIES.c.number.desc()).limit(1)) or 0
    if known is not None and known < last:
        with writing(engine) as connection:
            _follow(connection)


def rebuild(engine: Engine) -> int:
    """Make the derived tables from the entries anew; returns how many entries there are."""
    with writing(engine) as connection:
        for table in DERIVED_TABLES:
            if table is not PROJECTED:
                connection.execute(delete(table))
        connection.execute(update(PROJECTED).values(number=0))
        return _follow(connection)


def _follow(connection: Connection) -> int:
    known: int = connection.scalar(select(PROJECTED.c.number)) or 0
    while True:
        rows = connection.execute(
            with_text().where(ENTRIES.c.number > known).order_by(ENTRIES.c.number).limit(_AT_ONCE)
        ).all()
        if not rows:
            return known
        for row in rows:
            new = filed(row)
            project(connection, new)
            known = new.entry.number


def _answer(connection: Connection, new: Filed) -> None:
    connection.execute(
        insert(CASES).values(
            number=new.entry.number,
            at=new.entry.at,
            day=new.entry.at[:10],
            user=new.entry.user,
            role=new.entry.role,
            question=new.body.get("question"),
            topic=new.body.get("topic"),
            state="new",
            flagged=0,
            **{
                name: new.facts[name]
                for name in ("language", "verdict", "kind", "mode", "strength", "latency_ms", "served")
            },
        )
    )
    documents = [{"number": new.entry.number, "source_id": each} for each in new.facts["documents"]]
    provisions = [{"number": new.entry.number, "provision": each} for each in new.facts["provisions"]]
    if documents:
        connection.execute(insert(CASE_DOCUMENTS), documents)
    if provisions:
        connection.execute(insert(CASE_PROVISIONS), provisions)


def _feedback(connection: Connection, new: Filed) -> None:
    """The last word of each user on an answer counts; it goes to the case that the answer was served from."""
    about, report = new.entry.about, REPORTS.c
    again = (report.about == about, report.user == new.entry.user, report.outcome == "")
    connection.execute(delete(REPORTS).where(*again))
    connection.execute(
        insert(REPORTS).values(
            number=new.entry.number,
            about=about,
            at=new.entry.at,
            user=new.entry.user,
            helpful=int(new.facts["helpful"]),
            reason=new.facts["reason"],
            outcome="",
        )
    )
    origin = origin_of(connection, about)
    waiting = select(func.count()).where(report.about.in_(told_of(origin)), report.helpful == 0, report.outcome == "")
    connection.execute(update(CASES).where(CASES.c.number == origin).values(flagged=waiting.scalar_subquery()))


def origin_of(connection: Connection, number: int) -> int:
    """The case whose approved answer was served as this one; the case itself where none was."""
    approval = select(CASES.c.served).where(CASES.c.number == number).scalar_subquery()
    return connection.scalar(select(APPROVALS.c.about).where(APPROVALS.c.number == approval)) or number


def told_of(number: int) -> CompoundSelect[Any]:
    """The numbers of the case and of all answers that were served from an approval of it."""
    approvals = select(APPROVALS.c.number).where(APPROVALS.c.about == number)
    return union_all(select(literal(number)), select(CASES.c.number).where(CASES.c.served.in_(approvals)))


def _decision(connection: Connection, new: Filed) -> None:
    """`facts.state` is what the case is from now on; `facts.in_force` whether its answer may be served from now on."""
    state, about = new.facts["state"], new.entry.about
    connection.execute(update(CASES).where(CASES.c.number == about).values(state=state))
    if state in UNDECIDED:
        return
    connection.execute(update(CASES).where(CASES.c.number == about).values(flagged=0))
    connection.execute(
        update(REPORTS).where(REPORTS.c.about.in_(told_of(about)), REPORTS.c.outcome == "").values(outcome=state)
    )
    connection.execute(update(APPROVALS).where(APPROVALS.c.about == about).values(state="replaced"))
    if new.facts["in_force"] and new.body:
        connection.execute(
            insert(APPROVALS).values(
                number=new.entry.number,
                about=about,
                at=new.entry.at,
                state="active",
                signature=json.dumps(new.body.get("signature") or {}, ensure_ascii=False),
                vector=base64.b64decode(new.body.get("vector") or ""),
                checked=_sources_seen(new),
            )
        )


def _sources_seen(new: Filed) -> str:
    """The version of the sources that the decision rests on: the one that was at hand, else the answer's own."""
    return str(new.facts.get("corpus_version") or new.body.get("answer", {}).get("corpus_version", ""))[:12]


def _suspension(connection: Connection, new: Filed) -> None:
    connection.execute(
        update(APPROVALS)
        .where(APPROVALS.c.number == new.facts["approval"], APPROVALS.c.state == "active")
        .values(state="suspended")
    )
    connection.execute(update(CASES).where(CASES.c.number == new.entry.about).values(state="reopened"))


def _purge(connection: Connection, new: Filed) -> None:
    connection.execute(update(CASES).where(CASES.c.at < new.facts["before"]).values(question=None, topic=None))


_STEPS: Mapping[str, Callable[[Connection, Filed], None]] = {
    "answer": _answer,
    "feedback": _feedback,
    "decision": _decision,
    "suspension": _suspension,
    "purge": _purge,
}
