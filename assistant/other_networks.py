"""Other networks: a provision of the common law that the documents give to another network than the asker's own."""

from __future__ import annotations

import re

from assistant.evidence import Evidence, Gathering
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.models import Provision
from assistant.provisions import laws_named, parse, relation, with_law
from assistant.question import Question

# "§ 10 om servicelovens § 140 gælder kun netværk nr. 4", "§ 12 er forbeholdt frikommunenetværk nr. 2".
_GIVEN = re.compile(
    r"\b(?:gælder (?:kun|alene)|er forbeholdt|kan (?:kun|alene) bruges (?:af|i)) (?:for )?"
    r"(?:frikommune)?netværk(?:et)? nr\.? ?(?P<number>\d+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\bnetværk(?:et)? nr\.? ?(?P<number>\d+)", re.IGNORECASE)
# Who asks whether the limit is there has it confirmed, not held against him (folded text).
_ASKS_OF_THE_LIMIT = re.compile(r"\b(kun|alene|forbehold\w*|andre|andet|only|reserved|other|another)\b")
_OURS = re.compile(r"\b(vi|os|vores|jeg|we|us|our)\b")
# A limit that shares less with the question is one on another provision of the same number.
_ABOUT = 0.6


def on_others_provision(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """No, where the provision asked about is one that the common law gives to another network alone."""
    folded = fold_text(question.text)
    asks = question.deontic or (question.form == "whether" and _OURS.search(folded))
    if not asks or not gathering.asked or question.asks_duty or _ASKS_OF_THE_LIMIT.search(folded):
        return None
    own = _own_number(library)
    for item in gathering.evidence:
        given = _GIVEN.search(item.statement.said)
        if given and given["number"] != own and _is_asked(item, question):
            return Judgement("nej", "andet_netvaerks_bestemmelse", (item,), notices=("other_network",))
    return None


def _own_number(library: Library) -> str:
    """The number of the asker's own network, as the list of its members has it; "" where none is told."""
    for passage_id, number in library.member_lists:
        found = _NUMBERED.search(library.passages[passage_id].statements[number].text)
        if found:
            return found["number"]
    return ""


def _is_asked(item: Evidence, question: Question) -> bool:
    """Whether the provision that a limit is put on, its first, is asked about: by its law, or bare ("lovens § 10").

    A document on one law means that law with a bare §.
    """
    limited = parse(item.statement.said)[:1]
    law = next(iter(laws_named(item.source.title)), "")
    if not limited or not law:
        return False
    asked = [each for mention in parse(question.text) for each in mention.provisions]
    return any(_within(limited[0].provisions, each, law, item) for each in asked)


def _within(limited: tuple[Provision, ...], asked: Provision, law: str, item: Evidence) -> bool:
    if not asked.law and item.main < _ABOUT:
        return False
    return relation([with_law(each, law) for each in limited], with_law(asked, law)) != "none"
