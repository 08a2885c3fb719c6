"""The index folder: one generation that answers, named by a pointer file, beside others that come or go.

current            the name of the generation that answers; replaced in one rename
writing.lock       held by the one process that builds
<name>/            a generation, complete before the pointer names it
    manifest.json  what it was made of, with the checksums of the files below
    documents.json sources, texts, passages with their statements
    vectors.npz    vectors by the hash of their text, which the next generation takes over
    chroma/        the same vectors, to be searched
    words/         the lexical index
    tokens/        the tokens of each text, by the hash of the text and by what it is the text of
    lease          held by each reader, so that no one deletes what is being read
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from assistant.errors import IndexMissing, IndexStoreError
from assistant.locks import share
from assistant.records import Manifest, damaged, manifest_from_json

CURRENT = "current"
WRITING = "writing.lock"
MANIFEST = "manifest.json"
DOCUMENTS = "documents.json"
CACHED_VECTORS = "vectors.npz"
CHROMA = "chroma"
WORDS = "words"
TOKENS = "tokens"
LEASE = "lease"
PREFIX = "gen-"
TRIES = 5


def current_name(index: Path) -> str:
    """The name of the generation that answers, "" when there is no index. Raises IndexStoreError."""
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as exc:
        raise damaged(index, f"{CURRENT} kan ikke læses ({exc})") from exc
    if not name.startswith(PREFIX) or Path(name).name != name:
        raise damaged(index, f"{CURRENT} peger ikke på noget")
    return name


def current(index: Path) -> Path:
    """The folder of the generation that answers. Raises IndexMissing or IndexStoreError."""
    name = current_name(index)
    if not name:
        raise IndexMissing(f"Der er intet indeks i {index}. Kør `python -m ingest`.")
    if not (index / name).is_dir():
        raise damaged(index, f"{name} mangler")
    return index / name


def lease(index: Path) -> tuple[Path, int]:
    """The current generation and an open handle that keeps it from being deleted; close it with os.close.

    A generation may be replaced between reading its name and holding it, so this tries again.
    """
    for _ in range(TRIES):
        folder = current(index)
        try:
            handle = share(folder / LEASE)
        except OSError as exc:
            if current_name(index) == folder.name:
                raise damaged(folder, f"{LEASE} kan ikke åbnes ({exc.strerror})") from exc
            continue
        if current_name(index) == folder.name:
            return folder, handle
        os.close(handle)
    raise IndexStoreError(f"Indekset i {index} bliver skiftet ud hele tiden. Prøv igen om lidt.")


def read_manifest(folder: Path) -> Manifest:
    """A generation's manifest. Raises IndexStoreError."""
    try:
        return manifest_from_json(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as exc:
        raise damaged(folder, f"{MANIFEST} kan ikke læses ({exc})") from exc


def checked_bytes(folder: Path, name: str, manifest: Manifest) -> bytes:
    """A generation's file, if its checksum is the manifest's. Raises IndexStoreError."""
    try:
        data = (folder / name).read_bytes()
    except OSError as exc:
        raise damaged(folder, f"{name} kan ikke læses ({exc.strerror})") from exc
    if checksum(data) != manifest.files.get(name):
        raise damaged(folder, f"{name} er ændret")
    return data


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def publish(index: Path, name: str) -> None:
    """Let the generation answer from now on: one rename, so that a crash leaves either the old one or this."""
    temporary = index / f"{CURRENT}.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(index / CURRENT)
