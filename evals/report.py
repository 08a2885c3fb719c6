"""A run as files: report.json (the schema that compare reads), report.md and report.html."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import AssistantError
from evals.cases import CaseFile
from evals.html_page import page
from evals.markdown import document
from evals.measures import Figure, figures, grouped
from evals.results import SCHEMA, row_from_dict, row_to_dict
from evals.runner import Run
from evals.silence_curve import as_values, curves
from evals.thresholds import Threshold

JSON_NAME = "report.json"
_META = tuple(field.name for field in fields(Run) if field.name not in ("files", "rows"))


class ReportError(AssistantError):
    """A report cannot be read or written; names the file and what to do."""


class Written(NamedTuple):
    """Where a report went."""

    json: Path
    markdown: Path
    html: Path


def as_dict(run: Run) -> dict[str, Any]:
    """The run as JSON values: schema number, metadata, figures (all, and by groups) and a row per case."""
    return {
        "schema": SCHEMA,
        "meta": {name: getattr(run, name) for name in _META},
        "files": [file._asdict() for file in run.files],
        "metrics": _figures(figures(run.rows)),
        "by_kind": {name: _figures(found) for name, found in grouped(run.rows, lambda row: row.kind).items()},
        "by_file": {name: _figures(found) for name, found in grouped(run.rows, lambda row: row.file).items()},
        "by_lang": {name: _figures(found) for name, found in grouped(run.rows, lambda row: row.lang).items()},
        "silence": [as_values(curve) for curve in curves(run.rows)],
        "cases": [row_to_dict(row) for row in run.rows],
    }


def from_dict(value: Mapping[str, Any]) -> Run:
    """The run of a report's JSON. Raises KeyError, TypeError or ValueError when it is none of this schema."""
    if value["schema"] != SCHEMA:
        raise ValueError(f"schema {value['schema']}, ikke {SCHEMA}")
    meta = dict(value["meta"])
    meta |= {name: tuple(meta[name]) for name in ("faults", "remarks")}
    rows = tuple(row_from_dict(case) for case in value["cases"])
    return Run(**meta, files=tuple(CaseFile(**file) for file in value["files"]), rows=rows)


def write(run: Run, folder: Path, thresholds: tuple[Threshold, ...] = ()) -> Written:
    """Write the three files into `folder`. Raises ReportError when that cannot be done."""
    written = Written(folder / JSON_NAME, folder / "report.md", folder / "report.html")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written.json.write_text(json.dumps(as_dict(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.markdown.write_text(document(run, thresholds), encoding="utf-8")
        written.html.write_text(page(run, thresholds), encoding="utf-8")
    except OSError as exc:
        raise ReportError(
            f"Rapporten kan ikke skrives i {folder} ({exc.strerror}). Angiv en anden mappe med --out."
        ) from exc
    return written


def read(path: Path) -> Run:
    """The run of a report folder or of its JSON file. Raises ReportError."""
    file = path / JSON_NAME if path.is_dir() else path
    try:
        return from_dict(json.loads(file.read_text(encoding="utf-8")))
    except OSError as exc:
        raise ReportError(f"Rapporten {file} kan ikke læses ({exc.strerror}). Angiv en mappe fra «evals run».") from exc
    except (KeyError, TypeError, ValueError) as exc:
        raise ReportError(
            f"{file} er ikke en rapport af denne version ({exc}). Kør «python -m evals run» igen."
        ) from exc


def _figures(found: Mapping[str, Figure]) -> dict[str, dict[str, float | int | None]]:
    return {name: figure._asdict() for name, figure in found.items()}
