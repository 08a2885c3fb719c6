"""Cases for a session, composed from parts and kept only where the engine decides them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from assistant.learning.cases.case import Case

if TYPE_CHECKING:
    from assistant.engine import Assistant

Progress = Callable[[int, int], None]


def compose(
    assistant: Assistant,
    topics: Iterable[str],
    count: int,
    difficulty: int,
    seed: int,
    *,
    progress: Progress | None = None,
) -> tuple[Case, ...]:
    """`count` cases on the topics (module ids; none: all), at most `difficulty`, fewer where there are not so many.

    The same seed and documents give the same cases. `progress` is told how many of how many are ready.
    """
    return ()
