"""A quiz question as a value: what is asked, the options with the one that is right, and the quotes that prove it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

from assistant.learning.modules.module import Both

Kind = Literal["verdict", "condition", "document", "claim"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_KEY = 16
NOTHING = Both("", "")


class Quote(NamedTuple):
    """Words of a document at their place: `words` equals the source's text from `start` to `end`."""

    source_id: str
    start: int
    end: int
    words: str


class Option(NamedTuple):
    """One of the answers to choose among."""

    text: Both
    right: bool


class Question(NamedTuple):
    """One question with exactly one right option. `shown` are words of a document that it is about, "" for none.

    `why` says why the right option is right, in words beside the quotes; it may be empty.
    """

    key: str
    kind: Kind
    asked: Both
    shown: str
    options: tuple[Option, ...]
    proof: tuple[Quote, ...]
    why: Both = NOTHING

    @property
    def right(self) -> int:
        """The place of the right option."""
        return next(place for place, option in enumerate(self.options) if option.right)


def question(
    kind: Kind,
    asked: Both,
    options: Iterable[Option],
    proof: Sequence[Quote],
    shown: str = "",
    why: Both = NOTHING,
) -> Question:
    """The question under its key: it follows from the words alone, so that a quote that has only moved keeps its
    learners' answers. Verdicts stand in their usual order, other options in one that tells nothing of the right one."""
    given = tuple(options)
    right = next(option.text.da for option in given if option.right)
    said = "\x1f".join((kind, asked.da, shown, right, *(" ".join(quote.words.split()) for quote in proof)))
    key = _digest(said)
    if kind != "verdict":
        given = tuple(sorted(given, key=lambda option: _digest(key + option.text.da)))
    return Question(key, kind, asked, shown, given, tuple(proof), why)


def same_in_both(text: str) -> Both:
    """Words of a document: they stay in its own language."""
    return Both(text, text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]
