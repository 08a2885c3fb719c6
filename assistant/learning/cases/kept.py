"""What was decided of the candidates of one version of documents, parts and program: a file in the data folder."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from assistant.engine import Assistant
from assistant.learning.cases.case import Case, CaseError, from_json, to_json

_LOG = logging.getLogger(__name__)


class Kept:
    """Cases by key, None for a candidate that is no case. A file that cannot be read or written is done without."""

    def __init__(self, path: Path, cases: dict[str, Case | None]) -> None:
        self._path = path
        self._cases = cases
        self._new = False

    @classmethod
    def open(cls, assistant: Assistant, parts: str) -> Kept:
        """What is kept for the assistant's documents and program and these parts."""
        program = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.*")))
        version = f"{assistant.corpus_version}/{assistant.engine_version}/{assistant.settings.network}/{parts}"
        name = hashlib.sha256(version.encode() + program).hexdigest()[:16]
        path = assistant.settings.data / "cases" / f"{name}.json"
        return cls(path, _read(path))

    def __contains__(self, key: str) -> bool:
        return key in self._cases

    def __getitem__(self, key: str) -> Case | None:
        return self._cases[key]

    def __setitem__(self, key: str, case: Case | None) -> None:
        self._cases[key] = case
        self._new = True

    def save(self) -> None:
        """Write what is new, in one step; those of former versions go."""
        if not self._new:
            return
        values = {key: case and to_json(case) for key, case in self._cases.items()}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._path.parent, delete=False, encoding="utf-8") as file:
                json.dump(values, file, ensure_ascii=False)
            Path(file.name).replace(self._path)
            for other in set(self._path.parent.glob("*.json")) - {self._path}:
                other.unlink(missing_ok=True)
        except OSError as exc:
            _LOG.warning("Workshoppens sager kunne ikke gemmes i %s: %s", self._path.parent, exc)
        self._new = False


def _read(path: Path) -> dict[str, Case | None]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, Mapping):
            return {}
        return {str(key): from_json(value) if value else None for key, value in values.items()}
    except (OSError, ValueError, CaseError, AttributeError):
        return {}
