"""The quotes of a module as the proof of a question."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.learning.modules import module
from assistant.learning.modules.binding import BoundModule
from assistant.learning.quiz.question import Quote
from assistant.models import Citation


def cited(bound: BoundModule, quotes: Iterable[module.Quote]) -> tuple[Quote, ...]:
    """These quotes of a module where they stand now; without those that stand nowhere."""
    return tuple(quote_of(each.citation) for each in bound.of(quotes) if each.citation)


def quote_of(citation: Citation) -> Quote:
    """A citation's words and place."""
    return Quote(citation.source_id, citation.start, citation.end, citation.quote)
