"""Gathering: which statements of the documents speak of what a question asks, and how well each does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.effects import ASIDE, told
from assistant.lexicon import CONCEPT
from assistant.library import Library
from assistant.models import Hit, Passage, Provision, Source, Statement
from assistant.places import municipalities_in
from assistant.provisions import Mention, with_law
from assistant.question import Question
from assistant.wanted import asked_for
from assistant.weighing import Weighed, aimed, leads, telling, weigh

_POOL = 40
# How many passages are found by how a text gives the kind of thing asked for ("telefon").
_FOUND_BY_TYPE = 10
_SECTION = 40
# How many of the pool, nearest first, are read with their section; the rest stand alone.
_WIDENED = 24
# A match stronger than this is of the statement's own words or of what it hangs under, not of its surroundings.
_OWN = 0.6
# Below this match a statement does not hold a term.
_HELD = 0.4
# Where similarity begins to mean something, and over what span it grows, by the question's language: a model that
# reads many languages finds two texts of one language nearer than their meaning alone would put them.
_DENSE = {"da": (0.82, 0.09), "en": (0.76, 0.09)}
# What is set aside would have been used where it scores so much, and about as much as the best evidence.
_SPEAKS = 0.45
_AS_NEAR = 0.8
_PROVISION_WEIGHT = 1.6
# A provision of an earlier turn, where the follow-up has a topic of its own ("og hvis det er et barn?").
_INHERITED_WEIGHT = 0.5
_RELATIONS = ("none", "part", "all")
_RELATION = {"all": 1.0, "part": 0.7, "theme": 0.7, "none": 0.0}
_OTHER_MUNICIPALITY = 0.45
_OTHER_DOCUMENT = 0.7
WEIGHTS = {"coverage": 0.62, "dense": 0.30, "own": 0.08}


@dataclass(frozen=True)
class Evidence:
    """A statement with how well it speaks to the question.

    `coverage` is the weighed share of the question's terms and provisions that it (or what it hangs under) holds,
    `own` the share that its own words hold, `dense` the similarity scaled to 0-1. `provision` is the relation to
    the provision asked about ("" when none was). `main` is the best match of the question's most telling terms, of
    which what its verb is about is one. `named` is what its own words hold by weight, `topic` the same without the
    provisions, `missed` the weight of what the question's verb is about where the statement does not hold it. `answers`
    is the learnt likelihood that it answers the question, None where the two were not compared word by word.
    """

    statement: Statement
    passage: Passage
    source: Source
    score: float
    coverage: float
    own: float
    dense: float
    provision: str = ""
    missing: tuple[str, ...] = ()
    main: float = 1.0
    named: float = 1.0
    missed: float = 0.0
    topic: float = 0.0
    answers: float | None = None


@dataclass(frozen=True)
class Gathering:
    """What the documents hold for a question: terms as weighed, evidence best first, and asked provisions.

    `ordered` says that words beside an order to machines, which are no evidence, would have been used.
    """

    terms: tuple[Weighed, ...]
    asked: tuple[Provision, ...]
    evidence: tuple[Evidence, ...]
    hits: tuple[Hit, ...]
    ordered: bool = False


def plain(passage: Passage, statement: Statement, library: Library) -> Evidence:
    """A statement to cite that was found by other ways than by searching for the question's words."""
    return Evidence(statement, passage, library.sources[passage.source_id], 1.0, 1.0, 1.0, 0.0)


def asked_provisions(question: Question) -> tuple[Provision, ...]:
    """The provisions that the question names, ranges by their listed members."""
    return tuple(dict.fromkeys(provision for mention in question.mentions for provision in mention.provisions))


def gather(question: Question, library: Library, vector: npt.NDArray[np.float32]) -> Gathering:
    """Search every way there is, then score the statements of all passages found and of their neighbours."""
    terms = weigh(question, library)
    asked = asked_provisions(question)
    dense = library.store.dense(vector, _POOL)
    lexical = library.store.lexical(_search_words(terms), _POOL)
    by_provision = dict.fromkeys(
        found for provision in asked for found in library.store.by_provision(provision)[:_POOL]
    )
    wanted = asked_for(question)
    worded = library.store.lexical(wanted.wanted.find, _FOUND_BY_TYPE) if wanted and wanted.wanted.find else []
    pool = dict.fromkeys([*by_provision, *(hit[0] for hit in dense), *(hit[0] for hit in (*lexical, *worded))])
    similarity = _similarities(dense)
    judge = Scorer(question, library, terms, asked, similarity)
    passages = [library.passages[passage_id] for passage_id in _with_neighbours(pool, library)]
    scored = (judge.score(passage, statement) for passage in passages for statement in told(passage))
    evidence = sorted(scored, key=lambda found: -found.score)
    hits = _hits(evidence, dict(lexical), similarity, by_provision)
    return Gathering(terms, asked, tuple(evidence), hits, _ordered(passages, evidence, judge))


def _ordered(passages: Iterable[Passage], evidence: Sequence[Evidence], judge: Scorer) -> bool:
    """Whether words set aside, for they stand beside an order to machines, speak as nearly as the best evidence."""
    best = _AS_NEAR * max(evidence[0].score, _SPEAKS) if evidence else _SPEAKS
    return any(
        judge.score(passage, statement).score >= best
        for passage in passages
        for statement in passage.statements
        if statement.effect == ASIDE
    )


def _search_words(terms: Iterable[Weighed]) -> str:
    """The terms' stems as plain words; a concept stands for itself in the documents' language."""
    return " ".join(dict.fromkeys(name.removeprefix(CONCEPT) for term in terms for name in term.features))


def _similarities(dense: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """The best similarity by statement id, and by passage id for what is embedded as a whole."""
    found: dict[str, float] = {}
    for passage_id, statement_id, similarity in dense:
        for key in (statement_id or passage_id, passage_id):
            found[key] = max(similarity, found.get(key, 0.0))
    return found


def _with_neighbours(pool: Iterable[str], library: Library) -> list[str]:
    """The pool and, for its list items and table rows, the section they stand in: a norm is never read alone."""
    found = dict.fromkeys(pool)
    for passage_id in list(found)[:_WIDENED]:
        passage = library.passages[passage_id]
        if passage.kind in ("list_item", "table_row"):
            found.update(dict.fromkeys(other.id for other in library.in_section(passage)[:_SECTION]))
    return list(found)


class Scorer:
    """Scores statements against one question."""

    def __init__(
        self,
        question: Question,
        library: Library,
        terms: tuple[Weighed, ...],
        asked: tuple[Provision, ...],
        similarity: Mapping[str, float],
    ) -> None:
        self.question = question
        self.library = library
        self.terms = terms
        self.asked = asked
        self.similarity = similarity
        self.telling = telling(terms, question.fresh)
        self.aimed = aimed(terms, question.fresh)
        self.aim_leads = leads(self.aimed, self.telling)
        self.asked_weight = provision_weight(question)
        self.total = sum(term.weight for term in terms) + self.asked_weight * bool(asked)

    def score(self, passage: Passage, statement: Statement) -> Evidence:
        """The statement as evidence for the question."""
        features = self.library.features(passage, statement)
        held = own = 0.0
        main = missed = 0.0
        missing = []
        related = self._related(passage, statement)
        for term in self.terms:
            match = term.match(features)
            held += term.weight * match
            own += term.weight * (match if match > _OWN else 0.0)
            if term in self.telling or (term is self.aimed and self.aim_leads):
                main = max(main, match)
            if term is self.aimed and match < _HELD and related in ("", "none"):
                missed = term.weight
            if match < 0.3:
                missing.append(term.surface)
        held += self.asked_weight * _RELATION.get(related, 0.0)
        topic = own
        own += self.asked_weight * _RELATION.get(related, 0.0)
        named = own
        coverage = held / self.total if self.total else 0.0
        own = own / self.total if self.total else 0.0
        dense = self._dense(passage, statement)
        blend = WEIGHTS["coverage"] * coverage + WEIGHTS["dense"] * dense + WEIGHTS["own"] * own
        if (related in ("all", "part") and self.asked_weight == _PROVISION_WEIGHT) or not self.telling:
            main = 1.0
        source = self.library.sources[passage.source_id]
        score = blend * self._fits(passage)
        gaps = tuple(missing)
        return Evidence(
            statement, passage, source, score, coverage, own, dense, related, gaps, main, named, missed, topic
        )

    def _related(self, passage: Passage, statement: Statement) -> str:
        """The relation to the provisions asked about; what names none is of the one that its document is about."""
        mentions = self.library.mentions(statement)
        theme = self.library.themes.get(passage.source_id)
        if mentions or theme is None:
            return relate(mentions, self.asked)
        return "theme" if relate((theme,), self.asked) in ("all", "part") else relate((), self.asked)

    def _dense(self, passage: Passage, statement: Statement) -> float:
        raw = self.similarity.get(statement.id, self.similarity.get(passage.id, 0.0) - 0.02)
        floor, span = _DENSE[self.question.language]
        return min(1.0, max(0.0, (raw - floor) / span))

    def _fits(self, passage: Passage) -> float:
        """Less for another municipality's practice, and for another document than the question points at."""
        factor = 1.0
        asked = self.question.municipalities
        if asked:
            named = passage.municipality in asked or any(name in asked for name in municipalities_in(passage.text))
            factor *= 1.15 if named else _OTHER_MUNICIPALITY if passage.municipality else 1.0
        pointed = self._pointed(passage)
        return factor * pointed

    def _pointed(self, passage: Passage) -> float:
        if not self.question.kinds or self.question.form == "compare":
            return 1.0
        return 1.1 if points_at(self.question, passage) else _OTHER_DOCUMENT


def provision_weight(question: Question) -> float:
    """What the provisions of a question weigh beside its terms."""
    return _INHERITED_WEIGHT if question.inherits and question.fresh else _PROVISION_WEIGHT


def points_at(question: Question, passage: Passage) -> bool:
    """Whether a passage is of the document that a question names by kind, year and month ("2017-listen")."""
    if passage.kind_of_source not in question.kinds:
        return False
    if question.years and passage.date[:4] not in {str(year) for year in question.years}:
        return False
    return not (question.months and len(passage.date) >= 7 and int(passage.date[5:7]) not in question.months)


def relate(mentions: tuple[Mention, ...], asked: tuple[Provision, ...]) -> str:
    """How a statement's references stand to the provisions asked about; "" when none was asked about."""
    if not asked:
        return ""
    found = [
        max((_relation(mention, provision) for mention in mentions), key=_RELATIONS.index, default="none")
        for provision in asked
    ]
    # Of several provisions asked about, one left out makes it a part at most.
    return max(found, key=_RELATIONS.index) if len(set(found)) == 1 else "part" if set(found) != {"none"} else "none"


def _relation(mention: Mention, asked: Provision) -> str:
    """The relation to one provision; asked without its law, it is read as the law that the mention names."""
    laws = {asked.law} if asked.law else {provision.law for provision in mention.provisions}
    related = [mention.relation(with_law(asked, law)) for law in laws]
    return max(related, key=_RELATIONS.index, default="none")


def _hits(
    evidence: Iterable[Evidence],
    lexical: Mapping[str, float],
    dense: Mapping[str, float],
    by_provision: Mapping[str, None],
) -> tuple[Hit, ...]:
    """Passages ranked by their best statement."""
    found: dict[str, Hit] = {}
    for item in evidence:
        passage = item.passage
        if passage.id not in found:
            found[passage.id] = Hit(
                passage,
                item.score,
                dense.get(passage.id, 0.0),
                lexical.get(passage.id, 0.0),
                1.0 if passage.id in by_provision else 0.0,
            )
    return tuple(found.values())
