"""How hard a case is and which module it belongs to, by mechanism."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from assistant.authority import name
from assistant.effects import GIVING
from assistant.learning.cases.deciding import Decided, Found, superseded
from assistant.library import Library
from assistant.models import Answer, Passage, Provision

HARDEST = 3


def difficulty(key: Decided, frame: str, library: Library) -> int:
    """1 to 3: conditions, exceptions, documents that differ, a wish or a refusal, and a duty that an exemption ends."""
    answer, first = key
    effects = {str(row["effect"]) for row in answer.explanation.get("weighed", ())}
    points = sum(
        bool(sign)
        for sign in (
            answer.verdict == "betinget",
            len(answer.conditions) > 1,
            answer.explanation.get("rule") == "del_og_helhed",
            frame == "must" and first.statement.effect in GIVING,
            frame == "all",
            bool(effects & {"refused", "postponed", "wish"}),
            len({citation.source_id for citation in answer.citations} - superseded(library)) > 1,
        )
    )
    return min(HARDEST, 1 + points)


class Topic(NamedTuple):
    """A module's id and what its quotes stand in."""

    id: str
    passages: frozenset[str]
    sections: frozenset[tuple[str, tuple[str, ...]]]
    provisions: frozenset[Provision]


def topics(corpus: Path, library: Library) -> tuple[Topic, ...]:
    """The modules of a corpus as topics, in the order of their files; a file that cannot be read is none."""
    found = []
    for path in sorted((corpus / "learning").glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # the page of the modules says what is wrong with it
        if isinstance(table.get("id"), str):
            found.append(_topic(table["id"], list(_quotes(table)), library))
    return tuple(found)


def _quotes(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("doc"), str) and isinstance(value.get("quote"), str):
            yield value["doc"], value["quote"]
        for each in value.values():
            yield from _quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _quotes(each)


def _topic(topic_id: str, quotes: list[tuple[str, str]], library: Library) -> Topic:
    held: list[Passage] = []
    bare = [(doc, _bare(quote)) for doc, quote in quotes]
    for passage in library.passages.values():
        own = _bare(passage.raw)
        if own and any(doc == passage.source_id and (own in quote or quote in own) for doc, quote in bare):
            held.append(passage)
    return Topic(
        topic_id,
        frozenset(passage.id for passage in held),
        frozenset((passage.source_id, passage.heading_path) for passage in held),
        frozenset(each for passage in held for statement in passage.statements for each in statement.provisions),
    )


def topic_of(found: Found, known: tuple[Topic, ...]) -> str:
    """The module whose quotes stand nearest to the statement that decides; "" without modules or nearness."""
    passage, statement = found
    place = (passage.source_id, passage.heading_path)

    def nearness(topic: Topic) -> tuple[int, int]:
        shared = bool(topic.provisions & set(statement.provisions))
        return 3 * (passage.id in topic.passages) + 2 * shared + (place in topic.sections), -len(topic.passages)

    best = max(known, key=nearness, default=None)
    return best.id if best and nearness(best)[0] else ""


def documents(answer: Answer) -> tuple[str, ...]:
    """The documents that an answer cites, as a sentence names them, each once."""
    return tuple(dict.fromkeys(name(citation.kind, citation.date, "da") for citation in answer.citations))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"</?\w+[^>]*>", "", text)).lower()
