"""Receiving a question: what can be taken, in which language, with personal data masked and instructions set aside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from assistant.errors import QuestionError
from assistant.hostile import neutralise
from assistant.language import detect
from assistant.models import Language
from assistant.privacy import Masked, mask


class Received(NamedTuple):
    """A question fit to work on: `shown` is masked, `text` also without instructions to machines.

    `language` is what to answer in; `foreign` the code of a language that is not answered, else "".
    """

    shown: str
    text: str
    language: Language
    foreign: str
    history: tuple[str, ...]
    masked: tuple[str, ...]
    instructed: bool


def receive(question: str, history: Sequence[str], most: int) -> Received:
    """The question as received. QuestionError when it is empty, without words, or longer than `most` characters."""
    plain = _printable(question)
    if not plain:
        raise QuestionError("Spørgsmålet er tomt. Skriv et spørgsmål om, hvad I må, skal eller kan.")
    if len(plain) > most:
        raise QuestionError(
            f"Spørgsmålet er på {len(plain)} tegn; der er plads til {most}. "
            "Skriv det kortere, gerne ét spørgsmål ad gangen."
        )
    masked = mask(plain)
    text, findings = neutralise(_without_masks(masked))
    language = detect(text or masked.text)
    return Received(
        shown=masked.text,
        text=text,
        language="en" if language == "en" else "da",
        foreign=language if language not in ("da", "en", "und") else "",
        history=tuple(neutralise(_without_masks(mask(_printable(turn))))[0] for turn in history if _printable(turn)),
        masked=tuple(dict.fromkeys(finding.kind for finding in masked.findings)),
        instructed=bool(findings),
    )


def _without_masks(masked: Masked) -> str:
    """The masked text with nothing in the masks' places, since a mask is no topic."""
    text = masked.text
    for finding in sorted(masked.findings, key=lambda finding: -finding.span.start):
        text = text[: finding.span.start] + " " + text[finding.span.end :]
    return " ".join(text.split())


def _printable(text: str) -> str:
    """`text` in composed form, control characters as spaces, white space collapsed."""
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Co") else char for char in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())
