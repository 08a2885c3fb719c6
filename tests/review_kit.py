"""What the tests of feedback and review share: real answers on record, and documents that have changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from assistant.answering import Asked, Given
from assistant.engine import Assistant
from assistant.models import Answer, Passage, Source
from assistant.record.approvals import Basis, known_of
from assistant.record.case import CaseFile, case
from assistant.record.correcting import Correction, Picked
from assistant.record.decisions import Desk, Seen
from assistant.record.journal import Record
from assistant.record.recorder import Recorder
from assistant.record.standing import Documents
from assistant.rights import Person
from assistant.settings import Settings
from tests import core_kit
from tests.record_kit import ASKER, JURIST

QUESTION = "Må jeg springe den forberedende del af rehabiliteringsplanen over?"
ENGLISH = "May I skip the rehab plan's preparatory part?"
SILENT = "Hvor mange ansatte har Beskæftigelsesministeriet?"
LETTER = "2017-02-01_tilsagnsbrev"
REFUSED = "Der gives <i>ikke</i> fritagelse for den forberedende del af rehabiliteringsplanen"
Ask = Callable[..., Answer]
OPENED: list[Assistant] = []  # the last one is what the pages of the tests open


class Changed:
    """The documents after somebody has put other words in one of them; without `words` the document is gone."""

    def __init__(self, documents: Documents, source_id: str, words: tuple[str, str] | None = None) -> None:
        self._documents, self._source_id, self._words = documents, source_id, words

    @property
    def sources(self) -> Mapping[str, Source]:
        known = self._documents.sources
        return known if self._words else {name: known[name] for name in known if name != self._source_id}

    @property
    def passages(self) -> Mapping[str, Passage]:
        moved = {name: self._moved(passage) for name, passage in self._documents.passages.items()}
        return {name: passage for name, passage in moved.items() if passage.source_id in self.sources}

    def _moved(self, passage: Passage) -> Passage:
        if not self._words or passage.source_id != self._source_id:
            return passage
        old, new = self._words
        place = self._documents.source_text(self._source_id).index(old)
        shift = len(new) - len(old)
        spans = [
            span._replace(start=span.start + shift * (span.start > place), end=span.end + shift * (span.end > place))
            for span in passage.spans
        ]
        return replace(passage, spans=tuple(spans))

    def source_text(self, source_id: str) -> str:
        text = self._documents.source_text(source_id)
        return text.replace(*self._words, 1) if self._words and source_id == self._source_id else text


@contextmanager
def recording(settings: Settings) -> Iterator[Assistant]:
    """The shared assistant over the real corpus, with the record of the settings."""
    plain, recorder = core_kit.assistant(), Recorder(settings)
    kept = settings.model_copy(update={"index": plain.settings.index})
    yield Assistant(plain.store, plain.embedder, plain.lexicon, kept, recorder)
    recorder.close()


class _Catcher(Recorder):
    """Takes the place of a recorder, and keeps what it is given."""

    def __init__(self) -> None:
        super().__init__(core_kit.indexed())
        self.caught: list[tuple[Given, Asked, Basis]] = []

    def approved(self, given: Given, asked: Asked, reading: str) -> tuple[Given, Basis]:
        return given, Basis(known_of(given, asked, reading))

    def keep(self, given: Given, asked: Asked, by: Person, basis: Basis) -> Answer:
        self.caught.append((given, asked, basis))
        return given.answer


@cache
def _given(question: str, history: tuple[str, ...]) -> tuple[Given, Asked, Basis]:
    """What the real assistant answers, and from what; made once, since only the record differs between the tests."""
    plain, catcher = core_kit.assistant(), _Catcher()
    Assistant(plain.store, plain.embedder, plain.lexicon, plain.settings, catcher).ask(question, history)
    return catcher.caught[-1]


@pytest.fixture
def ask(record_settings: Settings) -> Iterator[Ask]:
    """Puts the real assistant's answer to a question on record, as the assistant does."""
    recorder = Recorder(record_settings)

    def asked(question: str, by: Person = ASKER, history: Sequence[str] = ()) -> Answer:
        given, about, basis = _given(question, tuple(history))
        return recorder.keep(given, about, by, basis)

    yield asked
    recorder.close()


def desk(record: Record, documents: Documents | None = None, *, second: bool = False) -> Desk:
    """Where decisions are taken, over the real documents unless others are given."""
    store = core_kit.assistant().store
    return Desk(record, documents or store, store.manifest.corpus_version, second)


def opened(record: Record, number: int, by: Person = JURIST, documents: Documents | None = None) -> CaseFile:
    """The case as a jurist opens it."""
    return case(record, by, number, documents or core_kit.assistant().store)


def seen(record: Record, number: int) -> Seen:
    """The case as it is at this moment."""
    return Seen(number, opened(record, number).seen)


def correction(**given: Any) -> Correction:
    """A correction that holds."""
    held = Correction("nej", "Nej. Den forberedende del skal udarbejdes [1].", (Picked(1, LETTER, REFUSED),))
    return held._replace(**given)
