"""Setting the scene: which words of a question only tell who says so, where one sits, or under what circumstances."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.first_names import places_of_first_names
from assistant.frames import frames
from assistant.portrait import portrait_weights
from assistant.words import Token, marked

# What a subordinate clause ("når borgeren er flyttet, ...") weighs against the clause that asks.
_CLAUSE = 0.6
_ENDS = ",;:.?!"


def place_weights(text: str, words: Sequence[Token]) -> list[float]:
    """What each word's place lets it weigh: 0 in an aside ("min chef siger, at"), less in a side clause, else 1."""
    weights = _clauses(text, words)
    line, starts = _line(text, words)
    for cue in frames().asides:
        for match in cue.pattern.finditer(line):
            for place, start in enumerate(starts):
                if match.start() <= start < match.end():
                    weights[place] = 0.0
    for place in places_of_first_names(text, words):
        weights[place] = 0.0
    portrait = portrait_weights(text, words)
    weights = [here * told for here, told in zip(weights, portrait, strict=True)]
    return weights if any(weights) else [1.0] * len(words)


def _line(text: str, words: Sequence[Token]) -> tuple[str, list[int]]:
    """The folded words with a comma where the text has a mark between them, and where each word begins."""
    line, starts = "", []
    for place, word in enumerate(words):
        if place:
            line += ", " if marked(text, words, place, _ENDS) else " "
        starts.append(len(line))
        line += word.word
    return line, starts


def _clauses(text: str, words: Sequence[Token]) -> list[float]:
    """Less for the words of a clause that a conjunction opens, up to the next mark; else 1."""
    weights = [1.0] * len(words)
    for place, word in enumerate(words):
        if word.word not in frames().conjunctions:
            continue
        end = next((at for at in range(place + 1, len(words)) if marked(text, words, at, _ENDS)), len(words))
        if place == 0 and end == len(words):  # "When does it end?" asks; it sets no scene
            continue
        weights[place:end] = [_CLAUSE] * (end - place)
    asks = (word.word for word, weight in zip(words, weights, strict=True) if weight == 1.0)
    return [1.0] * len(words) if frames().carriers.issuperset(asks) else weights
