"""Reading for tests: documents from strings, passages by what they say, and a view of them for people."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from assistant.models import Part, Source
from ingest.document import Document
from ingest.sources import load_sources
from ingest.structure import Draft, passages
from ingest.text_file import read_document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
LETTER_1, LETTER_3 = "2017-02-01_tilsagnsbrev", "2017-12-20_tilsagnsbrev"
LIST_2017, STATUS = "2017-det-maa-vi-nu", "2018-midtvejsstatus"
APPLICATION, FACTS = "2016-ansoegning-koebenhavn-m-fl", "frikommuneloven-faktaark"
ALL = (LETTER_1, LETTER_3, LIST_2017, STATUS, APPLICATION, FACTS)


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    return {source.id: source for source in load_sources(CORPUS)}


@cache
def document(source_id: str) -> Document:
    return read_document(CORPUS / sources()[source_id].file)


@cache
def drafts(source_id: str) -> tuple[Draft, ...]:
    """The passages of one of the corpus' own documents."""
    return passages(sources()[source_id], document(source_id))


def a_source(kind: str = "orientering", title: str = "Et dokument", parts: Iterable[Part] = ()) -> Source:
    return Source(id="doc", file="doc.txt", title=title, kind=kind, date="2020", parts=tuple(parts))


def read(text: str, source: Source | None = None) -> tuple[Draft, ...]:
    """The passages of a document with this text."""
    return passages(source or a_source(), Document(text))


def texts(found: Iterable[Draft]) -> list[str]:
    return [draft.passage.text for draft in found]


def saying(found: Iterable[Draft], words: str) -> Draft:
    """The one passage whose text holds the words."""
    (draft,) = [draft for draft in found if words in draft.passage.text]
    return draft


def describe(draft: Draft) -> str:
    """A passage on a few lines, for a person who looks at a failing test."""
    passage = draft.passage
    lines = [f"[{passage.order}] {passage.kind} <{' > '.join(passage.heading_path)}> {passage.municipality}".rstrip()]
    lines += [f"  under: {passage.lead_in}"] if passage.lead_in else []
    lines += [f"  {cell.column}: {cell.clean.text}" for cell in draft.cells] or [f"  {passage.text}"]
    return "\n".join(lines)
