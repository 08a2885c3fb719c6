"""Rows: each statement of the documents with what it does, what it is worth, its provisions and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.authority import decides, rank, tells
from assistant.editions import edition_kinds, same_document
from assistant.effects import GIVING, NORMS, told
from assistant.learning.glance.limits import Limit, limits
from assistant.learning.glance.naming import named
from assistant.library import Library
from assistant.models import Citation, Edition, Passage, Source, Span, Statement
from assistant.provisions import Mention, label

# What a row says that its statement does, in the order of the filter.
Effect = Literal[
    "exempt", "permitted", "not_exempt", "condition", "required", "forbidden",
    "refused", "postponed", "announced", "wish", "local", "fact",
]  # fmt: skip
# What else must be known of a row: it is another network's, only told of, of an older edition, of one municipality.
Remark = Literal["other_network", "only_told", "older_edition", "one_place"]
WISHES = frozenset({"wish", "applied"})
# Pieces of a statement with no more than a page's running header between them are quoted with it, as one.
_SHORT_GAP = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as the table shows it. `place` is the municipality that it is of, `newer` the edition after its own.

    `effect` is what the document can do with its words: an application only wishes, and a report of a freedom is a
    fact.
    """

    statement: Statement
    passage: Passage
    source: Source
    effect: Effect
    remarks: tuple[Remark, ...]
    mentions: tuple[Mention, ...]
    limits: tuple[Limit, ...]
    place: str = ""
    newer: Edition | None = None

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def edition(self) -> Edition:
        """The document, or part of one, that the row stands in."""
        return edition_of(self.passage)

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions as they are shown, each once."""
        return named(self.mentions)

    @property
    def laws(self) -> tuple[str, ...]:
        """The laws whose provisions the row names."""
        found = (provision.law for mention in self.mentions for provision in mention.provisions)
        return tuple(dict.fromkeys(law for law in found if law))

    @property
    def conditional(self) -> bool:
        """Whether what is given is given on conditions."""
        return any(limit.how in ("own", "row", "section") for limit in self.limits)

    @property
    def excepted(self) -> bool:
        """Whether something is excepted from what is given."""
        return any(limit.how in ("exception", "elsewhere") for limit in self.limits)

    @property
    def lead(self) -> str:
        """What the statement hangs under: a list's lead-in, or what a cell of its row is about; "" where nothing."""
        if self.passage.kind == "list_item":
            return self.passage.lead_in
        return self.statement.context if self.passage.kind == "table_row" else ""


class Unlisted(NamedTuple):
    """A statement that has no row of its own, since it says nothing alone: a lead-in, a question, a label."""

    statement: Statement
    passage: Passage


def edition_of(passage: Passage) -> Edition:
    """The document, or part of one with a kind of its own, that a passage stands in."""
    return Edition(passage.date, passage.kind_of_source, passage.source_id)


@lru_cache(maxsize=4)
def rows(library: Library) -> tuple[Row, ...]:
    """Every statement that says something alone: the own network's first, by authority, the newest first."""
    newer = _newer(library)
    found = [
        _row(passage, statement, library, newer.get(edition_of(passage)))
        for passage in library.passages.values()
        for statement in told(passage)
        if not heads(statement, passage, library)
    ]
    return tuple(sorted(found, key=_place))


def unlisted(library: Library) -> tuple[Unlisted, ...]:
    """The statements without a row."""
    listed = {row.id for row in rows(library)}
    return tuple(
        Unlisted(statement, passage)
        for passage in library.passages.values()
        for statement in passage.statements
        if statement.id not in listed
    )


def heads(statement: Statement, passage: Passage, library: Library) -> bool:
    """Whether a statement is the lead-in of a list, whose items bring it along."""
    text = statement.text.strip()
    return text.endswith(":") and any(text in each.lead_in for each in library.in_section(passage) if each.lead_in)


def cited(row: Row, library: Library, n: int = 1) -> Citation:
    """The row's words as a citation to be opened in its document."""
    return citation(row.passage, row.statement, library, n)


def citation(passage: Passage, statement: Statement, library: Library, n: int = 1) -> Citation:
    """A statement as a citation; of one that the document parts, the longest piece."""
    text = library.store.source_text(passage.source_id)
    span = max(pieces(statement), key=lambda piece: piece.end - piece.start)
    source = library.sources[passage.source_id]
    return Citation(
        n=n,
        source_id=source.id,
        title=source.title,
        kind=passage.kind_of_source,
        date=passage.date,
        network=source.network,
        section=" › ".join(passage.heading_path),
        page=passage.page,
        provisions=tuple(dict.fromkeys(label(each) for each in statement.provisions)),
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        passage=passage.raw,
    )


def pieces(statement: Statement) -> tuple[Span, ...]:
    """Where a statement's words stand: one stretch, or several where a page break or another cell parts them."""
    first, *rest = statement.spans
    found = [first]
    for span in rest:
        last = found[-1]
        if 0 <= span.start - last.end <= _SHORT_GAP:
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return tuple(found)


def verbatim(row: Row, library: Library) -> tuple[str, ...]:
    """The row's words as they stand in its document, piece by piece."""
    text = library.store.source_text(row.source.id)
    return tuple(text[piece.start : piece.end] for piece in pieces(row.statement))


def _row(passage: Passage, statement: Statement, library: Library, newer: Edition | None) -> Row:
    source = library.sources[passage.source_id]
    place = passage.municipality or source.municipality or ", ".join(source.addressees)
    effect = _effect(passage, statement)
    own = library.is_own(source)
    remarks: list[Remark] = [] if own else ["other_network"]
    if not decides(passage.kind_of_source) and statement.effect in NORMS and effect != "local":
        remarks.append("only_told")
    remarks += ["older_edition"] if newer else []
    remarks += ["one_place"] if place and own else []
    mentions = library.mentions(statement)
    bounds = limits(passage, statement, library) if own else ()
    return Row(statement, passage, source, effect, tuple(remarks), mentions, bounds, place, newer)


def _effect(passage: Passage, statement: Statement) -> Effect:
    """What the statement does, as far as its document can do that."""
    kind, effect = passage.kind_of_source, statement.effect
    if kind == "ansoegning" or effect in WISHES:
        return "wish"
    if decides(kind):
        return effect  # type: ignore[return-value]  # what is left of EFFECTS
    if passage.municipality or effect == "local":
        return "local"
    # A duty or a refusal may be learnt from a report, a freedom never; a letter of politicians tells neither.
    reported = effect in NORMS - GIVING and tells(kind)
    return effect if reported or effect == "announced" else "fact"  # type: ignore[return-value]


def _newer(library: Library) -> dict[Edition, Edition]:
    """The newest edition of each document of which there is a newer one at hand."""
    found: dict[Edition, Edition] = {}
    for kind in edition_kinds(library):
        *older, last = [each for each in library.editions if each.kind == kind]
        found |= {each: last for each in older if same_document(each, last, library)}
    return found


def _place(row: Row) -> tuple[bool, int, int, str, int]:
    date = int(row.passage.date.replace("-", "").ljust(8, "0") or 0)
    foreign = "other_network" in row.remarks
    return foreign, -rank(row.passage.kind_of_source), -date, row.source.id, row.passage.order


def ended(library: Library) -> str:
    """The last day on which any of the own network's documents held, as an ISO date; "" where one has no end."""
    ends = {
        source.valid_to
        for source in library.sources.values()
        if library.is_own(source) and decides(source.kind) | any(decides(part.kind) for part in source.parts)
    }
    return max(ends) if ends and all(ends) else ""
