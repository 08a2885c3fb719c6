"""python -m evals model: the known answers with a language model that writes well, and with one that lies.

Both are scripted and answer over HTTP (evals/scripted_model.py); what is measured is everything behind them: the call,
the guard, and what becomes of verdict, quotes and silence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.models import Answer, Hit, Source
from assistant.settings import load_settings
from evals.cases import CaseSet, default_files, load
from evals.corpus_text import file_texts
from evals.markdown import table
from evals.measures import figures, quantile
from evals.runner import run_cases
from evals.scorers import all_scorers
from evals.scripted_model import ModelServer

REPORT = Path(__file__).resolve().parent / "MODEL.md"
MODELS = ("good", "liar")
_MEASURES = ("verdict", "citation_hit", "abstention_precision", "abstention_recall", "must_not_say", "dangerous")


@dataclass(slots=True)
class Watched:
    """An assistant whose answers' writer notes are kept."""

    assistant: Assistant
    told: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.assistant.sources

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        network: str | None = None,
        mode: str | None = None,
    ) -> Answer:
        answer = self.assistant.ask(question, history, as_of, network, mode)
        self.told += [answer.explanation["writer"]] if "writer" in answer.explanation else []
        return answer

    def search(self, query: str, k: int = 10) -> Sequence[Hit]:
        return self.assistant.search(query, k)

    def source_text(self, source_id: str) -> str:
        return self.assistant.source_text(source_id)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--cases", type=Path, action="append", metavar="FIL", help="kan gentages; ellers evals/cases")
    parser.add_argument("--out", type=Path, default=REPORT, metavar="FIL", help="ellers evals/MODEL.md")


def model(given: argparse.Namespace) -> int:
    """Ask all cases without a model and with each scripted one, and write the report."""
    cases = load(given.cases or default_files())
    columns: dict[str, dict[str, str]] = {}
    with ModelServer() as server:
        columns["uden model"], _ = _asked(Assistant.open(load_settings(record="off")), cases, "extractive")
        for name in MODELS:
            settings = load_settings(
                mode="llm", model=f"openai:{name}", model_url=server.url, model_key="none", record="off"
            )
            columns[name], told = _asked(Assistant.open(settings), cases, "llm")
            columns[name] |= _sentences(told)
    given.out.write_text(report(columns, len(cases.cases)), encoding="utf-8")
    sys.stdout.write(given.out.read_text("utf-8"))
    return 0


def _asked(assistant: Assistant, cases: CaseSet, mode: str) -> tuple[dict[str, str], list[Mapping[str, Any]]]:
    watched = Watched(assistant)
    texts = file_texts(load_settings().corpus, assistant.sources)
    run = run_cases(watched, cases.cases, all_scorers(assistant.source_text, texts), mode=mode)
    found = figures(run.rows)
    return {name: _number(found[name].value) for name in _MEASURES}, watched.told


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value % 1 else f"{value:.0f}"


def _sentences(told: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What became of the model's sentences, and what the guard took."""
    rows = [row for each in told for row in each["sentences"] if not row["repeats"]]
    guard = [each["guard_ms"] / len(each["sentences"]) for each in told if each["sentences"]]
    return {
        "sætninger skrevet": str(len(rows)),
        "sætninger godkendt": str(sum(row["accepted"] for row in rows)),
        "svar, som modellen skrev": str(sum(each["used"] for each in told)),
        "vagten, ms pr. sætning (median)": f"{quantile(guard, 0.5):.0f}" if guard else "-",
        "vagten, ms pr. sætning (95 %)": f"{quantile(guard, 0.95):.0f}" if guard else "-",
    }


def report(columns: Mapping[str, Mapping[str, str]], count: int) -> str:
    """The report in Markdown."""
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = [(name, *(column.get(name, "-") for column in columns.values())) for name in names]
    head = (
        f"Skrevet af `python -m evals model`: {count} kendte svar, uden sprogmodel og med to, der følger et manuskript."
    )
    return f"# Svar skrevet af en sprogmodel\n\n{head}\n\n{table(('', *columns), rows)}\n"
