"""Known answers: one JSON object a line, in the contract's format."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import AssistantError
from assistant.models import Verdict

CASES = Path(__file__).resolve().parent / "cases"
Kind = Literal[
    "permission",
    "condition",
    "fact",
    "list",
    "definition",
    "comparison",
    "procedure",
    "followup",
    "unanswerable",
    "out_of_scope",
    "wrong_premise",
    "other_network",
    "injection",
    "personal_data",
]
_TYPO = 0.8  # likeness at which an unknown field is taken for a misspelt one


class CaseError(AssistantError):
    """A case file cannot be used; names the file, the line and what to do."""


class MustCite(BaseModel):
    """A quote that a right answer rests on, and the id of the document that it stands in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class Case(BaseModel):
    """One known answer. `must_cite` holds alternatives; `verdict_ok` the verdicts that also count as right.

    `frame` ("must" for "skal vi ...?") overrides what the question's own words say; `file` and `line` are where
    the case stands; fields that the contract does not know are kept in `model_extra` and take no part.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str = Field(min_length=1)
    question: str
    lang: str = Field(min_length=2)
    kind: Kind
    verdict: Verdict
    history: tuple[str, ...] = ()
    verdict_ok: tuple[Verdict, ...] = ()
    must_cite: tuple[MustCite, ...] = ()
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    note: str = ""
    as_of: str | None = None
    network: str | None = None
    frame: Literal["", "must", "may", "exempt"] = ""
    file: str = Field(default="", exclude=True)
    line: int = Field(default=0, exclude=True)

    @field_validator("must_say", "must_not_say")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as exc:
                raise ValueError(f"{pattern!r} er ikke et gyldigt regulært udtryk ({exc})") from exc
        return patterns

    @property
    def accepted(self) -> frozenset[str]:
        """Every verdict that counts as right."""
        return frozenset({self.verdict, *self.verdict_ok})

    @property
    def fingerprint(self) -> str:
        """Changes when the case's contents do, not when it moves within or between files."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class CaseFile(NamedTuple):
    """A case file as it was read: its name, the SHA-256 of its bytes and how many cases it gave."""

    path: str
    sha256: str
    cases: int


class CaseSet(NamedTuple):
    """All cases of a run, the files that they are from, and remarks that a person should see."""

    cases: tuple[Case, ...]
    files: tuple[CaseFile, ...]
    remarks: tuple[str, ...] = ()


def default_files() -> tuple[Path, ...]:
    """The project's own case files, in order of name."""
    return tuple(sorted(CASES.glob("*.jsonl")))


def load(paths: Sequence[Path]) -> CaseSet:
    """The cases of `paths`. Raises CaseError listing every bad line, with file, line and cause."""
    if not paths:
        raise CaseError(f"Der er ingen testspørgsmål: læg en .jsonl-fil i {CASES}, eller angiv --cases FIL.")
    cases: list[Case] = []
    files: list[CaseFile] = []
    faults: list[str] = []
    for path in paths:
        data = _bytes(path)
        found, bad = _lines(path, data)
        cases += found
        faults += bad
        files.append(CaseFile(path.name, hashlib.sha256(data).hexdigest(), len(found)))
    faults += _twice(cases)
    if faults:
        raise CaseError("Testspørgsmålene kan ikke bruges. Ret disse linjer:\n" + "\n".join(faults))
    if not cases:
        raise CaseError(f"Der er ingen testspørgsmål i {', '.join(str(path) for path in paths)}.")
    return CaseSet(tuple(cases), tuple(files), tuple(_remarks(cases)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise CaseError(f"Filen med testspørgsmål {path} kan ikke læses ({exc.strerror}). Ret stien.") from exc


def _lines(path: Path, data: bytes) -> tuple[list[Case], list[str]]:
    """The cases of one file, and a fault "file:line: cause" for each line that is none."""
    cases: list[Case] = []
    faults: list[str] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(line, path.name, number))
        except (TypeError, ValueError) as exc:
            faults.append(f"{path.name}:{number}: {_cause(exc)}")
    return cases, faults


def _case(line: bytes, file: str, number: int) -> Case:
    """One line as a Case; null counts as left out. Raises TypeError or ValueError with the cause."""
    value = json.loads(line.decode("utf-8-sig"))
    if not isinstance(value, dict):
        raise TypeError("linjen er ikke et JSON-objekt { … }")
    fields = {name: item for name, item in value.items() if item is not None} | {"file": file, "line": number}
    for name in fields:
        near = difflib.get_close_matches(name, set(Case.model_fields) - {name}, n=1, cutoff=_TYPO)
        if name not in Case.model_fields and near:
            raise ValueError(f"ukendt felt {name!r}; menes {near[0]!r}?")
    return Case.model_validate(fields)


def _cause(exc: TypeError | ValueError) -> str:
    if isinstance(exc, ValidationError):
        places = ((".".join(map(str, error["loc"])) or "linjen", error["msg"]) for error in exc.errors())
        return "; ".join(f"feltet {place}: {message}" for place, message in places)
    if isinstance(exc, json.JSONDecodeError):
        return f"ikke gyldig JSON ved tegn {exc.pos + 1}: {exc.msg}"
    if isinstance(exc, UnicodeDecodeError):
        return "linjen er ikke UTF-8; gem filen som UTF-8"
    return str(exc)


def _twice(cases: Iterable[Case]) -> list[str]:
    first: dict[str, Case] = {}
    faults: list[str] = []
    for case in cases:
        seen = first.setdefault(case.id, case)
        if seen is not case:
            faults.append(f"{case.file}:{case.line}: id {case.id!r} er brugt i {seen.file}:{seen.line}")
    return faults


def _remarks(cases: Iterable[Case]) -> list[str]:
    unknown: dict[str, int] = {}
    for case in cases:
        for name in case.model_extra or {}:
            unknown[name] = unknown.get(name, 0) + 1
    return [
        f"Feltet {name!r} ({count} spørgsmål) kendes ikke og bruges ikke." for name, count in sorted(unknown.items())
    ]
