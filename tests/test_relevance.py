"""The learnt comparison of a question and a text: the network, the tokens that an index keeps for it, and its worth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.errors import IndexStoreError
from assistant.relevance import NO_TOKENS, Relevance, Tokens, load_relevance, with_network
from assistant.token_index import PLACES, ROWS, TokenIndex, write_tokens
from evals.training_pairs import FOLDER, Pair, written
from tests.core_kit import assistant
from tools.train_relevance import MODELS, Network, first_right, weights_of

STATES = 12


def some_tokens(*ids: int) -> Tokens:
    return Tokens(np.array(ids, np.int32), np.full((len(ids), 4), ids[0], np.float16))


def test_the_network_of_an_answer_is_the_one_that_was_learnt() -> None:
    torch.manual_seed(3)
    learnt = Network(STATES).eval()
    scale = np.zeros(STATES, np.float32), np.ones(STATES, np.float32)
    plain = Relevance({name: np.asarray(value, np.float32) for name, value in weights_of(learnt, *scale).items()}, ())
    chance = np.random.default_rng(1)
    lengths, ids = (5, 9, 2, 14), chance.integers(0, 12, (5, 14)).astype(np.int32)
    states = chance.standard_normal((5, 14, STATES)).astype(np.float32)
    question, texts = (
        (ids[0, :6], states[0, :6]),
        [(ids[row + 1, :n], states[row + 1, :n]) for row, n in enumerate(lengths)],
    )
    found = plain.likelihoods(plain.tokens(*question), [plain.tokens(*text) for text in texts])
    for (numbers, rows), likely in zip(texts, found, strict=True):
        given = [
            torch.from_numpy(each[None].astype(kind))
            for each, kind in (
                (question[1], np.float32),
                (question[0], np.int64),
                (rows, np.float32),
                (numbers, np.int64),
            )
        ]
        with torch.inference_mode():
            assert torch.sigmoid(learnt(*given)).item() == pytest.approx(float(likely), abs=5e-3)


def test_no_text_has_no_likelihood() -> None:
    assert len(load_relevance().likelihoods(some_tokens(1), [])) == 0


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "Hvornår skal vi senest have sat forsøget i gang?",
            "Bemærk at forsøg skal iværksættes senest den 1. oktober 2018.",
            "Forsøg evalueres af VIVE, som offentliggør sin rapport om forsøg i 2020.",
        ),
        (
            "May we meet the citizen less often?",
            "Kommunen kan fravige kravet om, hvor ofte der holdes samtaler med borgeren.",
            "Borgeren har ret til at medbringe en bisidder til mødet med kommunen.",
        ),
        (
            "slipper vi for at lave en plan for barnet",
            "Der gives ikke fritagelse for at udarbejde en handleplan for barnet eller den unge.",
            "Kommunen planlægger hvert år sin deltagelse i børnenes sommerlejr.",
        ),
    ],
)
def test_what_answers_is_likelier_than_what_only_shares_words(question: str, answer: str, other: str) -> None:
    embedder, network = assistant().embedder, load_relevance()
    asked = embedder.read_query(question)
    texts = [network.tokens(read.ids, read.states) for read in embedder.read_passages([answer, other])]
    first, second = network.likelihoods(network.tokens(asked.ids, asked.states), texts)
    assert first > second


def test_an_index_keeps_the_tokens_of_each_statement_and_lone_passage() -> None:
    store = assistant().store
    statements = [(passage, statement) for passage in store.passages.values() for statement in passage.statements]
    kept = [store.tokens.of(statement.id, passage.id) for passage, statement in statements]
    assert sum(tokens is not None for tokens in kept) >= 0.95 * len(kept)


def test_tokens_are_found_by_the_text_and_by_what_it_is_the_text_of(tmp_path: Path) -> None:
    write_tokens(tmp_path / "t", [("key", ["a", "b"], some_tokens(1, 2)), ("other", ["c"], some_tokens(3))])
    index = TokenIndex(tmp_path / "t")
    found = index.of("nobody", "b")
    assert found is not None
    assert found.ids.tolist() == [1, 2]
    assert index.of("nobody") is None
    assert index.of("other").ids.tolist() == [3]  # type: ignore[union-attr]


def test_an_index_of_another_model_keeps_no_tokens(tmp_path: Path) -> None:
    write_tokens(tmp_path / "t", [])
    assert len(TokenIndex(tmp_path / "t")) == 0
    assert len(NO_TOKENS.ids) == 0


@pytest.mark.parametrize(
    "damage", [lambda folder: (folder / ROWS).unlink(), lambda folder: (folder / PLACES).write_text("{")]
)
def test_damaged_tokens_are_told_of_with_the_remedy(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    write_tokens(tmp_path / "t", [("key", ["a"], some_tokens(1, 2))])
    damage(tmp_path / "t")
    with pytest.raises(IndexStoreError, match="python -m ingest"):
        TokenIndex(tmp_path / "t")


def test_the_fingerprint_of_a_model_that_was_learnt_on_names_the_weights() -> None:
    assert with_network(MODELS[0]).startswith(f"{MODELS[0]}+")
    assert load_relevance().reads(with_network(MODELS[0]))
    assert with_network("folder:other") == "folder:other"
    assert not load_relevance().reads("folder:other")


def test_every_written_question_has_its_documents_passages_and_names_no_other() -> None:
    pairs = list(written())
    assert len({pair.question for pair in pairs}) > 1500
    for file in FOLDER.glob("*.txt"):
        assert "\n## " in f"\n{file.read_text(encoding='utf-8')}", file.name


def test_the_first_right_are_counted_over_questions_that_have_an_answer() -> None:
    class Longest:
        """Stands for a network that takes the longest text."""

        def __call__(self, lengths: torch.Tensor) -> torch.Tensor:
            return lengths

    class Lengths:
        """Stands for the texts."""

        def batch(self, pairs: list[Pair]) -> tuple[torch.Tensor]:
            return (torch.tensor([len(pair.text) for pair in pairs]),)

    pairs = [Pair("a", "lang tekst", True, "g"), Pair("a", "kort", False, "g"), Pair("b", "kort", True, "g")]
    pairs += [Pair("b", "lang tekst", False, "g"), Pair("c", "intet svar", False, "g")]
    assert first_right(Longest(), pairs, Lengths()) == 0.5  # type: ignore[arg-type]
