"""Kinds of words: whether a word of a question names a thing, what is done, how it is done, or a number."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.models import Language
from assistant.words import TABLES, Token, fold, irregular, tokens

THING, DOING, MANNER, NUMBER = "thing", "doing", "manner", "number"
# Endings of Danish and English superlatives and adverbs, which qualify a topic without being one ("de svageste").
_QUALIFYING = {"da": ("ste", "vis", "igt", "somt"), "en": ("ly",)}
_VERBAL = {"da": ("erer", "eres", "erede", "eret"), "en": ("ing", "ed")}
_INFINITIVE_MARKS = frozenset({"at", "to"})
_MODALS = frozenset("ma kan ka skal ska vil tor bor may can could might must should shall do does did will".split())
# What stands before a thing and never before a verb: "den", "vores", "the", "without".
_DETERMINERS = frozenset(
    (
        "en et den det de denne dette disse min mit mine din dit dine vores jeres sin sit sine deres hans hendes "
        "hver hvert ingen nogen noget nogle alle hvilken hvilket hvilke af i pa om for fra til med uden ved efter "
        "the a an this that these those my your our his her its their each every any some no all which what of in on "
        "for from with without by about under after into between"
    ).split()
)
_AUXILIARIES = frozenset("er var blev bliver blevet vare har havde have fa far fik faet er".split())
_DANISH_NOUNS = ("else", "erne", "ene", "hede", "inge")
_REACH = 4


class _Table(NamedTuple):
    """Folded words: infinitives, their finite forms, their participles in -et, and words that tell how."""

    infinitives: frozenset[str]
    finite: frozenset[str]
    participles: frozenset[str]
    manner: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    with (TABLES / "kinds.toml").open("rb") as file:
        read = tomllib.load(file)
    infinitives = frozenset(_folded(read["verbs"]["da"]))
    bent = {fold(form) for form, base in irregular().items() if fold(base) in infinitives}
    finite = {form for verb in infinitives for form in _forms(verb)} | bent
    participles = frozenset(verb[:-1] + "et" for verb in infinitives)
    manner = {language: frozenset(_folded(text)) for language, text in read["manner"].items()}
    return _Table(infinitives, frozenset(finite), participles, manner)


def is_finite(word: str) -> bool:
    """Whether a folded Danish word is a verb in the present or past tense ("bestar", "forlangede")."""
    return word in _table().finite and word not in _table().infinitives


def is_verb_form(word: str) -> bool:
    """Whether a folded Danish word is a form of a verb that no noun shares with it ("registrere", "registrerer")."""
    return fold(word) in _table().finite | _table().infinitives


def _folded(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


def _forms(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb that no noun shares with it; the participle in -et is told apart by its place."""
    bare = verb[:-1]
    return (
        verb,
        verb + "r",
        verb + "s",
        bare + "ede",
        bare + "te",
        bare + "t",
        bare + "edes",
        bare + "tes",
        bare + "ende",
    )


def kind_of(words: Sequence[Token], position: int, language: Language, translations: Sequence[str] = ()) -> str:
    """The kind of the word at `position`; what no table and no place tells is a thing.

    `translations` are the Danish words for an English one: what only translates into verbs is a verb.
    """
    word = words[position].word
    before = [token.word for token in words[max(0, position - _REACH) : position]]
    if word[0].isdigit():
        return NUMBER
    if word in _table().manner[language]:
        return MANNER
    if _is_doing(word, before, language, translations):
        return DOING
    return MANNER if len(word) > 5 and word.endswith(_QUALIFYING[language]) else THING


def _is_doing(word: str, before: list[str], language: Language, translations: Sequence[str]) -> bool:
    if before and before[-1] in _INFINITIVE_MARKS:
        return language == "en" or word.endswith(("e", "es", "a", "å")) or word in _table().finite
    if before and before[-1] in _DETERMINERS:
        return False
    if language == "en":
        return _is_english_verb(word, before, translations)
    if word in _table().finite:
        return True
    if word in _table().participles:
        return any(token in _AUXILIARIES for token in before)
    after_modal = any(token in _MODALS for token in before)
    return after_modal and word.endswith(("e", "es")) and not word.endswith(_DANISH_NOUNS)


def _is_english_verb(word: str, before: list[str], translations: Sequence[str]) -> bool:
    """A verb by its translations, or by standing bare after a modal and its subject."""
    if translations and all(_is_infinitive(danish) for danish in translations):
        return True
    if word.endswith("s") and not word.endswith("ss"):
        return False
    if not translations and word.endswith(_VERBAL["en"]):
        return True
    return any(token in _MODALS for token in before[-3:])


def _is_infinitive(danish: str) -> bool:
    found = tokens(danish)
    return bool(found) and found[0].word in _table().infinitives
