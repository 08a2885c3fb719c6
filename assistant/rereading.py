"""Rereading: the best of the evidence compared with the question word by word, by the learnt network."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.question import Question
from assistant.relevance import Tokens, load_relevance

# How many of the best are compared, and what the likelihood that a statement answers weighs in its score.
_COMPARED = 40
_LEARNT = 0.25


def reread(question: Question, gathering: Gathering, library: Library, tokens: Tokens | None) -> Gathering:
    """The gathering with its evidence and passages in their new order; as it was without the question's `tokens`.

    A follow-up with a topic of its own is not compared: its words are those of two questions.
    """
    if tokens is None or question.fresh or not len(library.store.tokens):
        return gathering
    found = [(item, _tokens_of(item, library)) for item in gathering.evidence[:_COMPARED]]
    likely = iter(load_relevance().likelihoods(tokens, [text for _, text in found if text is not None]).tolist())
    items = [_reweighed(item, None if text is None else next(likely)) for item, text in found]
    items += [_reweighed(item, None) for item in gathering.evidence[_COMPARED:]]
    items.sort(key=lambda item: -item.score)
    scores: dict[str, float] = {}
    for item in items:
        scores.setdefault(item.passage.id, item.score)
    hits = sorted(
        (replace(hit, score=scores.get(hit.passage.id, 0.0)) for hit in gathering.hits), key=lambda hit: -hit.score
    )
    return replace(gathering, evidence=tuple(items), hits=tuple(hits))


def _tokens_of(item: Evidence, library: Library) -> Tokens | None:
    """A statement's tokens; none where it is of other provisions than those asked for: numbers are not learnt."""
    return None if item.provision == "none" else library.store.tokens.of(item.statement.id, item.passage.id)


def _reweighed(item: Evidence, answers: float | None) -> Evidence:
    return replace(item, score=(1 - _LEARNT) * item.score + _LEARNT * (answers or 0.0), answers=answers)
