"""The page's words: one folder of table files per language, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from assistant.models import Language
from assistant.moments import local

FOLDER = Path(__file__).parent / "texts"
STARTERS = Path(__file__).parents[2] / "prompts" / "starters.toml"
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: Mapping[Language, str] = {"da": "Dansk", "en": "English"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language. `wording[key]` raises KeyError for a key that the table lacks."""

    language: Language
    table: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.table[key])

    def label(self, table: str, code: str) -> str:
        """The word for `code` in a sub-table; the code itself, spaced, where the table has no word for it."""
        words: Mapping[str, str] = self.table[table]
        return words.get(code, code.replace("_", " "))

    def texts(self, table: str) -> Mapping[str, str]:
        """The texts of a sub-table; a key that it lacks raises KeyError."""
        texts: Mapping[str, str] = self.table[table]
        return texts

    def moment(self, at: str) -> str:
        """A moment of the record by the clocks in Denmark: "22. november 2026 kl. 14.03"."""
        shown = local(at)
        clock = f"{shown:%H.%M}" if self.language == "da" else f"{shown:%H:%M}"
        return f"{self.date(shown.date().isoformat())} {'kl.' if self.language == 'da' else 'at'} {clock}"

    def date(self, iso: str) -> str:
        """An ISO date or year as people write it: "1. februar 2017", "1 February 2017", "2017"."""
        year, _, rest = iso.partition("-")
        month, _, day = rest.partition("-")
        if not (month.isdigit() and 1 <= int(month) <= 12):
            return iso
        name = self.table["months"][int(month) - 1]
        dot = "." if self.language == "da" else ""
        return f"{int(day)}{dot} {name} {year}" if day.isdigit() else f"{name} {year}"


@cache
def wording(language: Language) -> Wording:
    """The texts of `language`, of all its files; a sub-table may be spread over several of them.

    Raises ValueError where two files say the same.
    """
    table: dict[str, Any] = {}
    for file in sorted((FOLDER / language).glob("*.toml")):
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            _add(table, key, value, file.name)
    return Wording(language, table)


def _add(table: dict[str, Any], key: str, value: object, file: str) -> None:
    if isinstance(value, dict) and isinstance(table.get(key, {}), dict):
        for inner, text in value.items():
            _add(table.setdefault(key, {}), inner, text, file)
    elif key in table:
        raise ValueError(f"{file} says {key!r}, which another file of the same language says too")
    else:
        table[key] = value


@cache
def starters(language: Language) -> tuple[str, ...]:
    """Questions to begin with: plain questions that the assistant answers like any other."""
    return tuple(tomllib.loads(STARTERS.read_text("utf-8"))[language])
