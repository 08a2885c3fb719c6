"""Where the quotes of the modules stand in the documents of now, and what has become of those that no longer do.

A quote stands when its words stand in its document, white space and emphasis marks aside, and the passage around them
is as it was when an author last read it: the same words under the same headings, with the same kind and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from assistant.learning.modules.module import Module, Quote
from assistant.learning.modules.noted import Noted
from assistant.models import Citation, Passage, Source, Span
from assistant.provisions import label
from assistant.record.affected import Approved, Comparison, Finding
from assistant.record.corpora import Corpus
from assistant.record.standing import passage_at, placed
from assistant.store import Store

# Why a quote is not taught as current: as of an approved answer, or its words were never in the document.
Flag = Literal["", "changed", "moved", "removed", "missing"]
_EMPHASIS = r"\*|</?(?:i|b|em|strong|u|sup|sub)>"
_TOKEN = re.compile(r"[^\W_]+|\S")


class Bound(NamedTuple):
    """A quote of a module as the documents have it now.

    `citation` is where its words stand, None where they do not. `flag` says why it is not current, "" when it is;
    `found` what has become of its passage, and `newer` which documents have come that say something of the same.
    """

    quote: Quote
    citation: Citation | None
    flag: Flag = ""
    found: Finding | None = None
    newer: tuple[Finding, ...] = ()


class BoundModule(NamedTuple):
    """A module with each of its quotes bound."""

    module: Module
    bound: Mapping[Quote, Bound]

    def of(self, quotes: Iterable[Quote]) -> tuple[Bound, ...]:
        """These quotes of the module as they are bound."""
        return tuple(self.bound[quote] for quote in quotes)

    def stands(self, quotes: Iterable[Quote]) -> bool:
        """Whether all of these quotes are current."""
        return not any(each.flag for each in self.of(quotes))

    @property
    def flagged(self) -> tuple[Bound, ...]:
        """The quotes that are not current, in the order of the module."""
        return tuple(each for each in self.bound.values() if each.flag)

    @property
    def newer(self) -> tuple[Finding, ...]:
        """The documents that have come and bear on what the module teaches, each once."""
        found = {each.new.source_id: each for bound in self.bound.values() for each in bound.newer}
        return tuple(found.values())


def bind(
    modules: Sequence[Module], store: Store, noted: Noted | None = None, network: str = ""
) -> tuple[BoundModule, ...]:
    """The modules with each quote as the store's documents have it. `noted` is where the quotes stood when an author
    last read them (None: that is not known, and a quote is current when its words stand in its document)."""
    binder = _Binder(store, noted or Noted(), network)
    return tuple(BoundModule(module, {quote: binder.bound(quote) for quote in module.quotes}) for module in modules)


class _Binder:
    """Binds quotes to the documents of one store; a quote that several modules use is looked for once."""

    def __init__(self, store: Store, noted: Noted, network: str) -> None:
        self._store = store
        self._noted = noted
        self._network = network
        self._comparison = Comparison(Corpus(store), noted.held)
        self._known: dict[Quote, Bound] = {}

    def bound(self, quote: Quote) -> Bound:
        """The quote as it is now."""
        if quote not in self._known:
            self._known[quote] = self._bound(quote)
        return self._known[quote]

    def _bound(self, quote: Quote) -> Bound:
        stands = locate(quote, self._store)
        citation, then = stands and stands.citation, self._noted.citation(quote)
        if then is None or (stands and _alone(then)):
            return Bound(quote, citation, "" if citation else "missing")
        if stands:  # the words as they stand now: a line broken elsewhere is no change
            then = replace(then, quote=stands.inside)
        findings = self._comparison.findings(Approved("", self._network, (then,)))
        lost = next((each for each in findings if each.cause != "newer"), None)
        newer = tuple(each for each in findings if each.cause == "newer")
        return Bound(quote, citation, _flag(lost, citation), lost, newer)


def _alone(citation: Citation) -> bool:
    """Whether the words stood in no passage, as headings do, and have no surroundings that could change."""
    return not citation.section and citation.passage == citation.quote


def _flag(lost: Finding | None, citation: Citation | None) -> Flag:
    if lost is None:
        return "" if citation else "missing"
    return "changed" if lost.cause == "newer" else lost.cause


class Located(NamedTuple):
    """Where a quote stands, and what of it stands inside the one passage that its surroundings are told by."""

    citation: Citation
    inside: str


def locate(quote: Quote, store: Store) -> Located | None:
    """Where the quote stands in its document, with the words as they stand there; None where it does not.

    Words that stand several times are taken where a passage holds them, and there the first time.
    """
    source = store.sources.get(quote.source_id)
    if source is None:
        return None
    text = store.source_text(source.id)
    spans = [Span(*match.span()) for match in _pattern(quote.words).finditer(text)]
    if not spans:
        return None
    span = next((each for each in spans if passage_at(source.id, each, store)), spans[0])
    passage = passage_at(source.id, span, store) or _last_in(source.id, span, store)
    inside = _inside(passage, span) if passage else span
    return Located(_citation(source, text, span, passage, store), text[inside.start : inside.end])


def _last_in(source_id: str, span: Span, store: Store) -> Passage | None:
    """The last passage that words going over several end in; None for words outside all, as headings are."""
    met = (each for each in store.passages.values() if each.source_id == source_id and _meets(each, span))
    return max(met, key=lambda each: each.order, default=None)


def _meets(passage: Passage, span: Span) -> bool:
    return any(each.start < span.end and span.start < each.end for each in passage.spans)


def _inside(passage: Passage, span: Span) -> Span:
    """The words of a stretch that are the passage's own, from the first to the last."""
    start, end = min(each.start for each in passage.spans), max(each.end for each in passage.spans)
    return Span(max(span.start, start), min(span.end, end))


def _citation(source: Source, text: str, span: Span, passage: Passage | None, store: Store) -> Citation:
    plain = Citation(
        n=0,
        source_id=source.id,
        title=source.title,
        kind=source.kind,
        date=source.date,
        network=source.network,
        section="",
        page=None,
        provisions=tuple(_provisions(passage, span)),
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        passage=text[span.start : span.end],
    )
    return placed(plain, passage, store) if passage else plain


def _provisions(passage: Passage | None, span: Span) -> Iterator[str]:
    """The provisions that the quoted statements of a passage name, each once."""
    statements = passage.statements if passage else ()
    quoted = (each for each in statements if any(s.start < span.end and span.start < s.end for s in each.spans))
    yield from dict.fromkeys(label(provision) for each in quoted for provision in each.provisions)


def _pattern(words: str) -> re.Pattern[str]:
    """The words one after the other: white space where the quote has some, and emphasis marks anywhere."""
    pieces = re.sub(_EMPHASIS, "", words, flags=re.IGNORECASE).split()
    marked = [rf"(?:{_EMPHASIS})*".join(map(re.escape, _TOKEN.findall(piece))) for piece in pieces]
    return re.compile(rf"(?:\s|{_EMPHASIS})+".join(marked))
