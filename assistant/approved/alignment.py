"""The words of two questions held against each other: which stand for which, how closely, and which stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assistant.approved.forms import Word, compounded, derived, inflected, mistyped, related, synonymous
from assistant.approved.kinds_of_words import exclude
from assistant.approved.reading import Term
from assistant.models import Language
from assistant.words import fold

# A form of the same word or a slip in it; of the same root; another word for the same; one that is nearly the same.
FORM, CLOSE, LOOSE, FAR = 0, 1, 2, 3


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

    @property
    def level(self) -> int:
        """How closely the loosest pair stands."""
        return max((pair.level for pair in self.pairs), default=FORM)


_ORDER = frozenset("anden andet andre naste forrige sidste other next last previous former".split())
_Fits = Callable[[Term, Term, Language], bool]


def _form(one: Term, other: Term, language: Language) -> bool:
    return inflected(one.spelt, other.spelt, language) or mistyped(_word(one), _word(other), language)


def _close(one: Term, other: Term, language: Language) -> bool:
    return derived(one.spelt, other.spelt, language)


def _loose(one: Term, other: Term, language: Language) -> bool:
    return synonymous(one.spelt, other.spelt, language) and not exclude(one.spelt, other.spelt)


def _far(one: Term, other: Term, language: Language) -> bool:
    return related(one.spelt, other.spelt, language) and not exclude(one.spelt, other.spelt)


_STEPS: tuple[tuple[int, _Fits], ...] = ((FORM, _form), (CLOSE, _close), (LOOSE, _loose), (FAR, _far))


def align(ours: Sequence[Term], theirs: Sequence[Term], language: Language) -> Alignment:
    """The closest pairs first, each word in one of them; then phrases of the glossary, and compounds."""
    pairs: list[Pair] = []
    left, right = list(ours), list(theirs)
    for level, fits in _STEPS:
        _pair(left, right, level, lambda one, other, fits=fits: fits(one, other, language), pairs)  # type: ignore[misc]
    _compounds(left, right, ours, theirs, language, pairs)
    _phrases(left, right, ours, theirs, pairs)
    return Alignment(
        tuple(pairs),
        tuple(each for each in left if not _said_before(each, ours, left, language)),
        tuple(each for each in right if not _said_before(each, theirs, right, language)),
    )


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
    left: list[Term], right: list[Term], ours: Sequence[Term], theirs: Sequence[Term], pairs: list[Pair]
) -> None:
    """What one phrase of the glossary says in other words on the other side."""
    for name in _names(left, ours) & _names(right, theirs):
        mine = [each for each in left if each.concept.split("/")[0] == name]
        others = [each for each in right if each.concept.split("/")[0] == name]
        if not (mine or others) or any(_orders(each) for each in (*mine, *others)):
            continue
        for each in mine:
            left.remove(each)
        for each in others:
            right.remove(each)
        anchor = (mine or [each for each in ours if each.concept.split("/")[0] == name])[0]
        against = (others or [each for each in theirs if each.concept.split("/")[0] == name])[0]
        pairs.append(Pair(anchor, against, LOOSE))


def _orders(term: Term) -> bool:
    """Whether a word numbers things, which no other word stands for: the first round is not the second."""
    return term.spelt.startswith("#") or fold(term.spelt) in _ORDER


def _names(_: Sequence[Term], every: Sequence[Term]) -> set[str]:
    return {each.concept.split("/")[0] for each in every if each.concept}


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
            if first is not head and (first in alone or head in alone):
                if compounded(whole.spelt, first.spelt, head.spelt, language):
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
