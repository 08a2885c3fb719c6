"""Portrait: words that only tell what kind of person a citizen is, or which office acts, and so name no topic.

"mand 36, hash og angst. Må vi ringe?" asks about ringing; "en skizofren mand" is a man. "Må vi betale for behandling
af angst?" asks about the illness: there no person is described by it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache

from assistant.frames import built
from assistant.words import TABLES, Token, fold, marked

# What a word of a portrait weighs against one that is asked about.
_TELLS = 0.15
# Who is to do it tells less than what is to be done.
_DOER = 0.5
# So many words stand between an adjective and its person at most ("en skizofren yngre mand").
_BEFORE = 2
_ENDS = ",;:.?!–"


class _Words:
    """The folded words of the table, read once."""

    def __init__(self) -> None:
        with (TABLES / "people.toml").open("rb") as file:
            read = tomllib.load(file)
        both = {part: _folded(f"{read[part]['da']} {read[part]['en']}") for part in ("child", "adult", "portrait")}
        self.people = both["child"] | both["adult"] | _folded(read["portrait"]["persons"])
        self.traits = both["portrait"]
        self.origins = _folded(read["portrait"]["origins"])
        self.links = _folded(read["portrait"]["links"])
        self.verbs = _folded(read["portrait"]["asks"])
        self.doers = _folded(read["doers"]["da"])


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


@lru_cache(maxsize=1)
def _table() -> _Words:
    return _Words()


def portrait_weights(text: str, words: Sequence[Token]) -> list[float]:
    """What each word's place lets it weigh: little where it describes a person, half where it names who acts."""
    table = _table()
    weights = [_DOER if word.word in table.doers else 1.0 for word in words]
    parts = _parts(text, words)
    asks = [any(words[place].word in table.verbs for place in part) for part in parts]
    polar = not built("wh", " ".join(word.word for word in words))
    for part, asking in zip(parts, asks, strict=True):
        alone = not asking and any(asks)
        for place in part:
            if words[place].word in table.origins:
                weights[place] = _TELLS
            if words[place].word in table.traits and (alone or (polar and _of_a_person(words, place, part))):
                weights[place] = _TELLS
    return weights


def _parts(text: str, words: Sequence[Token]) -> list[range]:
    """The words between two marks, in order."""
    starts = [0, *(at for at in range(1, len(words)) if marked(text, words, at, _ENDS))]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def _of_a_person(words: Sequence[Token], place: int, part: range) -> bool:
    """Whether a trait stands right before a person, or after one with nothing between but what links them."""
    table = _table()
    after = range(place + 1, min(part.stop, place + 1 + _BEFORE))
    if any(words[at].word in table.people for at in after):
        return True
    for at in range(place - 1, -1, -1):
        word = words[at].word
        if word in table.people:
            return True
        if not (word in table.links or word in table.traits or word.isdigit()):
            return False
    return False
