"""Names of Danish laws and orders: a table of the known ones, and a reading of any other.

A law is known by a key: its usual abbreviation where caseworkers use one ("LAB"), else its short name. A law that
no row names becomes a law of its own under its normalised name, so that it is never taken for another.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

TABLE = Path(__file__).resolve().parent / "tables" / "laws.toml"

ANAPHORA = ""  # "lovens § 5": the law that is spoken of already
BEFORE = r"(?<![^\W_])"
GAP = r"(?:[\s*_\u00ad\u200b]|</?[a-z]{1,6}>)+"

_VOWELS = {"æ": "(?:æ|ae|ä)", "ø": "(?:ø|oe|ö|o)", "å": "(?:å|aa)"}
_GENITIVE = r"(?:['’]?s)?"
_AFTER = r"(?![^\W_])"
_MAX_TITLE_WORDS = 14
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")
_HEAD = re.compile(
    BEFORE + r"(?P<head>lov|lovbekendtgørelse|bekendtgørelse|cirkulære|anordning|forordning)(?:en|ens|n|ns|t|ts)?"
    r"(?P<number>\s+nr\.?\s*\d+\s+af\s+(?:\d{1,2}\.?\s*[^\W\d_]+\s+)?\d{4})?\s+om\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    BEFORE + r"(?P<kind>lovbekendtgørelse|lov|lbk|bekendtgørelse|bek)\.?\s*(?:nr\.?)?\s*(?P<number>\d{1,4})"
    r"(?:\s*/\s*|\s+(?:af|fra)\s+(?:(?:den\s+|d\.\s*)?\d{1,2}\.?(?:\s*[^\W\d_]+\s+|/\d{1,2}[\s/-]+))?)(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ELI = re.compile(BEFORE + r"lt[abc]/(?P<year>(?:19|20)\d\d)/(?P<number>\d{1,4})\b", re.IGNORECASE)
_SHORT = re.compile(
    BEFORE
    + r"(?P<stem>[^\W\d_]{2,}(?:-[^\W\d_]{2,})*?)-?(?P<head>lov|bekendtgørelse|cirkulære|forordning)"
    + r"(?:en|ens|n|ns|t|ts)?"
    + _AFTER,
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    BEFORE + r"(?P<head>loven|lovens|bekendtgørelsen|bekendtgørelsens)" + _AFTER,
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    BEFORE + r"(?:[A-Z][^\W\d_]+(?:[ -](?:and|of|on|for|the))?[ -]){1,6}Act\b|(?:Act|Executive Order) on (?=[^\W\d_])"
)
_ACRONYM = re.compile(BEFORE + r"[A-ZÆØÅ]{2,6}" + _AFTER)
_NUMBER_KINDS = {
    "lov": "lov",
    "lbk": "lov",
    "lovbekendtgørelse": "lov",
    "bek": "bekendtgørelse",
}


class LawName(NamedTuple):
    """A law's name in a text: its key, where it ends, and whether it is an abbreviation."""

    key: str
    end: int
    short: bool = False


def _name_pattern(name: str) -> str:
    """The regular expression of a name in the table's notation: "[x]" may be left out, "·" may be a gap or hyphen."""
    parts = []
    for word in name.split(" "):
        optional, bare = word.startswith("["), word.strip("[]")
        pattern = "".join(_VOWELS.get(letter, re.escape(letter)) for letter in bare).replace("·", r"[\s-]?")
        pattern = re.sub(r"loven$", "lov(?:en)?", pattern)
        if bare in {"lov", "bekendtgørelse"}:
            pattern += "(?:en|ens|n|ns)?"
        parts.append(f"(?:{pattern}{GAP})?" if optional else pattern + GAP)
    return "".join(parts).removesuffix(GAP)


@cache
def _table() -> dict[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


def laws() -> tuple[dict[str, Any], ...]:
    """The table's rows: key, names, and optionally short, numbered and example."""
    return tuple(_table()["law"])


@cache
def _title_words(part: str) -> frozenset[str]:
    """`links`: words that a title runs over only to a word of its own; `ends`: words that no title holds."""
    return frozenset(_table()["title"][part])


def full_name(key: str) -> str:
    """The full name of a law by its key: "lov om social service"; the key itself where no row names it."""
    names = next((row["names"] for row in laws() if row["key"] == key), ())
    title = next((name for name in names if re.match(r"lov om|bekendtgørelse om", name)), key)
    return re.sub(r"[\[\]·]", "", title)


@cache
def _publications() -> dict[tuple[str, int, int], str]:
    """The laws' keys by kind, number and year of publication."""
    found = ((row["key"], published) for row in laws() for published in row.get("numbered", ()))
    return {(published["kind"], published["number"], published["year"]): key for key, published in found}


@cache
def law_words() -> frozenset[str]:
    """The names of laws that are one word, in lower case, in the nominative and the genitive."""
    names = {name.replace("·", "").lower() for law in laws() for name in law["names"] if " " not in name}
    return frozenset(names | {f"{name}s" for name in names})


@cache
def _known() -> dict[str, tuple[tuple[re.Pattern[str], str, bool], ...]]:
    """The table's names as patterns, by their first two letters; the longest name first."""
    rows: dict[str, list[tuple[int, re.Pattern[str], str, bool]]] = {}
    for law in laws():
        for name in law["names"]:
            pattern = re.compile(_name_pattern(name) + _GENITIVE + _AFTER, re.IGNORECASE)
            for start in {
                name.lstrip("[")[:2].lower(),
                re.sub(r"\[[^]]*\] ", "", name)[:2].lower(),
            }:
                rows.setdefault(start, []).append((len(name), pattern, law["key"], False))
        for short in law.get("short", ()):
            pattern = re.compile(
                re.escape(short) + r"(?:-?lov(?:en|ens)?|['’]?s)?(?![^\W\d_])",
                re.IGNORECASE,
            )
            rows.setdefault(short[:2].lower(), []).append((len(short), pattern, law["key"], True))
    ordered = {start: sorted(found, key=lambda row: -row[0]) for start, found in rows.items()}
    return {start: tuple(row[1:] for row in found) for start, found in ordered.items()}


def _title_end(text: str, start: int) -> int:
    """Where the title of an unknown law stops: at a sign, a number, a comma, a verb or another law."""
    end, position = start, start
    for _ in range(_MAX_TITLE_WORDS):
        match = _WORD.match(text, position)
        if (
            match is None
            or match.group().lower() in _title_words("ends")
            or re.search(r"lovens?$", match.group(), re.IGNORECASE)
        ):
            break
        if match.group().lower() not in _title_words("links"):
            end = match.end()
        gap = re.compile(r"[ \t]*\n?[ \t]*").match(text, match.end())
        position = gap.end() if gap else match.end()
    return end


def _normal(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip().lower()


def _titled(text: str, position: int) -> LawName | None:
    """ "lov om almene boliger", "bekendtgørelse om ressourceforløb": any law by its full title."""
    head = _HEAD.match(text, position)
    if head is None:
        return None
    end = _title_end(text, head.end())
    return LawName(f"{head['head'].lower()} om {_normal(text[head.end() : end])}", end) if end > head.end() else None


def _numbered(text: str, position: int) -> LawName | None:
    """ "lov nr. 658 af 8. juni 2017", "LBK nr. 831 af 25. juni 2018", "lta/2017/658"."""
    match = _NUMBERED.match(text, position) or _ELI.match(text, position)
    if match is None:
        return None
    number, year = int(match["number"]), int(match["year"])
    kind = match.groupdict().get("kind", "lov").lower()
    kind = _NUMBER_KINDS.get(kind, kind)
    return LawName(
        _publications().get((kind, number, year), f"{kind} nr. {number}/{year}"),
        match.end(),
    )


def _short(text: str, position: int) -> LawName | None:
    """ "almenboligloven", "udbetalingsbekendtgørelsens", "lovens": one word that ends in its kind."""
    anaphor = _ANAPHOR.match(text, position)
    if anaphor:
        return LawName(
            ANAPHORA if anaphor["head"].lower().startswith("lov") else "bekendtgørelsen",
            anaphor.end(),
        )
    match = _SHORT.match(text, position)
    if match is None:
        return None
    ending = {"lov": "en", "bekendtgørelse": "n", "cirkulære": "t", "forordning": "en"}[match["head"].lower()]
    return LawName(_normal(match["stem"] + match["head"] + ending), match.end())


def _english(text: str, position: int) -> LawName | None:
    """ "Tenancy Act", "Executive Order on Housing": an English name by its capital letters."""
    match = _ENGLISH.match(text, position)
    if match is None:
        return None
    end = _title_end(text, match.end()) if match.group().endswith(" on ") else match.end()
    return LawName(_normal(re.sub(r"^(?:The|Danish) ", "", text[position:end])), end) if end > position else None


def law_at(text: str, position: int) -> LawName | None:
    """The law that is named at `position` in `text`, or None. The longest known name wins over a general reading."""
    for pattern, key, short in _known().get(text[position : position + 2].lower(), ()):
        match = pattern.match(text, position)
        if match:
            longer = _titled(text, position)
            return LawName(key, match.end(), short) if longer is None or not _is_change(longer.key) else longer
    for reading in (_numbered, _titled, _short, _english):
        found = reading(text, position)
        if found:
            return found
    return None


def _is_change(key: str) -> bool:
    """A law that changes another is not that other."""
    return key.startswith("lov om ændring")


def acronym_at(text: str, position: int) -> LawName | None:
    """An abbreviation in capitals that no row names ("KSL"); only its place beside a § makes it a law."""
    match = _ACRONYM.match(text, position)
    return LawName(match.group(), match.end(), True) if match else None
