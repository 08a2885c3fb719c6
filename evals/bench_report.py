"""The bench's result as JSON, Markdown and one HTML page with charts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from evals import html_page, markdown
from evals.bench_growth import Cost
from evals.bench_light import NOTE
from evals.bench_page import PageTimes
from evals.bench_record import RecordTimes
from evals.bench_room import RoomTimes
from evals.report import ReportError
from evals.svg import Line, lines

Getter = Callable[[Cost], float | None]


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench: where and when it ran, the costs from the smallest corpus up, and the page's times if taken.

    `embed_ms` is set where vectors were random: the time of embedding one question, in the answers' times already.
    """

    created: str
    machine: str
    costs: tuple[Cost, ...]
    page: PageTimes | None
    embed_ms: float | None = None
    record: RecordTimes | None = None
    room: RoomTimes | None = None


class Limit(NamedTuple):
    """What a figure of the project's own corpus must not exceed."""

    label: str
    bound: float
    unit: str
    value: Callable[[Bench], float | None]


class Column(NamedTuple):
    """One cost in the growth table; `ratio` shows it as a multiple of the smallest corpus' too."""

    label: str
    value: Getter
    digits: int
    ratio: bool = True


def _verified_s(record: RecordTimes | None) -> float | None:
    """The seconds that checking 20,000 entries takes."""
    return 20_000 / record.verified_a_second if record else None


def _astray(room: RoomTimes | None) -> float | None:
    """How many votes were lost or counted twice."""
    return room.lost + room.doubled if room else None


LIMITS = (
    Limit("varmt svar, median", 120, "ms", lambda bench: bench.costs[0].p50_ms),
    Limit("varmt svar, 95 %", 300, "ms", lambda bench: bench.costs[0].p95_ms),
    Limit("korpus indekseret fra intet", 30, "s", lambda bench: bench.costs[0].ingest_s),
    Limit("uændret ingest, eget arbejde", 1, "s", lambda bench: bench.costs[0].unchanged_work_s),
    Limit("siden svarer efter make run", 20, "s", lambda bench: bench.page.answered_s if bench.page else None),
    Limit("hukommelse efter svar", 1200, "MiB", lambda bench: bench.costs[0].rss_mib),
    Limit("journalføring, 95 %", 15, "ms", lambda bench: bench.record.append_p95_ms if bench.record else None),
    Limit("køen åbnet, 100.000 svar", 1000, "ms", lambda bench: bench.record.queue_ms if bench.record else None),
    Limit("overblikket åbnet", 1000, "ms", lambda bench: bench.record.overview_ms if bench.record else None),
    Limit("workshop: tabte eller dublerede svar", 0, "", lambda bench: _astray(bench.room)),
    Limit("workshop: diagrammet, 40 telefoner, 95 %", 2000, "ms", lambda bench: bench.room and bench.room.chart_p95_ms),
    Limit("kontrol pr. 20.000 poster", 1, "s", lambda bench: _verified_s(bench.record)),
)
COLUMNS = (
    Column("dokumenter", lambda cost: cost.documents, 0, ratio=False),
    Column("tegn", lambda cost: cost.characters, 0, ratio=False),
    Column("indeksering s", lambda cost: cost.ingest_s, 1),
    Column("– processortid s", lambda cost: cost.ingest_cpu_s, 1),
    Column("uændret s", lambda cost: cost.unchanged_s, 2),
    Column("– eget arbejde s", lambda cost: cost.unchanged_work_s, 2),
    Column("åbning s", lambda cost: cost.open_s, 2),
    Column("start til klar s", lambda cost: cost.ready_s, 2),
    Column("første svar ms", lambda cost: cost.first_ms, 0),
    Column("svar p50 ms", lambda cost: cost.p50_ms, 0),
    Column("svar p95 ms", lambda cost: cost.p95_ms, 0),
    Column("– p50 processortid ms", lambda cost: cost.p50_cpu_ms, 0),
    Column("hukommelse MiB", lambda cost: cost.rss_mib, 0),
    Column("– højst MiB", lambda cost: cost.peak_mib, 0),
    Column("indeks MiB", lambda cost: cost.index_mib, 1),
    Column("samme afgørelse", lambda cost: cost.same, 2, ratio=False),
)
_HEAD = ("mål", "målt", "højst", "")


def limit_rows(bench: Bench) -> list[tuple[str, str, str, str]]:
    """Label, figure, bound and a mark for each limit."""
    rows = []
    for limit in LIMITS:
        value = limit.value(bench)
        mark = "ikke målt" if value is None else "✓" if value <= limit.bound else "✗ over"
        rows.append(
            (
                limit.label,
                _number(value, 2 if limit.unit == "s" else 0, limit.unit),
                f"{limit.bound:g} {limit.unit}",
                mark,
            )
        )
    return rows


def growth_rows(bench: Bench) -> list[tuple[str, ...]]:
    """A row per cost: its label and, for each size, the figure with its ratio to the smallest."""
    return [(column.label, *(_grown(column, cost, bench.costs[0]) for cost in bench.costs)) for column in COLUMNS]


def document(bench: Bench) -> str:
    """The bench in Markdown."""
    parts = ["# Fart og størrelse", f"{bench.created} · {bench.machine} · {_method(bench.costs)}"]
    parts += [_light_note(bench)] if bench.embed_ms else ["## Mål", markdown.table(_HEAD, limit_rows(bench))]
    parts += _page_note(bench.page)
    parts += ["## Vækst", markdown.table(_sizes(bench.costs), growth_rows(bench))]
    return "\n\n".join(parts) + "\n"


def page(bench: Bench) -> str:
    """The bench as an HTML page that needs nothing beside itself."""
    figures = frozenset(range(1, len(bench.costs) + 1))
    body = [
        f'<p class="dim">{escape(bench.created)} · {escape(bench.machine)} · {escape(_method(bench.costs))}</p>',
        f"<p>{escape(_light_note(bench))}</p>"
        if bench.embed_ms
        else "<h2>Mål</h2>" + html_page.table(_HEAD, limit_rows(bench), frozenset({1, 2})),
        *(f"<p>{escape(note)}</p>" for note in _page_note(bench.page)),
        "<h2>Vækst</h2>" + html_page.table(_sizes(bench.costs), growth_rows(bench), figures),
        _chart(bench.costs, "Svartid", "ms", (("median", lambda c: c.p50_ms), ("95 %", lambda c: c.p95_ms))),
        _chart(
            bench.costs, "Indeksering", "s", (("fra intet", lambda c: c.ingest_s), ("uændret", lambda c: c.unchanged_s))
        ),
        _chart(
            bench.costs, "Størrelse", "MiB", (("hukommelse", lambda c: c.rss_mib), ("indeks", lambda c: c.index_mib))
        ),
    ]
    return html_page.html("Fart og størrelse", body)


def write(bench: Bench, folder: Path) -> Path:
    """Write bench.json, bench.md and bench.html; the HTML file. Raises ReportError when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        value = {"schema": 1, **asdict(bench), "page": bench.page._asdict() if bench.page else None}
        (folder / "bench.json").write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (folder / "bench.md").write_text(document(bench), encoding="utf-8")
        (folder / "bench.html").write_text(page(bench), encoding="utf-8")
    except OSError as exc:
        raise ReportError(
            f"Målingen kan ikke skrives i {folder} ({exc.strerror}). Angiv en anden mappe med --out."
        ) from exc
    return folder / "bench.html"


def _chart(costs: Sequence[Cost], title: str, unit: str, series: Sequence[tuple[str, Getter]]) -> str:
    """Both axes by powers of ten, so that a cost in step with the corpus is a straight line."""
    if len(costs) < 2:
        return ""
    drawn = [Line(label, tuple((cost.scale, value) for cost in costs if (value := get(cost)))) for label, get in series]
    return f"<h3>{escape(title)}</h3>" + lines(title, "gange korpusset", unit, drawn, log=True)


def _sizes(costs: Sequence[Cost]) -> tuple[str, ...]:
    return ("pris", *(f"{cost.scale}×" for cost in costs))


def _method(costs: Sequence[Cost]) -> str:
    repeats = ", ".join(f"{cost.repeats} ved {cost.scale}×" for cost in costs)
    return f"medianer af gentagelser i egne processer ({repeats}), {costs[0].answers} spørgsmål i hver"


def _light_note(bench: Bench) -> str:
    return NOTE.format(ms=bench.embed_ms or 0.0)


def _page_note(times: PageTimes | None) -> list[str]:
    if times is None:
        return []
    parts = [("svarer på helbred", times.health_s), ("vist", times.shown_s), ("besvaret", times.answered_s)]
    shown = ", ".join(f"{label} {value:.1f} s" for label, value in parts if value is not None)
    return [f"Siden efter make run: {shown}{'; ' + times.note if times.note else ''}."]


def _grown(column: Column, cost: Cost, base: Cost) -> str:
    value, first = column.value(cost), column.value(base)
    ratio = f" (×{value / first:.1f})" if column.ratio and value is not None and first and cost is not base else ""
    return _number(value, column.digits) + ratio


def _number(value: float | None, digits: int, unit: str = "") -> str:
    return "–" if value is None else f"{value:.{digits}f} {unit}".strip()
