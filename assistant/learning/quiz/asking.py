"""The questions of each module: those that the statements near its quotes give, of all kinds, each proved by quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from assistant.learning.modules.binding import BoundModule
from assistant.learning.quiz import claims, conditions, documents, verdicts
from assistant.learning.quiz.pool import Pool, Said, overlap
from assistant.learning.quiz.question import KINDS, Question, Quote
from assistant.models import Answer, Provision
from assistant.record.standing import Documents

MOST = 8
FEWEST = 5
_A_KIND = 3
_ALIKE, _ALIKE_ASKED = 0.6, 0.8
# How near a statement is to a module that quotes it, its passage, its section, or one of its provisions.
_QUOTED, _PASSAGE, _SECTION, _PROVISION = 4.0, 3.0, 1.5, 1.0
_LEAST_NEAR = 1.0


class Placed(NamedTuple):
    """A question and how near it is to a module."""

    near: float
    question: Question


class Topic(NamedTuple):
    """What a module is about: the stretches that it quotes, and their passages, sections and provisions."""

    quotes: tuple[Quote, ...]
    passages: frozenset[str]
    sections: frozenset[tuple[str, tuple[str, ...]]]
    provisions: frozenset[Provision]


def quizzes(
    modules: Sequence[BoundModule], store: Documents, network: str, approved: Sequence[Answer] = ()
) -> Mapping[str, tuple[Question, ...]]:
    """The questions of each module by its id, at most MOST each and as mixed as they can be.

    `approved` are answers in force in the record. A question is asked in the module that it is nearest to; a module
    that would have too few also asks some of its neighbours'.
    """
    pool = Pool(store, network)
    general = _general(pool, approved)
    own = {each.module.id: _own(each, pool) for each in modules}
    # The worked case stands in the module just above its quiz: it is asked last.
    worked = {each.key for bound in modules for each in verdicts.of_case(bound, pool)}
    topics = {each.module.id: _topic(each, pool) for each in modules}
    near = {name: _near(topic, general, pool) for name, topic in topics.items()}
    best: dict[str, str] = {}
    for name, found in near.items():
        for each in found:
            known = best.get(each.question.key)
            if known is None or each.near > _of(each.question, near[known]):
                best[each.question.key] = name
    used: set[str] = set()
    chosen = {}
    for name in topics:
        chosen[name] = _chosen([*own[name], *(each.question for each in near[name] if best[each.question.key] == name)])
        used.update(each.key for each in chosen[name])
    for name, taken in chosen.items():
        rest = [each.question for each in near[name] if each.question.key not in used]
        _take(taken, [each for each in rest if each.kind != "document"], MOST, _A_KIND)
        _take(taken, rest, FEWEST + 1, MOST)
        _take(taken, [each.question for each in near[name]], FEWEST, MOST)
        used.update(each.key for each in taken)
    return {name: tuple(sorted(taken, key=lambda each: each.key in worked)) for name, taken in chosen.items()}


def _general(pool: Pool, approved: Sequence[Answer]) -> list[Question]:
    """All questions that the documents and the approved answers give; none that is put twice with other answers."""
    made = chain(
        verdicts.of_approved(approved, pool),
        verdicts.of_statements(pool),
        conditions.of_statements(pool),
        claims.of_statements(pool),
        documents.of_statements(pool),
    )
    return _unambiguous(each for each in made if proved(each, pool.documents))


def _own(bound: BoundModule, pool: Pool) -> list[Question]:
    made = chain(verdicts.of_case(bound, pool), claims.of_claims(bound))
    return _unambiguous(each for each in made if proved(each, pool.documents))


def _unambiguous(made: Iterable[Question]) -> list[Question]:
    """Without those that are put in the same words with different right answers, and each once."""
    found = list({each.key: each for each in made}.values())
    answers: dict[tuple[str, str, str], set[str]] = {}
    for each in found:
        answers.setdefault(_put(each), set()).add(each.options[each.right].text.da)
    return [each for each in found if each.kind == "claim" or len(answers[_put(each)]) == 1]


def _put(each: Question) -> tuple[str, str, str]:
    return each.kind, each.asked.da, each.shown


def proved(question: Question, store: Documents) -> bool:
    """Whether the question has one right option, no two of the same words, and quotes that stand where they should."""
    texts = [option.text.da for option in question.options]
    if sum(option.right for option in question.options) != 1 or len(set(texts)) != len(texts) or not question.proof:
        return False
    return all(
        quote.source_id in store.sources
        and quote.words.strip() != ""
        and store.source_text(quote.source_id)[quote.start : quote.end] == quote.words
        for quote in question.proof
    )


def _topic(bound: BoundModule, pool: Pool) -> Topic:
    cited = [each.citation for each in bound.bound.values() if each.citation and not each.flag]
    quotes = tuple(Quote(each.source_id, each.start, each.end, each.quote) for each in cited)
    said = [each for each in pool.all if any(_touches(each, quote) for quote in quotes)]
    return Topic(
        quotes,
        frozenset(each.passage.id for each in said),
        frozenset(each.section for each in said),
        frozenset(provision for each in said for provision in each.statement.provisions),
    )


def _touches(said: Said, quote: Quote) -> bool:
    return said.passage.source_id == quote.source_id and any(
        span.start < quote.end and quote.start < span.end for span in said.statement.spans
    )


def _near(topic: Topic, general: Sequence[Question], pool: Pool) -> list[Placed]:
    """The questions near the topic, the nearest first."""
    at = pool.at
    found = [Placed(_nearness(topic, at(each.proof)), each) for each in general]
    return sorted(
        (each for each in found if each.near >= _LEAST_NEAR), key=lambda each: (-each.near, each.question.key)
    )


def _nearness(topic: Topic, said: Sequence[Said]) -> float:
    """How near the statements that prove a question are to the topic, on average."""
    return sum(_score(topic, each) for each in said) / len(said) if said else 0.0


def _score(topic: Topic, said: Said) -> float:
    if any(_touches(said, quote) for quote in topic.quotes):
        return _QUOTED
    if said.passage.id in topic.passages:
        return _PASSAGE
    shared = _PROVISION if topic.provisions & set(said.statement.provisions) else 0.0
    return shared + (_SECTION if said.section in topic.sections else 0.0)


def _of(question: Question, near: Sequence[Placed]) -> float:
    return next((each.near for each in near if each.question.key == question.key), 0.0)


def _chosen(offered: Sequence[Question]) -> list[Question]:
    """The module's own questions and then those nearest to it, kinds in turn, no two of them alike."""
    taken: list[Question] = []
    _take(taken, offered, MOST, _A_KIND)
    return taken


def _take(taken: list[Question], offered: Sequence[Question], most: int, a_kind: int) -> None:
    """Add questions to those taken, a kind at a time, while there are fewer than `most` and than `a_kind` of theirs."""
    left = {kind: [each for each in offered if each.kind == kind and each not in taken] for kind in KINDS}
    while len(taken) < most and any(left.values()):
        for kind in KINDS:
            if left[kind] and len(taken) < most:
                each = left[kind].pop(0)
                if sum(one.kind == kind for one in taken) >= a_kind:
                    left[kind].clear()
                elif all(_unlike(each, one) for one in taken):
                    taken.append(each)


def _unlike(one: Question, other: Question) -> bool:
    """Whether neither question tells the answer of the other: another proof, and other words where the kind is one.

    What an author has written for one module may rest on one quote several times.
    """
    written = bool(one.why.da and other.why.da)
    same = {quote.words for quote in one.proof} & {quote.words for quote in other.proof}
    if same and not written:
        return False
    if one.kind != other.kind or written:
        return True
    return overlap(_words(one), _words(other)) < (_ALIKE if one.kind in ("document", "claim") else _ALIKE_ASKED)


def _words(question: Question) -> str:
    return question.shown or (
        question.options[question.right].text.da if question.kind == "claim" else question.asked.da
    )
