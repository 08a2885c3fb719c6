"""A small assistant for the tests of the page: its answers stand on the real corpus, found by plain search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.errors import IndexStoreError, QuestionError, RecordError, SettingsError
from assistant.models import Answer, Citation, Notice, Source
from assistant.rights import Person, require

CORPUS = Path(__file__).parent.parent / "corpus"
LETTER = Source(
    "2017-02-01_tilsagnsbrev", "2017-02-01_tilsagnsbrev.txt", "Tilsagnsbrev, 1. runde", "tilsagnsbrev", "2017-02-01"
)
LIST = Source("2017-det-maa-vi-nu", "2017-det-maa-vi-nu.txt", "Det må vi nu …", "fritagelsesliste", "2017")
REFUSED = "Der gives <i>ikke</i> fritagelse for den forberedende del af rehabiliteringsplanen"
EXCEPTION = "Kommunerne fritages IKKE fra at udføre den forberedende del af rehabiliteringsplanen."
MAX_CHARS = 2000
EXPLANATION = {
    "frame": {
        "act": "skip",
        "form": "permission",
        "terms": [{"term": "rehabiliteringsplan", "weight": 0.9}],
        "mode": "",
    },
    "rule": "undtagelsen_går_forud",
    "weighed": [
        {
            "statement": REFUSED,
            "effect": "not_exempt",
            "says": "nej",
            "source_id": LETTER.id,
            "date": LETTER.date,
            "score": 0.5,
        }
    ],
    "noget_nyt": ["x <b>"],
}


class Event(NamedTuple):
    """What ask_stream yields."""

    kind: str
    text: str = ""
    answer: Answer | None = None
    reasons: tuple[str, ...] = ()


class PageAssistant:
    """Answers nej on two quotes, save for words that ask for something else: "fejl" fails unexpectedly, "uden journal"
    cannot be recorded, "ukendt" is not answered, "1234" is masked, "andet netværk" is noticed, and what is empty or too
    long is refused. `asked` holds each question with its history, `askers` who asked it (None: nobody is shown the
    answer), `let` who let answers through that cannot be recorded."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.askers: list[Person | None] = []
        self.let: Person | None = None
        self.gone: set[str] = set()
        self.unreadable: set[str] = set()

    @classmethod
    def open(cls, progress: Callable[[str], None]) -> PageAssistant:
        progress("Læser 2 dokumenter")
        return cls()

    @property
    def sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in (LETTER, LIST) if source.id not in self.gone}

    def source_text(self, source_id: str) -> str:
        if source_id in self.unreadable:
            raise IndexStoreError("Indekset er beskadiget. Kør «python -m ingest».")
        return (CORPUS / self.sources[source_id].file).read_text("utf-8")

    model_problem = ""

    def let_through(self, by: Person) -> None:
        require(by, "loosen")
        self.let = by

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        mode: str | None = None,
        by: Person | None = None,
        shown: bool = True,
    ) -> Iterator[Event]:
        self.asked.append((question, tuple(history)))
        self.askers.append(by if shown else None)
        if "uden journal" in question and self.let is None:
            raise RecordError("Journalen kan ikke læses eller skrives. Disken er fuld. Gør plads, og prøv igen.")
        if "fejl" in question:
            raise ZeroDivisionError("hemmelig detalje")
        if len(question) > MAX_CHARS or not question.strip():
            raise QuestionError("Spørgsmålet kan ikke læses. Skriv det kortere, og med ord.")
        yield Event("stage", "Slår op")
        answer = unanswered(question) if "ukendt" in question else refused(question, self)
        for word in answer.answer.split(" "):
            yield Event("text", word + " ")
        yield Event("answer", answer=answer)


def broken(progress: Callable[[str], None]) -> PageAssistant:
    """An opener that fails in a way we know."""
    raise SettingsError("Indstillingen corpus duer ikke: mappen findes ikke.")


def citation(n: int, source: Source, quote: str, section: str, text: str) -> Citation:
    """The quote of that source, where it first stands."""
    start = text.index(quote)
    return Citation(
        n=n,
        source_id=source.id,
        title=source.title,
        kind=source.kind,
        date=source.date,
        network="En plan",
        section=section,
        page=None,
        provisions=("LAB § 30 a",),
        quote=quote,
        start=start,
        end=start + len(quote),
        passage=quote,
    )


def noticed(question: str) -> Iterator[Notice]:
    """That the period is over, and what the question asks to be warned of."""
    yield Notice("expired", "Forsøget sluttede senest den 31. december 2021.")
    if "1234" in question:
        yield Notice("personal_data", "Personoplysninger i spørgsmålet er skjult: cpr-nummer.")
    if "andet netværk" in question:
        yield Notice("other_network", "Det er et andet netværks papirer.")


def refused(question: str, assistant: PageAssistant) -> Answer:
    """Nej, on the letter and the list."""
    quotes = ((LETTER, REFUSED, "Tabel 1 › Forbehold"), (LIST, EXCEPTION, "Undtagelser i forhold til én handleplan"))
    masked = question.replace("010190-1234", "[cpr-nummer]")
    return Answer(
        question=masked,
        standalone_question=masked,
        language="da",
        verdict="nej",
        answer="Nej. Kommunen er ikke fritaget for den forberedende del af rehabiliteringsplanen [1][2].",
        citations=tuple(
            citation(n, source, quote, section, assistant.source_text(source.id))
            for n, (source, quote, section) in enumerate(quotes, 1)
        ),
        conditions=("Indsatsdelen kan indgå i den samlede plan.",),
        notices=tuple(noticed(question)),
        suggestions=("Hvad med indsatsdelen?", "Hvorfor blev det ikke imødekommet?"),
        explanation=EXPLANATION,
        corpus_version="abc",
        engine_version="0.1",
        latency_ms=42,
    )


def unanswered(question: str) -> Answer:
    """Not in the sources."""
    return Answer(
        question=question,
        standalone_question=question,
        language="da",
        verdict="ikke_besvaret",
        answer="Det fremgår ikke af kilderne.",
        suggestions=("Hvilke planer er vi fritaget for?",),
    )
