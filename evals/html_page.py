"""A run as one HTML page that needs nothing beside itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import get_args

from assistant.models import Verdict
from evals.markdown import GROUP_MEASURES, reason
from evals.measures import BY_NAME, MEASURES, Figure, figures, grouped, shown
from evals.results import Row
from evals.runner import Run
from evals.scorers import RECALL_AT
from evals.silence_curve import HEAD as SILENCE_HEAD
from evals.silence_curve import curves, summary, table_rows
from evals.svg import Bar, Line, bars, lines
from evals.thresholds import Threshold, met

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:1250px;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem}h2{margin-top:2.2rem;border-bottom:1px solid #ccc}
svg{max-width:100%;height:auto;font-family:inherit}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{border:1px solid #d5d5d5;padding:.3rem .5rem;
text-align:left;vertical-align:top}th{background:#f2f4f5}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.ok{color:#1b6b2f;font-weight:600}.bad{color:#a31515;font-weight:600}.dim{color:#666}blockquote{margin:.3rem 0;
padding-left:.6rem;border-left:3px solid #bbb}ul{margin:.2rem 0;padding-left:1.1rem}.scroll{overflow-x:auto}
"""
VERDICTS: tuple[str, ...] = get_args(Verdict)


def html(title: str, body: Sequence[str]) -> str:
    """A whole page around `body`, which is already markup."""
    head = f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return f"{head}{view}<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{''.join(body)}</body></html>\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> str:
    """A table of cells that are already markup; columns in `numbers` are set as figures."""

    def cells(row: Sequence[str]) -> str:
        return "".join(f"<td{' class=n' if place in numbers else ''}>{cell}</td>" for place, cell in enumerate(row))

    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f'<div class="scroll"><table><tr>{top}</tr>{"".join(f"<tr>{cells(row)}</tr>" for row in rows)}</table></div>'


def page(run: Run, thresholds: tuple[Threshold, ...] = ()) -> str:
    """The whole report: figures with thresholds, charts, groups, and every case that did not pass."""
    wrong = [row for row in run.rows if not row.passed]
    kinds, languages = grouped(run.rows, lambda row: row.kind), grouped(run.rows, lambda row: row.lang)
    return html(
        "Måling af kendte svar",
        [
            _meta(run),
            _complaints(run),
            "<h2>Tal</h2>" + _summary(run, thresholds),
            "<h2>Afgørelse og kilde efter art</h2>" + _by_kind(kinds, thresholds),
            "<h2>Søgning efter sprog</h2>" + _recall(languages),
            "<h2>Ventet og fået afgørelse</h2>" + _confusion(run.rows),
            "<h2>Svartid</h2>" + _latency(run.rows),
            _silence(run.rows),
            "<h2>Efter art</h2>" + _groups("art", kinds),
            "<h2>Efter sprog</h2>" + _groups("sprog", languages),
            "<h2>Efter fil</h2>" + _groups("fil", grouped(run.rows, lambda row: row.file)),
            f"<h2>Spørgsmål, der ikke består ({len(wrong)} af {len(run.rows)})</h2>" + _wrong(wrong),
        ],
    )


def _meta(run: Run) -> str:
    files = "; ".join(f"{file.path}: {file.cases} (sha256 {file.sha256[:12]})" for file in run.files)
    facts = (
        ("Kørt", run.created),
        ("svarform", f"{run.mode} {run.model}".strip()),
        ("korpus", run.corpus_version),
        ("motor", run.engine_version),
        ("prompter", run.prompt_version),
        ("Python", run.python),
        ("testspørgsmål", files),
    )
    return '<p class="dim">' + " · ".join(f"{name} {escape(value)}" for name, value in facts if value) + "</p>"


def _complaints(run: Run) -> str:
    items = "".join(f'<li class="bad">{escape(line)}</li>' for line in run.faults)
    items += "".join(f"<li>{escape(line)}</li>" for line in run.remarks)
    return f"<ul>{items}</ul>" if items else ""


def _summary(run: Run, thresholds: tuple[Threshold, ...]) -> str:
    found = figures(run.rows)
    bounds = {threshold.measure: threshold for threshold in thresholds}
    rows = []
    for measure in MEASURES:
        figure, bound = found[measure.name], bounds.get(measure.name)
        mark = "" if bound is None else _mark(bound, met(bound, figure))
        count = f"{figure.scored} af {figure.scored + figure.unscored}"
        rows.append((escape(measure.label), f"<code>{measure.name}</code>", shown(measure, figure.value), mark, count))
    return table(("mål", "navn", "værdi", "tærskel", "målt på"), rows, frozenset({2, 4}))


def _mark(bound: Threshold, reached: bool) -> str:
    return f'{bound.text} <span class="{"ok" if reached else "bad"}">{"✓ nået" if reached else "✗ ikke nået"}</span>'


def _by_kind(kinds: Mapping[str, Mapping[str, Figure]], thresholds: tuple[Threshold, ...]) -> str:
    names = ("verdict", "citation_hit")
    bounds = {threshold.measure: threshold.bound for threshold in thresholds}
    groups = [_bar(f"{kind} ({found['verdict'].scored})", found, names) for kind, found in kinds.items()]
    labels = [BY_NAME[name].label for name in names]
    return bars("Afgørelse og rigtig kilde efter art", labels, groups, [bounds.get(name) for name in names])


def _bar(label: str, found: Mapping[str, Figure], names: Sequence[str]) -> Bar:
    values = tuple(found[name].value for name in names)
    texts = tuple(shown(BY_NAME[name], value) for name, value in zip(names, values, strict=True))
    return Bar(label, values, texts)


def _recall(languages: Mapping[str, Mapping[str, Figure]]) -> str:
    tongues = list(languages)
    groups = []
    for name in (*(f"recall_at_{k}" for k in RECALL_AT), "mrr"):
        values = tuple(languages[tongue][name].value for tongue in tongues)
        groups.append(Bar(name, values, tuple(shown(BY_NAME[name], value) for value in values)))
    return bars("Rigtig passage blandt de første k", tongues[:5], [_first(group, 5) for group in groups])


def _first(group: Bar, count: int) -> Bar:
    return Bar(group.label, group.values[:count], group.texts[:count])


def _confusion(rows: Sequence[Row]) -> str:
    pairs = Counter((row.expected, row.got or "intet svar") for row in rows)
    columns = [*VERDICTS, *(["intet svar"] if any(got == "intet svar" for _, got in pairs) else [])]

    def cell(expected: str, got: str) -> str:
        count = pairs[expected, got]
        kind = "dim" if not count else "ok" if expected == got else "bad"
        return f'<span class="{kind}">{count}</span>'

    lines_ = [(escape(expected), *(cell(expected, got) for got in columns)) for expected in VERDICTS]
    return table(("ventet ↓ / fået →", *columns), lines_, frozenset(range(1, len(columns) + 1)))


def _latency(rows: Sequence[Row]) -> str:
    times = sorted(row.ms for row in rows if not row.error)
    points = tuple((100 * (place + 1) / len(times), ms) for place, ms in enumerate(times))
    tenths = points[:: max(1, len(points) // 10)] + points[-1:]
    rounded = tuple((float(round(x)), y) for x, y in tenths)
    return lines("Svartid", "% af svarene", "højst så mange ms", [Line("svartid", rounded)])


def _silence(rows: Sequence[Row]) -> str:
    parts = []
    for curve in curves(rows):
        series = (("tavs forkert", 1), ("svar for tavshed", 2))
        drawn = [
            Line(label, tuple((point[0], share) for point in curve.points if (share := point[place]) is not None))
            for label, place in series
        ]
        chart = lines(curve.label, "tærskel (stiplet: den, der gælder)", "andel", drawn, mark=curve.in_force)
        parts.append(
            f"<p>{escape(summary(curve))}</p>{chart}{table(SILENCE_HEAD, table_rows(curve), frozenset({0, 1, 2}))}"
        )
    return "<h2>Tavshed over tærsklen</h2>" + "".join(parts) if parts else ""


def _groups(title: str, groups: Mapping[str, Mapping[str, Figure]]) -> str:
    def line(name: str) -> tuple[str, ...]:
        found = groups[name]
        size = found["verdict"].scored + found["verdict"].unscored
        return escape(name), str(size), *(shown(BY_NAME[m], found[m].value) for m in GROUP_MEASURES)

    return table(
        (title, "antal", *GROUP_MEASURES), list(map(line, groups)), frozenset(range(1, 2 + len(GROUP_MEASURES)))
    )


def _wrong(rows: Sequence[Row]) -> str:
    if not rows:
        return "<p>Ingen.</p>"
    return table(("spørgsmål", "ventet", "fik", "mangler", "svar og citater"), [_wrong_row(row) for row in rows])


def _wrong_row(row: Row) -> tuple[str, ...]:
    before = "".join(f'<div class="dim">{escape(turn)}</div>' for turn in row.history)
    asked = f'{before}{escape(row.question)}<div class="dim">{escape(row.id)} · {row.kind} · {escape(row.lang)}</div>'
    cited = "".join(f"<li>[{c['n']}] {escape(c['source_id'])}: «{escape(c['quote'])}»</li>" for c in row.citations)
    wanted = "".join(f"<li>{escape(w['doc'])}: «{escape(w['quote'])}»</li>" for w in row.wanted)
    wanted = f"<div>Skulle citere en af:<ul>{wanted}</ul></div>" if wanted and "citation_hit" in row.missed else ""
    got = f'<span class="{"ok" if row.got in row.accepted else "bad"}">{escape(row.got or "intet svar")}</span>'
    said = f"<blockquote>{escape(row.answer)}</blockquote><ul>{cited}</ul>{wanted}"
    return asked, escape(" / ".join(row.accepted)), got, escape(reason(row)), said
