"""What a jurist decides about a case: approve, correct, reject; and the second pair of eyes where one is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from assistant.answer_json import answer_from_json, to_json
from assistant.errors import ReviewError
from assistant.models import Answer
from assistant.record.chain import Entry
from assistant.record.correcting import Correction, corrected, standing_answer
from assistant.record.database import writing
from assistant.record.filed import Filed
from assistant.record.gate import passed
from assistant.record.journal import Record, appended
from assistant.record.projecting import origin_of
from assistant.record.standing import Documents
from assistant.record.thread import last_of, texts_of, thread
from assistant.rights import Person, require

Outcome = Literal["approve", "correct", "reject", "send_back"]
_COPIED = ("question", "history", "as_of", "network", "signature", "vector")
_STATES: Mapping[Outcome, str] = {
    "approve": "approved",
    "correct": "corrected",
    "reject": "rejected",
    "send_back": "reopened",
}


class Seen(NamedTuple):
    """The case as its reader had it before them: its number, and that of the last entry about it."""

    number: int
    last: int


class Desk(NamedTuple):
    """What decisions are taken with: the record, the documents as they are now and their version, and whether an
    answer needs a second pair of eyes before it is served."""

    record: Record
    documents: Documents
    corpus_version: str
    second_reviewer: bool = False


def approve(desk: Desk, by: Person, seen: Seen, reason: str = "") -> Entry:
    """The answer holds as it is, and is served from now on (or once another jurist has confirmed it).

    Raises NotAllowed, RecordError, or ReviewError where a quote no longer stands or the case has changed meanwhile.
    """
    require(by, "decide")
    return _decide(desk, by, seen, "approve", reason, None)


def correct(desk: Desk, by: Person, seen: Seen, correction: Correction, reason: str = "") -> Entry:
    """The jurist's own answer is served from now on (or once another jurist has confirmed it).

    Raises NotAllowed, RecordError, or ReviewError saying what of it does not hold.
    """
    require(by, "decide")
    return _decide(desk, by, seen, "correct", reason, correction)


def reject(desk: Desk, by: Person, seen: Seen, reason: str) -> Entry:
    """The answer must not be used, for a reason that the asker is shown; what was approved before is served no more.

    Raises NotAllowed, RecordError or ReviewError.
    """
    require(by, "decide")
    _reasoned(reason, "afviser")
    return _decide(desk, by, seen, "reject", reason, None)


def confirm(desk: Desk, by: Person, seen: Seen, reason: str = "") -> Entry:
    """The second pair of eyes agrees: the proposed answer is served from now on.

    Raises NotAllowed, RecordError, or ReviewError: for the one who proposed it, and where a quote no longer stands.
    """
    require(by, "decide")
    said = passed(reason)
    with writing(desk.record.engine) as connection:
        entries = _unchanged(connection, seen)
        proposal = _proposed(entries, by)
        outcome: Outcome = proposal.facts["outcome"]
        answer = standing_answer(answer_from_json(proposal.body["answer"]), desk.documents)
        body = {**proposal.body, "answer": to_json(answer), "reason": said.text or proposal.body.get("reason", "")}
        return appended(
            connection, by, "decision", _facts(desk, outcome, in_force=True, second=True), body, seen.number
        )


def send_back(desk: Desk, by: Person, seen: Seen, reason: str) -> Entry:
    """The second pair of eyes does not agree: the case is in the queue again. Raises as `confirm` does."""
    require(by, "decide")
    _reasoned(reason, "sender sagen tilbage")
    said = passed(reason)
    with writing(desk.record.engine) as connection:
        entries = _unchanged(connection, seen)
        _proposed(entries, by)
        facts = _facts(desk, "send_back", in_force=False, second=True)
        return appended(connection, by, "decision", facts, _body(texts_of(entries), None, said.text), seen.number)


def comment(record: Record, by: Person, number: int, text: str) -> Entry:
    """Put a remark on the case, with personal data masked; its asker can read it.

    Raises NotAllowed, RecordError, or ReviewError for an empty text or an unknown case.
    """
    require(by, "review")
    said = passed(text)
    if not said.text:
        raise ReviewError("Kommentaren er tom. Skriv den, før du gemmer.")
    with writing(record.engine) as connection:
        thread(connection, number)
        return appended(connection, by, "comment", {}, {"text": said.text}, number)


def _decide(desk: Desk, by: Person, seen: Seen, outcome: Outcome, reason: str, correction: Correction | None) -> Entry:
    said = passed(reason)
    with writing(desk.record.engine) as connection:
        texts = texts_of(_unchanged(connection, seen))
        _own_case(connection, seen.number)
        if not texts:
            raise ReviewError(f"Teksterne i sag {seen.number} er slettet efter fristen, så den kan ikke afgøres mere.")
        given = answer_from_json(texts["answer"])
        answer = _answer(desk, given, outcome, correction)
        pending = desk.second_reviewer and answer is not None
        facts = _facts(desk, outcome, in_force=answer is not None and not pending, second=False)
        facts |= {"state": "pending"} if pending else {}
        return appended(connection, by, "decision", facts, _body(texts, answer, said.text), seen.number)


def _answer(desk: Desk, given: Answer, outcome: Outcome, correction: Correction | None) -> Answer | None:
    """The answer to serve; None where none is."""
    if correction is not None:
        return corrected(given, correction, desk.documents, desk.corpus_version)
    return standing_answer(given, desk.documents) if outcome == "approve" else None


def _facts(desk: Desk, outcome: Outcome, *, in_force: bool, second: bool) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "state": _STATES[outcome],
        "in_force": in_force,
        "second": second,
        "corpus_version": desk.corpus_version,
    }


def _body(texts: Mapping[str, Any], answer: Answer | None, reason: str) -> dict[str, Any]:
    copied = {name: texts[name] for name in _COPIED if name in texts}
    return {**copied, "answer": to_json(answer) if answer else {}, "reason": reason}


def _unchanged(connection: Connection, seen: Seen) -> list[Filed]:
    """The case's entries, if the last of them is the one that was seen."""
    entries = list(thread(connection, seen.number))
    if last_of(entries) != seen.last:
        raise ReviewError(
            f"Sag {seen.number} er ændret, siden du åbnede den. Læs det nye, og afgør den igen; intet er gemt."
        )
    return entries


def _own_case(connection: Connection, number: int) -> None:
    origin = origin_of(connection, number)
    if origin != number:
        raise ReviewError(f"Svaret kom fra den godkendte sag {origin}. Afgør den; så gælder det også her.")


def _proposed(entries: list[Filed], by: Person) -> Filed:
    """The decision that waits for a second pair of eyes, if `by` may be it."""
    decisions = [each for each in entries if each.entry.kind in ("decision", "suspension")]
    last = decisions[-1] if decisions else None
    if last is None or last.facts.get("state") != "pending":
        raise ReviewError("Sagen venter ikke på en anden jurist. Åbn den igen, og se, hvad der er afgjort.")
    if last.entry.user == by.user:
        raise ReviewError(
            "Du har selv foreslået afgørelsen. En anden jurist skal bekræfte den eller sende den tilbage."
        )
    if not last.body:
        raise ReviewError("Forslagets tekster er slettet efter fristen, så det kan ikke bekræftes mere.")
    return last


def _reasoned(reason: str, deed: str) -> None:
    if not reason.strip():
        raise ReviewError(f"Skriv en begrundelse, når du {deed}: den, der spurgte, skal kunne forstå det.")
