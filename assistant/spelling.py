"""What damaged words mean: text that scanning robbed of æ, ø and å, or whose letters it took for digits.

Quotes stay as they stand; what is searched and understood is the text as it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import islice, product

from assistant.words import everyday, fold, spell

# What scanning takes a letter for, with what it was ("f0rste", "ho1des"); "30a", "2018" and "bilag1" are none.
_LETTERS = {"0": "o", "1": "li"}
_NOISY = re.compile(r"(?=(?:[01]*[^\W\d_]){3})(?:[01]|[^\W\d_])*[01](?:[01]|[^\W\d_])*[^\W\d_]\b", re.IGNORECASE)
# Danish text has about one æ, ø or å in forty letters.
_FEWEST_LETTERS, _LEAST_SHARE = 200, 0.002
# A document is damaged when so many different words, and such a share of all, are not words before they are restored.
_FEWEST_WORDS, _LEAST_DAMAGE = 3, 0.01
_MIN_PART = 4
_LONGEST_ABBREVIATION = 6
_ENDINGS = ("ernes", "erne", "enes", "ene", "ets", "ens", "ers", "et", "en", "er", "es", "s", "e")
_MOST_TRIED = 32
_NO_WORDS: frozenset[str] = frozenset()
_WORD = re.compile(r"[^\W_]+")


class _Words:
    """Everyday Danish: the commonest word of each folded form, and the spelt form of every word."""

    def __init__(self) -> None:
        self.commonest: dict[str, str] = {}
        self.spelt: set[str] = set()
        # The commonest words come first.
        for word in everyday("da"):
            self.commonest.setdefault(fold(word), word)
            self.spelt.add(spell(word))


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words()


Meaning = Callable[[str], str]


def as_it_stands(text: str) -> str:
    """The text of a document that is not damaged."""
    return text


def meaning(document: str) -> Meaning:
    """How to read a document's text: as it stands, or word by word as it was meant where the document is damaged."""
    lost = _lost_letters(document)
    if not lost and len(set(_NOISY.findall(document))) < _FEWEST_WORDS:
        return as_it_stands
    words = _WORD.findall(document)
    damaged = {word for word in set(words) if _restored(word)}
    if len(damaged) < _FEWEST_WORDS or sum(word in damaged for word in words) < _LEAST_DAMAGE * len(words):
        return as_it_stands
    restore = _commonest if lost else _restored
    return lambda text: _WORD.sub(lambda match: _in_place_of(match.group(), restore(match.group())), text)


def with_letters(text: str) -> str:
    """A short text typed with a, o and a for æ, ø and å, as it was meant; any other text as it stands."""
    lower = text.lower()
    if any(map(lower.count, ("æ", "ø", "å", "ae", "oe", "aa"))):
        return text
    lost = (word for word in _WORD.findall(lower) if word.isalpha() and spell(word) not in _words().spelt)
    if not any(_words().commonest.get(fold(word), word) != word for word in lost):
        return text
    return _WORD.sub(lambda match: _in_place_of(match.group(), _words().commonest.get(fold(match.group()), "")), text)


def _lost_letters(document: str) -> bool:
    """Whether a text is without the letters æ, ø and å, or nearly."""
    lower = document.lower()
    return len(lower) >= _FEWEST_LETTERS and sum(map(lower.count, "æøå")) < _LEAST_SHARE * len(lower)


def _in_place_of(word: str, meant: str) -> str:
    if not meant or meant == word.lower() or (word.isupper() and len(word) < _LONGEST_ABBREVIATION):
        return word
    return meant[:1].upper() + meant[1:] if word[:1].isupper() else meant


@lru_cache(maxsize=100_000)
def _restored(word: str) -> str:
    """The everyday word that a word stands for which is none itself; "" where it is one, or stands for none."""
    lower = word.lower()
    noisy = bool(_NOISY.fullmatch(lower))
    if not noisy and (not lower.isalpha() or spell(lower) in _words().spelt):
        return ""
    tried = list(islice(_letters_for_digits(lower), _MOST_TRIED))
    found = next((meant for each in tried if (meant := _known(each))), tried[0] if noisy else "")
    return "" if found == lower else found


@lru_cache(maxsize=100_000)
def _commonest(word: str) -> str:
    """The commonest word of the same letters, æ, ø and å aside: what a word means where those letters are lost."""
    lower = word.lower()
    return _words().commonest.get(fold(lower), "") or _restored(word) or _compound(lower, _words().commonest.keys())


def _letters_for_digits(word: str) -> Iterator[str]:
    for choice in product(*(_LETTERS.get(char, char) for char in word)):
        yield "".join(choice)


def _known(word: str) -> str:
    """The everyday word of these letters, or such a word with an ending, or a compound that ends in one; else ""."""
    return _words().commonest.get(fold(word), "") or _inflected(word) or _compound(word, _NO_WORDS)


def _inflected(word: str) -> str:
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _MIN_PART and spell(base) not in _words().spelt:
            found = _words().commonest.get(fold(base), "")
            if found:
                return found + ending
    return ""


def _compound(word: str, doubtful: Collection[str]) -> str:
    """A compound whose last part is damaged ("jobafklarings" + "forlob"), the longest such; "" where none is.

    A last part that is a word as it stands is damaged only where its folded form is `doubtful`.
    """
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        head = word[cut:]
        found = _words().commonest.get(fold(head), "")
        if found and found != head and (spell(head) not in _words().spelt or fold(head) in doubtful):
            return word[:cut] + found
    return ""
