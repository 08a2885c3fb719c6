"""The assistant: one question down through understanding, gathering, judging and composing, one answer up."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answering import Asked, Given, answer_question, searched
from assistant.embedding import Embedder, load_embedder
from assistant.errors import AssistantError, IndexMissing, IndexStoreError, ModelError, QuestionError
from assistant.events import Event
from assistant.lexicon import Lexicon, load_lexicon
from assistant.library import Library
from assistant.models import Answer, Hit, Source
from assistant.question import understand
from assistant.reception import receive
from assistant.rights import Person, local_person
from assistant.settings import ROOT, Settings, load_settings
from assistant.store import Store
from assistant.templates import prompt_version

if TYPE_CHECKING:
    from assistant.record.approvals import Basis
    from assistant.record.recorder import Recorder
    from assistant.writer.writing import Writer

ENGINE_VERSION = "0.1.0"
Progress = Callable[[str], None]
_LOG = logging.getLogger(__name__)


class Assistant:
    """Answers questions from one index. Opening is slow (seconds), asking is fast; safe to share between threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        lexicon: Lexicon,
        settings: Settings,
        recorder: Recorder | None = None,
    ) -> None:
        self.store = store
        self.embedder = embedder
        self.lexicon = lexicon
        self.settings = settings
        self.recorder = recorder
        self._libraries: dict[str, Library] = {}
        self._former: Store | None = None
        self._renewing = Lock()
        self._connected: Writer | None = None
        self._connecting = Lock()

    @classmethod
    def open(cls, settings: Settings | None = None, progress: Progress | None = None) -> Assistant:
        """The assistant over the settings' index; a missing index is built first, which takes seconds to minutes.

        Raises IndexStoreError, EmbeddingError or SettingsError with the remedy.
        """
        settings = settings or load_settings()
        say = progress or (lambda _: None)
        try:
            store = Store.open(settings)
        except IndexMissing:
            say("Indekset mangler og bygges nu ...")
            build_index(settings, say)
            store = Store.open(settings)
        say("Sprogmodellen til søgning indlæses ...")
        lexicon = load_lexicon(glossary_of(settings), kinds_in(store))
        assistant = cls(store, load_embedder(settings), lexicon, settings, _recorder(settings, store))
        assistant.warm()
        return assistant

    def warm(self) -> None:
        """Load what a first question would otherwise wait for."""
        self.library().warm()
        for question in ("Hvad må vi?", "What may we do?"):
            for _ in self.ask_stream(question, mode="extractive", shown=False):
                pass

    def renew(self) -> None:
        """Read from a newer index, if there is one by now; where it cannot be opened, the one at hand goes on.

        Whoever is being answered goes on with the index that the answer began with; it is let go at the next renewal.
        """
        if self.store.is_current() or not self._renewing.acquire(blocking=False):
            return
        try:
            self._take_over(Store.open(self.settings))
        except AssistantError as exc:
            _LOG.warning("Et nyere indeks kan ikke tages i brug: %s", exc)
        finally:
            self._renewing.release()

    def _take_over(self, newer: Store) -> None:
        lexicon = load_lexicon(glossary_of(self.settings), kinds_in(newer))
        library = Library(newer, lexicon, self.settings.network)
        library.warm()
        if self._former is not None:
            self._former.close()
        self._former, self.store, self.lexicon = self.store, newer, lexicon
        self._libraries = {self.settings.network: library}
        if self.recorder is not None:
            self.recorder.read_from(newer)

    def library(self, network: str | None = None) -> Library:
        """The documents as the caseworkers of a network read them."""
        name = network or self.settings.network
        if name not in self._libraries:
            self._libraries[name] = Library(self.store, self.lexicon, name)
        return self._libraries[name]

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        network: str | None = None,
        mode: str | None = None,
        *,
        by: Person | None = None,
    ) -> Answer:
        """The answer to `question` after the earlier questions in `history`, oldest first; `by` goes into the record.

        `as_of` is an ISO date. Raises QuestionError for a question that cannot be taken (empty, too long), RecordError
        where the answer cannot be recorded.
        """
        for event in self.ask_stream(question, history, as_of, network, mode, by=by):
            if event.answer is not None:
                return event.answer
        raise QuestionError("Spørgsmålet gav intet svar. Prøv igen.")

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        network: str | None = None,
        mode: str | None = None,
        *,
        by: Person | None = None,
        shown: bool = True,
    ) -> Iterator[Event]:
        """The same, step by step: stages, the prose in pieces, and last the Answer.

        An answer that nobody is `shown` is not recorded; of one that is recorded no finished word comes before it is.
        """
        started = time.perf_counter()
        writer = self._writer() if (mode or self.settings.mode) == "llm" else None
        self.renew()
        received = receive(question, history, self.settings.max_question_chars)
        yield Event("stage", "Læser spørgsmålet")
        asked = Asked(received, _date(as_of), self.library(network), self.embedder, self.lexicon)
        yield Event("stage", "Søger i kilderne")
        given = answer_question(asked)
        recorder = self.recorder if shown else None
        given, basis = recorder.approved(given, asked, self._reading) if recorder else (given, None)
        if writer is None or (basis and basis.served):
            answer = self._kept(given, asked, started, by, basis)
            for piece in answer.answer.split(" "):
                yield Event("text", piece + " ")
            yield Event("answer", answer=answer)
            return
        yield Event("stage", "Sprogmodellen skriver")
        for event in writer.write(given.answer, received, lambda wording: self._again(asked, wording)):
            if event.answer is not None:
                kept = self._kept(given._replace(answer=event.answer), asked, started, by, basis)
                event = replace(event, answer=kept)
            yield event

    def _kept(self, given: Given, asked: Asked, started: float, by: Person | None, basis: Basis | None) -> Answer:
        """The answer with its versions, and with its place in the record where there is a basis to record it on."""
        answer = self._stamped(given.answer, started)
        if self.recorder is None or basis is None:
            return answer
        return self.recorder.keep(given._replace(answer=answer), asked, by or local_person(), basis)

    @property
    def _reading(self) -> str:
        """The version of the program and of the model that a question is taken apart and compared by."""
        return f"{self.engine_version}/{self.embedder.fingerprint[:12]}"

    def let_through(self, by: Person) -> None:
        """Show answers that cannot be recorded until they can be again. Raises NotAllowed unless the person may."""
        if self.recorder is not None:
            self.recorder.loosen(by)

    def _again(self, asked: Asked, wording: str) -> Answer:
        """The extractive answer to another wording of the question, as one that stands alone."""
        received = receive(wording, (), self.settings.max_question_chars)
        return answer_question(asked._replace(received=received)).answer

    def _writer(self) -> Writer:
        """The language model's part, connected once. Raises ModelError with the remedy."""
        # Imported here: providers' clients take a second to load, and most installations have none.
        from assistant.writer.writing import Writer

        with self._connecting:
            if self._connected is None:
                self._connected = Writer.connect(self.settings)
            return self._connected

    @property
    def model_problem(self) -> str:
        """Why mode llm cannot work with these settings, with the remedy; "" when it can or is not asked for."""
        if self.settings.mode != "llm":
            return ""
        try:
            self._writer()
        except ModelError as exc:
            return str(exc)
        return ""

    def _stamped(self, answer: Answer, started: float) -> Answer:
        return replace(
            answer,
            prompt_version=prompt_version(),
            corpus_version=self.corpus_version,
            engine_version=self.engine_version,
            latency_ms=round((time.perf_counter() - started) * 1000),
        )

    @property
    def corpus_version(self) -> str:
        """The version of the documents that answers rest on."""
        return str(self.store.manifest.corpus_version)

    @cached_property
    def engine_version(self) -> str:
        """The release and a hash of the linguistic tables, since these decide answers as code does."""
        digest = hashlib.sha256()
        for path in sorted((Path(__file__).parent / "tables").glob("*.toml")):
            digest.update(path.read_bytes())
        return f"{ENGINE_VERSION}+{digest.hexdigest()[:8]}"

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The `k` passages that speak best to `query`, best first."""
        received = receive(query, (), self.settings.max_question_chars)
        question = understand(received.text, received.language, self.lexicon)
        return list(searched(question, self.library(), self.embedder).gathering.hits[:k])

    @property
    def sources(self) -> Mapping[str, Source]:
        """The indexed documents by id."""
        return self.store.sources

    def source_text(self, source_id: str) -> str:
        """The text that a citation's start and end point into."""
        return self.store.source_text(source_id)


def _recorder(settings: Settings, store: Store) -> Recorder | None:
    # Imported here: reading documents and measuring answers need no database.
    from assistant.record.recorder import Recorder

    return None if settings.record == "off" else Recorder(settings, store)


def kinds_in(store: Store) -> frozenset[str]:
    """The kinds of the indexed documents and their parts."""
    return frozenset(passage.kind_of_source for passage in store.passages.values())


def glossary_of(settings: Settings) -> Path:
    """The corpus' own glossary; a corpus without one is read with the project's."""
    own = settings.corpus / "glossary.toml"
    return own if own.exists() else ROOT / "corpus" / "glossary.toml"


def build_index(settings: Settings, say: Progress) -> None:
    """Run `python -m ingest` for these settings, since the core does not know how documents are read."""
    command = [sys.executable, "-m", "ingest", "sync", "--corpus", str(settings.corpus), "--index", str(settings.index)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        last = ""
        for line in process.stderr or ():
            last = line.strip() or last
            say(last)
    # Exit code 1 means that some file could not be read; the others are indexed and the lines above name it.
    if process.returncode not in (0, 1):
        raise IndexStoreError(f"Indekset kunne ikke bygges: {last} Kør «python -m ingest» og læs beskeden.")


def _date(as_of: str | None) -> date | None:
    if not as_of:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError as exc:
        raise QuestionError(f"Datoen «{as_of}» duer ikke. Skriv den som 2018-07-01.") from exc
