"""Who does it and to whom it is done: the subject of a claim's clause held against the subject of its source's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.guard.alignment import Aligned, Borne
from assistant.guard.clauses import Clause
from assistant.guard.knowledge import contrasts, finite_verb
from assistant.guard.reading import Member, Reading
from assistant.guard.rules_roles import PERSONS, is_passive
from assistant.guard.verdict import Reason

_PREPOSITION = re.compile(
    r"\b(for|af|til|med|hos|fra|over|efter|på|om|i|mellem|blandt|ved|uden|end|overfor|ad|of|to|with|by|from|among|between|at|"
    r"towards|on|in|than|without|about|into|onto|som|as)\b"
)
_GOES_ON = re.compile(r"\W*(og|samt|and|men|but)\s")
_WHO = re.compile(r"\W*(der|som|who|which|that)\s+(?!(vi|de|man|kommunen|borgeren|the|they|he|she)\b)")
_AGENT = re.compile(r"\b(af|by)\s+")
_WORD = re.compile(r"\w[\w-]*")
_AGENTIVE = re.compile(
    r"(\w{3,}(eren|erne|erens|ernes|ører|øren|ist|isten|ister|isterne|mand|manden|læge|lægen|lægens|enten|enterne|er|or|ee|ees|ors|ers)"
    r"|\w+(udvalget|rådet|nævnet|styrelsen|forvaltningen|ministeriet|teamet|centret|centeret|afdelingen|kontoret|selskabet))$"
)
_SMALL = frozenset(
    "den det de en et the a an ikke dog også nu derfor altid kun selv så not also always only fortsat stadig still "
    "løbende vil skal kan må bør will must may can shall should be have har have er is are".split()
)
_AFTER = 60
Span = tuple[int, int]


def crossings(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What the source says one does to another, the claim does not say that other does to the one."""
    for each in aligned:
        if each.source < 0:
            continue
        source = sources[each.source]
        said = subject(claim, each.clause)
        base = source.clauses[each.base]
        given = subject(source, base, _same_verb(claim, each, source))
        if given is None and base.role == "beside" and base.parent >= 0 and _GOES_ON.match(_text(source, base)):
            given = subject(source, source.clauses[base.parent])
        if said is None or given is None:
            continue
        same = _same_verb(claim, each, source) >= 0
        inside = [borne for borne in each.units if said[0] <= borne.unit.start < said[1]]
        outside = [borne for borne in each.units if not said[0] <= borne.unit.start < said[1]]
        left = [borne for borne in inside if _stands(borne, each, source, given, False)]
        entered = [borne for borne in outside if _stands(borne, each, source, given, True)]
        kept = [borne for borne in inside if _stands(borne, each, source, given, True)]
        if same and not kept and _acts(claim.text[slice(*said)]) and _acts(source.text[slice(*given)]):
            name = next((borne.unit.text for borne in inside if borne.clauses), "")
            if name:
                yield Reason("role", f"I kilden er det ikke »{name}«, der gør dette.")
        pair = next(((one, other) for one in left for other in entered if _are_alike(claim, one, other)), None)
        if pair and not kept:
            yield Reason("role", f"I kilden er det ikke »{pair[0].unit.text}«, der gør dette.")


def exchanges(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Two words of one class that the claim and its source both have stand in the same order."""
    for each in aligned:
        if each.source < 0:
            continue
        source = sources[each.source]
        said = _ordered([m for m in claim.members if each.clause.holds(m.start)])
        given = _ordered([m for m in source.members if source.sentence_at(m.start) == each.sentence])
        for contrast, members in said.items():
            theirs = given.get(contrast, ())
            if len(members) == 2 == len(theirs) and contrast not in PERSONS and members == theirs[::-1]:
                yield Reason("role", f"Kilden har »{members[0]}« og »{members[1]}« i modsat rækkefølge.")


def _ordered(members: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    """The members of each class in their order, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for each in sorted(members, key=lambda member: member.start):
        found[each.contrast] = (*(m for m in found.get(each.contrast, ()) if m != each.member), each.member)
    return found


def _are_alike(claim: Reading, one: Borne, other: Borne) -> bool:
    """Whether two units could change places: both persons or bodies, or both of one class."""
    first, second = _classes(claim, one), _classes(claim, other)
    persons = [bool(c & PERSONS) or _acts(b.unit.text) for c, b in ((first, one), (second, other))]
    return bool(first & second) or all(persons)


def _acts(words: str) -> bool:
    """Whether the last word of a phrase names one who can act: a person or a body, by its ending or the tables."""
    lower = words.strip(" ,.;:").lower()
    if not lower:
        return False
    return bool(_AGENTIVE.search(lower)) or any(
        member.pattern.search(lower)
        for contrast in contrasts()
        if contrast.name in PERSONS
        for member in contrast.members
    )


def _classes(claim: Reading, borne: Borne) -> set[str]:
    return {each.contrast for each in claim.members if borne.unit.start <= each.start < borne.unit.end}


def _text(reading: Reading, clause: Clause) -> str:
    return reading.text[clause.spans[0][0] : clause.spans[-1][1]].lower()


def _stands(borne: Borne, each: Aligned, source: Reading, span: Span, inside: bool) -> bool:
    """Whether a unit that states something is borne in the clause, and there only inside, or only outside, a span."""
    base = source.clauses[each.base]
    places = [place for at, place in borne.places if at == each.source and base.holds(place)]
    return bool(places) and bool(borne.unit.weight) and all((span[0] <= p < span[1]) == inside for p in places)


def _same_verb(claim: Reading, each: Aligned, source: Reading) -> int:
    """Where the clause of the source has the finite verb of the claim's; -1 where it has another."""
    lower = claim.text.lower()
    verb = finite_verb(lower, each.clause.spans[0][0], each.clause.spans[-1][1])
    if verb is None:
        return -1
    base = source.clauses[each.base]
    places = [
        place
        for borne in each.units
        for at, place in borne.places
        if borne.unit.start == verb.start() and at == each.source and base.holds(place)
    ]
    return places[0] if len(places) == 1 else -1


def subject(reading: Reading, clause: Clause, at: int = -1) -> Span | None:
    """The characters of who or what acts in a clause, of the verb that stands at `at`; None where none can be told."""
    lower = reading.text.lower()
    start, end = clause.spans[0][0], clause.spans[-1][1]
    if clause.role == "relative":
        return _antecedent(lower, start)
    if at >= 0 and len(clause.spans) == 1:
        start = max(start, lower.rfind(",", start, at) + 1)
    verb = finite_verb(lower, start, end)
    if verb is None:
        return None
    if is_passive(verb.group(), lower[verb.end() : min(end, verb.end() + _AFTER)]):
        agent = _AGENT.search(lower, verb.end(), end)
        return _phrase(lower, agent.end(), end) if agent else None
    if clause.role in ("main", "beside") and (before := _head(lower, start, verb.start())):
        return before
    return _phrase(lower, verb.end(), end) if clause.role in ("main", "beside") else None


def _antecedent(lower: str, start: int) -> Span | None:
    """The word that a relative clause points back to; None where the clause does not open with what stands for it."""
    if not _WHO.match(lower[start:]):
        return None
    words = list(_WORD.finditer(lower, max(0, start - _AFTER), start))
    return words[-1].span() if words else None


def _head(lower: str, start: int, end: int) -> Span | None:
    """The words before the verb, up to the first preposition; None where the clause begins with one."""
    words = [word for word in _WORD.finditer(lower, start, end) if word.group() not in ("og", "men", "and", "but")]
    if not words or _PREPOSITION.fullmatch(words[0].group()):
        return None
    if all(word.group() in _SMALL or word.group() in ("der", "there", "desuden", "derimod", "her") for word in words):
        return None
    cut = next((word.start() for word in words if _PREPOSITION.fullmatch(word.group())), end)
    return words[0].start(), cut


def _phrase(lower: str, start: int, end: int) -> Span | None:
    """The first words from here on that are no small ones, up to what cannot belong to them."""
    words = [word for word in _WORD.finditer(lower, start, min(end, start + _AFTER))]
    first = next((word for word in words if word.group() not in _SMALL), None)
    return (first.start(), first.end()) if first and not _PREPOSITION.fullmatch(first.group()) else None
