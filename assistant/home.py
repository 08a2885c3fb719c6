"""Home: whose caseworkers ask: those of a network, or of the one municipality that all local documents are of.

Where the documents tell of several municipalities, a rule of one of them holds for a question that names it. Where they
are all of one, "må vi ...?" is asked from there, and that municipality's name sets nothing apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from assistant.models import Passage, Source
from assistant.places import municipalities_in

MEMBERS_IN_A_LIST = 3
"""A text that names so many municipalities lists them."""


class Network(NamedTuple):
    """Municipalities that the documents list as members of the asker's network, and of others."""

    members: frozenset[str]
    outsiders: frozenset[str]


def home_of(passages: Mapping[str, Passage], sources: Mapping[str, Source]) -> str:
    """The municipality, or "" where the documents are of several, of none, or of a network that they list."""
    places = {passage.municipality or sources[passage.source_id].municipality for passage in passages.values()} - {""}
    if len(places) != 1 or any(
        len(municipalities_in(passage.text)) >= MEMBERS_IN_A_LIST for passage in passages.values()
    ):
        return ""
    return next(iter(places))


def of_all(source: Source, home: str) -> Source:
    """A source, one of the home municipality as one of all."""
    return replace(source, municipality="") if home and source.municipality == home else source


def at_home(passages: Mapping[str, Passage], home: str) -> Mapping[str, Passage]:
    """The passages, those of the home municipality as those of all; as they were where there is no home."""
    if not home:
        return passages
    return {
        key: replace(passage, municipality="") if passage.municipality == home else passage
        for key, passage in passages.items()
    }
