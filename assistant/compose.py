"""Prose: the conclusion first, then the words it rests on, each with its mark."""

from __future__ import annotations

import re

from assistant.authority import name
from assistant.citing import Citations
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.provisions import label
from assistant.question import Question
from assistant.templates import fill
from assistant.timing import spoken_period

_QUOTE = {"da": "»{}«", "en": "“{}”"}
_LONGEST_QUOTE = 420
_MOST_IN_PROSE = 2
_ABOUT_MEMBERS = {"medlem": "ja.member", "ikke_medlem": "nej.network", "andet_netvaerk": "nej.network"}
_SILENT = {"andet_netvaerk": "silent.network"}
_SPECIAL = {
    "forkert_forudsaetning": "nej.premise",
    "gaelder_gruppen": "group",
    "kun_efter_vurdering": "nej.assessed",
}


def quoted(item: Evidence, language: str) -> str:
    """A statement's words in quotation marks, a list item's under its lead-in."""
    text = item.statement.text.strip()
    if item.passage.lead_in and item.passage.kind == "list_item":
        text = f"{item.passage.lead_in} {text}"
    # Quotation marks of the source become single ones inside ours.
    return _QUOTE[language].format(re.sub(r"[»«“”„\"]", "’", shortened(text)).rstrip(" .,;"))


def shortened(text: str) -> str:
    """`text`, cut at a word with an ellipsis where it is too long to read in a sentence."""
    text = re.sub(r"\s+", " ", text)
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def rule_prose(
    question: Question, judgement: Judgement, network: str, citations: Citations
) -> tuple[str, tuple[str, ...]]:
    """The prose and the conditions for a verdict on a rule."""
    language = question.language
    if judgement.rule == "del_og_helhed":
        prose = _halves(judgement, language, citations)
    else:
        prose = _one_side(question, judgement, network, citations)
    conditions = tuple(f"{shortened(item.statement.text)} {citations.marks(item)}" for item in judgement.conditions)
    return prose, conditions


def frame_of(question: Question) -> str:
    """Which family of answer templates a question takes."""
    if question.act == "do":
        return "must" if question.mode == "must" else "may"
    return question.act


def _halves(judgement: Judgement, language: str, citations: Citations) -> str:
    given = says(judgement.basis[0], language, citations)
    withheld = says(judgement.against[0], language, citations)
    pieces = [fill(language, "halves", given=given, withheld=withheld)]
    rest = (*judgement.basis[1:], *judgement.against[1:])
    if rest:
        pieces.append(_also(rest, language, citations))
    return " ".join(pieces)


def _one_side(question: Question, judgement: Judgement, network: str, citations: Citations) -> str:
    language = question.language
    frame = frame_of(question)
    key = _SPECIAL.get(judgement.rule, f"{judgement.verdict}.{frame}")
    if key == "nej.must" and judgement.conditions:
        key = "nej.must.conditions"
    if judgement.rule in _ABOUT_MEMBERS:
        names = ", ".join(question.municipalities)
        pieces = [fill(language, _ABOUT_MEMBERS[judgement.rule], network=network, municipality=names)]
    elif judgement.rule == "uden_for_perioden" and judgement.verdict == "nej" and judgement.held:
        pieces = [fill(language, "nej.expired", period=spoken_period(judgement.held, language))]
    else:
        pieces = [fill(language, key)]
    pieces += [says(item, language, citations) for item in judgement.basis[:1]]
    if judgement.basis[1:]:
        pieces.append(_also(judgement.basis[1:], language, citations))
    if judgement.conditions:
        first = judgement.conditions[0]
        pieces.append(fill(language, "condition", quote=quoted(first, language), marks=citations.marks(first)))
    return " ".join(pieces)


def says(item: Evidence, language: str, citations: Citations) -> str:
    """One sentence: which document says what, with its mark."""
    source = name(item.passage.kind_of_source, item.passage.date, language)
    return fill(
        language,
        "says",
        source=source[0].upper() + source[1:],
        quote=quoted(item, language),
        marks=citations.marks(item),
    )


def change_prose(question: Question, judgement: Judgement, citations: Citations) -> str:
    """What is new, what is gone and what is worded otherwise, each with its quotes."""
    language = question.language
    pieces = []
    for key, chosen in (
        ("changes.new", [after for before, after in judgement.changed if after and not before]),
        ("changes.gone", [before for before, after in judgement.changed if before and not after]),
    ):
        if chosen:
            source = name(chosen[0].passage.kind_of_source, chosen[0].passage.date, language)
            quotes = "; ".join(f"{quoted(item, language)} {citations.marks(item)}" for item in chosen)
            pieces.append(fill(language, key, source=source, quotes=quotes))
    for before, after in judgement.changed:
        if before and after:
            pieces += [
                fill(language, "changes.reworded"),
                says(before, language, citations),
                says(after, language, citations),
            ]
    return " ".join(dict.fromkeys(pieces))


def _also(items: tuple[Evidence, ...], language: str, citations: Citations) -> str:
    named = [
        f"{name(item.passage.kind_of_source, item.passage.date, language)} {citations.marks(item)}" for item in items
    ]
    joint = " og " if language == "da" else " and "
    return fill(language, "also", sources=joint.join([", ".join(named[:-1]), named[-1]] if named[1:] else named))


def near_prose(question: Question, judgement: Judgement, citations: Citations) -> str:
    """That the sources are silent, and the nearest thing that they do say where it helps."""
    language = question.language
    named = tuple(dict.fromkeys(label(each) for mention in question.mentions for each in mention.provisions))
    if judgement.rule == "hvilken_lov":
        laws = sorted({each.law for item in judgement.near for each in item.statement.provisions if each.law})
        pieces = [fill(language, "silent.law", provision=", ".join(named), laws=", ".join(laws))]
    elif judgement.rule == "bestemmelse_ukendt" and named:
        pieces = [fill(language, "silent.provision", provision=", ".join(named))]
    else:
        pieces = [fill(language, _SILENT.get(judgement.rule, "silent"))]
    pieces += [
        fill(language, "near", quote=quoted(item, language), marks=citations.marks(item)) for item in judgement.near
    ]
    return " ".join(pieces)


def fact_prose(question: Question, judgement: Judgement, citations: Citations) -> str:
    """The best statements as quotes, the further ones as marks only."""
    language = question.language
    shown, further = judgement.basis[:_MOST_IN_PROSE], judgement.basis[_MOST_IN_PROSE:]
    opening = {"ja": ["ja.whether"], "nej": ["nej.whether"]}.get(judgement.verdict, [])
    pieces = [fill(language, key) for key in opening] + [
        fill(language, "info", quote=quoted(item, language), marks=citations.marks(item))
        if place == 0
        else f"{quoted(item, language)} {citations.marks(item)}."
        for place, item in enumerate(shown)
    ]
    if further:
        pieces.append(fill(language, "see_also", marks="".join(citations.marks(item) for item in further)))
    return " ".join(pieces)
