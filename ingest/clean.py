"""Reading text: what a document says once the damage of its making is repaired, with a map back to the source.

Repaired are emphasis marks, tags, links, escapes, line ends, hyphenation and broken characters. The raw text is
never altered: every range of the reading text leads back to the verbatim source behind it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from assistant.models import Span

# A hyphen before one of these is part of a shared word ("job- eller beskæftigelsesperspektiv"), not a line end's.
SUSPENDED = ("og", "eller", "samt", "og/eller", "til", "som", "men", "and", "or")

ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&nbsp;": " "}
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}

_TOKEN = re.compile(
    r"""
      (?P<run>[^\W_\u0300-\u036fﬀ-ﬄ⁰¹²³⁴-⁹]+(?![\u0300-\u036f]))
    | (?P<escape>\\[\\`*_{}\[\]()\#+\-.!|<>~])
    | (?P<note>(?<=[^\W\d_]{3})<sup>\s*\d{1,2}\)?\s*</sup>|(?<=[.,;:!?)])<sup>\s*\d{1,2}\)?\s*</sup>|\[\^\w+\]
      |(?<=[^\W\d_⁰¹²³⁴-⁹]{3})[⁰¹²³⁴-⁹]+\)?)
    | <(?P<auto>https?://[^>\s]+|[^<>\s@]+@[^<>\s@]+)>
    | (?P<break><br\s*/?>)
    | (?P<tag></?[A-Za-z][^<>]*>|<!--.*?-->)
    | !?\[(?P<link>(?:[^\[\]\\]|\\.)+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\)
    | (?P<entity>&(?:amp|lt|gt|quot|apos|nbsp|\#39);)
    | (?P<hyphen>(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w))
    | (?P<soft>\u00ad|[\u200b-\u200d\u2060\ufeff])
    | (?P<stars>\*+|`+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))
    | (?P<space>\s+)
    | (?P<composed>.[\u0300-\u036f]+|[ﬀﬁﬂﬃﬄ])
    | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# A hyphen in a web address is its own: "borgere-har-" / "brug-for".
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$|\w/\S*\w/\S*$")
LOOK_BACK = 200
_WORD = re.compile(r"\w")
_FIRST_WORD = re.compile(r"[\w/]+")


class Glyph(NamedTuple):
    """A character of the reading text and the half-open source range that it stands for (empty: inserted).

    A mark of emphasis that was taken out is a glyph without a character, so that quotes can keep it in pairs.
    """

    char: str
    start: int
    end: int


@dataclass(frozen=True)
class Clean:
    """Reading text; character i stands for source[offsets[i]:ends[i]], an empty range where it was inserted.

    `breaks` are the indices in the text before which the source holds other words (a page header, another cell).
    `marks` are the ranges of the marks of emphasis and links that were taken out.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...] = field(repr=False)
    breaks: tuple[int, ...] = ()
    marks: tuple[Span, ...] = field(default=(), repr=False)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Raw spans behind text[start:end], in reading order; () when it holds white space alone."""
        cuts = [start, *(cut for cut in self.breaks if start < cut < end), end]
        found = (self._span(left, right) for left, right in pairwise(cuts))
        return tuple(span for span in found if span is not None)

    def _span(self, start: int, end: int) -> Span | None:
        while start < end and self._hollow(start):
            start += 1
        while start < end and self._hollow(end - 1):
            end -= 1
        return self._paired(Span(self.offsets[start], self.ends[end - 1])) if start < end else None

    def _paired(self, span: Span) -> Span:
        """The range with the mark beside it that pairs the one inside, so that "*ikke* givet" keeps both stars."""
        inside = sum(span.start <= mark.start and mark.end <= span.end for mark in self.marks)
        if inside % 2 == 0:
            return span
        before = next((mark for mark in self.marks if mark.end == span.start), None)
        after = next((mark for mark in self.marks if mark.start == span.end), None)
        return Span(before.start, span.end) if before else Span(span.start, after.end) if after else span

    def _hollow(self, index: int) -> bool:
        return self.text[index].isspace() or self.ends[index] == self.offsets[index]

    def cut(self, start: int, end: int) -> Clean:
        """The part text[start:end], stripped of white space around it."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        breaks = tuple(at - start for at in self.breaks if start < at < end)
        return Clean(self.text[start:end], self.offsets[start:end], self.ends[start:end], breaks, self.marks)


EMPTY = Clean("", (), ())


def clean(source: str, spans: Iterable[Span], joiner: str = " ") -> Clean:
    """The reading text of the given ranges of `source`, in the order given, joined as `concat` does."""
    return concat(source, [_clean_range(source, span) for span in spans], joiner)


def concat(source: str, parts: Sequence[Clean], joiner: str = " ") -> Clean:
    """One reading text of several: a word hyphenated over two parts is whole again, else `joiner` stands between."""
    glyphs: list[Glyph] = []
    breaks: list[int] = []
    for part in parts:
        if not part.text:
            continue
        if glyphs:
            _join(glyphs, part, joiner)
            if _words_between(source, glyphs, part.offsets[0]):
                breaks.append(len(glyphs))
        breaks.extend(len(glyphs) + at for at in part.breaks)
        glyphs.extend(map(Glyph, part.text, part.offsets, part.ends))
    return _assemble(glyphs, tuple(breaks), tuple(mark for part in parts for mark in part.marks))


def _join(glyphs: list[Glyph], part: Clean, joiner: str) -> None:
    """Put `joiner` after `glyphs`, or take their last hyphen away where `part` goes on with the word."""
    repaired = _unhyphenated("".join(glyph.char for glyph in glyphs[-LOOK_BACK:]), part.text)
    at = glyphs[-1].end
    if repaired == "":
        # The letter before the hyphen stands for both, so that a quote that ends there keeps the hyphen.
        glyphs.pop()
        glyphs[-1] = glyphs[-1]._replace(end=at)
    elif repaired is None:
        glyphs.extend(Glyph(char, at, at) for char in joiner)


def _unhyphenated(left: str, right: str) -> str | None:
    """What stands for the hyphen that ends `left` before `right`: "" nothing, "-" itself, None if they are apart."""
    if len(left) < 2 or left[-1] not in "-\u00ad\u2010" or not right[:1].isalnum():
        return None
    word = _FIRST_WORD.match(right)
    if word is None or word.group().lower() in SUSPENDED:
        return None
    in_address = _ADDRESS.search(left)
    return "" if left[-2].islower() and right[0].islower() and not in_address else "-"


def _words_between(source: str, glyphs: Sequence[Glyph], start: int) -> bool:
    end = glyphs[-1].end
    return start < end or bool(_WORD.search(source, end, start))


def _assemble(glyphs: Sequence[Glyph], breaks: tuple[int, ...] = (), marks: tuple[Span, ...] = ()) -> Clean:
    if not glyphs:
        return EMPTY
    chars, starts, ends = zip(*glyphs, strict=True)
    return Clean("".join(chars), starts, ends, breaks, marks)


def _clean_range(source: str, span: Span) -> Clean:
    found = _glyphs(source, span)
    marks = tuple(Span(glyph.start, glyph.end) for glyph in found if not glyph.char)
    glyphs = _single_spaced(glyph for glyph in found if glyph.char)
    while glyphs and glyphs[-1].char == " ":
        glyphs.pop()
    first = next((i for i, glyph in enumerate(glyphs) if glyph.char != " "), len(glyphs))
    return _assemble(glyphs[first:], marks=marks)


def _single_spaced(glyphs: Iterable[Glyph]) -> list[Glyph]:
    found: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char != " " or not found or found[-1].char != " ":
            found.append(glyph)
    return found


def _glyphs(source: str, span: Span) -> list[Glyph]:
    """Characters of the reading text and the marks between them, in the order of the source."""
    found: list[Glyph] = []
    for token in _TOKEN.finditer(source, span.start, span.end):
        found.extend(_READERS[token.lastgroup or "run"](source, token, span.end))
    return found


def _as_it_stands(_source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    kind = token.lastgroup or "run"
    return _verbatim(token[kind], token.start(kind))


def _space(_source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    return [Glyph(" ", token.start(), token.end())]


def _nothing(_source: str, _token: re.Match[str], _limit: int) -> list[Glyph]:
    return []


def _mark(_source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    return [Glyph("", token.start(), token.end())]


def _escaped(_source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    return [Glyph(token.group()[1], token.start() + 1, token.end())]


def _link(source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    """A link's text; its address is a mark."""
    text = Span(token.start("link"), token.end("link"))
    return [Glyph("", token.start(), text.start), *_glyphs(source, text), Glyph("", text.end, token.end())]


def _replaced(_source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    """An entity, a ligature or a letter with its accent apart, as the letters that it stands for."""
    group = token.group()
    letters = ENTITIES.get(group) or LIGATURES.get(group) or unicodedata.normalize("NFC", group)
    return [Glyph(char, token.start(), token.end()) for char in letters]


def _line_end(source: str, token: re.Match[str], limit: int) -> list[Glyph]:
    """A hyphen at a line's end: gone inside a word, kept alone before capitals and digits, with its space if shared."""
    start = token.start()
    repaired = _unhyphenated(source[max(0, start - LOOK_BACK) : start] + "-", source[token.end() : limit])
    if repaired is None:
        return [Glyph("-", start, start + 1), Glyph(" ", start + 1, token.end())]
    return [Glyph("-", start, start + 1)] if repaired else []


def _soft(source: str, token: re.Match[str], _limit: int) -> list[Glyph]:
    """A soft hyphen is nothing inside a word, but some PDF writers use it for the real one ("02\u00ad0004")."""
    before, after = _around(source, token)
    real = token.group() == "\u00ad" and before.isalnum() and not (before.isalpha() and after.isalpha())
    return [Glyph("-", token.start(), token.end())] if real else []


def _stars(source: str, token: re.Match[str], limit: int) -> list[Glyph]:
    """Emphasis is a mark; a star between spaces or digits is a star."""
    before, after = _around(source, token)
    literal = (before.isspace() and after.isspace()) or (before.isdigit() and after.isdigit())
    return (_as_it_stands if literal and token.group()[0] == "*" else _mark)(source, token, limit)


def _around(source: str, token: re.Match[str]) -> tuple[str, str]:
    return source[max(0, token.start() - 1) : token.start()], source[token.end() : token.end() + 1]


def _verbatim(text: str, start: int) -> list[Glyph]:
    end = start + len(text)
    return list(map(Glyph, text, range(start, end), range(start + 1, end + 1)))


# What each kind of token of _TOKEN leaves in the reading text.
_READERS: Mapping[str, Callable[[str, re.Match[str], int], list[Glyph]]] = {
    "run": _as_it_stands,
    "plain": _as_it_stands,
    "auto": _as_it_stands,
    "escape": _escaped,
    "note": _nothing,
    "break": _space,
    "space": _space,
    "tag": _mark,
    "stars": _stars,
    "link": _link,
    "entity": _replaced,
    "composed": _replaced,
    "hyphen": _line_end,
    "soft": _soft,
}
