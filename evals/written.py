"""Documents written for learning and measuring, with questions to them: the files of evals/training and evals/unlearnt.

A file holds documents: "## title (what it is)", its passages "[n] text" and, after them, questions
"? question | verdict | numbers of the passages that answer it", the numbers left out where none does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from assistant.errors import AssistantError

_PASSAGE = re.compile(r"\[\d+\]\s*(.*)")
_TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<what>[^()]*)\)\s*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The first of these words that stands in what a document is said to be tells its kind.
_KINDS = (
    ("bekendtg", "bekendtgoerelse"),
    ("lov", "lov"),
    ("afgørelse", "afgoerelse"),
    ("afslag", "afgoerelse"),
    ("tilsagn", "tilsagnsbrev"),
    ("godkendelse", "afgoerelse"),
    ("dispensation", "afgoerelse"),
    ("vedtægt", "vedtaegt"),
    ("kompetence", "vedtaegt"),
    ("delegation", "vedtaegt"),
    ("status", "midtvejsstatus"),
    ("evaluering", "midtvejsstatus"),
    ("fakta", "faktaark"),
    ("fact", "faktaark"),
    ("referat", "referat"),
    ("borgmester", "brev"),
    ("ansøgning", "ansoegning"),
    ("indstilling", "ansoegning"),
    ("projektbeskr", "ansoegning"),
    ("pjece", "pjece"),
    ("informationsblad", "pjece"),
    ("liste", "fritagelsesliste"),
    ("oversigt", "fritagelsesliste"),
    ("brev", "afgoerelse"),
)


class Asked(NamedTuple):
    """A question to a document: the verdict that a jurist gives, and the passages that answer it."""

    text: str
    verdict: str
    answering: tuple[str, ...]


class Document(NamedTuple):
    """A document of the files, with its questions; `group` is the file's stem."""

    group: str
    title: str
    kind: str
    date: str
    passages: tuple[str, ...]
    questions: tuple[Asked, ...]


def read_file(file: Path) -> list[Document]:
    """The documents of a file. Raises AssistantError for a line of no known form."""
    found: list[Document] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            found.append(_opened(file.stem, line[3:]))
        elif match := _PASSAGE.match(line):
            found[-1] = found[-1]._replace(passages=(*found[-1].passages, match[1]))
        elif line.startswith("? "):
            found[-1] = found[-1]._replace(questions=(*found[-1].questions, _asked(line[2:], found[-1])))
        elif line.strip():
            raise AssistantError(f"{file.name}, linje {number}: forventede »##«, »[n]« eller »?«.")
    return found


def _opened(group: str, heading: str) -> Document:
    match = _TITLE.match(heading)
    title, what = (match["title"], match["what"]) if match else (heading, heading)
    kind = next((kind for word, kind in _KINDS if word in what.lower()), "orientering")
    years = _YEAR.findall(what) or _YEAR.findall(heading)
    return Document(group, title, kind, years[-1] if years else "2023", (), ())


def _asked(line: str, document: Document) -> Asked:
    text, verdict, numbers = (piece.strip() for piece in line.rsplit("|", 2))
    return Asked(text, verdict, tuple(document.passages[int(number) - 1] for number in re.findall(r"\d+", numbers)))
