"""Pairs of a question and a text, with whether the text answers it: what assistant/relevance.npz was learnt from.

Most are written for it (evals/training/*.txt, in the form that written.py reads): documents of many fields and the
questions that their passages answer, or nearly answer. The others are the known answers that the project is developed
on, each with the statements that the search finds for it. The blind ones are never read. What is learnt takes no part
in the search for them, so that learning anew starts from the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assistant import Assistant
from assistant.evidence import Evidence, gather
from assistant.question import understand
from assistant.reception import receive
from assistant.records import Indexed
from assistant.store import Store
from evals.cases import Case
from evals.matching import normalise, same_document
from evals.written import read_file
from ingest.embedding_texts import embedding_texts

FOLDER = Path(__file__).resolve().parent / "training"
_NEAREST = 30


class Pair(NamedTuple):
    """A question, a text as it is embedded, whether the text answers the question, and which set the pair is of."""

    question: str
    text: str
    answers: bool
    group: str


def written(folder: Path = FOLDER) -> Iterator[Pair]:
    """Each question of the files with each passage of its document."""
    for file in sorted(folder.glob("*.txt")):
        for document in read_file(file):
            for asked in document.questions:
                for text in document.passages:
                    answers = text in asked.answering
                    yield Pair(asked.text, f"{document.title}\n{text}", answers, document.group.partition("-")[0])


def known(assistant: Assistant, cases: Iterable[Case], group: str) -> Iterator[Pair]:
    """Each question that stands alone with the statements found for it.

    A statement answers when its own words hold a quote of the case or are part of one; one whose passage only holds
    the quote elsewhere is left out, since it may answer, too.
    """
    texts = _texts(assistant.store)
    for case in cases:
        received = receive(case.question, (), assistant.settings.max_question_chars)
        if case.history or not received.text:
            continue
        question = understand(received.text, received.language, assistant.lexicon)
        found = gather(question, assistant.library(), assistant.embedder.queries([received.text])[0])
        for item in found.evidence[:_NEAREST]:
            answers = _answers(item, case)
            if answers is not None:
                text = texts.get(item.statement.id) or texts[item.passage.id]
                yield Pair(case.question, text, answers, group)


def _texts(store: Store) -> dict[str, str]:
    """What is embedded, by the id of the statement or passage."""
    documents = [
        Indexed(
            source,
            store.source_text(source.id),
            tuple(passage for passage in store.passages.values() if passage.source_id == source.id),
        )
        for source in store.sources.values()
    ]
    return {text.id: f"{text.head}\n{text.body}" if text.head else text.body for text in embedding_texts(documents)}


def _answers(item: Evidence, case: Case) -> bool | None:
    said, passage = normalise(item.statement.text), normalise(item.passage.text)
    quotes = [normalise(wanted.quote) for wanted in case.must_cite if same_document(wanted.doc, item.source.id)]
    if any(quote in said or said in quote for quote in quotes):
        return True
    return None if any(quote in passage for quote in quotes) else False
