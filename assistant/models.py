"""The values that travel between the parts: frozen, comparable, without behaviour beyond their own shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Language = Literal["da", "en"]
Verdict = Literal["ja", "nej", "betinget", "info", "ikke_besvaret"]
PassageKind = Literal["paragraph", "list_item", "table_row", "footnote"]


class Span(NamedTuple):
    """Half-open character range in a source's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Provision:
    """One pinpoint provision. Ranges are expanded before they become this, so membership is equality.

    `law` is the abbreviation ("LAB"), "" when the text does not name one. `paragraf` is number and letter
    without space ("30a"), "" for a chapter. `stk`, `nr` and `pkt` (a sentence, "2. pkt.") are None for the whole of
    what stands above them.
    """

    law: str
    paragraf: str = ""
    stk: int | None = None
    nr: int | None = None
    kapitel: str = ""
    pkt: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document with a kind and date of its own, from its heading to the next of the same rank."""

    heading: str
    kind: str
    date: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document's metadata: a `[[source]]` table of sources.toml.

    `addressees` are the municipalities that it is given to, read from its opening when it is asked from.
    """

    id: str
    file: str
    title: str
    kind: str
    date: str
    issuer: str = ""
    network: str = ""
    municipality: str = ""
    case_number: str = ""
    valid_from: str = ""
    valid_to: str = ""
    supersedes: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    parts: tuple[Part, ...] = ()
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a passage says: a sentence, a list item under its lead-in, or a cell's sentence.

    `spans` are where its words stand in the source's text (several when a page break or another cell
    lies between them); `text` is the repaired reading of them. `effect` is one of EFFECTS.
    """

    id: str
    passage_id: str
    effect: str
    text: str
    spans: tuple[Span, ...]
    role: str = ""
    context: str = ""
    provisions: tuple[Provision, ...] = ()
    meant: str = ""

    @property
    def said(self) -> str:
        """The words to understand; those to show are `text`."""
        return self.meant or self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that can be read alone: a paragraph, a list item with its lead-in, or a table row.

    `spans` locate it in the source's text in reading order; `raw` is those pieces, never altered, joined by a
    blank line. `text` is the repaired reading of `raw` alone. `lead_in` is the repaired sentence that a list
    item hangs under, `lead_in_spans` where it stands. `columns` are the headings of a table row's cells.
    `kind_of_source` and `date` are the part's where the part has its own. `order` counts within the source.
    """

    id: str
    source_id: str
    order: int
    kind: PassageKind
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    raw: str
    text: str
    search_text: str
    kind_of_source: str
    date: str
    page: int | None = None
    lead_in: str = ""
    lead_in_spans: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    municipality: str = ""
    provisions: tuple[Provision, ...] = ()
    statements: tuple[Statement, ...] = ()


class Edition(NamedTuple):
    """One document, or a part of it with a kind and date of its own."""

    date: str
    kind: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its fused score and what each way of searching gave it."""

    passage: Passage
    score: float
    dense: float = 0.0
    lexical: float = 0.0
    provision: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `quote` equals the source's text from `start` to `end`."""

    n: int
    source_id: str
    title: str
    kind: str
    date: str
    network: str
    section: str
    page: int | None
    provisions: tuple[str, ...]
    quote: str
    start: int
    end: int
    passage: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader must know beside the answer; `code` is one of the contract's."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What every door returns; `to_json` in answer_json is its JSON form (the contract in the README).

    `record` and `record_hash` are the number and hash of its entry in the record, 0 and "" where none is kept.
    `approved` is the ISO date on which a jurist approved it, "" for an answer that nobody has looked at.
    """

    question: str
    standalone_question: str
    language: Language
    verdict: Verdict
    answer: str
    citations: tuple[Citation, ...] = ()
    conditions: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    suggestions: tuple[str, ...] = ()
    explanation: dict[str, Any] = field(default_factory=dict)
    mode: str = "extractive"
    model: str = ""
    prompt_version: str = ""
    corpus_version: str = ""
    engine_version: str = ""
    latency_ms: int = 0
    record: int = 0
    record_hash: str = ""
    approved: str = ""
