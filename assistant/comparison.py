"""Comparisons of documents: what a newer edition changed, and what each of several documents says of a thing."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.changes import Change, Placed, changes
from assistant.documents import Named
from assistant.editions import compared_editions, edition_kinds, resolved, same_document
from assistant.effects import GIVING, NORMS, WITHHOLDING, told
from assistant.evidence import Evidence, Gathering, Scorer, plain, relate
from assistant.frames import Cue, built, compile_cues, fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.models import Edition, Verdict
from assistant.norms import says
from assistant.presence_frame import masked
from assistant.provisions import laws_named
from assistant.question import Question
from assistant.weighing import Weighed
from assistant.words import TABLES, fold, tokens

# How much of the question's topic a statement must hold to be what was asked about.
_ABOUT = 0.5
# Of what changed, what holds clearly less of the topic than the best is about something else.
_NEARLY = 0.7
# A document's further statements are shown when they hold nearly as much of it as its best one.
_AS_MUCH = 0.9
_MOST_EACH = 2
# Without a topic, a document is told by its first norms.
_MOST_NORMS = 3
_MOST_READ = 6
_MOST = 8
# What a comparison may speak of beside the editions and still ask for all that changed.
_ABOUT_EDITIONS = "liste udgave version indhold fritagelse dokument"


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The patterns of tables/comparison.toml."""
    return compile_cues(_table()["compare"])


@lru_cache(maxsize=1)
def carriers() -> frozenset[str]:
    """Words that only carry a comparison."""
    return frozenset(token.word for token in tokens(_table()["carrier"]["words"]))


def _table() -> dict[str, Any]:
    with (TABLES / "comparison.toml").open("rb") as file:
        return tomllib.load(file)


def asked_for(question: Question) -> frozenset[str]:
    """How a question compares: new, gone, changed, differ, same; and whether it asks for provisions."""
    text = masked(question.text, (named.span for named in question.documents))
    return frozenset(cue.name for cue in cues() if cue.pattern.search(text))


def on_comparison(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """What changed between the editions that a question names, or what its documents say; None if it asks neither."""
    how = asked_for(question)
    terms = tuple(term for term in gathering.terms if fold(term.surface) not in carriers())
    gathering = replace(gathering, terms=terms)
    if how & {"new", "gone", "changed", "differ"} and (question.documents or question.years):
        found = _changed(question, gathering, library, how)
        if found:
            return found
    return _side_by_side(question, gathering, library, how)


def _changed(question: Question, gathering: Gathering, library: Library, how: frozenset[str]) -> Judgement | None:
    """What changed between two editions of one document, as far as it is about the question's topic."""
    pair = compared_pair(question, library)
    if pair is None:
        return None
    found = tuple(change for change in changes(*pair, library) if _wanted(change, how))
    if not _asks_for_all(gathering, library):
        about = _about(question, gathering, library, pair)
        found = tuple(change for change in found if about & {each.statement.id for each in change if each})
    shown = tuple((_cited(each.before, library), _cited(each.after, library)) for each in _weightiest(found)[:_MOST])
    if not shown:
        return None
    cited = tuple(item for both in shown for item in both if item)
    return Judgement("info", "aendringer", cited, changed=shown, absent=tuple((each, None) for each in pair))


def _wanted(change: Change, how: frozenset[str]) -> bool:
    """Whether the change is of the sort that is asked for; asked what changed, all are."""
    if how & {"changed", "differ"} or {"new", "gone"} <= how:
        return True
    return (change.before is None) if "new" in how else (change.after is None)


def _about(question: Question, gathering: Gathering, library: Library, pair: Sequence[Edition]) -> set[str]:
    """The statements of the two editions that hold the question's topic."""
    scorer = Scorer(question, library, gathering.terms, gathering.asked, {})
    passages = (passage for edition in pair for passage in library.editions[edition])
    scored = [scorer.score(passage, each) for passage in passages for each in told(passage)]
    bar = max(_ABOUT, _NEARLY * max((item.coverage for item in scored), default=0.0))
    return {item.statement.id for item in scored if item.coverage >= bar and item.main >= _ABOUT}


def _asks_for_all(gathering: Gathering, library: Library) -> bool:
    known = set(library.lexicon.features(_ABOUT_EDITIONS))
    return not gathering.asked and all(known & set(term.features) for term in gathering.terms)


def _weightiest(found: tuple[Change, ...]) -> list[Change]:
    """Norms before what only tells, new and gone before reworded; else as they stand."""
    return sorted(found, key=lambda change: (not _is_norm(change), bool(change.before and change.after)))


def _is_norm(change: Change) -> bool:
    return any(each.statement.effect in NORMS for each in change if each)


def _cited(placed: Placed | None, library: Library) -> Evidence | None:
    return plain(placed.passage, placed.statement, library) if placed else None


def compared_pair(question: Question, library: Library) -> tuple[Edition, Edition] | None:
    """The two editions of one document that a comparison names, the older first; None when it names no such two.

    Two letters of different rounds are no editions of each other: they must share enough statements.
    """
    named = compared_editions(question, library) if question.documents else ()
    kinds = tuple(dict.fromkeys(each.kind for each in named))
    if len(kinds) > 1:
        return None
    for kind in kinds or edition_kinds(library):
        found = [each for each in named if each.kind == kind]
        found = found if len(found) > 1 else [each for each in library.editions if each.kind == kind]
        if len(found) > 1 and same_document(found[0], found[-1], library):
            return found[0], found[-1]
    return None


def _side_by_side(question: Question, gathering: Gathering, library: Library, how: frozenset[str]) -> Judgement | None:
    """What each of the named documents says of the topic, with the verdict on whether they say the same."""
    named = compared_editions(question, library)
    asks = how & {"differ", "same", "changed"} or (not question.deontic and len(question.documents) > 1)
    if not asks or not 1 < len(named) <= _MOST_READ:
        return None
    found = {each: _said(each, question, gathering, library, "provisions" in how) for each in named}
    # "brevet" means the letter that speaks of it, where there are several; each that is named closer is accounted for.
    meant = {
        each for pointed in question.documents if _closely(pointed, library) for each in resolved(pointed, library)
    }
    found = {each: items for each, items in found.items() if items or each in meant}
    if not any(found.values()):
        return None
    basis = tuple(item for items in found.values() for item in items)
    absent = tuple((each, None) for each, items in found.items() if not items)
    whether = "same" in how and "differ" not in how and not built("wh", fold_text(question.text))
    verdict: Verdict = _agreeing(question, found, library) if whether else "info"
    return Judgement(verdict, "side_om_side", basis, absent=absent)


def _closely(pointed: Named, library: Library) -> bool:
    """Whether a naming means each document that fits it: by date or number, or since only one does."""
    return pointed.plural or bool(pointed.years or pointed.months) or len(resolved(pointed, library)) == 1


def _said(
    edition: Edition, question: Question, gathering: Gathering, library: Library, provisions: bool
) -> list[Evidence]:
    """What a document, read wholly, says of the topic: its best statements, with provisions where asked for."""
    laws = set(laws_named(question.text))
    terms = tuple(term for term in gathering.terms if not (laws and laws_named(term.surface)) and not _formal(term))
    scorer = Scorer(question, library, terms if not gathering.asked else (), gathering.asked, {})
    items = []
    for passage in library.editions[edition]:
        for statement in told(passage):
            mentions = library.mentions(statement)
            of_laws = {each.law for mention in mentions for each in mention.provisions}
            if gathering.asked and relate(mentions, gathering.asked) == "none":
                continue
            if (provisions or laws) and not (of_laws & laws if laws else of_laws):
                continue
            items.append(scorer.score(passage, statement))
    if not (terms or gathering.asked):
        return [item for item in items if item.statement.effect in GIVING | WITHHOLDING][:_MOST_NORMS]
    best = max((item.coverage for item in items), default=0.0)
    near = [item for item in items if item.coverage >= max(_ABOUT, _AS_MUCH * best) and item.main >= _ABOUT]
    return sorted(near, key=lambda item: -item.coverage)[:_MOST_EACH]


def _formal(term: Weighed) -> bool:
    """Whether a term asks for provisions and is no topic itself ("paragraffer", "sections")."""
    word = fold(term.surface)
    return any(cue.name == "provisions" and cue.pattern.fullmatch(word) for cue in cues())


def _agreeing(question: Question, found: dict[Edition, list[Evidence]], library: Library) -> Verdict:
    """ja where all say the same: the same provisions where they name some, else norms of the same direction."""
    if not all(found.values()):
        return "nej"
    provisions = [
        {each for item in items for mention in library.mentions(item.statement) for each in mention.provisions}
        for items in found.values()
    ]
    if all(provisions):
        return "ja" if all(each == provisions[0] for each in provisions) else "nej"
    towards = replace(question, act="skip", mode="may")
    signs = [{says(towards, item.statement.effect) > 0 for item in items} for items in found.values()]
    # What only stands under the topic's heading does not say the same of it.
    said = all(items[0].own >= _ABOUT for items in found.values())
    return "ja" if said and all(each == signs[0] and len(each) == 1 for each in signs) else "info"
