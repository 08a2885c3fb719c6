"""The outline of a document: each heading's path, the part it stands in, and the municipality that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.errors import SourceError
from assistant.models import Part, Provision, Source
from ingest.structure_blocks import CAPTION, PLAIN, Block
from ingest.structure_law import Address, address_of

# First words of headings that open a part of their own, whatever level they are written at, with an example each.
APPENDICES = {
    "bilag": "Bilag 1: Det må vi nu ...",
    "appendiks": "Appendiks A",
    "annex": "Annex 2",
    "tillæg": "Tillæg 1 til vedtægten",
}
# Ranks of a law's §§ and stk. in a passage's path, under every heading.
PARAGRAF, STK = 30, 31

_APPENDIX = re.compile(rf"(?:{'|'.join(APPENDICES)})\s+(?:\d+|[A-ZÆØÅ])\b", re.IGNORECASE)

_NAME = r"[A-ZÆØÅ][a-zæøåé]+(?:-[A-ZÆØÅ][a-zæøåé]+)?"
_LISTED = re.compile(rf"[Kk]ommuner(?:ne)?:?\s+((?:{_NAME},\s+)*{_NAME}\s+og\s+{_NAME})")
_LISTED_BEFORE = re.compile(rf"((?:{_NAME},\s+)+{_NAME}\s+og\s+{_NAME})\s+[Kk]ommuner")
_SINGLE = re.compile(rf"\b({_NAME})\s+[Kk]ommunes?\b")
_COUNTED = re.compile(r"(\w+) \d+\b")
_ONE_NAME = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: its headings from the top, its part if any, its municipality, and its § in a law.

    `provision` is without its law, which the source tells.
    """

    path: tuple[str, ...] = ()
    part: Part | None = None
    municipality: str = ""
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    level: int
    text: str
    municipality: str = ""
    part: Part | None = None


def places(source: Source, blocks: Sequence[Block]) -> tuple[Place, ...]:
    """The place of each block, headings included (their own path). SourceError when a part's heading is not found."""
    names = _municipalities(block.clean.text for block in blocks)
    parts = _part_headings(source, blocks)
    levels = _levels(blocks, names)
    stack: list[_Open] = []
    found: list[Place] = []
    provision: Provision | None = None
    for index, block in enumerate(blocks):
        if block.kind != "row" and index and blocks[index - 1].kind == "row":
            stack = [above for above in stack if above.level < CAPTION]
        if block.kind == "heading":
            level = levels[index]
            stack = [above for above in stack if above.level < level]
            name = block.clean.text.removesuffix(":")
            stack.append(_Open(level, name, _named(name, names), parts.get(index)))
            provision = None
        elif address := address_of(block.clean.text, opened=True) if block.number == "§" else None:
            level = PARAGRAF if address.paragraf else STK
            stack = [*(above for above in stack if above.level < level), _Open(level, address.label)]
            provision = _provision(address, provision, blocks, index)
        local = next((above.municipality for above in reversed(stack) if above.municipality), source.municipality)
        part = next((above.part for above in reversed(stack) if above.part), None)
        found.append(Place(tuple(above.text for above in stack), part, local, provision))
    return tuple(found)


def _provision(address: Address, above: Provision | None, blocks: Sequence[Block], index: int) -> Provision | None:
    """The § or stk. that a law's text opens; a §'s first text is its stk. 1 where a stk. 2 follows."""
    if not address.paragraf:
        return replace(above, stk=address.stk) if above else None
    following = (address_of(block.clean.text, opened=True) for block in blocks[index + 1 :] if block.number == "§")
    more = next(following, None)
    return Provision("", address.paragraf, stk=1 if more and more.stk else None)


def opens_appendix(heading: str) -> bool:
    """Whether a heading opens an appendix ("Bilag 2")."""
    return bool(_APPENDIX.match(heading))


def _part_headings(source: Source, blocks: Sequence[Block]) -> dict[int, Part]:
    found: dict[int, Part] = {}
    for part in source.parts:
        index = next((i for i, block in enumerate(blocks) if block.kind == "heading" and _is_part(block, part)), None)
        if index is None:
            raise SourceError(
                f"sources.toml, [[source]] {source.id}, [[source.part]] «{part.heading}»: "
                f"overskriften findes ikke i {source.file}. Skriv den, som den står i dokumentet."
            )
        found[index] = part
    return found


def _is_part(block: Block, part: Part) -> bool:
    heading, wanted = (" ".join(text.casefold().split()) for text in (block.clean.text, part.heading))
    return heading == wanted or bool(re.match(rf"{re.escape(wanted)}\b", heading))


def _levels(blocks: Sequence[Block], names: frozenset[str]) -> dict[int, int]:
    """Each heading's rank: 0 for appendices; those that name a municipality stand side by side."""
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    levels = {index: blocks[index].level for index in headings}
    for index in headings:
        if opens_appendix(blocks[index].clean.text):
            levels[index] = 0
    for series in _series(blocks, headings):
        for index in series:
            levels[index] = levels[series[0]]
    local = [index for index in headings if _bare_name(blocks[index].clean.text) in names and levels[index]]
    for index in local:
        levels[index] = min(levels[other] for other in local)
    return _nested(blocks, levels)


def _series(blocks: Sequence[Block], headings: Sequence[int]) -> Iterable[list[int]]:
    """Headings that count under one word ("Fokusområde 1: ...", "Fokusområde 2: ..."): they are of one rank."""
    found: dict[str, list[int]] = {}
    for index in headings:
        if counted := _COUNTED.match(blocks[index].clean.text):
            found.setdefault(counted[1].lower(), []).append(index)
    return found.values()


def _nested(blocks: Sequence[Block], levels: dict[int, int]) -> dict[int, int]:
    """Plain headings have no level: titles at the top lead, and one that names an earlier one stands under it."""
    first = next((i for i, block in enumerate(blocks) if block.kind != "heading"), len(blocks))
    above = ""
    for index, level in levels.items():
        text = blocks[index].clean.text.casefold()
        if level != PLAIN:
            above = ""
        elif index + 1 < first:
            levels[index] = PLAIN - first + index
        elif above and above in text and above != text:
            levels[index] = PLAIN + 1
        else:
            above = text
    return levels


def _municipalities(texts: Iterable[str]) -> frozenset[str]:
    """Names that the document itself calls municipalities, one by one or in a list."""
    found: set[str] = set()
    for text in texts:
        found.update(_SINGLE.findall(text))
        for pattern in (_LISTED, _LISTED_BEFORE):
            for listed in pattern.findall(text):
                found.update(_ONE_NAME.findall(listed))
    return frozenset(found)


def _bare_name(heading: str) -> str:
    return re.sub(r"\s+[Kk]ommune$", "", heading.rstrip(": "))


def _named(heading: str, names: frozenset[str]) -> str:
    """The one municipality that a heading is about: its name alone, or the only "X Kommune" in it."""
    if (bare := _bare_name(heading)) in names:
        return bare
    mentioned = set(_SINGLE.findall(heading))
    return mentioned.pop() if len(mentioned) == 1 else ""
