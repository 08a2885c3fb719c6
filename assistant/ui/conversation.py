"""Conversations: what was asked and answered, kept on the server so that a reload loses nothing."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock

from assistant.models import Answer

MAX_CONVERSATIONS = 500
MAX_HISTORY = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a question has no answer: `text` is fit to show; `code` finds an unexpected error in the log.

    `unrecorded`: there is an answer, but it could not be recorded and was therefore not shown.
    """

    text: str = ""
    code: str = ""
    unrecorded: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer or failure; with neither it is still to be answered.

    `stopped`: the reader stopped the language model, and the answer is to be written without it.
    """

    question: str
    answer: Answer | None = None
    failure: Failure | None = None
    stopped: bool = False

    @property
    def pending(self) -> bool:
        return self.answer is None and self.failure is None


@dataclass(slots=True)
class Conversation:
    """The turns of `user`'s conversation, oldest first. `id` is unguessable: it is the link to the conversation.

    `thanked` holds what the page said to the feedback on an answer, by the answer's record number: it is given once.
    """

    id: str
    user: str
    turns: list[Turn] = field(default_factory=list)
    thanked: dict[int, str] = field(default_factory=dict)

    def ask(self, question: str) -> None:
        """Add a question, to be answered by the next run of the page."""
        self.turns.append(Turn(question))

    def settle(self, index: int, outcome: Answer | Failure) -> None:
        """Give turn `index` its answer or failure. A question with personal data is kept as the answer masked it."""
        if isinstance(outcome, Answer):
            masked = any(notice.code == "personal_data" for notice in outcome.notices)
            question = outcome.question if masked else self.turns[index].question
            self.turns[index] = Turn(question, answer=outcome)
        else:
            self.turns[index] = replace(self.turns[index], failure=outcome)

    def retry(self, index: int) -> None:
        """Make turn `index` pending again."""
        self.turns[index] = Turn(self.turns[index].question)

    def stop(self, index: int) -> None:
        """Let turn `index`, if it waits, be answered without a language model."""
        if self.turns[index].pending:
            self.turns[index] = replace(self.turns[index], stopped=True)

    def history(self, index: int) -> tuple[str, ...]:
        """The answered questions before turn `index`, oldest first, at most MAX_HISTORY."""
        return tuple(turn.question for turn in self.turns[:index] if turn.answer is not None)[-MAX_HISTORY:]


class Conversations:
    """All conversations of this server by id, in memory only; beyond `limit` the longest unused is dropped."""

    def __init__(self, limit: int = MAX_CONVERSATIONS) -> None:
        self._limit = limit
        self._known: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = Lock()

    def keep(self, conversation: Conversation) -> None:
        """Know `conversation` by its id from now on."""
        with self._lock:
            self._known[conversation.id] = conversation
            self._known.move_to_end(conversation.id)
            while len(self._known) > self._limit:
                self._known.popitem(last=False)

    def get(self, conversation_id: str, user: str) -> Conversation | None:
        """The user's conversation of that id, or None when it never was, has been dropped, or is another's."""
        with self._lock:
            found = self._known.get(conversation_id)
            if found is None or found.user != user:
                return None
            self._known.move_to_end(conversation_id)
            return found
