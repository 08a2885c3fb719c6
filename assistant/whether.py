"""Yes-or-no questions about facts: the figures that a question states, held against those of the best statements."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.claims import contrary, of_matter, share, sweeps
from assistant.counting import same_count
from assistant.effects import NORMS
from assistant.evidence import Evidence, Gathering
from assistant.figures import age_spans, ages, days, frequencies, number_of
from assistant.frames import fold_text
from assistant.library import Library
from assistant.models import Verdict
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.words import tokens

_NEGATIONS = frozenset("ikke ingen aldrig hverken frafaldt bortfaldt bortfalder ophort not no never".split())
_ALL_HELD = 0.9
_MOST_HELD = 0.55
# Another statement than the best one denies it where it holds so much, and scores nearly as well.
_NEARLY_ALL = 0.65
_NEAR = 0.75
# A clause speaks of the question's topic, and not the next one, by so much.
_CLEARLY = 0.1
# How much of what the question is about a statement must hold for its other figure to be the right one.
_ABOUT = 0.4
_READ = 6
_DEADLINES = 40
_CLAUSE = re.compile(r"[;,:]\s|\s(?:og|and|samt)\s")
_RELATIVE = re.compile(r"(?<=\w),? (?:som|which)\b[^,.;?]*|, (?:der|hvor|hvorefter)\b[^,.;?]*")
_LATEST = re.compile(r"(?i)\b(senest|frist|inden den)\b")
_IN_TIME = re.compile(
    r"\b(i tide|rettidig\w*|overhold\w* (vi|de|jeg|kommunen)? ?(\w*fristen)|nar?ede (vi|de|jeg) (det|fristen)|"
    r"inden for fristen|in time|on time|(meet|met|make|made|within) the deadline)\b"
)
# What is to come is not yet so ("Forsøget skal på sigt omfatte 50 unge").
_TO_COME = re.compile(
    r"\b(på sigt|forventes|planlægges|(skal|vil) (\w+ ){0,2}(omfatte|starte|blive|deltage)|"
    r"expected|eventually|will|planned)\b"
)
# A question of what was asked for or wished, and not of what is so.
_ASKING = re.compile(
    r"\b(an)?sog\w*|\b(onsk|foresl|bed|bad|anmod|vil gerne|appl|ask|wish|request|propos|want|apel|appel)\w*"
)
_TOO_LATE = re.compile(r"\b(for sent?|too late|forsent)\b")


class Held(NamedTuple):
    """A verdict on what a question states, and the statement that it rests on."""

    verdict: Verdict
    item: Evidence


def verdict_on(question: Question, items: tuple[Evidence, ...], gathering: Gathering, library: Library) -> Held:
    """nej where the statement on the matter gives another figure than the question's, ja where it holds all of it."""
    best = items[0]
    for item in gathering.evidence[:_READ]:
        found = _held_against(question, item, gathering, library)
        if found:
            return found
    denied = _denial(question, gathering)
    if denied:
        return Held("nej", denied)
    if _still_to_come(question, best) or _only_asked_for(question, best):
        return Held("info", best)
    stated, given = _figures(question.text), _figures(best.statement.said)
    sure = best.own >= _ALL_HELD and stated <= given and not best.missing and not days(question.text)
    return Held("ja" if sure and not sweeps(question.text, best.statement.said) else "info", best)


def _held_against(question: Question, item: Evidence, gathering: Gathering, library: Library) -> Held | None:
    """What one statement says to the question's figures and words; None where it says nothing to them."""
    agreed = agreement(question, item, gathering, library) if item.coverage >= _ABOUT else None
    if agreed is False or contrary(question, item, gathering, library):
        return Held("nej", item)
    if not agreed or (_denied(item.statement.said) and not _denied(question.text)):
        return None
    if _still_to_come(question, item) or _only_asked_for(question, item) or sweeps(question.text, item.statement.said):
        return Held("info", item)
    matter = of_matter(gathering.terms)
    sure = (item.own >= _ALL_HELD and not item.missing) or (matter and share(matter, item, library) >= _ALL_HELD)
    return Held("ja" if sure else "info", item)


def _only_asked_for(question: Question, item: Evidence) -> bool:
    """Whether a statement tells what somebody asked for or wished, and the question does not ask of that."""
    return item.statement.effect in ("applied", "wish") and not _ASKING.search(fold_text(question.text))


def _denial(question: Question, gathering: Gathering) -> Evidence | None:
    """The statement, about as near as the best, that denies what the question states."""
    if _denied(question.text):
        return None
    best = gathering.evidence[0].score
    for item in gathering.evidence[:_READ]:
        enough = _MOST_HELD if item is gathering.evidence[0] else _NEARLY_ALL
        if _denied(item.statement.said) and item.coverage >= enough and item.score >= _NEAR * best:
            return item
    return None


def _of_the_same(item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether a deadline is for what the question speaks of, not for another thing that has one."""
    own = library.lexicon.features(item.statement.said)
    return any(term.match(own) >= _ALL_HELD for term in of_matter(gathering.terms))


def _still_to_come(question: Question, item: Evidence) -> bool:
    """Whether a statement says of the future what the question states as so."""
    return bool(_TO_COME.search(item.statement.said.lower())) and not _TO_COME.search(question.text.lower())


def denied_claim(question: Question, gathering: Gathering, library: Library) -> Evidence | None:
    """The statement that says the contrary of what a yes-or-no question states, in so many words; None where none."""
    if question.form != "whether" and not (question.deontic and question.act == "do" and question.mode == "may"):
        return None
    own = [item for item in gathering.evidence[:_READ] if library.is_own(item.source)]
    if question.form == "whether":
        return next((item for item in own if contrary(question, item, gathering, library)), None)
    told = [item for item in own if item.statement.effect not in NORMS]
    return next((item for item in told if contrary(question, item, gathering, library)), None)


def in_time(question: Question, gathering: Gathering, library: Library) -> Held | None:
    """Whether a day in the question keeps the last day that a statement sets; None where that is not asked."""
    folded = fold_text(question.text)
    asks, late = _IN_TIME.search(folded), _TOO_LATE.search(folded)
    named = [day for day in days(question.text) if day.month]
    if not (asks or late) or len(named) != 1:
        return None
    for item in gathering.evidence[:_DEADLINES]:
        last = [day for day in days(item.statement.said) if day.day]
        if not _of_the_same(item, gathering, library):
            continue
        if _LATEST.search(item.statement.said) and len(last) == 1:
            if not named[0].day and named[0][:2] == last[0][:2]:
                return None
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
        return any(each in spans for each in asked_spans)
    often, given = frequencies(question.text), frequencies(text)
    if often and given:
        return bool(often & given)
    counted = same_count(question.text, text, gathering, library.lexicon)
    if counted is not None:
        return counted
    named = [day for day in days(question.text) if not question.kinds]
    clause, sure = _clause(question, item, gathering, library) if named else ("", False)
    found = days(clause)
    agreeing = [any(mine.agrees(other) for mine in named) for other in found]
    # A statement with other dates beside may give the question's date to something else.
    if not (sure or any(agreeing)) and any(mine.agrees(other) for mine in named for other in days(text)):
        return None
    return agreeing[0] if len(set(agreeing)) == 1 else None


def _clause(question: Question, item: Evidence, gathering: Gathering, library: Library) -> tuple[str, bool]:
    """The part of a statement with a date that speaks most of the topic, and if clearly so; else all of it."""
    parts = [part for part in _CLAUSE.split(item.statement.said) if days(part)]
    if len(parts) < 2:
        return item.statement.said, False
    asked = set(question.municipalities)
    scored = sorted(
        (
            len(asked & set(municipalities_in(part)))
            + sum(term.weight * term.match(library.lexicon.features(part)) for term in gathering.terms),
            part,
        )
        for part in parts
    )
    lead = scored[-1][0] - scored[-2][0]
    return (scored[-1][1], lead >= _CLEARLY) if lead > 0 else (item.statement.said, False)


def _denied(text: str) -> bool:
    """Whether a sentence denies something, apart from its relative clauses ("..., som ikke kan rummes i loven")."""
    return any(token.word in _NEGATIONS for token in tokens(_RELATIVE.sub("", text)))


def _figures(text: str) -> frozenset[int]:
    """The numbers of a text, in figures or in words; "en" and "et" are articles and do not count."""
    numbers = ((token.word, number_of(token.word)) for token in tokens(text))
    return frozenset(number for word, number in numbers if number is not None and (word.isdecimal() or number > 1))
