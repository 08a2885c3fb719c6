"""A run as a Markdown document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from evals.measures import BY_NAME, MEASURES, Figure, figures, grouped, shown
from evals.results import Row
from evals.runner import Run
from evals.silence_curve import HEAD, curves, summary, table_rows
from evals.thresholds import Threshold, met

GROUP_MEASURES = (
    "verdict",
    "verdict_strict",
    "citation_hit",
    "must_say",
    "must_not_say",
    "dangerous",
    "recall_at_1",
    "recall_at_5",
    "mrr",
    "latency_p50_ms",
)
_LONG = 300


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are put on one line and their bars escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def document(run: Run, thresholds: tuple[Threshold, ...] = ()) -> str:
    """The whole report."""
    wrong = [row for row in run.rows if not row.passed]
    parts = [
        "# Måling af kendte svar",
        _head(run),
        _complaints(run),
        "## Tal",
        _summary(run, thresholds),
        "## Efter art",
        _groups("art", grouped(run.rows, lambda row: row.kind)),
        "## Efter sprog",
        _groups("sprog", grouped(run.rows, lambda row: row.lang)),
        "## Efter fil",
        _groups("fil", grouped(run.rows, lambda row: row.file)),
        *_silence(run.rows),
        f"## Spørgsmål, der ikke består ({len(wrong)} af {len(run.rows)})",
        "\n\n".join(map(_wrong, wrong)) or "Ingen.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(run: Run) -> str:
    files = ", ".join(f"{file.path} ({file.cases}, sha256 {file.sha256[:12]})" for file in run.files)
    return table(
        ("hvad", "værdi"),
        [
            ("kørt", run.created),
            ("svarform", f"{run.mode} {run.model}".strip()),
            ("korpus", run.corpus_version),
            ("motor", run.engine_version),
            ("prompter", run.prompt_version),
            ("Python", run.python),
            ("testspørgsmål", files),
        ],
    )


def _complaints(run: Run) -> str:
    return "\n".join(f"- {line}" for line in (*run.faults, *run.remarks))


def _summary(run: Run, thresholds: tuple[Threshold, ...]) -> str:
    found = figures(run.rows)
    bounds = {threshold.measure: threshold for threshold in thresholds}

    def line(name: str) -> tuple[str, ...]:
        figure, bound = found[name], bounds.get(name)
        verdict = "" if bound is None else f"{bound.text} {'✓' if met(bound, figure) else '✗ ikke nået'}"
        count = f"{figure.scored} af {figure.scored + figure.unscored}"
        return BY_NAME[name].label, name, shown(BY_NAME[name], figure.value), verdict, count

    return table(("mål", "navn", "værdi", "tærskel", "målt på"), (line(measure.name) for measure in MEASURES))


def _groups(title: str, groups: Mapping[str, Mapping[str, Figure]]) -> str:
    def line(name: str) -> tuple[str, ...]:
        return name, str(_size(groups[name])), *(shown(BY_NAME[m], groups[name][m].value) for m in GROUP_MEASURES)

    return table((title, "antal", *GROUP_MEASURES), map(line, groups))


def _silence(rows: Sequence[Row]) -> list[str]:
    found = curves(rows)
    parts = [part for curve in found for part in (summary(curve), table(HEAD, table_rows(curve)))]
    return ["## Tavshed over tærsklen", *parts] if parts else []


def _size(found: Mapping[str, Figure]) -> int:
    figure = found["verdict"]
    return figure.scored + figure.unscored


def _wrong(row: Row) -> str:
    head = [f"### {row.id} ({row.kind}, {row.lang})"]
    if row.history:
        head.append("Forud: " + " / ".join(map(_inline, row.history)))
    head.append(f"**{_inline(row.question)}**")
    head.append(f"Ventet: {' eller '.join(row.accepted)} – fik: {row.got or 'intet svar'} – mangler: {reason(row)}")
    if row.answer:
        head.append("> " + _inline(row.answer))
    items = [f"- [{c['n']}] {c['source_id']} ({c['date']}): «{_inline(c['quote'])}»" for c in row.citations]
    items += [
        f"- skulle citere {w['doc']}: «{_inline(w['quote'])}»" for w in row.wanted if "citation_hit" in row.missed
    ]
    return "\n\n".join([*head, "\n".join(items)]) if items else "\n\n".join(head)


def reason(row: Row) -> str:
    """Why a row did not pass, in a few words and with the patterns that were not met."""
    words = [BY_NAME[name].label.lower() for name in row.missed]
    words += [f"ikke sagt: {pattern}" for pattern in row.unsaid] + [f"sagt: {pattern}" for pattern in row.missaid]
    return row.error or ", ".join(words) or "–"


def _inline(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")
