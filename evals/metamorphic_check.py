"""What the metamorphic relations give: one Check for each question asked, and the figures of each relation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.models import Answer
from evals.runner import Answerer

_SHOWN = 12


class Check(NamedTuple):
    """One question of a relation. `held`: the verdict is as the relation asks.

    `cited` is whether a wanted source is still cited (None: none was wanted or found before), `lost` whether a right
    verdict became a wrong one, `dangerous` whether a reader would be told that something is allowed, or that a duty
    is gone, where it is not.
    """

    relation: str
    id: str
    question: str
    expected: str
    got: str
    held: bool
    cited: bool | None = None
    lost: bool = False
    dangerous: bool = False

    @property
    def line(self) -> str:
        """The check as a line for the terminal."""
        return (
            f"{self.id}: {self.expected} -> {self.got}{' uden kilden' if self.cited is False else ''} | {self.question}"
        )


class Tally(NamedTuple):
    """The figures of one relation: shares of `n` questions, counts, and the checks that failed."""

    relation: str
    n: int
    held: float
    held_and_cited: float
    lost: int
    dangerous: int
    failed: tuple[Check, ...]


def asked(
    assistant: Answerer,
    question: str,
    history: Sequence[str] = (),
    as_of: str | None = None,
    network: str | None = None,
) -> Answer:
    """The answer without a language model, whatever the settings say."""
    return assistant.ask(question, list(history), as_of, network, "extractive")


def tally(relation: str, checks: Iterable[Check]) -> Tally:
    """The figures of the relation's checks; a relation without any holds."""
    own = [check for check in checks if check.relation == relation]
    count = max(1, len(own))
    failed = tuple(check for check in own if not check.held or check.cited is False or check.dangerous)
    return Tally(
        relation,
        len(own),
        sum(check.held for check in own) / count if own else 1.0,
        sum(check.held and check.cited is not False for check in own) / count if own else 1.0,
        sum(check.lost for check in own),
        sum(check.dangerous for check in own),
        failed,
    )


def tallies(checks: Sequence[Check]) -> tuple[Tally, ...]:
    """The figures of every relation, in the order of the checks."""
    return tuple(tally(relation, checks) for relation in dict.fromkeys(check.relation for check in checks))


def table(found: Iterable[Tally], *, ids: bool = True, lines: bool = False) -> str:
    """The figures for the terminal; `ids`: with the ids that failed, `lines`: with each failure in full."""
    rows = [f"{'relation':<22}{'n':>6}{'svar':>8}{'+kilde':>8}{'tabt':>6}{'farlig':>8}"]
    for item in found:
        rows.append(
            f"{item.relation:<22}{item.n:>6}{item.held:>8.3f}{item.held_and_cited:>8.3f}{item.lost:>6}{item.dangerous:>8}"
        )
        if lines:
            rows += [f"    {'!' if check.dangerous else '-'} {check.line}" for check in item.failed]
        elif ids and item.failed:
            more = f" og {len(item.failed) - _SHOWN} til" if len(item.failed) > _SHOWN else ""
            rows.append("    " + " ".join(check.id for check in item.failed[:_SHOWN]) + more)
    return "\n".join(rows)
