"""What the pages of the course know: the modules bound to the documents of now, and how far the learner has come."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from assistant.errors import AssistantError, LearningError, RecordError
from assistant.learning.modules.binding import BoundModule, bind
from assistant.learning.modules.module import FOLDER, read
from assistant.learning.modules.noted import Noted, load_noted
from assistant.learning.quiz import progress
from assistant.learning.quiz.progress import Asked, Progress
from assistant.rights import Person
from assistant.settings import Settings
from assistant.store import Store
from assistant.ui import login, session
from assistant.ui.workplace import Recording

if TYPE_CHECKING:
    from sqlalchemy import Engine

ANSWERS = "quiz-answers"  # what was answered where nothing is kept
_MODULE, _READ, _LAST, _SAVED = "modul", "course-read", "course-last", "course-saved"
_MOST_KNOWN = 4
_Files = tuple[tuple[str, int], ...]
_State = tuple[str, str, str, _Files]


class Course(NamedTuple):
    """The bound modules in order, and a sentence for each file that cannot be used."""

    modules: tuple[BoundModule, ...]
    faults: tuple[str, ...]

    def find(self, module_id: str) -> BoundModule | None:
        """The module of that id."""
        return next((each for each in self.modules if each.module.id == module_id), None)


class Way(NamedTuple):
    """How far the learner is with each module, where they were last ("" for nowhere), and what keeps this from lasting:
    "" where it is kept, else why it is not."""

    progress: Mapping[str, Progress]
    last: str
    problem: str = ""


def course(store: Store, settings: Settings) -> Course:
    """The modules of the corpus, bound to the documents of the store; worked out once for each state of either."""
    state = (store.manifest.corpus_version, str(settings.corpus), settings.network, stamp(settings.corpus))
    known = _known()
    found = known.get(state)
    if found is None:
        while len(known) >= _MOST_KNOWN:
            known.pop(next(iter(known)), None)
        known[state] = found = _bound(store, settings)
    return found


@st.cache_resource(show_spinner=False)
def _known() -> dict[_State, Course]:
    """The courses that this server has worked out."""
    return {}


def _bound(store: Store, settings: Settings) -> Course:
    loaded = read(settings.corpus)
    faults = list(loaded.faults)
    try:
        noted = load_noted(settings.corpus)
    except LearningError as exc:
        noted = Noted()
        faults.append(str(exc))
    return Course(bind(loaded.modules, store, noted, settings.network), tuple(faults))


def stamp(corpus: Path) -> _Files:
    """Which files the modules lie in, and when each was last written."""
    files = (path for path in (corpus / FOLDER).glob("*") if path.is_file())
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in files))


def way(asked: Asked, person: Person) -> Way:
    """How far the person is with the modules that ask these questions: as the database has it, else as this visit has
    it, with what keeps it from lasting."""
    try:
        kept_in = database()
        if kept_in is not None:
            found = progress.progress_of(kept_in, person, asked)
            return Way(found, progress.learner(kept_in, person).module)
        problem = ""
    except RecordError as exc:
        problem = str(exc)
    read_here: set[str] = st.session_state.get(_READ, set())
    right: Mapping[str, bool] = st.session_state.get(ANSWERS, {})
    here = {name: progress.progress(name in read_here, keys, right) for name, keys in asked.items()}
    return Way(here, st.session_state.get(_LAST, ""), problem)


def opened() -> str:
    """The module that the address names; "" for none."""
    return st.query_params.get(_MODULE, "")


def open_module(module_id: str) -> None:
    """Show a module from its beginning; "" for the list of all."""
    session.close_source()
    if module_id:
        st.query_params[_MODULE] = module_id
    else:
        st.query_params.pop(_MODULE, None)


def be_at(module_id: str, person: Person) -> str:
    """Remember that the person is at a module, once for each time it is opened; "" when done, else why not."""
    mark = (person.user, module_id)
    if st.session_state.get(_SAVED) == mark:
        return ""
    st.session_state[_SAVED] = mark
    st.session_state[_LAST] = module_id
    try:
        kept_in = database()
        if kept_in is not None:
            progress.be_at(kept_in, person, module_id)
    except AssistantError as exc:
        return str(exc)
    return ""


def have_read(module_id: str, following: str) -> None:
    """Note that the one who is at the page has read a module, and open the following one ("" for the list)."""
    st.session_state.setdefault(_READ, set()).add(module_id)
    try:
        kept_in = database()
        if kept_in is not None:
            progress.have_read(kept_in, login.acting(), module_id)
    except AssistantError as exc:
        st.session_state["course-problem"] = str(exc)
        return
    open_module(following)


def forget() -> None:
    """Forget what this visit knows of the learner."""
    for name in (_READ, _LAST, _SAVED, ANSWERS):
        st.session_state.pop(name, None)


def problem() -> str:
    """Why the last deed was not done; told once."""
    return str(st.session_state.pop("course-problem", ""))


def database() -> Engine | None:
    """The database that progress is kept in; None where nothing is recorded. Raises RecordError."""
    engine = session.shared().engine.opened()
    if not isinstance(engine, Recording) or engine.recorder is None:
        return None
    return engine.recorder.record().engine
