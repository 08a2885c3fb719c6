"""Follow-up questions that the documents can answer, made from what lies near the answer."""

from __future__ import annotations

import re

from assistant.evidence import Gathering
from assistant.judge import Judgement
from assistant.question import Question

# A letter's heading that only says whom it is to: "Kære frikommunenetværk".
_ADDRESSES = re.compile(r"(kære|til|dear|to)\b", re.IGNORECASE)
_TEXTS = {
    "da": {
        "conditions": "Hvilke betingelser gælder for det?",
        "why": "Hvorfor ikke?",
        "rest": "Hvad siger {heading} ellers?",
    },
    "en": {"conditions": "What conditions apply?", "why": "Why not?", "rest": "What else is said under {heading}?"},
}


def suggestions(question: Question, gathering: Gathering, judgement: Judgement) -> tuple[str, ...]:
    """At most three follow-up questions in the question's language."""
    texts = _TEXTS[question.language]
    found = []
    if judgement.verdict == "betinget" or judgement.conditions:
        found.append(texts["conditions"])
    if judgement.verdict == "nej":
        found.append(texts["why"])
    for item in (*judgement.basis, *gathering.evidence[:1]):
        if item.passage.heading_path and not _ADDRESSES.match(item.passage.heading_path[-1]):
            found.append(texts["rest"].format(heading=f"«{item.passage.heading_path[-1]}»"))
            break
    return tuple(dict.fromkeys(found))[:3]
