"""A workshop's case: a fictional citizen, what the caseworker wants to do, and the engine's cited answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from assistant.errors import AssistantError
from assistant.models import Verdict

CHOICES: tuple[Verdict, ...] = ("ja", "nej", "betinget")  # what a case can come to, and a participant can choose


class CaseError(AssistantError):
    """A case or the parts of one cannot be read; names the file or the case and what to do."""


class Reason(NamedTuple):
    """A reason to choose; of a case's reasons exactly one is right."""

    text: str
    right: bool


class Case(NamedTuple):
    """One case. `key` is the same whenever the same case is composed from the same documents.

    `topic` is a module's id, `difficulty` 1 to 3, `verdict` one of CHOICES, `answer` the Answer of the engine to
    `question` as `assistant.answer_json.to_json` gives it, `reasons` three or four with one right one.
    """

    key: str
    topic: str
    difficulty: int
    situation: str
    question: str
    reasons: tuple[Reason, ...]
    verdict: str
    answer: Mapping[str, Any]
    discussion: tuple[str, ...]


def to_json(case: Case) -> dict[str, Any]:
    """The case as plain values."""
    return case._asdict() | {
        "reasons": [reason._asdict() for reason in case.reasons],
        "answer": dict(case.answer),
        "discussion": list(case.discussion),
    }


def from_json(values: Mapping[str, Any]) -> Case:
    """The case that `to_json` gave these values of. Raises CaseError for anything else."""
    try:
        return Case(
            key=str(values["key"]),
            topic=str(values["topic"]),
            difficulty=int(values["difficulty"]),
            situation=str(values["situation"]),
            question=str(values["question"]),
            reasons=tuple(Reason(str(each["text"]), bool(each["right"])) for each in values["reasons"]),
            verdict=str(values["verdict"]),
            answer=dict(values["answer"]),
            discussion=tuple(str(each) for each in values["discussion"]),
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise CaseError("En gemt sag kan ikke læses. Sammensæt sagerne igen.") from exc
