"""Texts to vectors with sentence-transformers: the one module that runs the embedding model."""

from __future__ import annotations

import gc
import importlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.deferred import deferred
from assistant.errors import EmbeddingError
from assistant.settings import Settings
from assistant.weights import REMEDY, Model, fingerprint, locate, stays_here

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

_Encoded = TypeVar("_Encoded")

QUERY = "query: "
PASSAGE = "passage: "
MIDDLE = 7
"""Of twelve layers: there, a token's state still tells which word it is, and already what it is said of."""
BATCH = 16  # larger batches spend more on padding than they win
MOST_WORKERS = 4  # a model this small leaves memory bandwidth to be the limit with more
QUIET = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}
"""Set in the environment before the libraries read it at their import; a value that the user has set stays."""
OFFLINE = {"HF_HUB_OFFLINE": "1"}


class Read(NamedTuple):
    """A text as the model reads it: its vector, its tokens' ids, and their states (n, 2 * dimension).

    The states are those of a layer in the middle and of the last; (n, 0) where a model does not tell them.
    """

    vector: Vectors
    ids: npt.NDArray[np.int32]
    states: Vectors


class Embedder:
    """The model, loaded at the first text. Vectors are L2-normalised float32, one row a text. Safe among threads."""

    def __init__(self, settings: Settings, progress: Callable[[str], None] | None = None) -> None:
        self._settings = settings
        self._progress = progress
        self._lock = threading.RLock()
        self._loaded: tuple[Model, SentenceTransformer] | None = None

    @property
    def fingerprint(self) -> str:
        """What tells this model from every other; needs no loading."""
        return fingerprint(self._settings)

    @property
    def name(self) -> str:
        """The model's name or folder, as people know it."""
        return self._load()[0].name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._load()[1].get_embedding_dimension() or 0)

    @property
    def window(self) -> int:
        """The most tokens that one text may have, prefix and special tokens included."""
        return int(self._load()[1].max_seq_length or 512)

    def load(self) -> Embedder:
        """Load the model now, so that the first question need not wait. Raises EmbeddingError."""
        self._load()
        return self

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dimension) of questions."""
        return self._encode(QUERY, texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dimension) of texts to be found. What goes beyond the window is not seen: split it before.

        Quickest when texts of like length stand together.
        """
        return self._encode(PASSAGE, texts)

    def read_query(self, text: str) -> Read:
        """A question's vector and tokens, in one go."""
        return self._in_batches(_reads, QUERY, [text])[0][0]

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        """The vector and tokens of texts to be found, as `passages` gives their vectors."""
        return [read for batch in self._in_batches(_reads, PASSAGE, texts) for read in batch]

    def token_counts(self, texts: Sequence[str], prefix: str = PASSAGE) -> list[int]:
        """How many tokens each text has under the prefix, the special ones included, nothing cut off."""
        model = self._load()[1]
        if not texts:
            return []
        with self._lock:
            batch: Any = model.tokenizer(
                [prefix + _encodable(text) for text in texts], truncation=False, padding=False, verbose=False
            )
        return [len(ids) for ids in batch["input_ids"]]

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        batches = self._in_batches(_vectors, prefix, texts)
        return np.concatenate(batches) if batches else np.empty((0, self.dimension), dtype=np.float32)

    def _in_batches(
        self, encode: Callable[[SentenceTransformer, list[str]], _Encoded], prefix: str, texts: Sequence[str]
    ) -> list[_Encoded]:
        model = self._load()[1]
        whole = [prefix + _encodable(text) for text in texts]
        batches = [whole[start : start + BATCH] for start in range(0, len(whole), BATCH)]
        with self._lock:
            # The first alone: it sets the tokenizer's padding, which must not change while another thread tokenizes.
            found = [encode(model, batch) for batch in batches[:1]]
            if len(batches) > 1:
                with ThreadPoolExecutor(min(MOST_WORKERS, os.cpu_count() or 1)) as pool:
                    found.extend(pool.map(partial(encode, model), batches[1:]))
        return found

    def _load(self) -> tuple[Model, SentenceTransformer]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._settings, self._progress)
            return self._loaded


def load_embedder(settings: Settings, progress: Callable[[str], None] | None = None) -> Embedder:
    """The embedder that the settings ask for; its model is loaded when first needed."""
    return Embedder(settings, progress)


def _vectors(model: SentenceTransformer, texts: list[str]) -> Vectors:
    found = model.encode(texts, batch_size=len(texts), normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(found, dtype=np.float32)


def _reads(model: SentenceTransformer, texts: list[str]) -> list[Read]:
    import torch

    with torch.inference_mode():
        found: Any = model(model.preprocess(texts))
    layers = found.get("all_layer_embeddings", ())
    kept = [layers[MIDDLE], found["token_embeddings"]] if len(layers) > MIDDLE else []
    states = torch.cat(kept, dim=2).numpy() if kept else np.empty((len(texts), 0, 0), np.float32)
    vectors = np.asarray(found["sentence_embedding"].numpy(), dtype=np.float32)
    counts = found["attention_mask"].sum(dim=1).tolist()
    ids = found["input_ids"].numpy().astype(np.int32)
    return [
        Read(vector, some[:count], state[:count])
        for vector, some, state, count in zip(vectors, ids, states, counts, strict=True)
    ]


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _load(settings: Settings, progress: Callable[[str], None] | None) -> tuple[Model, SentenceTransformer]:
    for name, value in (QUIET | (OFFLINE if stays_here(settings) else {})).items():
        os.environ.setdefault(name, value)
    with ThreadPoolExecutor(1) as pool:  # checksums or conversion on one core while the other imports
        finding = pool.submit(locate, settings, progress)
        libraries = _libraries()
        model = finding.result()
    _one_thread_each()
    return model, _construct(libraries, model)


def _libraries() -> Any:
    """sentence-transformers, imported in 12 s and 410 MB rather than 17 s and 510 MB (two cores).

    It imports scikit-learn (and with it scipy.stats and pandas) for distances and training metrics that are never
    asked for here; and what an import creates stays, so collecting garbage meanwhile is a second's work for nothing.
    """
    with _no_collection(), deferred("sklearn.metrics"):
        return importlib.import_module("sentence_transformers")


@contextmanager
def _no_collection() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _one_thread_each() -> None:
    """One thread a text, several texts at once.

    Two threads on one question win nothing on two cores, and wait for each other when the cores have other work:
    measured beside six busy processes, 0.5-1 s a question with two threads, 0.09 s with one.
    """
    import torch

    torch.set_num_threads(1)


def _construct(libraries: Any, model: Model) -> SentenceTransformer:
    try:
        loaded: SentenceTransformer = libraries.SentenceTransformer(
            model.location, device="cpu", local_files_only=model.local
        )
    except (OSError, ValueError, RuntimeError, KeyError) as exc:
        cause = "kan ikke hentes uden netadgang" if not model.local else f"kan ikke indlæses ({exc})"
        raise EmbeddingError(f"Modellen {model.name} {cause}. {REMEDY}") from exc
    config = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    if config is not None:
        config.output_hidden_states = True
    return loaded
