"""sources.toml: which documents a corpus folder holds, and what is known about each."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from assistant.authority import KINDS
from assistant.errors import SourceError
from assistant.models import Part, Source

NAME = "sources.toml"

REQUIRED = ("id", "file", "title", "kind", "date")
PART_FIELDS = ("heading", "kind", "date")
DATES = ("date", "valid_from", "valid_to")
_ALL_KINDS = tuple(kind for kinds in KINDS for kind in kinds)
_SOURCE_FIELDS = tuple(field.name for field in fields(Source) if field.name not in ("parts", "addressees"))
_DATE = re.compile(r"\d{4}(?:-\d\d-\d\d)?")
_ID = re.compile(r"[\w.-]+")


def load_sources(corpus: Path) -> tuple[Source, ...]:
    """The sources of the corpus folder, in the file's order. SourceError names the table that is wrong, and the remedy.

    Whether a document's file exists is left to the one who reads it, so that one missing file does not stop the rest.
    """
    data = _read_toml(corpus / NAME)
    _refuse_unknown(data, ("source",), f"{NAME}")
    tables = data.get("source")
    if not isinstance(tables, list) or not tables:
        raise SourceError(f"{NAME} har ingen dokumenter. Skriv en [[source]]-tabel for hvert dokument.")
    sources = tuple(_source(corpus, table, number) for number, table in enumerate(tables, 1))
    _refuse_duplicates(sources)
    _refuse_unknown_references(sources)
    return sources


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as exc:
        raise SourceError(
            f"{path.name} mangler i {path.parent}. Læg filen der, eller vælg en anden mappe med --corpus."
        ) from exc
    except OSError as exc:
        raise SourceError(f"{path.name} kan ikke læses: {exc.strerror}. Ret filens rettigheder eller sti.") from exc
    except UnicodeDecodeError as exc:
        raise SourceError(f"{path.name} er ikke skrevet i UTF-8. Gem filen i UTF-8.") from exc
    except tomllib.TOMLDecodeError as exc:
        raise SourceError(f"{path.name} er ikke gyldig TOML: {exc}. Ret linjen.") from exc


def _source(corpus: Path, table: object, number: int) -> Source:
    where = f"{NAME}, [[source]] nr. {number}"
    if not isinstance(table, dict):
        raise SourceError(f"{where} er ikke en tabel. Skriv [[source]] med felter under.")
    if isinstance(table.get("id"), str):
        where = f"{NAME}, [[source]] nr. {number} ({table['id']})"
    _refuse_unknown(table, (*_SOURCE_FIELDS, "part"), where)
    _require(table, REQUIRED, where)
    values = {name: _value(table[name], name, where) for name in _SOURCE_FIELDS if name in table}
    _check_id(str(values["id"]), where)
    _check_file(corpus, str(values["file"]), where)
    _check_values(table, where)
    return Source(**values, parts=_parts(table.get("part", []), where))  # type: ignore[arg-type]


def _parts(tables: object, where: str) -> tuple[Part, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SourceError(f"{where}: «part» skal skrives som [[source.part]]-tabeller.")
    return tuple(_part(table, f"{where}, [[source.part]] nr. {number}") for number, table in enumerate(tables, 1))


def _part(table: Mapping[str, object], where: str) -> Part:
    _refuse_unknown(table, PART_FIELDS, where)
    _require(table, PART_FIELDS, where)
    heading, kind, date = (str(_value(table[name], name, where)) for name in PART_FIELDS)
    _check_values(table, where)
    return Part(heading=heading, kind=kind, date=date)


def _value(value: object, name: str, where: str) -> str | tuple[str, ...]:
    """A field's text; `supersedes` is a list of texts; TOML's own dates and a bare year are taken as text."""
    if name == "supersedes":
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise SourceError(f'{where}: «supersedes» skal være en liste af id\'er, fx ["2017-liste"].')
    if name in DATES and isinstance(value, dt.date | int) and not isinstance(value, bool):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    if isinstance(value, str):
        return value
    raise SourceError(f"{where}: «{name}» skal være tekst i anførselstegn.")


def _require(table: Mapping[str, object], names: tuple[str, ...], where: str) -> None:
    for name in names:
        if table.get(name) in (None, ""):
            raise SourceError(f"{where}: feltet «{name}» mangler. Tilføj det.")


def _refuse_unknown(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    for name in table:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Mente du «{near[0]}»?" if near else f"Kendte felter: {', '.join(known)}."
            raise SourceError(f"{where}: ukendt felt «{name}». {hint}")


def _check_id(identifier: str, where: str) -> None:
    if not _ID.fullmatch(identifier):
        raise SourceError(f"{where}: id «{identifier}» må kun have bogstaver, tal, bindestreg, understreg og punktum.")


def _check_file(corpus: Path, file: str, where: str) -> None:
    if not (corpus / file).resolve().is_relative_to(corpus.resolve()):
        raise SourceError(f"{where}: filen «{file}» ligger uden for mappen {corpus}. Læg den i mappen.")


def _check_values(table: Mapping[str, object], where: str) -> None:
    kind = table["kind"]
    if kind not in _ALL_KINDS:
        raise SourceError(f"{where}: ukendt art «{kind}». Vælg en af: {', '.join(_ALL_KINDS)}.")
    for name in DATES:
        if name in table:
            _check_date(str(_value(table[name], name, where)), name, where)


def _check_date(value: str, name: str, where: str) -> None:
    """An ISO date or a year; an empty date is a date left out."""
    if value and not (_DATE.fullmatch(value) and _is_day(f"{value}-01-01"[:10])):
        raise SourceError(f"{where}: «{name}» er ikke en dato: «{value}». Skriv den som 2018-05-16 eller et årstal.")


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _refuse_duplicates(sources: tuple[Source, ...]) -> None:
    seen: dict[str, int] = {}
    for number, source in enumerate(sources, 1):
        if source.id in seen:
            raise SourceError(
                f"{NAME}: id «{source.id}» står i både [[source]] nr. {seen[source.id]} og nr. {number}. "
                "Giv den ene et andet id."
            )
        seen[source.id] = number


def _refuse_unknown_references(sources: tuple[Source, ...]) -> None:
    known = {source.id for source in sources}
    for number, source in enumerate(sources, 1):
        for other in source.supersedes:
            if other not in known:
                raise SourceError(
                    f"{NAME}, [[source]] nr. {number} ({source.id}): "
                    f"«supersedes» nævner «{other}», som ikke findes. Ret id'et."
                )
