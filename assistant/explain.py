"""The explanation of an answer: how the question was read, what was weighed, and which rule decided."""

from __future__ import annotations

from typing import Any

from assistant.evidence import Evidence, Gathering
from assistant.judge import Judgement
from assistant.provisions import label
from assistant.question import Question

_MOST = 8


def explanation(question: Question, gathering: Gathering, judgement: Judgement) -> dict[str, Any]:
    """Plain values only, so that it travels as JSON."""
    return {
        "frame": {
            "act": question.act,
            "mode": question.mode,
            "form": question.form,
            "terms": [
                {"term": term.surface, "weight": round(term.weight, 2), "known": term.known} for term in gathering.terms
            ],
            "provisions": [label(provision) for provision in gathering.asked],
            "municipalities": list(question.municipalities),
        },
        "rule": judgement.rule,
        "weighed": [_row(item, sign) for item, sign in judgement.weighed[:_MOST]]
        or [_row(item, 0) for item in (judgement.basis or gathering.evidence)[:_MOST]],
    }


def _row(item: Evidence, sign: int) -> dict[str, Any]:
    return {
        "statement": item.statement.text,
        "effect": item.statement.effect,
        "says": "ja" if sign > 0 else "nej" if sign < 0 else "",
        "source_id": item.passage.source_id,
        "date": item.passage.date,
        "score": round(item.score, 3),
        "coverage": round(item.coverage, 3),
    }
