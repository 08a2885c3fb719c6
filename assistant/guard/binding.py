"""Which of several figures in a sentence is the one of what a claim speaks of: the one that stands nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.guard.alignment import Aligned
from assistant.guard.facts import Date, Figure
from assistant.guard.reading import Reading

# What a comma and a conjunction between a figure and a word add to their distance, in characters.
_COMMA, _AND, _FLAT, _STEEP = 30, 12, 6, 1.5
_AS_NEAR = 0.93


def bound_to(
    said: Figure, agreeing: list[Figure], given: list[Figure], claim: Reading, source: Reading, rests: Aligned
) -> list[Figure]:
    """Those of the agreeing figures that no other figure of their kind stands nearer to the claim's words than."""
    spoken = {figure.value for figure in claim.figures}
    rivals = [
        each
        for each in given
        if isinstance(each.value, Date) == isinstance(said.value, Date)
        and each.ordinal == said.ordinal
        and each not in agreeing
        and each.value not in spoken
    ]
    if not rivals:
        return agreeing
    places = _places(source, rests)
    strongest = max(_pull(rival, places, source) for rival in rivals)
    return [each for each in agreeing if _pull(each, places, source) >= _AS_NEAR * strongest]


def _places(source: Reading, rests: Aligned) -> list[tuple[int, float]]:
    """Where the words of the claim's clause stand in the sentence, with their weights."""
    found = []
    for borne in rests.units:
        own = [
            place
            for at, place in borne.places
            if at == rests.source and source.sentence_at(place) == rests.sentence and borne.unit.weight
        ]
        found += [(place, borne.unit.weight / len(own)) for place in own]
    return found


def _pull(figure: Figure, places: Sequence[tuple[int, float]], source: Reading) -> float:
    return float(sum(weight / (_FLAT + _distance(figure, place, source.text)) ** _STEEP for place, weight in places))


def _distance(figure: Figure, place: int, text: str) -> int:
    word = re.match(r"\w*", text[place:])
    end = place + (word.end() if word else 0)
    between = text[figure.end : place] if place >= figure.end else text[end : figure.start]
    return len(between) + _COMMA * between.count(",") + _AND * between.count(" og ")
