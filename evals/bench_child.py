"""One measured process of the bench: `python -m evals.bench_child ingest|answers|embed RESULT [QUESTIONS]`.

RESULT is the JSON file to write; QUESTIONS a JSON list of strings. The result's times are in seconds (answers in
milliseconds) and its memory in MiB; `opened_at` is on the clock of time.time().
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time, time
from typing import Any, NamedTuple

from assistant.errors import QuestionError

_WARM_UPS = 3
_STATUS = Path("/proc/self/status")


def main(argv: list[str]) -> int:
    """Measure, write the result, and give the exit code of what was measured."""
    what, result = argv[0], Path(argv[1])
    if what == "ingest":
        code, measured = _ingest()
    else:
        take = _embedding if what == "embed" else _answers
        code, measured = 0, take(json.loads(Path(argv[2]).read_text("utf-8")))
    result.write_text(json.dumps(measured), encoding="utf-8")
    return code


def _ingest() -> tuple[int, dict[str, Any]]:
    """`python -m ingest`, with its own work timed apart from the interpreter's start and the imports."""
    from ingest.__main__ import main as ingest

    start = perf_counter()
    code = ingest(["sync"])
    return code, {"work_s": perf_counter() - start}


def _answers(questions: list[str]) -> dict[str, Any]:
    """Open the assistant, ask a few questions to warm up and then each question once."""
    from assistant import Assistant, load_settings

    start = perf_counter()
    assistant = Assistant.open(load_settings(record="off"))
    open_s, opened_at = perf_counter() - start, time()
    first, *_ = [_ask(assistant, question) for question in questions[:_WARM_UPS]]
    asked = [_ask(assistant, question) for question in questions[_WARM_UPS:]]
    return {
        "open_s": open_s,
        "opened_at": opened_at,
        "first_ms": first.ms,
        "ms": [ask.ms for ask in asked],
        "cpu_ms": [ask.cpu_ms for ask in asked],
        "verdicts": [ask.verdict for ask in asked],
        "rss_mib": resident_mib(),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 2**20),
    }


def _embedding(questions: list[str]) -> dict[str, Any]:
    """The milliseconds of embedding each question after the first few."""
    from assistant.embedding import load_embedder
    from assistant.settings import load_settings

    embedder, times = load_embedder(load_settings()).load(), []
    for question in questions:
        start = perf_counter()
        embedder.queries([question])
        times.append((perf_counter() - start) * 1000)
    return {"ms": times[_WARM_UPS:]}


class _Asked(NamedTuple):
    ms: float
    cpu_ms: float
    verdict: str


def _ask(assistant: Any, question: str) -> _Asked:
    start, cpu = perf_counter(), process_time()
    try:
        verdict = assistant.ask(question).verdict
    except QuestionError:
        verdict = "afvist"
    return _Asked((perf_counter() - start) * 1000, (process_time() - cpu) * 1000, verdict)


def resident_mib() -> float | None:
    """Memory that the process holds now, in MiB; None where the system has no /proc."""
    if not _STATUS.exists():
        return None
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
