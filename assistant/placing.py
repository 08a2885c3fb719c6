"""Placing: which municipality a question is about that names none, told by what only that one's documents say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.places import places
from assistant.question import Question
from assistant.topic import Term
from assistant.words import fold

# What is given to one municipality alone is lent to nobody who does not name it.
_GIVEN_TO_ONE = frozenset({"afgoerelse", "tilsagnsbrev", "vedtaegt"})
_STRONG = 0.8
# A name tells where more than what: its words weigh this much less.
_A_NAME = 0.4
# How much of the question the nearest statement must hold, and how far behind all others must lie, for it to be of one
# municipality.
_HELD = 0.4
_BEHIND = 0.85


def named(question: Question, library: Library) -> Question:
    """The question with the one municipality in whose documents a name of the question stands ("Vamdrup Skole")."""
    if question.municipalities and not set(question.municipalities) - library.network.members:
        return question
    names = {
        term.surface: place
        for term in question.terms
        if is_a_name(term.surface, question.text) and (place := _place(term, library))
    }
    found = {*names.values(), *question.municipalities}
    if not names or len(found) != 1:
        return question
    terms = tuple(
        term._replace(weight=term.weight * _A_NAME) if term.surface in names else term for term in question.terms
    )
    return replace(question, municipalities=tuple(found), terms=terms)


def is_a_name(surface: str, text: str) -> bool:
    """Whether a word is written as a name where no sentence begins."""
    at = text.find(surface)
    inside = at > 1 and text[at - 1] == " " and text[at - 2] not in ".?!:"
    month = fold(surface) in places().months
    return inside and surface[:1].isupper() and not surface.isupper() and not month


def _place(term: Term, library: Library) -> str:
    found = library.places_of(_strong(term))
    return next(iter(found)) if len(found) == 1 else ""


def _strong(term: Term) -> Iterable[str]:
    return [name for name, strength in term.features.items() if strength >= _STRONG]


def placed(question: Question, gathering: Gathering) -> Question:
    """A question on a rule with the one municipality whose guidance alone speaks of it; else itself."""
    if question.municipalities or not question.deontic or not gathering.evidence:
        return question
    best = gathering.evidence[0]
    place = best.source.municipality
    if not place or best.coverage < _HELD or best.passage.kind_of_source in _GIVEN_TO_ONE:
        return question
    other = next((item for item in gathering.evidence if not _is_of(item, place)), None)
    if other and other.score > _BEHIND * best.score:
        return question
    return replace(question, municipalities=(place,))


def _is_of(item: Evidence, place: str) -> bool:
    return place in (item.source.municipality, item.passage.municipality)
