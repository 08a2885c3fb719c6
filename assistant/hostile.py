"""Instructions to machines inside a question or a document: found, and taken out so that the real question is left.

Nothing here makes the text safe to obey; no outside text is obeyed anywhere. It keeps an instruction from being read
as part of the question, and lets the reader know that it was set aside.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.hostile_patterns import MARKERS, hidden_orders, patterns, spaced_orders
from assistant.hostile_text import Plain, plain
from assistant.language import OPENERS
from assistant.models import Span
from assistant.words import fold

_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:stk|nr|jf|kap|pkt|par|ca|hr|fr|evt|bl|fx|dvs|osv|mv|inkl|tlf|no|sec|\w)|\.\w)\.$", re.IGNORECASE
)
_CUT = re.compile(
    r"\s*[:;,–—\n]\s*(?:(?:og|and|then|så|men|but)\s+)?|\s+-+\s+|\s+(?:og|and|then|så|men|but)\s+|-->\s*", re.IGNORECASE
)
_REQUESTS = frozenset(map(fold, ("fortæl", "forklar", "vis", "find", "tell", "explain", "vi", "jeg", "we")))
_LEADING = re.compile(
    r"^(?:[\s.,:;!\-–>)\]}\"'”]|(?:also|og|and|men|but|then|herefter|derefter|bagefter)\b[\s,]*)+", re.IGNORECASE
)
# Verbs whose imperative is also their infinitive, and who is asked about.
_INFINITIVE = re.compile(r"(?:se|overse|ignore|forget|disregard|override|bypass|overrule|neglect)\b", re.IGNORECASE)
_OWN_DOING = re.compile(
    r"\b(?:må|skal|kan|bør|vil|may|can|must|should|could|do)\s+(?:vi|jeg|man|kommune\w+|we|i|one|they|the)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 2


class Finding(NamedTuple):
    """An instruction to a machine: which kind, and where it stands in the text handed in."""

    kind: str
    span: Span


class Neutral(NamedTuple):
    """The text without instructions ("" when nothing else was in it), and what was found."""

    text: str
    findings: tuple[Finding, ...]


def find(text: str) -> tuple[Span, ...]:
    """Where instructions to machines stand in `text`, in order."""
    return tuple(finding.span for finding in _findings(plain(text)))


def neutralise(question: str) -> Neutral:
    """`question` without the clauses that hold instructions to machines; unchanged when there are none."""
    read = plain(question)
    findings = _findings(read)
    if not findings:
        return Neutral(question, ())
    marks = [read.reading(finding.span) for finding in findings if finding.kind in MARKERS]
    orders = [read.reading(finding.span) for finding in findings if finding.kind not in MARKERS]
    kept = [_left(read.text, sentence, marks, orders) for sentence in _sentences(read.text, marks, orders)]
    text = _LEADING.sub("", " ".join(part for part in kept if part)).strip(" ,;:–-")
    return Neutral(text if len(_WORD.findall(text)) >= _FEWEST_WORDS else "", findings)


@lru_cache(maxsize=1024)
def named_as_order(*names: str) -> bool:
    """Whether a document's title or file name is an instruction to a machine ("ignore_previous_instructions.txt")."""
    return any(find(" ".join(re.split(r"[\W_]+", name))) or find(name) for name in names)


def _findings(read: Plain) -> tuple[Finding, ...]:
    """All that the tables find in the plain reading, overlapping ones merged, with spans in the original text."""
    marks = [("encoded", span) for span in hidden_orders(read.text, _is_order)] + _matches(read.text, markers=True)
    text = read.text
    for _, span in marks:  # what stands in a marker is no order of its own, and behind one a clause begins
        text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    orders = [("spaced", span) for span in spaced_orders(text)] + _matches(text, markers=False)
    merged: list[tuple[str, Span]] = []
    for kind, span in sorted(marks + orders, key=lambda piece: (piece[1].start, -piece[1].end)):
        if merged and span.start < merged[-1][1].end:
            kept, first = merged[-1]
            merged[-1] = (kept, Span(first.start, max(first.end, span.end)))
        else:
            merged.append((kind, span))
    return tuple(Finding(kind, read.original(span)) for kind, span in merged)


def _matches(text: str, markers: bool) -> list[tuple[str, Span]]:
    """What the patterns of markers, or of orders, match in `text`."""
    return [
        (kind, Span(*match.span()))
        for kind, pattern, _ in patterns()
        if (kind in MARKERS) == markers
        for match in pattern.finditer(text)
        if not (kind == "ignore" and _is_asked(text, match))
    ]


def _is_order(text: str) -> bool:
    """Whether a decoded text holds an instruction; it is not decoded again."""
    return any(pattern.search(text) for _, pattern, _ in patterns())


def _is_asked(text: str, match: re.Match[str]) -> bool:
    """Whether the seeming imperative is an infinitive in a question: "Må vi, og skal vi, se bort fra ...?"."""
    head = _SENTENCE_END.split(text[: match.start()])[-1]
    return bool(_INFINITIVE.match(match.group()) and _OWN_DOING.search(head))


def _sentences(text: str, marks: list[Span], orders: list[Span]) -> list[Span]:
    """The sentences of `text`: a dot behind an abbreviation ends none, behind an order it does; markers stand alone."""
    ends = {place for mark in marks for place in mark} | {len(text)}
    ordered = {order.end for order in orders}
    for match in _SENTENCE_END.finditer(text):
        if match.group() != "." or match.start() in ordered or not _ABBREVIATION.search(text[: match.end()][-12:]):
            ends.add(match.end())
    places = sorted({0} | ends)
    return [Span(start, end) for start, end in pairwise(places)]


def _left(text: str, sentence: Span, marks: list[Span], orders: list[Span]) -> str:
    """What stays of one sentence: all of it, less its markers; or the question before or behind its orders."""
    mine = [span for span in orders if span.start < sentence.end and span.end > sentence.start]
    if not mine:
        return _without(text, sentence, marks)
    first, last = min(span.start for span in mine), max(span.end for span in mine)
    words = text[sentence.start : sentence.end]
    behind = _question_behind(text, min(last, sentence.end), sentence.end, words.rstrip().endswith("?"))
    if behind is not None:
        return _without(text, behind, marks)
    before = Span(sentence.start, max(first, sentence.start))
    return _without(text, before, marks) if _asks(text[before.start : before.end], _FEWEST_WORDS + 1) else ""


def _question_behind(text: str, start: int, end: int, asked: bool) -> Span | None:
    """The part behind the orders that is a question of its own: after a colon, comma or "og"."""
    for cut in _CUT.finditer(text, start, end):
        part = text[cut.end() : end]
        if _asks(part, _FEWEST_WORDS) or (
            asked and cut.group().strip() in {":", ";", "-->"} and len(_WORD.findall(part)) > _FEWEST_WORDS
        ):
            return Span(cut.end(), end)
    return None


def _asks(part: str, fewest: int) -> bool:
    """Whether the words begin as a question or request does, and are at least `fewest`."""
    words = [fold(word) for word in _WORD.findall(part)]
    return len(words) >= fewest and (words[0] in OPENERS or words[0] in _REQUESTS)


def _without(text: str, part: Span, marks: list[Span]) -> str:
    """The part's words without the markers that stand in it."""
    pieces, position = [], part.start
    for mark in marks:
        if mark.start < part.end and mark.end > position:
            pieces.append(text[position : max(mark.start, position)])
            position = min(mark.end, part.end)
    return " ".join("".join([*pieces, text[position : part.end]]).split())
