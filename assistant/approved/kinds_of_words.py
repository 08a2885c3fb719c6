"""What kind of word a word is, where that decides whether it may stand for another one."""

from __future__ import annotations

from functools import lru_cache

from assistant.guard.knowledge import contrasts
from assistant.kinds import is_finite, is_verb_form
from assistant.words import fold

_PERSONS = ("age", "kin", "party", "body", "ministry")


def is_infinitive(word: str) -> bool:
    """Whether a spelt Danish word is an infinitive ("udelade"), and no noun or finite verb."""
    return is_verb_form(word) and not is_finite(fold(word))


def is_shown(word: str) -> bool:
    """Whether a spelt Danish word is a verb that shows its time ("starter", "startede")."""
    return is_finite(fold(word))


def is_past(word: str) -> bool:
    """Whether such a verb is in the past."""
    return is_shown(word) and word.endswith(("ede", "te"))


@lru_cache(maxsize=20_000)
def members(word: str) -> dict[str, str]:
    """Of which classes of things that exclude each other a word is one, and which one it is."""
    lower = word.replace("oe", "ø").replace("ae", "æ").replace("aa", "å")
    return {
        contrast.name: member.kind
        for contrast in contrasts()
        for member in contrast.members
        if member.pattern.fullmatch(word) or member.pattern.fullmatch(lower)
    }


def exclude(one: str, other: str) -> bool:
    """Whether two words name things that exclude each other ("barnet", "den unge")."""
    mine, others = members(one), members(other)
    return any(mine[name] != others[name] for name in mine.keys() & others.keys())


def contrast(one: str, other: str) -> bool:
    """Whether two words are of one kind, so that the one may be said against the other ("gennemføre", "udarbejde")."""
    return is_verb_form(one) == is_verb_form(other) and is_person(one) == is_person(other)


def is_person(word: str) -> bool:
    """Whether a word names a person or a body that acts."""
    return any(name in _PERSONS for name in members(word))
