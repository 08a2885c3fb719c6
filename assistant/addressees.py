"""Addressees: the municipalities that a rule or a decision is given to, as its opening names them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.authority import rank
from assistant.models import Passage, Source
from assistant.places import municipalities_in

# How many passages are a document's opening, and how long one may be: an address is a line, not an account.
OPENING = 6
_LONGEST = 220
_LEAST = rank("afgoerelse")
# "(Til kommunalbestyrelserne i Lemvig og Odder)", "Kolding Kommune", "Gælder for Lemvig og Odder Kommuner".
_ADDRESS = re.compile(r"\b(kommunalbestyrelse\w*|byråd\w*|borgerrepræsentation\w*|kommune\w*)\b", re.IGNORECASE)


def addressees(source: Source, opening: Iterable[Passage]) -> tuple[str, ...]:
    """Whom a document without a network is given to; () where it is given to all, or does not say."""
    if source.municipality:
        return (source.municipality,)
    if source.network or rank(source.kind) < _LEAST:
        return ()
    lines = (passage.text for passage in opening if passage.order < OPENING and len(passage.text) <= _LONGEST)
    return tuple(dict.fromkeys(name for text in lines if _ADDRESS.search(text) for name in municipalities_in(text)))
