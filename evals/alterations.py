"""True sentences turned false in one thing each."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SWAPS = (
    ("modality", r"\bskal\b", "kan"),
    ("modality", r"\bkan\b", "skal"),
    ("negation", r"\bikke\b\s?", ""),
    ("negation", r"\bIKKE\b\s?", ""),
    ("quantifier", r"\balle\b", "nogle"),
    ("modality", r"\bmust\b", "may"),
    ("negation", r"\bnot\b\s?", ""),
)
_VERB = re.compile(r"\b(?:er|har|vil|gælder|fritages|omfatter|indebærer|gives|står|is|are|has)\b")
_NUMBER = re.compile(r"(?<!\[)\b\d{1,4}\b(?!\])")


def altered(sentence: str) -> Iterator[tuple[str, str]]:
    """(kind, false sentence) for each thing that can be turned."""
    for kind, pattern, other in _SWAPS:
        turned = re.sub(pattern, other, sentence, count=1)
        if turned != sentence:
            yield kind, turned
    if number := _NUMBER.search(sentence):
        yield "number", f"{sentence[: number.start()]}{int(number.group()) + 3}{sentence[number.end() :]}"
    if verb := _VERB.search(sentence):
        yield "negation", f"{sentence[: verb.end()]} ikke{sentence[verb.end() :]}"
    yield "name", re.sub(r"\s(\[\d+\]\.)$", r" også i Struer Kommune \1", sentence)
