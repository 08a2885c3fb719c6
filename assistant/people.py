"""People: a child told by age or family ("den 12-årige", "drengens") is "barnet" or "den unge", as documents say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from assistant.models import Language
from assistant.words import TABLES, fold, tokens

_OF_AGE, _YOUNG = 18, 15
_WORD = r"[^\W\d_]+"
# What a number behind a person counts is no age: "en borger 3 gange".
_COUNTS = (
    r"(?!\s*(?:[-–/:.,]\s?\d|%|gange|timer|kr|uger|m[åa]ned|mdr|dage|m[øo]der|samtaler|times|hours|weeks|months|days))"
)
_AGED = re.compile(
    rf"\b(?P<who>{_WORD}),?(?P<of> p[åa]| of| aged| is| er| er lige fyldt| fyldt)?,? (?P<age>\d{{1,2}})\b"
    rf"(?:\s?[åa]a?r\b| years?(?: old)?\b)?{_COUNTS}",
    re.IGNORECASE,
)
_YEARS_OLD = re.compile(
    r"\b(?:(?P<the>den|det|en|et|the|a|an) )?(?P<age>\d{1,2})"
    r"(?:[- ]?(?:[åa]a?rige?(?P<own>s)?|[åa]a?rs)\b|[- ]years?[- ]old(?P<owns>['’]s)?)"
    rf"(?: (?P<who>{_WORD})\b)?",
    re.IGNORECASE,
)
_GENITIVE = re.compile(rf"\b(?P<who>{_WORD}?)(?P<s>['’]?s)(?: (?:egen|eget|egne|own))?(?= )", re.IGNORECASE)
_THEIR_PLAN = re.compile(
    r"\b(?P<whose>hans|hendes|his|her)(?: egen| own)?(?= (?:[\w§]+[ -])?(?:handle)?plan)", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with (TABLES / "people.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=16)
def _words(part: str, name: str) -> frozenset[str]:
    return frozenset(_table()[part][name].split())


def people_named(text: str, language: Language) -> str:
    """`text` with children as the documents name them, and without the ages of single persons, which are no topic."""
    said = _Named(language)
    text = _YEARS_OLD.sub(said.years_old, text)
    text = _AGED.sub(said.aged, text)
    text = _GENITIVE.sub(said.genitive, text)
    said.others = frozenset(word.word for word in tokens(text))
    return _THEIR_PLAN.sub(said.their_plan, text) if said.child else text


class _Named:
    """The words to put for one text; `child` once it has named one."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words: Mapping[str, Any] = _table()["as"]
        self.child = False
        self.others: frozenset[str] = frozenset()

    def aged(self, match: re.Match[str]) -> str:
        """ "pige 9" is "barn", "kvinde 42" is "kvinde"; other words with a number stay."""
        who, age = fold(match["who"]), int(match["age"])
        if who in _words("child", self.language):
            return self._child(age) if age < _OF_AGE else self.words[self.language][1]
        named = match["who"][0].isupper() and bool(re.match(r" p[åa] ", match.string[match.end() :]))
        return match["who"] if who in _words("adult", self.language) or named else match.group()

    def years_old(self, match: re.Match[str]) -> str:
        """ "den 12-årige" is "barnet"; of a grown person the age goes."""
        age, who = int(match["age"]), match["who"] or ""
        the = f"{match['the']} " if match["the"] else ""
        rest = "" if fold(who) in _words("child", self.language) else f" {who}" if who else ""
        if age >= _OF_AGE:
            return f"{the}{'borger' if self.language == 'da' else 'person'}{rest or (' ' + who if who else '')}"
        if match["own"] or match["owns"]:
            return f"{self.words[self.language][2]}{rest}"
        if self.language == "da" and fold(the) in ("den ", "det "):
            self.child = True
            return f"{'barnet' if age < _YOUNG else 'den unge'}{rest}"
        return f"{the}{self._child(age)}{rest}"

    def genitive(self, match: re.Match[str]) -> str:
        """ "drengens egen plan" is "barnets plan"."""
        who = fold(match["who"])
        if who not in _words("child", "male") | _words("child", "female"):
            return match.group()
        self.child = True
        return str(self.words[self.language][2]).removeprefix("the ")

    def their_plan(self, match: re.Match[str]) -> str:
        """ "hans egen handleplan", where no grown person can be meant, is "barnets handleplan"."""
        other = "female" if fold(match["whose"]) in ("hans", "his") else "male"
        grown = (_words("adult", "da") | _words("adult", "en")) - _words("adult", other)
        return match.group() if grown & self.others else str(self.words[self.language][2])

    def _child(self, age: int) -> str:
        self.child = True
        return str(self.words[self.language][0 if age < _YOUNG else 1])
