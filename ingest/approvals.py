"""What a new index means for the answers that jurists have approved: those that it no longer bears are suspended."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import generations
from assistant.errors import AssistantError, RecordError
from assistant.settings import Settings

_CAUSES = {"changed": "ændret", "moved": "flyttet", "removed": "fjernet", "newer": "nyere dokument"}


def hold_approvals(settings: Settings) -> list[str]:
    """Hold the approved answers against the index as it is now; a line for each that was taken out of force.

    Nothing is done without a record, or when no answer in it was given from this index. Raises RecordError, saying that
    the index is in use all the same.
    """
    if settings.record == "off":
        return []
    # Imported here: an installation without a record has no use for its libraries.
    from assistant.record.database import exists

    try:
        return list(_held(settings)) if exists(settings) else []
    except AssistantError as exc:
        raise RecordError(
            f"Indekset er taget i brug, men de godkendte svar er ikke holdt op imod det: {exc} "
            "Kør `python -m ingest` igen, når det er rettet."
        ) from exc


def _held(settings: Settings) -> Iterator[str]:
    from assistant.record.journal import Record
    from assistant.record.reopening import is_due, is_served_from, reopen
    from assistant.store import Store

    record = Record.open(settings)
    try:
        version = generations.read_manifest(generations.current(settings.index)).corpus_version
        if not is_served_from(record, settings) or not is_due(record, settings, version):
            return
        with Store.open(settings) as store:
            for suspended in reopen(record, settings, store):
                causes = ", ".join(f"{source_id} ({_CAUSES[cause]})" for cause, source_id in suspended.causes)
                yield f"Sag {suspended.about}: det godkendte svar er sat ud af kraft og skal gennemgås igen: {causes}."
    finally:
        record.close()
