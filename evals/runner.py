"""Asks every case and scores what comes back."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Protocol

from assistant.errors import AssistantError
from assistant.models import Answer, Hit, Source
from evals.cases import Case, CaseFile
from evals.results import Row, row
from evals.scorers import RECALL_AT, Observation, Scorer

_WARM_UP = "Hvad er en frikommune?"


class Answerer(Protocol):
    """What a run needs of the assistant."""

    @property
    def sources(self) -> Mapping[str, Source]: ...

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        network: str | None = None,
        mode: str | None = None,
    ) -> Answer: ...

    def search(self, query: str, k: int = 10) -> Sequence[Hit]: ...

    def source_text(self, source_id: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what was asked, of which versions, and a row per case. `faults` are quotes that no document has."""

    created: str
    mode: str
    model: str
    corpus_version: str
    engine_version: str
    prompt_version: str
    python: str
    files: tuple[CaseFile, ...]
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


Progress = Callable[[int, int, Row], None]


def run_cases(
    assistant: Answerer,
    cases: Sequence[Case],
    scorers: Mapping[str, Scorer],
    *,
    mode: str | None = None,
    files: tuple[CaseFile, ...] = (),
    faults: tuple[str, ...] = (),
    remarks: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Run:
    """Ask each case once, after one unmeasured question that loads what loads lazily."""
    observe(assistant, Case(id="-", question=_WARM_UP, lang="da", kind="fact", verdict="info"), mode)
    rows: list[Row] = []
    versions: dict[str, str] = {}
    for number, case in enumerate(cases, start=1):
        seen = observe(assistant, case, mode)
        versions = versions or _versions(seen.answer)
        rows.append(row(seen, _scores(seen, scorers)))
        if progress:
            progress(number, len(cases), rows[-1])
    return Run(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        python=platform.python_version(),
        files=files,
        rows=tuple(rows),
        faults=faults,
        remarks=remarks,
        **(versions or dict.fromkeys(_VERSIONS, "")),
    )


def observe(assistant: Answerer, case: Case, mode: str | None) -> Observation:
    """The answer and the passages found. A refusal by the engine becomes the observation's error, as people see it.

    Retrieval is asked with a follow-up's standalone question, since that is what the engine searches for.
    """
    start = perf_counter()
    try:
        answer = assistant.ask(case.question, list(case.history), case.as_of, case.network, mode)
    except AssistantError as exc:
        return Observation(case, ms=(perf_counter() - start) * 1000, error=str(exc))
    ms = (perf_counter() - start) * 1000
    if not case.must_cite:
        return Observation(case, answer, ms=ms)
    query = answer.standalone_question if case.history else case.question
    try:
        return Observation(case, answer, tuple(assistant.search(query or case.question, max(RECALL_AT))), ms)
    except AssistantError as exc:
        return Observation(case, answer, None, ms, str(exc))


def _scores(seen: Observation, scorers: Mapping[str, Scorer]) -> dict[str, Any]:
    scores = ((name, scorer(seen)) for name, scorer in scorers.items())
    return {name: score for name, score in scores if score is not None}


_VERSIONS = ("mode", "model", "corpus_version", "engine_version", "prompt_version")


def _versions(answer: Answer | None) -> dict[str, str]:
    return {name: str(getattr(answer, name)) for name in _VERSIONS} if answer else {}


def digest(files: Sequence[CaseFile]) -> str:
    """One short hash for a set of case files, whatever their order."""
    return hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()[:12]
