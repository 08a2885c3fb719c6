"""Measures of one answer. A scorer is a function that returns a function from an Observation to a Score.

None means unscored: the case does not ask for this measure, or there was nothing to judge. It never counts as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from assistant.models import Answer, Citation, Hit
from evals.cases import Case
from evals.matching import same_document, says, supports

RECALL_AT = (1, 3, 5, 10)
ABSTAINED = "ikke_besvaret"
# Openings of questions on whether something is still a duty, with an example each.
MUST_OPENINGS = (
    (
        re.compile(r"\bskal\s+(?:vi|jeg|man|kommunen|kommunerne|der|de|borgeren)\b", re.IGNORECASE),
        "Skal vi stadig registrere?",
    ),
    (
        re.compile(r"\ber\s+(?:vi|jeg|man|kommunen|det)\s+(?:forpligtet|pligtig|et krav|nødvendigt)", re.IGNORECASE),
        "Er det et krav?",
    ),
    (
        re.compile(r"\bhar\s+(?:vi|jeg|man|kommunen)\s+(?:stadig\s+)?pligt\b", re.IGNORECASE),
        "Har vi pligt til at lave den?",
    ),
    (re.compile(r"\bbehøver\s+(?:vi|jeg|man|kommunen)\b", re.IGNORECASE), "Behøver vi lave en plan?"),
    (
        re.compile(
            r"\b(?:must|do|does)\s+(?:we|i|the municipality)\s+(?:still\s+)?(?:have|need)\s+to\b", re.IGNORECASE
        ),
        "Do we have to?",
    ),
    (re.compile(r"\bmust\s+(?:we|i|the municipality)\b", re.IGNORECASE), "Must we still register?"),
    (re.compile(r"\bare\s+we\s+(?:still\s+)?(?:required|obliged)\b", re.IGNORECASE), "Are we required to report?"),
)
_LABEL = re.compile(r"\[(\d+)\]")


class Score(NamedTuple):
    """A value, and how much it weighs in a mean (citations weigh one each, cases one each)."""

    value: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen for one case. `answer` is None when the engine refused, and `error` then says why;
    `hits` is None when retrieval was not asked; `ms` is the wall-clock time of the answer."""

    case: Case
    answer: Answer | None = None
    hits: tuple[Hit, ...] | None = None
    ms: float = 0.0
    error: str = ""


Scorer = Callable[[Observation], Score | None]
Texts = Callable[[str], str]


def verdict(*, strict: bool = False) -> Scorer:
    """1 if the verdict is one of the accepted ones; `strict`: if it is the expected one."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None:
            return None
        accepted = {seen.case.verdict} if strict else seen.case.accepted
        return Score(float(seen.answer.verdict in accepted))

    return score


def citation_hit() -> Scorer:
    """1 if one citation's quote, or the passage it is from, contains a must_cite quote of the same document."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or not seen.case.must_cite:
            return None
        # Where silence is accepted, a silent answer has nothing to cite: there is nothing to judge.
        if seen.answer.verdict == ABSTAINED and ABSTAINED in seen.case.accepted:
            return None
        cited = (supports(seen.case.must_cite, c.source_id, c.quote, c.passage) for c in seen.answer.citations)
        return Score(float(any(cited)))

    return score


def citation_fidelity(source_text: Texts, file_text: Texts) -> Scorer:
    """The share of citations whose quote equals its span of the source's text and stands verbatim in the file."""

    def faithful(citation: Citation) -> bool:
        quote = citation.quote
        spanned = source_text(citation.source_id)[citation.start : citation.end] == quote
        return bool(quote) and spanned and quote in file_text(citation.source_id)

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or not seen.answer.citations:
            return None
        marks = [faithful(citation) for citation in seen.answer.citations]
        return Score(sum(marks) / len(marks), len(marks))

    return score


def grounded() -> Scorer:
    """1 if an answer that answers cites, and each [n] of its prose is one of its citations."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or seen.answer.verdict == ABSTAINED:
            return None
        numbers = {str(citation.n) for citation in seen.answer.citations}
        return Score(float(bool(numbers) and set(_LABEL.findall(seen.answer.answer)) <= numbers))

    return score


def must_say(*, prose_only: bool = False) -> Scorer:
    """1 if every pattern is found in the prose or a quote; `prose_only`: in the prose."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or not seen.case.must_say:
            return None
        return Score(float(all(says(pattern, *texts(seen.answer, prose_only)) for pattern in seen.case.must_say)))

    return score


def must_not_say(*, prose_only: bool = False) -> Scorer:
    """1 if no pattern is found in the prose or a quote; `prose_only`: in the prose."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or not seen.case.must_not_say:
            return None
        return Score(
            float(not any(says(pattern, *texts(seen.answer, prose_only)) for pattern in seen.case.must_not_say))
        )

    return score


def abstention_precision() -> Scorer:
    """Of the answers that abstain: 1 if abstaining is accepted."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or seen.answer.verdict != ABSTAINED:
            return None
        return Score(float(ABSTAINED in seen.case.accepted))

    return score


def abstention_recall() -> Scorer:
    """Of the cases that ask for abstaining: 1 if it did. Unscored where it took another accepted verdict."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or seen.case.verdict != ABSTAINED:
            return None
        abstained = seen.answer.verdict == ABSTAINED
        return None if seen.answer.verdict in seen.case.verdict_ok and not abstained else Score(float(abstained))

    return score


def dangerous() -> Scorer:
    """1 for a "ja" where "nej" or silence is right, or a "nej" to a duty that stands or is nowhere told; else 0."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None:
            return None
        given, case = seen.answer.verdict, seen.case
        wrong_yes = given == "ja" and case.verdict in ("nej", ABSTAINED)
        wrong_no = given == "nej" and case.verdict in ("ja", ABSTAINED) and asks_for_duty(case)
        return Score(float((wrong_yes or wrong_no) and given not in case.accepted))

    return score


def language() -> Scorer:
    """1 if the answer is in the case's language; unscored for languages that answers do not come in."""

    def score(seen: Observation) -> Score | None:
        if seen.answer is None or seen.case.lang not in ("da", "en"):
            return None
        return Score(float(seen.answer.language == seen.case.lang))

    return score


def latency() -> Scorer:
    """The wall-clock milliseconds of the answer."""
    return lambda seen: None if seen.answer is None else Score(seen.ms)


def failed() -> Scorer:
    """1 if the engine gave no answer."""
    return lambda seen: Score(float(seen.answer is None))


def recall_at(k: int) -> Scorer:
    """1 if one of the first `k` passages found is one that the case must cite."""

    def score(seen: Observation) -> Score | None:
        if seen.hits is None or not seen.case.must_cite:
            return None
        place = rank(seen)
        return Score(float(place is not None and place <= k))

    return score


def reciprocal_rank() -> Scorer:
    """1 / the place of the first right passage; 0 when none is found."""

    def score(seen: Observation) -> Score | None:
        if seen.hits is None or not seen.case.must_cite:
            return None
        place = rank(seen)
        return Score(1 / place if place else 0.0)

    return score


def rank(seen: Observation) -> int | None:
    """The place, counted from 1, of the first hit whose passage (or the lead-in it hangs under) supports the case."""
    for place, hit in enumerate(seen.hits or (), start=1):
        passage = hit.passage
        if not any(same_document(wanted.doc, passage.source_id) for wanted in seen.case.must_cite):
            continue
        if supports(seen.case.must_cite, passage.source_id, passage.raw, passage.text, passage.lead_in):
            return place
    return None


def asks_for_duty(case: Case) -> bool:
    """True if the question is whether something must be done: the case's `frame`, else its opening words."""
    if case.frame:
        return case.frame == "must"
    return any(pattern.search(case.question) for pattern, _ in MUST_OPENINGS)


def texts(answer: Answer, prose_only: bool = False) -> tuple[str, ...]:
    """What patterns are looked for in: the prose, and each quote."""
    return (answer.answer,) if prose_only else (answer.answer, *(citation.quote for citation in answer.citations))


def all_scorers(source_text: Texts, file_text: Texts) -> dict[str, Scorer]:
    """Every scorer by the name that results keep it under."""
    return {
        "verdict": verdict(),
        "verdict_strict": verdict(strict=True),
        "citation_hit": citation_hit(),
        "citation_fidelity": citation_fidelity(source_text, file_text),
        "grounded": grounded(),
        "must_say": must_say(),
        "must_say_prose": must_say(prose_only=True),
        "must_not_say": must_not_say(),
        "must_not_say_prose": must_not_say(prose_only=True),
        "abstention_precision": abstention_precision(),
        "abstention_recall": abstention_recall(),
        "dangerous": dangerous(),
        "language": language(),
        "failed": failed(),
        "mrr": reciprocal_rank(),
        "latency": latency(),
    } | {f"recall_at_{k}": recall_at(k) for k in RECALL_AT}
