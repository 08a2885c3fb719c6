"""Rulings: yes-or-no questions in the plain present that ask what a rule says ("Gælder fristen stadig?")."""

from __future__ import annotations

from dataclasses import replace

from assistant.asking import clause_of, parted
from assistant.frames import frames
from assistant.question import Question


def as_ruling(question: Question) -> Question | None:
    """The question as one about what may or must be done, by how its clause puts it; None where it asks of a fact."""
    if question.deontic or question.form in ("task", "compare", "condition", "how_much", "how_many"):
        return None
    clause = clause_of(parted(question.text).main)
    if not clause.polar or clause.judged:
        return None
    for cue in frames().rulings:
        if cue.pattern.search(clause.text):
            act, mode = cue.name.split()
            return replace(question, act=act, mode=mode, form="permission")
    return None
