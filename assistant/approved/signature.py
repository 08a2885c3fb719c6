"""The signature of a question: all that its answer hangs on, as plain values that are kept with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from assistant.answering import Asked, Given
from assistant.approved.facts import Facts
from assistant.approved.reading import Reading, Term, read
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
    words = _known(asked.library)
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


def _known(library: Library) -> frozenset[str]:
    known = library.respelling.words
    return frozenset(known) | frozenset(known.values())


def signature_to_json(signature: Signature) -> list[Any]:
    """The signature as lists, since it is kept with every answer."""
    return [list(signature[:4]), [_plain(turn) for turn in signature.turns], *signature[5:]]


def _plain(reading: Reading) -> list[Any]:
    return [list(each) if isinstance(each, tuple) else each for each in reading]
