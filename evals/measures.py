"""From the scores of many cases to the figures of a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from evals.results import Row
from evals.scorers import RECALL_AT, Score

How = Literal["mean", "sum", "p50", "p95"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: the score it is made from, how, which way is better, and its Danish label."""

    name: str
    score: str
    label: str
    how: How = "mean"
    better: Literal["up", "down"] = "up"


class Figure(NamedTuple):
    """A value over `scored` cases; None when no case could be scored. `unscored` are the others."""

    value: float | None
    scored: int
    unscored: int


MEASURES = (
    Measure("verdict", "verdict", "Afgørelse (accepteret)"),
    Measure("verdict_strict", "verdict_strict", "Afgørelse (præcis)"),
    Measure("citation_hit", "citation_hit", "Rigtig kilde citeret"),
    Measure("citation_fidelity", "citation_fidelity", "Ordrette citater"),
    Measure("grounded", "grounded", "Svar med kildehenvisning"),
    Measure("must_say", "must_say", "Siger det nødvendige"),
    Measure("must_say_prose", "must_say_prose", "– i teksten alene"),
    Measure("must_not_say", "must_not_say", "Undgår det forkerte"),
    Measure("must_not_say_prose", "must_not_say_prose", "– i teksten alene"),
    Measure("abstention_precision", "abstention_precision", "Tavshed: præcision"),
    Measure("abstention_recall", "abstention_recall", "Tavshed: dækning"),
    Measure("dangerous", "dangerous", "Farlige fejl (antal)", "sum", "down"),
    Measure("language", "language", "Svar på spørgsmålets sprog"),
    Measure("failed", "failed", "Uden svar (antal)", "sum", "down"),
    *(Measure(f"recall_at_{k}", f"recall_at_{k}", f"Søgning: rigtig i top {k}") for k in RECALL_AT),
    Measure("mrr", "mrr", "Søgning: MRR"),
    Measure("latency_p50_ms", "latency", "Svartid, median (ms)", "p50", "down"),
    Measure("latency_p95_ms", "latency", "Svartid, 95 % (ms)", "p95", "down"),
)
BY_NAME = {measure.name: measure for measure in MEASURES}


def quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile: the smallest value that at least `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _mean(scores: Sequence[Score]) -> float:
    return sum(score.value * score.weight for score in scores) / sum(score.weight for score in scores)


_HOW: dict[How, Callable[[Sequence[Score]], float]] = {
    "mean": _mean,
    "sum": lambda scores: sum(score.value for score in scores),
    "p50": lambda scores: quantile([score.value for score in scores], 0.5),
    "p95": lambda scores: quantile([score.value for score in scores], 0.95),
}


def figure(measure: Measure, rows: Sequence[Row]) -> Figure:
    """The measure over `rows`, leaving out those it is not scored for."""
    scores = [row.scores[measure.score] for row in rows if measure.score in row.scores]
    value = _HOW[measure.how](scores) if scores else None
    return Figure(value, len(scores), len(rows) - len(scores))


def figures(rows: Sequence[Row]) -> dict[str, Figure]:
    """Every measure over `rows`, in the order of MEASURES."""
    return {measure.name: figure(measure, rows) for measure in MEASURES}


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, dict[str, Figure]]:
    """Every measure for each group that `key` makes, groups in order of name."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: figures(groups[name]) for name in sorted(groups)}


def shown(measure: Measure, value: float | None) -> str:
    """The value for people: shares as 0.912, counts and milliseconds whole, "–" for not measured."""
    if value is None:
        return "–"
    return f"{value:.3f}" if measure.how == "mean" else f"{value:.0f}"
