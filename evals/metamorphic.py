"""The metamorphic relations: what an answer must keep, or must turn into, when its question is put in another way.

`python -m evals metamorphic` asks them all, which takes some minutes; `--share` asks a fixed part of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from evals.cases import Case, default_files, load
from evals.metamorphic_cases import variants
from evals.metamorphic_check import Check, table, tallies
from evals.metamorphic_limits import MEMBERS, municipalities, outsiders, provisions, unlisted
from evals.metamorphic_opposites import TOPICS, opposites
from evals.runner import Answerer
from evals.variants import VARIANTS

PARTS = ("variants", "opposites", "provisions", "municipalities")
_BLIND = "blind"
_STEP = 250
_Item = TypeVar("_Item")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--cases", type=Path, action="append", metavar="FIL", help="kan gentages; ellers evals/cases uden de blinde"
    )
    parser.add_argument("--part", choices=PARTS, action="append", help="kan gentages; ellers alle dele")
    parser.add_argument("--only", choices=tuple(VARIANTS), action="append", help="kun disse omskrivninger af spørgsmål")
    parser.add_argument("--share", type=float, default=1.0, metavar="0.1", help="en fast del af spørgsmålene")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--lines", action="store_true", help="vis hvert svar, der ikke holdt")
    shown.add_argument("--totals", action="store_true", help="vis kun tallene, fx for blinde spørgsmål")
    parser.add_argument("--out", type=Path, metavar="FIL", help="skriv alle svar som JSON")


def metamorphic(given: argparse.Namespace, assistant: Answerer, say: Callable[[str], None]) -> tuple[str, bool]:
    """The figures as lines for the terminal, and whether no answer was dangerous. `say` gets the progress."""
    cases = load(given.cases or case_files()).cases
    found = []
    for check in checks(assistant, cases, given.part or PARTS, given.only or tuple(VARIANTS), given.share):
        found.append(check)
        if len(found) % _STEP == 0:
            say(f"{len(found)} svar …")
    if given.out:
        given.out.write_text(json.dumps([check._asdict() for check in found], ensure_ascii=False), encoding="utf-8")
    figures = table(tallies(found), ids=not given.totals, lines=given.lines)
    return figures, not any(check.dangerous for check in found)


def case_files() -> tuple[Path, ...]:
    """The project's case files but the blind ones, whose questions nobody is to see."""
    return tuple(path for path in default_files() if not path.name.startswith(_BLIND))


def checks(
    assistant: Answerer,
    cases: Iterable[Case],
    parts: Sequence[str] = PARTS,
    names: Sequence[str] = tuple(VARIANTS),
    share: float = 1.0,
) -> Iterator[Check]:
    """The checks of `parts`, on `share` of their cases, topics, provisions and municipalities."""
    if "variants" in parts:
        yield from variants(assistant, picked(cases, lambda case: case.id, share), names)
    if "opposites" in parts:
        yield from opposites(assistant, picked(TOPICS, lambda topic: topic.id, share))
    if "provisions" in parts:
        yield from provisions(assistant, picked(unlisted(assistant), str, share))
    if "municipalities" in parts:
        yield from municipalities(assistant, picked((*outsiders(), *sorted(MEMBERS)), str, share))


def picked(items: Iterable[_Item], key: Callable[[_Item], str], share: float) -> list[_Item]:
    """A share of the items that depends on each one's key alone, so that a new item moves no other in or out."""
    return [item for item in items if crc32(key(item).encode()) < share * 2**32]
