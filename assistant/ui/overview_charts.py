"""The overview's charts as Vega-Lite specifications: dates without the names of an English month, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
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
_WHOLE: Spec = {"format": "d", "tickMinStep": 1}


class Chart(NamedTuple):
    """What to draw, from what, its title, and what its colours mean; the last of `dashed` colours is a dashed line."""

    rows: Sequence[Row]
    spec: Spec
    title: str
    colours: Mapping[str, str] = {}
    dashed: bool = False


def questions(days: Sequence[Day], since: date, until: date, words: Wording) -> Chart:
    """Questions a day, or a week in a long period, by verdict."""
    weekly = is_long(since, until)
    colours = {words.label("verdicts", verdict): colour for verdict, colour in VERDICT_COLOURS.items()}
    width = timedelta(days=7 if weekly else 1) * 0.85
    rows = [
        {
            "from": day.isoformat(),
            "to": (datetime.combine(day, time(), UTC) + width).isoformat(),
            "verdict": words.label("verdicts", verdict),
            "count": counts.get(verdict, 0),
            "below": sum(counts.get(other, 0) for other in lower),
            "above": sum(counts.get(other, 0) for other in (*lower, verdict)),
        }
        for day, counts in _steps(days, since, until, weekly)
        for place, verdict in enumerate(VERDICT_COLOURS)
        for lower in (list(VERDICT_COLOURS)[:place],)
        if counts.get(verdict) or not place  # one at least, so that no day falls off the axis
    ]
    title = _t(words, "week" if weekly else "day")
    encoding = {
        "x": _time("from", title if weekly else ""),
        "x2": {"field": "to"},
        "y": {"field": "above", "type": "quantitative", "title": _t(words, "questions"), "axis": _WHOLE},
        "y2": {"field": "below"},
        "color": _colour("verdict", colours),
        "tooltip": [_day_tip("from", title), _tip("verdict", _t(words, "verdict")), _tip("count", _t(words, "count"))],
    }
    return Chart(rows, _spec("bar", encoding), _t(words, "a_week" if weekly else "a_day"), colours)


def users(days: Sequence[Day], words: Wording) -> Chart:
    """How many different users asked, day by day."""
    rows = [{"day": day.day.isoformat(), "users": day.users} for day in days]
    encoding = {
        "x": _time("day"),
        "y": {"field": "users", "type": "quantitative", "title": _t(words, "people"), "axis": _WHOLE},
        "color": {"value": VERDICT_COLOURS["ja"]},
        "tooltip": [_day_tip("day", _t(words, "day")), _tip("users", _t(words, "people"))],
    }
    return Chart(rows, _line(encoding, len(days)), _t(words, "users_a_day"))


def times(days: Sequence[Day], words: Wording) -> Chart:
    """Median and 95th percentile of the response time, told apart by dashes as well."""
    colours = {_t(words, "p50"): VERDICT_COLOURS["ja"], _t(words, "p95"): VERDICT_COLOURS["nej"]}
    rows = [
        {"day": day.day.isoformat(), "measure": name, "ms": value}
        for day in days
        for name, value in zip(colours, (day.p50_ms, day.p95_ms), strict=True)
    ]
    dashes = {"domain": list(colours), "range": [[1, 0], [5, 3]]}
    encoding = {
        "x": _time("day"),
        "y": {"field": "ms", "type": "quantitative", "title": _t(words, "milliseconds"), "axis": _WHOLE},
        "color": _colour("measure", colours),
        "strokeDash": {"field": "measure", "scale": dashes, "legend": None},
        "tooltip": [
            _day_tip("day", _t(words, "day")),
            _tip("measure", _t(words, "measure")),
            _tip("ms", _t(words, "milliseconds")),
        ],
    }
    return Chart(rows, _line(encoding, len(days)), _t(words, "times_a_day"), colours, dashed=True)


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
        "x": {"field": "count", "type": "quantitative", "title": _t(words, "questions"), "axis": _WHOLE},
        "color": _colour("verdict", {names[each]: colour for each, colour in VERDICT_COLOURS.items()}),
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
    colours = {outcomes[each]: colour for each, colour in OUTCOME_COLOURS.items()}
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
        "x": {"field": "count", "type": "quantitative", "title": _t(words, "count"), "axis": _WHOLE},
        "color": _colour("outcome", colours),
        "tooltip": [
            _tip("reason", _t(words, "reason")),
            _tip("outcome", _t(words, "outcome")),
            _tip("count", _t(words, "count")),
        ],
    }
    return Chart(rows, _spec("bar", encoding), _t(words, "reasons"), colours)


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
    return {"mark": {"type": mark, **style}, "encoding": encoding, "height": _HEIGHT}


def _line(encoding: Spec, days: int) -> Spec:
    """A line, with a point for each day while the points can be told apart."""
    return _spec("line", encoding, **({"strokeWidth": 1} if days > MANY_DAYS else {"point": {"size": 18}}))


def _time(field: str, title: str = "") -> Spec:
    axis = {"format": "%-d.%-m.", "labelOverlap": True, "grid": False, "tickCount": 8}
    return {"field": field, "type": "temporal", "scale": {"type": "utc"}, "title": title or None, "axis": axis}


def _category(field: str, names: Sequence[str]) -> Spec:
    return {"field": field, "type": "nominal", "title": None, "sort": list(names), "axis": {"labelLimit": 220}}


def _colour(field: str, colours: Mapping[str, str]) -> Spec:
    """Colours without a legend: the page has its own, which finds room on a phone."""
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}


def _tip(field: str, title: str, kind: str = "") -> Spec:
    return {"field": field, "title": title, **({"type": kind} if kind else {})}


def _day_tip(field: str, title: str) -> Spec:
    return {"field": field, "type": "temporal", "timeUnit": "utcyearmonthdate", "format": "%-d.%-m.%Y", "title": title}


def _t(words: Wording, key: str) -> str:
    return words.label("overview", key)
