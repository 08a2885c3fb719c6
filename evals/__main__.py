"""python -m evals run|check|compare|bench|metamorphic|ablation|documents|guard|model"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.ablation import ablation
from evals.ablation import add_arguments as add_ablation_arguments
from evals.bench import add_arguments, bench
from evals.bench import figures as bench_figures
from evals.cases import CaseSet, default_files, load
from evals.compare import compare, fallen, text
from evals.corpus_text import file_texts, misquoted, unreachable, without_bad_quotes
from evals.documents import add_arguments as add_documents_arguments
from evals.documents import documents
from evals.guard import add_arguments as add_guard_arguments
from evals.guard import guard
from evals.measures import MEASURES, figures, shown
from evals.metamorphic import add_arguments as add_metamorphic_arguments
from evals.metamorphic import metamorphic
from evals.model import add_arguments as add_model_arguments
from evals.model import model
from evals.report import Written, read, write
from evals.results import Row
from evals.runner import Answerer, Run, run_cases
from evals.scorers import all_scorers
from evals.thresholds import THRESHOLDS, load_thresholds, missed
from ingest.sources import load_sources

OUT = Path(__file__).resolve().parent / "out"


def main(argv: Sequence[str] | None = None, opener: Callable[[], Answerer] | None = None) -> int:
    """The exit code: 0 all well, 1 a figure or a quote is not as it must be, 2 it could not be done.

    `opener` makes what a run asks; without it that is the assistant of the environment's settings.
    """
    given = _parser().parse_args(argv)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "run": partial(_run, opener=opener or _open),
        "check": _check,
        "compare": _compare,
        "bench": _bench,
        "metamorphic": partial(_metamorphic, opener=opener or _open),
        "ablation": _ablation,
        "documents": documents,
        "guard": guard,
        "model": model,
    }
    try:
        return commands[given.command](given)
    except AssistantError as exc:
        print(exc, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Mål assistenten på kendte svar.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="stil alle testspørgsmål og skriv en rapport")
    check = commands.add_parser("check", help="se efter, at testspørgsmålenes citater står i dokumenterne")
    for command in (run, check):
        command.add_argument(
            "--cases", type=Path, action="append", metavar="FIL", help="kan gentages; ellers evals/cases"
        )
    run.add_argument("--out", type=Path, metavar="MAPPE", help="ellers evals/out/latest, og den forrige i previous")
    run.add_argument("--mode", choices=("extractive", "llm"))
    run.add_argument("--thresholds", type=Path, default=THRESHOLDS, metavar="FIL", help="ellers evals/thresholds.toml")
    run.add_argument("--no-thresholds", action="store_true", help="mål uden at kræve noget")
    both = commands.add_parser("compare", help="hvad er blevet bedre og dårligere fra A til B")
    both.add_argument("before", type=Path, metavar="A")
    both.add_argument("after", type=Path, metavar="B")
    both.add_argument("--thresholds", type=Path, default=THRESHOLDS, metavar="FIL")
    add_arguments(commands.add_parser("bench", help="mål fart og størrelse"))
    add_metamorphic_arguments(commands.add_parser("metamorphic", help="stil spørgsmålene på andre måder"))
    add_ablation_arguments(commands.add_parser("ablation", help="mål, hvad hver del af systemet er værd"))
    add_documents_arguments(commands.add_parser("documents", help="mål svar på dokumenter, som ingen har set"))
    add_guard_arguments(commands.add_parser("guard", help="mål vagten på sande og falske påstande"))
    add_model_arguments(commands.add_parser("model", help="mål svar, som en sprogmodel skriver"))
    return parser


def _open() -> Answerer:
    # Here, so that compare and check do not load a model.
    from assistant import Assistant

    return Assistant.open(load_settings(record="off"), progress=lambda line: print(line, file=sys.stderr))


def _run(given: argparse.Namespace, opener: Callable[[], Answerer]) -> int:
    cases = load(given.cases or default_files())
    thresholds = () if given.no_thresholds else load_thresholds(given.thresholds)
    run = _measured(opener(), cases, given.mode)
    written = write(run, out_folder(given.out), thresholds)
    _summary(run, written)
    lines = [*(f"Forkert citat: {fault}" for fault in run.faults), *missed(thresholds, figures(run.rows))]
    print("\n".join(lines), file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


def _measured(assistant: Answerer, cases: CaseSet, mode: str | None) -> Run:
    texts = file_texts(load_settings().corpus, assistant.sources)
    known = tuple(assistant.sources)
    faults = misquoted(cases.cases, known, texts)
    return run_cases(
        assistant,
        [without_bad_quotes(case, known, texts) for case in cases.cases],
        all_scorers(assistant.source_text, texts),
        mode=mode,
        files=cases.files,
        faults=tuple(line for lines in faults.values() for line in lines),
        remarks=cases.remarks,
        progress=_progress,
    )


def _progress(number: int, total: int, row: Row) -> None:
    mark = "?" if row.passed is None else "." if row.passed else "x"
    print(mark, end=f" {number}/{total}\n" if number % 50 == 0 or number == total else "", file=sys.stderr, flush=True)


def out_folder(given: Path | None, home: Path = OUT) -> Path:
    """The folder for the report. Without --out it is `latest`, and what was there is kept as `previous`."""
    if given is not None:
        return given
    latest, previous = home / "latest", home / "previous"
    if latest.exists():
        shutil.rmtree(previous, ignore_errors=True)
        latest.rename(previous)
    return latest


def _summary(run: Run, written: Written) -> None:
    found = figures(run.rows)
    for measure in MEASURES:
        print(f"{measure.name:<22}{shown(measure, found[measure.name].value):>8}  ({found[measure.name].scored})")
    print(f"Rapport: {written.html}")


def _check(given: argparse.Namespace) -> int:
    corpus = load_settings().corpus
    cases = load(given.cases or default_files())
    sources = {source.id: source for source in load_sources(corpus)}
    faults = misquoted(cases.cases, sources, file_texts(corpus, sources))
    for line in (line for lines in faults.values() for line in lines):
        print(line, file=sys.stderr)
    for remark in (*cases.remarks, *unreachable(cases.cases, corpus, sources)):
        print(f"Bemærk: {remark}")
    print(f"{len(cases.cases)} testspørgsmål, {len(faults)} med forkerte citater.")
    return 1 if faults else 0


def _compare(given: argparse.Namespace) -> int:
    thresholds = load_thresholds(given.thresholds)
    guarded = [threshold.measure for threshold in thresholds]
    result = compare(read(given.before), read(given.after))
    print(text(result, guarded))
    lines = [
        f"Faldet: {c.measure.name} {shown(c.measure, c.before)} -> {shown(c.measure, c.after)}"
        for c in fallen(result, guarded)
    ]
    print("\n".join(lines), file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


def _bench(given: argparse.Namespace) -> int:
    """0 also when a limit is passed: the bench tells, and does not judge."""
    result, written = bench(given, lambda line: print(line, file=sys.stderr, flush=True))
    print(bench_figures(result))
    print(f"Rapport: {written}")
    return 0


def _metamorphic(given: argparse.Namespace, opener: Callable[[], Answerer]) -> int:
    """1 when an answer was dangerous; the shares have their floors in the tests."""
    lines, safe = metamorphic(given, opener(), lambda line: print(line, file=sys.stderr, flush=True))
    print(lines)
    return 0 if safe else 1


def _ablation(given: argparse.Namespace) -> int:
    print(ablation(given, lambda line: print(line, file=sys.stderr, flush=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
