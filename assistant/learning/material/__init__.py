"""A workshop on paper and on the wall: the handout, the slides, the facilitator's key and the results.

The libraries are loaded when first used.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.learning.cases.case import Case
from assistant.learning.material.content import MINUTES, Tally

__all__ = ["Tally", "handout_docx", "key_docx", "results_csv", "slides_pptx"]


def handout_docx(title: str, cases: Sequence[Case]) -> bytes:
    """The cases without their answers, each on its page with room for notes (Word, A4)."""
    from assistant.learning.material.word import handout

    return handout(title, cases)


def key_docx(title: str, cases: Sequence[Case], minutes: int = MINUTES) -> bytes:
    """The facilitator's key: answers, quotes with their places, questions to discuss and minutes (Word, A4)."""
    from assistant.learning.material.word import key

    return key(title, cases, minutes)


def slides_pptx(title: str, cases: Sequence[Case], results: Sequence[Tally] | None = None) -> bytes:
    """Slides: each case, then its verdict with quotes, the room's votes where there are any, and what to discuss."""
    from assistant.learning.material.slides import slides

    return slides(title, cases, results)


def results_csv(cases: Sequence[Case], results: Sequence[Tally]) -> bytes:
    """Counts by case as CSV that a Danish spreadsheet opens; nobody is named."""
    from assistant.learning.material.counts import counts

    return counts(cases, results)
