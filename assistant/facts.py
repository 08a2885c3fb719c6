"""Facts: which statements answer a question that asks for something other than a yes or no about a rule."""

from __future__ import annotations

import re

from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.words import fold, parts, stem, tokens

_NUMBER = re.compile(
    r"\d|\b(en|et|én|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|samtlige|alle|ingen|halv\w*|gange)\b",
    re.IGNORECASE,
)
_NUMERALS = frozenset("en et to tre fire fem seks syv otte ni ti elleve tolv tyve".split())
_DATE = re.compile(
    r"\b\d{1,2}[.\-/] ?(\d{1,2}|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)|"
    r"\b(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b|\b20[0-4]\d\b|"
    r"\b(senest|inden|før) (ved|en|et|den|forsøg\w*)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(da|fordi|idet|eftersom|derfor|af hensyn|ud fra|så|forklaring\w*|begrund\w*|grund\w*|årsag\w*)\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåü]+ [A-ZÆØÅ][a-zæøåü]+|[A-ZÆØÅ]{3,}|minister|ministeri|kommune")
_PLACE = re.compile(r"\b(www|http|[\w.]+@|hjemmeside|gade|vej|på|hos|i)\b", re.IGNORECASE)
# What an answer of a form must hold, so that a figure answers "how many" and a date "when".
_MONEY = re.compile(r"\d[\d.,]*\W*(kr\b|kroner|procent|%|mio|million|euro)|\b(kr\.?|kroner)\W*\d", re.IGNORECASE)
SHAPES = {"how_much": _MONEY, "how_many": _NUMBER, "when": _DATE, "why": _REASON, "who": _NAME, "where": _PLACE}
# Forms whose answer is worthless without its shape.
_SHAPED = ("how_much", "how_many", "when")
_SHAPE_BONUS = 0.08
# Effects that a question of a form asks for.
_WANTED = {"condition": frozenset({"condition", "required", "not_exempt"})}
_EFFECT_BONUS = 0.12
_NEAR = 0.7
_MOST = 4
_COMPARED = 0.55
# A list whose items are paragraphs is no list to repeat: the item that answers is enough.
_LONG_LIST = 1500


def answers(question: Question, gathering: Gathering, library: Library) -> tuple[Evidence, ...]:
    """The statements that answer best, the best first, at most five; never empty when there is evidence at all."""
    ranked = sorted(fitting(question, gathering, library), key=lambda item: -fitness(question, item))
    if not ranked:
        return ()
    best = fitness(question, ranked[0])
    chosen = [item for item in ranked if fitness(question, item) >= _NEAR * best]
    distinct: dict[str, Evidence] = {}
    for item in chosen:
        distinct.setdefault(item.statement.text.lower(), item)
    found = list(distinct.values())[:_MOST]
    if question.form == "compare":
        found = _one_a_document(ranked)
    if question.form == "list" and found[0].passage.kind == "list_item":
        found = _whole_list(found[0], gathering, library)
    return tuple(found)


def fitting(question: Question, gathering: Gathering, library: Library) -> list[Evidence]:
    """Evidence of the wanted shape, and of the municipality asked about where one was."""
    shape = SHAPES.get(question.form) if question.form in _SHAPED else None
    asked = set(question.municipalities)
    return [
        item
        for item in gathering.evidence[:60]
        if (not shape or shape.search(item.statement.text))
        and _concerns(question, item, library)
        and (not question.counted or counts(item.statement.text, question.counted))
        and (not asked or item.passage.municipality in asked or asked & _named(item))
    ]


def _concerns(question: Question, item: Evidence, library: Library) -> bool:
    """Whether a source is of the asker's network, or of one that the question itself points at."""
    if library.is_own(item.source) or item.passage.kind_of_source in question.kinds:
        return True
    return bool(set(question.municipalities) & set(municipalities_in(f"{item.source.title} {item.source.issuer}")))


def _named(item: Evidence) -> set[str]:
    """The municipalities that a statement or its document's title names."""
    return {*municipalities_in(item.statement.text), *municipalities_in(item.source.title)}


def counts(text: str, nouns: tuple[str, ...]) -> bool:
    """Whether a number stands shortly before one of the nouns: "15 familier", "over 300 voksne borgere"."""
    words = tokens(text)
    numbers = [place for place, word in enumerate(words) if word.word[0].isdigit() or word.word in _NUMERALS]
    return any(
        stem(words[place].word) in nouns or {stem(fold(half)) for half in parts(words[place].spelt)} & set(nouns)
        for number in numbers
        for place in range(number + 1, min(len(words), number + 4))
    )


def fitness(question: Question, item: Evidence) -> float:
    """The score of a statement as an answer of the wanted form."""
    shape = SHAPES.get(question.form)
    shaped = bool(shape and shape.search(item.statement.text))
    asked = _WANTED.get(question.form) or (_WANTED["condition"] if question.mode == "must" else frozenset())
    return item.score + _SHAPE_BONUS * shaped + _EFFECT_BONUS * (item.statement.effect in asked)


def _one_a_document(ranked: list[Evidence]) -> list[Evidence]:
    """The best statement of each document that speaks to the matter, so that they can be held together."""
    best: dict[tuple[str, str], Evidence] = {}
    for item in ranked:
        if item.score >= _COMPARED * ranked[0].score:
            best.setdefault((item.passage.source_id, item.passage.kind_of_source), item)
    return list(best.values())[:_MOST]


def _whole_list(first: Evidence, gathering: Gathering, library: Library) -> list[Evidence]:
    """Every item of the list that the best statement stands in, in reading order."""
    members = {sibling.id for sibling in library.siblings(first.passage)}
    items = [item for item in gathering.evidence if item.passage.id in members]
    if sum(len(item.statement.text) for item in items) > _LONG_LIST:
        return [first]
    return sorted(items, key=lambda item: item.passage.order)
