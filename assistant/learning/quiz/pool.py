"""The statements that questions are made from, each with its passage and document, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.authority import decides, tells
from assistant.effects import GIVING, WITHHOLDING, told
from assistant.learning.quiz.question import Quote
from assistant.models import Passage, Provision, Source, Statement
from assistant.record.standing import Documents
from assistant.words import commonness, tokens

# Words that stand in every text say nothing of what it is about: Zipf frequency in Danish.
_FUNCTION_WORD = 5.6
_LEAST_LETTERS = 4
_LONGEST = 260


class Said(NamedTuple):
    """A statement where it stands."""

    statement: Statement
    passage: Passage
    source: Source

    @property
    def text(self) -> str:
        """Its words, repaired where the document is damaged, without what formats."""
        return self.statement.said.strip().strip("*").strip()

    @property
    def section(self) -> tuple[str, tuple[str, ...]]:
        """The document and the headings that it stands under."""
        return self.passage.source_id, self.passage.heading_path

    @property
    def in_row(self) -> bool:
        """Whether it stands in a row of a table."""
        return self.passage.kind == "table_row"


class Pool:
    """The statements of the asker's own network, and of documents of no network in particular."""

    def __init__(self, documents: Documents, network: str) -> None:
        self.documents = documents
        self.all: Sequence[Said] = tuple(_said(documents))
        self.own: Sequence[Said] = tuple(
            each for each in self.all if not each.source.network or network.lower() in each.source.network.lower()
        )

    @cached_property
    def ruling(self) -> Sequence[Said]:
        """What documents say that decide or report the rules; what is told of one municipality is not among it."""
        return [
            each
            for each in self.own
            if not each.passage.municipality
            and (decides(each.passage.kind_of_source) or tells(each.passage.kind_of_source))
        ]

    def around(self, said: Said) -> Sequence[Said]:
        """The other statements of the same table row, or outside a table of the same section."""
        return [
            other
            for other in self.own
            if other.statement.id != said.statement.id
            and (other.passage.id == said.passage.id if said.in_row else other.section == said.section)
            and other.in_row == said.in_row
        ]

    def quotes(self, said: Said, *, with_lead: bool = False) -> tuple[Quote, ...]:
        """The statement's words as they stand in the document; a list item's under those of its lead-in."""
        spans = (*said.passage.lead_in_spans, *said.statement.spans) if with_lead else said.statement.spans
        text = self.documents.source_text(said.passage.source_id)
        return tuple(Quote(said.passage.source_id, span.start, span.end, text[span.start : span.end]) for span in spans)

    def at(self, quotes: Iterable[Quote]) -> list[Said]:
        """The statements that the quotes hold words of."""
        wanted = list(quotes)
        return [
            said
            for said in self.all
            if any(
                quote.source_id == said.passage.source_id
                and any(span.start < quote.end and quote.start < span.end for span in said.statement.spans)
                for quote in wanted
            )
        ]

    def contested(self, said: Said) -> bool:
        """Whether its own document both gives and withholds something about one of its provisions."""
        mine = set(said.statement.provisions)
        effect = said.statement.effect
        against = WITHHOLDING if effect in GIVING else GIVING if effect in WITHHOLDING else frozenset()
        return any(
            other.statement.effect in against and mine & set(other.statement.provisions)
            for other in self.all
            if other.passage.source_id == said.passage.source_id
        )


def _said(documents: Documents) -> Iterable[Said]:
    for passage in sorted(documents.passages.values(), key=lambda each: (each.source_id, each.order)):
        for statement in told(passage):
            yield Said(statement, passage, documents.sources[passage.source_id])


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words that tell what a text is about."""
    return frozenset(
        token.stem
        for token in tokens(text)
        if len(token.spelt) >= _LEAST_LETTERS and commonness(token.spelt) < _FUNCTION_WORD
    )


def overlap(one: str, other: str) -> float:
    """How much of the shorter text's content stands in the other, 0-1; 1 for a text that says nothing."""
    mine, theirs = content(one), content(other)
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1) if mine and theirs else 1.0


def stands_alone(text: str) -> bool:
    """Whether words can be read without what stood around them: a whole sentence that points back at nothing."""
    return (
        text[:1].isupper()
        and text.endswith(".")
        and len(text) <= _LONGEST
        and not leans(text)
        and not any(sign in text for sign in ("\t", "\n", " :"))
    )


def leans(text: str) -> bool:
    """Whether words lean on what stands before them or under them."""
    words = re.findall(r"\w+", text.lower())
    return not words or words[0] in _OPENING or _takes_up(words) or not _POINTING.isdisjoint(words)


def _takes_up(words: Sequence[str]) -> bool:
    """Whether "det" takes up what was said before ("Det skaber råderum"), and not what follows ("Det forudsættes")."""
    return words[0] == "det" and len(words) > 1 and not words[1].endswith("s") and words[1] not in _AHEAD


_AHEAD = frozenset("er står skal kan bør må var blev".split())
# First words that lean on the sentence before, and words that do so anywhere.
_OPENING = frozenset(
    "de denne dette disse her der dog men og samt desuden derfor dermed hermed dertil hun han heraf herefter"
    " sådan således også derudover endvidere ligeledes dels derved forklaringen"
    " eksempel eksempelvis jeg på bemærk altså ligesom men nu".split()
)
_POINTING = frozenset(
    "denne dette disse herom hertil heraf herfor herpå herved derom dertil deraf herom heri ovenstående nedenstående"
    " ovennævnte nævnt førnævnte pågældende sidstnævnte førstnævnte".split()
)


def provisions(sayings: Iterable[Said]) -> frozenset[Provision]:
    """All provisions that the statements name."""
    return frozenset(each for said in sayings for each in said.statement.provisions)
