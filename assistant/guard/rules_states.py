"""Rules on yes and no: a claim binds, permits, exempts and turns as what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.guard.alignment import Aligned, resting
from assistant.guard.clauses import Clause
from assistant.guard.knowledge import light
from assistant.guard.meaning import Word
from assistant.guard.reading import Reading
from assistant.guard.states import State, state_of
from assistant.guard.verdict import Reason
from assistant.words import fold

_TRAILING = frozenset({"may", "duty", "wish", "future", "expect"})
_TURNING = frozenset({"neg", "refuse", "exempt", "omit", "forbid", "unduty", "end"})
_UNLESS = re.compile(r"\b(medmindre|unless|i stedet for|instead of|frem for|rather than)\b")
# The share of a sentence's words that a claim says when it says all of it.
_WHOLE = 0.75


def states(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """The claim binds, permits, exempts, refuses, expects or tells as its source does."""
    for each, source in resting(sources, aligned):
        base = source.clauses[each.base]
        exempting = _exempting(each, source, base)
        said, given = each.clause.state, exempting.state
        reached = _as_far(each, source, base) if exempting is base else given
        near = [source.clauses[other] for other in each.bases] if exempting is base else []
        others = [
            clause.state
            for clause in near
            if _signs(clause.state) == _signs(given) and base.role in (clause.role, "beside")
        ]
        if not (
            any(agree(said, other) for other in (given, reached, *others))
            or _is_taken_for_granted(each.clause, given)
            or _is_description(each, base)
        ):
            polar = _signs(said) != _signs(given)
            code, word = ("polarity", "ja eller nej til") if polar else ("modality", "bindende om")
            yield Reason(code, f"Påstanden er ikke lige så {word} dette som kilden.".replace("lige så ja", "lige: ja"))
        if base.role == "condition" and each.clause.role in ("main", "beside") and not _asks(claim, each):
            yield Reason("condition", "Påstanden gør en betingelse i kilden til noget, der gælder.")


def _as_far(each: Aligned, source: Reading, base: Clause) -> State:
    """The state of a source's clause as far as the claim's words go: what only binds or permits after them is left."""
    places = [place for borne in each.units for at, place in borne.places if at == each.source and base.holds(place)]
    last = max(places, default=-1)
    kept = [each for each in base.operators if each.start < last or each.kind not in _TRAILING]
    if len(kept) == len(base.operators) or base.role not in ("main", "relative"):
        return base.state
    return state_of(source.text.lower(), kept, False)._replace(past=base.state.past)


def parity(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """A claim that says all that a sentence says turns it as often as that does, and takes as much away."""
    rests = {(each.source, each.sentence) for each in aligned}
    if len(rests) != 1 or aligned[0].source < 0 or len({clause.sentence for clause in claim.clauses}) != 1:
        return
    index, sentence = next(iter(rests))
    source = sources[index]
    own = [n for n, clause in enumerate(source.clauses) if clause.sentence == sentence]
    words = {word.start for n in own for word in content_words(source, source.clauses[n])}
    hit = {place for each in aligned for borne in each.units for at, place in borne.places if at == index}
    if len(words & hit) < _WHOLE * len(words):
        return
    if _turns(claim, range(len(claim.clauses))) % 2 != _turns(source, own) % 2:
        yield Reason("polarity", "Påstanden vender et ja til et nej eller omvendt.")


def _turns(reading: Reading, numbers: Iterable[int]) -> int:
    """How many words turn what some clauses say into its opposite."""
    chosen = [reading.clauses[number] for number in numbers]
    turns = sum(operator.kind in _TURNING for clause in chosen for operator in clause.operators)
    turns += sum(clause.role == "except" for clause in chosen)
    spans = [span for clause in chosen for span in clause.spans]
    texts = [reading.text[start:end].lower() for start, end in spans]
    without = sum(each.kind == "without" and any(s <= each.start < e for s, e in spans) for each in reading.quantities)
    return turns + without + sum(len(_UNLESS.findall(text)) for text in texts)


def _exempting(each: Aligned, source: Reading, base: Clause) -> Clause:
    """The clause that exempts, where the claim exempts too and rests on what the exemption is from."""
    if not any(operator.kind == "exempt" for operator in each.clause.operators):
        return base
    if any(operator.kind == "exempt" for operator in base.operators):
        return base
    others = [clause for clause in source.clauses if clause.sentence == each.sentence]
    return next((other for other in others if any(operator.kind == "exempt" for operator in other.operators)), base)


def _is_taken_for_granted(clause: Clause, given: State) -> bool:
    """Whether a clause only says when, why or for whom, in words that its source uses for what it demands."""
    plain = clause.state.acts == {"F+"} and not clause.state.colours
    return plain and clause.role in ("condition", "time", "relative", "reason") and "F-" not in given.acts


def _is_description(each: Aligned, base: Clause) -> bool:
    """Whether a plain claim only says what the subject of its source's clause is said to be."""
    if each.clause.state.acts != {"F+"} or each.clause.state.colours or not base.operators:
        return False
    first = min(operator.start for operator in base.operators)
    places = [
        [place for at, place in borne.places if at == each.source and base.holds(place)]
        for borne in each.units
        if borne.unit.weight
    ]
    return bool(places) and all(own and min(own) < first for own in places)


def _asks(claim: Reading, each: Aligned) -> bool:
    """Whether a claim's main clause has a condition of its own beside it."""
    return any(
        clause.role in ("condition", "time", "relative") for clause in claim.clauses if clause is not each.clause
    )


def _signs(state: State) -> set[str]:
    return {act[-1] for act in state.acts} | {colour for colour in state.colours if colour in ("N", "P-", "E-", "W-")}


def agree(said: State, given: State) -> bool:
    """Whether two states are one, in any of the ways to put it."""
    if said.acts == given.acts and said.colours == given.colours:
        return True
    if given.derogates and said.acts == {"MD-"} and given.acts == {"D-"}:
        return True
    apart = said.colours ^ given.colours
    if said.acts == given.acts and apart <= {"U"}:
        return "P" in said.colours or not (said.past or given.past)
    # What is expected, wished or needed is so whether it "is" or "can be".
    loose = said.colours & given.colours & {"E", "W", "B"} and apart <= {"U"}
    return bool(loose) and _signs(said) == _signs(given) and _mild(said, given)


def _mild(said: State, given: State) -> bool:
    return said.acts <= {"F+", "M+"} and given.acts <= {"F+", "M+"}


def content_words(source: Reading, clause: Clause) -> list[Word]:
    """The words of a clause that state something."""
    return [
        word
        for word in source.words
        if clause.holds(word.start) and len(word.stem) > 3 and fold(word.text) not in light()
    ]
