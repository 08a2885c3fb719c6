"""Onboarding modules as data: one TOML file each in the folder "learning" of the corpus, taken in file order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from assistant.errors import LearningError
from assistant.learning.modules import fields
from assistant.learning.modules.fields import Place, Table
from assistant.models import Language, Verdict

FOLDER = "learning"


class Both(NamedTuple):
    """A text in both languages of the pages."""

    da: str
    en: str

    def said(self, language: Language) -> str:
        """The text in a language."""
        return self.da if language == "da" else self.en


class Quote(NamedTuple):
    """Words that a document is said to hold; white space and emphasis marks do not count."""

    source_id: str
    words: str


class Paragraph(NamedTuple):
    """A piece of the course and the quotes that carry all of it."""

    text: Both
    quotes: tuple[Quote, ...]


class WorkedCase(NamedTuple):
    """A fictional citizen's case, the question as the assistant would be asked it, and what to notice."""

    situation: Both
    question: Both
    verdict: Verdict
    lesson: Both
    quotes: tuple[Quote, ...]


class Claim(NamedTuple):
    """Something that is true or false by its quotes, with the reason."""

    text: Both
    true: bool
    why: Both
    quotes: tuple[Quote, ...]


class Module(NamedTuple):
    """A step of the course. `tries` are questions for the chat; `id` is stable and stands in addresses."""

    id: str
    minutes: int
    title: Both
    aim: Both
    paragraphs: tuple[Paragraph, ...]
    case: WorkedCase
    tries: tuple[Both, ...]
    claims: tuple[Claim, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the module once, in order."""
        groups = [part.quotes for part in self.paragraphs]
        groups += [self.case.quotes, *(claim.quotes for claim in self.claims)]
        return tuple(dict.fromkeys(quote for group in groups for quote in group))


class Loaded(NamedTuple):
    """The modules that can be used, and for each file that cannot a sentence: which, what is wrong, what to do."""

    modules: tuple[Module, ...]
    faults: tuple[str, ...]


def load(corpus: Path) -> tuple[Module, ...]:
    """The modules of a corpus folder that can be used; none for one without modules."""
    return read(corpus).modules


def read(corpus: Path) -> Loaded:
    """The modules of a corpus folder, and what is wrong with those that cannot be used."""
    found: dict[str, Module] = {}
    faults = []
    for path in sorted((corpus / FOLDER).glob("*.toml")):
        try:
            module = _module(path)
            if module.id in found:
                raise LearningError(
                    f"{FOLDER}/{path.name}: et andet modul hedder også «{module.id}». Giv det et andet id."
                )
            found[module.id] = module
        except LearningError as exc:
            faults.append(str(exc))
    return Loaded(tuple(found.values()), tuple(faults))


def _module(path: Path) -> Module:
    """The module of one file. Raises LearningError."""
    table = fields.read(path)
    top = Place(f"{FOLDER}/{path.name}")
    fields.refuse_unknown(table, ("id", "minutes", "title", "aim", "paragraph", "case", "try", "claim"), top)
    return Module(
        id=fields.name(table, "id", top),
        minutes=fields.minutes(table, top),
        title=_both(table, "title", top),
        aim=_both(table, "aim", top),
        paragraphs=tuple(_paragraphs(table, top)),
        case=_case(fields.table(table, "case", top), top.inside("[case]")),
        tries=tuple(_tries(fields.table(table, "try", top), top.inside("[try]"))),
        claims=tuple(_claims(table, top)),
    )


def _paragraphs(table: Table, top: Place) -> Iterator[Paragraph]:
    for each, place in fields.tables(table, "paragraph", top):
        fields.refuse_unknown(each, ("da", "en", "quotes"), place)
        yield Paragraph(_text(each, place), _quotes(each, place))


def _case(table: Table, place: Place) -> WorkedCase:
    fields.refuse_unknown(table, ("situation", "question", "verdict", "lesson", "quotes"), place)
    verdict = fields.text(table, "verdict", place)
    if verdict not in get_args(Verdict):
        raise place.error(f"«verdict» er «{verdict}»", f"Skriv en af: {', '.join(get_args(Verdict))}")
    return WorkedCase(
        situation=_both(table, "situation", place),
        question=_both(table, "question", place),
        verdict=verdict,  # type: ignore[arg-type]
        lesson=_both(table, "lesson", place),
        quotes=_quotes(table, place),
    )


def _tries(table: Table, place: Place) -> Iterator[Both]:
    fields.refuse_unknown(table, ("da", "en"), place)
    danish, english = fields.texts(table, "da", place), fields.texts(table, "en", place)
    if len(danish) != len(english):
        raise place.error("der er ikke lige mange spørgsmål på dansk og engelsk", "Skriv dem parvis")
    yield from (Both(da, en) for da, en in zip(danish, english, strict=True))


def _claims(table: Table, top: Place) -> Iterator[Claim]:
    for each, place in fields.tables(table, "claim", top):
        fields.refuse_unknown(each, ("da", "en", "true", "why", "quotes"), place)
        yield Claim(
            _text(each, place), fields.truth(each, "true", place), _both(each, "why", place), _quotes(each, place)
        )


def _quotes(table: Table, place: Place) -> tuple[Quote, ...]:
    """The quotes of a part, at least one."""
    found = []
    for each, at in fields.tables(table, "quotes", place):
        fields.refuse_unknown(each, ("doc", "quote"), at)
        found.append(Quote(fields.text(each, "doc", at), fields.text(each, "quote", at)))
    return tuple(found)


def _both(table: Table, key: str, place: Place) -> Both:
    inner = fields.table(table, key, place)
    at = place.inside(f"«{key}»")
    fields.refuse_unknown(inner, ("da", "en"), at)
    return _text(inner, at)


def _text(table: Table, place: Place) -> Both:
    return Both(fields.text(table, "da", place), fields.text(table, "en", place))
