"""Sequences: what was to happen, one thing after the other, in the document named or that speaks of it."""

from __future__ import annotations

from assistant.editions import named_editions
from assistant.effects import told
from assistant.evidence import Evidence, plain
from assistant.figures import days
from assistant.library import Library
from assistant.models import Passage
from assistant.question import Question
from assistant.wanted import Asked

_MOST_STEPS = 5


def steps(question: Question, asked: Asked, ranked: list[Evidence], library: Library) -> list[Evidence]:
    """The statements that announce something or give it a date, in reading order; [] where fewer than two do."""
    named = [passage for edition in named_editions(question, library) for passage in library.editions[edition]]
    for section in _sections(named, ranked, library):
        found = [
            plain(passage, statement, library)
            for passage in section
            for statement in told(passage)
            if statement.effect == "announced" or (days(statement.text) and asked.wanted.shaped(statement.text))
        ]
        if len(found) > 1 and any(item.statement.effect == "announced" for item in found):
            return found[:_MOST_STEPS]
    return []


def _sections(named: list[Passage], ranked: list[Evidence], library: Library) -> list[list[Passage]]:
    """The sections to look in: those of the named documents, else those that the best evidence stands in."""
    if named:
        places = dict.fromkeys((each.source_id, each.heading_path) for each in named)
        return [[each for each in named if (each.source_id, each.heading_path) == place] for place in places]
    return [library.in_section(item.passage) for item in ranked[:3]]
