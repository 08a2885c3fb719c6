"""Which sentence and clause of its sources a clause of a claim rests on, and how much of it they bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.guard.clauses import Clause
from assistant.guard.meaning import Unit, hits
from assistant.guard.reading import Reading
from assistant.places import municipalities_in

_BESIDE = 0.45
_FIGURE = 1.2
# A clause that bears a claim nearly as well as the best one may be the one that is meant.
_AS_GOOD = 0.88
# How much worse than the best one a clause may bear a claim and still be tried, and how many are tried.
_POSSIBLE, _CHOICES = 0.5, 4
_AS_FULL, _LESS = 0.8, 0.05
# What a word that the source has in another sentence lacks of being borne.
_BESIDE_IT = 0.8


class Borne(NamedTuple):
    """A unit of a claim and where it is borne: score by (source, clause), and the places."""

    unit: Unit
    clauses: dict[tuple[int, int], float]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Aligned:
    """A clause of a claim, its units, and what it rests on: a source, a sentence and a clause of it."""

    clause: Clause
    number: int
    units: tuple[Borne, ...]
    source: int
    sentence: int
    base: int
    coverage: float
    bases: tuple[int, ...] = ()
    rarest: float = 0.0

    @property
    def weight(self) -> float:
        """How much the clause states."""
        return sum(borne.unit.weight for borne in self.units)


def align(claim: Reading, sources: Sequence[Reading]) -> tuple[tuple[Aligned, ...], ...]:
    """Each clause of a claim with what it may rest on, best first; what is borne nowhere rests on source -1."""
    borne = [_borne(unit, sources) for unit in claim.units]
    found = []
    for number in range(len(claim.clauses)):
        own = tuple(each for each in borne if claim.clause_at(each.unit.start) == number)
        scores = _scores(number, own, claim, sources, borne)
        found.append(_resting(number, own, claim, sources, scores))
    return tuple(found)


def resting(sources: Sequence[Reading], aligned: Iterable[Aligned]) -> Iterator[tuple[Aligned, Reading]]:
    """The clauses of a claim that rest on something, each with the source that it rests on."""
    return ((each, sources[each.source]) for each in aligned if each.source >= 0)


def _borne(unit: Unit, sources: Sequence[Reading]) -> Borne:
    best: dict[tuple[int, int], float] = defaultdict(float)
    places = []
    for index, source in enumerate(sources):
        for hit in hits(unit, source.words):
            key = index, source.clause_at(hit.place)
            best[key] = max(best[key], hit.score)
            places.append((index, hit.place))
    return Borne(unit, dict(best), tuple(places))


def _scores(
    number: int, own: tuple[Borne, ...], claim: Reading, sources: Sequence[Reading], every: list[Borne]
) -> dict[tuple[int, int], float]:
    """How well each clause of each source bears a clause of the claim."""
    scores: dict[tuple[int, int], float] = {}
    for index, source in enumerate(sources):
        for place, base in enumerate(source.clauses):
            direct = sum(_telling(each) * each.clauses.get((index, place), 0.0) for each in own)
            around = sum(_telling(each) * _in_sentence(each, index, base.sentence, source) for each in own)
            whole = sum(_telling(each) * _in_sentence(each, index, base.sentence, source) for each in every)
            figures = _FIGURE * _figures_shared(claim, number, source, place)
            state = 0.15 if base.state == claim.clauses[number].state else 0.0
            if direct or figures or around:
                scores[index, place] = direct + figures + _BESIDE * around + 0.1 * whole + state
    return scores


def _resting(
    number: int,
    own: tuple[Borne, ...],
    claim: Reading,
    sources: Sequence[Reading],
    scores: dict[tuple[int, int], float],
) -> tuple[Aligned, ...]:
    """What a clause may rest on: the best clause of the sources and those that bear it not much worse."""
    clause = claim.clauses[number]
    if not scores:
        return (Aligned(clause, number, own, -1, -1, -1, 0.0),)
    ranked = sorted(scores, key=lambda key: -scores[key])
    most = scores[ranked[0]]
    found = []
    direct = {key: sum(each.unit.weight for each in own if key in each.clauses) for key in ranked}
    fullest = direct[ranked[0]]
    possible = [key for key in ranked if scores[key] >= _POSSIBLE * most and direct[key] >= _AS_FULL * fullest]
    for index, place in possible[:_CHOICES]:
        sentence = sources[index].clauses[place].sentence
        lacking = [
            each.unit.weight * (_BESIDE_IT if any(at == index for at, _ in each.clauses) else 1.0)
            for each in own
            if not _counts(each, index, sentence, sources[index], claim)
        ]
        total = sum(each.unit.weight for each in own)
        good = [key[1] for key in ranked if key[0] == index and scores[key] >= _AS_GOOD * scores[index, place]]
        covered = 1 - sum(lacking) / total if total else 1.0
        found.append(
            Aligned(clause, number, own, index, sentence, place, covered, tuple(good), max(lacking, default=0.0))
        )
    return (found[0], *(each for each in found[1:] if each.coverage >= found[0].coverage - _LESS))


def _telling(borne: Borne) -> float:
    """How much a unit tells of where it rests: less where many clauses bear it."""
    return float(borne.unit.weight / max(1, len(borne.clauses)) ** 0.5)


def _counts(borne: Borne, index: int, sentence: int, source: Reading, claim: Reading) -> bool:
    """Whether a sentence bears a unit: it has it, or it is a name or a person that the source speaks of before."""
    if _in_sentence(borne, index, sentence, source):
        return True
    if not is_named(borne.unit, claim):
        return False
    soft = not borne.clauses and not municipalities_in(borne.unit.text)
    return soft or any(at == index and source.clauses[n].sentence <= sentence for at, n in borne.clauses)


def is_named(unit: Unit, claim: Reading) -> bool:
    """Whether a unit is a municipality or a person or body, whose own rules hold."""
    members = any(
        each.start == unit.start and each.contrast in ("party", "age", "kin", "body") for each in claim.members
    )
    return members or bool(municipalities_in(claim.text[unit.start : unit.end]))


def _in_sentence(borne: Borne, index: int, sentence: int, source: Reading) -> float:
    return max(
        (
            score
            for (number, place), score in borne.clauses.items()
            if number == index and source.clauses[place].sentence == sentence
        ),
        default=0.0,
    )


def _figures_shared(claim: Reading, number: int, source: Reading, place: int) -> int:
    said = {figure.value for figure in claim.figures if claim.clause_at(figure.start) == number and figure.value != 1.0}
    return len(said & {figure.value for figure in source.figures if source.clause_at(figure.start) == place})
