"""Beginnings: a rule of a law in force later than the rest ("§ 5, stk. 3, 2. pkt., træder først i kraft den ...")."""

from __future__ import annotations

import re
from datetime import date

from assistant.evidence import Evidence, plain
from assistant.library import Library
from assistant.timing import dates_in

_LATER = re.compile(r"^(?P<what>§.{1,60}?),? træder (?:dog )?(?:først )?i kraft\b")
_PARAGRAF = re.compile(r"§+ ?(\d+ ?[a-zæøå]?\b)")
_STK = re.compile(r"stk\. ?(\d+)")
_PKT = re.compile(r"(\d+)\. ?pkt")


def not_begun(item: Evidence, day: date, library: Library) -> Evidence | None:
    """The statement that puts a rule's beginning after `day`; None where it has begun, or none does."""
    for passage, statement in library.beginnings.get(item.passage.source_id, ()):
        match = _LATER.match(statement.text)
        begins = dates_in(statement.text)
        if match and begins and day < begins[0] and _is_meant(match["what"], item):
            return plain(passage, statement, library)
    return None


def _is_meant(named: str, item: Evidence) -> bool:
    """Whether a reference names the §, stk. and sentence that a statement stands at."""
    path = item.passage.heading_path
    for pattern in (_PARAGRAF, _STK):
        asked = [match.replace(" ", "") for match in pattern.findall(named)]
        here = [found.replace(" ", "") for part in path for found in pattern.findall(part)]
        if bool(asked) != bool(here) or (asked and not set(asked) & set(here)):
            return False
    sentence = _PKT.search(named)
    if sentence is None:
        return True
    said = [statement.id for statement in item.passage.statements if statement.effect != "label"]
    number = int(sentence[1])
    return number <= len(said) and said[number - 1] == item.statement.id
