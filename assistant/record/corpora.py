"""What the index held at each corpus version, so that a later one can be told from what an approval rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from assistant.citing import whole
from assistant.models import Citation, Passage, Provision, Source
from assistant.record.tables import CORPORA
from assistant.store import Store

_TEXT, _SECTION = 12, 6  # hexadecimal digits of a mark: of kind, date and words, and of the headings above them


class Place(NamedTuple):
    """A passage as a citation tells of it: where it stands, what it counts as, and its words with its lead-in."""

    source_id: str
    section: str
    kind: str
    date: str
    text: str

    @property
    def mark(self) -> str:
        """Short for all but the document; equal where no word or heading differs, whatever the white space."""
        words = _digest(self.kind, self.date, " ".join(self.text.split()))
        return words[:_TEXT] + _digest(self.section)[:_SECTION]


def wording_of(mark: str) -> str:
    """The part of a mark that tells of kind, date and words, under whatever headings."""
    return mark[:_TEXT]


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()


class Held(NamedTuple):
    """What an index held at some time: each document's hash and what it replaces, and the marks of the passages."""

    hashes: Mapping[str, str]
    replaces: Mapping[str, tuple[str, ...]]
    marks: frozenset[str]


class Corpus:
    """The indexed documents as reopening reads them; derived once, on first need."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version = store.manifest.corpus_version
        self.hashes: Mapping[str, str] = store.manifest.hashes
        self.sources: Mapping[str, Source] = store.sources

    def text(self, source_id: str) -> str:
        """A document's whole text."""
        return self._store.source_text(source_id)

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """The passages of each document, in order."""
        found: dict[str, list[Place]] = {source_id: [] for source_id in self.sources}
        for place, _ in self.named:
            found[place.source_id].append(place)
        return {source_id: tuple(places) for source_id, places in found.items()}

    @cached_property
    def named(self) -> tuple[tuple[Place, frozenset[Provision]], ...]:
        """Every passage with the provisions that it names."""
        return tuple((self._place(passage), _provisions(passage)) for passage in self._store.passages.values())

    def _place(self, passage: Passage) -> Place:
        section, text = " › ".join(passage.heading_path), whole(passage, self.text(passage.source_id))
        return Place(passage.source_id, section, passage.kind_of_source, passage.date, text)


def cited_place(citation: Citation) -> Place:
    """The passage that a citation is from, as it was."""
    return Place(citation.source_id, citation.section, citation.kind, citation.date, citation.passage)


def _provisions(passage: Passage) -> frozenset[Provision]:
    said = (provision for statement in passage.statements for provision in statement.provisions)
    return frozenset((*passage.provisions, *said))


def is_noted(connection: Connection, version: str, folder: Path) -> bool:
    """Whether it is on record what this index held at this version."""
    here = (CORPORA.c.version == version) & (CORPORA.c.folder == _name(folder))
    return connection.scalar(select(CORPORA.c.version).where(here)) is not None


def serves(connection: Connection, folder: Path) -> bool:
    """Whether answers on record were ever given from this index folder."""
    return connection.scalar(select(CORPORA.c.version).where(CORPORA.c.folder == _name(folder)).limit(1)) is not None


def note(connection: Connection, corpus: Corpus, folder: Path) -> None:
    """Put on record what the index holds, within a transaction of `writing`; once for a version and folder."""
    if is_noted(connection, corpus.version, folder):
        return
    content = {
        "hashes": corpus.hashes,
        "replaces": {source.id: source.supersedes for source in corpus.sources.values() if source.supersedes},
        "marks": sorted({place.mark for place, _ in corpus.named}),
    }
    values = {"version": corpus.version, "folder": _name(folder), "content": json.dumps(content)}
    connection.execute(insert(CORPORA).values(values))


def held_at(connection: Connection, version: str) -> Held | None:
    """What the index held at this version; None when nobody noted it."""
    found = connection.scalar(select(CORPORA.c.content).where(CORPORA.c.version == version).limit(1))
    if found is None:
        return None
    content = json.loads(found)
    replaces = {source_id: tuple(ids) for source_id, ids in content["replaces"].items()}
    return Held(content["hashes"], replaces, frozenset(content["marks"]))


def _name(folder: Path) -> str:
    return str(folder.resolve())
