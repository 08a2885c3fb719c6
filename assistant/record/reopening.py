"""Takes approvals out of force when what they rest on has changed, and puts their cases back in the queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from assistant.models import Citation
from assistant.record.affected import Approved, Cause, Comparison, Finding
from assistant.record.corpora import Corpus, held_at, is_noted, note, serves
from assistant.record.database import reading, writing
from assistant.record.filed import Filed, filed, with_text
from assistant.record.journal import Record, appended
from assistant.record.tables import APPROVALS, ENTRIES
from assistant.rights import Person
from assistant.settings import Settings
from assistant.store import Store

INGEST = Person("ingest", "administrator")
_Outline = tuple[str, str, str, str, str]  # old document and text, new document, section and text


class Suspended(NamedTuple):
    """An approval that was taken out of force: its number, that of its case, and why, by document."""

    approval: int
    about: int
    causes: tuple[tuple[Cause, str], ...]


class _Checked(NamedTuple):
    """An approval that was held against the documents, and what was found."""

    decision: Filed
    findings: tuple[Finding, ...]


def is_served_from(record: Record, settings: Settings) -> bool:
    """Whether this record holds answers that were given from the index of the settings."""
    with reading(record.engine) as connection:
        return serves(connection, settings.index)


def is_due(record: Record, settings: Settings, version: str) -> bool:
    """Whether an approval in force has not been held against the documents of this version, or it is not noted."""
    with reading(record.engine) as connection:
        waiting = connection.scalar(select(APPROVALS.c.number).where(*_unchecked(version)).limit(1))
        return waiting is not None or not is_noted(connection, version, settings.index)


def reopen(record: Record, settings: Settings, store: Store) -> tuple[Suspended, ...]:
    """Hold every approval in force against the documents of the store, and suspend those that do not stand.

    Each passage that is changed, moved or removed, and each newer document, becomes an entry of the case with the old
    and the new text. What a jurist has seen so already, and approved nevertheless, is not found again. Safe to run at
    any time, by any number of processes. Raises RecordError.
    """
    corpus = Corpus(store)
    if not is_due(record, settings, corpus.version):
        return ()
    with reading(record.engine) as connection:
        checked = list(_checked(connection, corpus))
    with writing(record.engine) as connection:
        note(connection, corpus, settings.index)
        return tuple(_settled(connection, checked, corpus.version))


def _unchecked(version: str) -> tuple[Any, ...]:
    return APPROVALS.c.state == "active", APPROVALS.c.checked != version


def _checked(connection: Connection, corpus: Corpus) -> Iterator[_Checked]:
    """Every approval that has not been held against this corpus, held against it."""
    versions = select(APPROVALS.c.checked).where(*_unchecked(corpus.version)).distinct()
    shown = _shown(connection)
    for version in connection.execute(versions).scalars().all():
        comparison = Comparison(corpus, held_at(connection, version))
        for decision in _decisions(connection, version):
            seen = {_shape(each) for each in shown.get(decision.entry.about, ()) if _precedes(each, decision)}
            found = comparison.findings(_approved(decision))
            yield _Checked(decision, tuple(each for each in found if _outline(each) not in seen))


def _decisions(connection: Connection, version: str) -> Sequence[Filed]:
    """The decisions in force that were last held against this version."""
    rows = connection.execute(
        with_text()
        .join(APPROVALS, APPROVALS.c.number == ENTRIES.c.number)
        .where(APPROVALS.c.state == "active", APPROVALS.c.checked == version)
        .order_by(ENTRIES.c.number)
    )
    return [filed(row) for row in rows]


def _shown(connection: Connection) -> Mapping[int, Sequence[Filed]]:
    """What has reopened each case until now, by the case's number."""
    found: dict[int, list[Filed]] = {}
    for row in connection.execute(with_text().where(ENTRIES.c.kind == "suspension")):
        found.setdefault(row.about, []).append(filed(row))
    return found


def _precedes(one: Filed, other: Filed) -> bool:
    return one.entry.number < other.entry.number


def _approved(decision: Filed) -> Approved:
    """What was approved; nothing to hold against any document once its text has been purged."""
    answer: Mapping[str, Any] = decision.body.get("answer", {})
    return Approved(
        question=answer.get("standalone_question") or decision.body.get("question", ""),
        network=decision.body.get("network", ""),
        citations=tuple(
            Citation(**{**each, "provisions": tuple(each["provisions"])}) for each in answer.get("citations", ())
        ),
    )


def _settled(connection: Connection, checked: Iterable[_Checked], version: str) -> Iterator[Suspended]:
    """Write down what was found, unless another process has done so or a jurist has decided anew meanwhile."""
    for decision, findings in checked:
        approval, about = decision.entry.number, decision.entry.about
        ours = update(APPROVALS).where(APPROVALS.c.number == approval, *_unchecked(version)).values(checked=version)
        if not connection.execute(ours).rowcount:
            continue
        for finding in findings:
            appended(connection, INGEST, "suspension", _facts(finding, approval, version), _body(finding), about)
        if findings:
            yield Suspended(approval, about, tuple(dict.fromkeys((each.cause, _bearer(each)) for each in findings)))


def _facts(finding: Finding, approval: int, version: str) -> dict[str, Any]:
    return {
        "approval": approval,
        "cause": finding.cause,
        "source_id": finding.old.source_id,
        "new_source_id": finding.new.source_id,
        "corpus_version": version,
    }


def _body(finding: Finding) -> dict[str, Any]:
    return {
        "old": finding.old.text,
        "section": finding.old.section,
        "title": finding.title,
        "new": finding.new.text,
        "new_section": finding.new.section,
        "new_title": finding.new_title,
    }


def _bearer(finding: Finding) -> str:
    """The document that a finding is about: the newer one, else the cited one."""
    return finding.new.source_id if finding.cause == "newer" else finding.old.source_id


def _outline(finding: Finding) -> _Outline:
    """What makes one finding the same as another, whenever they were made."""
    return finding.old.source_id, finding.old.text, finding.new.source_id, finding.new.section, finding.new.text


def _shape(suspension: Filed) -> _Outline:
    """The outline of the finding that an entry tells of."""
    facts, body = suspension.facts, suspension.body
    return (
        str(facts["source_id"]),
        str(body.get("old", "")),
        str(facts.get("new_source_id", "")),
        str(body.get("new_section", "")),
        str(body.get("new", "")),
    )
