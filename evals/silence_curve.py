"""The curve of silence: wrong silences and wrong answers over the threshold, for rules and for facts apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from evals.results import Row
from evals.scorers import ABSTAINED

THRESHOLDS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
HEAD = ("tærskel", "tavs forkert", "svar for tavshed", "")
_LABELS = {"permission": "Regler (må og skal)", "fact": "Oplysninger"}


class Point(NamedTuple):
    """A threshold with the shares (0-1) that it would silence or answer wrongly; None where no case tells."""

    threshold: float
    wrong_silence: float | None
    wrong_answer: float | None


class Curve(NamedTuple):
    """One kind of question: how many have an answer and how many none, the area under the curve, and the points.

    `auc` is the share of pairs in which the question with an answer has the stronger support, ties half.
    """

    kind: str
    label: str
    in_force: float
    answerable: int
    unanswerable: int
    auc: float | None
    points: tuple[Point, ...]


def curves(rows: Sequence[Row]) -> list[Curve]:
    """A curve for each kind of question that has rows; those that the threshold did not decide take no part."""
    found = []
    for kind, label in _LABELS.items():
        some = [row for row in rows if row.support and (row.support["kind"] == kind)]
        if some:
            found.append(_curve(kind, label, some))
    return found


def _curve(kind: str, label: str, rows: Sequence[Row]) -> Curve:
    # A case that accepts silence beside an answer says nothing about where the threshold should be.
    spoken = [_strength(row) for row in rows if ABSTAINED not in row.accepted]
    silent = [_strength(row) for row in rows if row.accepted == (ABSTAINED,)]
    in_force = max(float((row.support or {})["threshold"]) for row in rows)
    points = tuple(
        Point(at, _share([each < at for each in spoken]), _share([each >= at for each in silent]))
        for at in sorted({*THRESHOLDS, in_force})
    )
    return Curve(kind, label, in_force, len(spoken), len(silent), area(spoken, silent), points)


def _strength(row: Row) -> float:
    return float((row.support or {})["strength"])


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def area(spoken: Sequence[float], silent: Sequence[float]) -> float | None:
    """The area under the curve of answers over wrong answers; None without both sorts of cases."""
    pairs = [(yes > no) + (yes == no) / 2 for yes in spoken for no in silent]
    return sum(pairs) / len(pairs) if pairs else None


def table_rows(curve: Curve) -> list[tuple[str, str, str, str]]:
    """The curve as cells, the threshold in force marked."""
    return [
        (
            f"{point.threshold:.2f}",
            _shown(point.wrong_silence),
            _shown(point.wrong_answer),
            "← gælder" if point.threshold == curve.in_force else "",
        )
        for point in curve.points
    ]


def summary(curve: Curve) -> str:
    """What the curve is of, in a line."""
    counts = f"{curve.answerable} med svar, {curve.unanswerable} uden"
    return f"{curve.label}: {counts}; AUC {_shown(curve.auc)}; tærskel {curve.in_force:.2f}."


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def as_values(curve: Curve) -> dict[str, Any]:
    """The curve as JSON values."""
    return curve._asdict() | {"points": [point._asdict() for point in curve.points]}
