"""The guard's tables, compiled: operators, quantities, openers of clauses, contrasts, words that mean the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.words import TABLES, commonness, fold, stem, stems

CLASS_SEPARATOR = "."


class Cue(NamedTuple):
    """A kind of cue and the pattern that finds it in a text in lower case."""

    kind: str
    pattern: re.Pattern[str]


class Found(NamedTuple):
    """A cue in a text: its kind and the characters [start, end) that it takes."""

    kind: str
    start: int
    end: int


class Contrast(NamedTuple):
    """A class of words that exclude each other: its name and the pattern of each member."""

    name: str
    members: tuple[Cue, ...]


@lru_cache(maxsize=4)
def _table(name: str) -> dict[str, Any]:
    with (TABLES / name).open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=8)
def cues(section: str) -> tuple[Cue, ...]:
    """The cues of a section ("operator", "quantity", "bound", "order", "opener") in their order."""
    rows = _table("guard.toml")[section]
    return tuple(Cue(row.get("kind") or row["role"], _whole("|".join(row["patterns"]))) for row in rows)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def find(section: str, lower: str) -> list[Found]:
    """The cues of a section in a text in lower case, in order; an earlier cue of the table takes its words first."""
    taken: list[Found] = []
    for cue in cues(section):
        for match in cue.pattern.finditer(lower):
            if all(match.end() <= other.start or other.end <= match.start() for other in taken):
                taken.append(Found(cue.kind, *match.span()))
    return sorted(taken, key=lambda found: found.start)


@lru_cache(maxsize=1)
def contrasts() -> tuple[Contrast, ...]:
    """The classes of words that exclude each other."""
    rows = _table("guard_words.toml")["contrast"]
    return tuple(
        Contrast(name, tuple(Cue(member, _words(words)) for member, words in members.items()))
        for name, members in rows.items()
    )


def _words(words: str) -> re.Pattern[str]:
    """One pattern for a list of words: "*" takes any letters, "-" a space or a hyphen."""
    each = (re.escape(word).replace(r"\*", r"\w*").replace(r"\-", r"[\s-]+") for word in words.split())
    return _whole("|".join(sorted(each, key=len, reverse=True)))


@lru_cache(maxsize=1)
def bears() -> Mapping[str, tuple[str, ...]]:
    """What may be said of a member where the source names another; ("!",) where nothing need be named."""
    return {member: tuple(others) for member, others in _table("guard_words.toml")["bears"].items()}


@lru_cache(maxsize=1)
def light() -> frozenset[str]:
    """Folded words that state nothing by themselves."""
    return frozenset(fold(word) for word in _table("guard_words.toml")["light"].split())


@lru_cache(maxsize=1)
def same() -> Mapping[str, frozenset[str]]:
    """The guard's own groups of words that mean the same, by stem."""
    found: dict[str, set[str]] = {}
    groups = [*_table("guard_words.toml")["same"]["groups"], *_table("guard_thesaurus.toml")["groups"]]
    for number, group in enumerate(groups):
        for word in stems(group):
            found.setdefault(word, set()).add(f"={number}")
    return {word: frozenset(groups) for word, groups in found.items()}


@lru_cache(maxsize=1)
def english() -> Mapping[str, tuple[str, ...]]:
    """The guard's own English words and phrases, folded, to Danish ones."""
    found: dict[str, tuple[str, ...]] = {}
    for name in ("guard_words.toml", "guard_thesaurus.toml"):
        for phrase, danish in _table(name)["english"].items():
            found[fold(phrase)] = (*found.get(fold(phrase), ()), *danish)
    return found


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Danish phrases, folded, to the words that stand for them."""
    return {
        " ".join(map(fold, phrase.split())): tuple(danish)
        for phrase, danish in _table("guard_thesaurus.toml")["phrases"].items()
    }


@lru_cache(maxsize=20_000)
def derived(word: str) -> str:
    """What a Danish stem begins with once the ending that only derives it is off ("evaluer", "evalu")."""
    for ending in ("ering", "ation", "else", "ning", "ing", "hed", "eret", "er", "et", "en", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def stem_of(spelt: str) -> str:
    """The stem under which a spelt word is compared."""
    return derived(stem(spelt))


_NO_VERBS = frozenset("sikker eller heller under over efter bitter stykker".split())
# After these a word in "-ede" is an adjective.
_DETERMINER = re.compile(
    r"\b(den|det|de|en|et|sine?|sit|dens|deres|alle|af|til|med|for|i|på|og|nye|ny|vores|flere)\s+$"
)
_WORD = re.compile(r"\w+")
_AUXILIARIES = re.compile(
    r"\b(skal|kan|må|vil|bør|er|har|siger|sagde|står|gælder|behøver|mødes|tager|udgør|går|var|havde|blev|bliver|får|fik|gav|kom|is|are|was|were|has|have|had|may|must|can|will|"
    r"shall|should|does|do|did|wish|meet|needs?|makes?|gives?|takes?|holder|\w{3,}ås|\w{4,}(?:es|ede|edes|tes))\b"
)


def has_finite_verb(lower: str) -> bool:
    """Whether a stretch of text in lower case holds a finite verb."""
    return finite_verb(lower, 0, len(lower)) is not None


def finite_verb(lower: str, start: int, end: int) -> re.Match[str] | None:
    """The first finite verb of a stretch of text in lower case."""
    for word in _WORD.finditer(lower, start, end):
        if word.group() in _presents() or (
            is_present(word.group()) and not _DETERMINER.search(lower[start : word.start()])
        ):
            return word
        if _AUXILIARIES.fullmatch(word.group()) and not (
            word.group().endswith("ede") and _DETERMINER.search(lower[start : word.start()])
        ):
            return word
    return None


@lru_cache(maxsize=20_000)
def is_present(word: str) -> bool:
    """Whether a Danish word in "-er" is a verb and not a noun: its passive is commoner than its definite forms."""
    if not word.endswith("er") or len(word) < 4 or word in _NO_VERBS:
        return False
    forms = (word[:-1], word[:-1] + "s", word + "ne", word + "en")
    infinitive, passive, *nouns = (commonness(fold(each)) for each in forms)
    return infinitive > 0 and (passive > max(nouns) or max(nouns) == 0)


@lru_cache(maxsize=1)
def _presents() -> frozenset[str]:
    """The present tense of the verbs in tables/kinds.toml."""
    return frozenset(verb + "r" for verb in _table("kinds.toml")["verbs"]["da"].split() if verb.endswith("e"))
