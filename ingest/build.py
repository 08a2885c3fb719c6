"""A new generation of the index, written whole beside the one that answers."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant import generations
from assistant.errors import IndexStoreError
from assistant.lexical import create_lexical
from assistant.locks import in_use
from assistant.records import FORMAT, Indexed, Manifest, document_to_json, manifest_to_json
from assistant.relevance import Tokens
from assistant.settings import Settings
from assistant.store import read_documents
from assistant.token_index import write_tokens
from assistant.vectors import drop_vectors
from ingest.embedding_texts import embedding_texts
from ingest.plan import Wanted, corpus_version
from ingest.vector_cache import Known, TextEmbedder, dump_known, embed, load_known
from ingest.vector_index import Row, rows_of, write_vectors

Say = Callable[[str], None]


@dataclass(frozen=True)
class Before:
    """The index as a run found it; empty when there is none that can be used."""

    folder: Path | None = None
    manifest: Manifest | None = None

    @cached_property
    def documents(self) -> dict[str, Indexed]:
        """By source id; read when first asked for, which a run with nothing to do never does."""
        if self.folder is None or self.manifest is None:
            return {}
        return {document.source.id: document for document in read_documents(self.folder, self.manifest)}


@dataclass(frozen=True)
class Content:
    """What the new generation shall hold: the documents, the hash of each, and those kept in a former reading."""

    documents: tuple[Indexed, ...]
    hashes: dict[str, str]
    held: dict[str, str]


def build(
    settings: Settings, content: Content, wanted: Wanted, before: Before, embedder: TextEmbedder, say: Say
) -> str:
    """Write a generation of this content and give its name; nothing points to it yet. Raises AssistantError.

    Vectors of the generation before are taken over when they were made by the same model.
    """
    folder = _new_folder(settings.index)
    old = before.manifest if before.manifest and before.manifest.fingerprint == wanted.fingerprint else None
    known = load_known(before.folder, old) if old and before.folder else {}
    vectors = embed(list(embedding_texts(content.documents)), known, embedder, say)
    say("Bygger indekset …")
    files = _write_documents(folder, content.documents, vectors)
    passages = [(passage.id, passage.search_text) for document in content.documents for passage in document.passages]
    (folder / generations.WORDS).mkdir()
    create_lexical(folder / generations.WORDS, passages)
    write_tokens(folder / generations.TOKENS, _tokens(content.documents, vectors))
    manifest = Manifest(
        format=FORMAT,
        corpus_version=corpus_version(content.hashes),
        model=old.model if old else embedder.name,
        dimension=next(iter(vectors.values())).vectors.shape[1],
        fingerprint=wanted.fingerprint,
        reader_version=wanted.reader_version,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        hashes=content.hashes,
        passages=len(passages),
        vectors=write_vectors(
            folder, settings.chroma_url, rows_of(content.documents, vectors), _rows_before(before, known)
        ),
        chroma_url=wanted.chroma_url,
        held=content.held,
        files=files,
    )
    _write(folder / generations.MANIFEST, json.dumps(manifest_to_json(manifest), ensure_ascii=False, indent=1).encode())
    return folder.name


def _rows_before(before: Before, known: Known) -> tuple[Path, dict[str, Row]] | None:
    """The generation before with its rows, when it is known which vectors it has."""
    if before.folder is None or before.manifest is None or not known:
        return None
    rows = rows_of(before.documents.values(), known)
    whole = len(rows) == before.manifest.vectors and not before.manifest.chroma_url
    return (before.folder, rows) if whole else None


def _new_folder(index: Path) -> Path:
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    folder = index / f"{generations.PREFIX}{stamp}-{secrets.token_hex(4)}"
    folder.mkdir()
    (folder / generations.LEASE).touch()
    return folder


def _write_documents(folder: Path, documents: Sequence[Indexed], vectors: Known) -> dict[str, str]:
    """The documents and the vectors' store; gives the checksum of each file by its name."""
    values = [document_to_json(document) for document in documents]
    written = {
        generations.DOCUMENTS: json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8"),
        generations.CACHED_VECTORS: dump_known(vectors),
    }
    for name, data in written.items():
        _write(folder / name, data)
    return {name: generations.checksum(data) for name, data in written.items()}


def _tokens(documents: Sequence[Indexed], known: Known) -> Iterator[tuple[str, list[str], Tokens]]:
    """Each text's tokens once, with its key and the ids of what it is the text of."""
    ids: dict[str, list[str]] = {}
    for text in embedding_texts(documents):
        ids.setdefault(text.key, []).append(text.id)
    return ((key, found, known[key].tokens) for key, found in ids.items() if len(known[key].tokens.ids))


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise IndexStoreError(f"{path} kan ikke skrives ({exc.strerror}). Giv plads og skriveadgang.") from exc


def sweep(index: Path, keep: str, chroma_url: str) -> None:
    """Delete what crashes and former generations left behind, but for what a reader still holds."""
    for folder in index.glob(f"{generations.PREFIX}*"):
        if folder.name != keep and not in_use(folder / generations.LEASE):
            drop_vectors(folder.name, chroma_url)
            shutil.rmtree(folder, ignore_errors=True)


def holds(manifest: Manifest, content: Content, wanted: Wanted) -> bool:
    """Whether the index holds this content already, so that nothing has to be built."""
    made = Wanted(manifest.fingerprint, manifest.reader_version, manifest.chroma_url)
    return (made, manifest.hashes, manifest.held) == (wanted, content.hashes, content.held)
