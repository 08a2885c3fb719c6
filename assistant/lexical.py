"""Words of the passages, with tantivy: BM25 over Danish stems and over the words as they stand.

The one module that knows tantivy. A query is words, never syntax: it goes through the analyser that the texts went
through, and each of its words becomes a term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy

from assistant.records import damaged

ID = "id"
STEMS = "stems"
WORDS = "words"
EXACT_WEIGHT = 0.5  # of a word that stands in the text as asked for, beside its stem's
MOST_TERMS = 256
HEAP = 64_000_000


class LexicalHit(NamedTuple):
    """A passage that shares words with the query, with its BM25 score (unbounded)."""

    passage_id: str
    score: float


class LexicalIndex:
    """One generation's words."""

    def __init__(self, index: tantivy.Index, where: Path) -> None:
        _register(index)
        self._index = index
        self._searcher = index.searcher()
        self._where = where

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, query: str, k: int) -> list[LexicalHit]:
        """At most k passages by falling score; [] when the query has no words or none of them is known."""
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, word), weight))
            for field, analyser, weight in ((STEMS, _stems(), 1.0), (WORDS, _words(), EXACT_WEIGHT))
            for word in _distinct(analyser.analyze(_encodable(query)))
        ]
        if not clauses:
            return []
        with _translated(self._where):
            hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k, count=False).hits
            return [LexicalHit(str(self._searcher.doc(address).get_first(ID)), float(score)) for score, address in hits]

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, word, index_option="freq")


def create_lexical(folder: Path, texts: Iterable[tuple[str, str]]) -> int:
    """Write a new index of (passage id, search text) in the empty folder; gives how many it holds."""
    with _translated(folder):
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index)
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for passage_id, text in texts:
            writer.add_document(tantivy.Document(id=[passage_id], stems=[text], words=[text]))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher().num_docs


def open_lexical(folder: Path) -> LexicalIndex:
    """The index in the folder. Raises IndexStoreError when it is not there or cannot be read."""
    with _translated(folder):
        return LexicalIndex(tantivy.Index.open(str(folder)), folder)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(STEMS, tokenizer_name=STEMS, index_option="freq")
    builder.add_text_field(WORDS, tokenizer_name=WORDS, index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(STEMS, _stems())
    index.register_tokenizer(WORDS, _words())


def _words() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()


def _stems() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return builder.filter(tantivy.Filter.stemmer("danish")).build()


def _distinct(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))[:MOST_TERMS]


def _encodable(text: str) -> str:
    """The text without lone surrogates, which cannot be handed to Rust."""
    return text.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _translated(where: Path) -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError, RuntimeError) as exc:
        raise damaged(where, exc) from exc
