"""Weighing: what each term of a question is worth in these documents, and how well a text matches it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assistant.aim import AGENT
from assistant.kinds import DOING, MANNER, NUMBER, THING
from assistant.library import Library
from assistant.question import Question
from assistant.topic import Term
from assistant.words import everydayness, fold

_BY_PARTS = 0.85
_MOST_OF_IT = 0.7
# An everyday word that the documents lack ("wider", "sagde") is more likely another way to put it than another matter.
_EVERYDAY = 4.0
_EVERYDAY_UNKNOWN = 0.5
# What is done, how and how often is put in many words; the thing that is asked about seldom.
_UNKNOWN = {THING: 1.0, DOING: 0.7, MANNER: 0.4, NUMBER: 1.0}
# A term of this share of the heaviest one's weight tells as much of what is asked.
_AS_HEAVY = 0.8
# A term that weighs so much more than what the verb is about tells more of what is asked.
_OUTWEIGHS = 1.6
# What a verb is about tells nothing where it weighs less ("planen", "en borger").
_TELLS = 0.3


class Weighed(NamedTuple):
    """A term of the question as the documents see it: its features, what it weighs, and whether they know it."""

    surface: str
    weight: float
    features: Mapping[str, float]
    wordings: tuple[tuple[str, ...], ...]
    known: bool
    aim: int = 0

    def match(self, features: Mapping[str, float]) -> float:
        """How well a statement's features match the term, 0-1: as a whole, or a little less by its single words."""
        whole = _best(self.features, features)
        if not self.wordings or whole >= _BY_PARTS:
            return whole
        shares = (sum(features.get(part, 0.0) for part in wording) / len(wording) for wording in self.wordings)
        best = max(shares)
        return max(whole, _BY_PARTS * best * (1.0 if best >= _MOST_OF_IT else 0.5))


def _best(wanted: Mapping[str, float], features: Mapping[str, float]) -> float:
    return max((strength * features.get(name, 0.0) for name, strength in wanted.items()), default=0.0)


def weigh(question: Question, library: Library) -> tuple[Weighed, ...]:
    """The question's terms with corpus weights; unknown words are respelled where one edit makes them known."""
    found: dict[frozenset[str], Weighed] = {}
    for term in question.terms:
        weighed = _weighed(term, question.language, library)
        key = frozenset(weighed.features)
        if key not in found or found[key].weight < weighed.weight:
            found[key] = weighed
    return tuple(found.values())


def _weighed(term: Term, language: str, library: Library) -> Weighed:
    features = dict(term.features)
    if not library.knows(name for name, strength in features.items() if strength > 0.8):
        respelled, strength = library.respelling.of(term.surface, language)
        features = {respelled: strength} if respelled else features
    strongest = max(features.values(), default=0.0)
    main = [name for name, strength in features.items() if strength >= 0.85 * strongest]
    known = library.knows(main) or any(all(library.knows([part]) for part in wording) for wording in term.wordings)
    own = [name for name in main if features[name] > 0.9 * strongest]
    worth = library.rarity(own if library.knows(own) else main) if known else _unknown_worth(term, language)
    return Weighed(term.surface, term.weight * worth, features, term.wordings, known, term.aim)


def _unknown_worth(term: Term, language: str) -> float:
    """What a word that the documents lack counts: a thing fully, what is said of it less, everyday words half."""
    everyday = everydayness(fold(term.surface), language) >= _EVERYDAY
    return _UNKNOWN[term.kind] * (_EVERYDAY_UNKNOWN if everyday else 1.0)


def telling(terms: tuple[Weighed, ...], fresh: frozenset[str]) -> tuple[Weighed, ...]:
    """The heaviest of the terms that the documents know, and those about as heavy; of unknown ones only if all are.

    What a follow-up says itself (`fresh`) tells more than all that was said before, known or not; who does a thing
    tells less than the thing.
    """
    own = [term for term in terms if term.surface in fresh]
    candidates = own or [term for term in terms if term.known and term.aim != AGENT] or list(terms)
    heaviest = max((term.weight for term in candidates), default=0.0)
    return tuple(term for term in candidates if term.weight >= _AS_HEAVY * heaviest)


def aimed(terms: tuple[Weighed, ...], fresh: frozenset[str]) -> Weighed | None:
    """The term that tells what the question's verb is about: its object, else what hangs on it, else its subject."""
    told = [
        term
        for term in terms
        if 0 < term.aim < AGENT and term.weight >= _TELLS and (not fresh or term.surface in fresh)
    ]
    return min(told, key=lambda term: (term.aim, -term.weight), default=None)


def leads(aim: Weighed | None, told: tuple[Weighed, ...]) -> bool:
    """Whether what the verb is about tells as much of the question as its most telling terms."""
    return aim is not None and all(term.weight <= _OUTWEIGHS * aim.weight for term in told)
