"""What a question names in so many words: provisions, laws, documents, times, municipalities; and where it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.dates import dates_named
from assistant.documents import Named, documents_in
from assistant.models import Span
from assistant.places import municipalities_in, places
from assistant.provision_laws import law_at
from assistant.provisions import label, laws_named, parse
from assistant.words import tokens

_WORD = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})(?:\2|[ -]+)(?=20[0-4]\d\b)")
_OF_YEAR = re.compile(r"\b(loven|vedtægten|aftalen) (?:fra|af) (20[0-4]\d)\b", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\b(efter|før|foer|inden|den|d\.|after|before|prior to|the|on)\W+$", re.IGNORECASE)


_SINCE = frozenset("fra siden efter from since after".split())
_UNTIL = frozenset("til indtil inden før foer senest until till before by".split())
_EITHER = re.compile(r"\b(eller|or)\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTH = re.compile(r"\b(?P<short>jan|feb|febr|apr|aug|sep|sept|okt|oct|nov|dec)\b\.?(?= ?20[0-4]\d)", re.IGNORECASE)
_COMMUNE = re.compile(r"\W*\bkommunes?\b|\W*\bmunicipality\b", re.IGNORECASE)


class Facts(NamedTuple):
    """Each as text, in the order of the question; what differs in any of them is another question."""

    provisions: tuple[str, ...]
    laws: tuple[str, ...]
    documents: tuple[str, ...]
    times: tuple[str, ...]
    municipalities: tuple[str, ...]


class Told(NamedTuple):
    """The facts of a text, and the text with spaces where they stand."""

    facts: Facts
    rest: str


def facts_in(text: str, kinds: frozenset[str]) -> Told:
    """What `text` names. `kinds` are the kinds of document at hand."""
    text = _OF_YEAR.sub(r"\2-\1", _MONTH.sub(_in_full, _PIECES.sub(_by_name, text)))
    laws = laws_named(text)
    mentions = parse(text, laws[0] if len(laws) == 1 else "")
    spans = [mention.span for mention in mentions]
    bare = [_without_its_plan(span, text) for span in spans]
    provisions = [label(each) for mention in mentions for each in mention.provisions]
    provisions += ["eller" for each in spans if _EITHER.search(text[each.start : each.end])]
    named = [each for each in documents_in(text, kinds) if _told_apart(each) and not _within(each.span, spans)]
    spans += [each.span for each in named]
    dated = [each for each in dates_named(text) if not _within(each.span, spans)]
    times = [f"{_side(each.span, text)}{each.first.isoformat()}/{each.last.isoformat()}" for each in dated]
    spans += [_with_its_word(each.span, text) for each in dated]
    found = list(_laws(text, spans))
    spans += [span for _, span in found]
    placed = {each.law for mention in mentions for each in mention.provisions}
    alone = [key for key, _ in found if key not in placed]
    municipalities = municipalities_in(text)
    spans += _places(text, municipalities)
    spans = bare + spans[len(bare) :]
    facts = Facts(
        tuple(dict.fromkeys(provisions)),
        tuple(dict.fromkeys(alone)),
        tuple(dict.fromkeys(document for each in named for document in _documents(each, text))),
        tuple(dict.fromkeys(times)),
        municipalities,
    )
    return Told(facts, _blanked(text, spans))


def _by_name(match: re.Match[str]) -> str:
    """The beginning of a date in figures ("20/12 2017") with the month by its name."""
    month = int(match[3])
    name = next((name for name, number in places().months.items() if number == month), "")
    return f"{int(match[1])}. {name} " if name else match.group()


def _in_full(match: re.Match[str]) -> str:
    """The name of a month that is cut short."""
    short = match["short"].lower()[:3]
    return next((name for name in places().months if len(name) > 4 and name.startswith(short)), match.group())


def _without_its_plan(span: Span, text: str) -> Span:
    """A provision without the word that hangs on it by a hyphen ("§ 140-planen"), which is a word as others are."""
    word = re.search(r"-(?=[^\W\d_]{4,}$)", text[span.start : span.end])
    return Span(span.start, span.start + word.start()) if word else span


def _within(span: Span, spans: list[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in spans)


def _side(span: Span, text: str) -> str:
    """ "<" for up to a time, ">" for from it on, "" for in it."""
    word = re.search(r"(\w+)( og med)?( den| d\.| the)?\W*$", text[: span.start].lower())
    said = word[1] if word else ""
    return ">" if said in _SINCE else "<" if said in _UNTIL else ""


def _with_its_word(span: Span, text: str) -> Span:
    """The span of a time with "efter" or "den" before it, which it has been read with."""
    start = span.start
    while found := _BEFORE_DATE.search(text[:start]):
        start = found.start()
    return Span(start, span.end)


def _told_apart(named: Named) -> bool:
    """Whether a document is named by its date, its sender or its place in a row; else its words tell as others do."""
    return bool(named.years or named.months or named.order or named.senders)


def _documents(named: Named, text: str) -> Iterator[str]:
    """The documents as named, one for each year; "list" or "lists" is a difference only where no year tells."""
    days = _DAY.findall(text[named.span.start : named.span.end])
    plural = "s" if named.plural and not named.years else ""
    for year in named.years or ("",):
        parts = (*named.kinds, str(year), *(f"m{each}" for each in named.months), *(f"d{each}" for each in days))
        yield " ".join([*parts, named.order, *named.senders, plural]).strip()


def _laws(text: str, spans: list[Span]) -> Iterator[tuple[str, Span]]:
    """Laws named without a provision of theirs, or beside it ("(SEL)")."""
    end = 0
    for word in _WORD.finditer(text):
        law = law_at(text, word.start()) if word.start() >= end else None
        if not law or not law.key or (law.short and not word.group()[:2].isupper()):
            continue
        span = Span(word.start(), law.end)
        if not _within(span, spans):
            yield law.key, span
        end = law.end


def _places(text: str, municipalities: tuple[str, ...]) -> list[Span]:
    names = {token.word.removesuffix("s") for name in municipalities for token in tokens(name)}
    found = [Span(word.start, word.end) for word in tokens(text) if names and word.word.removesuffix("s") in names]
    called = [_COMMUNE.match(text, span.end) for span in found]
    return [Span(span.start, match.end() if match else span.end) for span, match in zip(found, called, strict=True)]


def _blanked(text: str, spans: list[Span]) -> str:
    """The text with spaces in place of each span; its length stays."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def month_names() -> frozenset[str]:
    """The months' names, folded."""
    return frozenset(places().months)
