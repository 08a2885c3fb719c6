"""Whether the engine decides a question so firmly that it can be a key: the answer, and why not where it cannot."""

from __future__ import annotations

from typing import NamedTuple

from assistant.effects import BINDING, GIVING, WITHHOLDING, condition_in
from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.learning.cases.case import CHOICES
from assistant.learning.cases.deed import Deed, plain, table
from assistant.library import Library
from assistant.models import Answer, Citation, Passage, Statement
from assistant.verify import faults_against

_DOUBTFUL = frozenset({"conflict", "wrong_premise", "personal_data", "instruction_ignored", "needs_context"})
_SAME_MATTER = 3  # terms that two texts about one matter share: what is done, with what, in which field
_DOUBTFUL_FOR_A_DUTY = frozenset({"older_version", "conflict"})


class Found(NamedTuple):
    """A statement in its passage."""

    passage: Passage
    statement: Statement


class Decided(NamedTuple):
    """The engine's answer to a deed's question and the statement that it rests on first."""

    answer: Answer
    first: Found


def ask(assistant: Assistant, question: str) -> Answer:
    """The engine's own answer, which nobody is shown yet: it is not recorded, and no approved one takes its place."""
    for event in assistant.ask_stream(question, mode="extractive", shown=False):
        if event.answer is not None:
            return event.answer
    raise QuestionError("Spørgsmålet gav intet svar. Prøv igen.")


def decided(deed: Deed, frame: str, answer: Answer, library: Library) -> Decided | str:
    """The answer as a key, or the reason why it is none, in a word or two."""
    if answer.verdict not in CHOICES:
        return "uafgjort"
    if faults_against(answer, library.store.source_text):
        return "citat"
    if {notice.code for notice in answer.notices} & _DOUBTFUL:
        return "forbehold"
    own = _own(deed, answer, library)
    if own is None:
        return "en anden kilde"
    leading = found_at(answer.citations[0], library)
    both_halves = answer.verdict == "betinget" and answer.explanation.get("rule") == "del_og_helhed"
    for found in (own,) if both_halves or own in leading else (own, *leading[:1]):
        if answer.verdict not in _follows(frame, found.statement.effect):
            return "følger ikke"
    # That not all can be taken alike follows from the condition, not from what gives.
    first = leading[0] if frame == "all" and leading else own
    return _weighed(deed, frame, Decided(answer, first), library)


def _weighed(deed: Deed, frame: str, key: Decided, library: Library) -> Decided | str:
    """Refuses what a jurist would answer "it depends" where the key is plain."""
    answer, first = key
    gives = first.statement.effect in GIVING
    if frame == "must" and gives:
        # The case must say that the conditions are met, and it can only say the one of the lead-in.
        if answer.conditions or condition_in(first.statement.said) or _replaced(answer):
            return "hænger på betingelser"
        if condition_in(first.passage.lead_in) and not deed.holds_for:
            return "hænger på betingelser"
        if _withdrawn(deed, library):
            return "en ældre udgave siger andet"
    if first.statement.effect == "refused" and any(each.effect == "postponed" for each in first.passage.statements):
        return "afslaget holdes åbent"
    if gives and condition_in(deed.text):
        return "betingelsen står i spørgsmålet"
    if gives and answer.verdict == "ja" and _limited(first.passage, library):
        return "afsnittet begrænser"
    return key


def _withdrawn(deed: Deed, library: Library) -> bool:
    """Whether a superseded document makes an exception for such deeds that the documents of today have left out."""
    asked = _concepts(deed.text, library)
    old = superseded(library)
    kept = {
        plain(each.text)
        for passage in library.passages.values()
        for each in passage.statements
        if passage.source_id not in old
    }
    return any(
        statement.effect in WITHHOLDING
        and plain(statement.text) not in kept
        and len(asked & _concepts(statement.said, library)) >= _SAME_MATTER
        for passage in library.passages.values()
        if passage.source_id in old
        for statement in passage.statements
    )


def _concepts(text: str, library: Library) -> set[str]:
    """The terms of the glossary that a text names."""
    return {feature for feature in library.lexicon.features(text) if feature.startswith("=")}


def _replaced(answer: Answer) -> bool:
    """Whether an older document said otherwise."""
    return bool({notice.code for notice in answer.notices} & _DOUBTFUL_FOR_A_DUTY)


def _limited(passage: Passage, library: Library) -> bool:
    """Whether anything under the same headings limits what is given."""
    return any(
        statement.effect == "condition" or condition_in(f"{other.lead_in} {statement.said}")
        for other in library.in_section(passage)
        for statement in other.statements
    )


def _follows(frame: str, effect: str) -> tuple[str, ...]:
    kinds = (("giving", GIVING), ("withholding", WITHHOLDING), ("binding", BINDING))
    kind = next((name for name, effects in kinds if effect in effects), "")
    return tuple(table()["follows"][frame].get(kind, ()))


def _own(deed: Deed, answer: Answer, library: Library) -> Found | None:
    """The deed's own statement that the answer cites, in a document that no newer one replaces."""
    for citation in answer.citations:
        if citation.source_id not in superseded(library):
            for found in found_at(citation, library):
                if found.statement.id in deed.statements:
                    return found
    return None


def found_at(citation: Citation, library: Library) -> tuple[Found, ...]:
    """The statements that a citation shows."""
    return tuple(
        Found(passage, statement)
        for passage in library.passages.values()
        if passage.source_id == citation.source_id
        for statement in passage.statements
        if _meet(statement, citation)
    )


def _meet(statement: Statement, citation: Citation) -> bool:
    return any(span.start < citation.end and citation.start < span.end for span in statement.spans)


def superseded(library: Library) -> frozenset[str]:
    """The documents that a newer one replaces."""
    return frozenset(old for source in library.sources.values() for old in source.supersedes)


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers give the same verdict on the same first words."""
    mine, theirs = one.citations[:1], other.citations[:1]
    return one.verdict == other.verdict and bool(mine and theirs) and mine[0].quote == theirs[0].quote
