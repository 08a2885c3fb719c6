"""A text as it is spelt, from which patterns take what they know, place by place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.approved.wording import Cue
from assistant.models import Language
from assistant.words import spell


class Taken(NamedTuple):
    """What a pattern took: its name, where from and to, the word that it says beside, and the words that it kept."""

    name: str
    start: int
    end: int
    beside: str
    kept: str


class SpeltText:
    """The spelt text, place by place open or taken, and where each place stands in the text as written."""

    def __init__(self, text: str, language: Language) -> None:
        pairs = [(spelt, at) for at, letter in enumerate(text) for spelt in spell(letter)]
        self.spelt = "".join(letter for letter, _ in pairs)
        self.origin = [at for _, at in pairs]
        self.language = language

    def take(self, cues: Iterable[Cue]) -> list[Taken]:
        """All that the cues match, in the order of the cues; it is blanked but for what they keep."""
        found: list[Taken] = []
        for cue in cues:
            for match in list(cue.pattern.finditer(self.spelt)):
                if self.spelt[match.start() : match.end()] == match.group():
                    kept = " ".join(each for each in match.groupdict().values() if each)
                    found.append(Taken(cue.name, match.start(), match.end(), cue.beside, kept))
                    self._blank(match)
        return found

    def _blank(self, match: re.Match[str]) -> None:
        kept = [match.span(name) for name in match.re.groupindex if match.group(name)]
        blanked = "".join(
            letter if any(start <= at < end for start, end in kept) or not letter.isalnum() else " "
            for at, letter in enumerate(match.group(), match.start())
        )
        self.spelt = self.spelt[: match.start()] + blanked + self.spelt[match.end() :]
