"""Seeking: which rows somebody wants, by what they do, where they stand, a provision, a law, or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from assistant.effects import NORMS
from assistant.learning.glance.rows import Row, rows
from assistant.lexicon import CONCEPT
from assistant.library import Library
from assistant.models import Provision
from assistant.provision_laws import law_at
from assistant.provisions import Mention, parse, with_law
from assistant.words import Token, fold, tokens

# A word of a row that is found by a part of it has so many letters at least.
_LEAST_PART = 4
_SHORT = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")
# What only joins the words of a search, or only says that a provision is meant.
_JOINING = frozenset("og eller i om for af the and or of in plan planen lov loven efter jf".split())


# What of a search was let go: nothing, the part of a § that was asked for, or the words beside a provision.
Wider = Literal["", "part", "words"]


class Wanted(NamedTuple):
    """What to show; an empty field asks for nothing. A row must fit the provisions, laws and words of `text`.

    `rest` asks also for what is no rule: wishes, local practice, facts. `documents` are ids, `laws` keys.
    """

    text: str = ""
    effects: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    rest: bool = False


class Found(NamedTuple):
    """The rows that fit, how many there are of each effect apart from the choice of effects, and how many are left out
    since they are no rules. `wider` says what of the search was let go since nothing fitted all of it.
    """

    rows: tuple[Row, ...]
    counts: Counter[str]
    left_out: int
    wider: Wider = ""


class Asked(NamedTuple):
    """A search as read: provisions, laws, and the words that are left."""

    mentions: tuple[Mention, ...]
    laws: frozenset[str]
    words: str


def seek(wanted: Wanted, library: Library) -> Found:
    """The rows that fit, in their order."""
    found, wider = _searched(_placed(rows(library), wanted), read(wanted.text, library), library)
    counts = Counter(chain.from_iterable(effects(row) for row in found))
    if wanted.effects:
        return Found(tuple(row for row in found if wanted.effects & effects(row)), counts, 0, wider)
    rules = tuple(row for row in found if row.effect in NORMS)
    return Found(tuple(found) if wanted.rest else rules, counts, len(found) - len(rules), wider)


def _searched(placed: Sequence[Row], asked: Asked, library: Library) -> tuple[list[Row], Wider]:
    """The rows that fit a search; where none does, those that fit its provisions less narrowly."""
    ways: list[tuple[Wider, Asked]] = [("", asked)]
    if asked.mentions:
        ways.append(("words", asked._replace(words="")))
        ways.append(("part", asked._replace(words="", mentions=tuple(map(_whole, asked.mentions)))))
    for wider, way in ways:
        found = _worded(placed, way, library)
        if found:
            return found, wider
    return [], ""


def effects(row: Row) -> frozenset[str]:
    """The effects that a row is found under: its own, and that of a condition where it is given on one."""
    return frozenset({row.effect, "condition"} if row.conditional or row.excepted else {row.effect})


def read(text: str, library: Library) -> Asked:
    """A search taken apart: "LAB § 18 samtaler" asks for a provision and a word, "SEL" for a law."""
    mentions = parse(text)
    rest, laws = _without_laws(_cut(text, mentions))
    return Asked(tuple(_lawful(each, library) for each in mentions), laws, rest)


def names(row: Row, asked: Mention) -> bool:
    """Whether a row names what is asked for, wholly or in part, or lies in the range that is asked for."""
    return any(mine.relation(each) != "none" for mine in row.mentions for each in asked.provisions) or any(
        asked.relation(each) != "none" for mine in row.mentions for each in mine.provisions
    )


def _placed(found: Iterable[Row], wanted: Wanted) -> list[Row]:
    return [
        row
        for row in found
        if (not wanted.documents or row.source.id in wanted.documents)
        and (not wanted.kinds or row.passage.kind_of_source in wanted.kinds)
        and (not wanted.laws or wanted.laws & set(row.laws))
    ]


def _worded(found: Sequence[Row], asked: Asked, library: Library) -> list[Row]:
    return [
        row
        for row in found
        if all(names(row, each) for each in asked.mentions)
        and (not asked.laws or asked.laws & set(row.laws) or _says(row, asked.laws))
        and (not asked.words or speaks(row, asked.words, library))
    ]


def _says(row: Row, laws: frozenset[str]) -> bool:
    """Whether a row writes one of the laws' abbreviations, without a provision."""
    return any(law in row.statement.text for law in laws if law.isupper())


def speaks(row: Row, words: str, library: Library) -> bool:
    """Whether a row holds a glossary term of several words that the search is, or each of its words."""
    held, text = _features(row, library)
    known, lexicon = tokens(words), library.lexicon
    phrases = {match.concept for match in lexicon.concepts(known) if match.end - match.start > 1}
    if any(CONCEPT + phrase in held for phrase in phrases):
        return True
    sought = [word for word in known if word.word not in _JOINING] or list(known)
    for word in sought:
        concepts = [match.concept for match in lexicon.concepts((word,))]
        written = words[word.start : word.end]
        if written in _shorts(library):  # "STAR" is not looked for in "starter", nor in "står"
            if written not in _SHORT.findall(row.statement.text) and not any(fold(each) in text for each in concepts):
                return False
        elif not (_holds(word, held, text) or any(CONCEPT + each in held for each in concepts)):
            return False
    return True


def _holds(word: Token, held: frozenset[str], text: str) -> bool:
    """Whether a row holds a word in any ending, or as a part of a longer one."""
    return word.stem in held or (len(word.word) >= _LEAST_PART and word.word in text)


@lru_cache(maxsize=4)
def _shorts(library: Library) -> frozenset[str]:
    """The abbreviations that the documents write."""
    return frozenset(short for row in rows(library) for short in _SHORT.findall(row.statement.text))


def _features(row: Row, library: Library) -> tuple[frozenset[str], str]:
    return _all_features(library)[row.id]


@lru_cache(maxsize=4)
def _all_features(library: Library) -> dict[str, tuple[frozenset[str], str]]:
    """The features of each row's own words and of what it hangs under, and its folded words, by id."""
    found = {}
    for row in rows(library):
        text = " ".join((row.statement.said, row.lead, *row.passage.heading_path[-1:], row.place))
        strong = {name for name, strength in library.lexicon.features(text).items() if strength >= 1.0}
        found[row.id] = (frozenset(strong), f" {' '.join(word.word for word in tokens(text))} ")
    return found


def _cut(text: str, mentions: Iterable[Mention]) -> str:
    for mention in reversed(list(mentions)):
        text = f"{text[: mention.span.start]} {text[mention.span.end :]}"
    return text


def _without_laws(text: str) -> tuple[str, frozenset[str]]:
    """The text without the laws that it names, and these; an abbreviation may stand in small letters when alone."""
    laws, rest, position = set(), [], 0
    alone = len(tokens(text)) == 1
    for word in tokens(text):
        law = law_at(text, word.start) if word.start >= position else None
        short = text[word.start : word.end]
        if law and law.key and (not law.short or short[:2].isupper() or alone):
            laws.add(law.key)
            position = law.end
        elif word.start >= position:
            rest.append(short)
    return " ".join(rest), frozenset(laws)


def _lawful(mention: Mention, library: Library) -> Mention:
    """A provision that is asked for without its law is one of any law that the documents name."""
    if all(provision.law for provision in mention.provisions):
        return mention
    laws = sorted({"", *chain.from_iterable(row.laws for row in rows(library))})
    provisions = tuple(with_law(each, law) if law else each for each in mention.provisions for law in laws)
    ranges = tuple(part if part.law else part._replace(law=law) for part in mention.ranges for law in laws)
    return replace(mention, provisions=tuple(dict.fromkeys(provisions)), ranges=tuple(dict.fromkeys(ranges)))


def _whole(mention: Mention) -> Mention:
    """The §§ of which a mention asks for a part."""
    whole = (Provision(each.law, each.paragraf, kapitel=each.kapitel) for each in mention.provisions)
    return replace(mention, provisions=tuple(dict.fromkeys(whole)))
