"""Who is to do what a question asks about: the asker, the municipality, or someone named."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from assistant.approved.closed_classes import CUT, MODAL, WE
from assistant.approved.kinds_of_words import is_infinitive, is_person
from assistant.approved.taking import Taken
from assistant.approved.wording import wording
from assistant.models import Language

_BARE = 7  # the letters of a modal verb and the space behind it
_NOBODY = frozenset("der det there it".split())
_EITHER = ("kommun", "municipalit")  # the asker's own as well as any
_OURS = ("kommune", "kommunen", "kommuner", "kommunerne")
_SUBJECT = 3
# Where the subject stands before its verb: "at borgeren skal ...".
_STATED = {"da": re.compile(r"\b(at|om|som|der)\b"), "en": re.compile(r"\b(that|if|whether|which|who)\b")}
# "Må vi lade enheden gøre det?" asks what "Må enheden gøre det?" asks; "Er det tilladt at gøre det?" is asked of us.
_LETS = {"da": re.compile(r"\blade\b(?! (vaere|ligge))"), "en": re.compile(r"\blet\b")}
_IMPERSONAL = {
    "da": re.compile(r"\b(tilladt|lovligt|muligt|orden|ok|okay|krav|pligt|noedvendigt|obligatorisk) at (\w+)\b"),
    "en": re.compile(r"\b(ok|okay|permitted|allowed|possible|legal|fine|mandatory|required|necessary) to (\w+)"),
}
_PASSIVE = {
    "da": re.compile(r"\w{3,}[^aeiou]?es\b|\b(blive|vaere|bliver) \w+(et|t|te)\b"),
    "en": re.compile(r"\bbe \w+"),
}
# Who is to have something does nothing: "Skal unge have et pålæg?" asks if one must give it.
_HAS = re.compile(r"\b(have|ha|faa|modtage|receive|get)\b")


class Doer(NamedTuple):
    """Who does what is asked about: the kind of it, and the word for it where it is someone named."""

    kind: str
    word: str = ""


def doer_of(spoken: str, asked: list[Taken], main: Callable[[int], bool], language: Language) -> Doer:
    """Who is to do it: the asker, or someone named beside or behind the verb that asks, if not passively."""
    if _LETS[language].search(spoken):
        return Doer("")
    verbs = sorted((each for each in asked if each.name in MODAL), key=lambda each: (not main(each.start), each.start))
    if any(_before(each, spoken) in WE[language] for each in verbs if main(each.start)):
        return Doer("we")
    if verbs:
        found = [_doer(each, spoken, language) for each in verbs if main(each.start) == main(verbs[0].start)]
        return next((each for each in found if each.kind == "we"), found[0])
    return Doer("we" if any(word in WE[language] for word in re.findall(r"\w+", spoken)) else "")


def _before(verb: Taken, spoken: str) -> str:
    """The word before a verb."""
    return next(iter(re.findall(r"\w+", spoken[: verb.start])[-1:]), "")


def _next(verb: Taken, spoken: str) -> str:
    """The word behind a verb."""
    return next(iter(re.findall(r"\w+", spoken[verb.end :])), "")


def _doer(verb: Taken, spoken: str, language: Language) -> Doer:
    """The subject of one verb; of no kind where it has none, or only a word that may be either."""
    bare = not verb.kept and verb.end - verb.start <= _BARE
    if bare and _STATED[language].search(CUT.split(spoken[: verb.start])[-1]):
        return Doer("")
    before = _before(verb, spoken)
    if bare and (before.startswith(_EITHER) or is_person(before)) and is_infinitive(_next(verb, spoken)):
        return Doer("body") if before.startswith(_EITHER) else Doer("other", before)
    subject = re.findall(r"\w+(?!-)\b", verb.kept) or re.findall(r"\w+\b(?!-)", spoken[verb.end :])[:_SUBJECT]
    impersonal = _IMPERSONAL[language].search(spoken, verb.start)
    if impersonal and not verb.kept and impersonal.start() <= verb.end:
        return Doer("we" if language == "en" or is_infinitive(impersonal[2]) else "")
    for word in subject:
        if word in WE[language]:
            return Doer("we")
        if word in _NOBODY:
            return Doer("")
        if word.startswith(_EITHER) or word.endswith(_OURS):
            return Doer("body")
        if word not in wording(language).drop or word == "der":
            if _HAS.search(spoken, verb.start):
                return Doer("has", word)
            someone = bare or is_person(word)
            return Doer("other", word) if someone and not _PASSIVE[language].search(spoken, verb.start) else Doer("")
    return Doer("")
