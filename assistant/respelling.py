"""Respelling: the known word that an unknown one is most likely a clipping or a misspelling of."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from assistant.likeness import nearest_word
from assistant.provision_laws import law_at, law_words
from assistant.words import TABLES, commonness, fold, spell

_STRENGTH = 0.85
_EVERYDAY = 2.5
_SHORT = 5
# A clipped word keeps at least so many letters of what it stands for ("rehabplan"), and its head is a usual word.
_KEPT = 4
_USUAL = 3.0
# An abbreviation rarer than this in everyday language is one also without its point.
_RARE = 3.0
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = ("hvorfor", "hvornår", "hvordan", "hvilken", "hvilket", "hvilke", "hvorvidt", "hvorledes")
_POINTED = re.compile(r"(?P<word>[^\W\d_]+)(?P<point>\.)?")
_ENDS = re.compile(r"\W*$|\s+[A-ZÆØÅ]")
# Names of laws from so many letters on are known by one wrong letter, longer ones by two.
_SHORTEST_LAW = 8
_LONG_LAW = 11


class Respelling:
    """The words of the documents and the glossary, spelt, to their stems; asked for words that they lack."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    @cached_property
    def folded(self) -> dict[str, str]:
        """Stems by folded word."""
        return {fold(word): stem for word, stem in self.words.items()}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.words)

    def of(self, word: str, language: str) -> tuple[str, float]:
        """The stem of the known word that is meant, and how sure that is; ("", 0) if none.

        A word of everyday language is no misspelling, however close another one lies.
        """
        spelt = spell(word)
        folded = self.folded.get(fold(spelt))
        if folded and len(spelt) > 3:
            return folded, _STRENGTH
        if len(spelt) < _SHORT or not spelt.isalpha() or commonness(spelt, language) > _EVERYDAY:
            return "", 0.0
        found = nearest_word(spelt, self.words.keys(), 1 if len(spelt) < 8 else 2) or self._unclipped(spelt)
        return (self.words[found], _STRENGTH) if found else ("", 0.0)

    def _unclipped(self, spelt: str) -> str:
        """The shortest known word that begins as a clipped one does ("kontanthj") and ends as it does ("rehabplan")."""
        whole = min(self._beginning(spelt), key=len, default="")
        if whole:
            return whole
        for cut in range(_KEPT, len(spelt) - _KEPT + 1):
            first, head = spelt[:cut], spelt[cut:]
            if commonness(head) >= _USUAL and not commonness(first):
                found = [word for word in self._beginning(first) if word.endswith(head)]
                if found:
                    return min(found, key=len)
        return ""

    def _beginning(self, first: str) -> Iterator[str]:
        for place in range(bisect_left(self._sorted, first), len(self._sorted)):
            if not self._sorted[place].startswith(first):
                return
            if len(self._sorted[place]) > len(first) + 1:
                yield self._sorted[place]


@lru_cache(maxsize=1)
def _abbreviations() -> Mapping[str, str]:
    with (TABLES / "abbreviations.toml").open("rb") as file:
        words: dict[str, str] = tomllib.load(file)["words"]
    return words


def spelt_out(text: str) -> str:
    """`text` with general abbreviations in full: those that a point follows, and those that are no word else."""

    def full(match: re.Match[str]) -> str:
        word, point = match["word"], match["point"] or ""
        meant = _abbreviations().get(fold(word))
        if not meant or not (point or commonness(fold(word)) < _RARE):
            return match.group()
        # The point is the abbreviation's unless the sentence ends with it.
        return meant + (point if point and _ENDS.match(text, match.end()) else "")

    return _POINTED.sub(full, text)


def asking_words_spelt(text: str) -> str:
    """`text` with misspelt question words as they are written ("hvofor" -> "hvorfor"): they say what is asked."""

    def right(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SHORT or commonness(spell(word)) > 0:
            return word
        return nearest_word(word.lower(), _ASKING, 1) or word

    return _WORD.sub(right, text)


def laws_spelt(text: str) -> str:
    """`text` with misspelt names of laws as they are written ("servicelobens" -> "servicelovens")."""

    def right(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SHORTEST_LAW or commonness(spell(word)) > 0 or law_at(text, match.start()):
            return word
        return nearest_word(word.lower(), law_words(), 1 if len(word) < _LONG_LAW else 2) or word

    return _WORD.sub(right, text)
