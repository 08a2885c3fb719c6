"""`python -m ingest`: bring the index in line with the corpus. Incremental, idempotent, swapped in whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant import generations
from assistant.embedding import load_embedder
from assistant.errors import IndexMissing, IndexStoreError, SourceError
from assistant.locks import LockHeld, exclusive
from assistant.models import Source
from assistant.records import Indexed, Manifest, damaged
from assistant.settings import Settings
from assistant.weights import fingerprint
from ingest.build import Before, Content, build, holds, sweep
from ingest.plan import Plan, Wanted, make_plan, reader_version, source_hash
from ingest.sources import load_sources
from ingest.vector_cache import TextEmbedder

PATIENCE = 600.0  # seconds to wait for another ingest
Say = Callable[[str], None]


class Failure(NamedTuple):
    """A document that could not be read: why, and what the index has of it."""

    source_id: str
    file: str
    cause: str
    consequence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.cause} {self.consequence}"


@dataclass(frozen=True)
class Report:
    """What a run did."""

    plan: Plan
    failures: tuple[Failure, ...] = ()
    built: bool = False
    documents: int = 0
    passages: int = 0


def sync(settings: Settings, say: Say, rebuild: bool = False, embedder: TextEmbedder | None = None) -> Report:
    """Index what is new or changed in the corpus, and drop what is gone. Raises AssistantError when nothing could be.

    A document that cannot be read becomes a Failure of the report and stops no other; what the index has of it stays.
    """
    index, embedder = settings.index, embedder or load_embedder(settings, say)
    try:
        index.mkdir(parents=True, exist_ok=True)
        with exclusive(index / generations.WRITING, PATIENCE, lambda: say("En anden indlæsning er i gang; venter …")):
            return _sync(settings, say, rebuild, embedder)
    except LockHeld as exc:
        raise IndexStoreError(f"En anden indlæsning har haft {index} i over 10 minutter. Stop den først.") from exc
    except OSError as exc:
        raise IndexStoreError(
            f"Indekset i {index} kan ikke skrives ({exc.strerror or exc}). Giv plads og skriveadgang, "
            "eller vælg en anden mappe med --index."
        ) from exc


def _sync(settings: Settings, say: Say, rebuild: bool, embedder: TextEmbedder) -> Report:
    sweep(settings.index, _pointer(settings.index), settings.chroma_url)
    before = Before() if rebuild else load_before(settings.index, say)
    sources = load_sources(settings.corpus)
    plan, wanted = survey(settings, sources, before.manifest)
    if plan.idle and before.manifest:
        return Report(plan, (), False, len(before.manifest.hashes), before.manifest.passages)
    content, failures = _content(settings, sources, plan, before, say)
    passages = sum(len(document.passages) for document in content.documents)
    if not passages:
        lines = "\n".join(str(failure) for failure in failures)
        raise IndexStoreError(f"Der er ikke noget at indeksere i {settings.corpus}.\n{lines}".rstrip())
    built = not (before.manifest and holds(before.manifest, content, wanted))
    if built:
        generations.publish(settings.index, build(settings, content, wanted, before, embedder, say))
    return Report(plan, failures, built, len(content.documents), passages)


def _pointer(index: Path) -> str:
    """The generation to leave alone; a pointer that cannot be read names none."""
    try:
        return generations.current_name(index)
    except IndexStoreError:
        return ""


def load_before(index: Path, say: Say) -> Before:
    """The index as it is. One that is missing or damaged is as none, which is said when it was damaged."""
    try:
        folder = generations.current(index)
        manifest = generations.read_manifest(folder)
        check_parts(folder, manifest)
    except IndexMissing:
        return Before()
    except IndexStoreError as exc:
        say(f"{exc} Det bygges op fra bunden nu.")
        return Before()
    return Before(folder, manifest)


def check_parts(folder: Path, manifest: Manifest) -> None:
    """Look that the documents are whole and that words and vectors are there. Raises IndexStoreError."""
    generations.checked_bytes(folder, generations.DOCUMENTS, manifest)
    parts = [folder / generations.WORDS / "meta.json", folder / generations.LEASE]
    if not manifest.chroma_url:
        parts.append(folder / generations.CHROMA / "chroma.sqlite3")
    for part in parts:
        if not part.is_file():
            raise damaged(folder, f"{part.relative_to(folder)} mangler")


def survey(settings: Settings, sources: tuple[Source, ...], old: Manifest | None) -> tuple[Plan, Wanted]:
    """What has to be done, and what the index must be made with."""
    wanted = Wanted(fingerprint(settings), reader_version(), settings.chroma_url)
    hashes = {source.id: source_hash(source, settings.corpus) for source in sources}
    return make_plan(hashes, old, wanted), wanted


def _content(
    settings: Settings, sources: tuple[Source, ...], plan: Plan, before: Before, say: Say
) -> tuple[Content, tuple[Failure, ...]]:
    """Every document of the corpus, read now or taken over; a document that cannot be read, as it was."""
    documents: dict[str, Indexed] = {}
    hashes: dict[str, str] = {}
    failures = []
    for number, source in enumerate(sources, 1):
        if source.id in plan.same:
            documents[source.id] = before.documents[source.id]
            hashes[source.id] = plan.hashes[source.id]
            continue
        say(f"Læser {source.id} ({number} af {len(sources)}) …")
        try:
            documents[source.id] = _read(source, settings.corpus)
            hashes[source.id] = plan.hashes[source.id]
        except SourceError as exc:
            failures.append(_failure(source, str(exc), before))
            if before.manifest and source.id in before.documents:
                documents[source.id] = before.documents[source.id]
                hashes[source.id] = before.manifest.hashes[source.id]
    held = {failure.source_id: failure.cause for failure in failures if failure.source_id in documents}
    return Content(tuple(documents.values()), hashes, held), tuple(failures)


def _read(source: Source, corpus: Path) -> Indexed:
    # Imported here, since reading brings word lists and parsers that a run with nothing to do would load for nothing.
    from ingest.reading import read

    return read(source, corpus)


def _failure(source: Source, cause: str, before: Before) -> Failure:
    if before.manifest and source.id in before.documents:
        day = before.manifest.created[:10]
        consequence = f"Indekset beholder den tidligere udgave (indekseret senest {day}), som svarene stadig bygger på."
    else:
        consequence = "Dokumentet er ikke i indekset."
    return Failure(source.id, source.file, cause, consequence)
