"""Yes-or-no questions about facts: what the question states, held against the figures of the best statement."""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.models import Verdict
from assistant.question import Question
from assistant.words import tokens

_NUMERALS = dict(
    zip("en et to tre fire fem seks syv otte ni ti elleve tolv".split(), (1, 1, *range(2, 13)), strict=True)
)
_NUMERALS |= dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_NEGATIONS = frozenset("ikke ingen aldrig hverken not no never".split())
_ALL_HELD = 0.9
_MOST_HELD = 0.55


def verdict_on(question: Question, best: Evidence) -> Verdict:
    """nej where the best statement gives another figure in the place of the question's, ja where it holds all of it."""
    if _denied(best.statement.text) and not _denied(question.text) and best.coverage >= _MOST_HELD:
        return "nej"
    stated, given = _figures(question.text), _figures(best.statement.text)
    if stated and given and not stated & given and best.coverage >= _MOST_HELD:
        return "nej"
    if best.own >= _ALL_HELD and stated <= given and not best.missing:
        return "ja"
    return "info"


def _denied(text: str) -> bool:
    return any(token.word in _NEGATIONS for token in tokens(text))


def _figures(text: str) -> frozenset[int]:
    """The numbers of a text, in figures or in words; "en" and "et" are articles and do not count."""
    words = [token.word for token in tokens(text)]
    return frozenset(
        int(word) if word.isdigit() else _NUMERALS[word]
        for word in words
        if word.isdigit() or (word in _NUMERALS and _NUMERALS[word] > 1)
    )
