"""Danish statements as the questions they answer, and as their contrary (forms.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_TABLE = Path(__file__).with_name("forms.toml")
_FULL_STOP = ". "


class Asked(NamedTuple):
    """A question, and whether the statement that it was made from answers it with no."""

    text: str
    denied: bool


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    put: str


def as_question(text: str) -> Asked | None:
    """The question that a statement answers with yes or no; None where no form fits."""
    said = text.strip(_FULL_STOP)
    for form in _forms("form"):
        found = form.pattern.match(said)
        if found:
            words = {name: value or "" for name, value in found.groupdict().items()}
            return Asked(_polished(form.put.format(**_lowered(words))), bool(words.get("not")))
    return None


def item_as_question(lead: str, item: str) -> str:
    """The question whether what a lead-in says holds for an item under it; "" where no form fits."""
    for form in _forms("item"):
        found = form.pattern.match(lead.strip())
        if found:
            words = {name: value or "" for name, value in found.groupdict().items()}
            words["who"] = (words["who"] or words.pop("who2", "")).lower()
            words["whom"] = f" {words['whom'][0].lower()}{words['whom'][1:]}" if words["whom"] else ""
            return _polished(form.put.format(item=item.strip(_FULL_STOP), **words))
    return ""


def turned(text: str) -> str:
    """The statement turned into its contrary; "" where nothing in it can be turned with certainty."""
    for form in _forms("turn"):
        if len(form.pattern.findall(text)) == 1:
            return form.pattern.sub(form.put, text)
    return ""


def table() -> dict[str, Any]:
    """The forms as they stand in their file, each with its example."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _forms(name: str) -> tuple[_Form, ...]:
    put = "by" if name == "turn" else "q"
    return tuple(_Form(re.compile(row["p"], re.IGNORECASE | re.DOTALL), row[put]) for row in table()[name])


def _lowered(words: dict[str, str]) -> dict[str, str]:
    """The pieces as they stand inside a sentence: the first letter of one that began the statement is small."""
    return {name: value[:1].lower() + value[1:] if name != "item" else value for name, value in words.items()}


def _polished(text: str) -> str:
    text = re.sub(r"\s+", " ", text).replace(" ?", "?").replace(",?", "?")
    return text[:1].upper() + text[1:]
