"""What got better and what got worse from one run to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evals.measures import MEASURES, Figure, Measure, figures, shown
from evals.results import Row
from evals.runner import Run

_EVEN = 1e-9


class Change(NamedTuple):
    """One measure before and after; `direction` is "bedre", "dårligere", "ens" or "ikke målt"."""

    measure: Measure
    before: float | None
    after: float | None

    @property
    def direction(self) -> str:
        """The change in a word. A figure that was taken before and no longer is counts as worse."""
        if self.after is None or self.before is None:
            return "dårligere" if self.before is not None else "ikke målt"
        rise = self.after - self.before
        if abs(rise) < _EVEN:
            return "ens"
        return "bedre" if (rise > 0) == (self.measure.better == "up") else "dårligere"


class Comparison(NamedTuple):
    """Two runs side by side, over the cases that both have with the same contents."""

    changes: tuple[Change, ...]
    better: tuple[tuple[Row, Row], ...]
    worse: tuple[tuple[Row, Row], ...]
    other: tuple[tuple[Row, Row], ...]
    altered: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Run, after: Run) -> Comparison:
    """Compares the cases that are in both runs and were not rewritten between; the rest is named."""
    old, new = ({row.id: row for row in run.rows} for run in (before, after))
    shared = [name for name in new if name in old]
    same = [name for name in shared if old[name].fingerprint == new[name].fingerprint]
    pairs = [(old[name], new[name]) for name in same]
    return Comparison(
        changes=tuple(_changes(figures([a for a, _ in pairs]), figures([b for _, b in pairs]))),
        better=tuple(pair for pair in pairs if _points(pair[1]) > _points(pair[0])),
        worse=tuple(pair for pair in pairs if _points(pair[1]) < _points(pair[0])),
        other=tuple((a, b) for a, b in pairs if _points(a) == _points(b) and a.got != b.got),
        altered=tuple(name for name in shared if name not in set(same)),
        only_before=tuple(name for name in old if name not in new),
        only_after=tuple(name for name in new if name not in old),
    )


def fallen(comparison: Comparison, guarded: Iterable[str]) -> list[Change]:
    """The changes for the worse among the measures that have a threshold."""
    names = set(guarded)
    return [c for c in comparison.changes if c.measure.name in names and c.direction == "dårligere"]


def text(comparison: Comparison, guarded: Iterable[str]) -> str:
    """The comparison for the terminal."""
    names = set(guarded)
    lines = [_line(change, change.measure.name in names) for change in comparison.changes]
    lines += _pairs("Bedre", comparison.better) + _pairs("Dårligere", comparison.worse)
    lines += _pairs("Anden afgørelse, samme resultat", comparison.other)
    lines += _names("Ændret spørgsmål (ikke sammenlignet)", comparison.altered)
    lines += _names("Kun i den første", comparison.only_before) + _names("Kun i den anden", comparison.only_after)
    return "\n".join(lines)


def _changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> list[Change]:
    return [Change(m, before[m.name].value, after[m.name].value) for m in MEASURES]


def _points(row: Row) -> tuple[bool, float, int]:
    """How right a row is: passed or not, not dangerous, then how many of the judged measures it reached."""
    danger = row.scores["dangerous"].value if "dangerous" in row.scores else 0.0
    return bool(row.passed), -danger, -len(row.missed)


def _line(change: Change, guarded: bool) -> str:
    values = f"{shown(change.measure, change.before):>8} -> {shown(change.measure, change.after):>8}"
    return f"{change.measure.name:<22}{values}  {change.direction}{'  (tærskel)' if guarded else ''}"


def _pairs(title: str, pairs: tuple[tuple[Row, Row], ...]) -> list[str]:
    if not pairs:
        return []
    return ["", f"{title} ({len(pairs)}):"] + [_pair(a, b) for a, b in pairs]


def _pair(before: Row, after: Row) -> str:
    missed = f"; mangler {', '.join(after.missed)}" if after.missed else ""
    question = " ".join(after.question.split())[:100]
    got = f"{before.got or 'intet svar'} -> {after.got or 'intet svar'} (ventet {after.expected})"
    return f"  {after.id}: {got}{missed}  {question}"


def _names(title: str, names: tuple[str, ...]) -> list[str]:
    return ["", f"{title}: {', '.join(names)}"] if names else []
