"""Provisions written without their sign: "13b stk 1", "planen efter 140", "73 a i beskæftigelsesloven", "(30 a)"."""

from __future__ import annotations

import re

from assistant.models import Language
from assistant.provision_laws import law_at

_NUMBER = r"\d{1,3}(?:\s?[a-h](?![^\W_]))?"
# What a bare number may follow: no sign, law, other number or unit of its own ("kapitel 12 a", "kat. 3", "stk. 2").
_BEFORE = (
    r"(?<![§\d.,/-])(?<!§ )(?<!kap )(?<!kap\. )(?<!kapitel )(?<!stk )(?<!stk\. )(?<!nr )(?<!nr\. )(?<!bilag )"
    r"(?<!chapter )(?<!section )(?<!sections )(?<!paragraf )(?<!paragrafferne )(?<![A-ZÆØÅ]{3} )\b"
)
_WITH_STK = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER})(?=,?\s*stk\b)", re.IGNORECASE)
_LETTERED = re.compile(rf"{_BEFORE}(?P<number>\d{{1,3}}\s?[a-h])(?![^\W_])(?!\s*[-–]\s*\d)", re.IGNORECASE)
_JOINED = re.compile(rf"{_BEFORE}(?P<number>\d{{1,3}}[a-h])(?![^\W_])", re.IGNORECASE)
_AFTER_PLAN = re.compile(
    r"(?i)(?:plan\w*|regl\w*|bestemmels\w*|krav\w*|tilbud\w*|samtal\w*) (?:efter|under|fra|jf\.?|i) "
    rf"(?P<number>{_NUMBER})"
    r"(?!\w|\s*(?:[åa]a?r|dage|uger|m[åa]ned|mdr|gange|kr|timer|years|days|weeks|months|%|"
    r"\.\s?\w+ber|\. \w+ar|\. (?-i:[a-zæøå])))"
)
_OF_LAW = re.compile(
    rf"{_BEFORE}(?P<number>{_NUMBER})(?:(?: ?[-–] ?| til | to ){_NUMBER})? "
    r"(?:i|efter|af|in|of|under) (?:the |den |lov )?",
    re.IGNORECASE,
)


def signed(text: str, language: Language) -> str:
    """`text` with a § before the numbers that can only be provisions; where none are, the text as it is."""
    starts = {match.start("number") for pattern in _patterns(language) for match in pattern.finditer(text)}
    starts |= {match.start("number") for match in _OF_LAW.finditer(text) if law_at(text, match.end())}
    for start in sorted(starts, reverse=True):
        if not re.search(r"(?i)(§|\bkap\w*|chapters?|sections?)[\w\s,.–-]*$", text[max(0, start - 40) : start]):
            text = f"{text[:start]}§ {text[start:]}"
    return text


def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    """In English a number and "a" are apart ("30 a week"), so only "30a" is one."""
    return (_WITH_STK, _AFTER_PLAN, _LETTERED if language == "da" else _JOINED)
