"""What belongs to a norm: its conditions, what it leaves to others, and the same norm in other documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.authority import rank
from assistant.effects import GIVING, condition_in
from assistant.evidence import Evidence, Gathering
from assistant.limiting import limits_what_stands_before

# A sentence that gives something too, or says what was asked for, limits nothing.
_GIVING_ON = GIVING | {"wish", "applied", "announced"}
# How many of the statements may be what a norm of a part leaves out.
_MOST = 14


def own_condition(item: Evidence) -> str:
    """The condition in a norm's own words or in its lead-in, "" where there is none."""
    return condition_in(item.statement.said) or condition_in(item.passage.lead_in)


def conditions_of(basis: Sequence[Evidence], gathering: Gathering) -> tuple[Evidence, ...]:
    """Statements that limit what the basis gives: conditions in the same row, the same section or behind it."""
    sections = {(item.passage.source_id, item.passage.heading_path) for item in basis}
    rows = {item.passage.id for item in basis if item.passage.kind == "table_row"}
    found = []
    for item in gathering.evidence:
        limiting = (
            item.statement.effect in ("condition", "not_exempt")
            or (item.statement.effect == "required" and item.passage.kind == "table_row")
            or any(_limits(item, norm) for norm in basis)
        )
        if not limiting or item in basis:
            continue
        place = (item.passage.source_id, item.passage.heading_path)
        if item.passage.id in rows or (place in sections and item.passage.kind != "table_row"):
            found.append(item)
    return tuple(found[:4])


def _limits(item: Evidence, norm: Evidence) -> bool:
    """Whether a sentence behind a norm limits it ("Prøven skal dog være taget inden for otte uger")."""
    passage = norm.passage
    if item.passage.id != passage.id or item.statement.effect in _GIVING_ON:
        return False
    order = [statement.id for statement in passage.statements]
    behind = order.index(item.statement.id) > order.index(norm.statement.id)
    return behind and limits_what_stands_before(item.statement.said)


def hangs_on(item: Evidence, norm: Evidence) -> bool:
    """Whether a condition is an item of the list that a norm breaks off before ("..., hvis")."""
    return bool(item.passage.lead_in) and norm.statement.text in item.passage.lead_in


def rest_of(norm: Evidence, gathering: Gathering) -> tuple[Evidence, ...]:
    """What a norm that gives only a part leaves to others: a sentence of its place that names what it does not."""
    lacking = set(norm.missing)
    place = (norm.passage.source_id, norm.passage.municipality, norm.passage.heading_path[:1])
    return tuple(
        item
        for item in gathering.evidence[:_MOST]
        if (item.passage.source_id, item.passage.municipality, item.passage.heading_path[:1]) == place
        and lacking - set(item.missing)
        and item.own >= norm.own
    )[:1]


def one_per_document(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The best statement of each document, documents by authority, then newest first."""
    best: dict[tuple[str, str], Evidence] = {}
    for item in evidence:
        best.setdefault(document_of(item), item)
    return tuple(
        sorted(best.values(), key=lambda item: (-rank(item.passage.kind_of_source), -_number(item.passage.date)))
    )


def document_of(item: Evidence) -> tuple[str, str]:
    """The document of a statement, a part with a kind of its own apart."""
    return item.passage.source_id, item.passage.kind_of_source


def _number(date: str) -> int:
    return int(date.replace("-", "").ljust(8, "0"))
