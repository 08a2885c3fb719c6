"""Editions: the documents at hand that a question names, and which of them are editions of one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from assistant.authority import rank
from assistant.documents import Named
from assistant.library import Library
from assistant.likeness import likeness
from assistant.models import Edition, Span
from assistant.question import Question
from assistant.words import tokens

# Likeness of two statements' words in per cent from which on they are one statement, worded anew.
REWORDED = 60.0
# Two documents are editions of one when so much of the shorter one stands in the other too.
_SHARED = 0.4
# Editions are looked for among so few documents of a kind at most: more are a file of letters, not editions.
_MOST_EDITIONS = 12


def named_editions(question: Question, library: Library) -> tuple[Edition, ...]:
    """The documents at hand that the question names, by date; () when it names none that is there."""
    found = {each for named in question.documents for each in resolved(named, library)}
    titled = {each.edition for each in titles_in(question.text, library)}
    # "2017-udgaven af Det må vi nu" names one edition, not both that bear the title.
    return tuple(sorted(found | (found & titled or titled)))


def compared_editions(question: Question, library: Library) -> tuple[Edition, ...]:
    """The documents that a comparison names, one only by its year among them ("... som i 2017"), by date."""
    named = named_editions(question, library)
    return tuple(sorted({*named, *_by_year(question, named, library)}))


def resolved(named: Named, library: Library) -> tuple[Edition, ...]:
    """The documents that one naming means; () when it gives a date that none has."""
    wanted = named.kinds or edition_kinds(library)
    found = [each for each in library.editions if each.kind in wanted and fits_date(each.date, named)]
    found = [each for each in found if not named.senders or each.kind in named.senders]
    if named.kinds and found:
        best = max(rank(each.kind) for each in found)
        found = [each for each in found if rank(each.kind) == best]
    if named.order and len(found) > 1:
        found = found[:1] if named.order == "first" else found[-1:]
    return tuple(found)


def fits_date(date: str, named: Named) -> bool:
    """Whether a document's date is one that the naming allows; a year alone fits any month."""
    if named.years and date[:4] not in {str(year) for year in named.years}:
        return False
    return not (named.months and len(date) >= 7 and int(date[5:7]) not in named.months)


class Titled(NamedTuple):
    """A document whose title, or a part's heading, a question writes out ("Det må vi nu", "bilag 1"), and where."""

    span: Span
    edition: Edition


def titles_in(text: str, library: Library) -> tuple[Titled, ...]:
    """The documents at hand that `text` calls by title; a title counts up to its first colon or bracket."""
    words = tokens(text)
    return tuple(
        Titled(Span(words[at].start, words[at + len(heading) - 1].end), edition)
        for heading, edition in _titles(library)
        for at in range(len(words) - len(heading) + 1)
        if tuple(word.word for word in words[at : at + len(heading)]) == heading
    )


@lru_cache(maxsize=4)
def _titles(library: Library) -> tuple[tuple[tuple[str, ...], Edition], ...]:
    """The titles and headings of more than one word, as folded words."""
    found = []
    for source in library.sources.values():
        names = [(source.title, source.kind, source.date)]
        names += [(part.heading, part.kind, part.date) for part in source.parts]
        for title, kind, date in names:
            edition = Edition(date, kind, source.id)
            heads = [tuple(token.word for token in tokens(piece)) for piece in re.split(r"[:(]", title)]
            found += [(head, edition) for head in heads if len(head) > 1 and edition in library.editions]
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(token.word for token in tokens(text))


def _by_year(question: Question, named: Sequence[Edition], library: Library) -> Iterable[Edition]:
    """Editions of what is named that the question gives only the year of ("... som i 2017")."""
    kinds = {each.kind for each in named} & set(edition_kinds(library))
    years = {str(year) for year in question.years}
    return (each for each in library.editions if each.kind in kinds and each.date[:4] in years)


@lru_cache(maxsize=4)
def edition_kinds(library: Library) -> tuple[str, ...]:
    """The kinds of document of which there are several editions."""
    by_kind: dict[str, list[Edition]] = {}
    for each in library.editions:
        by_kind.setdefault(each.kind, []).append(each)
    return tuple(
        kind
        for kind, found in by_kind.items()
        if 1 < len(found) <= _MOST_EDITIONS and any(same_document(*pair, library) for pair in combinations(found, 2))
    )


def same_document(one: Edition, other: Edition, library: Library) -> bool:
    """Whether two documents of a kind are editions of one: enough of the shorter one stands in the other."""
    if one.kind != other.kind:
        return False
    texts = sorted((statements_of(one, library), statements_of(other, library)), key=len)
    if not texts[0]:
        return False
    return float((likeness(*texts).max(axis=1) >= REWORDED).mean()) >= _SHARED


def statements_of(edition: Edition, library: Library) -> list[str]:
    """The words of a document's statements, in order."""
    return [_plain(statement.text) for passage in library.editions[edition] for statement in passage.statements]
