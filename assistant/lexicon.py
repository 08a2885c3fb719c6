"""What words mean the same: the corpus' glossary and the general English dictionary, as features of a text.

A feature is a stem ("plan"), a half of a compound ("plan" in "handleplan"), or a concept of the glossary
("=min plan"). Two texts speak of the same thing where they share features.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import SettingsError
from assistant.synonyms import NEAR, parted_verbs, same_as, synonym_groups
from assistant.words import TABLES, Token, commonness, fold, irregular_english, parts, stem, stems, tokens

CONCEPT = "="
SYNONYM_STRENGTH = 0.85
PART_STRENGTH = 0.6
BROADER_STRENGTH = 0.5
TRANSLATION_STRENGTH = 0.9
_LONGEST_PHRASE = 7
_LONGEST_ENGLISH = 5
# Zipf frequency from which a word is a small one ("for", "eller", "den").
_SMALL_WORD = 6.0
# A phrase with fewer letters is not recognised by its folded form: "mod" is no "møde".
_SHORT = 6


class Match(NamedTuple):
    """A glossary phrase found in a text: its concept and the tokens [start, end) that it took."""

    concept: str
    start: int
    end: int


class Phrase(NamedTuple):
    """An English phrase that ends before the token at `end`, and the Danish words for it."""

    end: int
    danish: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Phrases (as stems) to concepts, concepts to their broader ones, and English words to Danish ones."""

    phrases: Mapping[tuple[str, ...], str]
    broader: Mapping[str, tuple[str, ...]]
    english: Mapping[str, tuple[str, ...]]
    wordings: Mapping[str, tuple[tuple[str, ...], ...]]
    kinds: frozenset[str] = frozenset()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All stems that the glossary knows."""
        return frozenset(part for phrase in self.phrases for part in phrase)

    def concepts(self, words: tuple[Token, ...]) -> Iterator[Match]:
        """Glossary phrases in `words`, longest first at each place, not overlapping."""
        position = 0
        while position < len(words):
            found = self._longest_at(words, position)
            if found:
                yield found
                position = found.end
            else:
                position += 1

    def _longest_at(self, words: tuple[Token, ...], start: int) -> Match | None:
        for end in range(min(len(words), start + _LONGEST_PHRASE), start, -1):
            concept = self._phrase(words[start:end])
            if concept:
                return Match(concept, start, end)
        return None

    def _phrase(self, words: tuple[Token, ...]) -> str | None:
        """The concept of a phrase; one typed without æ, ø and å is known by its folded form, unless it is short."""
        found = self.phrases.get(tuple(word.stem for word in words))
        if found or sum(len(word.word) for word in words) < _SHORT:
            return found
        return self._folded_phrases.get(tuple(stem(word.word) for word in words))

    @cached_property
    def _folded_phrases(self) -> dict[tuple[str, ...], str]:
        return {tuple(stem(fold(part)) for part in phrase): concept for phrase, concept in self.phrases.items()}

    def features(self, text: str) -> dict[str, float]:
        """Features of a Danish text with their strengths in (0, 1]."""
        words = tokens(text)
        found: dict[str, float] = {}
        for word in words:
            for feature, strength in word_features(word.spelt).items():
                found[feature] = max(strength, found.get(feature, 0.0))
        for parted in parted_verbs(words, NEAR):
            for feature in same_as(parted.whole):
                found[feature] = max(SYNONYM_STRENGTH, found.get(feature, 0.0))
        for match in self._all_concepts(words):
            found[CONCEPT + match.concept] = 1.0
            for wider in self.broader.get(match.concept, ()):
                found[CONCEPT + wider] = max(BROADER_STRENGTH, found.get(CONCEPT + wider, 0.0))
        return found

    def _all_concepts(self, words: tuple[Token, ...]) -> Iterator[Match]:
        """Every phrase of the glossary, overlapping ones too: a text may mean the part and the whole."""
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST_PHRASE) + 1):
                concept = self.phrases.get(tuple(word.stem for word in words[start:end]))
                if concept:
                    yield Match(concept, start, end)

    def danish(self, folded: str) -> tuple[str, ...]:
        """Danish words for an English word, by its form or a plain singular or base form of it; () if unknown."""
        return next((self.english[form] for form in _english_forms(folded) if form in self.english), ())

    def english_phrase(self, words: Sequence[Token], start: int) -> Phrase | None:
        """The longest phrase of the dictionary that begins at `start`, its first word in any form ("drew up")."""
        for end in range(min(len(words), start + _LONGEST_ENGLISH), start + 1, -1):
            rest = "".join(f" {word.word}" for word in words[start + 1 : end])
            for form in _english_forms(words[start].word):
                if form + rest in self.english:
                    return Phrase(end, self.english[form + rest])
        return None


def word_features(spelt: str) -> dict[str, float]:
    """A word's own stem, weaker what means nearly the same, and weaker still the halves of a compound."""
    found = dict.fromkeys(parts(spelt), PART_STRENGTH)
    own = stem(spelt)
    found |= dict.fromkeys(synonym_groups().get(own, ()), SYNONYM_STRENGTH)
    found[own] = 1.0
    return found


def _english_forms(folded: str) -> Iterator[str]:
    """The word itself and the base forms that regular English inflection allows."""
    yield folded
    if folded in irregular_english():
        yield irregular_english()[folded]
    for ending, base in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", "")):
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            yield folded.removesuffix(ending) + base
    for ending in ("ing", "ly", "ed"):
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            bare = folded.removesuffix(ending)
            yield bare
            yield bare + "e"
            if len(bare) > 3 and bare[-1] == bare[-2]:
                yield bare[:-1]


def load_lexicon(glossary: Path, kinds: Iterable[str] = ()) -> Lexicon:
    """The glossary at `glossary` with the general English dictionary. SettingsError names what is wrong in it.

    `kinds` are the kinds of source at hand: only those can a question point at ("brevet"); none: any.
    """
    entries = _read(glossary).get("term", [])
    phrases: dict[tuple[str, ...], str] = {}
    broader: dict[str, tuple[str, ...]] = {}
    wordings: dict[str, tuple[tuple[str, ...], ...]] = {}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("term"), str):
            raise SettingsError(f"{glossary.name}: post {number} mangler «term». Ret filen.")
        concept = entry["term"].lower()
        broader[concept] = tuple(wider.lower() for wider in entry.get("broader", []))
        wordings[concept] = tuple(_content(phrase) for phrase in (entry["term"], *_listed(entry, "synonyms")))
        for phrase in _spellings(entry):
            phrases.setdefault(stems(phrase), concept)
    return Lexicon(phrases, broader, load_english(), wordings, frozenset(kinds))


def _content(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase that carry meaning: no everyday small words, compounds by their halves.

    () for one with a number, which would match any text that names the number.
    """
    words = [word for word in tokens(phrase) if commonness(word.word) < _SMALL_WORD]
    if any(word.word[0].isdigit() for word in words):
        return ()
    return tuple(half for word in words for half in (parts(word.spelt) or (word.stem,)))


def _spellings(entry: Mapping[str, Any]) -> Iterable[str]:
    yield str(entry["term"])
    if entry.get("abbreviation"):
        yield str(entry["abbreviation"])
    yield from _listed(entry, "synonyms")
    yield from _listed(entry, "english")


def _listed(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = entry.get(field, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


@lru_cache(maxsize=1)
def load_english() -> Mapping[str, tuple[str, ...]]:
    """The general English to Danish dictionary, folded."""
    table = _read(TABLES / "english.toml")
    words = table.get("words", table)
    return {fold(word): tuple(danish) for word, danish in words.items() if isinstance(danish, list)}


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"{path.name} er ikke gyldig TOML: {exc}. Ret filen.") from exc
