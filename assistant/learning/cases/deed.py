"""What a caseworker may want to do or leave: the deeds that the documents' statements speak of, by a table of forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.effects import NORMS
from assistant.library import Library
from assistant.models import Passage, Provision, Statement
from assistant.provision_laws import full_name
from assistant.provisions import label

FORMS = Path(__file__).resolve().parent / "forms.toml"
SPEAKING = NORMS | {"wish"}
_MOST_OF_ONE = 8  # provisions of one statement that are asked about one by one
_LONG = 190  # characters of a deed that can still be asked about
_FEWEST_WORDS = 3
_MARKUP = re.compile(r"</?\w+[^>]*>|[*_`]")


class Form(NamedTuple):
    """A row of the table: how a deed of a kind stands in a sentence, and whether it is something to be allowed."""

    kind: str
    pattern: re.Pattern[str]
    gives: str
    swap: tuple[str, ...]
    may: bool
    example: str


class Deed(NamedTuple):
    """Something to do, in words that a question can hold; `statements` are those that speak of it, by id.

    `kind` is "do", "what" or "clause" (its subject and predicate parted by " | "); `may` says that it is asked for,
    not bound to. `holds_for` is whom it is written for in the words of its lead-in, with "{navn}" for the citizen;
    `longer` are fuller wordings of the same deed, shortest first.
    """

    text: str
    kind: str
    may: bool
    statements: tuple[str, ...]
    passages: tuple[str, ...]
    effect: str
    provisions: tuple[Provision, ...] = ()
    holds_for: str = ""
    longer: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """forms.toml as it stands."""
    return tomllib.loads(FORMS.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """The compiled forms in the table's order."""
    kommune = table()["kommune"]
    return tuple(
        Form(
            row["kind"],
            re.compile(row["p"].replace("{kommune}", kommune), re.IGNORECASE),
            row.get("gives", ""),
            tuple(row.get("swap", ())),
            bool(row.get("may")),
            row["e"],
        )
        for row in table()["form"]
    )


def deeds(library: Library) -> tuple[Deed, ...]:
    """The deeds of the documents that speak for no single municipality, each once, in the documents' order."""
    found: dict[tuple[str, bool], Deed] = {}
    for passage in sorted(library.passages.values(), key=lambda each: (each.source_id, each.order)):
        source = library.sources[passage.source_id]
        if passage.municipality or source.municipality or not library.is_own(source):
            continue
        for statement in passage.statements:
            if statement.effect in SPEAKING:
                _gather(found, passage, statement)
    return tuple(found.values())


def _gather(found: dict[tuple[str, bool], Deed], passage: Passage, statement: Statement) -> None:
    for deed in (*_listed(passage, statement), *_said(passage, statement)):
        known = found.get((deed.text, deed.may))
        if known:
            deed = known._replace(
                statements=(*known.statements, *deed.statements),
                passages=(*known.passages, *deed.passages),
                longer=tuple(dict.fromkeys((*known.longer, *deed.longer))),
            )
        found[deed.text, deed.may] = deed


def _listed(passage: Passage, statement: Statement) -> Iterator[Deed]:
    """The deeds of a list's item: its lead-in's, with each of its provisions."""
    lead = plain(passage.lead_in)
    for form in forms() if lead and statement.provisions else ():
        match = form.pattern.search(lead) if form.kind == "lead" else None
        if match:
            for provision in _some(statement.provisions):
                text = form.gives.format(**match.groupdict(), provision=written(provision))
                yield _deed(text, "do", form, passage, statement)._replace(
                    provisions=(provision,), holds_for=_holds_for(lead)
                )
            return


def _said(passage: Passage, statement: Statement) -> Iterator[Deed]:
    """The deeds of a sentence: in its own words, and without what they end in."""
    text = plain(statement.said).rstrip(" .;,:")
    for form in forms():
        match = form.pattern.search(text) if form.kind != "lead" else None
        if match:
            wordings = [words for words in reversed(_shortened(_words(form, match))) if len(words) <= _LONG]
            for words in wordings[:1]:
                yield _deed(words, form.kind, form, passage, statement)._replace(longer=tuple(wordings[1:]))
            return


def _words(form: Form, match: re.Match[str]) -> str:
    parts = {name: value or "" for name, value in match.groupdict().items()}
    if form.gives:
        return form.gives.format(**parts)
    if form.kind == "clause":
        return f"{_lower(parts['subject'])} | {parts['rest']}"
    words = parts[form.kind]
    return words.replace(*form.swap, 1) if len(form.swap) == 2 else words


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _shortened(text: str) -> list[str]:
    """A deed's words from whole to short."""
    found = [text.strip()]
    for row in table()["cut"]["ends"]:
        shorter = re.sub(row["p"], "", found[-1]).strip(" ,")
        if shorter != found[-1] and _says_enough(shorter, text):
            found.append(shorter)
    return found


def _says_enough(shorter: str, text: str) -> bool:
    """Whether a deed's shorter words still are one: not "de borgere" without those who are meant."""
    whole = len(shorter.split()) >= _FEWEST_WORDS and ("|" in shorter) == ("|" in text)
    return whole and not re.search(table()["cut"]["never_before"], shorter)


def _deed(text: str, kind: str, form: Form, passage: Passage, statement: Statement) -> Deed:
    return Deed(text, kind, form.may, (statement.id,), (passage.id,), statement.effect, provisions=statement.provisions)


def _some(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """A few of many: spread from the first to the last."""
    if len(provisions) <= _MOST_OF_ONE:
        return provisions
    step = (len(provisions) - 1) / (_MOST_OF_ONE - 1)
    return tuple(provisions[round(step * number)] for number in range(_MOST_OF_ONE))


def written(provision: Provision) -> str:
    """A provision as a question names it: "§ 16, stk. 5, i lov om en aktiv beskæftigelsesindsats"."""
    title = full_name(provision.law)
    if title == provision.law:
        return label(provision)
    number = label(provision).removeprefix(provision.law).strip()
    number = number.replace("kap. ", "kapitel ")
    return f"{number}{',' if ', ' in number else ''} i {title}"


def _holds_for(lead: str) -> str:
    row = table()["holds_for"]
    match = re.search(row["p"], lead, re.IGNORECASE)
    return row["said"].format(navn="{navn}", **match.groupdict()) if match else ""


def receives(text: str) -> frozenset[str]:
    """The benefits whose recipients a text is written for: {"ledighedsydelse"}."""
    return frozenset(match["benefit"].lower() for match in re.finditer(table()["receives"]["p"], text.lower()))


def plain(text: str) -> str:
    """Words without markup."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", text)).strip()
