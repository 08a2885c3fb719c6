"""Amounts: figures with a unit in a question ("7.000 kr."), held against a rule's limits ("under 10.000 kr.")."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.figures import number_of
from assistant.frames import fold_text
from assistant.sentences import sentences

_PARTS = {"halvandet": 1.5, "halvanden": 1.5, "half a": 0.5, "half an": 0.5, "et halvt": 0.5, "en halv": 0.5}
_PARTS |= {"trekvart": 0.75, "three quarters of a": 0.75, "a couple of": 2.0, "et par": 2.0}
_TENS = {
    word: number
    for number, words in (
        (30, "tredive thirty"), (40, "fyrre forty"), (50, "halvtreds fifty"), (60, "tres sixty"),
        (70, "halvfjerds seventy"), (80, "firs eighty"), (90, "halvfems ninety"), (100, "hundrede hundred"),
    )
    for word in words.split()
}  # fmt: skip
_YEAR = 365.0
# What a unit measures and how many of its kind's smallest it holds. A working day is as long as any.
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"kr\b|kroner\b|dkk\b|kroners\b", "money", 1.0),
    (r"t\b(?=/| om|\.? ugentlig| a week)|timers?\b|hours?\b|hrs?\b", "hours", 1.0),
    (r"minutter\b|minutes?\b|min\b", "hours", 1 / 60),
    (r"dages?\b|dags\b|dag\b|hverdages?\b|arbejdsdages?\b|dogn\b|days?\b|nights?\b", "time", 1.0),
    (r"ugers?\b|uge\b|weeks?\b", "time", 7.0),
    (r"maneders?\b|maned\b|mdr?s?\b|months?\b", "time", 30.0),
    (r"ars?\b|years?\b", "time", _YEAR),
    (r"procent\b|%|percent\b", "share", 1.0),
    (r"meters?\b|metres?\b|m\b", "length", 1.0),
    (r"km\b|kilometers?\b|kilometres?\b", "length", 1000.0),
    (r"kvadratmeter\b|kvm\b|m2\b", "area", 1.0),
)
_NUMBER = (
    r"(?:\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+)(?:[.,]\d{1,2}(?!\d))?|"
    + "|".join(sorted((*_PARTS, *_TENS), key=len, reverse=True))
    + r"|(?:en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten"
    r"|tyve|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|an|a)"
)
_AMOUNT = re.compile(
    rf"(?<![\w§.,])(?P<number>{_NUMBER})(?P<half> (?:og en )?halv[et]?t?| and a half)?"
    r"[- ]?(?:hele? |fulde |full |whole )?(?:"
    + "|".join(f"(?P<u{place}>{unit})" for place, (unit, _, _) in enumerate(_UNITS))
    + ")"
)
_PER = re.compile(
    r"^\W{0,2}(?:(?:om|pr|per|a|i|each|every|hver|/)\W{0,2})?"
    r"(?P<per>ugentlig\w*|ugen?\b|week\w*|manedlig\w*|manede?n?\b|month\w*|arligt?\b|aret\b|ar\b|year\w*|dagligt?\b|dagen?\b|dogn\w*|day)"
)
_UPPER = re.compile(
    r"\b(?:(?P<strict>under|mindre end|farre end|kortere end|yngre end|less than|below|fewer than|inden der er gaet)|"
    r"hojst|maks\w*|max|op til|ikke over|ikke mere end|ikke aldre end|ikke langere end|indtil|inden for|senest|"
    r"up to|at most|no more than|within)"
    r"(?: (?:de|et|en|the))?(?: (?:forste|seneste))?\W+$"
)
_LOWER = re.compile(
    r"\b(?:(?P<strict>over|mere end|langere end|aldre end|flere end|ud over|"
    r"more than|longer than|above|over the age of)|"
    r"mindst|minimum|ikke under|fyldt|at least)(?: (?:de|et|en|the))?\W+$"
)
# What is spread over a time is not limited by it ("betales over 24 måneder").
_SPREAD = re.compile(
    r"\b(?:afdrag|fordel|spred|betal|afvikl|strak|lob|paid|spread|repaid)\w*(?: \w+){0,2}? over"
    r"(?: (?:de|et|en|the))?\W+$"
)
_NOT = re.compile(r"\b(?:ikke|not)(?: \w+){0,2}\W+$")
_UP = re.compile(r"^\W*(?:(?:eller|og) )?(?:derover|opefter|or more)\b")
_DOWN = re.compile(r"^\W*(?:(?:eller|og) )?(?:derunder|or less)\b")
# Years that limit how old a person is, and no length of time.
_OF_AGE = re.compile(
    r"\b(?:fyldt|alder\w*|barn\w*|born\w*|unge?|borgere?n?|person\w*|elev\w*|kvinder?|mand|maend|piger?|drenge?|child\w*|"
    r"pupils?|people|citizens?|he|she|han|hun|vedkommende)(?: \w+)? (?:over|under|below|above|the age of|mindst)?\W*$"
)
_GROWN = 15 * _YEAR
# Two lengths of time are one where they differ by what months differ in days.
_ABOUT = 0.02
# What follows tells what holds elsewhere ("i stedet for højst 69 uger").
_INSTEAD = re.compile(r"\b(?:i stedet for|istedet for|frem for|fremfor|mod|instead of|rather than)\b[^,;.]*")


class Amount(NamedTuple):
    """A figure of a kind ("money", "hours", "time", ...), by what it is counted ("uge"), and how it limits.

    `bound` is below 0 for an upper limit, above 0 for a lower one, 0 where the figure limits nothing; `strict` where
    the figure itself lies outside.
    """

    kind: str
    value: float
    per: str = ""
    bound: int = 0
    strict: bool = False

    def holds(self, other: Amount) -> bool:
        """Whether a figure of the same kind lies within this limit."""
        if abs(other.value - self.value) <= _ABOUT * self.value:
            # A case that is put by the limit itself ("en borger over 18 år") is one of those that the rule is for.
            return not self.strict or other.bound == self.bound
        return other.value < self.value if self.bound < 0 else other.value > self.value


def amounts(text: str) -> tuple[Amount, ...]:
    """The figures with a unit that a text names, those aside that an "i stedet for" sets aside."""
    folded = _INSTEAD.sub(lambda match: " " * len(match.group()), fold_text(text))
    return tuple(_amount(folded, match) for match in _AMOUNT.finditer(folded))


def without_amounts(text: str) -> str:
    """A text folded, without its figures, their units and the words of limiting."""
    folded = fold_text(text)
    for match in reversed(list(_AMOUNT.finditer(folded))):
        before = folded[: match.start()]
        bound = _UPPER.search(before) or _LOWER.search(before)
        per = _PER.match(folded[match.end() :])
        folded = before[: bound.start() if bound else None] + " " + folded[match.end() + (per.end() if per else 0) :]
    return folded


def _amount(folded: str, match: re.Match[str]) -> Amount:
    _, kind, worth = next(each for place, each in enumerate(_UNITS) if match[f"u{place}"])
    after, before = folded[match.end() :], folded[: match.start()]
    per = _PER.match(after)
    bound, strict = _bound(before, after)
    value = (_value(match["number"]) + 0.5 * bool(match["half"])) * worth
    if kind == "time" and per:
        kind = "time in a time"
    elif worth == _YEAR and bound and (value >= _GROWN or _OF_AGE.search(before)):
        kind = "age"
    return Amount(kind, value, _period(per["per"]) if per else "", bound, strict)


def _bound(before: str, after: str) -> tuple[int, bool]:
    upper, lower = _UPPER.search(before), _LOWER.search(before)
    if upper:
        return -1, bool(upper["strict"])
    if lower and not _SPREAD.search(before):
        denied = _NOT.search(before[: lower.start()])
        return (-1, False) if denied else (1, bool(lower["strict"]))
    return (1, False) if _UP.match(after) else (-1, False) if _DOWN.match(after) else (0, False)


def _value(written: str) -> float:
    known = _PARTS.get(written) or _TENS.get(written) or number_of(written)
    if known is not None:
        return float(known)
    if written in ("a", "an"):
        return 1.0
    return float(re.sub(r"[.,](?=\d{3}(?!\d))", "", written).replace(",", "."))


def _period(word: str) -> str:
    return next(name for name, starts in _PERIODS.items() if word.startswith(starts))


_PERIODS = {
    "week": ("uge", "week"), "month": ("maned", "month"), "year": ("ar", "year"), "day": ("dag", "dogn", "day"),
}  # fmt: skip


def asked_amount(question: str, kind: str) -> Amount | None:
    """The one figure of a kind that a question names; what it says last stands for what it said before."""
    said = [
        [each for each in amounts(question[span.start : span.end]) if each.kind == kind]
        for span in sentences(question, everyday=True)
    ]
    found = next((each for each in reversed(said) if each), [])
    return found[0] if len(found) == 1 else None


def fits_limit(question: str, rule: str) -> bool | None:
    """Whether the figures that a question names lie within the limits a rule sets to figures of their kinds.

    None where no kind has one figure in the question and one limit in the rule.
    """
    limiting = [amount for amount in amounts(rule) if amount.bound]
    found = []
    for limit in limiting:
        mine = asked_amount(question, limit.kind)
        alone = sum(each.kind == limit.kind for each in limiting) == 1
        if mine and alone and (not mine.per or not limit.per or mine.per == limit.per):
            found.append(limit.holds(mine))
    return all(found) if found else None
