"""The prompts, filled: passages numbered and fenced, so that text in them and in the question stays data."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.answer_json import VERDICTS
from assistant.authority import spoken_date
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
        "passages": "\n".join(_passage(citation, language, fence) for citation in answer.citations),
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


def _messages(name: str, language: str, values: dict[str, str]) -> list[BaseMessage]:
    return [
        SystemMessage(fill_from(name, language, "system", {})),
        HumanMessage(fill_from(name, language, "user", values)),
    ]


def _passage(citation: Citation, language: str, fence: str) -> str:
    """One excerpt with its number, its document and the whole passage that the quote stands in."""
    head = f"[{citation.n}] {plain(citation.title)}, {spoken_date(citation.date, language)}"
    return f"{head}\n<<<{fence}\n{plain(citation.passage or citation.quote)}\n{fence}>>>"


def _fence() -> str:
    """A word that no text can have foreseen."""
    return secrets.token_hex(4)
