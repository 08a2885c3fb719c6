"""Quotes of terms: the place in the documents that tells best what a term is, else the one that weighs most."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.authority import rank
from assistant.learning.glance.rows import Row, cited, rows
from assistant.library import Library
from assistant.models import Citation
from assistant.words import TABLES, stems

# The quote explains the term, opens the section that is called so, only uses it, or uses a synonym of it.
How = Literal["defined", "headed", "used", "synonym"]
_ORDER: tuple[How, ...] = ("defined", "headed", "used", "synonym")
# Endings that a Danish word may take where it is looked for in running text.
_ENDINGS = r"(?:e|en|et|er|n|t|r|ne|erne|ens|ets|s|s')?"
_LONGEST_SHORT = 6


class Quote(NamedTuple):
    """A statement that uses a term, how, the word it uses, and the quote."""

    how: How
    word: str
    row: Row
    citation: Citation


class _Text(NamedTuple):
    """A row with its words prepared for looking in: lower case, stems, and the stems of the section that it opens."""

    row: Row
    lower: str
    stems: str
    opens: str


class _Name(NamedTuple):
    """A name to look for: as written, its stems, and whether it is an abbreviation, found only as it is written."""

    text: str
    stems: str
    short: bool


class _Hit(NamedTuple):
    """A text that a name was found in, and how it stands there."""

    how: How
    name: _Name
    text: _Text


def quotes(wordings: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], library: Library) -> tuple[Quote | None, ...]:
    """For each term, given as its names and its synonyms, its best quote; None where the documents do not use it."""
    texts = _texts(library)
    return tuple(_best(names, synonyms, texts, library) for names, synonyms in wordings)


def defines(text: str, term: str) -> bool:
    """Whether a statement tells what a term means."""
    word = _word(term)
    return any(re.search(pattern.replace("TERM", word), text.lower()) for pattern in _patterns())


def patterns() -> tuple[dict[str, str], ...]:
    """The rows of tables/defining.toml."""
    with (TABLES / "defining.toml").open("rb") as file:
        return tuple(row for group in tomllib.load(file)["defining"] for row in group["patterns"])


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, ...]:
    return tuple(row["p"] for row in patterns())


def _texts(library: Library) -> list[_Text]:
    found, opened = [], set()
    for row in rows(library):
        section = (row.source.id, row.passage.heading_path)
        heading = row.passage.heading_path[-1] if row.passage.heading_path and section not in opened else ""
        text = row.statement.text
        found.append(_Text(row, text.lower(), _joined(text), _joined(heading)))
        opened.add(section)
    return found


def _best(names: Sequence[str], synonyms: Sequence[str], texts: Sequence[_Text], library: Library) -> Quote | None:
    proper = [_name(name) for name in names]
    found = [hit for name in proper for text in texts if (hit := _hit(name, text))]
    if not found:
        others = [_name(name) for name in synonyms]
        found = [_Hit("synonym", name, text) for name in others for text in texts if _holds(name, text)]
    if not found:
        return None
    best = min(found, key=lambda hit: (_ORDER.index(hit.how), *_weight(hit)))
    return Quote(best.how, best.name.text, best.text.row, cited(best.text.row, library))


def _hit(name: _Name, text: _Text) -> _Hit | None:
    if text.opens and text.opens == name.stems:
        return _Hit("headed", name, text)
    if not _holds(name, text):
        return None
    return _Hit("defined" if defines(text.row.statement.text, name.text) else "used", name, text)


def _weight(hit: _Hit) -> tuple[bool, bool, int, int, int]:
    """What weighs most comes first: the name as it is written, the own network's, the highest rank, the newest."""
    row = hit.text.row
    date = int(row.passage.date.replace("-", "").ljust(8, "0") or 0)
    written = hit.name.text.lower() in hit.text.lower
    foreign = "other_network" in row.remarks
    return not written, foreign, -rank(row.passage.kind_of_source), -date, row.passage.order


def _name(text: str) -> _Name:
    return _Name(text, _joined(text), text.isupper() and len(text) <= _LONGEST_SHORT)


def _holds(name: _Name, text: _Text) -> bool:
    """Whether a text uses a name: an abbreviation as it is written, other words in any ending."""
    if name.short:
        return bool(re.search(rf"(?<!\w){re.escape(name.text)}(?!\w)", text.row.statement.text))
    if not name.stems or f" {name.stems} " not in f" {text.stems} ":
        return False
    # Two words may share a stem ("sats", "sat"): the longest one of the name must stand there up to its last letter.
    longest = max(name.text.lower().split(), key=len)
    return (longest[: max(3, len(longest) - 2)] in text.lower and len(longest) > 4) or longest in text.lower


def _joined(text: str) -> str:
    return " ".join(stems(text))


def _word(term: str) -> str:
    """A pattern of a term in any ending, in lower case; one of several words with spaces or hyphens between."""
    return r"[\s-]+".join(rf"{re.escape(piece)}{_ENDINGS}" for piece in term.lower().split())
