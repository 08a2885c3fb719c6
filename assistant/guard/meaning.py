"""Words of a claim held against words of its sources: stems, compounds, synonyms, English for Danish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.guard.knowledge import english, light, phrases, same, stem_of
from assistant.lexicon import Lexicon
from assistant.synonyms import parted_verbs, synonym_groups
from assistant.words import Token, commonness, fold, parts, spell, stem, tokens

SURE = 0.6
_UNKNOWN = 0.5
_PREFIX = 5
_LONGEST_PHRASE = 7
_LONGEST_DANISH = 4
_NEAR = 4
_ENDINGS = tuple(tuple(pair.split(":")) for pair in "s: es: ies:y ed: d: ied:y ing: ing:e er:".split())
_NOT_PARTS = frozenset({"plan", "forløb", "forloeb", "del", "område", "omraad"})


class Unit(NamedTuple):
    """A word or phrase of a claim: the stems of each way to say it in Danish, its place, and how much it states."""

    text: str
    wordings: tuple[tuple[str, ...], ...]
    start: int
    end: int
    weight: float


class Word(NamedTuple):
    """A word of a source: its stem, its groups of synonyms, its halves, and where it stands."""

    text: str
    stem: str
    groups: frozenset[str]
    halves: tuple[str, ...]
    start: int


class Hit(NamedTuple):
    """How well a unit is borne, and by the word at which place."""

    score: float
    place: int


@lru_cache(maxsize=50_000)
def groups_of(word: str) -> frozenset[str]:
    """The groups of synonyms of a plain Danish stem."""
    return frozenset(synonym_groups().get(word, ())) | same().get(word, frozenset())


def source_words(text: str) -> tuple[Word, ...]:
    """The words of a source that can bear something; a parted verb stands also as the one word that it means."""
    words = tokens(text)
    found = [
        Word(word.spelt, stem_of(word.spelt), groups_of(word.stem), tuple(map(_bare, parts(word.spelt))), word.start)
        for word in words
        if not word.spelt.isdecimal()
    ]
    for parted in parted_verbs(words, _NEAR):
        place = words[parted.verb].start
        found.append(Word(parted.whole, stem_of(parted.whole), groups_of(stem(parted.whole)), (), place))
    return tuple(found)


def _bare(part: str) -> str:
    return stem_of(part)


def danish_units(text: str) -> list[Unit]:
    """The units of a Danish claim; a phrase that one word stands for is one."""
    words = tokens(text)
    parted = {pair.verb: pair for pair in parted_verbs(words, _NEAR)}
    skipped = {pair.particle for pair in parted.values()}
    found: list[Unit] = []
    place = 0
    while place < len(words):
        word = words[place]
        end, wordings = _phrase(words, place)
        if not wordings and (place in skipped or word.spelt.isdecimal() or len(word.spelt) < 2):
            place += 1
            continue
        weight = 0.0 if all(each.word in light() for each in words[place:end]) else _weight(word.word, "da")
        forms = [(spell(each),) for each in wordings] or [(word.spelt,)]
        if place in parted:
            forms.append((parted[place].whole,))
        found.append(Unit(text[word.start : words[end - 1].end], tuple(forms), word.start, words[end - 1].end, weight))
        place = end
    return found


def _phrase(words: Sequence[Token], place: int) -> tuple[int, tuple[str, ...]]:
    """Where a Danish phrase of the table ends, and the words that stand for it."""
    for end in range(min(len(words), place + _LONGEST_DANISH), place + 1, -1):
        found = phrases().get(" ".join(word.word for word in words[place:end]))
        if found:
            return end, found
    return place + 1, ()


def english_units(text: str, lexicon: Lexicon) -> list[Unit]:
    """The units of an English claim: the longest phrase that a dictionary knows at each place, in Danish words."""
    words = tokens(text)
    found: list[Unit] = []
    place = 0
    while place < len(words):
        end, wordings = _translated(words, place, lexicon)
        word = words[place]
        alone = end == place + 1
        if not (word.spelt.isdecimal() or (alone and len(word.spelt) < 2)):
            weight = 0.0 if all(each.word in light() for each in words[place:end]) else _weight(word.word, "en")
            # What no dictionary knows may be said in the source, unless it is a name.
            weight *= 1.0 if wordings or text[word.start].isupper() else _UNKNOWN
            surface = text[word.start : words[end - 1].end]
            forms = tuple(dict.fromkeys((*wordings, (word.spelt,)) if alone else wordings))
            found.append(Unit(surface, forms, word.start, words[end - 1].end, weight))
        place = end
    return found


def _translated(words: Sequence[Token], place: int, lexicon: Lexicon) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Where the longest known phrase ends, and its Danish wordings."""
    own = english()
    for end in range(min(len(words), place + _LONGEST_PHRASE), place, -1):
        phrase = " ".join(word.word for word in words[place:end])
        wordings = [_spelt(danish) for danish in own.get(phrase, ())]
        concept = lexicon.phrases.get(tuple(word.stem for word in words[place:end]))
        if concept:
            wordings.append(_spelt(concept))
        if end == place + 1:
            wordings += [_spelt(danish) for danish in lexicon.danish(words[place].word)]
            wordings += [_spelt(danish) for base in _bases(words[place].word) for danish in own.get(base, ())]
        elif not wordings:
            known = lexicon.english_phrase(words, place)
            wordings = [_spelt(danish) for danish in known.danish] if known and known.end == end else []
        if wordings:
            return end, tuple(wordings)
    return place + 1, ()


@lru_cache(maxsize=20_000)
def _bases(word: str) -> tuple[str, ...]:
    """What an inflected English word may be a form of."""
    found = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word.removesuffix(ending)
            found.append(bare + instead)
            if not instead and bare[-1] == bare[-2]:
                found.append(bare[:-1])
    return tuple(found)


def _spelt(danish: str) -> tuple[str, ...]:
    words = tuple(word.spelt for word in tokens(danish))
    heavy = tuple(word for word in words if fold(word) not in light())
    return heavy or words


def _weight(folded: str, language: str) -> float:
    """How much a word states: rare words more than everyday ones."""
    return min(1.0, max(0.35, (6.6 - commonness(folded, language)) / 2.2))


def hits(unit: Unit, words: Sequence[Word]) -> list[Hit]:
    """Where the words of a source bear a unit, by its best wording."""
    best: list[Hit] = []
    for wording in unit.wordings:
        found = [[hit for hit in _word_hits(spelt, words) if hit.score >= SURE] for spelt in wording]
        if all(found):
            score = min(max(hit.score for hit in each) for each in found)
            best += [Hit(min(score, hit.score), hit.place) for each in found for hit in each]
    return best


def _word_hits(spelt: str, words: Sequence[Word]) -> list[Hit]:
    return [Hit(score, word.start) for word in words if (score := likeness(spelt, word)) > 0]


@lru_cache(maxsize=100_000)
def likeness(spelt: str, word: Word) -> float:
    """How nearly a spelt word of a claim says what a word of a source says, from 0 to 1."""
    own = stem_of(spelt)
    if own == word.stem or spelt == word.text:
        return 1.0
    if _is_negated_form(own, word.stem):
        return 0.0
    if groups_of(stem(spelt)) & word.groups:
        return 0.85
    halves = tuple(map(_bare, parts(spelt)))
    if word.halves and own in word.halves and len(own) >= 3:
        return 0.8 if own == word.halves[-1] else 0.7
    if halves and word.stem in halves:
        return 0.65
    if halves and word.halves and set(halves) & set(word.halves):
        return 0.62 if halves[0] == word.halves[0] else 0.0
    if halves and word.halves:
        return 0.0
    shared = _shared(own, word.stem)
    if (
        shared >= _PREFIX
        and shared >= 0.75 * min(len(own), len(word.stem))
        and shared >= 0.5 * max(len(own), len(word.stem))
    ):
        return 0.75
    return 0.0


def _is_negated_form(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that negates it."""
    return any(one == prefix + other or other == prefix + one for prefix in ("u", "un", "in", "im", "mis"))


def _shared(one: str, other: str) -> int:
    match = re.match(r"(.*).*\n\1", f"{one}\n{other}")
    return len(match[1]) if match else 0
