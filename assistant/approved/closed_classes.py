"""The few words that hold a sentence together, of each language, and what parts it; all spelt."""

from __future__ import annotations

import re

WH = frozenset(
    {"why", "cond", "when", "how_often", "how_long", "how_many", "how_much", "how_big", "who", "where", "compare"}
)
WH |= {"how", "def", "what"}
MODAL = {"must": "must", "was_must": "must", "may": "may", "was_may": "may", "free": "may", "was_free": "may"}
NEGATIONS = {
    "da": frozenset("ikke ej ingen intet aldrig hverken ikkje".split()),
    "en": frozenset("not no never neither none cannot t nor without".split()),
}
WE = {"da": frozenset("vi man jeg os".split()), "en": frozenset("we i us one you".split())}
PREPOSITIONS = {
    "da": frozenset("i paa til fra for om med efter ved hos mod uden under over foer inden mellem end".split()),
    "en": frozenset("in on to from for about with after at into under over before between than without".split()),
}
CUT = re.compile(r"[,;:?!–]|(?<!\d)\.|\s-\s|\b(?:naar|hvis|when|if)\b")
