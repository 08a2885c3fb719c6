"""The approvals in force: which of them answers a question that is asked again, and whether it may still be served."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Row, func, select

from assistant.answer_json import answer_from_json
from assistant.answering import Asked, Given, answer_question
from assistant.approved.sameness import LEAST_LIKE, same
from assistant.approved.signature import Signature, signature_from_json, signature_of
from assistant.errors import QuestionError
from assistant.models import Answer
from assistant.reception import receive
from assistant.record.chain import START, Content, Entry, digest, seal
from assistant.record.database import reading
from assistant.record.filed import Filed, filed, with_text
from assistant.record.journal import Record
from assistant.record.projecting import UNDECIDED
from assistant.record.standing import Documents
from assistant.record.tables import APPROVALS, ENTRIES
from assistant.relevance import Floats
from assistant.verify import faults_against

# How many approvals that an older version of the program took apart are read anew for one question.
_READ_ANEW = 3


class Known(NamedTuple):
    """A question as it is compared: its signature and its vector."""

    signature: Signature
    vector: Floats


class Basis(NamedTuple):
    """What an answer is recorded with: what its question is known by, and the decision it was served from, or 0."""

    known: Known | None = None
    served: int = 0


class Approved(NamedTuple):
    """An approved answer: the number of the decision, that of its case, the day, and the answer."""

    number: int
    about: int
    day: str
    answer: Answer


class _InForce(NamedTuple):
    """A row of the approvals: None for a signature or vector that this version of the program does not read."""

    number: int
    signature: Signature | None
    vector: Floats | None


def known_of(given: Given, asked: Asked, reading: str) -> Known | None:
    """What a question is known by to the program of version `reading`; None for one that was not understood."""
    signature = signature_of(given, asked, reading)
    return Known(signature, given.vector) if signature and given.vector is not None else None


class Approvals:
    """The approvals of one record, kept while they are the same. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: tuple[int, int] = (-1, -1)
        self._rows: Sequence[_InForce] = ()
        self._matrix: Floats = np.empty((0, 0), np.float32)
        self._anew: dict[int, Known | None] = {}

    def answering(self, known: Known, asked: Asked, record: Record) -> Approved | None:
        """The approved answer to the very question, if it is whole, in force and borne by the documents as they are.

        Raises RecordError.
        """
        with reading(record.engine) as connection:
            rows, matrix = self._current(connection, len(known.vector))
            self._read_some_anew(rows, known.signature, asked, connection)
            for number in self._fitting(rows, matrix, known):
                found = _served(connection, number, known, asked.library.store, self._anew.get(number))
                if found:
                    return found
        return None

    def _current(self, connection: Connection, width: int) -> tuple[Sequence[_InForce], Floats]:
        """The rows in force and their vectors; read again only when there are others than last time."""
        active = APPROVALS.c.state == "active"
        count, last = connection.execute(select(func.count(), func.max(APPROVALS.c.number)).where(active)).one()
        with self._lock:
            if self._stamp != (count, last or 0):
                columns = (APPROVALS.c.number, APPROVALS.c.signature, APPROVALS.c.vector)
                found = connection.execute(select(*columns).where(active).order_by(APPROVALS.c.number))
                self._rows = [_in_force(row) for row in found]
                self._matrix = np.stack(
                    [_of_width(each.vector, width) for each in self._rows] or [np.zeros(width, np.float32)]
                )
                self._stamp = (count, last or 0)
            return self._rows, self._matrix

    def _read_some_anew(self, rows: Sequence[_InForce], known: Signature, asked: Asked, connection: Connection) -> None:
        """Take apart some of the questions that an older version took apart: once in a process each."""
        stale = [row.number for row in rows if not _is_of(row, known) and row.number not in self._anew]
        for number in stale[-_READ_ANEW:]:
            decision = _intact(connection, number)
            network = decision.body.get("network") if decision else ""
            if network in ("", known.network):
                self._anew[number] = _read_anew(decision.body, asked, known.reading) if decision else None

    def _fitting(self, rows: Sequence[_InForce], matrix: Floats, asked: Known) -> Iterator[int]:
        """The approvals whose question is the one asked, the most alike first."""
        alike = matrix @ asked.vector if rows else np.empty(0, np.float32)
        likeness: dict[int, float] = {}
        for row, cosine in zip(rows, alike.tolist(), strict=False):
            known = self._anew.get(row.number)
            cosine = float(known.vector @ asked.vector) if known and len(known.vector) == len(asked.vector) else cosine
            signature = known.signature if known else row.signature
            if cosine >= LEAST_LIKE and signature and same(signature, asked.signature, cosine).same:
                likeness[row.number] = cosine
        yield from sorted(likeness, key=lambda number: (-likeness[number], -number))


def _read_anew(body: Mapping[str, Any], asked: Asked, reading: str) -> Known | None:
    """What a question on record is known by to this version of the program; None where it can be asked no more."""
    question, history = str(body["question"]), [str(turn) for turn in body["history"]]
    try:
        received = receive(question, history, len(question))
    except QuestionError:
        return None
    as_of = date.fromisoformat(body["as_of"]) if body["as_of"] else None
    again = asked._replace(received=received, as_of=as_of)
    return known_of(answer_question(again), again, reading)


def _in_force(row: Row[Any, Any, Any]) -> _InForce:
    return _InForce(row.number, signature_from_json(_loaded(row.signature)), _vector(row.vector))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None


def _vector(raw: bytes) -> Floats | None:
    return np.frombuffer(raw, dtype=np.float32) if raw and len(raw) % 4 == 0 else None


def _of_width(vector: Floats | None, width: int) -> Floats:
    """The vector, or nothing of its kind where another model made it."""
    return vector if vector is not None and len(vector) == width else np.zeros(width, np.float32)


def _is_of(row: _InForce, asked: Signature) -> bool:
    return row.signature is not None and row.signature.reading == asked.reading


def _served(
    connection: Connection, number: int, asked: Known, documents: Documents, anew: Known | None
) -> Approved | None:
    """The answer of a decision, if everything about it holds at this moment."""
    decision = _intact(connection, number)
    if decision is None or not decision.facts.get("in_force") or not _last_word(connection, decision):
        return None
    own = anew or _as_decided(decision.body)
    if own is None or not same(own.signature, asked.signature, float(own.vector @ asked.vector)).same:
        return None
    answer = answer_from_json(decision.body["answer"])
    if not _borne(answer, documents):
        return None
    return Approved(number, decision.entry.about, decision.entry.at[:10], answer)


def _as_decided(body: Mapping[str, Any]) -> Known | None:
    """The question as the decision itself holds it, whatever the table of approvals says."""
    signature = signature_from_json(body.get("signature"))
    try:
        vector = _vector(base64.b64decode(body.get("vector") or "", validate=True))
    except (binascii.Error, ValueError):
        return None
    return Known(signature, vector) if signature and vector is not None else None


def _intact(connection: Connection, number: int) -> Filed | None:
    """The decision with this number, if it and its text are as they were written and stand unbroken in the chain."""
    around = connection.execute(
        with_text().where(ENTRIES.c.number.between(number - 1, number + 1)).order_by(ENTRIES.c.number)
    ).all()
    entries = {row.number: Entry(*row[: len(Entry._fields)]) for row in around}
    row = next((each for each in around if each.number == number), None)
    if row is None or row.body is None or row.kind != "decision":
        return None
    entry, before, behind = entries[number], entries.get(number - 1), entries.get(number + 1)
    linked = entry.previous == (before.hash if before else START) and (behind is None or behind.previous == entry.hash)
    if not linked or seal(entry) != entry.hash or digest(Content(row.salt, row.body)) != entry.digest:
        return None
    return filed(row)


def _last_word(connection: Connection, decision: Filed) -> bool:
    """Whether nobody has decided the case anew since, and no source of it has changed."""
    about, number = decision.entry.about, decision.entry.number
    later = connection.execute(
        select(ENTRIES.c.kind, ENTRIES.c.facts).where(
            ENTRIES.c.about == about, ENTRIES.c.number > number, ENTRIES.c.kind.in_(("decision", "suspension"))
        )
    )
    for row in later:
        facts = _loaded(row.facts) or {}
        if row.kind == "suspension" and facts.get("approval") in (number, None):
            return False
        if row.kind == "decision" and facts.get("state") not in UNDECIDED:
            return False
    return True


def stamp(record: Record) -> tuple[int, int]:
    """How many approvals are in force, and the number of the newest. Raises RecordError."""
    with reading(record.engine) as connection:
        count, last = connection.execute(
            select(func.count(), func.max(APPROVALS.c.number)).where(APPROVALS.c.state == "active")
        ).one()
    return int(count), int(last or 0)


def in_force(record: Record, documents: Documents, most: int = 200) -> tuple[Answer, ...]:
    """The newest approved answers to questions that stand alone and of which nothing was masked, each intact, in force
    and borne by the documents as they are. Raises RecordError."""
    found = []
    with reading(record.engine) as connection:
        numbers = connection.scalars(
            select(APPROVALS.c.number)
            .where(APPROVALS.c.state == "active")
            .order_by(APPROVALS.c.number.desc())
            .limit(most)
        ).all()
        for number in numbers:
            decision = _intact(connection, number)
            if decision is None or not decision.facts.get("in_force") or not _last_word(connection, decision):
                continue
            answer = answer_from_json(decision.body["answer"])
            alone = not decision.body.get("history") and "[" not in answer.question and not decision.body.get("as_of")
            if alone and _borne(answer, documents):
                found.append(answer)
    return tuple(found)


def _borne(answer: Answer, documents: Documents) -> bool:
    known = all(each.source_id in documents.sources for each in answer.citations)
    return known and not faults_against(answer, documents.source_text)
