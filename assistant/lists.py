"""Lists: every item of what a question asks to have listed, from all the places where the items stand."""

from __future__ import annotations

import re

from assistant.claims import of_matter
from assistant.effects import told
from assistant.evidence import Evidence, Gathering, plain
from assistant.library import Library
from assistant.membership import only_members
from assistant.models import Passage, Statement
from assistant.places import municipalities_in
from assistant.question import Question
from assistant.subject import held, subject
from assistant.wanted import asked_for

# A list whose items are paragraphs is no list to repeat: the item that answers is enough.
_LONG_LIST = 1500
# A statement that names this many municipalities lists them itself.
_A_LIST = 3
# How much of the subject a statement holds for its municipality to be one of those asked about.
_ONE_OF_THEM = 0.55
_MOST_MUNICIPALITIES = 12
_IN_COMMON = 0.6
# Whom a project is for says the statement that is headed so, before what only speaks of them.
_TARGET = re.compile(r"(?i)^\W*målgrupp")
_TARGET_BONUS = 0.1
# A sentence that says what the sentence before only counts ("tre af fire ansøgninger. Det drejer sig om ...").
_GOES_ON = re.compile(r"(?i)^\W*(det (drejer sig om|gælder|er)|de er|disse|nemlig|herunder|dels)\b")


def listed(question: Question, ranked: list[Evidence], gathering: Gathering, library: Library) -> list[Evidence]:
    """All items asked for, in reading order; [] where the best statement stands in or before no list."""
    asked = asked_for(question)
    best = ranked[0]
    if asked and asked.wanted.name == "municipality":
        named = _naming_them(question, ranked, gathering, library)
        return [named] if named else _by_municipality(question, ranked, gathering, library)
    if best.passage.kind == "list_item":
        return _items(best, library.siblings(best.passage), library)
    following = _following(best.passage, best.statement, library)
    if following:
        return [best, *_items(best, following, library)]
    return _with_next(best, library)


def _naming_them(question: Question, ranked: list[Evidence], gathering: Gathering, library: Library) -> Evidence | None:
    """The best statement that lists municipalities and holds in its own words what they are asked to have in common."""
    members = only_members(question, library)
    if members:
        return members
    terms = [term for term in subject(question, gathering) if term.known]
    figures = [term for term in terms if term not in of_matter(terms)]
    for item in ranked:
        own = library.lexicon.features(item.statement.said)
        held = sum(term.weight * term.match(own) for term in terms)
        enough = held >= _IN_COMMON * sum(term.weight for term in terms)
        exact = all(term.match(own) >= _IN_COMMON for term in figures)
        if len(municipalities_in(item.statement.text)) >= _A_LIST and enough and exact:
            return item
    return None


def _by_municipality(
    question: Question, ranked: list[Evidence], gathering: Gathering, library: Library
) -> list[Evidence]:
    """The best statement of each municipality whose section holds the subject; [] where there are no such sections."""
    best: dict[str, tuple[float, Evidence]] = {}
    for item in ranked:
        name = item.passage.municipality
        share = held(question, item, gathering, library)
        if not name or share < _ONE_OF_THEM:
            continue
        share += _TARGET_BONUS * bool(_TARGET.search(item.statement.said))
        if share > best.get(name, (0.0, item))[0]:
            best[name] = (share, item)
    found = sorted((item for _, item in best.values()), key=lambda item: item.passage.order)
    return found[:_MOST_MUNICIPALITIES] if len(found) > 1 else []


def _items(best: Evidence, passages: list[Passage], library: Library) -> list[Evidence]:
    """The statements of a list's passages in reading order; only the best one where they are long."""
    items = [plain(passage, statement, library) for passage in passages for statement in told(passage)]
    return items if sum(len(item.statement.text) for item in items) <= _LONG_LIST else [best]


def _following(passage: Passage, statement: Statement, library: Library) -> list[Passage]:
    """The passages of the list that a statement leads in."""
    if not statement.text.rstrip().endswith(":"):
        return []
    return [other for other in library.in_section(passage) if other.lead_in and other.lead_in in statement.text]


def _with_next(best: Evidence, library: Library) -> list[Evidence]:
    """A statement that only counts, with the sentence that says which they are; [] where none follows."""
    statements = best.passage.statements
    place = statements.index(best.statement) + 1
    if place < len(statements) and _GOES_ON.search(statements[place].text):
        return [best, plain(best.passage, statements[place], library)]
    return []
