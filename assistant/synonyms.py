"""General Danish synonyms: groups of words that mean nearly the same, and verbs that part from their particle."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.words import TABLES, Token, spell, stem, stems, tokens

SYNONYM = "~"
NEAR = 1
FAR = 6


class Parted(NamedTuple):
    """A verb and its particle found in a text: their places, and the spelt word that means the same."""

    verb: int
    particle: int
    whole: str


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with (TABLES / "synonyms.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def synonym_groups() -> Mapping[str, tuple[str, ...]]:
    """The groups of near synonyms that a stem belongs to, as features ("~3")."""
    found: dict[str, tuple[str, ...]] = {}
    for number, group in enumerate(_table()["groups"]):
        for word in dict.fromkeys(stems(group)):
            found[word] = (*found.get(word, ()), f"{SYNONYM}{number}")
    return found


@lru_cache(maxsize=1)
def _separable() -> Mapping[str, Mapping[str, str]]:
    """Stem of the verb -> folded particle -> the spelt word that means the same."""
    found: dict[str, dict[str, str]] = {}
    for parted, whole in _table()["separable"].items():
        verb, particle = tokens(parted)
        found.setdefault(verb.stem, {})[particle.word] = spell(whole)
    return found


def parted_verbs(words: Sequence[Token], reach: int) -> Iterator[Parted]:
    """Verbs whose particle follows within `reach` words ("skrive den under"), or stands just before ("ind skrives")."""
    for place, word in enumerate(words):
        particles = _separable().get(word.stem)
        if not particles:
            continue
        for other in (*range(place + 1, min(len(words), place + 1 + reach)), place - 1):
            if other >= 0 and words[other].word in particles:
                yield Parted(place, other, particles[words[other].word])
                break


def same_as(whole: str) -> tuple[str, ...]:
    """The features of a spelt word that nothing else is known of: its stem and its groups."""
    return stem(whole), *synonym_groups().get(stem(whole), ())
