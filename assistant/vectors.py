"""Nearest vectors, with Chroma: embedded in a folder, or a server by URL. The one module that knows Chroma."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexStoreError
from assistant.records import REBUILD, damaged

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Vectors = npt.NDArray[np.float32]

BATCH = 2000
EFFORT = 200  # candidates that a search keeps: near-exact on some thousand vectors, at a few milliseconds
OWNER = "owner"  # the passage that a vector is of
PART = "part"  # the statement within it, "" for the passage as a whole


class Entry(NamedTuple):
    """What a vector stands for; `statement_id` is "" for the passage as a whole."""

    id: str
    passage_id: str
    statement_id: str


class DenseHit(NamedTuple):
    """A found vector's passage and statement ("" for the passage as a whole), with the cosine."""

    passage_id: str
    statement_id: str
    similarity: float


class VectorIndex:
    """One generation's vectors."""

    def __init__(self, client: Client, collection: Collection, where: str) -> None:
        self._client = client
        self._collection = collection
        self._where = where

    def __len__(self) -> int:
        with _translated(self._where):
            return self._collection.count()

    def add(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Add or replace the vector (one row each) of each entry."""
        for start in range(0, len(entries), BATCH):
            some = entries[start : start + BATCH]
            with _translated(self._where):
                self._collection.upsert(
                    ids=[entry.id for entry in some],
                    embeddings=vectors[start : start + BATCH],
                    metadatas=[{OWNER: entry.passage_id, PART: entry.statement_id} for entry in some],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove the vectors of these entries."""
        for start in range(0, len(ids), BATCH):
            with _translated(self._where):
                self._collection.delete(ids=list(ids[start : start + BATCH]))

    def nearest(self, vector: Vectors, k: int) -> list[DenseHit]:
        """At most k hits by falling cosine, no statement twice; `vector` is one row of the index's dimension."""
        query = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        with _translated(self._where):
            found = self._collection.query(query_embeddings=query, n_results=2 * k, include=["metadatas", "distances"])
        metadatas, distances = (found["metadatas"] or [[]])[0], (found["distances"] or [[]])[0]
        best: dict[tuple[str, str], float] = {}
        for metadata, distance in zip(metadatas, distances, strict=True):
            best.setdefault((str(metadata[OWNER]), str(metadata[PART])), 1.0 - float(distance))
        return [DenseHit(*owner, similarity) for owner, similarity in list(best.items())[:k]]

    def rename(self, name: str) -> None:
        """Give it another name to be opened by."""
        with _translated(self._where):
            self._collection.modify(name=name)

    def close(self) -> None:
        """Let go of files and memory; nothing else may be called after."""
        self._client.close()


def create_vectors(folder: Path, name: str, url: str = "") -> VectorIndex:
    """A new, empty index: in the folder, or on the server at `url`, as the collection `name`."""
    where = url or str(folder)
    with _translated(where):
        client = _client(folder, url)
        collection = client.create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": EFFORT}},
        )
    return VectorIndex(client, collection, where)


def open_vectors(folder: Path, name: str, url: str = "") -> VectorIndex:
    """The index that was made under this name. Raises IndexStoreError when it is not there or cannot be read."""
    where = url or str(folder)
    if not url and not (folder / "chroma.sqlite3").is_file():
        raise damaged(folder, "det mangler vektorer")
    with _translated(where):
        client = _client(folder, url)
        return VectorIndex(client, client.get_collection(name, embedding_function=None), where)


def copied_vectors(folder: Path, old_name: str, name: str) -> VectorIndex:
    """The embedded index in the folder, a copy of one made as `old_name`, under its new name."""
    index = open_vectors(folder, old_name)
    index.rename(name)
    return index


def drop_vectors(name: str, url: str) -> None:
    """Remove a collection from the server, if it is there; an embedded index goes with its folder."""
    if not url:
        return
    from chromadb.errors import NotFoundError

    with _translated(url):
        client = _client(Path(), url)
        try:
            client.delete_collection(name)
        except NotFoundError:
            pass  # a crash before the collection was made leaves only its name
        finally:
            client.close()


def _client(folder: Path, url: str) -> Client:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    if not url:
        return cast("Client", chromadb.PersistentClient(folder, settings))
    address = urlsplit(url)
    secure = address.scheme == "https"
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise IndexStoreError(f"ASSISTANT_CHROMA_URL er «{url}». Skriv den som http://vært:port.")
    port = address.port or (443 if secure else 8000)
    return cast("Client", chromadb.HttpClient(address.hostname, port, secure, settings=settings))


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Chroma's errors as ours; its Rust core also raises plain ValueError, RuntimeError and sqlite3.Error."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError, KeyError, sqlite3.Error) as exc:
        if where.startswith("http"):
            raise IndexStoreError(
                f"Chroma-serveren på {where} svarer ikke som ventet ({exc}). "
                f"Start den, eller ret ASSISTANT_CHROMA_URL. Er dens data væk: {REBUILD[0].lower()}{REBUILD[1:]}"
            ) from exc
        raise damaged(where, exc) from exc
