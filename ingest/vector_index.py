"""The vectors of a new generation: all written anew, or a copy of those before with only the differences written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.generations import CHROMA
from assistant.records import Indexed
from assistant.vectors import Entry, VectorIndex, copied_vectors, create_vectors
from ingest.embedding_texts import embedding_texts
from ingest.vector_cache import Known, Vectors

COPY_FROM = 5000  # vectors: fewer are written anew in a few seconds, which leaves no trace of what was there before
COPY_SHARE = 0.25  # of the vectors: where more have to change, writing all anew is as quick


class Row(NamedTuple):
    """A vector with what it stands for, and the key of its text."""

    entry: Entry
    key: str
    vector: Vectors


def rows_of(documents: Iterable[Indexed], known: Known) -> dict[str, Row]:
    """The rows of all texts that have a vector, by the id of their entry."""
    return {
        f"{text.id}#{number}": Row(Entry(f"{text.id}#{number}", text.passage_id, text.statement_id), text.key, vector)
        for text in embedding_texts(documents)
        for number, vector in enumerate(known[text.key].vectors if text.key in known else ())
    }


def write_vectors(folder: Path, url: str, rows: dict[str, Row], before: tuple[Path, dict[str, Row]] | None) -> int:
    """Write the rows for the generation in `folder`, from the generation `before` if that is worth it; their number."""
    index = _copied(folder, rows, before) if before and not url else None
    if index is None:
        index = create_vectors(folder / CHROMA, folder.name, url)
        _add(index, rows.values())
    try:
        return len(index)
    finally:
        index.close()


def _copied(folder: Path, rows: dict[str, Row], before: tuple[Path, dict[str, Row]]) -> VectorIndex | None:
    """The index before, copied and brought up to date; None where that is not worth it."""
    old_folder, old = before
    gone = [entry_id for entry_id in old if entry_id not in rows]
    fresh = [row for entry_id, row in rows.items() if entry_id not in old or old[entry_id].key != row.key]
    if len(old) < COPY_FROM or len(gone) + len(fresh) > COPY_SHARE * len(old):
        return None
    shutil.copytree(old_folder / CHROMA, folder / CHROMA)
    index = copied_vectors(folder / CHROMA, old_folder.name, folder.name)
    index.remove(gone)
    _add(index, fresh)
    return index


def _add(index: VectorIndex, rows: Iterable[Row]) -> None:
    rows = list(rows)
    if rows:
        index.add([row.entry for row in rows], np.stack([row.vector for row in rows]))
