"""The fields of a module's file, each checked as it is read: an error names the file, the item and what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import LearningError

Table = Mapping[str, Any]
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_MINUTES = 120


class Place(NamedTuple):
    """Where in which file one is, as its author would say it."""

    file: str
    item: str = ""

    def inside(self, item: str) -> Place:
        """A place inside this one."""
        return Place(self.file, f"{self.item}, {item}" if self.item else item)

    def error(self, wrong: str, remedy: str) -> LearningError:
        """That something is wrong here, and what to do about it."""
        return LearningError(f"{self.file}: {f'{self.item}: ' if self.item else ''}{wrong}. {remedy}.")


def read(path: Path) -> Table:
    """A file's table. Raises LearningError."""
    at = Place(f"{path.parent.name}/{path.name}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise at.error(f"filen kan ikke læses ({exc.strerror})", "Ret filens rettigheder") from exc
    except UnicodeDecodeError as exc:
        raise at.error("filen er ikke skrevet i UTF-8", "Gem den i UTF-8") from exc
    except tomllib.TOMLDecodeError as exc:
        raise at.error(f"filen er ikke gyldig TOML ({exc})", "Ret linjen") from exc


def refuse_unknown(table: Table, known: Sequence[str], place: Place) -> None:
    """Raises LearningError for a field that there is not, which is most often a slip of the pen."""
    for key in table:
        if key not in known:
            raise place.error(f"feltet «{key}» findes ikke", f"Brug {', '.join(known)}")


def text(table: Table, key: str, place: Place) -> str:
    """A text that is not empty."""
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise place.error(f"«{key}» mangler eller er ikke en tekst", f'Skriv {key} = "…"')
    return value.strip()


def texts(table: Table, key: str, place: Place) -> tuple[str, ...]:
    """A list of texts that are not empty; at least one."""
    values = table.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(each, str) and each.strip() for each in values):
        raise place.error(f"«{key}» mangler eller er ikke en liste af tekster", f'Skriv {key} = ["…", "…"]')
    return tuple(each.strip() for each in values)


def truth(table: Table, key: str, place: Place) -> bool:
    """true or false."""
    value = table.get(key)
    if not isinstance(value, bool):
        raise place.error(
            f"«{key}» mangler eller er hverken true eller false", f"Skriv {key} = true eller {key} = false"
        )
    return value


def name(table: Table, key: str, place: Place) -> str:
    """A name that can stand in an address."""
    value = text(table, key, place)
    if not _NAME.fullmatch(value):
        raise place.error(f"«{key}» er «{value}»", "Brug kun små bogstaver a-z, tal og bindestreg")
    return value


def minutes(table: Table, place: Place) -> int:
    """How many minutes a module takes."""
    value = table.get("minutes")
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_MINUTES:
        raise place.error(
            "«minutes» mangler eller er ikke et antal minutter", f"Skriv et helt tal fra 1 til {_MOST_MINUTES}"
        )
    return value


def table(outer: Table, key: str, place: Place) -> Table:
    """A table inside another one."""
    value = outer.get(key)
    if not isinstance(value, dict):
        raise place.error(f"tabellen «{key}» mangler", f"Skriv [{key}] eller {key}.da og {key}.en")
    return value


def tables(outer: Table, key: str, place: Place) -> Iterator[tuple[Table, Place]]:
    """The tables of a list with the place of each; at least one."""
    values = outer.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(each, dict) for each in values):
        raise place.error(f"«{key}» mangler eller er ikke en liste af tabeller", f"Skriv mindst én {key}")
    for number, each in enumerate(values, 1):
        yield each, place.inside(f"{key} nr. {number}")
