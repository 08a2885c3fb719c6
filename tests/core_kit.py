"""What the tests of answering share: the corpus' own index, made once with the real model, and an assistant over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.engine import Assistant, glossary_of
from assistant.language import detect
from assistant.lexicon import Lexicon, load_lexicon
from assistant.question import Question, understand
from assistant.settings import Settings, load_settings
from ingest.sources import load_sources
from ingest.sync import sync


@cache
def lexicon() -> Lexicon:
    """The corpus' glossary with the general English words, and the kinds of the corpus' documents."""
    settings = load_settings()
    sources = load_sources(settings.corpus)
    kinds = [kind for source in sources for kind in (source.kind, *(part.kind for part in source.parts))]
    return load_lexicon(glossary_of(settings), kinds)


def understood(text: str) -> Question:
    """The question as understood in its own language."""
    return understand(text, "en" if detect(text) == "en" else "da", lexicon())


@cache
def _folder() -> TemporaryDirectory[str]:
    """A folder that is gone when the tests end."""
    return TemporaryDirectory()


@cache
def indexed() -> Settings:
    """Settings for an index of the real corpus, made at the first call (half a minute)."""
    settings = load_settings(index=Path(_folder().name) / "index")
    sync(settings, lambda _: None)
    return settings


@cache
def assistant() -> Assistant:
    """The assistant over that index; all tests share it, as all pages of a server do."""
    return Assistant.open(indexed())
