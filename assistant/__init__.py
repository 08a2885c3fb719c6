"""The answering core. `Assistant.open().ask("Må vi ...?")` gives an Answer; the rest is how.

Names are loaded when first used, so that reading documents does not wait for what only answering needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.errors import AssistantError
    from assistant.events import Event
    from assistant.models import Answer, Citation
    from assistant.settings import Settings, load_settings

__all__ = ["Answer", "Assistant", "AssistantError", "Citation", "Event", "Settings", "load_settings"]

_HOME = {
    "Answer": "models",
    "Assistant": "engine",
    "AssistantError": "errors",
    "Citation": "models",
    "Event": "events",
    "Settings": "settings",
    "load_settings": "settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
