"""Documents that a question points at and that are not at hand: by a date that none has, or by a round without one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from assistant.documents import Named
from assistant.editions import resolved
from assistant.effects import told
from assistant.evidence import Gathering
from assistant.figures import Day, days, number_of, ordinal_of
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.models import Edition
from assistant.question import Question

_ROUND = re.compile(
    r"\b(?P<nth>\w+) (?:\w*(?:runde|rundes|rounds?|omgang))\b|\b(?:runde|round) (?:nr\.? ?|no\.? ?|number )?(?P<n>\d)\b"
)
_COUNTED = re.compile(r"\b(\w+) (?:\w*runder|omgange)\b")
# What a round ends with: only a letter or a decision answers it, and no paper that came long after.
_ANSWERS = frozenset({"tilsagnsbrev", "afgoerelse"})
_POOL = 20
_ABOUT_ROUNDS = "ansøgningsrunde ansøgningsrunder runder omgange frist ansøgningsfrist"


class Rounds(NamedTuple):
    """The days on which the rounds of applications closed, in order."""

    closed: tuple[Day, ...]

    def of(self, date: str) -> int:
        """The number of the last round that was closed when a document was written."""
        year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
        return sum((end.year, end.month, end.day) <= (year, month, day or 31) for end in self.closed)


def on_absent_document(question: Question, library: Library) -> Judgement | None:
    """Silence where a question asks what a document says that is not at hand; None where that is not so."""
    if question.deontic or question.form == "compare" or not question.documents:
        return None
    named = [each for each in question.documents if set(each.kinds) & {edition.kind for edition in library.editions}]
    if not named:
        return None
    if all(_dated(each) and not resolved(each, library) for each in named):
        return Judgement("ikke_besvaret", "dokument_mangler")
    number = _round_asked(question)
    if number and not _answers_to(number, named, library):
        return Judgement("ikke_besvaret", "dokument_mangler")
    return None


def of_round(question: Question, gathering: Gathering, library: Library) -> Gathering:
    """The gathering with the evidence of the letter that answered the round asked about, where it asks of one."""
    number = _round_asked(question)
    if not number or not question.documents:
        return gathering
    found = _answers_to(number, list(question.documents), library)
    kept = tuple(item for item in gathering.evidence if item.passage.source_id in {each.source_id for each in found})
    return replace(gathering, evidence=kept) if kept else gathering


def _dated(named: Named) -> bool:
    return bool(named.years or named.months)


def _round_asked(question: Question) -> int | None:
    """The number of the round that a question speaks of; None where it speaks of none, or of several."""
    found = {
        number
        for match in _ROUND.finditer(fold_text(question.text))
        if (number := ordinal_of(match["nth"]) if match["nth"] else int(match["n"]))
    }
    return found.pop() if len(found) == 1 else None


def _answers_to(number: int, named: list[Named], library: Library) -> list[Edition]:
    """The letters at hand that answered a round; all that are named where the documents do not date the rounds."""
    letters = [each for one in named for each in resolved(replace(one, order=""), library) if each.kind in _ANSWERS]
    rounds = _rounds(library)
    if not letters or rounds is None or number > len(rounds.closed):
        return letters or list(library.editions)
    return [each for each in letters if rounds.of(each.date) == number]


@lru_cache(maxsize=4)
def _rounds(library: Library) -> Rounds | None:
    """The closing days of the rounds, from a statement that counts them and gives as many days."""
    for passage_id, _ in library.store.lexical(_ABOUT_ROUNDS, _POOL):
        for statement in told(library.passages[passage_id]):
            match = _COUNTED.search(fold_text(statement.text))
            closed = tuple(dict.fromkeys(day for day in days(" ".join(statement.text.split())) if day.day))
            if match and number_of(match[1]) == len(closed):
                return Rounds(tuple(sorted(closed)))
    return None
