"""An approved answer as the one who asks again is given it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.authority import spoken_date
from assistant.models import Answer
from assistant.record.approvals import Approved
from assistant.templates import fill

RULE = "godkendt"
# What the explanation tells of the question as it was read now, and of the answer as it was made then.
_READ, _WEIGHED = ("frame", "read"), ("weighed", "set_aside")
# What is said of the words of the one who asks, not of the matter.
_OF_THE_ASKER = frozenset({"personal_data", "instruction_ignored"})
_OF_THE_RECORD = frozenset({"not_recorded"})


def as_served(found: Approved, fresh: Answer) -> Answer:
    """The approved answer to the question as it was asked now. `fresh` is what would have been answered without it."""
    approved, language = found.answer, fresh.language
    kept = [each for each in approved.notices if each.code not in _OF_THE_ASKER | _OF_THE_RECORD]
    of_the_asker = [each for each in fresh.notices if each.code in _OF_THE_ASKER]
    told: dict[str, Any] = {name: fresh.explanation[name] for name in _READ if name in fresh.explanation}
    told |= {name: approved.explanation[name] for name in _WEIGHED if name in approved.explanation}
    day = spoken_date(found.day, language)
    said = fill(language, "served", case=str(found.about), decision=str(found.number), date=day)
    return replace(
        approved,
        question=fresh.question,
        standalone_question=fresh.standalone_question,
        notices=(*kept, *of_the_asker),
        explanation={**told, "rule": RULE, "reason": said, "approved_question": found.question},
        record=0,
        record_hash="",
        approved=found.day,
    )
