"""The overview's figures as tables to take away."""

from __future__ import annotations

import io
from collections.abc import Sequence

from assistant.record.overview import Day, Gap, Overview
from assistant.record.sheets import Sheet, write_csv, write_xlsx
from assistant.ui.overview_charts import VERDICT_COLOURS
from assistant.ui.wording import Wording


def workbook(figures: Overview, words: Wording) -> bytes:
    """All tables as one XLSX file."""
    out = io.BytesIO()
    tables = (days(figures.days, words), gaps(figures.gaps, words), _feedback(figures, words), served(figures, words))
    write_xlsx(out, tables)
    return out.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """One table as a CSV file."""
    out = io.StringIO(newline="")
    write_csv(out, sheet)
    return out.getvalue().encode("utf-8")


def days(found: Sequence[Day], words: Wording) -> Sheet:
    """A row for each day with questions."""
    shown = [words.label("verdicts", verdict) for verdict in VERDICT_COLOURS]
    header = [_t(words, key) for key in ("day", "questions", "people", "p50_ms", "p95_ms")]
    rows = (
        (day.day, day.questions, day.users, day.p50_ms, day.p95_ms, *(day.verdicts.get(v, 0) for v in VERDICT_COLOURS))
        for day in found
    )
    return Sheet(_t(words, "sheet_days"), [*header, *shown], rows)


def gaps(found: Sequence[Gap], words: Wording) -> Sheet:
    """A row for each topic that was left open."""
    header = [_t(words, key) for key in ("example", "count", "last", "topic")]
    rows = ((gap.example or _t(words, "purged"), gap.times, gap.last, gap.topic) for gap in found)
    return Sheet(_t(words, "sheet_gaps"), header, rows)


def _feedback(figures: Overview, words: Wording) -> Sheet:
    header = [_t(words, key) for key in ("verdict", "reason", "outcome", "count")]
    rows = (
        (
            words.label("helped", "yes" if each.helpful else "no"),
            words.label("report_reasons", each.reason or "none"),
            words.label("report_outcomes", each.outcome or "open"),
            each.times,
        )
        for each in figures.feedback
    )
    return Sheet(_t(words, "sheet_feedback"), header, rows)


def served(figures: Overview, words: Wording) -> Sheet:
    """A row for each approved answer that was given again."""
    header = [_t(words, key) for key in ("case", "question", "state", "count")]
    rows = (
        (each.about, each.question or _t(words, "purged"), words.label("approval_states", each.state), each.times)
        for each in figures.served
    )
    return Sheet(_t(words, "sheet_served"), header, rows)


def _t(words: Wording, key: str) -> str:
    return words.label("overview", key)
