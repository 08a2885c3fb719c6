"""The documents as the engine reads them, from the assistant that all pages share."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.library import Library
from assistant.settings import Settings


@runtime_checkable
class Reading(Protocol):
    """What an assistant over an index has beside what the chat needs of it."""

    @property
    def settings(self) -> Settings: ...
    def library(self, network: str | None = None) -> Library: ...
    def renew(self) -> None: ...


def reading(engine: object) -> Reading | None:
    """The assistant as one whose documents can be read, as they are now; None for another."""
    if not isinstance(engine, Reading):
        return None
    engine.renew()
    return engine
