"""Small charts as inline SVG: horizontal bars and lines. Text is escaped here; sizes are in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

COLOURS = ("#1f6f8b", "#c2571a", "#5b7f3a", "#6b4fa0", "#8a8a8a")
_LABEL, _BAR, _GAP, _WIDTH, _VALUE = 210, 15, 10, 380, 60


class Bar(NamedTuple):
    """One group of bars: its label, and per series a share in 0..1 (None: not measured) with its text."""

    label: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


class Line(NamedTuple):
    """One series of a line chart."""

    label: str
    points: tuple[tuple[float, float], ...]


def bars(title: str, series: Sequence[str], groups: Sequence[Bar], marks: Sequence[float | None] = ()) -> str:
    """Horizontal bars, one group a label; `marks` are a dashed line for each series (a threshold)."""
    step = len(series) * _BAR + _GAP
    height = len(groups) * step + 34
    parts = [_legend(series, _LABEL)]
    for place, group in enumerate(groups):
        parts.append(_group(group, 30 + place * step, step))
    for number, mark in enumerate(marks):
        if mark is not None:
            x = _LABEL + mark * _WIDTH
            parts.append(_stroke(x, 24, x, height - 4, COLOURS[number], dashed=True))
    return _svg(title, _LABEL + _WIDTH + _VALUE, height, parts)


def _group(group: Bar, top: float, step: float) -> str:
    middle = top + (step - _GAP) / 2 + 4
    parts = [_text(_LABEL - 8, middle, group.label, anchor="end")]
    for number, (value, text) in enumerate(zip(group.values, group.texts, strict=True)):
        y = top + number * _BAR
        width = _WIDTH * min(1.0, max(0.0, value or 0.0))
        parts.append(f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_BAR - 3}" fill="{COLOURS[number]}"/>')
        parts.append(_text(_LABEL + width + 5, y + _BAR - 5, text, size=11))
    return "".join(parts)


def lines(
    title: str, x_label: str, y_label: str, series: Sequence[Line], *, log: bool = False, mark: float | None = None
) -> str:
    """A line chart from zero; `log`: both axes by powers of ten, without the points at or below zero; `mark`: a dashed
    line at that x."""
    kept = [Line(s.label, tuple(p for p in s.points if not log or min(p) > 0)) for s in series]
    points = [point for line in kept for point in line.points]
    if not points:
        return ""
    left, top, width, height = 70, 30, 480, 230
    to_x = _scale([x for x, _ in points], left, left + width, log)
    to_y = _scale([y for _, y in points], top + height, top, log)
    parts = [_legend([line.label for line in kept], left)]
    parts += [
        _stroke(left, top + height, left + width, top + height, "#555"),
        _stroke(left, top, left, top + height, "#555"),
    ]
    for x in sorted({x for x, _ in points}):
        parts.append(_text(to_x(x), top + height + 16, f"{x:g}", anchor="middle", size=11))
    for y in _ticks([y for _, y in points], log):
        parts.append(
            _stroke(left, to_y(y), left + width, to_y(y), "#ddd") + _text(left - 6, to_y(y) + 4, f"{y:g}", "end", 11)
        )
    if mark is not None:
        parts.append(_stroke(to_x(mark), top, to_x(mark), top + height, COLOURS[-1], dashed=True))
    for number, line in enumerate(kept):
        parts.append(_polyline([(to_x(x), to_y(y)) for x, y in line.points], COLOURS[number % len(COLOURS)]))
    parts.append(_text(left + width / 2, top + height + 34, x_label, anchor="middle"))
    parts.append(_text(left - 6, top - 10, y_label, anchor="end" if len(y_label) < 8 else "middle", size=11))
    return _svg(title, left + width + 30, top + height + 44, parts)


def _polyline(points: Sequence[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


class _Scale(NamedTuple):
    low: float
    high: float
    start: float
    end: float
    log: bool

    def __call__(self, value: float) -> float:
        at = math.log10(value) if self.log else value
        share = 0.5 if self.high == self.low else (at - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _scale(values: Sequence[float], start: float, end: float, log: bool) -> _Scale:
    if log:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return _Scale(low, max(high, low + 1), start, end, log)
    return _Scale(0.0, max(values) or 1.0, start, end, log)


def _ticks(values: Sequence[float], log: bool) -> list[float]:
    if log:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return [10.0**power for power in range(low, max(high, low + 1) + 1)]
    top = max(values) or 1.0
    step = 10 ** math.floor(math.log10(top))
    step = step / 2 if top / step < 3 else step
    return [step * number for number in range(1, int(top / step) + 1)]


def _legend(labels: Sequence[str], left: float) -> str:
    if len(labels) < 2:
        return ""
    parts, x = [], left
    for number, label in enumerate(labels):
        parts.append(f'<rect x="{x}" y="4" width="11" height="11" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(_text(x + 16, 14, label, size=12))
        x += 34 + 7 * len(label)
    return "".join(parts)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dash}/>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'


def _svg(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
    return f'{head}width="{width:.0f}" height="{height:.0f}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
