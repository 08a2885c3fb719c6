"""What a workshop can be about: the ids and titles of the modules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import WorkshopError
from assistant.models import Language


def subjects(corpus: Path, language: Language) -> Mapping[str, str]:
    """Each module's id with its title, in the order of the path. Raises WorkshopError for a file that is none."""
    found: dict[str, str] = {}
    for file in sorted((corpus / "learning").glob("*.toml")):
        try:
            values = tomllib.loads(file.read_text("utf-8"))
            found[str(values["id"])] = str(values["title"][language])
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as exc:
            raise WorkshopError(f"Modulet {file.name} kan ikke læses. Ret filen, eller fjern den.") from exc
    return found
