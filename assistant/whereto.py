"""Where to look for what the documents do not say: derived from what is asked, never from a document."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.frames import Cue, compile_cues, fold_text
from assistant.library import Library
from assistant.models import Language
from assistant.provision_laws import full_name
from assistant.question import Question
from assistant.words import TABLES

_FIGURES = frozenset({"how_many", "how_much", "when", "who", "where", "list", "fact", "procedure", "definition"})


class Place(NamedTuple):
    """Where a sort of question is answered, in both languages, with the patterns that know the sort."""

    cues: tuple[Cue, ...]
    texts: Mapping[str, str]


class Places(NamedTuple):
    """The table of tables/whereto.toml."""

    places: tuple[Place, ...]
    other: Mapping[str, Any]


@lru_cache(maxsize=1)
def table() -> Places:
    """The table, compiled."""
    with (TABLES / "whereto.toml").open("rb") as file:
        read = tomllib.load(file)
    return Places(tuple(Place(compile_cues([row]), row) for row in read["place"]), read["other"])


def where_to_look(question: Question, rule: str, library: Library) -> str:
    """One sentence on where the answer would stand; "" where the question's matter does not tell."""
    language = question.language
    provision = next((each for mention in question.mentions for each in mention.provisions), None)
    if rule == "bestemmelse_ukendt" and provision:
        law = full_name(provision.law) or _other("law_unknown", language)
        return _other("provision", language).format(law=law)
    members = library.network.members
    outsiders = [name for name in question.municipalities if name not in members]
    if outsiders:
        return _other("outsider", language).format(municipality=outsiders[0])
    folded = fold_text(question.text)
    for place in table().places:
        if any(cue.pattern.search(folded) for cue in place.cues):
            return place.texts[language]
    if question.municipalities and question.form in _FIGURES:
        return _other("local", language).format(municipality=question.municipalities[0])
    return ""


def _other(key: str, language: Language) -> str:
    return str(table().other[key][language])
