"""Patterns of instructions to machines, from tables/hostile.toml, and the ways to hide one: base64, hex, spacing."""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.models import Span

TABLE = Path(__file__).resolve().parent / "tables" / "hostile.toml"
# Kinds that are taken out alone; the other words of their sentence stay.
MARKERS = frozenset({"comment", "encoded", "token", "json", "speaker", "user"})

_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/])")
_HEX = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[\s:]?){12,}(?!\w)")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*|]{1,2}){5,}\w(?!\w)")
_SPACED_HINTS = re.compile(r"ignor|instru|prompt|glem|svarja|system|forget|disregard|answeryes|sayyes", re.IGNORECASE)
_READABLE = 0.9


class Pattern(NamedTuple):
    """One way to instruct a machine, with an example that it matches."""

    kind: str
    pattern: re.Pattern[str]
    example: str


@cache
def patterns() -> tuple[Pattern, ...]:
    """The table's rows, compiled from its notation (see the head of the file)."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    parts = {name: _unwrapped(part) for name, part in table["parts"].items()}
    found = []
    for row in table["pattern"]:
        written = _unwrapped(row["pattern"])
        for name, part in parts.items():
            written = written.replace("{" + name + "}", part)
        found.append(Pattern(row["kind"], re.compile(written, re.IGNORECASE | re.DOTALL), row["example"]))
    return tuple(found)


def _unwrapped(written: str) -> str:
    return re.sub(r"(?:^|\n) *", "", written).replace(" ", r"\s+")


def hidden_orders(text: str, is_order: Callable[[str], bool]) -> Iterator[Span]:
    """Runs of base64 or hexadecimal in `text` that decode to an order."""
    for match in _BASE64.finditer(text):
        padded = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        if _decodes(lambda words: base64.b64decode(words + "=" * (-len(words) % 4)), padded, is_order):
            yield Span(*match.span())
    for match in _HEX.finditer(text):
        if _decodes(bytes.fromhex, re.sub(r"[\s:]", "", match.group()), is_order):
            yield Span(*match.span())


def _decodes(decode: Callable[[str], bytes], words: str, is_order: Callable[[str], bool]) -> bool:
    try:
        decoded = decode(words).decode("utf-8")
    except (binascii.Error, ValueError):
        return False
    readable = sum(letter.isprintable() for letter in decoded)
    return bool(decoded) and readable >= _READABLE * len(decoded) and is_order(decoded)


def spaced_orders(text: str) -> Iterator[Span]:
    """Words spelt letter by letter ("i g n o r e r") that make an order when closed up."""
    for match in _SPACED.finditer(text):
        if _SPACED_HINTS.search(re.sub(r"[\W_]", "", match.group())):
            yield Span(*match.span())
