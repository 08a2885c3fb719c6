"""The overview's charts as Vega-Lite specifications: dates without the names of an English month, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from assistant.record.overview import Day, Feedback
from assistant.ui.cards import VERDICT_SIGNS
from assistant.ui.wording import Wording

Spec = dict[str, Any]
Row = dict[str, Any]
# Told apart by those who see red and green alike, and by their lightness in grey.
VERDICT_COLOURS = {
    "ja": "#0b5394",
    "betinget": "#6fa8dc",
    "nej": "#b45309",
    "info": "#c9b8e8",
    "ikke_besvaret": "#7a828a",
}
OUTCOME_COLOURS = {"": "#7a828a", "approved": "#0b5394", "corrected": "#e0a030", "rejected": "#6fa8dc"}
MANY_DAYS = 92  # from more days on, bars are of weeks
_HEIGHT = 240


class Chart(NamedTuple):
    """What to draw, from what, and the same said for those who do not see it."""

    rows: Sequence[Row]
    spec: Spec
    said: str


def questions(days: Sequence[Day], since: date, until: date, words: Wording) -> Chart:
    """Questions a day, or a week in a long period, by verdict."""
    weekly = is_long(since, until)
    shown = {verdict: words.label("verdicts", verdict) for verdict in VERDICT_COLOURS}
    rows = [
        {"day": day.isoformat(), "verdict": shown.get(verdict, verdict), "count": count, "place": place}
        for day, counts in _steps(days, since, until, weekly)
        for place, verdict in enumerate(VERDICT_COLOURS)
        if (count := counts.get(verdict, 0)) or not place
    ]
    title = _t(words, "week" if weekly else "day")
    colours = {shown[verdict]: colour for verdict, colour in VERDICT_COLOURS.items()}
    encoding = {
        "x": _time(title, weekly),
        "y": {"field": "count", "type": "quantitative", "title": _t(words, "questions"), "axis": _whole()},
        "color": _colour("verdict", colours),
        "order": {"field": "place", "type": "quantitative"},
        "tooltip": [_day_tip(title), _tip("verdict", _t(words, "verdict")), _tip("count", _t(words, "count"))],
    }
    return Chart(rows, _spec("bar", encoding), _t(words, "a_week" if weekly else "a_day"))


def users(days: Sequence[Day], words: Wording) -> Chart:
    """How many different users asked, day by day."""
    rows = [{"day": day.day.isoformat(), "users": day.users} for day in days]
    encoding = {
        "x": _time(_t(words, "day"), False),
        "y": {"field": "users", "type": "quantitative", "title": _t(words, "people"), "axis": _whole()},
        "tooltip": [_day_tip(_t(words, "day")), _tip("users", _t(words, "people"))],
    }
    return Chart(rows, _spec("line", encoding, color="#0b5394"), _t(words, "users_a_day"))


def times(days: Sequence[Day], words: Wording) -> Chart:
    """Median and 95th percentile of the response time, told apart by dashes as well."""
    p50, p95 = _t(words, "p50"), _t(words, "p95")
    rows = [
        {"day": day.day.isoformat(), "measure": name, "ms": value}
        for day in days
        for name, value in ((p50, day.p50_ms), (p95, day.p95_ms))
    ]
    encoding = {
        "x": _time(_t(words, "day"), False),
        "y": {"field": "ms", "type": "quantitative", "title": _t(words, "milliseconds"), "axis": _whole()},
        "color": _colour("measure", {p50: "#0b5394", p95: "#b45309"}),
        "strokeDash": {"field": "measure", "scale": {"domain": [p50, p95], "range": [[1, 0], [5, 3]]}, "legend": None},
        "tooltip": [
            _day_tip(_t(words, "day")),
            _tip("measure", _t(words, "measure")),
            _tip("ms", _t(words, "milliseconds")),
        ],
    }
    return Chart(rows, _spec("line", encoding), _t(words, "times_a_day"))


def verdicts(counts: Mapping[str, int], words: Wording) -> Chart:
    """How many of each verdict, with its sign and share."""
    total = sum(counts.values()) or 1
    names = {verdict: f"{VERDICT_SIGNS[verdict]} {words.label('verdicts', verdict)}" for verdict in VERDICT_COLOURS}
    rows = [
        {"verdict": names[each], "count": counts.get(each, 0), "share": percent(counts.get(each, 0) / total, words)}
        for each in VERDICT_COLOURS
    ]
    encoding = {
        "y": _category("verdict", list(names.values())),
        "x": {"field": "count", "type": "quantitative", "title": _t(words, "questions"), "axis": _whole()},
        "color": _colour("verdict", {names[each]: colour for each, colour in VERDICT_COLOURS.items()}, legend=False),
        "tooltip": [
            _tip("verdict", _t(words, "verdict")),
            _tip("count", _t(words, "count")),
            _tip("share", _t(words, "share"), "nominal"),
        ],
    }
    return Chart(rows, _spec("bar", encoding), _t(words, "verdicts"))


def reasons(reports: Iterable[Feedback], words: Wording) -> Chart:
    """Why answers did not help, by what came of it."""
    outcomes = {outcome: words.label("report_outcomes", outcome or "open") for outcome in OUTCOME_COLOURS}
    rows: list[Row] = [
        {
            "reason": words.label("report_reasons", each.reason or "none"),
            "outcome": outcomes.get(each.outcome, each.outcome),
            "count": each.times,
        }
        for each in reports
        if not each.helpful
    ]
    encoding = {
        "y": _category("reason", sorted({row["reason"] for row in rows})),
        "x": {"field": "count", "type": "quantitative", "title": _t(words, "count"), "axis": _whole()},
        "color": _colour("outcome", {outcomes[each]: colour for each, colour in OUTCOME_COLOURS.items()}),
        "tooltip": [
            _tip("reason", _t(words, "reason")),
            _tip("outcome", _t(words, "outcome")),
            _tip("count", _t(words, "count")),
        ],
    }
    return Chart(rows, _spec("bar", encoding), _t(words, "reasons"))


def is_long(since: date, until: date) -> bool:
    """Whether a period is shown week by week."""
    return (until - since).days >= MANY_DAYS


def percent(share: float, words: Wording) -> str:
    """A share as people write it: "14,4 %", "14.4 %"."""
    text = f"{100 * share:.1f} %"
    return text.replace(".", ",") if words.language == "da" else text


def _steps(days: Sequence[Day], since: date, until: date, weekly: bool) -> Iterable[tuple[date, Mapping[str, int]]]:
    """Every day, or every week by its Monday, of the period, also those on which nobody asked."""
    found: dict[date, dict[str, int]] = {
        _start(since + timedelta(days=each), weekly): {} for each in range((until - since).days + 1)
    }
    for day in days:
        counts = found[_start(day.day, weekly)]
        for verdict, count in day.verdicts.items():
            counts[verdict] = counts.get(verdict, 0) + count
    return found.items()


def _start(day: date, weekly: bool) -> date:
    return day - timedelta(days=day.weekday()) if weekly else day


def _spec(mark: str, encoding: Spec, **style: Any) -> Spec:
    point = {"point": {"size": 18}} if mark == "line" else {}
    return {"mark": {"type": mark, **point, **style}, "encoding": encoding, "height": _HEIGHT}


def _time(title: str, weekly: bool) -> Spec:
    unit = "utcyearmonthdate"
    axis = {"format": "%-d.%-m.", "labelOverlap": True, "grid": False, "tickCount": 8}
    return {"field": "day", "type": "temporal", "timeUnit": unit, "title": None if not weekly else title, "axis": axis}


def _whole() -> Spec:
    return {"format": "d", "tickMinStep": 1}


def _category(field: str, names: Sequence[str]) -> Spec:
    return {"field": field, "type": "nominal", "title": None, "sort": list(names), "axis": {"labelLimit": 220}}


def _colour(field: str, colours: Mapping[str, str], legend: bool = True) -> Spec:
    scale = {"domain": list(colours), "range": list(colours.values())}
    shown = {"orient": "bottom", "title": None, "columns": 3, "labelLimit": 220} if legend else None
    return {"field": field, "type": "nominal", "scale": scale, "legend": shown}


def _tip(field: str, title: str, kind: str = "") -> Spec:
    return {"field": field, "title": title, **({"type": kind} if kind else {})}


def _day_tip(title: str) -> Spec:
    return {"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate", "format": "%-d.%-m.%Y", "title": title}


def _t(words: Wording, key: str) -> str:
    return words.label("overview", key)
