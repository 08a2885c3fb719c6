"""How presence is asked: whether documents say a thing, which of them do, in each or in all of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.frames import Cue, built, compile_cues, fold_text
from assistant.models import Span
from assistant.question import Question
from assistant.words import TABLES, tokens

# "Because § 140 is on the list, ..." says what a document holds and asks for what follows (folded text).
_GIVEN_AS_REASON = re.compile(r"\b(because|since|fordi|eftersom)\b(?:\W+\w+){0,6}\W*$")


class Frame(NamedTuple):
    """How presence is asked: `how` is said, listed, which or enumerated; of one document or of all, and no other."""

    how: str
    each: bool
    only: bool


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The patterns of tables/presence.toml."""
    return compile_cues(_table()["presence"])


@lru_cache(maxsize=1)
def carriers() -> frozenset[str]:
    """Words that only carry a question of this sort, and are no topic in it."""
    return frozenset(token.word for token in tokens(_table()["carrier"]["words"]))


def _table() -> dict[str, Any]:
    with (TABLES / "presence.toml").open("rb") as file:
        return tomllib.load(file)


def masked(text: str, documents: Iterable[Span]) -> str:
    """The folded text with each document that it names as one word, also where two namings touch."""
    last = len(text)
    for span in sorted(set(documents), reverse=True):
        end = min(span.end, last)
        text, last = f"{text[: span.start]}zdokz{text[end:]}", span.start
    return fold_text(text)


def frame_of(question: Question, titles: Sequence[Span] = ()) -> Frame | None:
    """How the question asks what documents say; None when it asks anything else."""
    spans = (*(named.span for named in question.documents), *titles)
    later = tuple(Span(each.start - question.turn, each.end - question.turn) for each in spans)
    # What a follow-up asks, its own words say; one that only points back ("Også § 54?") asks as the turn before.
    own = _framed(question, masked(question.text[question.turn :], (each for each in later if each.start >= 0)))
    return own or _framed(question, masked(question.text, spans))


def _framed(question: Question, text: str) -> Frame | None:
    names = {cue.name: match.start() for cue in reversed(cues()) if (match := cue.pattern.search(text))}
    how = next((name for name in ("which", "said", "listed", "enumerated") if name in names), "")
    if not how or ("acting" in names and how != "which"):
        return None
    if how == "listed" and _GIVEN_AS_REASON.search(text[: names[how]]):
        return None
    fronted = built("fronted", text)
    asks = fronted.start("asks") if fronted else 0
    wh = built("wh", text[asks:])
    if how != "which" and wh and asks + wh.start() < names[how]:
        return None
    plural = len(question.documents) > 1 or any(each.plural or len(each.years) > 1 for each in question.documents)
    plural = plural or len(set(question.years)) > 1
    if plural and "compared" in names:
        return None
    return Frame(how, plural and "any" not in names, "only" in names and "any" not in names)
