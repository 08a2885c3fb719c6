"""The index as the engine reads it: passages in memory, vectors and words to search, provisions to look up."""

from __future__ import annotations

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from assistant import generations
from assistant.errors import EmbeddingError
from assistant.generations import CHROMA, DOCUMENTS, TOKENS, WORDS
from assistant.lexical import LexicalHit, LexicalIndex, open_lexical
from assistant.models import Passage, Provision, Source
from assistant.records import Indexed, Manifest, damaged, document_from_json
from assistant.settings import Settings
from assistant.token_index import TokenIndex
from assistant.vectors import DenseHit, VectorIndex, open_vectors
from assistant.weights import fingerprint

Place = tuple[str, str]  # paragraf and kapitel of a provision


class Store:
    """One generation of the index, held until `close`, so that a newer one never pulls it away. Safe among threads."""

    def __init__(self, settings: Settings, folder: Path, handle: int) -> None:
        self._settings = settings
        self._folder = folder
        self._handle: int | None = handle
        self._lock = threading.Lock()
        self._vectors: VectorIndex | None = None
        self.manifest: Manifest = generations.read_manifest(folder)
        documents = read_documents(folder, self.manifest)
        self._texts = {document.source.id: document.text for document in documents}
        self.sources: Mapping[str, Source] = {document.source.id: document.source for document in documents}
        self.passages: Mapping[str, Passage] = {
            passage.id: passage for document in documents for passage in document.passages
        }
        self._words: LexicalIndex = open_lexical(folder / WORDS)
        self._mentions = _mentions(self.passages.values())

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """The index that the settings name. Raises IndexMissing, IndexStoreError, or EmbeddingError if it was made
        with another model than the settings ask for."""
        folder, handle = generations.lease(settings.index)
        try:
            store = cls(settings, folder, handle)
            store._check(settings)
        except BaseException:
            os.close(handle)
            raise
        return store

    def _check(self, settings: Settings) -> None:
        if len(self.passages) != self.manifest.passages or len(self._words) != self.manifest.passages:
            raise damaged(self._folder, "det mangler passager")
        if self.manifest.fingerprint != fingerprint(settings):
            raise EmbeddingError(
                f"Indekset er lavet med modellen {self.manifest.model}, og indstillingerne peger på en anden. "
                "Kør `python -m ingest`, eller ret ASSISTANT_EMBEDDING_MODEL."
            )

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the generation."""
        with self._lock:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def is_current(self) -> bool:
        """Whether no newer generation has been put in the place of this one."""
        return generations.current_name(self._settings.index) == self._folder.name

    def warm(self) -> Store:
        """Open the vectors now, which takes a second or two, rather than at the first search."""
        self._opened()
        return self

    def source_text(self, source_id: str) -> str:
        """The whole text that the spans of the source's passages point into. KeyError for an unknown id."""
        return self._texts[source_id]

    def dense(self, query_vector: npt.NDArray[np.float32], k: int) -> list[DenseHit]:
        """At most k statements and passages by falling cosine with the query's vector."""
        return self._opened().nearest(query_vector, k)

    def lexical(self, query: str, k: int) -> list[LexicalHit]:
        """At most k passages by falling BM25 score; the query is words, never syntax."""
        return self._words.search(query, k)

    def by_provision(self, provision: Provision) -> list[str]:
        """Ids of the passages that name the provision, what it is part of, or a part of it; the most exact first.

        A provision without a law is taken for the same § of any law, after those of the law that is asked for.
        """
        found = self._mentions.get((provision.paragraf, provision.kapitel), ())
        ranked = [(_distance(provision, named), passage_id) for named, passage_id in found]
        nearest = sorted((pair for pair in ranked if pair[0] >= 0), key=lambda pair: pair[0])
        return list(dict.fromkeys(passage_id for _, passage_id in nearest))

    @cached_property
    def tokens(self) -> TokenIndex:
        """The tokens of the statements and passages, to be compared with a question's."""
        return TokenIndex(self._folder / TOKENS)

    def _opened(self) -> VectorIndex:
        with self._lock:
            if self._vectors is None:
                vectors = open_vectors(self._folder / CHROMA, self._folder.name, self._settings.chroma_url)
                if len(vectors) != self.manifest.vectors:
                    raise damaged(self._folder, "det mangler vektorer")
                self._vectors = vectors
            return self._vectors


def read_documents(folder: Path, manifest: Manifest) -> tuple[Indexed, ...]:
    """A generation's documents. Raises IndexStoreError."""
    try:
        values = json.loads(generations.checked_bytes(folder, DOCUMENTS, manifest))
        return tuple(document_from_json(value) for value in values)
    except (ValueError, KeyError, TypeError) as exc:
        raise damaged(folder, f"{DOCUMENTS} kan ikke læses") from exc


def _mentions(passages: Iterable[Passage]) -> Mapping[Place, list[tuple[Provision, str]]]:
    """Which passage names which provision, by § and kapitel, in the order of the documents."""
    found: dict[Place, list[tuple[Provision, str]]] = defaultdict(list)
    for passage in passages:
        for provision in dict.fromkeys(_named(passage)):
            found[provision.paragraf, provision.kapitel].append((provision, passage.id))
    return found


def _named(passage: Passage) -> Iterator[Provision]:
    yield from passage.provisions
    for statement in passage.statements:
        yield from statement.provisions


def _distance(asked: Provision, named: Provision) -> int:
    """How far a named provision of the same § is from the one asked for: 0 the same; -1 when they do not meet."""
    distance = 0
    for mine, other, cost in (
        (asked.stk, named.stk, 1),
        (asked.nr, named.nr, 1),
        (asked.pkt, named.pkt, 1),
        (asked.law, named.law, 4),
    ):
        if mine == other:
            continue
        if mine and other:
            return -1
        distance += cost
    return distance
