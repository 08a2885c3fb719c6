"""The bench: speed and size, measured in processes of their own, at one and more times the corpus."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assistant.settings import load_settings
from evals.bench_growth import Cost, Progress, child, measure, place
from evals.bench_light import write_light_model
from evals.bench_page import PageTimes, measure_page
from evals.bench_record import measure_record
from evals.bench_report import Bench, growth_rows, limit_rows, write
from evals.bench_room import measure_room
from evals.cases import default_files, load

OUT = Path(__file__).resolve().parent / "out" / "bench"
_QUESTIONS = 60
_LARGE = 10  # from this scale on a corpus is indexed and asked once, since it takes minutes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The bench's options."""
    parser.add_argument(
        "--scales", type=_scales, default=(1, 10), metavar="1,10,100", help="gange korpusset; 100 tager lang tid"
    )
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="gentagelser (under 10 gange korpusset)")
    parser.add_argument("--no-page", action="store_true", help="spring siden over")
    parser.add_argument("--no-record", action="store_true", help="spring journalen over")
    parser.add_argument("--no-room", action="store_true", help="spring workshoppen over")
    parser.add_argument(
        "--light-vectors", action="store_true", help="mål vækst med tilfældige vektorer; 100 gange tager da minutter"
    )
    parser.add_argument("--out", type=Path, default=OUT, metavar="MAPPE", help="ellers evals/out/bench")


def bench(given: argparse.Namespace, say: Progress) -> tuple[Bench, Path]:
    """Measure and write the report: the figures, and the HTML page's path. `say` gets a line for each step."""
    questions = spread(
        [case.question for case in load(default_files()).cases if not case.history and case.question.strip()]
    )
    where = machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        model, added = _light(questions, Path(folder), say) if given.light_vectors else ("", None)
        costs, page = _measured(given, questions, Path(folder), model, say)
    costs = tuple(with_embedding(cost, added) for cost in costs) if added else costs
    record = None if given.no_record else measure_record(say)
    room = None if given.no_room else measure_room(say)
    result = Bench(datetime.now(UTC).isoformat(timespec="seconds"), where, costs, page, added, record, room)
    return result, write(result, given.out)


def figures(result: Bench) -> str:
    """The figures as lines for the terminal."""
    rows = (*(() if result.embed_ms else limit_rows(result)), *growth_rows(result))
    return "\n".join("  ".join([f"{row[0]:<30}", *(f"{cell:>16}" for cell in row[1:])]) for row in rows)


def spread(questions: Sequence[str], count: int = _QUESTIONS) -> list[str]:
    """`count` of the questions at even distances, each once."""
    different = list(dict.fromkeys(questions))
    step = max(1.0, len(different) / count)
    return [different[int(number * step)] for number in range(min(count, len(different)))]


def machine() -> str:
    """The machine in a few words, with its load by others: what figures may be compared with."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", belastning før start {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{usable} kerner{load}, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def _light(questions: list[str], folder: Path, say: Progress) -> tuple[str, float]:
    """The light model's folder, and the median milliseconds that the real one takes for a question."""
    say("den rigtige model måles …")
    timed = child(place(folder, 1), "embed", questions)
    return str(write_light_model(load_settings(), folder / "light-model")), median(timed.result["ms"])


def with_embedding(cost: Cost, ms: float) -> Cost:
    """The cost with the time of embedding one question added to its answers."""
    added = {name: getattr(cost, name) + ms for name in ("first_ms", "p50_ms", "p95_ms", "p50_cpu_ms")}
    return replace(cost, **added)


def _measured(
    given: argparse.Namespace, questions: list[str], folder: Path, model: str, say: Progress
) -> tuple[tuple[Cost, ...], PageTimes | None]:
    costs: list[Cost] = []
    real = load_settings().corpus
    page = None
    for scale in given.scales:
        say(f"{scale} gange korpusset …")
        where = place(folder, scale, model)
        cost = measure(real, where, scale, questions, 1 if scale >= _LARGE else given.repeat, say)
        costs.append(replace(cost, same=_agreement(cost.verdicts, costs[0].verdicts if costs else cost.verdicts)))
        if page is None and not given.no_page and not model:
            say("siden …")
            page = measure_page(where.environment)
    return tuple(costs), page


def _agreement(verdicts: Sequence[str], base: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(verdicts, base, strict=True)) / len(base)


def _scales(text: str) -> tuple[int, ...]:
    try:
        scales = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        scales = ()
    if not scales or scales[0] < 1:
        raise argparse.ArgumentTypeError("skriv hele tal fra 1 og op med komma imellem, fx 1,10,100")
    return scales
