"""Who does it and to whom it is done: the subject of a claim's clause held against the subject of its source's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.guard.alignment import Aligned, Borne, is_named, resting
from assistant.guard.clauses import Clause
from assistant.guard.knowledge import contrasts, finite_verb
from assistant.guard.reading import Member, Reading
from assistant.guard.rules_roles import PERSONS, is_passive
from assistant.guard.verdict import Reason

_PREPOSITION = re.compile(
    r"\b(for|af|til|med|hos|fra|over|efter|på|om|i|mellem|blandt|ved|uden|end|overfor|ad|of|to|with|by|from|among|"
    r"between|at|towards|on|in|than|without|about|into|onto|som|as)\b"
)
_POINTS_BACK = re.compile(
    r"\b(den|det|de|dette|denne|disse|han|hun|dem)\b(?! \w)|^\W*(den|det|de|dette|denne|disse|han|hun)\s"
)
_OWN_SUBJECT = re.compile(r"\W*samt at\b")
_GOES_ON = re.compile(r"\W*(og|samt|and|men|but)\s")
_WHO = re.compile(r"\W*(der|som|who|which|that)\s+(?!(vi|de|man|they|he|she|we)\b)")
_AGENT = re.compile(r"\b(af|by)\s+")
_WORD = re.compile(r"\w[\w-]*")
_AGENTIVE = re.compile(
    r"\w{3,}((?<!ing)(?<!els)(?<!ion)(?<!tet)(erne|ernes)|eren|erens|ører|øren|isten?|ister|isterne|mand|manden|læge|lægen|lægens"
    r"|enten|enterne|[iae]tor|visor|ees?|udvalget|rådet|nævnet|styrelsen|forvaltningen|ministeriet|teamet|cent(e)?ret|afdelingen|kontoret|selskabet)$"
)
_ENGLISH_AGENTIVE = re.compile(r"\w{2,}(er|or|ee|ist|ant)s?$")
_OPENERS = frozenset(
    "og men and but hvis når såfremt medmindre mens inden før fordi da idet at så samt if when unless where because "
    "while before after that dog".split()
)
_SMALL = frozenset(
    "den det de en et the a an ikke dog også nu derfor altid kun selv så not also always only fortsat stadig still "
    "løbende vil skal kan må bør will must may can shall should be have har have er is are".split()
)
_AFTER = 60
Span = tuple[int, int]


def crossings(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What the source says one does to another, the claim does not say that other does to the one."""
    for each, source in resting(sources, aligned):
        said = subject(claim, each.clause)
        base = source.clauses[each.base]
        given = subject(source, base, _same_verb(claim, each, source))
        if given is None and base.role == "beside" and base.parent >= 0 and _GOES_ON.match(source.of(base)):
            given = subject(source, source.clauses[base.parent])
        if said is None or given is None:
            continue
        same = _same_verb(claim, each, source) >= 0 or _same_operators(each.clause, base)
        inside = [borne for borne in each.units if said[0] <= borne.unit.start < said[1]]
        outside = [borne for borne in each.units if not said[0] <= borne.unit.start < said[1]]
        left = [borne for borne in inside if _stands(borne, each, source, given, False)]
        entered = [borne for borne in outside if _stands(borne, each, source, given, True)]
        kept = [borne for borne in inside if _stands(borne, each, source, given, True)]
        if same and not kept and _acts(claim.text[slice(*said)], claim.english) and _acts(source.text[slice(*given)]):
            name = next((borne.unit.text for borne in inside if borne.clauses), "")
            if name:
                yield Reason("role", f"I kilden er det ikke »{name}«, der gør dette.")
        pair = next(((one, other) for one in left for other in entered if _are_alike(claim, one, other)), None)
        if pair and not kept:
            yield Reason("role", f"I kilden er det ikke »{pair[0].unit.text}«, der gør dette.")


def strangers(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """What acts in the claim stands in the clause that tells of the act, or that clause points back to it."""
    for each, source in resting(sources, aligned):
        if each.clause.role not in ("main", "beside"):
            continue
        base = source.clauses[each.base]
        span = subject(claim, each.clause)
        if span is None or base.role not in ("main", "beside") or _POINTS_BACK.search(source.of(base)):
            continue
        region = [base]
        if base.role == "beside" and base.parent >= 0 and not _OWN_SUBJECT.match(source.of(base)):
            region.append(source.clauses[base.parent])
        own = [b for b in each.units if span[0] <= b.unit.start < span[1] and b.unit.weight]
        inside = [borne for borne in own if borne.clauses and not is_named(borne.unit, claim)]
        places = [place for borne in inside for at, place in borne.places if at == each.source]
        near = [place for place in places if source.sentence_at(place) == base.sentence]
        if inside and near and not any(clause.holds(place) for clause in region for place in places):
            yield Reason("merged", f"Kilden siger ikke dette om »{inside[0].unit.text}«.")


def exchanges(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Two words of one class that the claim and its source both have stand in the same order."""
    for each, source in resting(sources, aligned):
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
    persons = [bool(c & PERSONS) or _acts(b.unit.text, claim.english) for c, b in ((first, one), (second, other))]
    return bool(first & second) or all(persons)


def _acts(words: str, english: bool = False) -> bool:
    """Whether the last word of a phrase names one who can act: a person or a body, by its ending or the tables."""
    lower = words.strip(" ,.;:").lower()
    if not lower:
        return False
    if english and _ENGLISH_AGENTIVE.search(lower):
        return True
    return bool(_AGENTIVE.search(lower)) or any(
        member.pattern.search(lower)
        for contrast in contrasts()
        if contrast.name in PERSONS
        for member in contrast.members
    )


def _classes(claim: Reading, borne: Borne) -> set[str]:
    return {each.contrast for each in claim.members if borne.unit.start <= each.start < borne.unit.end}


def _stands(borne: Borne, each: Aligned, source: Reading, span: Span, inside: bool) -> bool:
    """Whether a unit that states something is borne in the clause, and there only inside, or only outside, a span."""
    base = source.clauses[each.base]
    places = [
        place
        for at, place in borne.places
        if at == each.source and (base.holds(place) or source.sentence_at(place) == base.sentence)
    ]
    return bool(places) and bool(borne.unit.weight) and all((span[0] <= p < span[1]) == inside for p in places)


def _same_operators(said: Clause, given: Clause) -> bool:
    kinds = {each.kind for each in said.operators}
    return bool(kinds) and kinds == {each.kind for each in given.operators}


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
    return min(places, default=-1)


def subject(reading: Reading, clause: Clause, at: int = -1) -> Span | None:
    """The characters of who or what acts in a clause, of the verb that stands at `at`; None where none can be told."""
    lower = reading.text.lower()
    start, end = clause.spans[0][0], clause.spans[-1][1]
    verb = finite_verb(lower, start, end)
    if clause.role == "relative":
        who = _WHO.match(lower[start:])
        own = _head(lower, start + who.end(), verb.start()) if who and verb and who[1] != "der" else None
        return own or (_antecedent(lower, start) if who else None)
    if verb is None:
        named = [each for each in reading.members if clause.holds(each.start) and each.contrast in PERSONS]
        return (start, named[0].start + 1) if reading.english and named else None
    if at >= 0 and (near := _nearest(lower, clause, at)):
        return near
    passive = is_passive(verb.group(), lower[verb.end() : min(end, verb.end() + _AFTER)])
    if passive and not (reading.english and verb.group().endswith("es")):
        agent = _AGENT.search(lower, verb.end(), end)
        return _phrase(lower, agent.end(), end) if agent else None
    if before := _head(lower, start, verb.start()):
        return before
    return None if _GOES_ON.match(lower[start:]) else _phrase(lower, verb.end(), end)


def _nearest(lower: str, clause: Clause, at: int) -> Span | None:
    """The words before a verb since the last comma."""
    start = next((span[0] for span in clause.spans if span[0] <= at < span[1]), at)
    start = max(start, lower.rfind(",", start, at) + 1)
    verb = finite_verb(lower, start, clause.spans[-1][1])
    if verb is None or verb.start() != at or verb.group().endswith("es"):
        return None
    return _head(lower, start, at) or (_head(lower, *clause.spans[0]) if clause.spans[0][1] <= at else None)


def _antecedent(lower: str, start: int) -> Span | None:
    """The word that a relative clause points back to."""
    words = list(_WORD.finditer(lower, max(0, start - _AFTER), start))
    return words[-1].span() if words else None


def _head(lower: str, start: int, end: int) -> Span | None:
    """The words before the verb, up to the first preposition; None where the clause begins with one."""
    words = [word for word in _WORD.finditer(lower, start, end) if word.group() not in _OPENERS]
    if not words or _PREPOSITION.fullmatch(words[0].group()):
        return None
    if all(word.group() in _SMALL or word.group() in ("der", "there", "desuden", "derimod", "her") for word in words):
        return None
    cut = next((word.start() for word in words if _PREPOSITION.fullmatch(word.group())), end)
    return words[0].start(), cut


def _phrase(lower: str, start: int, end: int) -> Span | None:
    """The first words from here on that are no small ones, up to what cannot belong to them."""
    words = list(_WORD.finditer(lower, start, min(end, start + _AFTER)))
    first = next((word for word in words if word.group() not in _SMALL), None)
    if first is None or _PREPOSITION.fullmatch(first.group()):
        return None
    following = next((word for word in words if word.start() > first.end()), None)
    owned = first.group().endswith("s") and following is not None and not _PREPOSITION.fullmatch(following.group())
    return first.start(), following.end() if owned and following else first.end()
