"""`status` and `verify`: what the index holds against the corpus, and whether every part of it is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.errors import AssistantError
from assistant.generations import current
from assistant.models import Passage, Span
from assistant.records import REBUILD, Indexed, Manifest
from assistant.settings import Settings
from assistant.store import Store
from ingest.embedding_texts import embedding_texts
from ingest.plan import Plan
from ingest.sources import load_sources
from ingest.sync import load_before, survey
from ingest.vector_cache import load_known

SAMPLES = 25  # passages that are searched for by their own words
NEAR = 0.999  # cosine of a vector with itself, as Chroma reckons it


class Status(NamedTuple):
    """Lines to show, and whether the index is what the corpus asks for."""

    lines: list[str]
    well: bool


class Verdict(NamedTuple):
    """What is wrong, [] if nothing, and a line that sums up."""

    faults: list[str]
    summary: str


def status(settings: Settings) -> Status:
    """What the index holds, and what a sync would do. Changes nothing."""
    lines: list[str] = []
    before = load_before(settings.index, lines.append)
    plan, _ = survey(settings, load_sources(settings.corpus), before.manifest)
    if before.manifest is None:
        return Status([*lines, f"Der er intet brugbart indeks i {settings.index}. Kør `python -m ingest`."], False)
    lines.extend(_described(before.manifest))
    lines.extend(_to_do(plan))
    lines.extend(f"holdt tilbage: {source_id}: {cause}" for source_id, cause in before.manifest.held.items())
    return Status(lines, plan.idle and not before.manifest.held)


def _described(manifest: Manifest) -> Iterator[str]:
    size = f"{len(manifest.hashes)} dokumenter, {manifest.passages} passager, {manifest.vectors} vektorer"
    yield f"Indeks af {manifest.created}: {size}"
    yield f"Korpus {manifest.corpus_version}, model {manifest.model} ({manifest.dimension} dimensioner)"


def _to_do(plan: Plan) -> Iterator[str]:
    if plan.idle:
        yield "Indekset svarer til korpusmappen."
        return
    for word, ids in (("nyt", plan.new), ("ændret", plan.changed), ("fjernet", plan.gone)):
        yield from (f"{word}: {source_id}" for source_id in ids)
    if plan.whole:
        yield f"Alt bygges op på ny, for {plan.whole}."


def verify(settings: Settings) -> Verdict:
    """Open the index and try each part: texts, positions, words, vectors, and that it is the corpus's."""
    with Store.open(settings) as store:
        store.warm()
        passages = list(store.passages.values())
        faults = [*_misplaced(store, passages), *_unfindable(store, passages), *_far(settings, store)]
        faults.extend(_behind(settings, store.manifest))
    summary = (
        f"{len(store.sources)} dokumenter, {len(passages)} passager og {store.manifest.vectors} vektorer efterprøvet"
    )
    return Verdict(faults, f"{summary}: {'alt er i orden' if not faults else f'{len(faults)} fejl'}.")


def _misplaced(store: Store, passages: Iterable[Passage]) -> Iterator[str]:
    """Passages whose raw text is not what their spans point at, and statements that point outside the source."""
    for passage in passages:
        text = store.source_text(passage.source_id)
        if passage.raw != "\n\n".join(text[span.start : span.end] for span in passage.spans):
            yield f"{passage.source_id}: passage {passage.id} svarer ikke til sin plads i teksten."
        for statement in passage.statements:
            if not all(_within(span, text) for span in statement.spans):
                yield f"{passage.source_id}: udsagn {statement.id} peger uden for teksten."


def _within(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _unfindable(store: Store, passages: list[Passage]) -> Iterator[str]:
    """Passages, of a sample spread over the index, that their own words do not find."""
    step = max(1, len(passages) // SAMPLES)
    for passage in passages[::step]:
        if passage.id not in {hit.passage_id for hit in store.lexical(passage.search_text, SAMPLES)}:
            yield f"{passage.source_id}: passage {passage.id} kan ikke findes på sine egne ord."


def _far(settings: Settings, store: Store) -> Iterator[str]:
    """Texts, of a sample spread over the index, whose own vector is not nearest to itself."""
    known = load_known(current(settings.index), store.manifest)
    documents = [Indexed(source, "", tuple(_passages_of(store, source.id))) for source in store.sources.values()]
    texts = [text for text in embedding_texts(documents) if text.key in known]
    if not texts:
        yield f"Vektorerne i {settings.index} kan ikke læses. {REBUILD}"
    for text in texts[:: max(1, len(texts) // SAMPLES)]:
        nearest = store.dense(known[text.key].vectors[0], 1)
        if not nearest or nearest[0].similarity < NEAR:
            yield f"{text.id} kan ikke findes på sin egen vektor. {REBUILD}"


def _passages_of(store: Store, source_id: str) -> Iterator[Passage]:
    return (passage for passage in store.passages.values() if passage.source_id == source_id)


def _behind(settings: Settings, manifest: Manifest) -> Iterator[str]:
    try:
        plan, _ = survey(settings, load_sources(settings.corpus), manifest)
    except AssistantError as exc:
        yield str(exc)
        return
    for source_id in (*plan.new, *plan.changed, *plan.gone):
        yield f"{source_id}: indekset svarer ikke til korpusmappen. Kør `python -m ingest`."
    yield from (f"{source_id}: {cause}" for source_id, cause in manifest.held.items())
