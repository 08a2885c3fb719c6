"""What is asked and answered, in figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

import streamlit as st

from assistant.errors import NotAllowed, RecordError
from assistant.record.journal import Record
from assistant.record.overview import UNANSWERED, Overview, first_day, overview
from assistant.rights import Person, require
from assistant.settings import load_settings
from assistant.ui import overview_charts as charts
from assistant.ui import overview_tables as tables
from assistant.ui import session
from assistant.ui.cards import failure_html
from assistant.ui.overview_charts import Chart, percent
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

_PERIODS = {"days_7": 7, "days_30": 30, "days_90": 90, "days_365": 365}
_ALL, _OWN = "all", "own"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@st.cache_resource(show_spinner=False, on_release=lambda record: record.close())
def _record() -> Record:
    """The record, which is opened without waiting for the assistant."""
    return Record.open(load_settings())


def show(person: Person) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "overview")
    words = session.words()
    with st.container(key="fa-overview"):
        st.header(words.label("pages", "overblik"))
        st.caption(_t(words, "lead"))
        if load_settings().record == "off":
            _say(_t(words, "off"))
            return
        try:
            _figures(person, words)
        except NotAllowed:
            raise
        except RecordError as exc:
            st.html(failure_html(_t(words, "failed"), str(exc)))
            st.button(_t(words, "retry"), key="overview-retry", icon=":material/refresh:")


def _say(text: str) -> None:
    st.html(f'<p class="fa-note" role="status">{escape(text)}</p>')


def _figures(person: Person, words: Wording) -> None:
    record = _record()
    period = _period(record, person, words)
    if period is None:
        return
    since, until = period
    found = overview(record, person, since, until)
    _metrics(found, words)
    if not found.questions:
        _say(_t(words, "empty"))
        return
    _asked(found, since, until, words)
    _gaps(found, words)
    _judged(found, words)
    _downloads(found, since, until, words)
    st.caption(_t(words, "utc"))


def _period(record: Record, person: Person, words: Wording) -> tuple[date, date] | None:
    """The chosen days, both included; None while only the first of two is chosen."""
    today = datetime.now(UTC).date()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.segmented_control(
            _t(words, "period"),
            [*_PERIODS, _ALL, _OWN],
            default="days_30",
            required=True,
            format_func=lambda key: _t(words, key),
            key="overview-period",
            wrap=True,
        )
        if chosen == _OWN:
            return _own_days(today, words)
    if chosen == _ALL:
        return first_day(record, person) or today, today
    return today - timedelta(days=_PERIODS[str(chosen)] - 1), today


def _own_days(today: date, words: Wording) -> tuple[date, date] | None:
    given = st.date_input(
        _t(words, "from_to"),
        (today - timedelta(days=13), today),
        max_value=today,
        format="DD.MM.YYYY",
        key="overview-days",
        width=280,
    )
    return given if isinstance(given, tuple) and len(given) == 2 else None


def _metrics(found: Overview, words: Wording) -> None:
    """The key figures, side by side as far as there is room."""
    reports = sum(each.times for each in found.feedback)
    helpful = sum(each.times for each in found.feedback if each.helpful)
    silent, states = found.verdicts.get(UNANSWERED, 0), found.approvals
    median_time, slow_time = (_seconds(_typical(found, name), words) for name in ("p50_ms", "p95_ms"))
    with st.container(key="fa-figures", horizontal=True):
        _metric("questions", _number(found.questions, words), words)
        _metric("silence", percent(found.silence, words), words, count=silent, questions=found.questions)
        _metric("users", _number(round(_typical(found, "users")), words), words)
        _metric("times", median_time, words, _t(words, "slowest").format(time=slow_time))
        _metric(
            "helpful", percent(helpful / reports, words) if reports else "–", words, helpful=helpful, reports=reports
        )
        _metric(
            "approvals",
            _number(states.get("active", 0), words),
            words,
            suspended=states.get("suspended", 0),
            replaced=states.get("replaced", 0),
        )
        _metric("reused", _number(found.served_count, words), words)


def _metric(key: str, value: str, words: Wording, beside: str = "", **told: int) -> None:
    """A figure with its name, and on demand what it means."""
    more = _t(words, f"{key}_help").format(**told)
    st.metric(_t(words, key), value, beside, delta_color="off", delta_arrow="off", help=more, border=True)


def _typical(found: Overview, name: str) -> float:
    return median(getattr(day, name) for day in found.days) if found.days else 0


def _number(count: int, words: Wording) -> str:
    return f"{count:,}".replace(",", "." if words.language == "da" else ",")


def _seconds(milliseconds: float, words: Wording) -> str:
    text = f"{milliseconds / 1000:.2f} s"
    return text.replace(".", ",") if words.language == "da" else text


def _asked(found: Overview, since: date, until: date, words: Wording) -> None:
    _draw(charts.questions(found.days, since, until, words))
    left, right = st.columns(2, gap="medium")
    with left:
        _draw(charts.verdicts(found.verdicts, words))
        _draw(charts.users(found.days, words))
    with right:
        _draw(charts.times(found.days, words))
        if any(not each.helpful for each in found.feedback):
            _draw(charts.reasons(found.feedback, words))
        else:
            st.markdown(f"**{_t(words, 'reasons')}**")
            st.caption(_t(words, "no_reasons"))


def _draw(chart: Chart) -> None:
    st.markdown(f"**{chart.title}**")
    if chart.colours:
        st.html(_legend(chart))
    st.vega_lite_chart(chart.rows, chart.spec, width="stretch", alt=chart.title)


def _legend(chart: Chart) -> str:
    last = list(chart.colours)[-1] if chart.dashed else ""
    keys = (
        f'<span{" class=fa-dashed" if name == last else ""} style="--fa-colour: {colour}">{escape(name)}</span>'
        for name, colour in chart.colours.items()
    )
    return f'<p class="fa-legend">{"".join(keys)}</p>'


def _gaps(found: Overview, words: Wording) -> None:
    st.markdown(f"**{_t(words, 'gaps')}**")
    if not found.gaps:
        st.caption(_t(words, "no_gaps"))
        return
    st.caption(_t(words, "gaps_hint"))
    sheet = tables.gaps(found.gaps, words)
    st.dataframe(
        [dict(zip(("example", "count", "last", "topic"), row, strict=True)) for row in sheet.rows],
        hide_index=True,
        column_config={
            "example": st.column_config.TextColumn(_t(words, "example"), width="large"),
            "count": st.column_config.NumberColumn(_t(words, "count"), width="small"),
            "last": st.column_config.DateColumn(_t(words, "last"), format="D.M.YYYY", width="small"),
            "topic": st.column_config.TextColumn(_t(words, "topic"), width="medium"),
        },
        alt=_t(words, "gaps"),
    )


def _judged(found: Overview, words: Wording) -> None:
    """The approved answers that are used, with how often."""
    if not found.served:
        return
    st.markdown(f"**{_t(words, 'served')}**")
    sheet = tables.served(found, words)
    st.dataframe(
        [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows], hide_index=True, alt=_t(words, "served")
    )


def _downloads(found: Overview, since: date, until: date, words: Wording) -> None:
    """The tables as files, made when they are asked for."""
    name = f"{_t(words, 'file')}-{since.isoformat()}-{until.isoformat()}"
    files: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("xlsx", f"{name}.xlsx", _XLSX, lambda: tables.workbook(found, words)),
        ("csv_days", f"{name}.csv", "text/csv", lambda: tables.csv_file(tables.days(found.days, words))),
        (
            "csv_gaps",
            f"{name}-{_t(words, 'sheet_gaps')}.csv",
            "text/csv",
            lambda: tables.csv_file(tables.gaps(found.gaps, words)),
        ),
    )
    st.markdown(f"**{_t(words, 'download')}**")
    with st.container(horizontal=True):
        for key, file, kind, made in files:
            st.download_button(
                _t(words, key), made, file, kind, key=f"overview-{key}", on_click="ignore", icon=":material/download:"
            )


def _t(words: Wording, key: str) -> str:
    return words.label("overview", key)
