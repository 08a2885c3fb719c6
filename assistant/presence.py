"""Presence: whether the documents that a question names say a thing, found by reading each of them wholly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.authority import decides
from assistant.documents import documents_in
from assistant.editions import Titled, named_editions, resolved, titles_in
from assistant.effects import BINDING, GIVING, WITHHOLDING, told
from assistant.evidence import WEIGHTS, Evidence, Gathering, Scorer, relate
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.lexicon import CONCEPT
from assistant.library import Library
from assistant.models import Edition, Provision, Verdict
from assistant.presence_frame import Frame, carriers, frame_of
from assistant.question import Question
from assistant.weighing import Weighed
from assistant.words import fold, tokens

# What a statement must hold of the topic for its document to say it, and how near to the best one anywhere.
_SAYS_IT = 0.55
_AS_WELL = 0.75
_TOUCHES = 0.4
# A document that lacks it is shown with its nearest words from here on.
_NEAREST = 0.45
# More documents than this are not read wholly for one question.
_MOST_READ = 6
_MOST_GATHERED = 80
_FULL, _PARTLY, _NOT = 2, 1, 0
# A phrase of more words than this must be said in more than half of them.
_FEW_WORDS = 2
# Only a question in such words can ask what a document says; titles are looked up for no other.
_MAY_ASK = re.compile(
    r"\b(navn|omtal|indehold|gengiv|rumm|siger|sagde|skriv|skrev|gentag|star|stod|find|fandt|fremg|med i|med pa|kun i|"
    r"mention|name|contain|includ|list|found|state|say|repeat|hvilke|which|er der|is|are|was|were)"
)


class Cell(NamedTuple):
    """What one document, read wholly, says of one thing: in full, in part or not; and the words nearest to it.

    `contrary` withholds the very thing that the document was asked to give.
    """

    edition: Edition
    thing: Provision | None
    held: int
    says: Evidence | None
    nearest: Evidence | None
    contrary: Evidence | None = None


def on_presence(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """Whether the named documents say what is asked; None where that is not asked, or where none says it clearly."""
    titles = titles_in(question.text, library) if _MAY_ASK.search(fold_text(question.text)) else ()
    earlier = documents_in(question.text[: question.turn], library.lexicon.kinds)
    frame = frame_of(question, (*(titled.span for titled in titles), *(named.span for named in earlier)))
    about = _topical(gathering.terms, question.text, titles)
    about = tuple(_to_the_word(term, library) for term in about if not _names_the_network(term, library))
    gathering = replace(gathering, terms=about)
    if frame is None or not (gathering.asked or gathering.terms):
        return None
    targets = _targets(question, frame, gathering, library)
    if not 0 < len(targets) <= _MOST_READ:
        return None
    reader = _Reader(question, frame, gathering, library)
    things: tuple[Provision | None, ...] = gathering.asked or (None,)
    here = [reader.read(each, thing, whole=True) for each in targets for thing in things]
    others = dict.fromkeys(_edition(item) for item in gathering.evidence if item.passage.id and _counts(item, library))
    there = [reader.read(each, thing, whole=False) for each in others if each not in targets for thing in things]
    if not gathering.asked and not reader.clear(here + there):
        return None
    return _judged(frame, here, there)


def _targets(question: Question, frame: Frame, gathering: Gathering, library: Library) -> tuple[Edition, ...]:
    """The documents to read; for an enumeration that none is named of, those that decide and name the §."""
    if frame.how != "enumerated":
        named = named_editions(question, library)
        if frame.how == "which" or len(question.documents) < 2 or not _alternative(question):
            return named
        # "Står det i listen, eller kun i brevet?" asks of the first and only sets the other beside it.
        return resolved(question.documents[0], library)
    if not gathering.asked:
        return ()
    whole = [replace(asked, stk=None, nr=None, pkt=None) for asked in gathering.asked]
    passages = (library.passages[found] for asked in whole for found in library.store.by_provision(asked))
    editions = (Edition(each.date, each.kind_of_source, each.source_id) for each in passages)
    return tuple(dict.fromkeys(each for each in editions if each in library.editions and decides(each.kind)))


def _topical(terms: tuple[Weighed, ...], text: str, titles: Sequence[Titled]) -> tuple[Weighed, ...]:
    """The terms without words of a document's title and those that only carry the question."""
    named = " ".join(text[titled.span.start : titled.span.end] for titled in titles)
    return tuple(term for term in terms if term.surface not in named and fold(term.surface) not in carriers())


def _names_the_network(term: Weighed, library: Library) -> bool:
    """Whether a term only says whose documents these are ("vi i netværket En plan")."""
    name = library.network_name.lower()
    return bool(name) and name in term.surface.lower()


def _to_the_word(term: Weighed, library: Library) -> Weighed:
    """The term, found only as a whole where some document has it as a whole: else scattered words would say it."""
    concepts = [name for name in term.features if name.startswith(CONCEPT)]
    return term._replace(wordings=()) if concepts and library.knows(concepts) else term


def _content(text: str) -> set[str]:
    return {token.word for token in tokens(text) if len(token.word) > _FEW_WORDS}


def _alternative(question: Question) -> bool:
    between = question.text[question.documents[0].span.end : question.documents[1].span.start].lower()
    return any(f" {word} " in between for word in ("eller", "or")) and len(between.split()) > 1


def _edition(item: Evidence) -> Edition:
    return Edition(item.passage.date, item.passage.kind_of_source, item.passage.source_id)


def _counts(item: Evidence, library: Library) -> bool:
    return library.is_own(item.source) and decides(item.passage.kind_of_source)


class _Reader:
    """Reads documents for one question."""

    def __init__(self, question: Question, frame: Frame, gathering: Gathering, library: Library) -> None:
        self.library = library
        self.scorer = Scorer(question, library, gathering.terms, gathering.asked, {})
        self.gathered = [self._anew(item) for item in gathering.evidence[:_MOST_GATHERED]]
        self.found = {item.statement.id: item for item in self.gathered}
        self.danish = question.language == "da"
        self.exempt = frame.how == "listed" or question.act == "skip"
        self.denying = WITHHOLDING | BINDING if question.act == "skip" else WITHHOLDING
        own = (item.coverage for item in self.gathered if library.is_own(item.source))
        # What a follow-up only points back at is known less surely.
        least = _SAYS_IT if question.fresh or not question.turn else _AS_WELL
        self.bar = max(least, _AS_WELL * max(own, default=0.0))

    def _anew(self, item: Evidence) -> Evidence:
        """The evidence weighed without the words that only carry the question."""
        found = self.scorer.score(item.passage, item.statement)
        return replace(found, dense=item.dense, score=found.score + WEIGHTS["dense"] * item.dense)

    def read(self, edition: Edition, thing: Provision | None, whole: bool) -> Cell:
        """What the document says of the thing; not `whole`: as far as it was found by searching."""
        if whole:
            passages = self.library.editions[edition]
            statements = ((passage, each) for passage in passages for each in told(passage))
            items = [self.found.get(each.id) or self.scorer.score(passage, each) for passage, each in statements]
        else:
            items = [item for item in self.gathered if _edition(item) == edition]
        return self._provision(edition, thing, items) if thing else self._topic(edition, items)

    def clear(self, cells: Iterable[Cell]) -> bool:
        """Whether any document says it or denies it: what stands nowhere may only be called otherwise."""
        return any(cell.held or cell.contrary for cell in cells)

    def _provision(self, edition: Edition, thing: Provision, items: Sequence[Evidence]) -> Cell:
        related = [(relate(self.library.mentions(item.statement), (thing,)), item) for item in items]
        holding = sorted(
            ((name, item) for name, item in related if name in ("all", "part")),
            key=lambda pair: (pair[1].statement.effect not in GIVING, pair[0]),
        )
        withheld = [item for _, item in holding if item.statement.effect in WITHHOLDING]
        if holding:
            name, item = holding[0]
            return Cell(edition, thing, _FULL if name == "all" else _PARTLY, item, None, next(iter(withheld), None))
        return Cell(edition, thing, _NOT, None, self._beside(thing, items))

    def _beside(self, thing: Provision, items: Sequence[Evidence]) -> Evidence | None:
        """The enumeration nearest to a provision that is missing: other parts of its §, else of its law."""
        for wanted in (replace(thing, stk=None, nr=None, pkt=None), None):
            found = [
                (sum(each.law == thing.law for mention in mentions for each in mention.provisions), item)
                for item in items
                if (mentions := self.library.mentions(item.statement))
                and (wanted is None or relate(mentions, (wanted,)) != "none")
            ]
            best = max(found, key=lambda pair: pair[0], default=(0, None))
            if best[0]:
                return best[1]
        return None

    def _topic(self, edition: Edition, items: Sequence[Evidence]) -> Cell:
        ranked = sorted(items, key=lambda item: (-round(item.coverage, 1), -item.score))
        about = [item for item in ranked if item.coverage >= self.bar and item.main >= _TOUCHES]
        if not about:
            nearest = next((item for item in ranked[:1] if item.coverage >= _NEAREST and item.main >= _TOUCHES), None)
            return Cell(edition, None, _NOT, None, nearest)
        if not self.exempt:
            return Cell(edition, None, self._fully(about[0]), about[0], None)
        giving = next((item for item in about if item.statement.effect in GIVING), None)
        against = next((item for item in about if item.statement.effect in self.denying), None)
        # What a list of exemptions speaks of without giving or denying it is only mentioned there.
        only_said = about[0] if not (giving or against) else None
        held = self._fully(giving) if giving else _PARTLY * bool(only_said)
        return Cell(edition, None, held, giving or only_said, None, against)

    def _fully(self, item: Evidence) -> int:
        """In full, or only in part where of a phrase of several words ("ret og pligt-tilbud") it has but a few."""
        said = _content(item.statement.said)
        figures = {term.surface for term in self.scorer.terms if term.surface.isdigit()}
        if figures - {token.word for token in tokens(item.statement.said)}:
            return _PARTLY  # "kategori 2" is not said by "kat. 3"
        phrases = [_content(term.surface) for term in self.scorer.terms if CONCEPT in "".join(term.features)]
        loose = self.danish and any(len(each) > _FEW_WORDS and len(each & said) * 2 <= len(each) for each in phrases)
        return _PARTLY if loose else _FULL


def _judged(frame: Frame, here: list[Cell], there: list[Cell]) -> Judgement:
    basis = tuple(cell.says for cell in (*here, *there) if cell.says)
    against = tuple(cell.contrary for cell in here if cell.contrary)
    absent = tuple(dict.fromkeys((cell.edition, cell.thing) for cell in here if not cell.held and not cell.contrary))
    near = tuple(cell.nearest for cell in here if cell.nearest)
    verdict: Verdict = "info" if frame.how == "which" else _verdict(frame, here, there)
    if verdict == "ja" and against:
        verdict = "betinget"
    if verdict == "betinget" and not any(cell.thing for cell in here) and not against:
        verdict = "info"
    return Judgement(verdict, "naevnt", basis, against, near=near, absent=absent)


def _verdict(frame: Frame, here: list[Cell], there: list[Cell]) -> Verdict:
    """ja where each document (or, where one is enough, any) holds all that is asked; betinget where a part of it."""
    things = dict.fromkeys(cell.thing for cell in here)
    count = min if frame.each else max
    held = [count(cell.held for cell in here if cell.thing == thing) for thing in things]
    if frame.only and any(cell.held for cell in there):
        return "nej"
    if all(each == _FULL for each in held):
        return "ja"
    return "betinget" if any(held) else "nej"
