"""Sides: which answer a norm gives to the very case of a question, and whether its condition is met there."""

from __future__ import annotations

import re

from assistant.amounts import fits_limit, without_amounts
from assistant.conditions import own_condition
from assistant.durations import breaks, fits_age
from assistant.effects import BINDING, GIVING, WITHHOLDING
from assistant.evidence import Evidence, Gathering
from assistant.frames import fold_text, frames
from assistant.kinds import DOING
from assistant.library import Library
from assistant.limiting import cell_in, keeps_the_duty, leaves_a_duty, limits_what_stands_before
from assistant.norms import says
from assistant.question import Question
from assistant.synonyms import synonym_groups
from assistant.words import stem, tokens

# How much of a condition's words a question must say for it to be met.
_MET = 0.6
# ... where it also names a figure within its limit.
_MET_BESIDE = 0.5
_SMALL = 3
# What an exception names and its rule does not weighs so much at least.
_TELLS = 0.2
_SAID = 0.6
# Fewer words than this make no condition that could be recognised.
_FEWEST = 2
_ALSO = re.compile(r",? \b(og|samt|eller)\b")
_DENIED = re.compile(r"\b(ikke|ingen|intet|uden|aldrig|not|no|never|without|\w+n't)\b")
# What a case must be like, and not which case a rule is of: the limit follows the verb ("skal være over 45 år").
_DEMANDS = re.compile(r"\b(skal|må|er|kan|dog)\b(?! (hvis|når))[^,;]*$")
_LIMITING = BINDING | {"fact"}
_NOT_TO_BE_DONE = re.compile(r"\bskal (?:\w+ ){0,2}?ikke (?!nødvendigvis)(?:\w+ ){0,2}?(?P<verb>\w+e)\b")


def limit_in(item: Evidence) -> str:
    """What a norm's own words give it on: its condition, or the cell of its row that says for whom; "" if nothing."""
    return own_condition(item) or cell_in(item.statement.said)


def side(question: Question, item: Evidence) -> int:
    """What a statement answers: a freedom whose limit the case breaks withholds, a ban on leaving a duty demands it."""
    effect, said = item.statement.effect, item.statement.said
    sign = says(question, effect)
    if effect == "forbidden" and question.asks_duty and keeps_the_duty(said):
        return 2
    if effect == "refused" and question.asks_duty and not leaves_a_duty(said):
        return 0
    if effect == "exempt" and (question.act, question.mode) == ("do", "may") and _says_not_to(said, question):
        return 0
    if effect in GIVING and breaks(question.text, said):
        # That a thing is possible to a limit tells no duty beyond it; a duty lifted to a limit stands beyond it.
        beyond = abs(sign) if effect == "exempt" else 0
        return beyond if question.asks_duty else -abs(sign)
    return sign


def _says_not_to(said: str, question: Question) -> bool:
    """Whether the very thing that a question wants to do need not be done: that it may be, nobody says so."""
    match = _NOT_TO_BE_DONE.search(said.lower())
    if match is None:
        return False
    verb = stem(match["verb"])
    same = {verb, *synonym_groups().get(verb, ())}
    return any(term.kind == DOING and same & term.features.keys() for term in question.terms)


def is_met(question: Question, item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether a question says that the one condition of a norm is met: its limit, and most of its words."""
    condition = limit_in(item)
    fits = fits_limit(question.text, condition)
    if not condition or fits is False or _ALSO.search(condition.lower()):
        return False
    if item.statement.said.strip().startswith(condition):
        # A condition that opens its sentence is not told apart here from what it is for.
        return False
    if bool(_DENIED.search(condition.lower())) != bool(_DENIED.search(fold_text(question.text))) and not fits:
        return False
    words = [word for word in tokens(without_amounts(condition))[1:] if not _is_small(word.word)]
    said = [word for word in words if _is_said(word.spelt, gathering, library)]
    return (fits or len(words) >= _FEWEST) and len(said) >= (_MET_BESIDE if fits else _MET) * len(words)


def _is_small(word: str) -> bool:
    return word in frames().carriers or len(word) <= _SMALL


def _is_said(word: str, gathering: Gathering, library: Library) -> bool:
    features = library.lexicon.features(word)
    return any(term.match(features) >= _SAID for term in gathering.terms)


def breaks_case(question: Question, item: Evidence) -> bool:
    """Whether the case lies outside a norm's own limit, or is not as a sentence beside it demands.

    "Borgeren skal være over 45 år" demands it of the case; "Over 10.000 kr. skal der indhentes tilbud" is of another.
    """
    return breaks(question.text, item.statement.said) or any(
        other.effect in _LIMITING
        and other.id != item.statement.id
        and (demand := _DEMANDS.search(other.said.lower().rstrip(".")))
        and breaks(question.text, other.said[demand.start() :])
        for other in item.passage.statements
    )


def excepting(question: Question, item: Evidence, gathering: Gathering, library: Library) -> Evidence | None:
    """The sentence right behind a freedom that keeps the very case of the question out of it; None where none does.

    It names what the freedom does not ("For ledige er uge 8 fastholdt"), or its limit holds the question's figure.
    """
    order = [statement.id for statement in item.passage.statements]
    behind = [
        other
        for other in gathering.evidence
        if other.passage.id == item.passage.id
        and other.statement.effect in WITHHOLDING | {"required"}
        and order.index(other.statement.id) == order.index(item.statement.id) + 1
    ]
    return next((other for other in behind if _names_the_case(question, other, item, gathering, library)), None)


def _names_the_case(
    question: Question, other: Evidence, item: Evidence, gathering: Gathering, library: Library
) -> bool:
    if breaks(question.text, other.statement.said):
        return False
    fits = fits_limit(question.text, other.statement.said) or fits_age(question.text, other.statement.said)
    mine, theirs = (library.lexicon.features(each.statement.said) for each in (item, other))
    gained = sum(term.weight for term in gathering.terms if term.match(theirs) >= _SAID > term.match(mine))
    lost = sum(term.weight for term in gathering.terms if term.match(mine) >= _SAID > term.match(theirs))
    excepts = limits_what_stands_before(other.statement.said)
    return bool(fits) or (gained >= _TELLS and gained > lost and (excepts or not question.asks_duty))
