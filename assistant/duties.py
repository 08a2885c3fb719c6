"""Standing duties: what goes on beside a freedom, found by effect and by the section that gives the freedom."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.effects import BINDING, WITHHOLDING, told
from assistant.evidence import Evidence, Gathering, plain
from assistant.judge import Judgement
from assistant.library import Library
from assistant.question import Question
from assistant.quoting import fits, points

_MOST_CONDITIONS = 4
# How much of the question's most telling term a condition elsewhere must hold to be about the same.
_ABOUT = 0.5


def frees(question: Question, judgement: Judgement) -> bool:
    """Whether a verdict gives the asker a freedom, in whole or in part."""
    return judgement.verdict in (("nej", "betinget") if question.asks_duty else ("ja", "betinget"))


def standing(question: Question, judgement: Judgement, library: Library) -> Evidence | None:
    """The duty that the freedom's own section says goes on, from the newest document that gives it; None if none."""
    if not frees(question, judgement) or question.act == "refusal":
        return None
    given = judgement.against if judgement.against and question.asks_duty else judgement.basis
    named = {_words(item) for item in (*judgement.basis, *judgement.against, *judgement.conditions)}
    for item in sorted(given, key=lambda each: each.passage.date, reverse=True):
        if not item.passage.heading_path:
            continue
        found = [duty for duty in _duties(item, library) if _words(duty) not in named]
        if found:
            return min(found, key=lambda duty: fits("opens_back", duty.statement.text))
    return None


def _duties(item: Evidence, library: Library) -> list[Evidence]:
    """Statements that demand something still, in the row, the section or directly below the section of a statement."""
    row = item.passage.kind == "table_row"
    return [
        plain(passage, statement, library)
        for passage in ([item.passage] if row else library.below(item.passage))
        for statement in told(passage)
        if statement.effect in BINDING | WITHHOLDING and fits("stands", statement.text)
    ]


def conditions(question: Question, judgement: Judgement, gathering: Gathering) -> tuple[Evidence, ...]:
    """The conditions of a verdict that bear on what was asked: none twice, and none that only points elsewhere.

    Where a condition points at a table, the conditions in that document's table rows stand in its place.
    """
    pointing = [item for item in judgement.conditions if points(item)]
    meant = [item for item in judgement.conditions if not points(item) and _bears(item, question)]
    meant += [each for item in pointing for each in _pointed_at(item, gathering)]
    distinct: dict[str, Evidence] = {}
    for item in meant:
        distinct.setdefault(_words(item), item)
    return tuple(distinct.values())[:_MOST_CONDITIONS]


def _bears(item: Evidence, question: Question) -> bool:
    """Whether a limit limits what was asked: an exception about something else in the same row does not."""
    return item.statement.effect != "not_exempt" or item.own > 0 or not question.terms


def _pointed_at(item: Evidence, gathering: Gathering) -> Iterable[Evidence]:
    return (
        other
        for other in gathering.evidence
        if other.passage.kind == "table_row"
        and other.passage.source_id == item.passage.source_id
        and other.statement.effect == "condition"
        and other.main >= _ABOUT
    )


def _words(item: Evidence) -> str:
    return " ".join(item.statement.text.lower().split()).rstrip(".")
