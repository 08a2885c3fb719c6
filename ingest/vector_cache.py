"""Vectors and tokens by the hash of their text, taken over from the index before: only new texts are embedded."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from assistant.embedding import Read
from assistant.errors import IndexStoreError
from assistant.generations import CACHED_VECTORS, TOKENS, checked_bytes
from assistant.records import Manifest
from assistant.relevance import NO_TOKENS, Tokens, load_relevance
from assistant.token_index import TokenIndex
from ingest.embedding_texts import EmbeddingText
from ingest.splitting import pieces

Vectors = npt.NDArray[np.float32]


class Kept(NamedTuple):
    """What is kept of a text: the vectors of its pieces, one row each, most are one; the tokens of the first."""

    vectors: Vectors
    tokens: Tokens = NO_TOKENS


Known = dict[str, Kept]
"""What is kept, by the text's key."""

BATCH = 128  # texts between two lines of progress


class TextEmbedder(Protocol):
    """What is asked of the embedding model; `assistant.embedding.Embedder` is one."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def window(self) -> int:
        """The most tokens that one text may have."""

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text."""

    @property
    def fingerprint(self) -> str:
        """What tells this model from every other."""

    def read_passages(self, texts: Sequence[str]) -> Sequence[Read]:
        """The vector and tokens of each text."""


def load_known(folder: Path, manifest: Manifest) -> Known:
    """What a generation keeps; {} when it is damaged, since it can be made again."""
    try:
        tokens = TokenIndex(folder / TOKENS)
        with np.load(io.BytesIO(checked_bytes(folder, CACHED_VECTORS, manifest)), allow_pickle=False) as stored:
            keys, counts, rows = stored["keys"].tolist(), stored["counts"].tolist(), stored["vectors"]
    except (IndexStoreError, ValueError, KeyError):
        return {}
    ends = np.cumsum(counts).tolist()
    return {
        key: Kept(rows[end - count : end], tokens.of(key) or NO_TOKENS)
        for key, count, end in zip(keys, counts, ends, strict=True)
    }


def dump_known(known: Known) -> bytes:
    """The vectors as bytes for `load_known`."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        keys=np.array(list(known), dtype="U32"),
        counts=np.array([len(kept.vectors) for kept in known.values()], dtype=np.int32),
        vectors=np.concatenate([kept.vectors for kept in known.values()]).astype(np.float32),
    )
    return buffer.getvalue()


def embed(texts: Sequence[EmbeddingText], known: Known, embedder: TextEmbedder, say: Callable[[str], None]) -> Known:
    """The vectors of all texts: the known ones, and the others now. Leaves the model alone when there are none."""
    missing = list({text.key: text for text in texts if text.key not in known}.values())
    found = {text.key: known[text.key] for text in texts if text.key in known}
    if missing:
        say("Indlæser sprogmodellen …")
        found.update(_embed_now(missing, embedder, say))
    return found


def _embed_now(texts: Sequence[EmbeddingText], embedder: TextEmbedder, say: Callable[[str], None]) -> Known:
    parts = [
        (text.key, piece)
        for text in texts
        for piece in pieces(text.head, text.body, embedder.token_counts, embedder.window)
    ]
    parts.sort(key=lambda part: len(part[1]))  # texts of like length together: padding is work for nothing
    network = load_relevance() if load_relevance().reads(embedder.fingerprint) else None
    rows: dict[str, dict[str, Vectors]] = {}
    tokens: dict[str, Tokens] = {}
    for start in range(0, len(parts), BATCH):
        say(f"Indlejrer tekster: {start} af {len(parts)} …")
        some = parts[start : start + BATCH]
        for (key, piece), read in zip(some, embedder.read_passages([piece for _, piece in some]), strict=True):
            rows.setdefault(key, {})[piece] = read.vector
            if network and key not in tokens:  # projected at once: all states of a large corpus would fill the memory
                tokens[key] = network.tokens(read.ids, read.states)
    return {key: Kept(np.stack(list(found.values())), tokens.get(key, NO_TOKENS)) for key, found in rows.items()}
