"""Quoting: which words of a statement to repeat so that they can be read alone, and which to leave off honestly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.effects import NORMS, effect_of
from assistant.evidence import Evidence, plain
from assistant.frames import compile_cues
from assistant.library import Library
from assistant.models import Passage, Statement
from assistant.places import municipalities_in
from assistant.words import TABLES

_MARKS = {"da": "»{}«", "en": "“{}”"}
# A sentence longer than this is heavy inside another; the second is as much as a joined quote may hold.
_LONG = 240
_MOST = 460
_LEAST = 60
# What of a list is named under its lead-in, in characters.
_LONGEST_LIST = 700


class Quote(NamedTuple):
    """Words to repeat and the statements that they are of, in order. The first is what the quote is about."""

    words: str
    items: tuple[Evidence, ...]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    with (TABLES / "quotes.toml").open("rb") as file:
        table = tomllib.load(file)
    return {name: tuple(cue.pattern for cue in compile_cues(rows)) for name, rows in table.items()}


def fits(name: str, text: str) -> bool:
    """Whether a text is of the sort that tables/quotes.toml describes under `name`."""
    return any(pattern.search(text.lower()) for pattern in _patterns()[name])


def quote(item: Evidence, library: Library) -> Quote:
    """What to repeat of a statement: what hangs under it where it only heads, what it hangs on where it only follows.

    A list item stands under its lead-in, and a sentence is not quoted without the next one where that limits it.
    """
    cell = under_heading(item, library)
    if cell is not item:
        return Quote(f"{_trimmed(item)}: {shortened(cell.statement.text)}", (item, cell))
    listed = _items_of(item, library)
    if listed:
        return Quote(f"{_trimmed(item)} {_enumerated(listed)}", (item, *listed))
    text = item.statement.text.strip()
    if item.passage.lead_in and item.passage.kind == "list_item":
        return Quote(f"{item.passage.lead_in} {shortened(text)}", (item,))
    return _with_neighbours(item, library)


def marked(words: str, language: str) -> str:
    """Words in quotation marks; those of the source become single ones."""
    return _MARKS[language].format(re.sub(r"[»«“”„\"]", "’", re.sub(r"\s+", " ", words)).rstrip(" .,;:"))


def shortened(text: str) -> str:
    """A long sentence without the clause it can end before, with an ellipsis; never without a "not" or an "if"."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= _LONG:
        return text
    places = sorted(
        {match.start() for pattern in _patterns()["leaves_off"] for match in pattern.finditer(text.lower())}
    )
    cut = next((place for place in places if place >= _LEAST and not _needed(text[place:])), None)
    return f"{text[:cut].rstrip(' ,–(')} …" if cut else text


def _needed(rest: str) -> bool:
    """Whether the rest of a sentence may not be left off: it limits what stands before it, or lists municipalities."""
    return fits("keeps", rest) or len(municipalities_in(rest)) > 1


def under_heading(item: Evidence, library: Library) -> Evidence:
    """The statement itself, or for a table cell that only names its row, the first cell that says something of it."""
    row = item.passage
    if row.kind != "table_row" or effect_of(item.statement.text) != "fact":
        return item
    below = [other for other in row.statements if other.context and other.context == item.statement.text]
    found = next((other for other in below if other.effect in NORMS), below[0] if below else None)
    return plain(row, found, library) if found else item


def points(item: Evidence) -> bool:
    """Whether a statement only points at where something stands."""
    return fits("points", item.statement.text)


def _items_of(item: Evidence, library: Library) -> tuple[Evidence, ...]:
    """The list items under a statement that only leads in, where they are short enough to be named."""
    if item.passage.kind == "list_item" or not item.statement.text.rstrip().endswith(":"):
        return ()
    lead = item.statement.text.strip()
    items = [other for other in _following(item.passage, library) if other.kind == "list_item"]
    hanging = [other for other in items if other.lead_in.strip() == lead]
    found = tuple(plain(other, statement, library) for other in hanging for statement in other.statements)
    return found if sum(len(each.statement.text) for each in found) <= _LONGEST_LIST else ()


def _following(passage: Passage, library: Library) -> list[Passage]:
    return [other for other in library.in_section(passage) if other.order > passage.order]


def _with_neighbours(item: Evidence, library: Library) -> Quote:
    """A sentence with the one it hangs on, and with the one that limits it, as far as that can be read in one go."""
    before, after = _neighbours(item)
    text, items = shortened(item.statement.text), [item]
    if before and fits("opens_back", text) and len(before.text) + len(text) <= _MOST:
        text, items = _joined(before.text, text), [plain(item.passage, before, library), item]
    if after and fits("limits", after.text) and len(text) + len(after.text) <= _MOST:
        text, items = _joined(text, after.text), [*items, plain(item.passage, after, library)]
    return Quote(text, tuple(items))


def _neighbours(item: Evidence) -> tuple[Statement | None, Statement | None]:
    """The statements before and after one in its passage, in a table those of its own cell."""
    told = [each for each in item.passage.statements if each.role == item.statement.role]
    place = next((number for number, each in enumerate(told) if each.id == item.statement.id), None)
    if place is None:
        return None, None
    return told[place - 1] if place else None, told[place + 1] if place + 1 < len(told) else None


def _joined(first: str, second: str) -> str:
    """Two pieces that follow each other; a comma where the second goes on with the sentence."""
    first, second = first.strip(), second.strip()
    goes_on = second[:1].islower() and first[-1:] not in ".,;:"
    return f"{first}{',' if goes_on else ''} {second}"


def _trimmed(item: Evidence) -> str:
    return re.sub(r"\s+", " ", item.statement.text).strip(" ,;.")


def _enumerated(items: Sequence[Evidence]) -> str:
    """List items one after the other; an "og" that one of them ends with is kept as it stands."""
    return re.sub(r" og; ", " og ", "; ".join(map(_trimmed, items)))


def list_quote(items: Sequence[Evidence], library: Library) -> Quote | None:
    """Several items of one list as one quote under their lead-in; None where they are not one list or too long."""
    leads = {item.passage.lead_in for item in items}
    if len(items) < 2 or len(leads) > 1 or any(item.passage.kind != "list_item" for item in items):
        return None
    if sum(len(item.statement.text) for item in items) > _LONGEST_LIST:
        return None
    lead = _lead_of(items[0], library)
    opening = f"{lead.statement.text.strip()} " if lead else ""
    return Quote(f"{opening}{_enumerated(items)}", (*((lead,) if lead else ()), *items))


def _lead_of(item: Evidence, library: Library) -> Evidence | None:
    """The statement that a list item's lead-in is, so that it can be cited with the items."""
    lead = item.passage.lead_in.strip()
    for passage in library.in_section(item.passage):
        found = next((statement for statement in passage.statements if statement.text.strip() == lead), None)
        if found:
            return plain(passage, found, library)
    return None


def same_words(one: Evidence, other: Evidence) -> bool:
    """Whether two statements say the same in the same words, as two editions do."""
    return _bare(one) == _bare(other)


def _bare(item: Evidence) -> str:
    return re.sub(r"\W+", "", item.statement.text).lower()
