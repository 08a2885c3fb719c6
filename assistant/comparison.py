"""Comparisons: what a newer edition of a document changed, and what of it bears on the question."""

from __future__ import annotations

from assistant.changes import Change, Edition, Placed, changes, editions
from assistant.effects import NORMS
from assistant.evidence import Evidence, Gathering, plain
from assistant.judge import Judgement
from assistant.library import Library
from assistant.question import Question

# How much of the question's topic a changed statement must hold to be what was asked about.
_ABOUT = 0.5
# What a comparison may speak of beside the editions and still ask for all that changed.
_ABOUT_EDITIONS = "liste udgave version indhold fritagelse dokument"
_MOST = 8


def on_changes(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """What changed between the two editions that a question names; None where it asks for something else."""
    pair = compared_editions(question, library)
    if pair is None:
        return None
    found = changes(*pair, library)
    if not _asks_for_all(gathering, library):
        about = {item.statement.id for item in gathering.evidence if item.coverage >= _ABOUT and item.main >= _ABOUT}
        found = tuple(change for change in found if about & {each.statement.id for each in change if each})
    shown = tuple(
        (_cited(change.before, library), _cited(change.after, library)) for change in _weightiest(found)[:_MOST]
    )
    if not shown:
        return None
    return Judgement("info", "aendringer", tuple(item for pair in shown for item in pair if item), changed=shown)


def _asks_for_all(gathering: Gathering, library: Library) -> bool:
    known = set(library.lexicon.features(_ABOUT_EDITIONS))
    return not gathering.asked and all(known & set(term.features) for term in gathering.terms)


def _weightiest(found: tuple[Change, ...]) -> list[Change]:
    """Norms before what only tells, new and gone before reworded; else as they stand."""
    return sorted(found, key=lambda change: (not _is_norm(change), bool(change.before and change.after)))


def _is_norm(change: Change) -> bool:
    return any(each.statement.effect in NORMS for each in change if each)


def _cited(placed: Placed | None, library: Library) -> Evidence | None:
    return plain(placed.passage, placed.statement, library) if placed else None


def compared_editions(question: Question, library: Library) -> tuple[Edition, Edition] | None:
    """The two editions of one kind that a comparison names, the older first; None when it names no such two."""
    if question.form != "compare":
        return None
    for kind in question.kinds or ("fritagelsesliste",):
        found = editions(library, (kind,), question.years)
        if len(found) < 2:
            found = editions(library, (kind,))
        if len(found) > 1:
            return found[0], found[-1]
    return None
