"""Premises: what a question takes for granted ("Hvornår blev pligten afskaffet?"), tried as a question of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.counting import counted_windows, same_count
from assistant.evidence import Evidence, Gathering
from assistant.figures import days, number_of, ordinal_of
from assistant.frames import fold_text
from assistant.library import Library
from assistant.question import Question
from assistant.subject import concerns_place
from assistant.words import tokens

# How many of the nearest statements are held against a figure that a question takes for granted.
_READ = 40
# How much of the question's topic a statement must hold for its other figure to be the right one.
_ABOUT = 0.5
# "All four" is so particular that less will do.
_TOUCHES = 0.2
# Smaller numbers point more than they count ("de to lister").
_LEAST = 3
# A year in a question belongs to the telling term before it ("evalueringen i 2020").
_TELLING = 0.5
_MATCH = 0.85
_SAME_THING = 0.8
_YEAR_OF = r"{}\W+(?:i|fra|in|from|of) (20[0-4]\d)\b"
_FORMS = frozenset({"why", "when", "who", "how_many", "where", "procedure", "fact"})
# A premise that something is not so ("Hvorfor er den ikke fritaget?") agrees with a no.
_NEGATED = re.compile(r"\b(ikke|ingen|aldrig|not|never|no|n.?t)\b")
# What a second clause asks is not taken for granted.
_ASKS_TOO = re.compile(r"\b(og|eller|and|or) (er|bliver|var|is|are|was) (den|det|de|vi|it|they|we)\b")
_GRANTED = re.compile(
    r"\b(imodekommet|godkendt|bevilget|tilladt|fik ja|ja til|fik lov|gav lov|har lov|"
    r"granted|approved|allowed|permitted)\b"
)  # "de muligheder, som vi fik ja til"
_DEMANDED = re.compile(r"\b(obligatorisk\w*|pligt\w* til|tvunget|pakravet|skal|mandatory|compulsory|required|must)\b")


def premise_of(question: Question) -> Question | None:
    """The yes-or-no question behind what `question` takes for granted; None where it takes no rule for granted."""
    if question.form not in _FORMS:
        return None
    folded = fold_text(question.text)
    if _ASKS_TOO.search(folded):
        return None
    if _NEGATED.search(folded):
        return None
    if question.act != "do":
        return replace(question, form="permission", mode="may")
    if _GRANTED.search(folded) and question.form != "how_many":
        return replace(question, form="permission", mode="may")
    if _DEMANDED.search(folded) and question.form in ("why", "when", "who"):
        return replace(question, form="permission", mode="must")
    return None


def denied_whole(question: Question, gathering: Gathering, library: Library) -> Evidence | None:
    """The statement that says of some what the question says of them all ("alle fire ansøgninger"); else None."""
    if not any(count.whole for count in counted_windows(question.text)):
        return None
    for item in gathering.evidence[:_READ]:
        if library.is_own(item.source) and _about(item, gathering, library) >= _TOUCHES:
            same = same_count(question.text, item.statement.said, gathering, library.lexicon, 2)
            if same is not None:
                return None if same else item
    return None


def denied_figure(question: Question, gathering: Gathering, library: Library) -> Evidence | None:
    """The statement that gives another figure than the question takes for granted; None where none does."""
    if question.deontic or question.form in ("whether", "compare"):
        return None
    near = [
        item
        for item in gathering.evidence[:_READ]
        if library.is_own(item.source)
        and (not question.municipalities or concerns_place(question, item))
        and _about(item, gathering, library) >= _ABOUT
    ]
    return (
        _other_count(question, near, gathering, library)
        or _beyond_count(question, gathering, library)
        or _other_year(question, near, gathering, library)
    )


def _beyond_count(question: Question, gathering: Gathering, library: Library) -> Evidence | None:
    """A statement that counts fewer of a thing than the question speaks of ("den fjerde runde" of three)."""
    words = [token.word for token in tokens(question.text)]
    for place, word in enumerate(words[:-1]):
        number = ordinal_of(word)
        if not number or number < _LEAST:
            continue
        thing = words[place + 1]
        terms = [term for term in gathering.terms if thing in {token.word for token in tokens(term.surface)}]
        counted = [
            (item, count.number)
            for item in gathering.evidence[:_READ]
            if library.is_own(item.source)
            for count in counted_windows(item.statement.said)
            if any(term.match(library.lexicon.features(count.window)) >= _SAME_THING for term in terms)
        ]
        if counted and max(found for _, found in counted) < number and max(found for _, found in counted) > 1:
            return max(counted, key=lambda pair: pair[1])[0]
    return None


def _about(item: Evidence, gathering: Gathering, library: Library) -> float:
    """The share of the topic, less its figures, that a statement holds."""
    features = library.features(item.passage, item.statement)
    terms = [term for term in gathering.terms if number_of(fold_text(term.surface)) is None]
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.match(features) for term in terms) / total if total else 0.0


def _other_count(question: Question, near: list[Evidence], gathering: Gathering, library: Library) -> Evidence | None:
    if not counted_windows(question.text):
        return None
    verdicts = [
        (item, same_count(question.text, item.statement.said, gathering, library.lexicon, _LEAST)) for item in near
    ]
    if any(same for _, same in verdicts):
        return None
    return next((item for item, same in verdicts if same is False), None)


def _other_year(question: Question, near: list[Evidence], gathering: Gathering, library: Library) -> Evidence | None:
    """A statement that dates what the question dates, otherwise; documents are named by their years, and left out."""
    if question.kinds:
        return None
    folded = fold_text(question.text)
    for term in gathering.terms:
        match = re.search(_YEAR_OF.format(re.escape(fold_text(term.surface))), folded)
        if not match or term.weight < _TELLING:
            continue
        dated = [
            (item, {day.year for day in days(item.statement.said)})
            for item in near
            if days(item.statement.said) and term.match(library.lexicon.features(item.statement.said)) >= _MATCH
        ]
        if dated and not any(int(match[1]) in years for _, years in dated):
            return dated[0][0]
    return None
