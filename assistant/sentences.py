"""Sentences of a Danish or English text, with their places."""

from __future__ import annotations

import re

from assistant.models import Span
from assistant.words import commonness, spell

# Abbreviations whose full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    [
        "bl.a",
        "f.eks",
        "eks",
        "fx",
        "jf",
        "mv",
        "m.v",
        "m.m",
        "mm",
        "osv",
        "etc",
        "ca",
        "nr",
        "stk",
        "kap",
        "pkt",
        "par",
        "ang",
        "vedr",
        "mhp",
        "pga",
        "pr",
        "bevl",
        "forv",
        "ift",
        "iht",
        "inkl",
        "ekskl",
        "evt",
        "hhv",
        "tlf",
        "d",
        "dvs",
        "dr",
        "fr",
        "hr",
        "kl",
        "kr",
        "ml",
        "max",
        "min",
        "pct",
        "pt",
        "p.t",
        "kat",
        "bl",
        "afsnit",
        "art",
        "sagsnr",
        "doknr",
        "ph",
        "prof",
        "ref",
        "resp",
        "s",
        "st",
        "sek",
        "skt",
        "tlf",
        "vha",
        "e.g",
        "i.e",
        "no",
        "sec",
        "dok",
        "j.nr",
        "jnr",
        "journalnr",
        "lbk",
        "bek",
        "cirk",
        "vejl",
        "litra",
        "min",
        "maks",
        "jvf",
        "sml",
    ]
)
# Abbreviations that also stand at a sentence's end, where a capital follows ("... 412.000 kr. Ved fristens udløb").
_AT_AN_END = frozenset("kr mv m.v m.m mm osv etc pct".split())
_END = re.compile(r"[.!?…][\"”’»)\]*_]*(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.]+$")
# In everyday writing a sentence may begin small. After a number ("kat. 3. skal vi", but "3. gang") only with a word
# that opens a sentence.
_OPENS = re.compile(
    r"(må|maa|kan|skal|behøver|behoever|slipper|er|har|gælder|hvad|hvor|hvem|hvornår|hvordan|hvorfor|hvilke|hun|han|vi|jeg|"
    r"det|der|may|can|must|do|does|is|are|what|how|who|when|why|which|he|she|we|i|it)\b",
    re.IGNORECASE,
)
_NO_ABBREVIATION = 2.5


def sentences(text: str, everyday: bool = False) -> tuple[Span, ...]:
    """Ranges of `text`, one a sentence, without the white space around it; nothing but white space is left out.

    In `everyday` writing a sentence may begin with a small letter ("hun har én plan. må vi droppe den? haster").
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match) or (everyday and _ends_small(text, match)):
            found.append(_trim(text, start, match.end()))
            start = match.end()
    found.append(_trim(text, start, len(text)))
    return tuple(span for span in found if span.start < span.end)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, and not before a small letter."""
    following = text[match.end() :].lstrip()
    if not following:
        return True
    if following[0].islower() or following[0] in ",;:)":
        return False
    if match.group()[0] != ".":
        return True
    before = _LAST_WORD.search(text[: match.start()])
    word = before.group().lower().lstrip(".") if before else ""
    if re.search(r"\d ?[a-zæøå]$", text[: match.start()]):
        return True  # the letter of a provision: "96 c."
    if word in _AT_AN_END and following[0].isupper():
        return True
    return not (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()))


def _ends_small(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends before a small letter: after a question, and after a word that is no abbreviation."""
    following = text[match.end() :].lstrip()
    if not following or not following[0].isalpha():
        return False
    if match.group()[0] != ".":
        return True
    before = _LAST_WORD.search(text[: match.start()])
    word = before.group().lower() if before else ""
    if word.isdecimal():
        return bool(_OPENS.match(following))
    return word not in _ABBREVIATIONS and len(word) > 1 and commonness(spell(word)) >= _NO_ABBREVIATION


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
