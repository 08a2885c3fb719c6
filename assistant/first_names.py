"""First names: whom a question names ("Jytte bliver ør") says nothing of what it asks, however rare the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from assistant.places import places
from assistant.words import Token, everydayness, fold

# Names that people in Denmark bear, from the lists of these countries.
_LISTS = ("da_DK", "no_NO", "tr_TR", "pl_PL", "de_DE")
# A word as everyday as this begins a sentence as itself ("Hans plan ...", "Mai ...").
_EVERYDAY = 4.5
_OPENS = re.compile(r"(?:^|[.?!:])\W*$")
# Asked who somebody is, the name is what is asked.
_WHO = re.compile(r"\b(?:hvem|who)\b", re.IGNORECASE)


@cache
def _listed() -> frozenset[str]:
    found: set[str] = set()
    for name in _LISTS:
        provider = import_module(f"faker.providers.person.{name}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female"):
            found |= set(getattr(provider, attribute, ()))
    return frozenset(fold(name) for name in found)


def places_of_first_names(text: str, words: Sequence[Token]) -> frozenset[int]:
    """The places of first names that stand alone; a full name is somebody whom the documents may know."""
    if _WHO.search(text):
        return frozenset()
    capital = [text[word.start : word.end].istitle() for word in words]
    return frozenset(
        place
        for place, word in enumerate(words)
        if capital[place]
        and not (place + 1 < len(words) and capital[place + 1] and text[word.end : words[place + 1].start] == " ")
        and _is_name(text, word)
    )


def _is_name(text: str, word: Token) -> bool:
    bare = word.word.removesuffix("s")
    if not {word.word, bare} & _listed() or word.word in places().months:
        return False
    return not (_OPENS.search(text[: word.start]) and everydayness(word.word) >= _EVERYDAY)
