"""Questions in which one of several claims is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.authority import name
from assistant.effects import NORMS, effect_of
from assistant.learning.modules.binding import BoundModule
from assistant.learning.modules.module import Both
from assistant.learning.quiz.forms import turned
from assistant.learning.quiz.pool import Pool, Said, overlap, stands_alone
from assistant.learning.quiz.proof import cited
from assistant.learning.quiz.question import Option, Question, question

_OPTIONS = 4
_FEWEST = 3
_ALIKE = 0.5
_LONGEST = 210
# A finite verb: a cell such as "Fritagelse fra krav" claims nothing by itself.
_VERB = re.compile(
    r"\b(?:er|kan|skal|må|vil|har|var|blev|bliver|gav|står|gælder|skulle|\w{3,}(?:tes|des|ges|ves|nes|res|eres|ettes|nder|ter|rer))\b"
)
_ASKED = Both("Hvilket udsagn er forkert?", "Which claim is wrong?")


def of_claims(bound: BoundModule) -> Iterator[Question]:
    """For each false claim of a module, which of several claims it is; only claims whose quotes stand are used."""
    standing = [claim for claim in bound.module.claims if bound.stands(claim.quotes)]
    true = [claim for claim in standing if claim.true]
    for number, claim in enumerate(each for each in standing if not each.true):
        beside = [*true[number:], *true[:number]][: _OPTIONS - 1]
        if len(beside) >= _FEWEST - 1:
            options = [Option(claim.text, right=True), *(Option(each.text, right=False) for each in beside)]
            yield question("claim", _ASKED, options, cited(bound, claim.quotes), why=claim.why)


def of_statements(pool: Pool) -> Iterator[Question]:
    """For each statement that can be turned into its contrary, which of several it is; the others stand as they do."""
    ruling = [said for said in pool.ruling if _fit(said)]
    for said in ruling:
        wrong = turned(said.text)
        # That a word turns the sentence is only believed where the reading of effects agrees or a date is moved.
        if wrong and (effect_of(wrong) != effect_of(said.text) or _moved(said.text, wrong)):
            beside = _true_ones(said, ruling)
            if len(beside) >= _FEWEST - 1:
                options = [
                    _option(said, wrong, right=True),
                    *(_option(each, each.text, right=False) for each in beside),
                ]
                yield question("claim", _ASKED, options, pool.quotes(said))


def _fit(said: Said) -> bool:
    return (
        said.statement.effect in NORMS
        and stands_alone(said.text)
        and len(said.text) <= _LONGEST
        and _VERB.search(said.text) is not None
    )


def _moved(text: str, wrong: str) -> bool:
    return "senest" in text.lower() and "tidligst" in wrong.lower()


def _true_ones(said: Said, ruling: Sequence[Said]) -> list[Said]:
    """Statements of what else is ruled, those of the same document first, none of them about the same."""
    found: list[Said] = []
    near = sorted(ruling, key=lambda each: (each.passage.source_id != said.passage.source_id, _away(said, each)))
    for other in near:
        if all(overlap(other.text, known.text) < _ALIKE for known in (said, *found)):
            found.append(other)
    return found[: _OPTIONS - 1]


def _away(one: Said, other: Said) -> int:
    return abs(one.passage.order - other.passage.order)


def _option(said: Said, text: str, *, right: bool) -> Option:
    """A statement with the document that says it: what one edition says, another may not."""
    kind, date = said.passage.kind_of_source, said.passage.date
    da, en = name(kind, date, "da"), name(kind, date, "en")
    return Option(Both(f"{text} ({da[:1].upper()}{da[1:]})", f"{text} ({en[:1].upper()}{en[1:]})"), right)
