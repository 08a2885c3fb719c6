"""Norms: which statements of the documents speak to a question about a rule, and what each of them says to it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.authority import decides, rank, reports, tells
from assistant.bearing import bearing
from assistant.durations import breaks
from assistant.effects import BINDING, GIVING
from assistant.evidence import Evidence, Gathering
from assistant.figures import other_number
from assistant.library import Library
from assistant.locality import given_here, holds_here, place_of
from assistant.question import Question
from assistant.silence import THRESHOLD
from assistant.weighing import telling as telling_terms

# What an effect answers, by what the question wants (act) and how it puts it (mode): + yes, - no.
# A weak sign (1) decides only where no strong one (2) speaks.
_SAYS: dict[tuple[str, str], dict[str, int]] = {
    ("skip", "may"): {
        "exempt": 2, "permitted": 1, "not_exempt": -2, "required": -2, "condition": -1,
        "refused": -2, "postponed": -2, "forbidden": -1,
    },
    ("do", "must"): {
        "exempt": -2, "permitted": -1, "not_exempt": 2, "required": 2, "condition": 1, "forbidden": -1,
        "refused": 1,
    },
    ("do", "may"): {
        "exempt": 2, "permitted": 2, "condition": -1, "refused": -2, "postponed": -2, "forbidden": -2,
    },
    ("refusal", "may"): {"refused": 2, "postponed": 1, "not_exempt": 1, "exempt": -2, "permitted": -2, "forbidden": 2},
}  # fmt: skip
# A norm that surely answers, and one that hardly does, by the comparison word by word.
_SURELY, _HARDLY = 0.85, 0.15
_NEAR_BEST = 0.86
# A norm that does not touch the question's most telling term is about something else, whatever else it shares.
_TOUCHED = 0.4
# A norm names what is asked when that term stands in its own words, not only around them.
_NAMED = 0.6
_LEAST_SCORE = 0.35
# An exception that names so much more of a question, by weight, than the norm it is made from decides alone.
_NAMES_FAR_MORE = 0.3
# A weak sign counts beside strong ones when it covers this much more of the question.
_FARTHER = 0.04
# A norm far below the best of all statements is not what the question is about.
_NEAR_TOP = 0.6
_MOST = 14
# A deciding document this much below one that only tells speaks of something else.
_AS_NEAR = 0.85

# A clause of time or purpose that follows a main clause.
_BESIDE = re.compile(r"(?<=\w{3}),? (før|inden|så|fordi|mens|således at|med henblik på)\b", re.IGNORECASE)

Signs = tuple[tuple[Evidence, int], ...]


def says(question: Question, effect: str) -> int:
    """Above 0 where a statement of this effect answers the question yes, below where no, 0 where it decides nothing."""
    mode = "must" if question.asks_duty else "may"
    return _SAYS[(question.act, mode)].get(effect, 0)


def is_the_duty(item: Evidence, gathering: Gathering, question: Question, library: Library) -> bool:
    """Whether a duty is about what is asked in its main clause, not only in one of time or purpose beside it.

    "Forsøg skal iværksættes senest den 1. oktober, før de skal evalueres" demands that trials start, not an evaluation.
    """
    beside = _BESIDE.search(item.statement.said)
    if item.statement.effect not in BINDING or beside is None or item.provision in ("all", "part"):
        return True
    main = library.lexicon.features(f"{item.passage.lead_in} {item.statement.said[: beside.start()]}")
    wanted = telling_terms(gathering.terms, question.fresh)
    return not wanted or max(term.match(main) for term in wanted) >= _TOUCHED


def nearest(speaking: list[Evidence], gathering: Gathering) -> list[Evidence]:
    """The norms that are about what was asked: near the best of them, and touching its most telling term."""
    if not speaking:
        return []
    speaking = _with_what_they_hang_on(speaking)
    best = max(speaking[:_MOST], key=lambda item: bearing(item, gathering))
    if bearing(best, gathering) < THRESHOLD[True]:
        return []
    reach = _NEAR_BEST * max(item.coverage for item in speaking[:_MOST])
    floor = max(_LEAST_SCORE, _NEAR_TOP * best.score)
    near = [
        item
        for item in speaking[: 3 * _MOST]
        if _answers(item) or (item.coverage >= reach and item.main >= _TOUCHED and not _answers_less(item, best))
    ]
    # Of several provisions asked about together, a norm that names them all is the one that is meant.
    if len(gathering.asked) > 1 and any(item.provision == "all" for item in near):
        near = _excepted(near) or [item for item in near if item.provision == "all"]
    return [item for item in near if item.score >= floor][:_MOST]


def _answers(item: Evidence) -> bool:
    """Whether a norm surely answers, word by word, whatever words it shares with the question."""
    return item.answers is not None and item.answers >= _SURELY


def _answers_less(item: Evidence, best: Evidence) -> bool:
    """Whether a norm hardly answers, where another surely does."""
    return _answers(best) and item.answers is not None and item.answers < _HARDLY


def _excepted(near: list[Evidence]) -> list[Evidence]:
    """The exceptions from a norm of several provisions, where they name far more of what is asked than any such norm.

    "§§ 140-141" on a list frees of the plan for a child no more than of any other: the exception names the child.
    """
    least = _NAMES_FAR_MORE + max(item.topic for item in near if item.provision == "all")
    exceptions = [item for item in near if item.statement.effect == "not_exempt" and item.provision == "part"]
    return exceptions if any(item.topic >= least for item in exceptions) else []


def _with_what_they_hang_on(speaking: list[Evidence]) -> list[Evidence]:
    """The norms, each that points back ("Denne forudsætning bortfalder") as much about the matter as what it names."""
    named = {(item.passage.source_id, item.statement.said): item for item in speaking}
    return [_raised(item, named.get((item.passage.source_id, item.statement.context))) for item in speaking]


def _raised(item: Evidence, pointed: Evidence | None) -> Evidence:
    if pointed is None or pointed.coverage <= item.coverage:
        return item
    return replace(
        item,
        coverage=pointed.coverage,
        own=max(item.own, pointed.own),
        main=max(item.main, pointed.main),
        score=max(item.score, pointed.score),
    )


def deciding(weighed: Signs) -> Signs:
    """Where a document that decides speaks as nearly of what is asked, one that only tells is not held against it."""
    deciding = tuple((item, sign) for item, sign in weighed if decides(item.passage.kind_of_source))
    told = max((item.score for item, _ in weighed if not decides(item.passage.kind_of_source)), default=0.0)
    nearest = max((item.score for item, _ in deciding), default=0.0)
    return deciding if nearest >= _AS_NEAR * told else weighed


def telling(weighed: Signs) -> list[tuple[Evidence, int]]:
    """The strong signs, and the weak ones that speak to more of the question than any strong one."""
    strong = [item for item, sign in weighed if abs(sign) > 1]
    reach = max((item.coverage for item in strong), default=0.0)

    def binds(item: Evidence) -> bool:
        # That something is possible takes nothing away from what is clearly demanded.
        return not strong or item.statement.effect not in GIVING

    likely = max((item.answers or 0.0 for item in strong), default=0.0)
    named = any(item.main >= _NAMED for item in strong)
    return [
        (item, sign)
        for item, sign in weighed
        if abs(sign) > 1
        or (
            (
                item.coverage > reach + _FARTHER
                or (item.main >= _NAMED and not named)
                or (item.answers or 0.0) >= max(likely, _SURELY)
            )
            and binds(item)
        )
    ]


def _of_a_network_elsewhere(item: Evidence, question: Question, library: Library) -> bool:
    """Whether a statement is of the network, and the question about a municipality outside it."""
    asked, members = set(question.municipalities), library.network.members
    return (
        bool(asked and members)
        and not asked & members
        and not given_here(item, question)
        and not (rank(item.passage.kind_of_source) >= rank("bekendtgoerelse"))
    )


def may_decide(item: Evidence, question: Question, library: Library) -> bool:
    """Whether a statement is a norm of the asker's own network in a document that can decide."""
    if not library.is_own(item.source) or says(question, item.statement.effect) == 0:
        return False
    kind = item.passage.kind_of_source
    if not holds_here(item, question) or _of_a_network_elsewhere(item, question, library):
        return False
    # A duty or a ban for others than those of the age, the sum or the time asked about says nothing of them.
    if item.statement.effect not in GIVING and breaks(question.text, item.statement.said):
        return False
    if other_number(question.text, item.statement.said):
        return False
    # A duty or a no may be learnt from a lower document, a freedom never.
    binding = item.statement.effect not in GIVING and reports(kind)
    # What one municipality does is told of that one; a narrative about all permits nothing.
    told = tells(kind) and (bool(place_of(item)) or question.asks_duty or item.statement.effect not in GIVING)
    return decides(kind) or told or binding
