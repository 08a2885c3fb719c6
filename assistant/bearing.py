"""Bearing: how likely it is that a norm is about what a question asks, from all that speaks for and against it."""

from __future__ import annotations

from math import exp

from assistant.evidence import Evidence, Gathering

# A logistic fit over the norms nearest to 450 questions of the known answers (right: one of the three nearest is cited
# by the case). What a norm names in its own words counts by its weight in these documents, not by its share of the
# question: a long story with much that no document knows asks no less clearly than a short question.
_NAMES, _MEANS, _COVERS, _AMONG, _TOUCHES = 2.7, 2.6, 1.2, 2.4, 0.7
_OTHER_PROVISION, _MISSES_AIM, _LEVEL = -1.3, -1.0, -6.0
# What the comparison word by word weighs beside all that.
_LEARNT = 0.3
# More than this need no norm name.
_ENOUGH = 1.0


def bearing(item: Evidence, gathering: Gathering) -> float:
    """The likelihood (0-1) that a norm answers the question."""
    top = gathering.evidence[0].score
    level = (
        _LEVEL
        + _NAMES * min(_ENOUGH, item.named)
        + _MEANS * item.dense
        + _COVERS * item.coverage
        + _AMONG * (item.score / top if top else 0.0)
        + _TOUCHES * item.main
        + _OTHER_PROVISION * (item.provision == "none")
        + _MISSES_AIM * item.missed
    )
    likely = 1.0 / (1.0 + exp(-level))
    return likely if item.answers is None else (1 - _LEARNT) * likely + _LEARNT * item.answers
