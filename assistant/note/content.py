"""What a journal note says, in the answer's language and in reading order; how it looks is docx.py's and pdf.py's.

Every text in it is fit to print: control characters are visible, and nothing in it is markup.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.answer_json import VERDICTS, apart
from assistant.authority import spoken_date
from assistant.legible import SIGNS, visible
from assistant.models import Answer, Citation, Language

TEXTS = Path(__file__).with_name("texts.toml")
_ZONE = "Europe/Copenhagen"
_ISO_DATE = len("2026-03-05")


class NoteOf(NamedTuple):
    """A recorded answer: its record's number and hash, when it was given (UTC; so is a time without zone), to whom.

    `approved` is when a lawyer approved it, as an ISO date or time, or "" when none did.
    """

    answer: Answer
    number: int
    hash: str
    at: datetime
    user: str
    approved: str = ""


class Field(NamedTuple):
    """A name and what stands beside it."""

    label: str
    value: str


class Quoted(NamedTuple):
    """A quote: its number and document, where it stands in it, and its words."""

    source: str
    facts: str
    text: str


class Stretch(NamedTuple):
    """Some of a quote's text; `sign` if it is the document's formatting sign and no word."""

    text: str
    sign: bool


class Section(NamedTuple):
    """A heading and what stands under it: the `strong` line first, then paragraphs, list items, quotes and fields."""

    heading: str
    strong: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    fields: tuple[Field, ...] = ()


class Note(NamedTuple):
    """A whole note. `running` stands on every page, and `pages` with {page} and {pages} filled in."""

    language: Language
    title: str
    lead: str
    author: str
    at: datetime
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    running: str
    pages: str


def note(of: NoteOf) -> Note:
    """The note of a recorded answer."""
    words = texts()[of.answer.language]
    at = of.at.replace(tzinfo=of.at.tzinfo or UTC).astimezone(UTC)
    return Note(
        language=of.answer.language,
        title=words["title"],
        lead=words["lead"],
        author=visible(of.user),
        at=at,
        fields=tuple(_fields(of, at, words)),
        sections=tuple(section for section in _sections(of.answer, words) if any(section[1:])),
        running=words["running"].format(number=of.number),
        pages=words["pages"],
    )


@cache
def texts() -> Mapping[Language, Mapping[str, str]]:
    """The note's own words by language and key."""
    table = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {"da": table["da"], "en": table["en"]}


def stretches(text: str) -> Iterator[Stretch]:
    """`text` cut at the signs that only format; joined again it is `text`."""
    position = 0
    for sign in SIGNS.finditer(text):
        if position < sign.start():
            yield Stretch(text[position : sign.start()], sign=False)
        yield Stretch(sign[0], sign=True)
        position = sign.end()
    if position < len(text):
        yield Stretch(text[position:], sign=False)


def _fields(of: NoteOf, at: datetime, words: Mapping[str, str]) -> Iterator[Field]:
    language = of.answer.language
    yield Field(words["record"], words["number"].format(number=of.number))
    yield Field(words["asked"], _moment(at, language))
    yield Field(words["user"], visible(of.user))
    if of.approved:
        yield Field(words["approved"], visible(_day(of.approved, language)))
    yield Field(words["hash"], visible(of.hash))


def _sections(answer: Answer, words: Mapping[str, str]) -> Iterator[Section]:
    standalone = answer.standalone_question
    differs = standalone and standalone != answer.question
    understood = [words["understood"].format(text=standalone)] if differs else []
    quotes = tuple(_quotes(answer, words))
    yield Section(words["question"], paragraphs=_shown(answer.question, *understood))
    yield Section(
        words["answer"],
        strong=VERDICTS[answer.language][answer.verdict],
        paragraphs=_shown(*answer.answer.split("\n\n")),
    )
    yield Section(words["conditions"], items=_shown(*apart(answer)))
    yield Section(words["notices"], items=_shown(*(notice.text for notice in answer.notices)))
    yield Section(words["quotes"], quotes=quotes, paragraphs=() if quotes else (words["no_quotes"],))
    yield Section(words["versions"], fields=tuple(_versions(answer, words)))
    yield Section(words["about"], paragraphs=(words["closing"],))


def _shown(*parts: str) -> tuple[str, ...]:
    return tuple(visible(part).strip() for part in parts if part.strip())


def _quotes(answer: Answer, words: Mapping[str, str]) -> Iterator[Quoted]:
    """The quotes in the answer's order; they name their network where the answer warns that it is another one's."""
    foreign = any(notice.code == "other_network" for notice in answer.notices)
    for citation in answer.citations:
        facts = [part for part in _facts(citation, answer.language, words, foreign) if part]
        title = visible(f"[{citation.n}] {citation.title}")
        yield Quoted(title, visible(" · ".join(facts)), visible(citation.quote).strip())


def _facts(citation: Citation, language: Language, words: Mapping[str, str], foreign: bool) -> Iterator[str]:
    yield spoken_date(citation.date, language)
    yield citation.section
    yield words["page"].format(page=citation.page) if citation.page is not None else ""
    yield ", ".join(citation.provisions)
    yield words["network"].format(network=citation.network) if foreign and citation.network else ""


def _versions(answer: Answer, words: Mapping[str, str]) -> Iterator[Field]:
    yield Field(words["mode"], words.get(answer.mode, visible(answer.mode)))
    for name in ("model", "corpus_version", "prompt_version", "engine_version"):
        if value := visible(getattr(answer, name)):
            yield Field(words[name], value)


def _moment(at: datetime, language: Language) -> str:
    """A time as the clock in Denmark showed it; the offset tells the two readings of an hour in October apart."""
    local = at.astimezone(ZoneInfo(_ZONE))
    offset = local.utcoffset()
    return texts()[language]["moment"].format(
        date=spoken_date(local.date().isoformat(), language),
        hour=f"{local:%H}",
        minute=f"{local:%M}",
        offset=f"{offset.total_seconds() / 3600:+.0f}" if offset else "",
    )


def _day(iso: str, language: Language) -> str:
    """The Danish day of an ISO date or time; a text that is neither as it stands."""
    try:
        given = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if len(iso) > _ISO_DATE:
        given = given.replace(tzinfo=given.tzinfo or UTC).astimezone(ZoneInfo(_ZONE))
    return spoken_date(given.date().isoformat(), language)
