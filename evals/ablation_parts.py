"""The parts of the system that an ablation takes away, each at one seam: a name replaced while the cases are asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from assistant import answering, engine
from assistant.evidence import Gathering, gather
from assistant.lexicon import Lexicon, load_lexicon
from assistant.library import Library
from assistant.question import Question
from assistant.respelling import Respelling
from assistant.store import Store

Vector = npt.NDArray[np.float32]
Taking = Callable[[], AbstractContextManager[None]]


class Part(NamedTuple):
    """A part of the system: its name in the table, and what takes it away for a while."""

    name: str
    taken: Taking


@contextmanager
def replaced(owner: object, name: str, value: object) -> Iterator[None]:
    """`owner.name` is `value` within, and what it was after."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextmanager
def _in_modules(modules: str, name: str, value: object) -> Iterator[None]:
    """A name replaced in each of the core's modules (named with blanks between) that imports it."""
    with ExitStack() as stack:
        for module in modules.split():
            stack.enter_context(replaced(import_module(f"assistant.{module}"), name, value))
        yield


def _method(owner: type, name: str, value: object) -> Taking:
    return lambda: replaced(owner, name, lambda *_: value)


def _named(modules: str, name: str, value: object) -> Taking:
    return lambda: _in_modules(modules, name, value)


def _lexicon(**emptied: Any) -> Taking:
    """The lexicon loaded with some of its tables empty."""

    def loaded(glossary: Path, kinds: Iterable[str] = ()) -> Lexicon:
        return replace(load_lexicon(glossary, kinds), **emptied)

    return lambda: replaced(engine, "load_lexicon", loaded)


def load_lexicon_now(glossary: Path, kinds: Iterable[str]) -> Lexicon:
    """The lexicon as the engine would load it now, with what is replaced there."""
    loaded: Lexicon = vars(engine)["load_lexicon"](glossary, kinds)
    return loaded


WHOLE = Part("det hele", nullcontext)
# What is left when a part is gone stays the product's own code: "søgning på ord" gone, passages are still found by
# vectors and provisions, and scored by their words.
PARTS: tuple[Part, ...] = (
    Part("vektorsøgning", _method(Store, "dense", ())),
    Part("søgning på ord", _method(Store, "lexical", [])),
    Part("opslag på bestemmelse", _method(Store, "by_provision", [])),
    Part("ordlistens begreber", _lexicon(phrases={}, broader={}, wordings={})),
    Part("synonymgrupper", _named("lexicon topic synonyms", "synonym_groups", dict)),
    Part("engelsk ordbog", _lexicon(english={})),
    Part("deling af sammensætninger", _named("lexicon topic library", "parts", lambda _: ())),
    Part("rettelse af stavning", _method(Respelling, "of", ("", 0.0))),
    Part("indledning, som udsagn hænger under", _named("library", "CONTEXT_STRENGTH", 0.0)),
    Part("spørgsmål og udsagn holdt sammen ord for ord", _named("answering", "reread", lambda _, found, *__: found)),
    Part("overskrifter", _named("library", "HEADING_STRENGTH", 0.0)),
    Part("afsnittet omkring", _named("library", "SECTION_STRENGTH", 0.0)),
    Part("listers afsnit læst med", _named("evidence", "_WIDENED", 0)),
    Part("svartyper (hvad der spørges om)", _named("evidence facts lists subject", "asked_for", lambda _: None)),
    Part("sætninger, der kun sætter scenen", _named("topic", "place_weights", lambda _, words: [1.0] * len(words))),
)


def forget() -> None:
    """Clear what the core's functions remember, so that nothing from another part's time is answered with."""
    for name, module in list(sys.modules.items()):
        if name.startswith("assistant."):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


@contextmanager
def gathered_once() -> Iterator[None]:
    """What an answer gathered for a question that stands alone is given to the search for the same question."""
    known: dict[str, Gathering] = {}

    def gathered(question: Question, library: Library, vector: Vector) -> Gathering:
        if question.fresh or question.inherits:
            return gather(question, library, vector)
        if question.text not in known:
            known[question.text] = gather(question, library, vector)
        return known[question.text]

    with replaced(answering, "gather", gathered):
        yield
