"""The prompts, filled: passages numbered and fenced, so that text in them and in the question stays data."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.answer_json import VERDICTS
from assistant.authority import name, spoken_date
from assistant.hostile import named_as_order
from assistant.models import Answer, Citation
from assistant.templates import fill_from

_TAGS = str.maketrans({"<": "‹", ">": "›"})
_NONE = {"da": "ingen", "en": "none"}


def answer_messages(answer: Answer, conclusion: str) -> list[BaseMessage]:
    """What the model is told in order to write the prose of `answer`, whose first sentence is `conclusion`."""
    language, fence = answer.language, _fence()
    values = {
        "fence": fence,
        "question": plain(answer.question),
        "verdict": VERDICTS[language][answer.verdict],
        "conclusion": plain(conclusion),
        "passages": "\n".join(_passages(answer.citations, language, fence)),
        "conditions": " ".join(map(plain, answer.conditions)) or _NONE[language],
    }
    return _messages("model-answer", language, values)


def rewrite_messages(question: str, history: Sequence[str], language: str) -> list[BaseMessage]:
    """What the model is told in order to make a follow-up stand alone."""
    values = {"fence": _fence(), "question": plain(question), "history": "\n".join(map(plain, history))}
    return _messages("model-rewrite", language, values)


def plain(text: str) -> str:
    """Text of others on one line, without the signs that fences are made of."""
    return re.sub(r"\s+", " ", text.translate(_TAGS)).strip()


def _messages(prompt: str, language: str, values: dict[str, str]) -> list[BaseMessage]:
    return [
        SystemMessage(fill_from(prompt, language, "system", {})),
        HumanMessage(fill_from(prompt, language, "user", values)),
    ]


def _passages(citations: Sequence[Citation], language: str, fence: str) -> Iterator[str]:
    """The excerpts: each with its number, its document and the whole passage that the quote stands in.

    A passage that has been given is not given again; the next number from it gives its quote alone.
    """
    given: set[tuple[str, str]] = set()
    for citation in citations:
        text = citation.quote if (citation.source_id, citation.passage) in given else citation.passage
        given.add((citation.source_id, citation.passage))
        title = name(citation.kind, citation.date, language) if named_as_order(citation.title) else citation.title
        head = f"[{citation.n}] {plain(title)}, {spoken_date(citation.date, language)}"
        yield f"{head}\n<<<{fence}\n{plain(text or citation.quote)}\n{fence}>>>"


def _fence() -> str:
    """A word that no text can have foreseen."""
    return secrets.token_hex(4)
