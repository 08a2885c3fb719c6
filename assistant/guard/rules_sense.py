"""Rules on sense: polarity, modality, quantity, order, conditions, and whether all that is said is borne."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.guard.alignment import Aligned, is_named, resting
from assistant.guard.clauses import Clause
from assistant.guard.knowledge import Found
from assistant.guard.reading import Reading
from assistant.guard.rules_states import content_words
from assistant.guard.verdict import Reason

LEAST_COVERAGE = 0.6
# A word that tells more than this must be borne, however much else is.
MOST_TELLING = 0.9
_MUST_STAY = frozenset({"some", "most", "only", "part", "without"})
_MUST_STAND = frozenset({"all", "some", "most", "only", "part", "double", "without", "bothof", "earliest", "evenif"})
_FREES = frozenset({"M+", "D-", "MD-", "DD-", "G+"})
_PERSONS = re.compile(r"(borgere|personer|dem|unge|familier|voksne|de|børn|forsøg)\W*$")
_CONDITION_WORDS = 0.34
_ONLY = re.compile(r"\W*(kun|alene|udelukkende)\b")
_TELLING = 0.5
_APART = 0.3
_HEAD = 40
_GROUP = ("individual", "group")
_FREE_OF = re.compile(r"\w{3,}fri(t|e)?\b")
_SINGLE = re.compile(r"\b(den|det|de) enkelte\b")


def coverage(aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What the claim says is said in the sentences that it rests on."""
    for each in aligned:
        if each.weight and each.source < 0:
            yield Reason("unsupported", "Kilden siger intet om det, som påstanden handler om.")
        elif each.weight and (each.coverage < LEAST_COVERAGE or each.rarest >= MOST_TELLING):
            missing = [borne.unit.text for borne in each.units if borne.unit.weight and not _here(borne.clauses, each)]
            yield Reason("unsupported", f"Kilden siger ikke dette samlet: {', '.join(missing[:5])}.")


def _here(clauses: dict[tuple[int, int], float], rests: Aligned) -> bool:
    return any(source == rests.source for source, _ in clauses)


def quantities(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What the claim says of all, some, most or only some stands so in its source, and the source's limits stay."""
    for each, source in resting(sources, aligned):
        said = _kinds(claim, claim.quantities, {each.number})
        given = _kinds(
            source, source.quantities, {n for n, c in enumerate(source.clauses) if c.sentence == each.sentence}
        )
        if any(_SINGLE.search(text) for text in _texts(source, each.sentence)):
            given = given | {"all"}
        if _FREE_OF.search(source.text[_start(source, each.base) : _end(source, each.base)].lower()):
            given = given | {"without"}
        own = _kinds(source, source.quantities, {each.base})
        for kind in sorted((said - given) & _MUST_STAND):
            yield Reason("quantifier", f"Kilden siger ikke »{_word(claim, kind)}« om dette.")
        if "all" in said and _GROUP in _members(source, each) - {(m.contrast, m.member) for m in claim.members}:
            yield Reason("scope", "Kilden siger det kun om målgruppen.")
        for kind in sorted((own - _kinds(claim, claim.quantities, None)) & _MUST_STAY):
            if not (kind == "only" and "except" in {clause.role for clause in claim.clauses}):
                yield Reason("quantifier", f"Påstanden udelader kildens »{_word(source, kind)}«.")


def _texts(source: Reading, sentence: int) -> list[str]:
    spans = [span for clause in source.clauses if clause.sentence == sentence for span in clause.spans]
    return [source.text[start:end].lower() for start, end in spans]


def _start(source: Reading, clause: int) -> int:
    return source.clauses[clause].spans[0][0]


def _end(source: Reading, clause: int) -> int:
    return source.clauses[clause].spans[-1][1]


def _members(source: Reading, each: Aligned) -> set[tuple[str, str]]:
    base = source.clauses[each.base]
    return {(member.contrast, member.member) for member in source.members if base.holds(member.start)}


def _kinds(reading: Reading, found: Sequence[Found], clauses: set[int] | None) -> set[str]:
    return {each.kind for each in found if clauses is None or reading.clause_at(each.start) in clauses}


def _word(reading: Reading, kind: str) -> str:
    found = next(each for each in reading.quantities if each.kind == kind)
    return reading.text[found.start : found.end]


def conditions(sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """The conditions that the source sets for what the claim says are in the claim."""
    for each, source in resting(sources, aligned):
        if each.clause.role not in ("main", "beside"):
            continue
        base = source.clauses[each.base]
        if base.role not in ("main", "beside"):
            continue
        for number, clause in enumerate(source.clauses):
            if _limits(source, number, clause, each, base) and not _is_kept(aligned, each.source, number, source):
                said = " ".join(source.text[clause.spans[0][0] : clause.spans[-1][1]].split())
                yield Reason("condition", f"Påstanden udelader kildens betingelse: {said[:90]}")


def _limits(source: Reading, number: int, clause: Clause, each: Aligned, base: Clause) -> bool:
    """Whether a clause of the source limits what the aligned one says."""
    if clause.sentence != each.sentence or number == each.base:
        return False
    if clause.role in ("condition", "except"):
        return clause.parent in (-1, each.base)
    if clause.role != "relative" or not (base.state.acts & _FREES):
        return False
    before = source.text[: clause.spans[0][0]].lower().rstrip(" ,")
    return bool(_PERSONS.search(before))


def _is_kept(aligned: Sequence[Aligned], index: int, number: int, source: Reading) -> bool:
    """Whether the claim speaks of what a clause of the source is about, in words that the aligned one lacks."""
    clause = source.clauses[number]
    base = {
        word.stem
        for each in aligned
        if each.source == index
        for word in content_words(source, source.clauses[each.base])
    }
    own = [
        word
        for word in content_words(source, clause)
        if not any(each.start <= word.start < each.end for each in clause.operators)
    ]
    if not own:
        kinds = {each.kind for each in clause.operators}
        given = [each.clause for each in aligned if each.clause.role in ("condition", "except")]
        return any({operator.kind for operator in other.operators} == kinds for other in given)
    telling = [word for word in own if word.stem not in base] or own
    places = {word.start for word in telling}
    hit = {
        place
        for each in aligned
        for borne in each.units
        for at, place in borne.places
        if at == index and place in places
    }
    return len(hit) >= _CONDITION_WORDS * len(places)


def restrictions(sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Where a source allows a thing in one sentence and only under a condition in another, the condition stays."""
    for each, source in resting(sources, aligned):
        if not each.clause.state.acts & _FREES:
            continue
        for number, clause in enumerate(source.clauses):
            if clause.sentence == each.sentence or clause.role != "condition":
                continue
            opening = source.of(clause)
            lead = source.clauses[clause.parent] if clause.parent >= 0 else None
            if lead is None or not _ONLY.match(opening) or not _same_kind(lead, each.clause):
                continue
            if not _is_kept(aligned, each.source, number, source):
                yield Reason("condition", f"Påstanden udelader kildens betingelse: {opening[:90].strip()}")


def _same_kind(lead: Clause, said: Clause) -> bool:
    """Whether two clauses do the same with an operator ("exempt", "may")."""
    return bool({each.kind for each in lead.operators} & {each.kind for each in said.operators} - {"neg"})


def merged(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What one clause of the claim says is not put together from two that the source keeps apart."""
    for each, source in resting(sources, aligned):
        if not each.weight:
            continue
        base = source.clauses[each.base]
        region = {each.base, base.parent} if base.role not in ("main", "beside") else {each.base}
        region |= {
            n
            for n, clause in enumerate(source.clauses)
            if clause.parent in region and clause.role not in ("main", "beside", "except")
        }
        apart = [
            borne.unit
            for borne in each.units
            if borne.unit.weight >= _TELLING
            and borne.clauses
            and not any((each.source, n) in borne.clauses for n in region)
            and not is_named(borne.unit, claim)
            and not _is_subject(source, base, borne.places, each.source)
        ]
        if sum(unit.weight for unit in apart) >= _APART * each.weight:
            yield Reason(
                "merged", f"Kilden siger ikke dette om det samme: {', '.join(unit.text for unit in apart[:4])}."
            )


def _is_subject(source: Reading, base: Clause, places: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a word stands at the head of the clause that the base goes on from."""
    if base.role != "beside" or base.parent < 0:
        return False
    start = source.clauses[base.parent].spans[0][0]
    return any(at == index and start <= place <= start + _HEAD for at, place in places)


def orders(claim: Reading, sources: Sequence[Reading]) -> Iterator[Reason]:
    """Before and after are as in the source."""
    given = {each.kind for source in sources for each in source.orders}
    for each in claim.orders:
        if each.kind in ("before", "after") and each.kind not in given:
            opposite = "after" if each.kind == "before" else "before"
            if opposite in given or "during" in given or each.kind == "before":
                word = claim.text[each.start : each.end]
                yield Reason("order", f"Kilden siger ikke »{word}« om dette.")
