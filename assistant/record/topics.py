"""What a question is grouped by when many are counted together: its weightiest words, whatever its wording."""

from __future__ import annotations

from assistant.provisions import label
from assistant.question import Question
from assistant.words import stem

_MOST = 3


def topic(question: Question) -> str:
    """The provisions asked about and the weightiest words, stemmed, in an order that no wording changes."""
    terms = sorted(question.terms, key=lambda term: (-term.weight, term.surface))
    words = {stem(term.surface.lower()) for term in terms[:_MOST]}
    named = dict.fromkeys(label(each) for mention in question.mentions for each in mention.provisions[:1])
    return " · ".join([*named, *sorted(words)])
