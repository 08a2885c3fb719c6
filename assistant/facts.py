"""Facts: which statements answer a question that asks for something other than a yes or no about a rule."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.counting import Counted, counted_in, counts
from assistant.effects import told
from assistant.evidence import Evidence, Gathering, plain
from assistant.library import Library
from assistant.lists import listed
from assistant.models import Edition
from assistant.parts import asks_part
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.sequence import steps
from assistant.subject import concerns_place, elsewhere
from assistant.wanted import Asked, asked_for, within_limits

_SHAPE_BONUS = 0.08
# Effects that a question of a form asks for.
_WANTED = {"condition": frozenset({"condition", "required", "not_exempt"})}
_EFFECT_BONUS = 0.12
_EXPLAINS_BONUS = 0.15
# What must be so before a thing begins is told in sentences that say "before".
_BEFORE_BONUS = 0.2
_BEFORE = re.compile(r"(?i)\b(før|inden|forud for|senest ved)\b")
_ASKS_BEFORE = re.compile(r"(?i)\b(før|inden|before|prior to)\b(?! (den )?\d)")
_NEAR = 0.7
_MOST = 4
_COMPARED = 0.55
_POOL = 60
# Where only a text of a certain shape answers, more is looked through for it.
_SHAPED_POOL = 240


def answers(question: Question, gathering: Gathering, library: Library) -> tuple[Evidence, ...]:
    """The statements that answer best, the best first; never empty when any is of the wanted shape."""
    ranked = fitting(question, gathering, library)
    if not ranked:
        return ()
    if question.form == "compare":
        return tuple(_one_a_document(ranked))
    holding = [item for item in ranked if item.provision in ("all", "part")]
    if holding and asks_part(question.text):
        return tuple(_one_a_document(holding))
    asked = asked_for(question)
    if asked and asked.wanted.name == "sequence":
        following = steps(question, asked, ranked, library)
        if following:
            return tuple(following)
    if question.form in ("list", "who") or (asked and asked.wanted.name == "municipality"):
        found = listed(question, ranked, gathering, library)
        if found:
            return tuple(found)
    best = fitness(question, ranked[0])
    chosen = [item for item in ranked if fitness(question, item) >= _NEAR * best]
    distinct: dict[str, Evidence] = {}
    for item in chosen:
        distinct.setdefault(item.statement.said.lower(), item)
    return _with_the_others(tuple(distinct.values())[:_MOST], asked, library)


def _with_the_others(best: tuple[Evidence, ...], asked: Asked | None, library: Library) -> tuple[Evidence, ...]:
    """The answers, after the first one the nearest of each type that was asked for beside ("sagsnr og doknr")."""
    first = best[0].passage
    document = library.editions.get(Edition(first.date, first.kind_of_source, first.source_id), [])
    beside: list[Evidence] = []
    for wanted in asked.also if asked else ():
        beside += [
            plain(passage, statement, library)
            for passage in document
            for statement in told(passage)
            if wanted.shaped(statement.said)
        ][:1]
    chosen = dict.fromkeys(item.statement.id for item in (best[0], *beside, *best[1:]))
    by_id = {item.statement.id: item for item in (*best, *beside)}
    return tuple(by_id[each] for each in chosen)[: max(_MOST, 1 + len(beside))]


def fitting(question: Question, gathering: Gathering, library: Library) -> list[Evidence]:
    """Evidence of the wanted shape, and of the municipality asked about where one was; the best answer first."""
    asked = asked_for(question)
    counted = (
        counted_in(question, gathering, library.lexicon) if asked and asked.wanted.name == "count" else Counted(())
    )
    found = [
        item
        for item in gathering.evidence[: _SHAPED_POOL if asked and asked.wanted.strict else _POOL]
        if _gives(item, asked)
        and _concerns(question, item, library)
        and (not counted.anything or counts(item.statement.said, counted, library.lexicon))
        and (not question.municipalities or concerns_place(question, item))
        and within_limits(question, item.statement.said)
        and not elsewhere(question, item, gathering, library)
    ]
    return sorted(found, key=lambda item: -fitness(question, item))


def _gives(item: Evidence, asked: Asked | None) -> bool:
    """Whether a statement holds what is asked for, where a statement without it is no answer."""
    if asked is None or not asked.wanted.strict:
        return True
    return asked.wanted.shaped(item.statement.said, item.passage.municipality)


def _concerns(question: Question, item: Evidence, library: Library) -> bool:
    """Whether a source is of the asker's network, or of one that the question itself points at."""
    if library.is_own(item.source) or item.passage.kind_of_source in question.kinds:
        return True
    return bool(set(question.municipalities) & set(municipalities_in(f"{item.source.title} {item.source.issuer}")))


def fitness(question: Question, item: Evidence) -> float:
    """The score of a statement as an answer of the wanted form."""
    asked = asked_for(question)
    shaped = bool(asked and asked.wanted.shaped(item.statement.said, item.passage.municipality))
    effects = _WANTED.get(question.form) or (_WANTED["condition"] if question.mode == "must" else frozenset())
    return (
        item.score
        + _SHAPE_BONUS * shaped
        + _EFFECT_BONUS * (item.statement.effect in effects)
        + _BEFORE_BONUS * (asks_before(question) and bool(_BEFORE.search(item.statement.said)))
        + _EXPLAINS_BONUS * (question.form == "definition" and explains(question, item.statement.said))
    )


def asks_before(question: Question) -> bool:
    """Whether a question asks what must be done before something ("Hvad skal vi gøre, før et forsøg går i gang?")."""
    return question.mode in ("must", "may") and bool(_ASKS_BEFORE.search(question.text))


def explains(question: Question, text: str) -> bool:
    """Whether a text says what a word of the question is: "LØFT (løsningsfokuseret tilgang)", "X er en ..."."""
    return any(
        re.search(rf"(?i)\b{re.escape(term.surface)}\w{{0,4}}(\s+\w+){{0,3}}\s*\(|\({re.escape(term.surface)}\)", text)
        or re.match(
            rf"(?i)\W*(en |et |\w+: )?{re.escape(term.surface)}\w{{0,5}} (er|betyder|står for|kan|har|skal)\b", text
        )
        for term in question.terms
        if len(term.surface) > 2
    )


def _one_a_document(ranked: list[Evidence]) -> list[Evidence]:
    """The best statement of each document that speaks to the matter, so that they can be held together."""
    best: dict[tuple[str, str], Evidence] = {}
    for item in ranked:
        if item.score >= _COMPARED * ranked[0].score:
            best.setdefault((item.passage.source_id, item.passage.kind_of_source), item)
    return list(best.values())[:_MOST]


def usable(question: Question, gathering: Gathering, library: Library) -> Gathering:
    """The gathering with only the evidence that could answer."""
    return replace(gathering, evidence=tuple(fitting(question, gathering, library)))


def one_of_each_place(question: Question, items: tuple[Evidence, ...]) -> bool:
    """Whether several municipalities are the answer, each by a statement that stands in its own section."""
    asked = asked_for(question)
    places = {item.passage.municipality for item in items}
    if asked is None or asked.wanted.name != "municipality" or "" in places:
        return False
    return len(places) == len(items) > 1
