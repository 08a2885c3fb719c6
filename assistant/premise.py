"""Premises: what a question takes for granted ("Hvornår blev pligten afskaffet?"), tried as a question of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.frames import fold_text
from assistant.question import Question

_FORMS = frozenset({"why", "when", "who", "how_many", "where", "procedure", "fact"})
# A premise that something is not so ("Hvorfor er den ikke fritaget?") agrees with a no.
_NEGATED = re.compile(r"\b(ikke|ingen|aldrig|not|never|no|n.?t)\b")
_GRANTED = re.compile(
    r"\b(imodekommet|godkendt|bevilget|tilladt|fik ja|ja til|fik lov|gav lov|har lov|"
    r"granted|approved|allowed|permitted)\b"
)  # "de muligheder, som vi fik ja til"
_DEMANDED = re.compile(r"\b(obligatorisk\w*|pligt\w* til|tvunget|pakravet|skal|mandatory|compulsory|required|must)\b")


def premise_of(question: Question) -> Question | None:
    """The yes-or-no question behind what `question` takes for granted; None where it takes no rule for granted."""
    if question.form not in _FORMS:
        return None
    folded = fold_text(question.text)
    if _NEGATED.search(folded):
        return None
    if question.act != "do":
        return replace(question, form="permission", mode="may")
    if _GRANTED.search(folded):
        return replace(question, form="permission", mode="may")
    if _DEMANDED.search(folded) and question.form in ("why", "when", "who"):
        return replace(question, form="permission", mode="must")
    return None
