"""Sources and passages as JSON values and back: what the index keeps beside its vectors and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from assistant.errors import IndexStoreError
from assistant.models import Part, Passage, Provision, Source, Span, Statement

FORMAT = 2  # raise it when what is written changes its meaning: an older index is then built again

REBUILD = "Byg indekset op igen med `python -m ingest --rebuild`."

Json = dict[str, Any]


def damaged(where: object, what: object) -> IndexStoreError:
    """The error to raise for an index that cannot be used as it is."""
    return IndexStoreError(f"Indekset i {where} er beskadiget: {what}. {REBUILD}")


@dataclass(frozen=True)
class Manifest:
    """What an index was made of and with. `hashes` and `held` are by source id.

    `hashes` cover a document's file and its table in sources.toml. `held` are the documents whose newest file could
    not be read, with the reason: the index still has their former text.
    """

    format: int
    corpus_version: str
    model: str
    dimension: int
    fingerprint: str
    reader_version: str
    created: str
    hashes: dict[str, str]
    passages: int = 0
    vectors: int = 0
    chroma_url: str = ""
    held: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Indexed:
    """A document as the index keeps it: its metadata, its whole text and its passages in reading order."""

    source: Source
    text: str
    passages: tuple[Passage, ...]


def manifest_to_json(manifest: Manifest) -> Json:
    """The manifest as a JSON value."""
    return asdict(manifest)


def manifest_from_json(value: object) -> Manifest:
    """The manifest of a JSON value. TypeError when it is not one, IndexStoreError for another format."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise IndexStoreError("Indekset er lavet af en anden udgave af programmet. Kør `python -m ingest`.")
    return Manifest(**value)


def document_to_json(document: Indexed) -> Json:
    """The document as a JSON value; fields that are empty are left out of passages and statements."""
    return {
        "source": asdict(document.source),
        "text": document.text,
        "passages": [_passage_to_json(passage) for passage in document.passages],
    }


def document_from_json(value: Mapping[str, Any]) -> Indexed:
    """The document of a JSON value; KeyError or TypeError when it is not one."""
    given = dict(value["source"])
    given.pop("addressees", None)
    given["supersedes"] = tuple(given["supersedes"])
    given["parts"] = tuple(Part(**part) for part in given["parts"])
    return Indexed(Source(**given), value["text"], tuple(_passage_from_json(each) for each in value["passages"]))


def _passage_to_json(passage: Passage) -> Json:
    value = _filled(passage)
    _replace(value, "provisions", _provisions_to_json)
    _replace(value, "statements", lambda found: [_statement_to_json(each) for each in found])
    return value


def _statement_to_json(statement: Statement) -> Json:
    value = _filled(statement)
    _replace(value, "provisions", _provisions_to_json)
    return value


def _filled(record: Passage | Statement) -> Json:
    named = ((each.name, getattr(record, each.name)) for each in fields(record))
    return {name: value for name, value in named if value not in ("", (), None)}


def _replace(value: Json, name: str, change: Any) -> None:
    if name in value:
        value[name] = change(value[name])


def _provisions_to_json(provisions: Iterable[Provision]) -> list[list[Any]]:
    return [[each.law, each.paragraf, each.stk, each.nr, each.kapitel, each.pkt] for each in provisions]


def _provisions(rows: Sequence[Sequence[Any]]) -> tuple[Provision, ...]:
    return tuple(Provision(*row) for row in rows)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _passage_from_json(value: Json) -> Passage:
    return Passage(
        id=value["id"],
        source_id=value["source_id"],
        order=value["order"],
        kind=value["kind"],
        heading_path=tuple(value.get("heading_path", ())),
        spans=_spans(value["spans"]),
        raw=value.get("raw", ""),
        text=value.get("text", ""),
        search_text=value.get("search_text", ""),
        kind_of_source=value["kind_of_source"],
        date=value.get("date", ""),
        page=value.get("page"),
        lead_in=value.get("lead_in", ""),
        lead_in_spans=_spans(value.get("lead_in_spans", ())),
        columns=tuple(value.get("columns", ())),
        municipality=value.get("municipality", ""),
        provisions=_provisions(value.get("provisions", ())),
        statements=tuple(_statement_from_json(each) for each in value.get("statements", ())),
    )


def _statement_from_json(value: Json) -> Statement:
    return Statement(
        id=value["id"],
        passage_id=value["passage_id"],
        effect=value["effect"],
        text=value.get("text", ""),
        spans=_spans(value["spans"]),
        role=value.get("role", ""),
        context=value.get("context", ""),
        provisions=_provisions(value.get("provisions", ())),
        meant=value.get("meant", ""),
    )
