"""A session's results as CSV: counts only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from assistant.learning.cases.case import CHOICES, Case
from assistant.learning.material.content import Tally, shown, tally_of, texts, verdict
from assistant.record.sheets import Sheet, write_csv


def counts(cases: Sequence[Case], results: Sequence[Tally]) -> bytes:
    """One row a case, also for one that nobody answered."""
    out = StringIO(newline="")
    write_csv(out, Sheet(str(texts()["sheet"]), texts()["header"], _rows(cases, results)))
    return out.getvalue().encode("utf-8")


def _rows(cases: Sequence[Case], results: Sequence[Tally]) -> Iterator[tuple[Any, ...]]:
    for number, case in enumerate(cases, start=1):
        tally = tally_of(case, results) or Tally(case.key, {})
        votes = [int(tally.verdicts.get(choice, 0)) for choice in CHOICES]
        right = [count for reason, count in zip(case.reasons, tally.reasons, strict=False) if reason.right]
        yield (
            number,
            shown(f"{case.situation} {case.question}"),
            verdict(case),
            *votes,
            sum(votes),
            int(tally.verdicts.get(case.verdict, 0)),
            sum(right),
        )
