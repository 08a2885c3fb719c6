"""Lengths of time: "mere end et år" in a condition, held against "om et halvt år" in a question."""

from __future__ import annotations

import re

from assistant.amounts import fits_limit
from assistant.figures import age_spans, ages
from assistant.frames import fold_text

_WORDS = (
    "nul zero, en et one a an, to two, tre three, fire four, fem five, seks six, syv seven, otte eight, ni nine, "
    "ti ten, elleve eleven, tolv twelve, tretten thirteen, fjorten fourteen, femten fifteen, seksten sixteen, "
    "sytten seventeen, atten eighteen, nitten nineteen, tyve twenty"
)
_NUMBERS = tuple(word for words in _WORDS.split(", ") for word in words.split())
_LENGTH = re.compile(
    r"\b(?P<number>\d+|halvandet|half a|"
    + "|".join(_NUMBERS)
    + r")(?P<half> halvt| half)?( hel\w*| fuld\w*| whole| full)?\W+"
    r"(?P<unit>dage?|days?|uger?|weeks?|maneder|maned|mdr?|months?|ar|years?)\b"
)


def words_of_lengths(text: str) -> frozenset[str]:
    """The folded words with which a text names lengths of time."""
    return frozenset(word for match in _LENGTH.finditer(fold_text(text)) for word in match.group().split())


def breaks(asked: str, rule: str) -> bool:
    """Whether what a question names (an age, a length of time, a sum) lies on the wrong side of a rule's one limit."""
    return breaks_age(asked, rule) or fits_limit(asked, rule) is False


def breaks_age(asked: str, rule: str) -> bool:
    """Whether the ages that a question names all lie outside those that a rule speaks of ("fyldt 12 år")."""
    named = ages(asked)
    spans = age_spans(rule) if named else ()
    return bool(spans) and not any(low <= age <= high for age in named for low, high in spans)


def fits_age(asked: str, rule: str) -> bool:
    """Whether an age that a question names lies in a span that a rule speaks of."""
    named = ages(asked)
    return bool(named) and any(low <= age <= high for age in named for low, high in age_spans(rule))
