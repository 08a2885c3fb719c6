"""What happens while an answer is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.models import Answer


@dataclass(frozen=True, slots=True)
class Event:
    """A step of an answer on its way.

    "stage": what is being done. "text": a piece of finished prose. "draft": a piece that a language model has just
    written and nobody has checked. "checked" and "struck": a whole sentence of the draft, judged; "dropped": one that
    only repeats. "answer": the finished Answer.
    """

    kind: Literal["stage", "text", "draft", "checked", "struck", "dropped", "answer"]
    text: str = ""
    answer: Answer | None = None
    reasons: tuple[str, ...] = ()
