"""Silence: whether the documents say enough about what is asked to answer it at all."""

from __future__ import annotations

from typing import NamedTuple

from assistant.evidence import Evidence, Gathering
from assistant.library import Library
from assistant.question import Question

# A wrong word on a rule costs more than one on a fact.
THRESHOLD = {True: 0.4, False: 0.4}
_NEAR = 0.25
# Below this share of another network's best statement, the asker's own network is not what is spoken of.
_OWN_SHARE = 0.8


class Support(NamedTuple):
    """Whether the documents speak to the question, how strongly (0-1), why not, and if what is near helps."""

    enough: bool
    strength: float
    reason: str
    near: bool


def support(question: Question, gathering: Gathering, library: Library) -> Support:
    """How well the best evidence supports an answer, against the calibrated threshold."""
    best = gathering.evidence[0] if gathering.evidence else None
    if best is None:
        return Support(False, 0.0, "ingen_kilde", False)
    if gathering.asked and all(item.provision == "none" for item in gathering.evidence):
        return Support(False, 0.0, "bestemmelse_ukendt", False)
    if question.deontic and not library.is_own(best.source):
        own = next((item for item in gathering.evidence if library.is_own(item.source)), None)
        if own is None or own.score < _OWN_SHARE * best.score:
            return Support(False, 0.0, "andet_netvaerk", True)
        best = own
    strength = strength_of(best)
    if strength < THRESHOLD[question.deontic]:
        return Support(False, strength, "for_svagt", strength >= _NEAR)
    return Support(True, strength, "", False)


def strength_of(item: Evidence) -> float:
    """How much of the question a statement answers, 0-1: its terms most, its meaning as a whole less."""
    return 0.75 * item.coverage + 0.25 * item.dense
