"""Names that questions point with: municipalities, kinds of documents, months."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.words import TABLES, Token, fold, parts, spell, stem, tokens


class Places(NamedTuple):
    """Folded names: municipality tokens to its name, stems of document words to source kinds, months to 1-12."""

    municipalities: Mapping[tuple[str, ...], str]
    everyday: frozenset[str]
    documents: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    editions: frozenset[str]
    describing: frozenset[str]
    order: Mapping[str, str]
    senders: tuple[tuple[str, tuple[str, ...]], ...]
    plurals: tuple[str, ...]

    def document(self, word: Token) -> tuple[str, ...]:
        """The kinds of source that a word names ("brevet", "februarbrevet"); () when it names none."""
        halves = parts(word.spelt)
        return self.documents.get(word.stem) or (self.documents.get(halves[-1], ()) if halves else ())


@lru_cache(maxsize=1)
def places() -> Places:
    """The table in tables/places.toml."""
    with (TABLES / "places.toml").open("rb") as file:
        table = tomllib.load(file)
    names = {_key(name): name for name in table["municipalities"].split()}
    names |= {_key(alias): name for alias, name in table["aliases"].items()}
    documents = {stem(spell(word)): tuple(row["kinds"]) for row in table["document"] for word in row["words"].split()}
    return Places(
        names,
        frozenset(table["everyday"].split()),
        documents,
        {fold(name): number for name, number in table["months"].items()},
        _folded(table["edition"]["words"]),
        _folded(table["describing"]["words"]),
        {word: end for end in ("first", "last") for word in _folded(table["order"][end])},
        tuple((begin, tuple(row["kinds"])) for row in table["sender"] for begin in _folded(row["begins"])),
        tuple(sorted(_folded(table["plural"]["words"]))),
    )


def _folded(words: str) -> frozenset[str]:
    return frozenset(token.word for token in tokens(words))


def _key(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(name))


def municipalities_in(text: str) -> tuple[str, ...]:
    """Municipalities that `text` names, in order, each once; a genitive s counts as the name.

    A name that is also an everyday word ("Vejen") counts only when the text writes it with a capital.
    """
    words = tokens(text)
    found: list[str] = []
    for start in range(len(words)):
        for length in (2, 1):
            name = _name_at(words, start, length)
            written_as_name = text[words[start].start].isupper() or name not in places().everyday
            if name and written_as_name and name not in found:
                found.append(name)
                break
    return tuple(found)


def _name_at(words: tuple[Token, ...], start: int, length: int) -> str | None:
    key = tuple(word.word for word in words[start : start + length])
    if len(key) < length:
        return None
    known = places().municipalities
    return known.get(key) or known.get((*key[:-1], key[-1].removesuffix("s")))
