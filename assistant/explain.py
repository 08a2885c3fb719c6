"""The explanation of an answer: the question as read, what was weighed, which rule decided, and why not the rest."""

from __future__ import annotations

from typing import Any

from assistant.evidence import Evidence, Gathering
from assistant.judge import Judgement
from assistant.library import Library
from assistant.provisions import label
from assistant.question import Question
from assistant.set_aside import reasons
from assistant.silence import THRESHOLD
from assistant.templates import fill, templates

_MOST = 8


def explanation(question: Question, gathering: Gathering, judgement: Judgement, library: Library) -> dict[str, Any]:
    """Plain values only, so that it travels as JSON. Codes for machines, and sentences in the question's language."""
    language = question.language
    cited = (*judgement.basis, *judgement.against, *judgement.conditions)
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
        "read": _read(question),
        "rule": judgement.rule,
        "reason": worded(f"rule.{judgement.rule}", language),
        "weighed": [_row(item, sign) for item, sign in judgement.weighed[:_MOST]]
        or [_row(item, 0) for item in (judgement.basis or gathering.evidence)[:_MOST]],
        "support": _support(question, judgement),
        "set_aside": [
            {**_row(item, 0), "because": reason, "reason": worded(f"aside.{reason}", language)}
            for item, reason in reasons(judgement.set_aside, cited, question, library)
        ],
    }


def worded(key: str, language: str) -> str:
    """The sentence for a rule or a reason; "" where the templates have none, so that its name is shown instead."""
    return fill(language, key) if key in templates(language) else ""


def _read(question: Question) -> str:
    """How the question was understood, in a sentence."""
    wanted = "must" if question.asks_duty else "may"
    return fill(question.language, f"read.{question.act}.{wanted}" if question.deontic else "read.fact")


def _support(question: Question, judgement: Judgement) -> dict[str, float] | None:
    """How strongly the documents speak to the question and what is required; None where another rule decided."""
    found = judgement.support
    return {"strength": round(found.strength, 3), "threshold": THRESHOLD[question.deontic]} if found else None


def _row(item: Evidence, sign: int) -> dict[str, Any]:
    return {
        "statement": item.statement.text,
        "effect": item.statement.effect,
        "says": "ja" if sign > 0 else "nej" if sign < 0 else "",
        "source_id": item.passage.source_id,
        "title": item.source.title,
        "date": item.passage.date,
        "score": round(item.score, 3),
        "coverage": round(item.coverage, 3),
    }
