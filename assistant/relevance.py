"""How likely a text answers a question, learnt: each token of the one looks for what meets it in the other.

The embedding model reads question and text apart, and its vectors say what both are about. Whether the text *answers*
shows in which word meets which. So its last layer's token states are kept, projected to few numbers, and a small
network compares them: attention from each side to the other, what was found held against what looked, and the whole
weighed. Its weights (tools/train_relevance.py tells from what they were learnt) are in relevance.npz.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]
WEIGHTS = Path(__file__).resolve().parent / "relevance.npz"
_MARK = "+"
MOST_TOKENS = 256
"""Of a longer text, what stands first is compared."""


class Tokens(NamedTuple):
    """A text as it is compared: the id of each of its tokens (n,), and their projected states (n, width)."""

    ids: npt.NDArray[np.int32]
    rows: npt.NDArray[np.float16]


NO_TOKENS = Tokens(np.empty(0, np.int32), np.empty((0, 0), np.float16))
"""Of a text whose tokens were not read."""


class Relevance:
    """The network. Numbers only, no library: some milliseconds for thirty texts. Safe to share between threads."""

    def __init__(self, weights: dict[str, npt.NDArray[np.float32]], models: tuple[str, ...]) -> None:
        self._weights = weights
        self.models = models
        self._heads = len(weights["match"])

    def reads(self, fingerprint: str) -> bool:
        """Whether it was learnt on the token states of the model with this fingerprint."""
        return fingerprint.partition(_MARK)[0] in self.models

    def tokens(self, ids: Sequence[int] | npt.NDArray[np.int32], states: Floats) -> Tokens:
        """A text's tokens from their ids and the model's last states of them (n, dimension)."""
        kept = np.asarray(ids, dtype=np.int32)[:MOST_TOKENS]
        scaled = (states[: len(kept)] - self._weights["mean"]) / self._weights["spread"]
        return Tokens(kept, self._linear(scaled, "project").astype(np.float16))

    def likelihoods(self, question: Tokens, texts: Sequence[Tokens]) -> Floats:
        """The likelihood (0-1) of each text to answer the question."""
        if not texts:
            return np.empty(0, dtype=np.float32)
        lengths = np.array([len(text.ids) for text in texts])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        asked = question.rows.astype(np.float32)
        told = np.concatenate([text.rows for text in texts]).astype(np.float32)
        same = (question.ids[:, None] == np.concatenate([text.ids for text in texts])[None]).astype(np.float32)
        near = _unit(asked) @ _unit(told).T
        one, one_near = self._asking(asked, told, same, near, starts, lengths)
        other, other_near = self._telling(asked, told, same, near, starts, lengths)
        features = np.concatenate([one, other, one_near[:, None], other_near[:, None]], axis=1)
        level = self._linear(_silu(self._linear(features, "out1")), "out2")[:, 0]
        return np.asarray(1.0 / (1.0 + np.exp(-level)), dtype=np.float32)

    def _asking(
        self, asked: Floats, told: Floats, same: Floats, near: Floats, starts: Counts, lengths: Counts
    ) -> tuple[Floats, Floats]:
        """Each token of the question to each text: (texts, features), and how near they come on average."""
        scores = self._scores(asked, told) + self._weights["match"][:, None, None] * same
        highest = np.maximum.reduceat(scores, starts, axis=2)
        share = np.exp(scores - np.repeat(highest, lengths, axis=2))
        share /= np.repeat(np.add.reduceat(share, starts, axis=2), lengths, axis=2)
        width = told.shape[1] // self._heads
        found = [
            np.add.reduceat(share[head][:, :, None] * told[None, :, head * width : (head + 1) * width], starts, axis=1)
            for head in range(self._heads)
        ]
        met = np.concatenate(found, axis=2).transpose(1, 0, 2)  # (texts, question tokens, width)
        nearest = np.maximum.reduceat(near, starts, axis=1).T
        exact = np.maximum.reduceat(same, starts, axis=1).T
        surest = np.maximum.reduceat(share, starts, axis=2).mean(axis=0).T
        own = np.broadcast_to(asked, met.shape)
        compared = self._compared(own, met, np.stack([nearest, exact, surest], axis=2), "ask")
        level = self._linear(compared, "ask_weight")[:, :, 0]
        weight = np.exp(level - level.max(axis=1, keepdims=True))
        weight /= weight.sum(axis=1, keepdims=True)
        pooled = np.concatenate([(weight[:, :, None] * compared).sum(axis=1), compared.max(axis=1)], axis=1)
        return pooled, np.asarray(nearest.mean(axis=1), dtype=np.float32)

    def _telling(
        self, asked: Floats, told: Floats, same: Floats, near: Floats, starts: Counts, lengths: Counts
    ) -> tuple[Floats, Floats]:
        """Each token of each text to the question: the same, the other way round."""
        scores = self._scores(told, asked) + self._weights["match"][:, None, None] * same.T
        share = np.exp(scores - scores.max(axis=2, keepdims=True))
        share /= share.sum(axis=2, keepdims=True)
        width = told.shape[1] // self._heads
        met = np.concatenate(
            [share[head] @ asked[:, head * width : (head + 1) * width] for head in range(self._heads)], axis=1
        )
        nearest = near.max(axis=0)
        traits = np.stack([nearest, same.max(axis=0), share.max(axis=2).mean(axis=0)], axis=1)
        compared = self._compared(told, met, traits, "tell")
        level = self._linear(compared, "tell_weight")[:, 0]
        weight = np.exp(level - np.repeat(np.maximum.reduceat(level, starts), lengths))
        weight /= np.repeat(np.add.reduceat(weight, starts), lengths)
        pooled = np.add.reduceat(weight[:, None] * compared, starts, axis=0)
        highest = np.maximum.reduceat(compared, starts, axis=0)
        average = np.asarray(np.add.reduceat(nearest, starts) / lengths, dtype=np.float32)
        return np.concatenate([pooled, highest], axis=1), average

    def _scores(self, looking: Floats, looked_at: Floats) -> Floats:
        """How much each token looks at each other one, by head: (heads, looking, looked at)."""
        width = looking.shape[1] // self._heads
        query = self._linear(looking, "query").reshape(len(looking), self._heads, width).transpose(1, 0, 2)
        key = self._linear(looked_at, "key").reshape(len(looked_at), self._heads, width).transpose(1, 2, 0)
        return np.asarray(query @ key / np.sqrt(width), dtype=np.float32)

    def _compared(self, own: Floats, met: Floats, traits: Floats, name: str) -> Floats:
        """What looked held against what it met, token by token."""
        features = np.concatenate([own, met, own * met, np.abs(own - met), traits], axis=-1)
        return _silu(self._linear(_silu(self._linear(features, f"{name}1")), f"{name}2"))

    def _linear(self, given: Floats, name: str) -> Floats:
        return np.asarray(given @ self._weights[f"{name}.w"] + self._weights[f"{name}.b"], dtype=np.float32)


@cache
def load_relevance() -> Relevance:
    """The network with its learnt weights, and the models whose token states it was learnt on."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "models"}
        return Relevance(weights, tuple(stored["models"].tolist()))


def with_network(model: str) -> str:
    """A model's fingerprint, with that of the network where it was learnt on it: an index holds what both made."""
    return f"{model}{_MARK}{_digest()}" if model in load_relevance().models else model


@cache
def _digest() -> str:
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _silu(given: Floats) -> Floats:
    return np.asarray(given / (1.0 + np.exp(-np.clip(given, -60.0, 60.0))), dtype=np.float32)
