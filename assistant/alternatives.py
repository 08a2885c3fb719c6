"""Alternatives: a question that lays out two things that exclude each other ("varig eller midlertidig?") asks which."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.claims import opposites
from assistant.provisions import with_law
from assistant.question import Question
from assistant.words import stems

_EITHER = re.compile(r"(?P<one>[\wæøå]+) (?:eller|or) (?:i |in |af |of |en |et |a |an |the )*(?P<other>[\wæøå]+)\W*$")
# "Fraviges §§ 35, 36 og 38 i LAB eller i bekendtgørelsen?": either may hold the provision.
_WRITTEN_LAW = re.compile(r"(?i)(loven|bekendtgørelsen|act|order|[A-ZÆØÅ]{3})$")


def laid_out(question: Question) -> Question:
    """The question as one for a fact where it offers alternatives; else itself."""
    match = _EITHER.search(question.text[question.turn :])
    if match is None or question.form not in ("permission", "whether"):
        return question
    if _contrary(match["one"], match["other"]):
        return replace(question, form="fact")
    if question.mentions and all(_WRITTEN_LAW.search(match[side]) for side in ("one", "other")):
        open_to_both = tuple(
            replace(each, provisions=tuple(with_law(provision, "") for provision in each.provisions), ranges=())
            for each in question.mentions
        )
        return replace(question, form="fact", mentions=open_to_both)
    return question


def _contrary(one: str, other: str) -> bool:
    """Whether two words cannot both be so."""
    mine, theirs = set(stems(one)), set(stems(other))
    pairs = opposites().pairs
    return any((mine & a and theirs & b) or (mine & b and theirs & a) for a, b in pairs)
