"""The signature of a question: all that its answer hangs on, as plain values that are kept with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assistant.answering import Asked, Given
from assistant.approved.facts import Facts
from assistant.approved.reading import Reading, read
from assistant.approved.terms import Term
from assistant.library import Library
from assistant.models import Citation, Language

_TURNS = 5
_CITED = 3
_NEAR = 6


class Signature(NamedTuple):
    """`turns` are the question and, where it hangs on them, the earlier ones before it, each taken apart.

    `reading` is the version of the program that took it apart; `verdict`, `rule` and `cited` are what the documents
    say to it (the passages that it cites), `near` the passages that speak best to it.
    """

    reading: str
    language: Language
    network: str
    as_of: str
    turns: tuple[Reading, ...]
    verdict: str
    rule: str
    cited: tuple[str, ...]
    near: tuple[str, ...]


def signature_of(given: Given, asked: Asked, reading: str) -> Signature | None:
    """The signature of a question that was understood; None for one in a foreign language or without words."""
    question, received = given.question, asked.received
    if question is None:
        return None
    hangs = question.text != received.text
    texts = [*received.history[-_TURNS:], received.text] if hangs else [received.text]
    words = asked.library.known_words
    return Signature(
        reading,
        received.language,
        asked.library.network_name,
        asked.as_of.isoformat() if asked.as_of else "",
        tuple(read(text, received.language, asked.lexicon, words) for text in texts),
        given.answer.verdict,
        str(given.answer.explanation.get("rule", "")),
        tuple(_passage(each, asked.library) for each in given.answer.citations[:_CITED]),
        tuple(hit.passage.id for hit in given.hits[:_NEAR]),
    )


def _passage(citation: Citation, library: Library) -> str:
    """The id of the passage that a quote is from."""
    found = (each for each in library.passages.values() if each.source_id == citation.source_id)
    return next((each.id for each in found if any(s.start <= citation.start < s.end for s in each.spans)), "")


def signature_to_json(signature: Signature) -> dict[str, Any]:
    """The signature as plain values: each turn as a list, since it is kept with every answer."""
    return {**signature._asdict(), "turns": [_plain(turn) for turn in signature.turns]}


def signature_from_json(values: Any) -> Signature | None:
    """The signature that `signature_to_json` gave these values of; None for what no such values are."""
    if not isinstance(values, Mapping) or set(values) != set(Signature._fields):
        return None
    turns = [_turn(turn) for turn in values["turns"]] if isinstance(values["turns"], Sequence) else []
    if not turns or None in turns:
        return None
    named = {**values, "turns": tuple(turns), "cited": tuple(values["cited"]), "near": tuple(values["near"])}
    return Signature(*(named[name] for name in Signature._fields))


def _plain(reading: Reading) -> list[Any]:
    return [*(list(each) if isinstance(each, tuple) else each for each in reading)]


def _turn(values: Any) -> Reading | None:
    """One turn of its list; None for the list of a version that took a question apart in another way."""
    if not isinstance(values, Sequence) or len(values) != len(Reading._fields):
        return None
    named = dict(zip(Reading._fields, values, strict=True))
    facts, terms, words = named["facts"], named["terms"], named["words"]
    if len(facts) != len(Facts._fields) or any(len(term) != len(Term._fields) for term in terms):
        return None
    named |= {
        "modals": tuple(named["modals"]),
        "more": tuple(named["more"]),
        "facts": Facts(*(tuple(each) for each in facts)),
        "terms": tuple(Term(*term) for term in terms),
        "words": tuple(tuple(piece) for piece in words),
    }
    return Reading(**named)
