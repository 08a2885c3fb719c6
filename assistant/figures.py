"""Figures: the dates, ages, frequencies and counts of a text, so that a question's can be held against a source's."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.frames import fold_text
from assistant.places import places

_NUMERALS = {
    word: number
    for number, words in enumerate(
        (
            "en et one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven", "otte eight",
            "ni nine", "ti ten", "elleve eleven", "tolv twelve", "tretten thirteen", "fjorten fourteen",
            "femten fifteen", "seksten sixteen", "sytten seventeen", "atten eighteen", "nitten nineteen", "tyve twenty",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_DAY_FIRST = re.compile(r"\b(?:(\d{1,2})\.? ?(?:of )?)?([a-z]{3,9})\.?,? (20[0-4]\d)\b")
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?,? (20[0-4]\d)\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[.\-/](\d{1,2})[.\-/](20[0-4]\d)\b")
_YEAR = re.compile(r"\b20[0-4]\d\b")
_RANGE = re.compile(
    r"\b(\d{1,2}) ?[-–] ?(\d{1,2})[- –]*(?:ar|year)|"
    r"\b(?:mellem|fra|between|from|aged) (\d{1,2}) (?:og|til|and|to) (\d{1,2})\b"
)
_BOUND = re.compile(r"\b(over|under|fyldt|below|above) (?:de )?(\d{1,2})(?:[- ]?(?:ar|year)|(?=\W*$|, ))")
_AGE = re.compile(r"\b(?:pa|er|aged?|is) (\d{1,2})(?= ar\b|\W*$|\W)|\b(\d{1,2})[- ]?(?:arig|year\W?old|ars\b)")
_YEARS = re.compile(rf"\b(halvandet|{'|'.join(_NUMERALS)})(?= ar\b| years?\b|[- ]?arige?\b|[- ]year)")
_OLDEST = 120
_ORDINAL = re.compile(r"\b(?P<numbers>\d{1,2}\.(?:(?: ?[-–] ?|, ?| og | eller | til )\d{1,2}\.)*) (?P<thing>[a-z]{4,})")
# Letters of a thing that two words for it share ("klasse", "klassetrin").
_THING = 5
_PERIODS = {
    "dag": 365, "day": 365, "uge": 52, "ugen": 52, "week": 52, "maned": 12, "maneden": 12, "month": 12,
    "kvartal": 4, "quarter": 4, "ar": 1, "aret": 1, "year": 1,
}  # fmt: skip
_TIMES = re.compile(r"\b(\w+) (?:gange?|times?) (?:om|a|per|pr\.?) (" + "|".join(_PERIODS) + r")\b")
_EVERY = re.compile(
    r"\b(?:hver|hvert|every|each) (anden |andet |tredje |fjerde |second |third )?(" + "|".join(_PERIODS) + r")\b"
)
_ORDINALS = {"anden": 2, "andet": 2, "second": 2, "tredje": 3, "third": 3, "fjerde": 4}
_ONCE = re.compile(r"\b(manedligt?|monthly|ugentligt?|weekly|arligt?|yearly|annually|dagligt?|daily)\b")
_ADVERBS = {
    "maned": 12,
    "month": 12,
    "ugent": 52,
    "week": 52,
    "arlig": 1,
    "year": 1,
    "annua": 1,
    "dagli": 365,
    "daily": 365,
}


class Day(NamedTuple):
    """A date as precise as a text gives it; 0 where month or day is not given."""

    year: int
    month: int = 0
    day: int = 0

    def agrees(self, other: Day) -> bool:
        """Whether two dates can be the same day."""
        return self.year == other.year and all(
            not mine or not theirs or mine == theirs for mine, theirs in zip(self[1:], other[1:], strict=True)
        )


def number_of(word: str) -> int | None:
    """The number that a folded word writes, in figures or letters; None for any other word."""
    if word.isdecimal():
        return int(word)
    return _NUMERALS.get(word)


_NTH = {
    word: number
    for number, words in enumerate(
        (
            "forste first 1st", "anden andet second 2nd", "tredje third 3rd", "fjerde fourth 4th", "femte fifth 5th",
            "sjette sixth 6th", "syvende seventh 7th", "ottende eighth 8th", "niende ninth 9th", "tiende tenth 10th",
            "ellevte eleventh 11th", "tolvte twelfth 12th",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip


def ordinal_of(word: str) -> int | None:
    """The place in an order that a folded word names ("fjerde"); None for any other word."""
    return _NTH.get(word)


def days(text: str) -> tuple[Day, ...]:
    """The dates of a text, and its years that belong to no date."""
    folded = fold_text(text)
    months = places().months
    found = [(match.span(), Day(int(match[3]), int(match[2]), int(match[1]))) for match in _NUMERIC.finditer(folded)]
    found += [
        (match.span(), Day(int(match[3]), months[match[1]], int(match[2])))
        for match in _MONTH_FIRST.finditer(folded)
        if match[1] in months
    ]
    found += [
        (match.span(), Day(int(match[3]), months[match[2]], int(match[1] or 0)))
        for match in _DAY_FIRST.finditer(folded)
        if match[2] in months
    ]
    taken = [span for span, _ in found]
    found += [
        (match.span(), Day(int(match[0])))
        for match in _YEAR.finditer(folded)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    return tuple(day for _, day in found)


def _years_in_digits(folded: str) -> str:
    """Years written in letters ("fire år", "toårig") in digits."""
    return _YEARS.sub(lambda match: str(1 if match[1] == "halvandet" else _NUMERALS[match[1]]), folded)


def ages(text: str) -> tuple[int, ...]:
    """The ages of persons that a text names ("en datter på 12", "en 14-årig")."""
    found = (int(match[1] or match[2]) for match in _AGE.finditer(_years_in_digits(fold_text(text))))
    return tuple(age for age in found if age < _OLDEST)


def age_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of age that a text names, both ends included ("16-22 år", "over 30 år")."""
    folded = _years_in_digits(fold_text(text))
    spans = [(int(match[1] or match[3]), int(match[2] or match[4])) for match in _RANGE.finditer(folded)]
    for match in _BOUND.finditer(folded):
        age = int(match[2])
        spans.append((0, age - 1) if match[1] in ("under", "below") else (age, _OLDEST))
    return tuple(spans)


def ordinals(text: str) -> dict[str, frozenset[int]]:
    """The numbers in order of things that a text names, by the thing's first letters ("7.-9. klassetrin")."""
    found: dict[str, frozenset[int]] = {}
    for match in _ORDINAL.finditer(fold_text(text)):
        if match["thing"] in places().months:
            continue
        numbers = {int(number) for number in re.findall(r"\d+", match["numbers"])}
        if re.search(r"\d\.? ?[-–] ?\d", match["numbers"]):
            numbers = set(range(min(numbers), max(numbers) + 1))
        thing = match["thing"][:_THING]
        found[thing] = found.get(thing, frozenset()) | numbers
    return found


def other_number(asked: str, text: str) -> bool:
    """Whether a text is of other numbers of a thing than the one asked about ("8. klasse", "4. og 5. klasse")."""
    mine = ordinals(asked)
    if not mine:  # as with most questions: then no text need be read
        return False
    others = ordinals(text)
    shared = mine.keys() & others.keys()
    return bool(shared) and all(not mine[thing] & others[thing] for thing in shared)


def frequencies(text: str) -> frozenset[float]:
    """How many times a year things happen by a text ("4 gange om året", "hver måned")."""
    folded = fold_text(text)
    found = {
        float(number * _PERIODS[match[2]])
        for match in _TIMES.finditer(folded)
        if (number := number_of(match[1])) is not None
    }
    for match in _EVERY.finditer(folded):
        found.add(_PERIODS[match[2]] / _ORDINALS.get((match[1] or "").strip(), 1))
    found |= {_ADVERBS[match[0][:5]] for match in _ONCE.finditer(folded) if match[0][:5] in _ADVERBS}
    return frozenset(found)
