"""The conclusion in the question's own words: "Må vi droppe planen?" is answered "Nej, I må ikke droppe planen."."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.models import Language
from assistant.sentences import sentences
from assistant.words import TABLES

_LONGEST = 170
# "Når borgeren har én plan, må vi så ...?" A condition that stands first stays first.
_CLAUSE = r"(?P<clause>(?:når|hvis|såfremt|efter|if|when|once|under)\b[^,?]{4,90}), "
_OPENING = re.compile(r"^(?:(?:og|men|så|and|but|so|hej|hi|hello)\b[,:!]? )+", re.IGNORECASE)
# A second question in the rest, a mark, a quotation or a masked place: what cannot be repeated as it stands.
_UNFIT = re.compile(
    r"[»«“”„\"\[\]{}<>|*_`\n?!;:]|\.\s|\b(eller|or) (skal|må|kan|er|har|must|may|can|do|does|are|is)\b"
    # "Er der noget i vejen for det?" is answered by what one may, so its own words would say the opposite.
    r"|\b(i vejen for|til hinder for|der forhindrer|stopping us|to (stop|prevent) us)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r",? (ikke|vel|tak|please|right|ikke sandt|mon)$", re.IGNORECASE)
_DANGLING = re.compile(r"(^|\s)(for|til|om|på|efter|hos|ved|og|eller|at|of|to|the|and|or|en|et)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# A passive verb ends the subject before it: "den forberedende del | springes over".
_PASSIVE = re.compile(r"^(?P<subject>(?:[^\s,]+ ){1,6}?)(?P<rest>(?!\S*(?:ernes|enes|ndes)\b)[a-zæøå]{3,}es\b.*)$")
_PASSIVE_EN = re.compile(r"^(?P<subject>(?:[^\s,]+ ){1,7}?)(?P<rest>be [a-z]+.*)$")


class Mirror(NamedTuple):
    """How questions that open with a verb are answered: the ways of saying it, "" where none is sure to be right."""

    verb: re.Pattern[str]
    ways: Mapping[str, str]
    example: Mapping[str, str]


class Words(NamedTuple):
    """The table of one language."""

    mirrors: tuple[Mirror, ...]
    subjects: tuple[re.Pattern[str], ...]
    dropped: re.Pattern[str]
    stops: re.Pattern[str]
    turned: Mapping[str, str]


class Split(NamedTuple):
    """A question taken apart, in the answerer's words."""

    ways: Mapping[str, str]
    clause: str
    subject: str
    still: bool
    rest: str


@lru_cache(maxsize=2)
def words(language: Language) -> Words:
    """The table of tables/conclusions.toml for one language, compiled."""
    with (TABLES / "conclusions.toml").open("rb") as file:
        table = tomllib.load(file)
    mirrors = tuple(Mirror(re.compile(rf"(?:{row['verb']}) ", re.IGNORECASE), row, row["e"]) for row in table[language])
    still = _any(table["still"][language])
    return Words(
        mirrors,
        _subjects(table, language),
        re.compile(rf"(?:(?P<still>{still})|{_any(table['dropped'][language])}) ", re.IGNORECASE),
        re.compile(rf"(?:{_any(table['stops'][language])})\b", re.IGNORECASE),
        table["turned"][language],
    )


def _subjects(table: Mapping[str, Any], language: Language) -> tuple[re.Pattern[str], ...]:
    """Who can stand between verb and rest: a pronoun, a noun that nothing hangs on, and all before a passive verb."""
    who, pronoun = table["subjects"], "det" if language == "da" else "it"
    two = rf"(?:{_any(who['two_' + language])}) (?:{_any(who['heads_' + language])})"
    ends = rf" (?!(?:{_any(table['prepositions'][language])})\b)"
    definite = "|[a-zæøå]{4,}(?:en|et|ne)" if language == "da" else ""
    return (
        re.compile(rf"(?P<subject>{_any(who[language])}) (?P<rest>.+)", re.IGNORECASE),
        re.compile(rf"(?P<subject>{pronoun}) (?P<rest>(?:{_any(who['it_' + language])})\b.*)", re.IGNORECASE),
        re.compile(rf"(?P<subject>{two}|{_any(who['nouns_' + language])}{definite}){ends}(?P<rest>.+)"),
        _PASSIVE if language == "da" else _PASSIVE_EN,
    )


def _any(listed: str) -> str:
    return "|".join(map(re.escape, listed.split()))


def concluded(text: str, language: Language, verdict: str, conditional: bool, spelt: Callable[[str], bool]) -> str:
    """The answer to a yes-or-no question as a sentence of its own words; "" where it cannot surely be put so.

    `spelt` tells whether a word is written as documents or dictionary write it: a misspelling is not repeated.
    """
    split = taken_apart(text, language, spelt)
    if split is None:
        return ""
    danish = language == "da"
    if verdict == "ja":
        opening, said = "Ja, " if danish else "Yes, ", _said(split, "yes", language)
    elif verdict == "nej" and conditional:
        met = "når betingelserne er opfyldt, " if danish else "when the conditions are met, "
        opening, said = ("Nej, " if danish else "No, ") + met, "" if split.clause else _said(split, "if_met", language)
    elif verdict == "nej":
        opening, said = "Nej, " if danish else "No, ", _said(split, "no", language)
    else:
        opening = "Ja, på visse betingelser " if danish else "Yes, on certain conditions "
        said = "" if split.clause else _said(split, "conditional", language)
    return f"{opening}{said}." if said else ""


def asked(text: str, language: Language, spelt: Callable[[str], bool]) -> str:
    """What a yes-or-no question asks, as it stands after "whether": "I må droppe planen"; "" where it is not sure."""
    split = taken_apart(text, language, spelt)
    return _said(split, "asked", language) if split and not split.clause else ""


def taken_apart(text: str, language: Language, spelt: Callable[[str], bool]) -> Split | None:
    """The verb, subject and rest of the asking sentence; None where they cannot be told apart for sure."""
    asking = _asking(text)
    clause = re.match(_CLAUSE, asking, re.IGNORECASE)
    main = asking[clause.end() :] if clause else asking
    table = words(language)
    found = next(((mirror, match) for mirror in table.mirrors if (match := mirror.verb.match(main))), None)
    if found is None or len(asking) > _LONGEST or asking.isupper() or _UNFIT.search(asking):
        return None
    parted = _parted(main[found[1].end() :], table)
    if parted is None:
        return None
    subject, rest = parted
    still, rest = _without_small_words(rest, table)
    whole = f"{clause['clause'] if clause else ''} {subject} {rest}"
    if table.stops.match(rest) or _DANGLING.search(rest) or not all(map(spelt, _WORD.findall(whole))):
        return None
    before = clause["clause"][0].lower() + clause["clause"][1:] if clause else ""
    before, subject, rest = (_turned(piece, table) for piece in (before, subject, rest))
    return Split(found[0].ways, before, subject, still, rest)


def _asking(text: str) -> str:
    """The last sentence that asks, without its greeting and its tag."""
    pieces = [text[span.start : span.end] for span in sentences(text)]
    asking = [piece for piece in pieces if "?" in piece] or pieces[-1:]
    bare = asking[-1].strip().rstrip("?. ") if asking else ""
    return _TAG.sub("", _OPENING.sub("", bare)).strip()


def _parted(after: str, table: Words) -> tuple[str, str] | None:
    """Subject and rest of what follows the verb."""
    match = next((match for pattern in table.subjects if (match := pattern.match(after))), None)
    return (match["subject"].strip(), match["rest"].strip()) if match else None


def _without_small_words(rest: str, table: Words) -> tuple[bool, str]:
    still = False
    while match := table.dropped.match(rest):
        still |= bool(match["still"])
        rest = rest[match.end() :]
    return still, rest


def _turned(piece: str, table: Words) -> str:
    """A piece of the asker's words with "we" turned to "you"; "Min Plan" is a name and stays."""

    def turn(match: re.Match[str]) -> str:
        word = match.group()
        named = word.lower() == "min" and piece[match.end() :].lower().startswith((" plan", "-plan"))
        return word if named else table.turned.get(word.lower(), word)

    return _WORD.sub(turn, piece)


def _said(split: Split, way: str, language: Language) -> str:
    pattern = str(split.ways.get(way, ""))
    if not pattern:
        return ""
    danish = language == "da"
    said = pattern.format(
        s=split.subject,
        x=split.rest,
        still=("stadig " if danish else "still ") if split.still else "",
        longer="længere " if split.still else "",
        no="no longer" if split.still else "not",
    )
    if not split.clause:
        return said
    if not danish:
        return f"{split.clause}, {said}"
    # After a clause that stands first, Danish turns subject and verb round.
    subject, verb, after = said[: len(split.subject)], *said[len(split.subject) + 1 :].split(" ", 1)
    return f"{split.clause}, {verb} {subject} {after}"
