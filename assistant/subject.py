"""The subject of a question: what it is asked about, less the words that only name the kind of answer wanted."""

from __future__ import annotations

from assistant.evidence import Evidence, Gathering, provision_weight
from assistant.library import Library
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.wanted import asked_for
from assistant.weighing import Weighed
from assistant.words import tokens

# A match of what a statement hangs under (its headings, its list) is nearly as good as one of its own words: a figure
# seldom repeats what it is the figure of.
_FULL = 0.7
# What a municipality named in the question weighs beside its terms.
_PLACE_WEIGHT = 0.5
# A heading bears a word of the question.
_HEADED = 0.8
# A word that the documents lack may be another way to put what they have; less so where a yes or no hangs on it.
_UNKNOWN = {"": 0.6, "whether": 0.75}


def subject(question: Question, gathering: Gathering) -> tuple[Weighed, ...]:
    """The terms that a question is about."""
    asked = asked_for(question)
    if asked is None or not asked.words:
        return gathering.terms
    return tuple(term for term in gathering.terms if not {token.word for token in tokens(term.surface)} <= asked.words)


def held(question: Question, item: Evidence, gathering: Gathering, library: Library) -> float:
    """The share of the subject that a statement holds, 0-1; 1 where the question names no subject of its own."""
    features = library.features(item.passage, item.statement)
    total = got = 0.0
    for term in subject(question, gathering):
        weight = term.weight * (1.0 if term.known else _UNKNOWN["whether" if question.form == "whether" else ""])
        total += weight
        got += weight * min(1.0, term.match(features) / _FULL)
    if gathering.asked:
        total += provision_weight(question)
        got += provision_weight(question) * (item.provision == "all" or 0.7 * (item.provision in ("part", "theme")))
    if question.municipalities:
        total += _PLACE_WEIGHT
        got += _PLACE_WEIGHT * concerns_place(question, item)
    return got / total if total else 1.0


def concerns_place(question: Question, item: Evidence) -> bool:
    """Whether a statement is about, or names, a municipality that the question names."""
    asked = set(question.municipalities)
    named = {*municipalities_in(item.statement.text), *municipalities_in(item.source.title)}
    return item.passage.municipality in asked or bool(asked & {*named, *item.source.addressees})


def elsewhere(question: Question, item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether another section of the municipality bears a word of the question in its heading, and this one does not.

    A municipality with a project for the young and one for adults is asked about the young in the first.
    """
    place = item.passage.municipality
    if not place or place not in question.municipalities:
        return False
    sections = {each.heading_path for each in library.local.get(place, ())}
    if len(sections) < 2:
        return False
    headed = {path: library.lexicon.features(path[-1] if path else "") for path in sections}
    own = [term for term in gathering.terms if term.surface in question.fresh]
    for term in own or gathering.terms:
        bearing = {path for path, features in headed.items() if term.match(features) >= _HEADED}
        if bearing and item.passage.heading_path not in bearing and len(bearing) < len(sections):
            return True
    return False
