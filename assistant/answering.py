"""From a received question to an Answer: the staircase of steps, each in a room of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from assistant.alternatives import laid_out
from assistant.citing import Citations
from assistant.claims import contrary
from assistant.comparison import on_comparison
from assistant.compose import Voice, fact_prose, rule_prose
from assistant.compose_documents import beside_prose, change_prose, places_prose, presence_prose
from assistant.duties import conditions
from assistant.embedding import Embedder
from assistant.evidence import Evidence, Gathering, gather
from assistant.explain import explanation
from assistant.facts import answers, one_of_each_place, usable
from assistant.followup import in_context
from assistant.judge import Judgement, judge, out_of_time
from assistant.lexicon import Lexicon
from assistant.library import Library
from assistant.membership import denied_size, on_membership
from assistant.models import Answer, Hit
from assistant.notices import notices
from assistant.other_networks import on_others_provision
from assistant.placing import named, placed
from assistant.premise import denied_figure, denied_whole, premise_of
from assistant.presence import on_presence
from assistant.question import Question, understand
from assistant.reception import Received
from assistant.relevance import Floats, load_relevance
from assistant.replaced import on_replaced_law
from assistant.rereading import reread
from assistant.rounds import of_round, on_absent_document
from assistant.ruling import as_ruling, bears_out, going_on
from assistant.side_by_side import on_places
from assistant.sides import limit_in
from assistant.silence import Support, support
from assistant.suggest import suggestions
from assistant.templates import fill
from assistant.unanswered import silent_prose
from assistant.verify import verified
from assistant.whether import denied_claim, in_time, verdict_on

# How much of the question a statement must name in its own words to overturn what it takes for granted.
_PREMISE_NAMED = 0.5
_DOCUMENT_PROSE = {
    "naevnt": presence_prose,
    "side_om_side": beside_prose,
    "aendringer": change_prose,
    "kommuner": places_prose,
}


class Given(NamedTuple):
    """An answer with what it came from; a question that nothing was searched for has neither reading nor hits."""

    answer: Answer
    question: Question | None = None
    hits: tuple[Hit, ...] = ()
    vector: Floats | None = None


class Asked(NamedTuple):
    """All that an answer is made from."""

    received: Received
    as_of: date | None
    library: Library
    embedder: Embedder
    lexicon: Lexicon


def answer_question(asked: Asked) -> Given:
    """The answer, every quote in it checked against its source."""
    received = asked.received
    if received.foreign:
        return Given(_plain(received, fill(received.language, "language")))
    if not received.text.strip():
        return Given(_plain(received, fill(received.language, "out_of_scope")))
    alone = understand(received.text, received.language, asked.lexicon)
    joined = laid_out(in_context(alone, received.history, received.language, asked.lexicon))
    question = named(joined, asked.library)
    found = searched(question, asked.library, asked.embedder)
    gathering = found.gathering
    question = placed(question, gathering)
    judgement = _judgement(question, gathering, asked)
    answer = verified(_answer(question, gathering, judgement, asked), asked.library)
    return Given(answer, question, gathering.hits, found.vector)


class Searched(NamedTuple):
    """What was found for a question, and the vector it was searched with."""

    gathering: Gathering
    vector: Floats


def searched(question: Question, library: Library, embedder: Embedder) -> Searched:
    """What the documents hold for a question; compared word by word where the comparison was learnt on the model."""
    read = embedder.read_query(_as_written(question.text))
    network = load_relevance()
    tokens = network.tokens(read.ids, read.states) if network.reads(embedder.fingerprint) else None
    return Searched(reread(question, gather(question, library, read.vector), library, tokens), read.vector)


def _as_written(text: str) -> str:
    """Text for the embedding: one typed in capitals only is taken in small letters, as its words are meant."""
    return text.lower() if text.isupper() else text


def _judgement(question: Question, gathering: Gathering, asked: Asked) -> Judgement:
    """What is to be said: silence where the documents are silent, else a verdict or facts."""
    corrected = _premise(question, gathering, asked) if question.text == asked.received.text else None
    if corrected:
        return corrected
    absent = on_absent_document(question, asked.library) or on_replaced_law(question, asked.library)
    if absent:
        return absent
    gathering = of_round(question, gathering, asked.library)
    fit = gathering if question.deontic else usable(question, gathering, asked.library)
    turned = on_membership(question, gathering, asked.library) or on_others_provision(
        question, gathering, asked.library
    )
    if turned:
        return turned
    untrue = _untrue(question, gathering, asked.library)
    if untrue:
        return untrue
    for held_together in (on_presence, on_comparison, on_places):
        compared = held_together(question, gathering, asked.library)
        if compared:
            return compared
    late = out_of_time(question, gathering, asked.library, asked.as_of)
    if late:
        return late
    kept = None if question.deontic else in_time(question, gathering, asked.library)
    if kept:
        return Judgement(kept.verdict, "fakta", basis=(kept.item,))
    found = support(question, fit, asked.library)
    denied = denied_figure(question, gathering, asked.library)
    if denied:
        items = answers(question, fit, asked.library) if found.enough else ()
        return Judgement("info", "fakta", basis=_first(denied, items), notices=("wrong_premise",))
    return replace(_supported(question, gathering, fit, found, asked), support=found)


def _supported(question: Question, gathering: Gathering, fit: Gathering, found: Support, asked: Asked) -> Judgement:
    """Silence where the support is too weak; else what the statements (`fit`: those that can answer) say."""
    if not found.enough:
        return Judgement("ikke_besvaret", found.reason, near=gathering.evidence[:1] if found.near else ())
    if question.deontic:
        judged = judge(question, gathering, asked.library, asked.as_of)
        told = judged.basis if judged.rule == "kun_fortalt" else ()
        untrue = told and contrary(question, told[0], gathering, asked.library)
        return Judgement("nej", "fakta", basis=told) if untrue else judged
    items = answers(question, fit, asked.library)
    if one_of_each_place(question, items):
        return Judgement("info", "kommuner", basis=items)
    ruled = _ruled(question, items, fit, asked)
    if ruled:
        return ruled
    if question.form == "whether":
        held = verdict_on(question, items, fit, asked.library)
        return Judgement(held.verdict, "fakta", basis=_first(held.item, items))
    return Judgement("info", "fakta", basis=items)


def _ruled(question: Question, items: tuple[Evidence, ...], fit: Gathering, asked: Asked) -> Judgement | None:
    """What is said to a question in the plain present about a rule: that it goes on, or what the norms say of it."""
    ruling = as_ruling(question)
    if ruling is None or not items:
        return None
    held = going_on(ruling, items, fit)
    if held:
        return Judgement(held.verdict, "fakta", basis=_first(held.item, items))
    judged = judge(ruling, fit, asked.library, asked.as_of)
    if not bears_out(judged, items):
        return None
    if judged.verdict == "ja" and limit_in(judged.basis[0]):
        # Whether the case meets the norm's own condition is not what such a question says.
        return replace(judged, verdict="betinget", rule="fritaget_paa_vilkaar")
    return judged if judged.verdict == "betinget" else replace(judged, rule="fakta")


def _untrue(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """What the documents say the contrary of, or count otherwise: no to a yes-or-no question, else a wrong premise."""
    counted = denied_whole(question, gathering, library) or denied_size(question, library)
    denied = counted or denied_claim(question, gathering, library)
    if denied and (question.deontic or question.form == "whether"):
        return Judgement("nej", "fakta", basis=(denied,))
    if counted and question.form != "compare":
        return Judgement("info", "fakta", basis=(counted,), notices=("wrong_premise",))
    return None


def _first(best: Evidence, items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """`items` with `best` at their head."""
    return best, *(item for item in items if item.statement.id != best.statement.id)


def _premise(question: Question, gathering: Gathering, asked: Asked) -> Judgement | None:
    """The correction of a question that takes for granted what the documents clearly deny; else None."""
    premise = premise_of(question)
    if premise is None or not support(premise, gathering, asked.library).enough:
        return None
    tried = judge(premise, gathering, asked.library, asked.as_of)
    firm = any(sign < -1 for _, sign in tried.weighed)
    if tried.verdict != "nej" or not firm or tried.basis[0].own < _PREMISE_NAMED:
        return None
    return replace(tried, rule="forkert_forudsaetning", notices=("wrong_premise",))


def _answer(question: Question, gathering: Gathering, judgement: Judgement, asked: Asked) -> Answer:
    received = asked.received
    citations = Citations(asked.library)
    # What was masked leaves a hole, and an instruction is not repeated: then the answer takes none of their words.
    repeatable = "" if received.masked or received.instructed else received.text
    judgement = replace(judgement, conditions=conditions(question, judgement, gathering))
    prose, limits = _prose(question, judgement, Voice(received.language, asked.library, citations, repeatable))
    return Answer(
        question=received.shown,
        standalone_question=question.text,
        language=received.language,
        verdict=judgement.verdict,
        answer=prose,
        citations=citations.all(),
        conditions=limits,
        notices=notices(question, judgement, received, asked.library, asked.as_of, gathering.ordered),
        suggestions=suggestions(question, gathering, judgement),
        explanation=explanation(question, gathering, judgement, asked.library),
    )


def _prose(question: Question, judgement: Judgement, voice: Voice) -> tuple[str, tuple[str, ...]]:
    if judgement.verdict == "ikke_besvaret":
        return silent_prose(question, judgement, voice), ()
    if judgement.rule in _DOCUMENT_PROSE:
        return _DOCUMENT_PROSE[judgement.rule](judgement, voice), ()
    if judgement.rule in ("fakta", "kun_fortalt"):
        return fact_prose(question, judgement, voice), ()
    return rule_prose(question, judgement, voice)


def _plain(received: Received, text: str) -> Answer:
    return Answer(
        question=received.shown,
        standalone_question=received.text,
        language=received.language,
        verdict="ikke_besvaret",
        answer=text,
        explanation={"rule": "sprog" if received.foreign else "uden_emne"},
    )
