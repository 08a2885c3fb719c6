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
_PHRASE = 50


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


def counts_others(said: Figure, claim: Reading, source: Reading, rests: Aligned) -> bool:
    """Whether a claim counts by a number what its source counts by another: the nouns that follow the numbers."""
    counted = _following(claim.text, said)
    for borne in rests.units:
        if borne.unit.start not in counted or not borne.unit.weight:
            continue
        places = {place for at, place in borne.places if at == rests.source}
        near = [each for each in source.figures if source.sentence_at(each.start) == rests.sentence]
        counting = [each for each in near if places & _following(source.text, each)]
        if counting and all(each.value != said.value and not isinstance(each.value, Date) for each in counting):
            return True
    return False


def _following(text: str, figure: Figure) -> set[int]:
    """Where the words begin that a number may count: up to three, within its phrase."""
    if isinstance(figure.value, Date) or figure.ordinal:
        return set()
    phrase = re.split(r"[,.;:()]|\b(?:og|and|i|in|til|to|for|om|af|of)\b", text[figure.end : figure.end + _PHRASE])[0]
    return {figure.end + word.start() for word in list(re.finditer(r"\w+", phrase))[:3]}
