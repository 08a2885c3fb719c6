"""Whether two spelt words are one word: its inflections, what is derived of it, a typing error, a synonym."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.approved.wording import wording
from assistant.kinds import is_verb_form
from assistant.lexicon import load_english
from assistant.likeness import edits
from assistant.models import Language
from assistant.words import commonness, irregular, irregular_english

_DANISH = (
    "", "e", "en", "et", "n", "t", "er", "r", "ne", "ene", "erne", "rne", "s", "es", "ens", "ets", "ers", "nes", "enes",
    "ernes", "ede", "te", "edes", "tes", "ende", "ste", "este", "st", "nde",
)  # fmt: skip
_ENGLISH = ("", "s", "es", "d", "ed", "ing", "e", "y", "ies", "ied")
_NOUNS = ("ning", "ing", "else", "sel")
_NOUN_ENDINGS = ("", "en", "er", "erne", "s", "ens", "ers", "ernes", "n", "rne", "ns", "r")
_LINKS = ("", "s", "e", "es", "er", "n")
_SHORTEST = 3
_PREFIX = 2  # of "iværksat", which is a form of "iværksætte" as "sat" is of "sætte"
_SHORT_WORD, _LONG_WORD = 5, 9
_USUAL = 2.8
_INITIALS = 4
_OURS = "frikommune"  # what all is that is asked about: "frikommuneprojektet" is the project


class Word(NamedTuple):
    """A word of a question: spelt, and whether documents or everyday language know it."""

    spelt: str
    known: bool = True


@lru_cache(maxsize=50_000)
def bases(word: str, language: Language) -> frozenset[str]:
    """What a spelt word may be a form of: itself without each ending that it has, and its irregular base."""
    if not word.isalpha():
        return frozenset({word})
    endings = _DANISH if language == "da" else _ENGLISH
    found = {word.removesuffix(each) for each in endings if word.endswith(each)}
    found = {each for each in found if len(each) >= min(_SHORTEST, len(word))}
    found |= {_single(each) for each in found}
    found |= {each.replace("centr", "center") for each in found if each.endswith("centr")}
    table = irregular() if language == "da" else irregular_english()
    base = table.get(word)
    if base:
        found |= bases(base, language) if base != word else set()
    elif language == "da":
        cuts = (cut for cut in range(_PREFIX, len(word) - _PREFIX) if word[cut:] in table)
        found |= {word[:cut] + each for cut in cuts for each in bases(table[word[cut:]], language)}
    return frozenset(found)


def _single(word: str) -> str:
    """A base without the doubled consonant that an ending made ("plann" of "planner")."""
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouy" else word


@lru_cache(maxsize=100_000)
def inflected(one: str, other: str, language: Language) -> bool:
    """Whether two spelt words are forms of one."""
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()):
        return False
    return bool(bases(one, language) & bases(other, language))


@lru_cache(maxsize=50_000)
def derived(one: str, other: str, language: Language) -> bool:
    """Whether one is a Danish verb and the other the noun of doing it ("registrere", "registreringen")."""
    return language == "da" and (_doing(one, other) or _doing(other, one))


def _doing(verb: str, noun: str) -> bool:
    if not is_verb_form(verb):
        return False
    stems = {noun.removesuffix(ending) for ending in _NOUN_ENDINGS if noun.endswith(ending)}
    roots = {each.removesuffix(ending) for each in stems for ending in _NOUNS if each.endswith(ending)}
    return any(
        len(root) >= _SHORTEST and (root in bases(verb, "da") or _single(root) in bases(verb, "da")) for root in roots
    )


@lru_cache(maxsize=100_000)
def synonymous(one: str, other: str, language: Language) -> bool:
    """Whether two words stand in one group of strict synonyms."""
    if _abbreviates(one, other) or _abbreviates(other, one):
        return True
    if language == "da" and inflected(one.removeprefix(_OURS), other.removeprefix(_OURS), language):
        return True
    return bool(_groups(one, language, "groups") & _groups(other, language, "groups"))


def apart(one: str, other: str, language: Language) -> bool:
    """Whether two words are never to be taken for one another, however near they stand."""
    return bool(_groups(one, language, "never") & _groups(other, language, "never"))


def _abbreviates(short: str, long: str) -> bool:
    """Whether a few letters stand, in order and beginning with the first, for a long word ("igu")."""
    if not (2 < len(short) <= _INITIALS < len(long) - _INITIALS and short[0] == long[0] and short.isalpha()):
        return False
    rest = iter(long)
    return commonness(short) < _USUAL and all(letter in rest for letter in short)


@lru_cache(maxsize=100_000)
def related(one: str, other: str, language: Language) -> bool:
    """Whether searching takes two words for nearly the same, and nothing forbids to take them so in an answer."""
    if heads(one, other) or heads(other, one):
        return False
    if language == "en":
        return bool(_danish(one) & _danish(other))
    return bool(_groups(one, language, "wider") & _groups(other, language, "wider"))


def heads(one: str, other: str) -> bool:
    """Whether a word is a narrower kind of another one ("delmål" of "mål")."""
    return any(
        len(base) > _SHORTEST and base != each and each.endswith(base)
        for base in bases(other, "da")
        for each in bases(one, "da")
    )


@lru_cache(maxsize=50_000)
def _groups(word: str, language: Language, name: str) -> frozenset[int]:
    """The groups of the table that a spelt word belongs to, in whatever form."""
    groups: Mapping[str, frozenset[int]] = getattr(wording(language), name)
    ends = ("", "e", "ere") if language == "da" else ("", "e")
    found = [groups[base + end] for base in bases(word, language) for end in ends if base + end in groups]
    return frozenset().union(*found)


@lru_cache(maxsize=20_000)
def _danish(word: str) -> frozenset[str]:
    """The Danish words for an English one."""
    english = load_english()
    return frozenset(danish for base in bases(word, "en") for danish in english.get(base, ()))


def mistyped(one: Word, other: Word, language: Language) -> bool:
    """Whether one is no word, and most likely the other with a slip of the fingers."""
    a, b = one.spelt, other.spelt
    if not (a.isalpha() and b.isalpha()) or min(len(a), len(b)) < _SHORT_WORD - 1:
        return False
    alike = bool({_sounds(each) for each in bases(a, language)} & {_sounds(each) for each in bases(b, language)})
    if alike and min(len(a), len(b)) > _LONG_WORD:
        return True
    if alike or (one.known and other.known):
        return alike and not (one.known and other.known)
    if _swapped(a, b, _LONG_WORD - 1):
        return True
    if one.known == other.known:
        return False
    if _swapped(a, b, _SHORT_WORD - 1):
        return True
    if _negates(a, b) or _negates(b, a) or (language == "da" and _is_compound(b if one.known else a)):
        return False
    most = 0 if len(a) < _SHORT_WORD else 1 if len(a) < _LONG_WORD else 2
    return edits(a, b, most) <= most


def _swapped(one: str, other: str, least: int) -> bool:
    """Whether two letters side by side have changed places in a word of at least so many letters."""
    if len(one) != len(other) or len(one) < least:
        return False
    places = [place for place in range(len(one)) if one[place] != other[place]]
    return len(places) == 2 and places[1] == places[0] + 1 and one[places[0]] == other[places[1]]


def _is_compound(word: str) -> bool:
    """Whether a word that nobody knows is made of two that everybody knows ("høreskade")."""
    return any(
        commonness(word[:cut].removesuffix(link)) >= _USUAL and commonness(word[cut:]) >= _USUAL
        for cut in range(_SHORTEST, len(word) - _SHORTEST)
        for link in _LINKS
        if word[:cut].endswith(link)
    )


def _negates(one: str, other: str) -> bool:
    return any(one == prefix + other for prefix in ("u", "un", "in", "mis", "af", "be", "an", "ud", "op"))


def _sounds(word: str) -> str:
    """A word with double letters single, and letters that sound alike made one."""
    for seen, heard in (("x", "ks"), ("c", "k"), ("w", "v"), ("z", "s"), ("oe", "o"), ("ae", "a"), ("aa", "a")):
        word = word.replace(seen, heard)
    return "".join(letter for place, letter in enumerate(word) if place == 0 or word[place - 1] != letter)


@lru_cache(maxsize=50_000)
def compounded(whole: str, first: str, head: str, language: Language) -> bool:
    """Whether a Danish word is made of two others ("uddannelsesstart" of "start" and "uddannelsen")."""
    if language != "da" or len(whole) < 7 or not whole.isalpha():
        return False
    for cut in range(_SHORTEST, len(whole) - _SHORTEST + 1):
        if not (inflected(whole[cut:], head, language) or synonymous(whole[cut:], head, language)):
            continue
        for link in _LINKS:
            begin = whole[:cut].removesuffix(link) if whole[:cut].endswith(link) else ""
            if len(begin) >= _SHORTEST and (inflected(begin, first, language) or derived(begin, first, language)):
                return True
    return False
