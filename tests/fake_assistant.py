"""A small assistant for the tests of evals: answers from a table, over documents in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.errors import QuestionError
from assistant.models import Answer, Citation, Hit, Passage, Source, Span

LETTER = "Kære netværk\n\nDer gives <i>ikke</i>  fritagelse\nfor den forberedende del.\n\nKommunen kan samle planerne."
SOURCES = {"brev": Source(id="brev", file="brev.txt", title="Brevet", kind="tilsagnsbrev", date="2017-02-01")}


def citation(quote: str, n: int = 1, passage: str = "", source_id: str = "brev") -> Citation:
    """A citation of a quote that stands in LETTER (else with a span that does not fit)."""
    start = max(LETTER.find(quote), 0)
    return Citation(
        n=n,
        source_id=source_id,
        title="Brevet",
        kind="tilsagnsbrev",
        date="2017-02-01",
        network="En plan",
        section="Tabel 1",
        page=None,
        provisions=(),
        quote=quote,
        start=start,
        end=start + len(quote),
        passage=passage or quote,
    )


def hit(raw: str, source_id: str = "brev") -> Hit:
    """A passage found, with nothing but its words."""
    start = max(LETTER.find(raw), 0)
    passage = Passage(
        id=f"{source_id}#{start}",
        source_id=source_id,
        order=0,
        kind="paragraph",
        heading_path=(),
        spans=(Span(start, start + len(raw)),),
        raw=raw,
        text=raw,
        search_text=raw,
        kind_of_source="tilsagnsbrev",
        date="2017-02-01",
    )
    return Hit(passage, 1.0)


def answer(verdict: str, prose: str = "Nej [1].", *citations: Citation, language: str = "da") -> Answer:
    """An answer with fixed versions."""
    return Answer(
        question="",
        standalone_question="",
        language=language,  # type: ignore[arg-type]
        verdict=verdict,  # type: ignore[arg-type]
        answer=prose,
        citations=citations,
        corpus_version="c1",
        engine_version="e1",
    )


class FakeAssistant:
    """Answers each known question as the table says, and refuses an empty one as the engine does."""

    def __init__(self, answers: Mapping[str, Answer], hits: Sequence[Hit] = ()) -> None:
        self.answers = answers
        self.hits = hits
        self.sources: Mapping[str, Source] = SOURCES
        self.asked: list[tuple[str, tuple[str, ...], str | None, str | None]] = []

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        network: str | None = None,
        mode: str | None = None,
    ) -> Answer:
        self.asked.append((question, tuple(history), as_of, network))
        if not question:
            raise QuestionError("Skriv et spørgsmål.")
        found = self.answers.get(question, answer("ikke_besvaret", "Det fremgår ikke af kilderne."))
        return replace(found, question=question, standalone_question=question, mode=mode or "extractive")

    def search(self, query: str, k: int = 10) -> Sequence[Hit]:
        return list(self.hits)[:k]

    def source_text(self, source_id: str) -> str:
        return LETTER
