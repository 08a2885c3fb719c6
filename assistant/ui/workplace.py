"""What feedback and review are done with, from the assistant that all pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import streamlit as st

from assistant.errors import AssistantError, RecordError
from assistant.models import Hit
from assistant.record.decisions import Desk
from assistant.record.journal import Record
from assistant.record.known import FILE
from assistant.record.recorder import Recorder
from assistant.rights import Person
from assistant.settings import Settings
from assistant.store import Store
from assistant.ui import login, session
from assistant.ui.cards import failure_html
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

_TOLD = "told"  # what the last deed came to


@runtime_checkable
class Recording(Protocol):
    """What an assistant with a record has beside what the chat needs of it."""

    @property
    def recorder(self) -> Recorder | None: ...
    @property
    def store(self) -> Store: ...
    @property
    def settings(self) -> Settings: ...
    def renew(self) -> None: ...
    def search(self, query: str, k: int = 10) -> Sequence[Hit]: ...


class Workplace(NamedTuple):
    """The desk that decisions are taken at, the search in the documents, and the file of known answers."""

    desk: Desk
    search: Callable[[str], Sequence[Hit]]
    known: Path

    @property
    def record(self) -> Record:
        return self.desk.record


class Told(NamedTuple):
    """What a deed came to: a text for its reader, and whether it was done."""

    text: str
    done: bool


def workplace(engine: object) -> Workplace | None:
    """The workplace over an opened assistant; None where nothing is recorded. Raises RecordError."""
    if not isinstance(engine, Recording) or engine.recorder is None:
        return None
    engine.renew()  # what is decided is held against the documents as they are now
    settings, store = engine.settings, engine.store
    version = str(store.manifest.corpus_version)
    return Workplace(
        Desk(engine.recorder.record(), store, version, settings.second_reviewer), engine.search, settings.data / FILE
    )


def here() -> Workplace:
    """The workplace of this server, once its assistant is open. Raises RecordError."""
    found = workplace(session.shared().engine.opened())
    if found is None:
        raise RecordError("Journalen er slået fra (ASSISTANT_RECORD=off), så intet kan gemmes.")
    return found


def attempt(deed: Callable[[Person, Workplace], object]) -> str:
    """Do something as the one who is at the page now; "" when it was done, else why not."""
    try:
        deed(login.acting(), here())
    except AssistantError as exc:
        return str(exc)
    return ""


def do(deed: Callable[[Person, Workplace], str], place: str) -> bool:
    """Do something that gives the words to tell of it; they, or why it was not done, are told at `place` by the run
    that follows. Whether it was done."""
    said: list[str] = []
    refused = attempt(lambda by, at: said.append(deed(by, at)))
    st.session_state[f"{_TOLD}-{place}"] = Told(refused or said[0], done=not refused)
    return not refused


def note(text: str, place: str) -> None:
    """Have a text told at `place` by the run that follows."""
    st.session_state[f"{_TOLD}-{place}"] = Told(text, done=True)


def tell(place: str, words: Wording) -> None:
    """Show once what the last deed at `place` came to."""
    told: Told | None = st.session_state.pop(f"{_TOLD}-{place}", None)
    if told is None:
        return
    if told.done:
        st.html(done_html(told.text))
    else:
        st.html(failure_html(words["not_done"], told.text))


def nothing_recorded(words: Wording) -> None:
    """Say that this installation keeps no record."""
    st.html(f'<p class="fa-note" role="status">{escape(words["record_off"])}</p>')


def done_html(text: str) -> str:
    """A calm note that something was done."""
    return f'<p class="fa-note fa-done" role="status">{escape(text)}</p>'
