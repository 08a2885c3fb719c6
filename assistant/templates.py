"""Answer templates from prompts/: text only, read once; missing and unused variables fail."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from langchain_core.prompts import PromptTemplate

from assistant.errors import SettingsError
from assistant.settings import ROOT

PROMPTS = ROOT / "prompts"
_SECTION = re.compile(r"^## +(?P<key>\S+)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@lru_cache(maxsize=8)
def templates(language: str, folder: Path = PROMPTS, name: str = "answer") -> Mapping[str, PromptTemplate]:
    """The templates of one file and language by key. SettingsError when the file is missing or holds none."""
    path = folder / f"{name}.{language}.md"
    if not path.exists():
        raise SettingsError(f"Skabelonfilen {path.name} mangler i {folder}. Hent projektet igen.")
    sections = _SECTION.finditer(path.read_text(encoding="utf-8"))
    found = {match["key"]: PromptTemplate.from_template(match["body"].strip()) for match in sections}
    if not found:
        raise SettingsError(f"Skabelonfilen {path.name} er tom. Hent projektet igen.")
    return found


def fill(language: str, key: str, **values: str) -> str:
    """The answer template with its variables filled, as `fill_from` does it."""
    return fill_from("answer", language, key, values)


def fill_from(name: str, language: str, key: str, values: Mapping[str, str]) -> str:
    """A template of the file `name`, filled. SettingsError names a missing key and a missing or unused variable."""
    template = templates(language, name=name).get(key)
    if template is None:
        raise SettingsError(f"Skabelonen «{key}» mangler i {name}.{language}.md.")
    wanted, given = set(template.input_variables), set(values)
    if wanted != given:
        raise SettingsError(f"Skabelonen «{key}» ({language}) skal have {sorted(wanted)}, men fik {sorted(given)}.")
    return template.format(**values)


@lru_cache(maxsize=1)
def prompt_version() -> str:
    """A short hash over every file in prompts/, so that an answer tells which wording it was made with."""
    digest = hashlib.sha256()
    for path in sorted(PROMPTS.glob("*.md")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
