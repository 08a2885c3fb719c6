"""What was meant where a question was typed without æ, ø and å, or with a slip in a word that carries it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.approved.forms import bases
from assistant.approved.wording import wording
from assistant.likeness import nearest_word
from assistant.models import Language
from assistant.spelling import with_letters
from assistant.words import commonness, spell

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<=[^\W\d_]{3})nr\b\.?")  # "sagsnr."
_SIGN = re.compile(r"§(?=\s+[^\W\d_]{2,})")  # "hvilken § gælder"
_SHORTEST, _LONG = 5, 9


def as_meant(text: str, language: Language, known: Collection[str]) -> str:
    """`text` with the letters of a Danish keyboard, and with the words of how questions are put as they are spelt.

    `known` are the words of the documents, which no other is taken for.
    """
    text = with_letters(text) if language == "da" else text
    text = _SIGN.sub("paragraf", _NUMBER.sub("nummer", text)) if language == "da" else text
    return _WORD.sub(lambda match: _mended(match.group(), language, known), text)


def _mended(word: str, language: Language, known: Collection[str]) -> str:
    spelt = spell(word)
    unknown = len(spelt) >= _SHORTEST and spelt not in known and not word[0].isupper()
    if not unknown or commonness(spelt, language) > 0 or bases(spelt, language) & _bases(language):
        return word
    return nearest_word(spelt, _carrying(language), 1 if len(spelt) < _LONG else 2) or word


@lru_cache(maxsize=2)
def _bases(language: Language) -> frozenset[str]:
    return frozenset(base for word in _carrying(language) for base in bases(word, language))


@lru_cache(maxsize=2)
def _carrying(language: Language) -> tuple[str, ...]:
    """The words that the table of wordings holds, from so many letters on."""
    table = wording(language)
    listed = table.drop | table.soft | table.groups.keys()
    said = {word for cue in (*table.asks, *table.phrases) for word in re.findall(r"\w+", spell(cue.example))}
    # Sorted, so that of two that are as near the same one is always taken.
    return tuple(
        sorted(
            word
            for word in listed | said
            if len(word) >= _SHORTEST and word.isalpha() and commonness(word, language) > 0
        )
    )
