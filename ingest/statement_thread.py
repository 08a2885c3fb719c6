"""The thread of a text: what a sentence goes on with that does not name its own topic."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.effects import SILENT, WITHHOLDING, points_back, speaks_of_an_exemption
from assistant.replies import asks

# Steps of a law's path that part one rule into several.
_STK = re.compile(r"stk\. \d+")
_PARAGRAF = re.compile(r"§ \d")
# Characters of earlier sentences that a sentence hangs under.
_LONGEST = 500


class Lead(NamedTuple):
    """The last sentence that stood for itself: its words, what it hung under, and its effect."""

    text: str = ""
    context: str = ""
    effect: str = ""


class Thread(NamedTuple):
    """Where reading has come to: the headings, the last sentence, the question still open, the last exemption."""

    path: tuple[str, ...] = ()
    last: str = ""
    question: str = ""
    answered: bool = False
    exemption: str = ""
    effect: str = ""
    lead: Lead = Lead()
    permission: bool = False

    def withholds_from_what_may_be_done(self, text: str) -> bool:
        """Whether a sentence takes away from a permission, where no duty was lifted ("Tilladelsen omfatter ikke")."""
        return self.permission and not self.exemption and speaks_of_an_exemption(text)

    def under(self, path: tuple[str, ...], replies: bool) -> Thread:
        """The thread at the beginning of a passage; `replies` says that it opens with an answer.

        A question as heading is open for all that stands under it; one in the text, until it has its answer.
        """
        asked = path[-1] if path and asks(path[-1]) else ""
        if path == self.path:
            still = self.question if asked or replies or not self.answered else ""
            return self._replace(question=still)
        same_rule = _without(path, _STK) == _without(self.path, _STK)
        same_part = _without(path, _PARAGRAF)[:1] == _without(self.path, _PARAGRAF)[:1]
        return Thread(
            path,
            self.last if same_rule else "",
            asked,
            exemption=self.exemption if same_part else "",
            effect=self.effect if same_rule else "",
            lead=self.lead if same_rule else Lead(),
            permission=self.permission and same_part,
        )

    def context(self, text: str, row: str) -> str:
        """What a sentence hangs under: its table row, the question that it answers, or what it points back at."""
        if speaks_of_an_exemption(text) and self.exemption:
            return self.exemption if row in self.exemption else f"{row}: {self.exemption}"
        if row:
            return row
        if self.question and not self.answered and not asks(text):
            return self.question
        return self.last if points_back(text) else ""

    def under_lead(self, lead: str) -> Lead:
        """What an item's lead-in says, with what it hangs under itself ("Det gælder dog ikke, hvis")."""
        known = self.lead if _bare(self.lead.text) == _bare(lead) else Lead()
        return Lead(f"{known.context} {lead}".strip(), "", known.effect)

    def after_item(self, text: str, effect: str) -> Thread:
        """The thread behind an item of a list: its lead-in is still what the next one hangs under."""
        return self.after(text, effect, "")._replace(lead=self.lead)

    def after(self, text: str, effect: str, context: str) -> Thread:
        """The thread behind a statement: one that points back takes along what it points at."""
        if asks(text):
            return self._replace(question=text, answered=False, last=text)
        if effect in SILENT:
            return self
        goes_on = points_back(text) or (self.question and not self.answered)
        last = f"{self.last} {text}"[-_LONGEST:] if self.last and goes_on else text
        gives = effect == "exempt" and not speaks_of_an_exemption(text) and not points_back(text)
        exemption = text if gives else self.exemption
        return self._replace(
            last=last,
            answered=bool(self.question),
            exemption=exemption,
            effect=effect,
            permission=self.permission or effect == "permitted",
            lead=Lead(text, context if points_back(text) or _limits(text, effect) else "", effect),
        )


def _limits(text: str, effect: str) -> bool:
    """Whether a sentence takes away from an exemption given before it ("Fritagelsen gælder ikke, hvis")."""
    return effect in WITHHOLDING and speaks_of_an_exemption(text)


def _bare(text: str) -> str:
    return text.strip(" ,:;")


def _without(path: tuple[str, ...], step: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(part for part in path if not step.match(part) and not _STK.match(part))
