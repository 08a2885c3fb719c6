"""Rulings: yes-or-no questions in the plain present that ask what a rule says ("Gælder fristen stadig?")."""

from __future__ import annotations

from dataclasses import replace

from assistant.asking import clause_of, parted
from assistant.claims import sweeps
from assistant.evidence import Evidence, Gathering
from assistant.frames import built, fold_text, frames
from assistant.judge import Judgement
from assistant.question import Question
from assistant.whether import Held

_DECIDED = ("ja", "nej", "betinget")
# Forms that are no yes or no, whatever verb opens them.
_OTHERWISE = frozenset({"task", "compare", "condition", "how_much", "how_many"})
# A norm, or a sentence that says that all is as before, decides only where it is about as near as the nearest of all.
_AS_NEAR = 0.85
_ABOUT = 0.5
_READ = 6


def as_ruling(question: Question) -> Question | None:
    """The question as one about what may or must be done, by how its clause puts it; None where it asks of a fact."""
    if question.deontic or question.form in _OTHERWISE:
        return None
    clause = clause_of(parted(question.text).main)
    if not clause.polar or clause.judged:
        return None
    for cue in frames().rulings:
        if cue.pattern.search(clause.text):
            act, mode = cue.name.split()
            return replace(question, act=act, mode=mode, form="permission")
    return None


def going_on(ruling: Question, items: tuple[Evidence, ...], gathering: Gathering) -> Held | None:
    """Yes to "still?" and no to "changed?" where a sentence on the matter says that all is as before."""
    clause = clause_of(parted(ruling.text).main).text
    on, change = built("asks_on", clause), built("asks_change", clause)
    if bool(on) == bool(change):
        return None
    for item in (*items, *gathering.evidence[:_READ]):
        said = item.statement.said
        if item.coverage < _ABOUT or item.score < _AS_NEAR * items[0].score or item.statement.effect == "exempt":
            continue
        if built("goes_on", fold_text(said)) and not sweeps(ruling.text, said):
            return Held("ja" if on else "nej", item)
    return None


def bears_out(judged: Judgement, items: tuple[Evidence, ...]) -> bool:
    """Whether a verdict rests on a norm that is about as near to the question as what else was found."""
    return judged.verdict in _DECIDED and bool(judged.basis) and judged.basis[0].score >= _AS_NEAR * items[0].score
