"""What fictional citizens are composed of: corpus/learning/cases/*.toml, read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.learning.cases.case import CaseError

FOLDER = Path("learning") / "cases"
_SLOTS = frozenset({"navn", "navns", "alder", "kommune", "han", "Han", "ham", "hans", "Hans", "dokumenter"})
_SLOT = re.compile(r"\{(\w*)\}")


class Person(NamedTuple):
    """Who the case is about; `fits` are patterns of deeds that such a person belongs to."""

    id: str
    text: str
    ages: tuple[int, int]
    benefit: str = ""
    fits: tuple[str, ...] = ()
    general: bool = False


class Line(NamedTuple):
    """A sentence of the situation or a question to discuss, with when it is used ("", 0: always)."""

    text: str
    frame: str = ""
    verdict: str = ""
    documents: int = 0


class Parts(NamedTuple):
    """All parts of a corpus. `names` are first names by grammatical gender, "f" and "m"."""

    names: Mapping[str, tuple[str, ...]]
    persons: tuple[Person, ...]
    circumstances: tuple[Line, ...]
    wishes: tuple[Line, ...]
    discussions: tuple[Line, ...]


def load(corpus: Path) -> Parts:
    """The parts of a corpus, empty where it has none. Raises CaseError naming the file and the item."""
    tables = [(path, _read(path)) for path in sorted((corpus / FOLDER).glob("*.toml"))]
    names: dict[str, tuple[str, ...]] = {"f": (), "m": ()}
    for path, table in tables:
        for gender, given in _names(path, table).items():
            names[gender] = (*names.get(gender, ()), *given)
    return Parts(
        names,
        tuple(_person(path, row) for path, row in _rows(tables, "person")),
        tuple(_line(path, row) for path, row in _rows(tables, "circumstance")),
        tuple(_line(path, row) for path, row in _rows(tables, "wish")),
        tuple(_line(path, row) for path, row in _rows(tables, "discussion")),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise CaseError(f"{path.name} kan ikke læses: {exc}. Ret filen, så den er gyldig TOML i UTF-8.") from exc


def _rows(tables: Sequence[tuple[Path, Mapping[str, Any]]], name: str) -> list[tuple[Path, Mapping[str, Any]]]:
    return [(path, row) for path, table in tables for row in table.get(name, ())]


def _names(path: Path, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    given = table.get("names", {})
    if not isinstance(given, dict) or set(given) - {"f", "m"}:
        raise CaseError(f"{path.name}: names skal have listerne f og m med fornavne.")
    return {gender: tuple(str(name) for name in names) for gender, names in given.items()}


def _person(path: Path, row: Mapping[str, Any]) -> Person:
    try:
        youngest, oldest = (int(age) for age in row["ages"])
        fits = tuple(str(each) for each in row.get("fits", ()))
        for each in fits:
            re.compile(each)
        person = Person(
            str(row["id"]),
            _checked(path, str(row["text"])),
            (youngest, oldest),
            str(row.get("benefit", "")),
            fits,
            bool(row.get("general")),
        )
    except (KeyError, TypeError, ValueError, re.error) as exc:
        raise CaseError(
            f"{path.name}: personen «{row.get('id', '?')}» duer ikke ({exc}). "
            "Den skal have id, text og ages = [fra, til]."
        ) from exc
    if youngest > oldest:
        raise CaseError(f"{path.name}: personen «{person.id}» har ages i forkert orden. Skriv den yngste alder først.")
    return person


def _line(path: Path, row: Mapping[str, Any]) -> Line:
    try:
        return Line(
            _checked(path, str(row["text"])),
            str(row.get("frame", "")),
            str(row.get("verdict", "")),
            int(row.get("documents", 0)),
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise CaseError(f"{path.name}: en linje duer ikke ({exc}). Den skal have text.") from exc


def _checked(path: Path, text: str) -> str:
    unknown = set(_SLOT.findall(text)) - _SLOTS
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(_SLOTS))
        raise CaseError(f"{path.name}: «{text}» har pladsen {{{min(unknown)}}}, som ikke findes. Brug {known}.")
    return text
