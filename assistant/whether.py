"""Yes-or-no questions about facts: the figures that a question states, held against those of the best statements."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.counting import same_count
from assistant.evidence import Evidence, Gathering
from assistant.figures import age_spans, ages, days, frequencies, number_of
from assistant.frames import fold_text
from assistant.library import Library
from assistant.models import Verdict
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.words import tokens

_NEGATIONS = frozenset("ikke ingen aldrig hverken not no never".split())
_ALL_HELD = 0.9
_MOST_HELD = 0.55
# How much of what the question is about a statement must hold for its other figure to be the right one.
_ABOUT = 0.4
_READ = 6
_DEADLINES = 40
_CLAUSE = re.compile(r"[;,:]\s|\s(?:og|and|samt)\s")
_LATEST = re.compile(r"(?i)\b(senest|frist|inden den)\b")
_IN_TIME = re.compile(r"\b(i tide|rettidig\w*|in time|on time)\b")
# What is to come is not yet so ("Forsøget skal på sigt omfatte 50 unge").
_TO_COME = re.compile(
    r"\b(på sigt|forventes|planlægges|(skal|vil) (\w+ ){0,2}(omfatte|starte|blive|deltage)|"
    r"expected|eventually|will|planned)\b"
)
_TOO_LATE = re.compile(r"\b(for sent?|too late|forsent)\b")


class Held(NamedTuple):
    """A verdict on what a question states, and the statement that it rests on."""

    verdict: Verdict
    item: Evidence


def verdict_on(question: Question, items: tuple[Evidence, ...], gathering: Gathering, library: Library) -> Held:
    """nej where the statement on the matter gives another figure than the question's, ja where it holds all of it."""
    best = items[0]
    dated = in_time(question, gathering)
    if dated:
        return dated
    for item in gathering.evidence[:_READ]:
        agreed = agreement(question, item, gathering, library) if item.coverage >= _ABOUT else None
        if agreed is False:
            return Held("nej", item)
        if agreed and _TO_COME.search(item.statement.said.lower()) and not _TO_COME.search(question.text.lower()):
            return Held("info", item)
        if agreed and item.own >= _ALL_HELD and not item.missing:
            return Held("ja", item)
        if agreed:
            return Held("info", item)
    if _denied(best.statement.said) and not _denied(question.text) and best.coverage >= _MOST_HELD:
        return Held("nej", best)
    stated, given = _figures(question.text), _figures(best.statement.said)
    if _TO_COME.search(best.statement.said.lower()) and not _TO_COME.search(question.text.lower()):
        return Held("info", best)
    sure = best.own >= _ALL_HELD and stated <= given and not best.missing and not days(question.text)
    return Held("ja" if sure else "info", best)


def in_time(question: Question, gathering: Gathering) -> Held | None:
    """Whether a day in the question keeps the last day that a statement sets; None where that is not asked."""
    folded = fold_text(question.text)
    asks, late = _IN_TIME.search(folded), _TOO_LATE.search(folded)
    named = [day for day in days(question.text) if day.month]
    if not (asks or late) or len(named) != 1:
        return None
    for item in gathering.evidence[:_DEADLINES]:
        last = [day for day in days(item.statement.said) if day.day]
        if _LATEST.search(item.statement.said) and len(last) == 1:
            kept = tuple(named[0]) <= tuple(last[0])
            return Held("ja" if kept == bool(asks) else "nej", item)
    return None


def agreement(question: Question, item: Evidence, gathering: Gathering, library: Library) -> bool | None:
    """Whether a statement gives the figure that the question states; None where it gives none of that kind."""
    text = item.statement.said
    stated, spans = ages(question.text), age_spans(text)
    if stated and spans:
        return all(any(low <= age <= high for low, high in spans) for age in stated)
    asked_spans = age_spans(question.text)
    if asked_spans and spans:
        return any(low <= top and bottom <= high for low, high in spans for bottom, top in asked_spans)
    often, given = frequencies(question.text), frequencies(text)
    if often and given:
        return bool(often & given)
    counted = same_count(question.text, text, gathering, library.lexicon)
    if counted is not None:
        return counted
    named = [day for day in days(question.text) if not question.kinds]
    found = days(_clause(question, item, gathering, library)) if named else ()
    agreeing = [any(mine.agrees(other) for mine in named) for other in found]
    # A statement with other dates beside may give the question's date to something else.
    if not any(agreeing) and any(mine.agrees(other) for mine in named for other in days(text)):
        return None
    return agreeing[0] if len(set(agreeing)) == 1 else None


def _clause(question: Question, item: Evidence, gathering: Gathering, library: Library) -> str:
    """The part of a statement with a date that speaks most of the question's topic; all of it where none does more."""
    parts = [part for part in _CLAUSE.split(item.statement.said) if days(part)]
    if len(parts) < 2:
        return item.statement.said
    asked = set(question.municipalities)
    scored = [
        (
            len(asked & set(municipalities_in(part)))
            + sum(term.weight * term.match(library.lexicon.features(part)) for term in gathering.terms),
            part,
        )
        for part in parts
    ]
    most, best = max(scored)
    return best if sum(score == most for score, _ in scored) == 1 else item.statement.said


def _denied(text: str) -> bool:
    return any(token.word in _NEGATIONS for token in tokens(text))


def _figures(text: str) -> frozenset[int]:
    """The numbers of a text, in figures or in words; "en" and "et" are articles and do not count."""
    numbers = ((token.word, number_of(token.word)) for token in tokens(text))
    return frozenset(number for word, number in numbers if number is not None and (word.isdecimal() or number > 1))
