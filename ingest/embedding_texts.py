"""Which texts are embedded: the one place that says how a passage or statement is put to the model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.models import Passage, Statement
from assistant.records import Indexed

HEADINGS = 2  # how many of the innermost headings a statement is embedded with


class EmbeddingText(NamedTuple):
    """What is embedded; of a long `body`, each piece under the `head`. `statement_id` is "" for the whole passage."""

    passage_id: str
    statement_id: str
    head: str
    body: str

    @property
    def id(self) -> str:
        """The id of what the vector stands for."""
        return self.statement_id or self.passage_id

    @property
    def key(self) -> str:
        """The same for the same text, whichever document it stands in."""
        return hashlib.sha256(f"{self.head}\0{self.body}".encode("utf-8", "replace")).hexdigest()[:32]


def embedding_texts(documents: Iterable[Indexed]) -> Iterator[EmbeddingText]:
    """The texts of all documents: each passage, and each statement of a passage that has several."""
    for document in documents:
        for passage in document.passages:
            yield from _texts_of(passage)


def _texts_of(passage: Passage) -> Iterator[EmbeddingText]:
    alone = passage.statements[0].id if len(passage.statements) == 1 else ""
    yield EmbeddingText(passage.id, alone, *_halves(passage))
    if not alone:
        yield from (
            EmbeddingText(passage.id, statement.id, _context(passage, statement), statement.text)
            for statement in passage.statements
        )


def _halves(passage: Passage) -> tuple[str, str]:
    """The search text as what comes before the passage's own words, and those."""
    head, found, _ = passage.search_text.rpartition(passage.text)
    return (head.strip(), passage.text) if found and passage.text else ("", passage.search_text)


def _context(passage: Passage, statement: Statement) -> str:
    """What a statement stands under: its municipality and nearest headings, its column, and the words it hangs on."""
    headings = " > ".join(passage.heading_path[-HEADINGS:])
    return "\n".join(filter(None, (headings, statement.role, statement.context or passage.lead_in)))
