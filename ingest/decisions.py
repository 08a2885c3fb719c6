"""Minutes: what was proposed under an item of the agenda, read together with what was decided on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from assistant.effects import effect_of
from assistant.models import Statement
from ingest.structure import Draft
from ingest.structure_labels import DECIDES, PROPOSES, label_of

Statements = Sequence[tuple[Statement, ...]]
# What was only proposed, or adopted in another form, says nothing yet.
OPEN = "applied"
_OUTCOMES = frozenset({"permitted", "refused", "postponed"})
# "Ad 1: Tiltrådt", "Pkt. 1 og 3: Godkendt", "Indstillingens punkt 2 forkastes".
_NUMBERED = re.compile(
    r"^\W*(?:indstillingens )?(?:ad|at|pkt|punkt|nr|punkterne)?\W{0,2}(?P<numbers>\d{1,2}(?:(?:, | og | ?- ?)\d{1,2})*)"
    r"\s*[:.)–-]?\s+(?P<rest>\D.*)",
    re.IGNORECASE | re.DOTALL,
)
_AMENDED = re.compile(r"\b(ændring\w*|ændret|dog således|i stedet|tilføjelse)\b", re.IGNORECASE)
_LONGEST = 500


class _Place(NamedTuple):
    """A statement by its draft and its place there."""

    draft: int
    number: int


class _Decision(NamedTuple):
    """An outcome, in whose words, and for which proposals; () is for all."""

    place: _Place
    outcome: str
    text: str
    numbers: tuple[int, ...]


def decided(drafts: Sequence[Draft], said: Statements) -> tuple[tuple[Statement, ...], ...]:
    """The statements, those of proposals and decisions with the effect that the two have together."""
    found = [list(statements) for statements in said]
    labelled = [(number, draft, _label(draft)) for number, draft in enumerate(drafts)]
    parts = [part for part in labelled if part[2]]
    for _, group in groupby(parts, key=lambda part: part[1].passage.heading_path[:-1]):
        item = list(group)
        proposals = _proposals([part for part in item if part[2] in PROPOSES], found)
        decisions = _decisions([part for part in item if part[2] in DECIDES], found)
        if proposals:
            _join(found, proposals, decisions)
    return tuple(map(tuple, found))


def _label(draft: Draft) -> str:
    path = draft.passage.heading_path
    return label_of(path[-1]) if path else ""


def _proposals(parts: Sequence[tuple[int, Draft, str]], found: list[list[Statement]]) -> list[_Place]:
    """What was proposed: the items of the list, or where there is none what "indstiller" stands before."""
    items = [_Place(at, 0) for at, draft, _ in parts if draft.passage.kind == "list_item" and found[at]]
    proposing = [_Place(at, n) for at, _, _ in parts for n, one in enumerate(found[at]) if one.effect == OPEN]
    return items or proposing


def _decisions(parts: Sequence[tuple[int, Draft, str]], found: list[list[Statement]]) -> list[_Decision]:
    decisions = []
    for at, _, _ in parts:
        for number, one in enumerate(found[at]):
            match = _NUMBERED.match(one.text)
            outcome = effect_of(match["rest"] if match else one.text)
            if outcome in _OUTCOMES:
                decisions.append(_Decision(_Place(at, number), outcome, one.text, _numbers(match)))
    return decisions


def _numbers(match: re.Match[str] | None) -> tuple[int, ...]:
    if match is None:
        return ()
    ends = [int(number) for number in re.findall(r"\d+", match["numbers"])]
    return tuple(range(ends[0], ends[1] + 1)) if "-" in match["numbers"] else tuple(ends)


def _join(found: list[list[Statement]], proposals: list[_Place], decisions: list[_Decision]) -> None:
    """Give each proposal its outcome, and each decision what it decides on."""
    for number, place in enumerate(proposals, 1):
        own = next((one for one in decisions if number in one.numbers), None)
        decision = own or next((one for one in decisions if not one.numbers), None)
        proposal = found[place.draft][place.number]
        told = f"{proposal.context} {decision.text}".strip() if decision else proposal.context
        found[place.draft][place.number] = replace(proposal, effect=_effect(proposal, decision), context=told)
    texts = [found[place.draft][place.number].text for place in proposals]
    for one in decisions:
        about = " ".join(texts[number - 1] for number in one.numbers if number <= len(texts)) or " ".join(texts)
        statement = found[one.place.draft][one.place.number]
        found[one.place.draft][one.place.number] = replace(
            statement, effect=one.outcome, context=about[:_LONGEST] or statement.context
        )


def _effect(proposal: Statement, decision: _Decision | None) -> str:
    """What a proposal does once decided on: adopted, it is read as a rule in force."""
    if decision is None or (decision.outcome == "permitted" and _AMENDED.search(decision.text)):
        return OPEN
    if decision.outcome != "permitted":
        return decision.outcome
    adopted = effect_of(re.sub(r"^.*\bindstiller,? (til \w+, )?", "", proposal.text), "vedtaegt")
    return "permitted" if adopted in ("fact", OPEN) else adopted
