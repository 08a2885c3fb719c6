"""What lives between two runs of the page script: the assistant, the conversations, the language, what is open."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple, Protocol, cast

import streamlit as st

from assistant.errors import IndexStoreError
from assistant.legible import visible
from assistant.models import Answer, Language, Source
from assistant.rights import Person
from assistant.ui.conversation import Conversation, Conversations, Failure
from assistant.ui.wording import LANGUAGE_NAMES, LANGUAGES, Wording, wording

Progress = Callable[[str], None]
_CONVERSATION, _OPEN, _LANGUAGE = "samtale", "kilde", "sprog"
_SWITCH = "language-switch"
# In the address of the chat: a question to begin with, put in the field and sent by nobody but its reader.
PREFILL = "spoerg"
_FIELD = "question"
_LONGEST = 2000
_POLL_SECONDS = 0.1


class Event(Protocol):
    """One thing that happens while an answer is made (assistant/events.py)."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def answer(self) -> Answer | None: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...


class Engine(Protocol):
    """What the page needs of `assistant.Assistant`; a test may show the page with another one."""

    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def model_problem(self) -> str: ...
    def let_through(self, by: Person) -> None: ...
    def source_text(self, source_id: str) -> str: ...
    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        mode: str | None = None,
        by: Person | None = None,
        shown: bool = True,
    ) -> Iterator[Event]: ...


Opener = Callable[[Progress], Engine]


class Opened(NamedTuple):
    """The citation that is shown in its source: its turn in the conversation, and its number there."""

    turn: int
    n: int


@dataclass(slots=True)
class EngineSlot:
    """The one assistant of this server. It opens in a thread of its own, so that a click on the page in the
    meantime neither stops nor repeats the work."""

    lines: list[str] = field(default_factory=list)
    failure: Failure | None = None
    answerable: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    _future: Future[Engine] | None = None
    _lock: Lock = field(default_factory=Lock)

    def future(self, opener: Opener) -> Future[Engine]:
        """The opening that is under way or done; starts it if there is none."""
        with self._lock:
            if self._future is None:
                self.lines.clear()
                self.failure = None
                self.answerable.clear()
                pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="open-assistant")
                self._future = pool.submit(opener, self.lines.append)
                pool.shutdown(wait=False)
            return self._future

    def opened(self) -> Engine:
        """The assistant, once it is open."""
        if self._future is None:
            raise IndexStoreError("Assistenten er ikke åbnet endnu. Vent lidt, og prøv igen.")
        return self._future.result()

    def forget_failure(self) -> None:
        """Let the next call try again, if the last opening failed."""
        with self._lock:
            if self._future is not None and self._future.done() and self._future.exception() is not None:
                self._future = None


class Shared(NamedTuple):
    """What all visitors of this server share."""

    engine: EngineSlot
    conversations: Conversations


@dataclass(frozen=True, slots=True)
class Session:
    """What one run of the page script needs to draw the chat."""

    words: Wording
    person: Person
    conversation: Conversation
    forgotten: bool
    opened: Opened | None


@st.cache_resource(show_spinner=False)
def shared() -> Shared:
    """The server's one assistant and its conversations."""
    return Shared(EngineSlot(), Conversations())


def begin(person: Person) -> Session:
    """The chat as its address and the earlier clicks of `person` describe it."""
    conversation = cast(Conversation | None, st.session_state.get("conversation"))
    if conversation is None or conversation.user != person.user:
        shared().engine.forget_failure()
        wanted = st.query_params.get(_CONVERSATION, "")
        found = shared().conversations.get(wanted, person.user)
        st.session_state["forgotten"] = bool(wanted) and found is None
        st.session_state["conversation"] = conversation = found or _blank(person.user)
    if conversation.turns:
        _address(_CONVERSATION, conversation.id)  # another page leaves it behind
    return Session(words(), person, conversation, st.session_state["forgotten"], _opened(conversation))


def words() -> Wording:
    """The texts in the language of the page."""
    return wording(language())


def language() -> Language:
    """The language of the page: the switch's, which begins as the address says, else Danish."""
    if _SWITCH not in st.session_state:
        wanted = st.query_params.get(_LANGUAGE)
        st.session_state[_SWITCH] = wanted if wanted in LANGUAGES else "da"
    chosen = cast(Language, st.session_state[_SWITCH])
    if chosen != "da":
        _address(_LANGUAGE, chosen)
    return chosen


def language_switch(words: Wording) -> None:
    """The switch between Danish and English, kept in the address."""
    st.segmented_control(
        words["language"],
        LANGUAGES,
        key=_SWITCH,
        required=True,
        format_func=lambda code: LANGUAGE_NAMES[code],
        label_visibility="collapsed",
        on_change=_keep_language,
    )


def _keep_language() -> None:
    st.query_params[_LANGUAGE] = language()


def ask(question: str) -> None:
    """Put `question` last in the conversation; the run that follows answers it."""
    conversation = cast(Conversation, st.session_state["conversation"])
    shared().conversations.keep(conversation)
    st.query_params[_CONVERSATION] = conversation.id
    st.session_state["forgotten"] = False
    conversation.ask(question)


def prefill() -> bool:
    """Put the question that the address brings into the field, once; whether there was one. Nothing is asked by it."""
    if PREFILL not in st.query_params:
        return False
    brought = " ".join(visible(st.query_params.pop(PREFILL)).split())[:_LONGEST]
    if brought:
        st.session_state[_FIELD] = brought
    return bool(brought)


def retry(turn: int) -> None:
    """Answer the question of `turn` once more."""
    cast(Conversation, st.session_state["conversation"]).retry(turn)


def stop(turn: int) -> None:
    """Stop the language model; the run that follows answers `turn` without it."""
    cast(Conversation, st.session_state["conversation"]).stop(turn)


def reopen() -> None:
    """Try once more to open the assistant."""
    shared().engine.forget_failure()


def start_over() -> None:
    """Begin a new conversation; the old one keeps its link."""
    old = cast(Conversation, st.session_state["conversation"])
    st.session_state["conversation"] = _blank(old.user)
    st.session_state["forgotten"] = False
    st.query_params.pop(_CONVERSATION, None)
    close_source()


def open_source(opened: Opened) -> None:
    """Show a citation in its source."""
    st.query_params[_OPEN] = f"{opened.turn + 1}-{opened.n}"


def close_source() -> None:
    """Show no source."""
    st.query_params.pop(_OPEN, None)


def answerable(engine: Engine, questions: Sequence[str], spoken: Language) -> tuple[str, ...]:
    """The questions that the documents at hand answer; asked once for each language, and kept."""
    known = shared().engine.answerable
    if spoken not in known:
        known[spoken] = tuple(question for question in questions if _answered(engine, question))
    return known[spoken]


def _answered(engine: Engine, question: str) -> bool:
    events = engine.ask_stream(question, mode="extractive", shown=False)
    answers = [event.answer for event in events if event.answer is not None]
    return bool(answers) and answers[-1].verdict != "ikke_besvaret"


def wait_for(future: Future[Engine], show: Progress) -> None:
    """Return when `future` is done; the newest line of progress goes to `show`."""
    shown = 0
    while not future.done():
        lines = shared().engine.lines
        if len(lines) > shown:
            shown = len(lines)
            show(lines[-1])
        time.sleep(_POLL_SECONDS)
        st.session_state["waiting"] = shown  # touching the session state is where Streamlit may stop this run


def _blank(user: str) -> Conversation:
    return Conversation(secrets.token_urlsafe(12), user)


def _address(name: str, value: str) -> None:
    """Let the page's address say it; told to the browser only when it does not yet."""
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def _opened(conversation: Conversation) -> Opened | None:
    turn, _, n = st.query_params.get(_OPEN, "").partition("-")
    if not (turn.isdecimal() and n.isdecimal() and 0 < int(turn) <= len(conversation.turns)):
        return None
    return Opened(int(turn) - 1, int(n))
