"""Claims: what a yes-or-no question about a fact states, held against what one statement says of the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.evidence import Evidence, Gathering
from assistant.figures import number_of
from assistant.frames import fold_text
from assistant.library import Library
from assistant.places import places
from assistant.question import Question
from assistant.wanted import table as answer_types
from assistant.weighing import Weighed
from assistant.words import TABLES, stems, tokens

# How much of the rest of a claim a statement must hold for its other word to deny the claim, or its own to confirm it.
_SAME_MATTER = 0.7
_SAME_AGENT = 0.6
_FULL = 0.7
_IS_HELD = 0.5
_UNITS = frozenset(
    "ar arig arige gang gange dag dage uge uger maned maneder year years old day days month months".split()
)
# "Er det KL, der evaluerer?", "Was it the minister who ...?": who is claimed to do it.
_CLEFT = re.compile(r"\b(?:er|var|is|was) (?:det|it) (?P<who>[^?]{2,60}?),? (?:der|som|who|that|which)\b")


class Opposites(NamedTuple):
    """The table of tables/opposites.toml, as stems and patterns over folded text."""

    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    offices: tuple[re.Pattern[str], ...]
    instances: tuple[tuple[frozenset[str], frozenset[str]], ...]
    sweeping: frozenset[str]


@lru_cache(maxsize=1)
def opposites() -> Opposites:
    """The compiled table."""
    with (TABLES / "opposites.toml").open("rb") as file:
        read = tomllib.load(file)
    return Opposites(
        tuple((frozenset(stems(row["one"])), frozenset(stems(row["other"]))) for row in read["opposite"]),
        tuple(re.compile(row["pattern"]) for row in read["office"]),
        tuple((frozenset(stems(row["words"])), frozenset(stems(row["means"]))) for row in read["instance"]),
        frozenset(token.word for token in tokens(read["sweeping"]["words"])),
    )


def contrary(question: Question, item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether a statement says the opposite of what the question states, or gives it to somebody else."""
    return (
        _opposite(question.text, item, gathering, library)
        or _other_office(item, gathering, library)
        or _other_agent(question.text, item, gathering, library)
    )


def _opposite(text: str, item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether the statement has the opposite of one of the question's words, and speaks of the rest."""
    asked, said = set(stems(text)), set(stems(item.statement.said))
    for pair in opposites().pairs:
        for mine, theirs in (pair, pair[::-1]):
            if not (asked & mine and said & theirs) or asked & theirs or said & mine:
                continue
            rest = [term for term in gathering.terms if not set(stems(term.surface)) & mine]
            if rest and share(rest, item, library) >= _SAME_MATTER:
                return True
    return False


def _other_office(item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether the statement names an office of the kind that the question names, but another one."""
    said = fold_text(item.statement.said)
    features = library.features(item.passage, item.statement)
    for office in opposites().offices:
        named = [term for term in gathering.terms if office.search(fold_text(term.surface))]
        if not named or not office.search(said) or any(term.match(features) >= _IS_HELD for term in named):
            continue
        rest = [term for term in gathering.terms if term not in named]
        if rest and share(rest, item, library) >= _SAME_AGENT:
            return True
    return False


def _other_agent(text: str, item: Evidence, gathering: Gathering, library: Library) -> bool:
    """Whether the statement says who does what the question says that somebody else does ("Er det KL, der ...?")."""
    match = _CLEFT.search(fold_text(text))
    if not match:
        return False
    who = {token.word for token in tokens(match["who"])}
    named = [term for term in gathering.terms if {token.word for token in tokens(term.surface)} <= who]
    said = item.statement.said
    own = library.lexicon.features(said)
    if any(term.match(own) >= _IS_HELD for term in named) or (not named and match["who"] in fold_text(said)):
        return False
    rest = [term for term in gathering.terms if term not in named]
    agents = next(wanted for wanted in answer_types()[0] if wanted.form == "who")
    return bool(rest) and agents.shaped(said) and share(rest, item, library) >= _SAME_MATTER


def share(terms: Iterable[Weighed], item: Evidence, library: Library) -> float:
    """The weighed share of terms that a statement holds, in its own words or in those it hangs under."""
    features = library.features(item.passage, item.statement)
    said = set(stems(item.statement.said))
    total = got = 0.0
    for term in terms:
        total += term.weight
        got += term.weight * (1.0 if _meant(term, said) else min(1.0, term.match(features) / _FULL))
    return got / total if total else 0.0


def _meant(term: Weighed, said: set[str]) -> bool:
    """Whether a statement means a person of the question by a wider word."""
    word = set(stems(term.surface))
    return any(word <= words and means & said for words, means in opposites().instances)


def of_matter(terms: Iterable[Weighed]) -> list[Weighed]:
    """The terms without figures, their units and months, which are compared as values."""
    return [term for term in terms if not all(_is_value(token.word) for token in tokens(term.surface))]


def _is_value(word: str) -> bool:
    return number_of(word) is not None or word in _UNITS or word in places().months or word in ("over", "under")


def sweeps(asked: str, said: str) -> bool:
    """Whether a question claims of all, or of one only, what a statement says without such a word."""
    words = {token.word for token in tokens(asked)} & opposites().sweeping
    return bool(words) and not {token.word for token in tokens(said)} & opposites().sweeping
