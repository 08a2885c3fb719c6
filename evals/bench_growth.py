"""What a corpus of some size costs: indexing, opening, answering, memory and disk, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter, time
from typing import Any, NamedTuple

from assistant.errors import AssistantError
from evals.generate import build_corpus
from evals.measures import quantile

ROOT = Path(__file__).resolve().parent.parent
Progress = Callable[[str], None]


class BenchError(AssistantError):
    """A part of the bench could not run; says which and with what output."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The costs at one size: medians over the repeats. Seconds, milliseconds and MiB as the names say.

    `unchanged_work_s` leaves out the interpreter's start and imports; `ready_s` is from the start of a process to an
    assistant that can answer. Processor times (`cpu`) are over all cores, and tell a busy machine from a slow program.
    `same` is the share of questions with the verdict that the smallest corpus gave.
    """

    scale: int
    documents: int
    characters: int
    ingest_s: float
    ingest_cpu_s: float
    unchanged_s: float
    unchanged_work_s: float
    open_s: float
    ready_s: float
    first_ms: float
    p50_ms: float
    p95_ms: float
    p50_cpu_ms: float
    rss_mib: float | None
    peak_mib: float
    index_mib: float
    repeats: int
    answers: int
    verdicts: tuple[str, ...]
    same: float = 1.0


class _Timed(NamedTuple):
    wall_s: float
    cpu_s: float
    started: float
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one bench size; `model` is another embedding model than the settings', if any."""

    corpus: Path
    index: Path
    data: Path
    scratch: Path
    model: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The settings that make a process use these folders."""
        return {
            "ASSISTANT_CORPUS": str(self.corpus),
            "ASSISTANT_INDEX": str(self.index),
            "ASSISTANT_DATA": str(self.data),
            **({"ASSISTANT_EMBEDDING_MODEL": self.model} if self.model else {}),
        }


def place(folder: Path, scale: int, model: str = "") -> Place:
    """The folders for one size; only their parent is made."""
    parent = folder / f"x{scale}"
    parent.mkdir(parents=True, exist_ok=True)
    return Place(parent / "corpus", parent / "index", parent / "data", parent, model)


def measure(real: Path, where: Place, scale: int, questions: Sequence[str], repeats: int, progress: Progress) -> Cost:
    """Build the corpus, index it `repeats` times from nothing, run an unchanged index and the questions as often."""
    size = build_corpus(where.corpus, real, scale)
    progress(f"  {size.documents} dokumenter, {size.characters:,} tegn".replace(",", "."))
    first = []
    for number in range(repeats):
        lone = replace(where, index=where.scratch / f"index-{number}")
        lone = where if number == repeats - 1 else lone
        first.append(child(lone, "ingest"))
        progress(f"  indekseret på {first[-1].wall_s:.1f} s")
    unchanged = [child(where, "ingest") for _ in range(repeats)]
    progress(f"  uændret igen på {median(run.wall_s for run in unchanged):.1f} s")
    asked = [child(where, "answers", questions) for _ in range(repeats)]
    cost = _cost(scale, size.documents, size.characters, first, unchanged, asked, _mib(where.index))
    progress(f"  svar: median {cost.p50_ms:.0f} ms, 95 % {cost.p95_ms:.0f} ms")
    return cost


def _cost(
    scale: int,
    documents: int,
    characters: int,
    first: Sequence[_Timed],
    unchanged: Sequence[_Timed],
    asked: Sequence[_Timed],
    index_mib: float,
) -> Cost:
    results = [run.result for run in asked]
    resident = [result["rss_mib"] for result in results if result["rss_mib"] is not None]
    return Cost(
        scale=scale,
        documents=documents,
        characters=characters,
        ingest_s=median(run.wall_s for run in first),
        ingest_cpu_s=median(run.cpu_s for run in first),
        unchanged_s=median(run.wall_s for run in unchanged),
        unchanged_work_s=median(run.result["work_s"] for run in unchanged),
        open_s=median(result["open_s"] for result in results),
        ready_s=median(run.result["opened_at"] - run.started for run in asked),
        first_ms=median(result["first_ms"] for result in results),
        p50_ms=median(quantile(result["ms"], 0.5) for result in results),
        p95_ms=median(quantile(result["ms"], 0.95) for result in results),
        p50_cpu_ms=median(quantile(result["cpu_ms"], 0.5) for result in results),
        rss_mib=median(resident) if resident else None,
        peak_mib=median(result["peak_mib"] for result in results),
        index_mib=index_mib,
        repeats=len(asked),
        answers=len(results[0]["ms"]),
        verdicts=tuple(results[0]["verdicts"]),
    )


def child(where: Place, what: str, questions: Sequence[str] = ()) -> _Timed:
    """One measured process. Raises BenchError with the end of its output when it fails."""
    result, asked = where.scratch / "result.json", where.scratch / "questions.json"
    asked.write_text(json.dumps(list(questions)), encoding="utf-8")
    command = [sys.executable, "-m", "evals.bench_child", what, str(result), str(asked)]
    started, start, used = time(), perf_counter(), _children_cpu_s()
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | where.environment, capture_output=True, text=True, check=False
    )
    wall = perf_counter() - start
    if done.returncode:
        tail = (done.stdout + done.stderr).strip()[-1500:]
        raise BenchError(f"Målingen «{what}» gik i stå med kode {done.returncode}. Ret fejlen, og prøv igen:\n{tail}")
    return _Timed(wall, _children_cpu_s() - used, started, json.loads(result.read_text(encoding="utf-8")))


def _children_cpu_s() -> float:
    """Processor seconds of all processes that this one has started and seen end, over all cores."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _mib(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
