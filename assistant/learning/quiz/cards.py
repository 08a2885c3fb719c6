"""When a question comes again: free spaced repetition (fsrs), so that what was answered wrong comes back soonest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

# A wrong answer comes back within the same sitting; the library's own steps of one and ten minutes.
_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


class Scheduled(NamedTuple):
    """When a question is to be asked again (UTC, to the microsecond), and the state that the next answer needs."""

    due: str
    state: str


def answered(state: str, right: bool, at: datetime) -> Scheduled:
    """The schedule after an answer at a moment; `state` is "" before the first one, or where it cannot be read."""
    # Imported here: most pages schedule nothing.
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=_STEPS, relearning_steps=_STEPS[:1], enable_fuzzing=False)
    try:
        card = Card.from_dict(json.loads(state)) if state else Card(card_id=1)
    except (ValueError, KeyError, TypeError):
        card = Card(card_id=1)
    card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, at)
    return Scheduled(stamp(card.due), json.dumps(card.to_dict()))


def stamp(at: datetime) -> str:
    """A moment as the database holds it: text that sorts by time."""
    return at.astimezone(UTC).strftime(_STAMP)
