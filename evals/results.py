"""What one run leaves behind: a row per case, and the values that reports and comparisons read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.models import Answer
from evals.cases import Case
from evals.matching import says
from evals.scorers import Observation, Score, rank, texts

SCHEMA = 1
_NEEDED = ("verdict", "citation_hit", "must_say", "must_not_say")


@dataclass(frozen=True, slots=True)
class Row:
    """One case's outcome. `scores` holds the scored measures only; `passed` is None when there was no answer.

    `support` has the strength that decided whether to answer, the threshold, and which of the two kinds ("permission",
    "fact") it holds for; None where another rule decided. `unsaid` are the must_say patterns that were not found,
    `missaid` the must_not_say patterns that were.
    """

    id: str
    file: str
    line: int
    kind: str
    lang: str
    question: str
    history: tuple[str, ...]
    expected: str
    accepted: tuple[str, ...]
    got: str
    passed: bool | None
    missed: tuple[str, ...]
    unsaid: tuple[str, ...]
    missaid: tuple[str, ...]
    scores: Mapping[str, Score]
    standalone_question: str
    answer: str
    citations: tuple[Mapping[str, Any], ...]
    notices: tuple[str, ...]
    wanted: tuple[Mapping[str, str], ...]
    rank: int | None
    ms: float
    error: str
    note: str
    fingerprint: str
    support: Mapping[str, Any] | None = None


def row(seen: Observation, scores: Mapping[str, Score]) -> Row:
    """The row of one observation."""
    case, answer = seen.case, seen.answer
    missed = tuple(name for name in _NEEDED if name in scores and scores[name].value < 1)
    return Row(
        **_asked(case),
        got=answer.verdict if answer else "",
        passed=None if answer is None else not missed,
        missed=missed,
        unsaid=_found(case.must_say, answer, wanted=False),
        missaid=_found(case.must_not_say, answer, wanted=True),
        scores=dict(scores),
        standalone_question=answer.standalone_question if answer else "",
        answer=answer.answer if answer else "",
        citations=tuple(_citation(c) for c in (asdict(c) for c in answer.citations)) if answer else (),
        notices=tuple(notice.code for notice in answer.notices) if answer else (),
        rank=rank(seen),
        ms=round(seen.ms, 1),
        error=seen.error,
        support=_support(answer),
    )


def _support(answer: Answer | None) -> dict[str, Any] | None:
    told = answer.explanation if answer else {}
    kind = "permission" if told.get("frame", {}).get("form") == "permission" else "fact"
    return {**told["support"], "kind": kind} if told.get("support") else None


def _found(patterns: tuple[str, ...], answer: Answer | None, *, wanted: bool) -> tuple[str, ...]:
    """The patterns that are (`wanted`) or are not found in the answer's prose and quotes."""
    if answer is None:
        return ()
    return tuple(pattern for pattern in patterns if says(pattern, *texts(answer)) is wanted)


def _asked(case: Case) -> dict[str, Any]:
    """What a row takes over from its case."""
    return {
        "id": case.id,
        "file": case.file,
        "line": case.line,
        "kind": case.kind,
        "lang": case.lang,
        "question": case.question,
        "history": case.history,
        "expected": case.verdict,
        "accepted": tuple(sorted(case.accepted)),
        "wanted": tuple(wanted.model_dump() for wanted in case.must_cite),
        "note": case.note,
        "fingerprint": case.fingerprint,
    }


def _citation(citation: Mapping[str, Any]) -> dict[str, Any]:
    return {name: citation[name] for name in ("n", "source_id", "date", "section", "quote", "start", "end")}


def row_to_dict(item: Row) -> dict[str, Any]:
    """A row as JSON values; a score is [value, weight]."""
    return {name: getattr(item, name) for name in Row.__dataclass_fields__} | {
        "scores": {name: list(score) for name, score in item.scores.items()}
    }


def row_from_dict(value: Mapping[str, Any]) -> Row:
    """The inverse of row_to_dict. Raises KeyError or TypeError when a field is missing or strange."""
    # A report from before there was support is still one to compare with.
    fields = {name: value[name] for name in Row.__dataclass_fields__ if name != "support"}
    fields["support"] = value.get("support")
    for name in ("history", "accepted", "missed", "unsaid", "missaid", "citations", "notices", "wanted"):
        fields[name] = tuple(fields[name])
    fields["scores"] = {name: Score(*score) for name, score in fields["scores"].items()}
    return Row(**fields)
