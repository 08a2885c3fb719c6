"""Rules on roles: who acts, who is acted on, and whose a thing is, as in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.guard.alignment import Aligned, resting
from assistant.guard.clauses import Clause
from assistant.guard.knowledge import finite_verb
from assistant.guard.reading import Member, Reading
from assistant.guard.verdict import Reason

PERSONS = frozenset({"party", "age", "kin", "body", "ministry"})
_BEFORE = re.compile(
    r"\b(for|af|til|med|hos|fra|over|efter|på|om|i|mellem|blandt|ved|uden|end|overfor|vedr|of|to|with|by|from|among|between|"
    r"towards|on|in|than|without|about)(\s+(den|det|de|en|et|the|a|an|hver|enkelte|alle|sine|deres|vores|our|their|each|every|individual)){0,3}\s+$"
)
_PARTICIPLE = re.compile(
    r"\s+(?:ikke |not |nu |also |blevet |been |being |derfor )*\w{3,}(?:et|ed|t|en|written|made|given|drawn)\b"
)
_PASSIVE_INFINITIVE = re.compile(r"\s+(?:\w+\s+){0,4}?(?:\w{3,}[^r\W]es|blive \w+|be \w+)\b")
_COPULAS = frozenset("er var is are was were".split())
_MODALS = frozenset("skal kan må vil bør skulle kunne must may can will shall should".split())
_AFTER, _INVERTED = 60, 14
_AGENT = re.compile(r"\b(?:af|by)\s+(?:(?:den|det|de|the|en|et|a)\s+)?$")
_NEAR = 3
_DIRECTED = re.compile(
    r"\b(til|fra|hos|mod|to|from|against)(\s+(den|det|de|en|et|the|a|an|hver|enkelte|alle|sine|deres|their|each|every)){0,2}\s+$"
)
_BELONGS = re.compile(
    r"\b(med i|hører til|indgår i|del af|omfattet af|take part|takes part|part of|belongs? to|covered by)\b"
)
_HAS = re.compile(r"\b(omfatter|indbefatter|består af|rummer|har|covers?|includes?|consists? of|comprises?|has|have)\b")
_DANISH = {"to": "til", "from": "fra", "against": "mod"}


def actors(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Who does what the claim says does it in the source."""
    for each, source in resting(sources, aligned):
        if each.clause.role not in ("main", "beside"):
            continue
        base = source.clauses[each.base]
        said = agents(claim, each.clause)
        parts = {(m.contrast, m.member) for m in source.members if base.holds(m.start)}
        if {(m.contrast, m.member) for m in said} <= parts and _are_converse(claim, each.clause, source, base):
            continue
        if said and not subjects(claim, each.clause) and base.role in ("main", "beside") and not agents(source, base):
            here = [m for m in source.members if m.contrast in PERSONS and source.sentence_at(m.start) == each.sentence]
            if not _overlap(said, here):
                yield Reason("role", "Kilden siger ikke, hvem der gør dette.")
        given = _antecedent(source, base) if base.role == "relative" else []
        given = given or agents(source, base) or _antecedent(source, base)
        if said and given and not _overlap(said, given):
            word = claim.text[said[0].start :].split()[0].strip(".,;:")
            yield Reason("role", f"I kilden er det ikke »{word}«, der gør dette.")


def _are_converse(claim: Reading, said: Clause, source: Reading, given: Clause) -> bool:
    """Whether one clause says that a whole has a part and the other that the part belongs to the whole."""
    texts = [r.of(c) for r, c in ((claim, said), (source, given))]
    return any(_BELONGS.search(one) and _HAS.search(other) for one, other in (texts, texts[::-1]))


def _antecedent(source: Reading, base: Clause) -> list[Member]:
    """Who acts in a clause that names nobody: whom a relative clause points back to, or the subject it goes on from."""
    if base.role == "relative":
        before = [m for m in source.members if m.contrast in PERSONS and m.start < base.spans[0][0]]
        return sorted(before, key=lambda member: member.start)[-1:]
    return agents(source, source.clauses[base.parent]) if base.parent >= 0 else []


def freed(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Who is exempted, bound or offered something in the claim is the one who is in the source."""
    for each, source in resting(sources, aligned):
        if each.clause.role not in ("main", "beside"):
            continue
        base = source.clauses[each.base]
        said = subjects(claim, each.clause)
        given = subjects(source, base)
        exempt = all(any(operator.kind == "exempt" for operator in c.operators) for c in (each.clause, base))
        if not agents(claim, each.clause) and agents(source, base):
            # What is done to one in the passive is done to the object in the active.
            given = given + [m for m in source.members if m.contrast in PERSONS and base.holds(m.start)]
        passive = not agents(claim, each.clause) and not agents(source, base)
        around = [m for m in source.members if m.contrast in PERSONS and source.sentence_at(m.start) <= each.sentence]
        absent = _is_people(said) and not any(_is_people([m]) for m in around)
        if said and (absent or (given and (exempt or passive) and not _overlap(said, given))):
            word = claim.text[said[0].start :].split()[0].strip(".,;:")
            yield Reason("role", f"I kilden er det ikke »{word}«, det gælder.")


_PEOPLE = frozenset({("party", "citizen"), ("age", "young"), ("age", "adult"), ("kin", "family"), ("age", "child")})


def _is_people(members: Sequence[Member]) -> bool:
    return any((each.contrast, each.member) in _PEOPLE for each in members)


def _overlap(said: list[Member], given: list[Member]) -> bool:
    one, other = ({(each.contrast, each.member) for each in members} for members in (said, given))
    return bool(one & other) or bool(one & _PEOPLE and other & _PEOPLE)


def agents(reading: Reading, clause: Clause) -> list[Member]:
    """The persons and bodies that act in a clause: its subject, or in the passive who follows "af"."""
    start, end = clause.spans[0][0], clause.spans[-1][1]
    lower = reading.text.lower()
    verb = finite_verb(lower, start, end)
    if verb is not None and is_passive(verb.group(), lower[verb.end() : min(end, verb.end() + _AFTER)]):
        inside = [each for each in reading.members if each.contrast in PERSONS and clause.holds(each.start)]
        return [each for each in inside if each.start > verb.end() and _AGENT.search(lower[start : each.start])]
    return subjects(reading, clause)


def subjects(reading: Reading, clause: Clause) -> list[Member]:
    """The persons and bodies that are the subject of a clause, in the active or the passive."""
    start, end = clause.spans[0][0], clause.spans[-1][1]
    lower = reading.text.lower()
    inside = [each for each in reading.members if each.contrast in PERSONS and clause.holds(each.start)]
    verb = finite_verb(lower, start, end)
    if verb is None:
        return []
    before = [each for each in inside if each.start < verb.start() and not _BEFORE.search(lower[start : each.start])]
    if before or verb.group() in _COPULAS:
        return before
    near = [each for each in inside if verb.end() <= each.start <= verb.end() + _INVERTED]
    return [each for each in near if not _BEFORE.search(lower[start : each.start])]


def is_passive(verb: str, following: str) -> bool:
    """Whether a finite verb, with what follows it, is a passive."""
    if verb.endswith("es") and verb not in ("mødes", "does"):
        return True
    if verb in _COPULAS or verb in ("bliver", "blev", "has", "have", "har", "had"):
        return bool(_PARTICIPLE.match(following))
    return verb in _MODALS and bool(_PASSIVE_INFINITIVE.match(following))


def owners(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Whose a thing is: the person or body just before it in the claim stands just before it in the source."""
    for said in claim.members:
        if said.contrast not in PERSONS:
            continue
        follower = _follower(claim, said)
        rests = next((each for each in aligned if each.number == claim.clause_at(said.start)), None)
        if follower is None or rests is None or rests.source < 0:
            continue
        source = sources[rests.source]
        heads = [
            place
            for unit in rests.units
            if unit.unit.start == follower
            for at, place in unit.places
            if at == rests.source
        ]
        heads = [place for place in heads if source.sentence_at(place) == rests.sentence]
        owned = [_owner(source, place) for place in heads]
        known = [owner for owner in owned if owner is not None]
        if known and not any(_overlap([said], [owner]) for owner in known):
            word = claim.text[said.start :].split()[0].strip(".,;:")
            yield Reason("role", f"I kilden er det ikke »{word}«, det gælder.")


def recipients(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """To, from or with whom something is done in the claim is to, from or with whom it is done in the source."""
    for each, source in resting(sources, aligned):
        given = _with_prepositions(source, source.clauses[each.base])
        for preposition, said in _with_prepositions(claim, each.clause).items():
            theirs = given.get(preposition, [])
            if theirs and not any(_overlap([one], theirs) for one in said):
                word = claim.text[said[0].start :].split()[0].strip(".,;:")
                yield Reason("role", f"I kilden er det ikke »{word}«, det gælder.")


def _with_prepositions(reading: Reading, clause: Clause) -> dict[str, list[Member]]:
    """The persons and bodies of a clause that stand after a preposition, by it."""
    found: dict[str, list[Member]] = {}
    lower = reading.text.lower()
    for member in reading.members:
        if member.contrast in PERSONS and clause.holds(member.start):
            before = _DIRECTED.search(lower[clause.spans[0][0] : member.start])
            if before:
                found.setdefault(_DANISH.get(before[1], before[1]), []).append(member)
    return found


def _follower(claim: Reading, said: Member) -> int | None:
    """Where the word that a genitive belongs to begins: the next that states something."""
    after = re.match(r"\w+(['’]s|s['’]|s)\s+", claim.text[said.start :])
    if after is None:
        return None
    following = [unit for unit in claim.units if unit.start >= said.start + after.end() and unit.weight]
    return following[0].start if following and following[0].start - said.start - after.end() < 25 else None


def _owner(source: Reading, place: int) -> Member | None:
    """The person or body in the genitive just before a word of a source."""
    words = [match.start() for match in re.finditer(r"\w+", source.text[:place])][-_NEAR:]
    before = [each for each in source.members if each.contrast in PERSONS and each.start in words]
    owners = [each for each in before if re.match(r"\w+s\s", source.text[each.start :])]
    return owners[-1] if owners else None
