"""The course certificate: a PDF for one who has read every module and passed each quiz."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.authority import spoken_date
from assistant.errors import LearningError
from assistant.learning.modules.module import Module
from assistant.learning.quiz import cards
from assistant.learning.quiz.progress import PASSED, Progress
from assistant.legible import visible
from assistant.models import Language
from assistant.moments import local
from assistant.note.content import Field, Note, Section

_TEXTS = Path(__file__).with_name("certificate.toml")
_LONGEST_NAME = 80


class Earned(NamedTuple):
    """Whom a certificate is for, what they did of each module, when, and with which documents."""

    name: str
    modules: Sequence[Module]
    progress: Mapping[str, Progress]
    corpus_version: str
    at: datetime


def missing(modules: Sequence[Module], progress: Mapping[str, Progress]) -> tuple[Module, ...]:
    """The modules that are not read, or whose quiz is not passed."""
    return tuple(each for each in modules if not progress.get(each.id, Progress()).done)


def certificate(earned: Earned, language: Language) -> bytes:
    """The certificate as the bytes of a PDF (A4). Raises LearningError where it is not earned or has no name."""
    # Imported here: the library of PDFs takes a while to load.
    from assistant.note.pdf import printed

    return printed(certificate_note(earned, language))


def certificate_note(earned: Earned, language: Language) -> Note:
    """What the certificate says. Raises LearningError where it is not earned or has no name."""
    words, name = texts()[language], " ".join(visible(earned.name).split())[:_LONGEST_NAME]
    if not name:
        raise LearningError("Beviset mangler et navn. Skriv det navn, der skal stå på det.")
    left = missing(earned.modules, earned.progress)
    if left or not earned.modules:
        raise LearningError(f"Beviset kan ikke hentes endnu: {len(left)} moduler er ikke læst og bestået.")
    at = earned.at.astimezone(UTC)
    day = local(cards.stamp(at)).date().isoformat()
    rule = words["rule"].format(part=round(100 * PASSED))
    return Note(
        language=language,
        title=words["title"],
        lead=words["lead"],
        author=name,
        at=at,
        fields=(
            Field(words["name"], name),
            Field(words["date"], spoken_date(day, language)),
            Field(words["corpus_version"], earned.corpus_version),
        ),
        sections=(
            Section(
                words["modules"],
                strong=words["done"].format(name=name),
                items=tuple(_item(each, earned.progress[each.id], language) for each in earned.modules),
            ),
            Section(words["about"], paragraphs=(rule, words["honest"])),
        ),
        running=words["running"].format(version=earned.corpus_version),
        pages=words["pages"],
    )


def _item(module: Module, done: Progress, language: Language) -> str:
    said = texts()[language]["module" if done.asked else "no_quiz"]
    return said.format(title=visible(module.title.said(language)), right=done.right, asked=done.asked)


@cache
def texts() -> Mapping[Language, Mapping[str, str]]:
    """The certificate's own words by language and key."""
    table = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    return {"da": table["da"], "en": table["en"]}
