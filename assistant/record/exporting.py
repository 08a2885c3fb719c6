"""The record as a file for others to read: JSONL with everything, CSV and XLSX with a row for each entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from assistant.errors import RecordError
from assistant.record.database import reading
from assistant.record.filed import Filed, filed
from assistant.record.selecting import Wanted, selected
from assistant.record.sheets import Sheet, write_csv, write_xlsx
from assistant.rights import Person, require

COLUMNS = (
    *("number", "at", "user", "role", "kind", "about", "verdict", "question", "answer", "citations", "reason", "text"),
    *("documents", "provisions", "mode", "model", "latency_ms", "served"),
    *("engine_version", "prompt_version", "corpus_version", "digest", "previous", "hash"),
)
_AT_ONCE = 500


def export(engine: Engine, by: Person, path: Path, wanted: Wanted = Wanted()) -> int:  # noqa: B008 - a plain value
    """Write what is wanted to `path`, in the form that its ending names; returns the number of entries.

    Raises NotAllowed, or RecordError for another ending than .jsonl, .csv or .xlsx and a file that cannot be written.
    """
    require(by, "export")
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise RecordError(f"{path.name} kan ikke skrives: endelsen skal være en af {', '.join(_FORMS)}.")
    try:
        with reading(engine) as connection:
            query = selected(wanted).execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
            with connection.execute(query) as found:
                return write(path, (filed(row) for row in found))
    except RecordError as exc:
        if isinstance(exc.__cause__, OSError):
            raise RecordError(f"{path} kan ikke skrives: {exc.__cause__.strerror}. Vælg en anden fil.") from exc
        raise


def _jsonl(path: Path, entries: Iterator[Filed]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for each in entries:
            line = {**each.entry._asdict(), "facts": each.facts, "body": each.body or None}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def _csv(path: Path, entries: Iterator[Filed]) -> int:
    with path.open("w", encoding="utf-8", newline="") as out:
        return write_csv(out, _sheet(entries))


def _xlsx(path: Path, entries: Iterator[Filed]) -> int:
    return write_xlsx(path, [_sheet(entries)])


def _sheet(entries: Iterator[Filed]) -> Sheet:
    return Sheet("Journal", COLUMNS, (_row(each) for each in entries))


_FORMS: Mapping[str, Callable[[Path, Iterator[Filed]], int]] = {".jsonl": _jsonl, ".csv": _csv, ".xlsx": _xlsx}


def _row(each: Filed) -> list[Any]:
    answer = each.body.get("answer") or {}
    quotes = (f"[{c['n']}] »{c['quote']}« ({c['source_id']}, {c['date']})" for c in answer.get("citations", ()))
    known = {
        **each.facts,
        **each.entry._asdict(),
        "question": each.body.get("question", ""),
        "answer": answer.get("answer", ""),
        "citations": "\n".join(quotes),
        "reason": each.body.get("reason") or each.facts.get("reason", ""),
        "text": each.body.get("text", ""),
    }
    return [_plain(known.get(name, "")) for name in COLUMNS]


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
