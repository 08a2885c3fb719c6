"""Questions that are answered with yes, no, or yes on conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.authority import name
from assistant.effects import BINDING, GIVING, WITHHOLDING, condition_in
from assistant.learning.modules.binding import BoundModule
from assistant.learning.modules.module import Both
from assistant.learning.quiz.forms import as_question, item_as_question
from assistant.learning.quiz.pool import Pool, Said, content, leans
from assistant.learning.quiz.proof import cited
from assistant.learning.quiz.question import Option, Question, Quote, question
from assistant.models import Answer

VERDICTS: Mapping[str, Both] = {
    "ja": Both("Ja", "Yes"),
    "nej": Both("Nej", "No"),
    "betinget": Both("Ja, på betingelser", "Yes, on conditions"),
}
_SHORTEST, _LONGEST = 30, 230
_LEFT_OF_CONDITION = 35
_SHARED = 2  # words that a lead-in may share with an exception of other things
_IFS = ("hvis", "såfremt", "medmindre", "når")


def of_statements(pool: Pool) -> Iterator[Question]:
    """A question from each ruling statement that the forms can put as one and that answers it alone."""
    for said in pool.ruling:
        if not pool.contested(said):
            asked = _item(said, pool) if said.passage.lead_in else _sentence(said, pool)
            if asked:
                yield asked


def _sentence(said: Said, pool: Pool) -> Question | None:
    text = said.text
    effect = said.statement.effect
    condition = condition_in(text) if effect in GIVING else ""
    bare = _without(condition, text) if condition else text
    if leans(text) or bare.endswith((":", " af")):
        return None
    if condition and (len(bare) < _LEFT_OF_CONDITION or not text.rstrip(". ").endswith(condition)):
        return None
    form = as_question(bare)
    if form is None or not _SHORTEST <= len(form.text) <= _LONGEST:
        return None
    verdict, proof = _verdict(said, form.denied, condition, pool)
    return _asked(said, form.text, verdict, proof) if verdict else None


def _without(condition: str, text: str) -> str:
    """What stands before a condition, without the beginning of the clause that it is part of."""
    before = text[: text.find(condition)].rstrip(" ,–-")
    return re.sub(r",? (?:der|som|hvor|når|hvis|hvorved)(?: \w+){0,2}$", "", before)


def _verdict(said: Said, denied: bool, condition: str, pool: Pool) -> tuple[str, tuple[Quote, ...]]:
    """What the statement answers to its own question and with which quotes; "" where that is not certain."""
    effect, own = said.statement.effect, pool.quotes(said)
    if denied:
        return ("nej", own) if effect in WITHHOLDING | {"exempt"} else ("", ())
    if effect == "required":
        return ("ja", own) if not any(word in said.text.lower().split() for word in _IFS) else ("", ())
    if effect not in GIVING:
        return "", ()
    if condition:
        return "betinget", own
    limits = [other for other in pool.around(said) if other.statement.effect in ("condition", "not_exempt")]
    if limits:
        return "betinget", own + tuple(quote for other in limits for quote in pool.quotes(other))
    if any(other.statement.effect in BINDING | WITHHOLDING for other in pool.around(said)):
        return "", ()  # a duty beside it may be a condition of it, or not: nobody is asked
    return "ja", own


def _item(said: Said, pool: Pool) -> Question | None:
    """Whether an exemption holds for a provision that stands under its lead-in."""
    if said.statement.effect != "exempt" or not said.statement.provisions or _excepted(said, pool):
        return None
    asked = item_as_question(said.passage.lead_in, said.text)
    if not asked or len(asked) > _LONGEST:
        return None
    return _asked(said, asked, "ja", pool.quotes(said, with_lead=True))


def _excepted(said: Said, pool: Pool) -> bool:
    """Whether the same document withholds, without naming a provision, what could be this item."""
    mine = content(said.text) | content(said.passage.lead_in)
    return any(
        other.statement.effect in WITHHOLDING
        and not other.statement.provisions
        and other.passage.source_id == said.passage.source_id
        and _said_alike(mine, content(said.text), content(other.text))
        for other in pool.own
    )


def _said_alike(item_and_lead: frozenset[str], item: frozenset[str], other: frozenset[str]) -> bool:
    return bool(item & other) or len(item_and_lead & other) > _SHARED


def _asked(said: Said, text: str, verdict: str, proof: tuple[Quote, ...]) -> Question:
    kind, date = said.passage.kind_of_source, said.passage.date
    asked = Both(
        f"Hvad siger {name(kind, date, 'da')}? {text}",
        f"What does {name(kind, date, 'en')} say? (In the document's own Danish:) {text}",
    )
    return question("verdict", asked, _options(verdict), proof)


def _options(verdict: str) -> tuple[Option, ...]:
    return tuple(Option(text, code == verdict) for code, text in VERDICTS.items())


def of_case(bound: BoundModule, pool: Pool) -> Iterator[Question]:
    """The worked case of a module, if its quotes stand and what they say bears its verdict."""
    case = bound.module.case
    if case.verdict not in VERDICTS or not bound.stands(case.quotes):
        return
    proof = cited(bound, case.quotes)
    if _bears(case.verdict, proof, pool):
        asked = Both(f"{case.situation.da} {case.question.da}", f"{case.situation.en} {case.question.en}")
        yield question("verdict", asked, _options(case.verdict), proof, why=case.lesson)


def _bears(verdict: str, proof: tuple[Quote, ...], pool: Pool) -> bool:
    """Whether among the quoted statements is one that can give this verdict."""
    effects = {each.statement.effect for each in pool.at(proof)}
    if verdict == "ja":
        return bool(effects & (GIVING | BINDING))
    if verdict == "nej":
        return bool(effects - GIVING)
    return bool(effects & (GIVING | BINDING)) and (len(effects) > 1 or len(proof) > 0)


def of_approved(answers: Iterable[Answer], pool: Pool) -> Iterator[Question]:
    """The questions that a jurist has approved the answer of, and whose quotes stand as they stood."""
    for answer in answers:
        proof = tuple(Quote(each.source_id, each.start, each.end, each.quote) for each in answer.citations)
        if answer.verdict in VERDICTS and proof and _bears(answer.verdict, proof, pool):
            yield question(
                "verdict", Both(answer.question, answer.question), _options(answer.verdict), proof, why=APPROVED
            )


APPROVED = Both("En jurist har godkendt svaret.", "A jurist has approved the answer.")
