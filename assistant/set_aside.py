"""What did not decide: each statement that spoke to the matter and was set aside, with the reason, for the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.authority import decides, tells
from assistant.effects import NORMS
from assistant.evidence import Evidence
from assistant.library import Library
from assistant.locality import holds_here
from assistant.question import Question

# Only statements this near the best, in score, are worth telling why they did not count; at most so many.
_NEAR = 0.5
_MOST = 8
_BY_EFFECT = {"wish": "oenske", "applied": "ansoegning", "announced": "bebudet", "local": "lokal_praksis"}
# A newer edition of the same document says otherwise.
REPLACED = "aeldre_udgave"
# Why a statement falls out at each of the judge's steps, in their order: it cannot decide, it is about something
# beside, its document only tells, it speaks only indirectly, another speaks of just this place, it is replaced, it is
# about something wider or narrower.
STAGES = ("kan_ikke_afgoere", "svagere", "fortaeller_kun", "svagt_tegn", "andet_sted", REPLACED, "bredere")

SetAside = tuple[Evidence, str]
Stage = tuple[str, Iterable[Evidence]]


def items_of(signed: Iterable[tuple[Evidence, int]]) -> list[Evidence]:
    """The statements of signed ones."""
    return [item for item, _ in signed]


def side_of(signed: Sequence[tuple[Evidence, int]], cited: Iterable[Evidence]) -> list[Evidence]:
    """The statements of the side that the cited ones are on; all where both halves are cited, or none."""
    chosen = {item.statement.id for item in cited}
    sides = {sign > 0 for item, sign in signed if item.statement.id in chosen}
    return [item for item, sign in signed if (sign > 0) in sides or not sides]


def passed_over(considered: Sequence[Evidence], stages: Sequence[Stage]) -> tuple[SetAside, ...]:
    """The statements considered that some stage leaves out, each with the reason of the first that does."""
    best = considered[0].score if considered else 0.0
    kept = [(reason, {item.statement.id for item in items}) for reason, items in stages]
    found: list[SetAside] = []
    for item in considered:
        if item.score < _NEAR * best or len(found) == _MOST:
            break
        reason = next((reason for reason, ids in kept if item.statement.id not in ids), "")
        if reason:
            found.append((item, reason))
    return tuple(found)


def reasons(
    passed: Iterable[SetAside], cited: Iterable[Evidence], question: Question, library: Library
) -> tuple[SetAside, ...]:
    """What was set aside, without what is cited after all, and with why a source could not decide."""
    shown = {item.statement.id for item in cited}
    return tuple(
        (item, _unfit(item, question, library) if reason == "kan_ikke_afgoere" else reason)
        for item, reason in passed
        if item.statement.id not in shown
    )


def _unfit(item: Evidence, question: Question, library: Library) -> str:
    """Why a statement cannot decide: whose it is, what it is, what its document can prove."""
    kind = item.passage.kind_of_source
    if not library.is_own(item.source):
        return "andet_netvaerk"
    if item.statement.effect in _BY_EFFECT:
        return _BY_EFFECT[item.statement.effect]
    if not holds_here(item, question):
        return "lokal_praksis"
    if not decides(kind) and not tells(kind):
        return "lavere_rang"
    return "svarer_ikke" if item.statement.effect in NORMS else "ingen_regel"
