"""Which documents a question names: "2017-listen", "brevet fra december", "begge udgaver", "the ministry's letters"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.models import Span
from assistant.places import places
from assistant.words import Token, tokens

_YEAR = re.compile(r"20[0-4]\d")
_DAY = re.compile(r"\d{1,2}")
# What may stand between a document's word and its date: "brevet fra den 20. december", "letter of 20 December".
_LINKS = frozenset("fra af i den d in of from dated for the".split())
_BESIDE = frozenset("den det de d the to tre alle two three all begge both bade og and".split())
# A list that is asked for, not one that exists: "en liste over", "a full list of".
_ASKED_FOR = frozenset("en et a an full komplet fuld hele complete samlet short kort".split())
# What is counted is no document that one looks in: "hvor mange ansøgninger".
_COUNTING = frozenset("mange flest many most antal".split())
_CONTENT = frozenset("over med".split())


@dataclass(frozen=True)
class Named:
    """A document as a question names it; no `kinds`: an edition of whatever there are several editions of.

    `order` is "first" or "last" where the question means the oldest or newest of several, `plural` where it speaks of
    more than one. `span` is where the words that name it stand, its date among them.
    """

    kinds: tuple[str, ...]
    span: Span
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    order: str = ""
    senders: tuple[str, ...] = ()
    plural: bool = False


def documents_in(text: str, at_hand: frozenset[str] = frozenset()) -> tuple[Named, ...]:
    """The documents that `text` names, in order; of the kinds at hand where these are given."""
    words = tokens(text)
    found: list[Named] = []
    place = 0
    while place < len(words):
        if not _is_head(words, place, at_hand):
            place += 1
            continue
        first = _backwards(words, place, found[-1].span.end if found else 0)
        last = _forwards(text, words, place, at_hand)
        found.append(_named(words[first : last + 1], at_hand))
        place = last + 1
    return tuple(found)


def _is_head(words: tuple[Token, ...], place: int, at_hand: frozenset[str]) -> bool:
    """Whether a document or an edition is named here; "List every ..." and "en liste over ..." name none."""
    word = words[place]
    if word.word in places().describing:
        return False
    if counted(words, place):
        return False
    if word.word in places().editions:
        return True
    if not _kinds(word, at_hand):
        return False
    before = words[place - 1].word if place else ""
    after = words[place + 1].word if place + 1 < len(words) else ""
    dated = place + 2 < len(words) and _is_date(words[place + 2])
    asked_for = before in _ASKED_FOR or after in _CONTENT or (after == "of" and not dated)
    return not (word.word == "list" and not before) and not (asked_for and word.stem.startswith("list"))


def counted(words: tuple[Token, ...], place: int) -> bool:
    """Whether the word at `place` is only counted ("hvor mange ansøgninger") and names nothing to look in."""
    return place > 0 and words[place - 1].word in _COUNTING


def _kinds(word: Token, at_hand: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind for kind in places().document(word) if not at_hand or kind in at_hand)


def _is_date(word: Token) -> bool:
    return bool(_YEAR.fullmatch(word.word) or _DAY.fullmatch(word.word)) or word.word in places().months


def _describes(word: Token) -> bool:
    return word.word in places().order or word.word in places().describing or bool(_sent_by([word]))


def _backwards(words: tuple[Token, ...], place: int, floor: int) -> int:
    """The first word of what names the document: dates, "den gamle", "ministeriets" stand before it."""
    first = place
    while first and words[first - 1].start >= floor:
        before = words[first - 1]
        if not (_is_date(before) or _describes(before) or before.word in _BESIDE):
            break
        first -= 1
    while words[first].word in ("og", "and"):
        first += 1
    return first


def _forwards(text: str, words: tuple[Token, ...], place: int, at_hand: frozenset[str]) -> int:
    """The last word of what names the document: its date, or its kind behind "udgave af"."""
    last = place
    headed = words[place].word not in places().editions
    for at in range(place + 1, len(words)):
        word = words[at]
        if re.search(r"[?!;:\n]|[.,]\s", text[words[at - 1].end : word.start]) and not _DAY.fullmatch(
            words[at - 1].word
        ):
            break
        kind = bool(_kinds(word, at_hand)) and not headed
        if _is_date(word) or kind or (_describes(word) and not headed):
            headed = headed or kind
            last = at
        elif word.word not in _LINKS | {"og", "and"}:
            break
    return last


def _named(words: tuple[Token, ...], at_hand: frozenset[str]) -> Named:
    kinds = [_kinds(word, at_hand) for word in words if word.word not in places().describing]
    months = [number for word in words for name, number in places().months.items() if _of_month(word.word, name)]
    months += [int(words[at - 1].word) for at in range(2, len(words)) if _is_numeric(words[at - 2 : at + 1])]
    order = [places().order[word.word] for word in words if word.word in places().order]
    return Named(
        next((each for each in kinds if each), ()),
        Span(words[0].start, words[-1].end),
        tuple(int(word.word) for word in words if _YEAR.fullmatch(word.word)),
        tuple(months),
        order[0] if order else "",
        _sent_by(words),
        any(word.word.endswith(places().plurals) for word in words),
    )


def _of_month(word: str, name: str) -> bool:
    """Whether a word is a month or a compound that begins with one ("februarbrevet"); "may" begins too many words."""
    return word == name or (len(name) > 3 and word.startswith(name))


def _is_numeric(three: tuple[Token, ...]) -> bool:
    """Whether three words are a date in figures: "20-12-2017"."""
    day, month, year = (word.word for word in three)
    return bool(_DAY.fullmatch(day) and _DAY.fullmatch(month) and _YEAR.fullmatch(year)) and 1 <= int(month) <= 12


def _sent_by(words: Iterable[Token]) -> tuple[str, ...]:
    """The kinds that a sender's name narrows to: the ministry's letters, or the mayors'."""
    for word in words:
        for begin, kinds in places().senders:
            if word.word.startswith(begin):
                return kinds
    return ()
