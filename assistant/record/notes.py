"""Journal notes of recorded answers: one's own, and for who reviews them anybody's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assistant.answer_json import answer_from_json
from assistant.errors import RecordError
from assistant.note import NoteOf, note_docx, note_pdf
from assistant.record.filed import Filed
from assistant.record.journal import Record
from assistant.rights import Person, may, require

FORMS = {".docx": note_docx, ".pdf": note_pdf}


def note_of(record: Record, by: Person, number: int) -> NoteOf:
    """What the note of an answer is made from: the answer as it was given.

    Raises RecordError where there is no such answer, it is somebody else's, or its text has been deleted.
    """
    require(by, "own")
    answer, *later = record.about(number) or (record.filed(number),)
    if answer.entry.kind != "answer":
        raise RecordError(f"Post {number} er ikke et svar. Journalnotater laves af svar.")
    if answer.entry.user != by.user and not may(by, "review"):
        raise RecordError(
            f"Svar {number} er givet til en anden. Det er kun en jurist, der kan lave notat af andres svar."
        )
    if not answer.body:
        raise RecordError(f"Teksten til svar {number} er slettet, fordi dens opbevaringstid er udløbet.")
    at = datetime.fromisoformat(answer.entry.at)
    given = answer_from_json(answer.body["answer"])
    approved = given.approved or _approved(later)
    return NoteOf(given, number, answer.entry.hash, at, answer.entry.user, approved)


def _approved(later: list[Filed]) -> str:
    """When a jurist approved the answer as it stands; "" when it was corrected, rejected or reopened since."""
    last = next((each for each in reversed(later) if each.entry.kind in ("decision", "suspension")), None)
    stands = last is not None and last.entry.kind == "decision" and last.facts["state"] == "approved"
    return last.entry.at if last and stands else ""


def write_note(record: Record, by: Person, number: int, path: Path) -> None:
    """The note of an answer as a file, in the form that its ending names. Raises RecordError."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise RecordError(f"{path.name} kan ikke skrives: endelsen skal være en af {', '.join(FORMS)}.")
    content = form(note_of(record, by, number))
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise RecordError(f"{path} kan ikke skrives: {exc.strerror}. Vælg en anden fil.") from exc
