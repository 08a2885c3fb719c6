"""Whether a question is the one that an answer was approved for: nothing in either may be left unaccounted for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from typing import NamedTuple

from assistant.approved.alignment import CLOSE, FAR, FORM, LOOSE, Alignment, align
from assistant.approved.forms import apart
from assistant.approved.kinds_of_words import contrast, is_person
from assistant.approved.reading import Reading
from assistant.approved.signature import Signature
from assistant.approved.terms import Term
from assistant.models import Language

# Two wordings of one question are never further apart than this by the meaning of the whole.
LEAST_LIKE = 0.86


class Same(NamedTuple):
    """Whether two questions are the same, and if not, the first thing that tells them apart."""

    same: bool
    why: str = ""


def same(approved: Signature, asked: Signature, cosine: float) -> Same:
    """Whether the answer to the one may be given to the other. `cosine` is between the vectors of the two."""
    why = next(_differences(approved, asked, cosine), "")
    return Same(not why, why)


def same_words(ours: Reading, theirs: Reading, language: Language) -> str:
    """What first tells two turns apart by what they ask, name and say, whatever the documents say to them; or ""."""
    why = next(_in_frame(ours, theirs), "")
    return why or next(_in_words(align(ours.terms, theirs.terms, language), ours, theirs, language), "")


def _differences(approved: Signature, asked: Signature, cosine: float) -> Iterator[str]:
    for name in ("language", "network", "as_of", "reading"):
        if getattr(approved, name) != getattr(asked, name):
            yield name
    if cosine < LEAST_LIKE:
        yield "meaning"
    if len(approved.turns) != len(asked.turns):
        yield "history"
    for ours, theirs in zip(approved.turns, asked.turns, strict=False):
        why = same_words(ours, theirs, asked.language)
        if why:
            yield why
    yield from _in_answer(approved, asked)


def _farthest(approved: Signature, asked: Signature) -> int:
    """How far from each other the words stand that pair worst; words that stand alone are the farthest."""
    turns = zip(approved.turns, asked.turns, strict=False)
    found = [align(ours.terms, theirs.terms, asked.language) for ours, theirs in turns]
    if any(each.left or each.right for each in found):
        return FAR
    return max((pair.level for each in found for pair in each.pairs), default=FORM)


def _in_frame(ours: Reading, theirs: Reading) -> Iterator[str]:
    """What is asked of the same matter is another question: may we, must we, when, why; of whom; denied or not."""
    if ours.ask != theirs.ask and {ours.ask, theirs.ask} != {"what", "def"}:
        yield "ask"
    if not _agree(ours, theirs):
        yield "modal"
    if ours.more != theirs.more:
        yield "more"
    if ours.past != theirs.past or {ours.tense, theirs.tense} == {"past", "present"}:
        yield "past"
    if {ours.agent, theirs.agent} in ({"we", "other"}, {"has", "other"}, {"body", "other"}):
        yield "agent"
    if ours.denied != theirs.denied:
        yield "denied"
    for name, mine, other in zip(ours.facts._fields, ours.facts, theirs.facts, strict=True):
        if mine != other:
            yield name


# Where a question word asks, whether it is so or must be so is another matter, but for these.
_EITHER_MODAL = frozenset({"when", "where", "cond", "why", "may", "must", "whether"})


def _agree(ours: Reading, theirs: Reading) -> bool:
    """Whether the further modal verbs do not contradict: of some questions one side may leave them out."""
    mine, others = set(ours.modals), set(theirs.modals)
    if mine ^ others == {"may"} and "must" in mine & others:
        return True  # "skal kunne vare" asks what "skal vare" asks
    return mine == others or (ours.ask in _EITHER_MODAL and not (mine and others))


def _in_words(found: Alignment, ours: Reading, theirs: Reading, language: Language) -> Iterator[str]:
    left, right = found.left, found.right
    if (left or right) and not _left_out(left, right, language):
        yield "words: " + " ".join(each.spelt for each in left) + " / " + " ".join(each.spelt for each in right)
    if any(pair.one.after != pair.other.after and not pair.one.soft for pair in found.pairs):
        yield "instead"
    if any(pair.one.denied != pair.other.denied for pair in found.pairs):
        yield "denied"
    if any(frozenset((pair.one.role, pair.other.role)) in _OPPOSED for pair in found.pairs):
        yield "role"
    if is_person(ours.doer) and is_person(theirs.doer) and not _same_doer(found, ours, theirs):
        yield "doer"
    if _exchanged(found):
        yield "exchanged"
    if _moved(ours, theirs):
        yield "order"


_OPPOSED = frozenset(
    frozenset(pair.split())
    for pair in "fra til;med uden;af for;over under;foer efter;from to;with without;by for;before after".split(";")
)


def _same_doer(found: Alignment, ours: Reading, theirs: Reading) -> bool:
    """Whether those who are named as doing it stand for each other."""
    doers = [(pair.one.spelt == ours.doer, pair.other.spelt == theirs.doer) for pair in found.pairs]
    return all(mine == other for mine, other in doers) or (True, True) in doers


def _left_out(left: tuple[Term, ...], right: tuple[Term, ...], language: Language) -> bool:
    """Whether what stands alone may be left out: words that say little, none of them against one of its kind."""
    if not all(each.soft for each in (*left, *right)):
        return False
    return not any(_set_against(one, other, language) for one in left for other in right)


def _set_against(one: Term, other: Term, language: Language) -> bool:
    if apart(one.spelt, other.spelt, language):
        return True
    return contrast(one.spelt, other.spelt) and not (one.bare or other.bare)


def _exchanged(found: Alignment) -> bool:
    """Whether two words have changed places: each hangs on what the other hung on."""
    pairs = [(_hung(pair.one), _hung(pair.other)) for pair in found.pairs]
    turned = {(one, other) for one, other in pairs if one != other}
    return any((other, one) in turned for one, other in turned)


def _hung(term: Term) -> str:
    """What a word hangs on; who does it ("af familien") and whose it is do not count as hanging."""
    return "" if term.role in ("af", "of", "by") else term.role


def _moved(ours: Reading, theirs: Reading) -> bool:
    """Whether the very same words stand in another order within what the marks part: then other things are meant."""
    if sorted(chain.from_iterable(ours.words)) != sorted(chain.from_iterable(theirs.words)):
        return False
    telling = {term.spelt for term in ours.terms}
    other = _orders(theirs, telling)
    return any((later, earlier) in other for earlier, later in _orders(ours, telling))


def _orders(reading: Reading, telling: set[str]) -> set[tuple[str, str]]:
    """Which telling word stands before which in one piece, words that stand there twice left out."""
    found: set[tuple[str, str]] = set()
    for piece in reading.words:
        once = [word for word in piece if word in telling and piece.count(word) == 1]
        found |= set(combinations(once, 2))
    return found


def _in_answer(approved: Signature, asked: Signature) -> Iterator[str]:
    """What the documents say to the one they must say to the other; of the very same words only one was misread."""
    verdicts = {approved.verdict, asked.verdict} - {"ikke_besvaret"}
    if len(verdicts) > 1 and _farthest(approved, asked) > (CLOSE if verdicts == {"ja", "nej"} else LOOSE):
        yield "verdict"
    shared = set(approved.cited) & {*asked.cited, *asked.near} or set(asked.cited) & set(approved.near)
    if not shared:
        yield "sources"
