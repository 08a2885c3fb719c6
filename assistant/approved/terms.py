"""The words of a question that could tell it from another one, and what each of them hangs on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assistant.approved.closed_classes import CUT, NEGATIONS, PREPOSITIONS
from assistant.approved.forms import inflected
from assistant.approved.taking import SpeltText
from assistant.approved.wording import Wording
from assistant.figures import ordinal_of
from assistant.lexicon import Lexicon
from assistant.models import Language
from assistant.synonyms import parted_verbs
from assistant.words import commonness, fold, stem, tokens

_WORD = re.compile(r"#?[^\W_]+(?:[½¼])?|½")
_NUMERALS = (
    "nul zero", "en et one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven", "otte eight",
    "ni nine", "ti ten", "elleve eleven", "tolv twelve", "tretten thirteen", "fjorten fourteen", "femten fifteen",
    "seksten sixteen", "sytten seventeen", "atten eighteen", "nitten nineteen", "tyve twenty",
)  # fmt: skip
_NUMBERS = {word: str(n) for n, words in enumerate(_NUMERALS) for word in words.split() if n != 1}
_NUMBERS |= {"tredive": "30", "thirty": "30", "halvanden": "1.5", "halvandet": "1.5", "1½": "1.5", "½": "0.5"}
# A rule, a plan or a law is followed, not waited for: there "efter" tells no time.
_RULES = ("regl", "regel", "lov", "bestemmels", "paragraf", "ordning", "aftale", "krav", "kapitel", "list", "brev")
_INSTEAD = frozenset({"istedet", "erstatte", "instead"})
_REACH = 3
_OF = frozenset({"af", "of", "by"})
_MARK = re.compile(r"[,.;:?!–]")
_GAP = 4
_PARTICLE = 3


class Term(NamedTuple):
    """A word of a question that is neither its asking nor what it names.

    `place` orders them; `role` is the preposition that it hangs on; `soft` tells that it may be left out, `scene` that
    it stands beside the sentence that asks, `concept` which phrase of the glossary it belongs to, `after` that it
    follows "i stedet for"; of the soft, `bare` ones only say that something is or is had;
    `denied` tells that its piece of the sentence denies.
    """

    spelt: str
    known: bool
    place: int
    role: str
    soft: bool
    bare: bool
    scene: bool
    concept: str
    after: bool
    denied: bool


class Setting(NamedTuple):
    """What the terms of a text are read with."""

    language: Language
    lexicon: Lexicon
    words: frozenset[str]
    main: tuple[int, int]
    plain: str


def terms_of(
    line: SpeltText, extra: list[tuple[int, str]], ask: str, table: Wording, setting: Setting
) -> Iterator[Term]:
    """The words that are left, and those that patterns stand for, in order."""
    concepts = dict(_concepts(setting))
    denied = _denying(line.spelt, setting.language)
    left = list(_left(line.spelt, setting.language))
    role, after, last = "", False, 0
    for at, word in sorted([*left, *extra]):
        origin = line.origin[min(at, len(line.origin) - 1)]
        if word in PREPOSITIONS[setting.language] and not _tells_time(word, at, line.spelt):
            role, last = word, at
            if word in table.drop or word in ("efter", "after"):
                continue
        if word in _OF:
            role = word
            last = at
            continue
        if _MARK.search(line.spelt[last:at]):
            role, after = "", False
        if word in _INSTEAD:
            after = True
        if word in NEGATIONS[setting.language] or (word in table.drop and not _is_number(word)):
            continue
        value = _value(word, line.spelt, at)
        known = value.startswith("#") or _known(word, setting)
        scene = not setting.main[0] <= origin < setting.main[1]
        soft = _soft(word, ask, table, setting.language) or _context(word, line.spelt[:at], table)
        bare = any(inflected(word, each, setting.language) for each in table.bare)
        instead = after and word not in _INSTEAD
        yield Term(value, known, at, role, soft, bare, scene, concepts.get(origin, ""), instead, denied(at))
        last = at


def _left(spelt: str, language: Language) -> Iterator[tuple[int, str]]:
    """The words that are left, a verb and its particle ("skrive ... under") as the one word that they mean."""
    words = tokens(spelt)
    parted = {each.verb: each for each in parted_verbs(words, _PARTICLE)} if language == "da" else {}
    parted = {place: each for place, each in parted.items() if words[each.particle].spelt not in PREPOSITIONS["da"]}
    particles = {words[each.particle].start for each in parted.values()}
    wholes = {words[place].start: each.whole for place, each in parted.items()}
    for match in _WORD.finditer(spelt):
        if match.start() not in particles:
            yield match.start(), wholes.get(match.start(), match.group())


def _context(word: str, before: str, table: Wording) -> bool:
    """Whether a word only tells that it is about the trial or the network, as all is here ("i forsøget")."""
    within = re.search(r"\b(i|under|in|during)( det her| vores| the| our)? +$", before)
    return word.startswith(tuple(table.context)) and bool(within)


def _denying(spelt: str, language: Language) -> Callable[[int], bool]:
    """Tells whether a place lies in a piece, between two marks or words that open a clause, that denies something."""
    cuts = [match.start() for match in CUT.finditer(spelt)]
    spans = list(zip([0, *cuts], [*cuts, len(spelt)], strict=True))
    denying = [span for span in spans if set(re.findall(r"\w+", spelt[slice(*span)])) & NEGATIONS[language]]
    return lambda at: any(start <= at < end for start, end in denying)


def _soft(word: str, ask: str, table: Wording, language: Language) -> bool:
    """Whether a word says so little that it may be left out."""
    if ask == "when" and word in ("senest", "latest"):
        return True
    if ask in ("what", "who") and any(inflected(word, each, language) for each in table.telling):
        return False
    return any(inflected(word, each, language) for each in table.soft)


def _tells_time(word: str, at: int, spelt: str) -> bool:
    """Whether "efter" tells when ("efter mødet") and not by which rule ("efter de almindelige regler")."""
    if word not in ("efter", "after"):
        return word in ("foer", "inden", "before", "uden", "without", "under", "over")
    if spelt[at + len(word) :][:_GAP].isspace():  # a provision or a document stood there
        return False
    following = re.findall(r"\w+", spelt[at + len(word) :].split(",")[0].split("?")[0])[:_REACH]
    return bool(following) and not any(each.startswith(_RULES) or _RULES_IN.search(each) for each in following)


_RULES_IN = re.compile(r"(reglerne|loven|lovens|planer?)$")


def _is_number(word: str) -> bool:
    return word.startswith("#") or word in _NUMBERS


def _value(word: str, spelt: str, at: int) -> str:
    """A number as "#2", a place in an order as "#2.", any other word as it is."""
    if word.isdigit():
        ordinal = (
            spelt[at + len(word) : at + len(word) + 1] == "." and spelt[at + len(word) + 1 : at + len(word) + 3].strip()
        )
        return f"#{int(word)}." if ordinal else f"#{int(word)}"
    if word in _NUMBERS:
        return f"#{_NUMBERS[word]}"
    if word not in ("anden", "andet") and (place := ordinal_of(fold(word))):
        return f"#{place}."
    return word


def _known(word: str, setting: Setting) -> bool:
    return commonness(word, setting.language) > 0 or word in setting.words or stem(word) in setting.words


def _concepts(setting: Setting) -> Iterator[tuple[int, str]]:
    """Where words of a glossary phrase begin, with the phrase's name and place, so that one is told from the next."""
    words = tokens(setting.plain.replace("#1", "en"))
    for number, match in enumerate(setting.lexicon.concepts(words)):
        for word in words[match.start : match.end]:
            yield word.start, f"{match.concept}/{number}"
