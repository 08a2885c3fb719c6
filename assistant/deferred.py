"""Lets a library be imported without a heavy module that it imports but that is never called here."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


@contextmanager
def deferred(name: str) -> Iterator[None]:
    """While this lasts, importing the module `name` gives a stand-in whose functions import the real one when called.

    Only for modules of which nothing but functions is imported. Does nothing when the module is imported already.
    """
    names = [".".join(name.split(".")[: depth + 1]) for depth in range(name.count(".") + 1)]
    missing = [each for each in names if each not in sys.modules]
    for each in missing:
        sys.modules[each] = _stand_in(each)
    try:
        yield
    finally:
        for each in missing:
            sys.modules.pop(each, None)


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None, is_package=True)
    module.__path__ = []

    def function(attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def call(*given: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(name), attribute)(*given, **named)

        return call

    module.__getattr__ = function  # type: ignore[method-assign]
    return module
