"""A follow-up that the engine could not place, as a question of its own, in words of the conversation only."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.hostile import find
from assistant.language import OPENERS
from assistant.words import Token, commonness, tokens
from assistant.writer.calling import Caller, Fault, Use
from assistant.writer.prompting import rewrite_messages

_LONGEST = 400
_EVERYDAY = 5.5  # Zipf: the words that hold a sentence together, which a rewriting may bring along
# What turns a question round; the rewriting has as many as the question itself has (folded).
_TURNING = frozenset("ikke ingen aldrig uden undtagen kun medmindre not no never without except only unless".split())


def standalone(question: str, history: Sequence[str], language: str, caller: Caller) -> str:
    """The follow-up in full, or "" when the model fails or writes what the conversation does not hold."""
    if not history:
        return ""
    try:
        written = "".join(caller.stream(rewrite_messages(question, history, language), Use()))
    except Fault:
        return ""
    lines = [line.strip(" \"'»«“”") for line in written.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and is_faithful(lines[0], question, history, language) else ""


def is_faithful(written: str, question: str, history: Sequence[str], language: str) -> bool:
    """Whether a rewriting is a question that keeps the follow-up's figures and negations and adds no word."""
    if len(written) > _LONGEST or not written.endswith("?") or find(written):
        return False
    mine, asked = tokens(written), tokens(question)
    known = {token.stem for turn in (*history, question) for token in tokens(turn)}
    new = [token for token in mine if token.stem not in known and not _binds(token, language)]
    numbers = {token.word for token in asked if token.word[0].isdigit()}
    kept = numbers <= {token.word for token in mine}
    return not new and kept and _turns(mine) == _turns(asked)


def _binds(token: Token, language: str) -> bool:
    return token.word not in _TURNING and (
        token.word in OPENERS or (token.word.isalpha() and commonness(token.word, language) >= _EVERYDAY)
    )


def _turns(found: Sequence[Token]) -> int:
    return sum(token.word in _TURNING for token in found)
