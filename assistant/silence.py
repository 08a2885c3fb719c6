"""Silence: whether the documents say enough about what is asked to answer it at all."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from assistant.bearing import bearing
from assistant.effects import NORMS
from assistant.evidence import Evidence, Gathering
from assistant.frames import fold_text
from assistant.library import Library
from assistant.question import Question
from assistant.subject import held, subject
from assistant.weighing import Weighed

# A wrong word on a rule costs more than one on a fact.
THRESHOLD = {True: 0.40, False: 0.38}
NEAR = 0.25
# How many of the statements that could answer are asked how much of the subject they hold.
_READ = 12
# What the comparison of statement and question word by word weighs beside what is held of the subject.
_LEARNT = 0.4
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
    # Letters and poems are not written here, whatever they are about.
    if question.form == "task" or not (
        gathering.terms or gathering.asked or question.municipalities or question.documents
    ):
        return Support(False, 0.0, "uden_emne", False)
    if gathering.asked and all(item.provision == "none" for item in gathering.evidence):
        return Support(False, 0.0, "bestemmelse_ukendt", False)
    if question.deontic and not library.is_own(best.source):
        own = next((item for item in gathering.evidence if library.is_own(item.source)), None)
        if own is None or own.score < _OWN_SHARE * best.score:
            return Support(False, 0.0, "andet_netvaerk", True)
        best = own
    strength = _borne(gathering, library) if question.deontic else _speaks(question, gathering, library)
    if strength < THRESHOLD[question.deontic]:
        return Support(False, strength, "for_svagt", strength >= NEAR)
    return Support(True, strength, "", False)


def _borne(gathering: Gathering, library: Library) -> float:
    """How likely the best of the own network's norms is to answer the question."""
    norms = (item for item in gathering.evidence if item.statement.effect in NORMS and library.is_own(item.source))
    return max((bearing(item, gathering) for item in islice(norms, _READ)), default=0.0)


def strength_of(item: Evidence) -> float:
    """How much of the question a statement answers, 0-1: its terms most, its meaning as a whole less."""
    return 0.75 * item.coverage + 0.25 * item.dense


def _speaks(question: Question, gathering: Gathering, library: Library) -> float:
    """How much of the subject asked about the best of the statements that could answer holds, 0-1."""
    terms = subject(question, gathering)
    if _unheard(question, terms) or (terms and not any(term.known for term in terms) and not gathering.asked):
        return 0.0
    return max(_told_by(item, question, gathering, library) for item in gathering.evidence[:_READ])


def _told_by(item: Evidence, question: Question, gathering: Gathering, library: Library) -> float:
    share = 0.75 * held(question, item, gathering, library) + 0.25 * item.dense
    return share if item.answers is None else (1 - _LEARNT) * share + _LEARNT * item.answers


def _unheard(question: Question, terms: tuple[Weighed, ...]) -> bool:
    """Whether a question asks which of a kind of thing that the documents never name ("which board ...")."""
    folded = fold_text(question.text)
    return any(
        not term.known
        and re.search(rf"\b(hvilken|hvilket|hvilke|which) {re.escape(fold_text(term.surface))}\b", folded)
        for term in terms
    )
