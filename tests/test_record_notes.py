"""Journal notes of answers on record: whose, with which approval, and in which files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from assistant.engine import Assistant
from assistant.errors import RecordError
from assistant.record.journal import Record
from assistant.record.notes import note_of, write_note
from assistant.record.recorder import Recorder
from assistant.settings import Settings
from tests import core_kit
from tests.record_kit import ASKER, JURIST, OTHER_JURIST

MISSION = "Må jeg springe den forberedende del af rehabiliteringsplanen over?"
_APPROVED = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}


@pytest.fixture
def given(record: Record, record_settings: Settings) -> int:
    """The number of a real answer to anna."""
    plain = core_kit.assistant()
    recorder = Recorder(record_settings)
    asked = Assistant(plain.store, plain.embedder, plain.lexicon, plain.settings, recorder)
    number = asked.ask(MISSION, by=ASKER).record
    recorder.close()
    return number


def test_the_note_holds_the_answer_as_it_was_given_and_its_place_in_the_record(record: Record, given: int) -> None:
    made = note_of(record, ASKER, given)
    assert (made.number, made.hash, made.user) == (given, record.filed(given).entry.hash, "anna")
    assert (made.answer.verdict, made.approved) == ("nej", "")


def test_the_note_of_an_approved_answer_says_when_it_was_approved(record: Record, given: int) -> None:
    decision = record.append(JURIST, "decision", _APPROVED, {"question": MISSION}, given)
    assert note_of(record, ASKER, given).approved == decision.at
    record.append(JURIST, "decision", _APPROVED | {"outcome": "reject", "state": "rejected"}, {"reason": "…"}, given)
    assert note_of(record, ASKER, given).approved == ""


def test_only_the_asker_and_a_jurist_get_the_note(record: Record, given: int) -> None:
    assert note_of(record, OTHER_JURIST, given).number == given
    with pytest.raises(RecordError, match="en anden"):
        note_of(record, ASKER._replace(user="bo"), given)


def test_what_is_no_answer_has_no_note(record: Record, given: int) -> None:
    comment = record.append(JURIST, "comment", {}, {"text": "Set."}, given)
    with pytest.raises(RecordError, match="ikke et svar"):
        note_of(record, JURIST, comment.number)
    with pytest.raises(RecordError, match="ingen post 99"):
        note_of(record, JURIST, 99)


def test_the_note_is_written_as_word_and_as_pdf(record: Record, given: int, tmp_path: Path) -> None:
    write_note(record, ASKER, given, tmp_path / "notat.docx")
    write_note(record, ASKER, given, tmp_path / "notat.pdf")
    words = "\n".join(each.text for each in Document(str(tmp_path / "notat.docx")).paragraphs)
    pages = PdfReader(io.BytesIO((tmp_path / "notat.pdf").read_bytes())).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())
    quote = " ".join(note_of(record, ASKER, given).answer.citations[0].quote.split())
    assert quote[:60] in " ".join(words.split())
    assert quote[:60] in printed
    with pytest.raises(RecordError, match="endelsen"):
        write_note(record, ASKER, given, tmp_path / "notat.txt")
