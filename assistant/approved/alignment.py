"""The words of two questions held against each other: which stand for which, how closely, and which stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assistant.approved.forms import Word, apart, compounded, derived, inflected, mistyped, related, synonymous
from assistant.approved.kinds_of_words import exclude
from assistant.approved.terms import Term
from assistant.models import Language
from assistant.words import fold

# A form of the same word or a slip in it; of the same root; another word for the same; one that is nearly the same.
FORM, CLOSE, LOOSE, FAR = 0, 1, 2, 3
ONE = "#1"


class Pair(NamedTuple):
    """Two words that stand for each other, and how closely."""

    one: Term
    other: Term
    level: int


class Alignment(NamedTuple):
    """The pairs, and what is left on either side that no other word there accounts for."""

    pairs: tuple[Pair, ...]
    left: tuple[Term, ...]
    right: tuple[Term, ...]


_ORDER = frozenset(
    (
        "anden andet andre naste forrige sidste over under for efter inden mindst hojst tidligst senest indtil uden "
        "other next last previous former before after least most earliest latest until without"
    ).split()
)
_Fits = Callable[[Term, Term, Language], bool]


def _form(one: Term, other: Term, language: Language) -> bool:
    second = {one.spelt, other.spelt} in ({"#2.", "anden"}, {"#2.", "andet"})
    return second or inflected(one.spelt, other.spelt, language) or mistyped(_word(one), _word(other), language)


def _close(one: Term, other: Term, language: Language) -> bool:
    return derived(one.spelt, other.spelt, language)


def _loose(one: Term, other: Term, language: Language) -> bool:
    return synonymous(one.spelt, other.spelt, language) and not exclude(one.spelt, other.spelt)


def _far(one: Term, other: Term, language: Language) -> bool:
    return related(one.spelt, other.spelt, language) and not _told_apart(one, other, language)


def _told_apart(one: Term, other: Term, language: Language) -> bool:
    return exclude(one.spelt, other.spelt) or apart(one.spelt, other.spelt, language)


_STEPS: tuple[tuple[int, _Fits], ...] = ((FORM, _form), (CLOSE, _close), (LOOSE, _loose), (FAR, _far))


def align(ours: Sequence[Term], theirs: Sequence[Term], language: Language) -> Alignment:
    """The closest pairs first, each word in one of them; then phrases of the glossary, and compounds."""
    pairs: list[Pair] = []
    left, right = list(ours), list(theirs)
    for level, fits in _STEPS:
        _pair(left, right, level, lambda one, other, fits=fits: fits(one, other, language), pairs)  # type: ignore[misc]
    _compounds(left, right, ours, theirs, language, pairs)
    _phrases(left, right, ours, theirs, language, pairs)
    return Alignment(tuple(pairs), tuple(_untold(left, ours, language)), tuple(_untold(right, theirs, language)))


def _untold(alone: Sequence[Term], own: Sequence[Term], language: Language) -> Iterator[Term]:
    """What stands alone and is not said before; one thing that is counted is told with its number."""
    for each in alone:
        counted = any(other.spelt == ONE and _next(other, own) is each for other in alone)
        if counted or not _said_before(each, own, alone, language):
            # "Een plan" is a plan of which there is one: left out, it is a condition that is gone.
            yield each._replace(soft=False) if counted or (each.spelt == ONE and _next(each, own) in alone) else each


def _next(term: Term, own: Sequence[Term]) -> Term | None:
    """The word behind a word."""
    return min((each for each in own if each.place > term.place), key=lambda each: each.place, default=None)


def _pair(
    left: list[Term], right: list[Term], level: int, fits: Callable[[Term, Term], bool], pairs: list[Pair]
) -> None:
    for one in list(left):
        found = [other for other in right if fits(one, other)]
        if found:
            best = max(found, key=lambda other: (one.spelt == other.spelt, one.role == other.role, -other.place))
            left.remove(one)
            right.remove(best)
            pairs.append(Pair(one, best, level))


def _word(term: Term) -> Word:
    return Word(term.spelt, term.known)


def _phrases(
    left: list[Term],
    right: list[Term],
    ours: Sequence[Term],
    theirs: Sequence[Term],
    language: Language,
    pairs: list[Pair],
) -> None:
    """What one phrase of the glossary says in other words on the other side, where both have it as often."""
    mine, others = _instances(ours), _instances(theirs)
    for name in mine.keys() & others.keys():
        if len(mine[name]) != len(others[name]):
            continue
        alone = [each for each in left if _name(each) == name]
        beside = [each for each in right if _name(each) == name]
        if not (alone or beside) or any(_orders(each) for each in (*alone, *beside)):
            continue
        if alone and beside and any(_name(pair.one) == name or _name(pair.other) == name for pair in pairs):
            continue  # "samtale over telefon" and "samtale over video": the same but for what tells them apart
        # A single word of the glossary for another one is no strict synonym: the glossary widens a search.
        if not _is_phrase(name, ours) and not _is_phrase(name, theirs):
            continue
        if any(_told_apart(one, other, language) for one in alone for other in beside):
            continue
        for each in alone:
            left.remove(each)
        for each in beside:
            right.remove(each)
        anchor = next(each for each in (*alone, *ours) if _name(each) == name)
        against = next(each for each in (*beside, *theirs) if _name(each) == name)
        pairs.append(Pair(anchor, against, LOOSE))


def _is_phrase(name: str, own: Sequence[Term]) -> bool:
    """Whether a question has something of the glossary in several words."""
    return any(len([each for each in own if each.concept == one]) > 1 for one in _instances(own).get(name, ()))


def _name(term: Term) -> str:
    return term.concept.split("/")[0]


def _instances(every: Sequence[Term]) -> dict[str, set[str]]:
    """The glossary's phrases of a question, each with the times that it has it."""
    found: dict[str, set[str]] = {}
    for each in every:
        if each.concept:
            found.setdefault(_name(each), set()).add(each.concept)
    return found


def _orders(term: Term) -> bool:
    """Whether a word numbers things, which no other word stands for: the first round is not the second."""
    return term.spelt.startswith("#") or fold(term.spelt) in _ORDER


def _compounds(
    left: list[Term],
    right: list[Term],
    ours: Sequence[Term],
    theirs: Sequence[Term],
    language: Language,
    pairs: list[Pair],
) -> None:
    """A compound on one side that the other has in two words, at least one of them not paired yet."""
    for mine, others, every in ((left, right, theirs), (right, left, ours)):
        for whole in list(mine):
            parts = next(_made_of(whole, others, every, language), None)
            if parts is None:
                continue
            mine.remove(whole)
            for part in parts:
                if part in others:
                    others.remove(part)
            pairs.append(Pair(whole, parts[-1], CLOSE) if mine is left else Pair(parts[-1], whole, CLOSE))


def _made_of(
    whole: Term, alone: Sequence[Term], every: Sequence[Term], language: Language
) -> Iterator[tuple[Term, Term]]:
    for first in every:
        for head in every:
            apart = first is not head and (first in alone or head in alone)
            if apart and compounded(whole.spelt, first.spelt, head.spelt, language):
                yield first, head


def _said_before(term: Term, own: Sequence[Term], alone: Sequence[Term], language: Language) -> bool:
    """Whether a word that stands alone only repeats one of its own side, or sets the scene with the half of one."""
    for other in own:
        if other is term or other in alone:
            continue
        if inflected(term.spelt, other.spelt, language):
            return True
        if (term.scene or other.scene) and len(term.spelt) > 4 and other.spelt.startswith(term.spelt):
            return True
    return False
