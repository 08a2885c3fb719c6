"""One case as a jurist sees it: all that the record holds of it, held against the documents as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from assistant.models import Answer, Citation, Span
from assistant.record.database import reading
from assistant.record.filed import Filed
from assistant.record.journal import Record
from assistant.record.projecting import UNDECIDED, origin_of
from assistant.record.standing import Documents, Standing, standing
from assistant.record.tables import APPROVALS, CASES
from assistant.record.thread import last_of, shown, texts_of, thread
from assistant.rights import Person, require


class Retrieved(NamedTuple):
    """A passage that was found for the question, with its scores, and whether the answer quotes from it."""

    passage_id: str
    source_id: str
    section: str
    page: int | None
    score: float
    dense: float
    lexical: float
    provision: float
    spans: tuple[Span, ...]
    raw: str
    used: bool


class Said(NamedTuple):
    """A feedback, comment, decision or suspension: who and when, and what its facts and text hold."""

    number: int
    at: str
    user: str
    role: str
    kind: str
    about: int
    facts: Mapping[str, Any]
    body: Mapping[str, Any]


class CaseFile(NamedTuple):
    """A case with everything that a decision rests on.

    Where the texts' time is up, `purged` is set, `answer` is None, and only the facts are left, unless an approval in
    force still holds the question and the answer that it serves. `quotes` are the
    answer's citations as their documents have them now. `served_from` is the case whose approved answer this one is,
    else 0. `in_force` is the number of the decision whose answer is served now, else 0. `proposal` is a decision that
    waits for a second pair of eyes. `seen` is the last entry that is in here: whoever decides names it.
    """

    number: int
    at: str
    user: str
    role: str
    state: str
    flagged: int
    purged: bool
    question: str
    history: tuple[str, ...]
    as_of: str
    network: str
    answer: Answer | None
    quotes: tuple[Standing, ...]
    retrieved: tuple[Retrieved, ...]
    facts: Mapping[str, Any]
    hash: str
    said: tuple[Said, ...]
    served_from: int
    in_force: int
    proposal: Said | None
    seen: int

    @property
    def decisions(self) -> tuple[Said, ...]:
        """What was decided so far, oldest first."""
        return tuple(each for each in self.said if each.kind == "decision")

    @property
    def decided(self) -> Said | None:
        """The decision that stands, if any."""
        settled = [each for each in self.decisions if each.facts["state"] not in UNDECIDED]
        return settled[-1] if settled and self.state == settled[-1].facts["state"] else None


def case(record: Record, by: Person, number: int, documents: Documents) -> CaseFile:
    """The case with this number. Raises NotAllowed, RecordError, or ReviewError where there is none."""
    require(by, "review")
    with reading(record.engine) as connection:
        entries = thread(connection, number)
        row = connection.execute(select(CASES.c.state, CASES.c.flagged).where(CASES.c.number == number)).one()
        origin = origin_of(connection, number)
        in_force = connection.scalar(
            select(APPROVALS.c.number).where(APPROVALS.c.about == number, APPROVALS.c.state == "active")
        )
    first, texts = entries[0], texts_of(entries)
    said = tuple(_said(each) for each in entries[1:])
    given = shown(first)
    proposals = [each for each in said if each.kind == "decision"]
    return CaseFile(
        number=number,
        at=first.entry.at,
        user=first.entry.user,
        role=first.entry.role,
        state=row.state,
        flagged=row.flagged,
        purged=given is None,
        question=str(texts.get("question", "")),
        history=tuple(texts.get("history", ())),
        as_of=str(texts.get("as_of", "")),
        network=str(texts.get("network", "")),
        answer=given,
        quotes=tuple(standing(each, documents) for each in given.citations) if given else (),
        retrieved=_retrieved(first, given.citations if given else ()),
        facts=first.facts,
        hash=first.entry.hash,
        said=said,
        served_from=origin if origin != number else 0,
        in_force=in_force or 0,
        proposal=proposals[-1] if row.state == "pending" and proposals else None,
        seen=last_of(entries),
    )


def _said(each: Filed) -> Said:
    entry = each.entry
    return Said(entry.number, entry.at, entry.user, entry.role, entry.kind, entry.about, each.facts, each.body)


def _retrieved(first: Filed, citations: Sequence[Citation]) -> tuple[Retrieved, ...]:
    found = []
    for each in first.body.get("retrieved", ()):
        spans = tuple(Span(*span) for span in each["spans"])
        used = any(_touches(citation, each["source_id"], spans) for citation in citations)
        known = {name: each[name] for name in Retrieved._fields if name in each}
        found.append(Retrieved(**{**known, "spans": spans, "used": used}))
    return tuple(found)


def _touches(citation: Citation, source_id: str, spans: Sequence[Span]) -> bool:
    return citation.source_id == source_id and any(
        citation.start < span.end and span.start < citation.end for span in spans
    )
