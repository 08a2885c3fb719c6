"""A small corpus, settings for it, and an embedder that needs no model: what the tests of the index share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.embedding import Read
from assistant.settings import ROOT, Settings, load_settings
from assistant.store import Store
from ingest.sync import Report, sync

DIMENSION = 32
TEXTS = {
    "brev": "Tilsagn\n\nKommunen kan fravige LAB § 30 a, stk. 2, om rehabiliteringsplanen.\n\n"
    "Kommunen skal fortsat udføre den forberedende del.\n",
    "liste": "Det må vi nu\n\nKommunen fritages for at lave planer efter følgende paragraffer:\n\n"
    "- SEL §§ 140-141\n\n- LAB §§ 27-30\n\nKommunen fritages IKKE for at registrere.\n",
    "fakta": "Fakta\n\nLoven gælder i ni kommuner. Den udløber i 2021.\n",
}


class FakeEmbedder:
    """Vectors of hashed words: texts that share words are near each other. Counts the texts it was given."""

    name = "prøvemodel"
    fingerprint = "prøve"
    window = 40

    def __init__(self) -> None:
        self.seen: list[str] = []

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        self.seen.extend(texts)
        return [Read(vector(text), np.empty(0, np.int32), np.empty((0, 0), np.float32)) for text in texts]


def vector(text: str) -> npt.NDArray[np.float32]:
    """The text's vector of length 1."""
    found = np.full(DIMENSION, 0.01, dtype=np.float32)
    for word in text.lower().split():
        found[zlib.crc32(word.encode()) % DIMENSION] += 1
    return np.asarray(found / np.linalg.norm(found), dtype=np.float32)


def write_corpus(folder: Path, texts: dict[str, str] | None = None, note: str = "") -> Path:
    """A corpus folder with one text file a document."""
    folder.mkdir(exist_ok=True)
    texts = TEXTS if texts is None else texts
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    tables = (
        f'[[source]]\nid = "{name}"\nfile = "{name}.txt"\ntitle = "Prøve: {name}"\nkind = "tilsagnsbrev"\n'
        f'date = "2017-02-01"\nnote = "{note}"\n'
        for name in texts
    )
    (folder / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    return folder


def small_settings(folder: Path) -> Settings:
    """Settings for a small corpus in the folder, with a model that is a folder too but never loaded."""
    (folder / "model").mkdir()
    (folder / "model" / "weights").write_text("vægte", encoding="utf-8")
    write_corpus(folder / "corpus")
    return settings_in(folder)


def settings_in(folder: Path) -> Settings:
    """Settings for what `small_settings` has put in the folder."""
    return load_settings(
        corpus=folder / "corpus",
        index=folder / "index",
        cache=folder / "cache",
        embedding_model=str(folder / "model"),
    )


@cache
def _template() -> TemporaryDirectory[str]:
    """A folder with the small corpus and its index, made once; gone when the tests end."""
    folder = TemporaryDirectory()
    fake_sync(small_settings(Path(folder.name)))
    return folder


def indexed_settings(folder: Path) -> Settings:
    """Settings for a copy of the small corpus and of its index in the folder."""
    shutil.copytree(_template().name, folder, dirs_exist_ok=True)
    return settings_in(folder)


def fake_sync(settings: Settings, rebuild: bool = False) -> tuple[Report, FakeEmbedder, list[str]]:
    """A run with the fake embedder: its report, the embedder, and the lines it said."""
    embedder, lines = FakeEmbedder(), list[str]()
    return sync(settings, lines.append, rebuild, embedder), embedder, lines


def start_ingest(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """`python -m ingest` as a process of its own."""
    environment = os.environ | {
        "ASSISTANT_CORPUS": str(settings.corpus),
        "ASSISTANT_INDEX": str(settings.index),
        "ASSISTANT_CACHE": str(settings.cache),
        "ASSISTANT_EMBEDDING_MODEL": settings.embedding_model,
        "ASSISTANT_CHROMA_URL": settings.chroma_url,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run_ingest(settings: Settings, *arguments: str) -> tuple[int, str, str]:
    """`python -m ingest` to its end: exit code, stdout, stderr."""
    process = start_ingest(settings, *arguments)
    out, err = process.communicate()
    return process.returncode, out, err


def answers(settings: Settings) -> dict[str, str]:
    """What the index answers with: every document's text, after a search of each kind that must succeed."""
    with Store.open(settings) as store:
        assert store.lexical("rehabiliteringsplanens", 3)
        assert store.dense(vector("rehabiliteringsplanen"), 3)
        assert store.passages
        return {source_id: source.note + store.source_text(source_id) for source_id, source in store.sources.items()}
