"""Aim: of the words of a question, the thing that is to be done, or left undone, or that is said to hold."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.kinds import DOING, THING
from assistant.models import Language
from assistant.words import TABLES, Token, fold, marked, spell

# How a thing stands to the verb that is asked about, nearest first; 0 where it is not what the verb is about.
OBJECT, HANGS_ON_IT, SUBJECT = 1, 2, 3
# Who does it, where the verb has an object: "Kan familieafdelingen overtage jobsagen?"
AGENT = 4
# Words that without their æ, ø or å are other small words.
_UNFOLDED = frozenset({"før", "får"})
_ENDS = ",;:.?!()–"
_TO = frozenset({"at", "to"})
# Words before a modal that still begins its clause ("og skal vi ...", "or must we ...").
_ALSO = frozenset({"og", "men", "sa", "eller", "and", "but", "so", "or", "then", "at"})
# Verbs that govern a verb do so across at most so many words ("få lov til at ...").
_GOVERNS = 4


class _Words(NamedTuple):
    """The small words of one language, folded."""

    opens: frozenset[str]
    verbs: frozenset[str]
    prepositions: frozenset[str]
    settings: frozenset[str]
    breaks: frozenset[str]
    definite: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, _Words]:
    with (TABLES / "aim.toml").open("rb") as file:
        read = tomllib.load(file)
    return {language: _Words(*(_forms(read[name][language]) for name in _Words._fields)) for language in ("da", "en")}


def _forms(listed: str) -> frozenset[str]:
    """The words as spelt, and as folded where that makes no other small word of them ("før" is not "for")."""
    found = listed.split()
    return frozenset(map(spell, found)) | frozenset(fold(word) for word in found if word not in _UNFOLDED)


def is_preposition(word: str, language: Language) -> bool:
    """Whether a word begins a phrase that tells how, where or with what."""
    return word in _table()[language].prepositions


class _Clause(NamedTuple):
    """The clause that asks: its words, their kinds ("" for one that only carries the question), and where it ends."""

    words: Sequence[Token]
    kinds: Sequence[str]
    small: _Words
    end: int

    def is_verb(self, place: int) -> bool:
        return self.kinds[place] == DOING or self.words[place].word in self.small.verbs

    def is_thing(self, place: int) -> bool:
        return self.kinds[place] == THING and self.words[place].word not in self.small.verbs

    def is_named(self, place: int) -> bool:
        """Whether a thing stands behind the verb: there a word that might be a verb is one only after "at" or "og"."""
        governed = self.words[place - 1].word in _TO | _ALSO
        return self.is_thing(place) or (self.kinds[place] == DOING and not governed)


def aims(text: str, words: Sequence[Token], language: Language, kind_at: Callable[[int], str]) -> Mapping[int, int]:
    """Places of the things that the question's verb is about, with how each stands to it; {} where none is found."""
    small = _table()[language]
    opening = _opening(text, words, small, kind_at)
    if opening < 0:
        return {}
    end = next((at for at in range(opening + 1, len(words)) if _breaks(text, words, at, small)), len(words))
    clause = _Clause(words, [kind_at(at) for at in range(len(words))], small, end)
    verb = _last_verb(clause, opening)
    subject = _head(clause, opening + 1, verb if verb > opening else end, alone=True)
    if verb == opening:
        return _of_a_verb_first(clause, opening, subject)
    found = _after(clause, verb + 1)
    passive = words[verb].word.endswith("s") and language == "da" and len(words[verb].word) > 3
    if subject >= 0 and (passive or not found):
        return {subject: SUBJECT} | found
    return {subject: AGENT} | found if subject >= 0 else found


def _opening(text: str, words: Sequence[Token], small: _Words, kind_at: Callable[[int], str]) -> int:
    """The place of the modal that asks (the last that begins a clause, or the first), or of the first verb."""
    modals = [at for at, word in enumerate(words) if word.spelt in small.opens or word.word in small.opens]
    first = [at for at in modals if at == 0 or _breaks(text, words, at, small) or words[at - 1].word in _ALSO]
    if modals:
        return first[-1] if first else modals[0]
    return next((at for at, word in enumerate(words) if word.word in small.verbs or kind_at(at) == DOING), -1)


def _breaks(text: str, words: Sequence[Token], place: int, small: _Words) -> bool:
    return marked(text, words, place, _ENDS) or words[place].spelt in small.breaks or words[place].word in small.breaks


def _last_verb(clause: _Clause, opening: int) -> int:
    """The verb that says what is done: the first one, or the one that it governs ("undlade at skrive")."""
    verb = next((at for at in range(opening + 1, clause.end) if clause.is_verb(at)), opening)
    while True:
        reach = range(verb + 1, min(clause.end - 1, verb + 1 + _GOVERNS))
        mark = next((at for at in reach if clause.words[at].word in _TO and clause.is_verb(at + 1)), -1)
        if mark < 0 or any(clause.is_thing(at) for at in range(verb + 1, mark)):
            return verb
        verb = mark + 1


def _of_a_verb_first(clause: _Clause, verb: int, subject: int) -> Mapping[int, int]:
    """ "Dækker staten udgifterne?" is about the second thing, "Gælder pligten i ferien?" about the first."""
    if subject < 0:
        return _after(clause, verb + 1)
    found = _after(clause, subject + 1)
    second = {place: how for place, how in found.items() if how == OBJECT}
    return {subject: SUBJECT} | found if not second else found


def _after(clause: _Clause, start: int) -> dict[int, int]:
    """The object from `start` on and what hangs on it."""
    found: dict[int, int] = {}
    how, place = OBJECT, start
    while place < clause.end:
        word = clause.words[place]
        if {word.word, word.spelt} & clause.small.settings:
            how = 0
        elif word.word in clause.small.prepositions:
            how = HANGS_ON_IT
        elif clause.is_named(place):
            last = _run(clause, place)
            if how and how not in found.values():
                found[last] = how
            how, place = 0 if how == 0 else HANGS_ON_IT, last
        place += 1
    return found


def _head(clause: _Clause, start: int, end: int, alone: bool) -> int:
    """The head of the first thing between two places, if no preposition stands before it; -1 if there is none."""
    for place in range(start, min(end, clause.end)):
        if clause.words[place].word in clause.small.prepositions | clause.small.settings and alone:
            return -1
        if clause.is_named(place):
            return min(_run(clause, place), end - 1)
    return -1


def _run(clause: _Clause, place: int) -> int:
    """The last of the things that stand side by side from a place on ("skolens elevplan"); "staten" ends its own."""
    while place + 1 < clause.end and clause.is_named(place + 1) and not _is_definite(clause, place):
        place += 1
    return place


def _is_definite(clause: _Clause, place: int) -> bool:
    return clause.words[place].word.endswith(tuple(clause.small.definite))
