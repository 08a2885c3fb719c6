"""Prose: the conclusion first, then the words it rests on, what limits it, and what to remember, each with its mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.authority import name
from assistant.citing import Citations
from assistant.conclusion import concluded
from assistant.duties import standing
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.library import Library
from assistant.locality import place_of
from assistant.models import Language
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.quoting import list_quote, marked, quote, same_words
from assistant.set_aside import REPLACED
from assistant.templates import fill
from assistant.timing import spoken_period
from assistant.wanted import asked_for

# How many statements a fact is given in; a figure or a name needs one, a comparison one of each document.
_QUOTED = {"how_many": 1, "how_much": 1, "when": 1, "who": 1, "where": 1, "compare": 4, "procedure": 3}
_MOST_QUOTED = 2
_MOST_STEPS = 5
_MOST_CONDITIONS = 3
# A statement short enough to be repeated beside another that gives other provisions.
_SHORT = 130
_ABOUT_MEMBERS = {"medlem": "ja.member", "ikke_medlem": "nej.network", "andet_netvaerk": "nej.network"}
_SPECIAL = {
    "forkert_forudsaetning": "nej.premise",
    "gaelder_gruppen": "group",
    "kun_efter_vurdering": "nej.assessed",
    "andet_netvaerks_bestemmelse": "nej.other_provision",
}


class Voice(NamedTuple):
    """In which language, from which documents and with which citations an answer is written.

    `asked` is the asking sentence as it may be repeated, "" where it may not.
    """

    language: Language
    library: Library
    citations: Citations
    asked: str = ""

    def fill(self, key: str, **values: str) -> str:
        """A template in the answer's language."""
        return fill(self.language, key, **values)

    def marks(self, items: Sequence[Evidence]) -> str:
        """The marks of several statements, each once."""
        return "".join(dict.fromkeys(mark for item in items for mark in self.citations.each(item)))

    def source(self, item: Evidence) -> str:
        """The document of a statement in running text."""
        return name(item.passage.kind_of_source, item.passage.date, self.language)


def rule_prose(question: Question, judgement: Judgement, voice: Voice) -> tuple[str, tuple[str, ...]]:
    """The prose and the conditions for a verdict on a rule."""
    pieces = [_opening(question, judgement, voice)]
    pieces += _grounds(judgement, voice)
    if judgement.conditions:
        pieces.append(_conditions(judgement.conditions, voice))
    pieces += [_earlier(item, voice) for item, reason in judgement.set_aside if reason == REPLACED][:1]
    duty = standing(question, judgement, voice.library)
    if duty and (told := _quoted(duty, voice))["quote"].strip("»«“” ") not in " ".join(pieces):
        pieces.append(voice.fill("remember", **told))
    elsewhere = {place_of(item) for item in judgement.basis} - {"", *question.municipalities}
    pieces += [voice.fill("local", municipality=municipality) for municipality in sorted(elsewhere)]
    unnamed = set(question.municipalities) - set(municipalities_in(question.text))
    pieces += [voice.fill("place", municipality=municipality) for municipality in sorted(unnamed)]
    conditions = tuple(
        f"{quote(item, voice.library).words.strip()} {voice.marks(quote(item, voice.library).items)}"
        for item in judgement.conditions
    )
    return " ".join(dict.fromkeys(filter(None, pieces))), conditions


def frame_of(question: Question) -> str:
    """Which family of answer templates a question takes."""
    if question.act == "do":
        return "must" if question.mode == "must" else "may"
    return question.act


def _opening(question: Question, judgement: Judgement, voice: Voice) -> str:
    """The conclusion: in the question's own words where they can be turned round, else a plain sentence."""
    if judgement.rule == "del_og_helhed":
        return voice.fill("partly")
    if judgement.rule in _ABOUT_MEMBERS:
        names = ", ".join(question.municipalities)
        key = _ABOUT_MEMBERS[judgement.rule]
        return voice.fill(key, network=voice.library.network_name, municipality=names)
    if judgement.rule == "uden_for_perioden" and judgement.verdict == "nej" and judgement.held:
        return voice.fill("nej.expired", period=spoken_period(judgement.held, voice.language))
    if judgement.rule in _SPECIAL:
        return voice.fill(_SPECIAL[judgement.rule])
    on_conditions = bool(judgement.conditions) and question.asks_duty
    said = concluded(voice.asked, voice.language, judgement.verdict, on_conditions, spelt(voice)) if voice.asked else ""
    key = f"{judgement.verdict}.{frame_of(question)}"
    return said or voice.fill("nej.must.conditions" if key == "nej.must" and on_conditions else key)


def spelt(voice: Voice) -> Callable[[str], bool]:
    """Whether a word of the question may be repeated as it is written."""
    return voice.library.spells


def _grounds(judgement: Judgement, voice: Voice) -> list[str]:
    """What the verdict stands on, then what speaks against it where both halves stand."""
    pieces = _side(judgement.basis, voice)
    if judgement.against:
        turned = _side(judgement.against, voice)
        pieces.append(voice.fill("but", said=turned[0][0].lower() + turned[0][1:]))
        pieces += turned[1:]
    return pieces


def _side(items: Sequence[Evidence], voice: Voice) -> list[str]:
    """The best statement in full, those that name other provisions in short, the rest by their documents."""
    if not items:
        return []
    first, rest = items[0], items[1:]
    alike = tuple(item for item in rest if not _names_otherwise(item, first))
    other = [item for item in rest if item not in alike]
    pieces = [says(first, voice), *(_also(alike, voice) for _ in alike[:1])]
    while other:
        together = [item for item in other if same_words(item, other[0])]
        pieces.append(_names(together, voice))
        other = [item for item in other if item not in together]
    return pieces


def _names_otherwise(item: Evidence, first: Evidence) -> bool:
    """Whether a statement names other provisions of the same law than the first does, in few words."""
    ours, theirs = set(first.statement.provisions), set(item.statement.provisions)
    shared = {provision.law for provision in ours} & {provision.law for provision in theirs}
    differ = any({each for each in ours ^ theirs if each.law == law} for law in shared)
    return differ and len(item.statement.text) <= _SHORT


def _names(items: Sequence[Evidence], voice: Voice) -> str:
    """Documents that say one thing in the same few words."""
    words = marked(items[0].statement.text, voice.language)
    return voice.fill(
        "names", sources=joined([voice.source(item) for item in items], voice), quote=words, marks=voice.marks(items)
    )


def joined(named: Sequence[str], voice: Voice) -> str:
    """ "a, b og c"."""
    joint = " og " if voice.language == "da" else " and "
    return joint.join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def says(item: Evidence, voice: Voice) -> str:
    """One sentence: in which document what stands, with its marks."""
    return voice.fill("says", source=voice.source(item), **_quoted(item, voice))


def _quoted(item: Evidence, voice: Voice) -> dict[str, str]:
    found = quote(item, voice.library)
    return {"quote": marked(found.words, voice.language), "marks": voice.marks(found.items)}


def _conditions(items: Sequence[Evidence], voice: Voice) -> str:
    """All conditions, each in its own words; none that the answer has repeated already."""
    said = [_quoted(item, voice) for item in items if not voice.citations.holds(item)][:_MOST_CONDITIONS]
    if not said:
        return ""
    quotes = "; ".join(dict.fromkeys(f"{each['quote']} {each['marks']}" for each in said))
    return voice.fill("condition" if len(said) == 1 else "conditions", quotes=quotes)


def _earlier(item: Evidence, voice: Voice) -> str:
    return voice.fill("earlier", source=voice.source(item), **_quoted(item, voice))


def _also(items: Sequence[Evidence], voice: Voice) -> str:
    named = [f"{voice.source(item)} {voice.citations.marks(item)}" for item in items]
    return voice.fill("also", sources=joined(named, voice))


def fact_prose(question: Question, judgement: Judgement, voice: Voice) -> str:
    """The best statements in their own words, a list as one, what only repeats them by its document."""
    opening = {"ja": ["ja.whether"], "nej": ["nej.whether"]}.get(judgement.verdict, [])
    pieces = [voice.fill(key) for key in opening]
    first = judgement.basis[0]
    listed = list_quote(judgement.basis, voice.library)
    if listed:
        words = marked(listed.words, voice.language)
        pieces.append(voice.fill("says", source=voice.source(first), quote=words, marks=voice.marks(listed.items)))
        return " ".join(pieces)
    alike = tuple(item for item in judgement.basis[1:] if same_words(item, first))
    others = [item for item in judgement.basis[1:] if item not in alike]
    quoted = how_many(question) - 1
    pieces += [_says_of(first, voice), *(_also(alike, voice) for _ in alike[:1])]
    told = first
    for item in others[:quoted]:
        if not voice.citations.holds(item):
            same = _place(item) == _place(told)
            pieces.append(voice.fill("more", **_quoted(item, voice)) if same else _says_of(item, voice))
            told = item
    further = [item for item in others[quoted:] if not voice.citations.holds(item)]
    if further:
        pieces.append(voice.fill("see_also", marks=voice.marks(further)))
    return " ".join(pieces)


def how_many(question: Question) -> int:
    """How many statements a fact is given in: each step of what follows in order, and one of each type asked for."""
    asked = asked_for(question)
    if asked and asked.wanted.name == "sequence":
        return _MOST_STEPS
    return max(_QUOTED.get(question.form, _MOST_QUOTED), 1 + len(asked.also) if asked else 1)


def _place(item: Evidence) -> tuple[str, str, str]:
    return item.passage.source_id, item.passage.date, item.passage.municipality


def _says_of(item: Evidence, voice: Voice) -> str:
    """What stands where; of which municipality too, where the words themselves do not name it."""
    place = item.passage.municipality
    if not place or place in municipalities_in(quote(item, voice.library).words):
        return says(item, voice)
    return voice.fill("says_of", source=voice.source(item), place=place, **_quoted(item, voice))
