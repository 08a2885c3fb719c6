"""Replies: what "ja" and "nej" say of the question that they answer, or of the column that they stand in."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.effects import read_table
from assistant.frames import Cue, compile_cues
from assistant.lexicon import Lexicon
from assistant.question import understand

_NO_GLOSSARY = Lexicon({}, {}, {}, {})


class Replies(NamedTuple):
    """The compiled tables of tables/effects.toml on replies; the name of a status is its two effects."""

    words: tuple[Cue, ...]
    numbering: tuple[Cue, ...]
    status: tuple[Cue, ...]


@lru_cache(maxsize=1)
def replies() -> Replies:
    """The compiled tables."""
    table = read_table()
    status = [{**row, "name": f"{row['yes']} {row['no']}"} for row in table["status"]]
    return Replies(compile_cues(table["answered"]), compile_cues(table["numbering"]), compile_cues(status))


def asks(text: str) -> bool:
    """Whether a sentence is a question."""
    return text.rstrip('"”’»«)*_ ').endswith("?")


def reply_in(text: str) -> str:
    """ "ja" or "nej" where a text begins with such a reply, else ""."""
    lower = text.lower()
    return next((cue.name for cue in replies().words if cue.pattern.search(lower)), "")


def is_bare_reply(text: str) -> bool:
    """Whether a text is such a reply and no more ("Svar: Nej.")."""
    lower = text.lower()
    return any(
        (match := cue.pattern.match(lower)) and not lower[match.end() :].strip(" .,:;!") for cue in replies().words
    )


def effect_of_reply(asked: str, reply: str) -> str:
    """The effect of "ja" or "nej" to a question or under a column's heading; "" where that is not clear."""
    pair = _of_a_question(asked) if asks(asked) else _of_a_status(asked)
    return (pair[0] if reply == "ja" else pair[1]) if pair and reply else ""


@lru_cache(maxsize=1000)
def _of_a_question(asked: str) -> tuple[str, str] | None:
    lower = asked.lower()
    label = max((match.end() for cue in replies().numbering if (match := cue.pattern.match(lower))), default=0)
    question = understand(asked[label:], "da", _NO_GLOSSARY)
    if not question.deontic:
        return None
    mode = "must" if question.mode == "must" else "may"
    pair = read_table()["reply"].get(f"{question.act}.{mode}")
    return (pair[0], pair[1]) if pair else None


def _of_a_status(heading: str) -> tuple[str, str] | None:
    lower = heading.lower()
    found = next((cue.name for cue in replies().status if cue.pattern.search(lower)), "")
    yes, _, no = found.partition(" ")
    return (yes, no) if found else None
