"""What the engine does with the record: an answer is on record before anybody is shown it."""

from __future__ import annotations

import base64
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np

from assistant.answer_json import to_json
from assistant.answering import Asked, Given
from assistant.approved.signature import signature_to_json
from assistant.errors import AssistantError, RecordError
from assistant.models import Answer, Hit, Notice
from assistant.record.approvals import Approvals, Basis, Known, known_of
from assistant.record.journal import Record, now
from assistant.record.reopening import reopen
from assistant.record.serving import as_served
from assistant.record.topics import topic
from assistant.rights import Person, require
from assistant.settings import Settings
from assistant.store import Store
from assistant.templates import fill

_KEPT_HITS = 8


class Recorder:
    """Writes answers to the record, which it opens when the first one comes. Safe to share between threads."""

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self._settings = settings
        self._store = store
        self._opened: Record | None = None
        self._lock = Lock()
        self._unrecorded: list[str] = []  # when answers were shown that could not be recorded
        self._loosened_by: Person | None = None
        self._approvals = Approvals()

    def record(self) -> Record:
        """The opened record, no approval in force in it that the documents at hand do not bear. Raises RecordError."""
        with self._lock:
            if self._opened is None:
                opened = Record.open(self._settings)
                self._hold_against_sources(opened)
                self._opened = opened
            return self._opened

    def _hold_against_sources(self, record: Record) -> None:
        """An index that was made where this record could not be reached has had its say when the record is opened."""
        # One that has been replaced since has no say: the newer one had it.
        if self._store is None or not self._store.is_current():
            return
        try:
            reopen(record, self._settings, self._store)
        except AssistantError:
            record.close()
            raise

    def read_from(self, store: Store) -> None:
        """Hold the approvals against these documents before the record is used next."""
        self.close()
        self._store = store

    def close(self) -> None:
        """Let go of the database; the next answer opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @property
    def lenient(self) -> bool:
        """Whether an answer is shown even where it cannot be recorded."""
        return self._settings.record == "lenient" or self._loosened_by is not None

    def loosen(self, by: Person) -> None:
        """Show answers without a record until it can be written again; that it was done is then recorded.

        Raises NotAllowed unless the person may.
        """
        require(by, "loosen")
        self._loosened_by = by

    def approved(self, given: Given, asked: Asked, reading: str) -> tuple[Given, Basis]:
        """With the approved answer in place of the fresh one, where a jurist has approved one for this very question.

        `reading` is the version of the program that took the question apart. Raises RecordError where the record
        cannot be asked, unless the settings are lenient.
        """
        known = known_of(given, asked, reading)
        if known is None:
            return given, Basis()
        try:
            found = self._approvals.answering(known, asked, self.record())
        except RecordError:
            if not self.lenient:
                raise
            found = None
        if found is None:
            return given, Basis(known)
        return given._replace(answer=as_served(found, given.answer)), Basis(known, found.number)

    def keep(self, given: Given, asked: Asked, by: Person, basis: Basis) -> Answer:
        """The answer with its number and hash in the record.

        Raises RecordError where it cannot be recorded, unless the settings are lenient: then the answer says so.
        """
        try:
            self._tell_of_gap(by)
            body = _body(given, asked) | _known(basis.known)
            entry = self.record().append(by, "answer", _facts(given, basis), body)
        except RecordError:
            if not self.lenient:
                raise
            self._unrecorded.append(now())
            return _unrecorded(given.answer)
        return replace(given.answer, record=entry.number, record_hash=entry.hash)

    def _tell_of_gap(self, by: Person) -> None:
        """Once the record can be written again, it says that and when answers are missing in it, and it binds again."""
        missing, loosened_by = list(self._unrecorded), self._loosened_by
        if missing or loosened_by:
            facts = {"answers": len(missing), "first": missing[:1], "last": missing[-1:]}
            self.record().append(loosened_by or by, "gap", facts)
            del self._unrecorded[: len(missing)]
            self._loosened_by = None


def _unrecorded(answer: Answer) -> Answer:
    notice = Notice("not_recorded", fill(answer.language, "notice.not_recorded"))
    return replace(answer, notices=(*answer.notices, notice))


def _facts(given: Given, basis: Basis) -> dict[str, Any]:
    """What stays when the text is deleted: nothing of what was asked or answered in words."""
    answer = given.answer
    support = answer.explanation.get("support") or {}
    writer = answer.explanation.get("writer") or {}
    return {
        "verdict": answer.verdict,
        "language": answer.language,
        "kind": str(answer.explanation.get("rule", "")),
        "mode": answer.mode,
        "model": answer.model,
        "strength": round(support["strength"] / support["threshold"], 3) if support else None,
        "documents": list(dict.fromkeys(citation.source_id for citation in answer.citations)),
        "provisions": list(dict.fromkeys(each for citation in answer.citations for each in citation.provisions)),
        "notices": [notice.code for notice in answer.notices],
        "engine_version": answer.engine_version,
        "prompt_version": answer.prompt_version,
        "corpus_version": answer.corpus_version,
        "latency_ms": answer.latency_ms,
        "model_ms": writer.get("model_ms", 0),
        "guard_ms": writer.get("guard_ms", 0),
        "served": basis.served,
    }


def _body(given: Given, asked: Asked) -> dict[str, Any]:
    return {
        "question": given.answer.question,
        "history": list(asked.received.history),
        "as_of": asked.as_of.isoformat() if asked.as_of else "",
        "network": asked.library.network_name,
        "topic": topic(given.question) if given.question else "",
        "answer": to_json(given.answer),
        "retrieved": [_retrieved(hit) for hit in given.hits[:_KEPT_HITS]],
    }


def _known(known: Known | None) -> dict[str, Any]:
    """What the question is known by when it is asked again."""
    if known is None:
        return {}
    vector = base64.b64encode(np.asarray(known.vector, dtype=np.float32).tobytes()).decode()
    return {"signature": signature_to_json(known.signature), "vector": vector}


def _retrieved(hit: Hit) -> dict[str, Any]:
    return {
        "passage_id": hit.passage.id,
        "source_id": hit.passage.source_id,
        "section": " › ".join(hit.passage.heading_path),
        "page": hit.passage.page,
        "score": round(hit.score, 4),
        "dense": round(hit.dense, 4),
        "lexical": round(hit.lexical, 4),
        "provision": round(hit.provision, 4),
        "spans": [list(span) for span in hit.passage.spans],
        "raw": hit.passage.raw,
    }
