"""What quizzes are drawn from: the questions of every module, where answers are kept, and where a quote stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from assistant.learning.quiz import asking
from assistant.learning.quiz.question import Question, Quote
from assistant.library import Library
from assistant.models import Citation, Span
from assistant.record import approvals
from assistant.record.standing import passage_at, placed
from assistant.store import Store
from assistant.ui import course_state
from assistant.ui.course_state import Course
from assistant.ui.library import reading
from assistant.ui.workplace import Recording

if TYPE_CHECKING:
    from assistant.record.journal import Record

_PLACE = "sted"


# What the questions are made of: documents, network, the files of the modules, and the approvals in force.
State = tuple[str, str, tuple[tuple[str, int], ...], tuple[int, int]]


class Quizzes(NamedTuple):
    """The questions of each module, by the module's id, the modules in order, and the state they were made from."""

    course: Course
    questions: Mapping[str, tuple[Question, ...]]
    state: State

    @property
    def corpus_version(self) -> str:
        """The version of the documents."""
        return self.state[0]

    @property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the questions that each module asks."""
        return {module: tuple(each.key for each in questions) for module, questions in self.questions.items()}

    def find(self, key: str) -> tuple[str, Question] | None:
        """The module that asks the question with this key, and the question; None for one that is asked no more."""
        for module, questions in self.questions.items():
            for each in questions:
                if each.key == key:
                    return module, each
        return None


def quizzes(engine: object) -> Quizzes | None:
    """The questions over an opened assistant, as its documents are now; None where it has no documents to read.

    Raises RecordError where the record cannot be read.
    """
    at = reading(engine)
    if at is None:
        return None
    library = at.library()
    store, settings = library.store, at.settings
    course = course_state.course(store, settings)
    record = _record(engine)
    state = (
        store.manifest.corpus_version,
        settings.network,
        course_state.stamp(settings.corpus),
        approvals.stamp(record) if record else (0, 0),
    )
    return _made(state, course, store, record)


@st.cache_resource(show_spinner=False, max_entries=4)
def _made(state: State, _course: Course, _store: Store, _record: Record | None) -> Quizzes:
    approved = approvals.in_force(_record, _store) if _record is not None else ()
    return Quizzes(_course, asking.quizzes(_course.modules, _store, state[1], approved), state)


def _record(engine: object) -> Record | None:
    if not isinstance(engine, Recording) or engine.recorder is None:
        return None
    return engine.recorder.record()


def name_of(quote: Quote) -> str:
    """What the address calls the place of a quote."""
    return f"{_PLACE}-{quote.start}-{quote.end}-{quote.source_id}"


def citation(name: str, library: Library) -> Citation | None:
    """The place that the address calls so; None for a name of something else, or of a place that is not there."""
    kind, *rest = name.split("-", 3)
    if kind != _PLACE or len(rest) != 3 or not all(part.isdecimal() and len(part) < 9 for part in rest[:2]):
        return None
    start, end, source = int(rest[0]), int(rest[1]), library.sources.get(rest[2])
    if source is None or not 0 <= start < end <= len(library.store.source_text(source.id)):
        return None
    words = library.store.source_text(source.id)[start:end]
    plain = Citation(
        n=0,
        source_id=source.id,
        title=source.title,
        kind=source.kind,
        date=source.date,
        network=source.network,
        section="",
        page=None,
        provisions=(),
        quote=words,
        start=start,
        end=end,
        passage=words,
    )
    passage = passage_at(source.id, Span(start, end), library.store)
    return placed(plain, passage, library.store) if passage else plain
