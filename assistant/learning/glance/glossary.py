"""The glossary: what abbreviations and terms stand for, where the documents say it, and what they are not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError
from assistant.learning.glance.quotes import Quote, quotes
from assistant.learning.glance.rows import rows
from assistant.learning.glance.seeking import Wanted, seek
from assistant.learning.glance.shortenings import shortenings
from assistant.library import Library
from assistant.models import Provision
from assistant.provision_laws import full_name, law_at
from assistant.provisions import label
from assistant.words import commonness, fold, tokens

# Words of this frequency (Zipf) and above are everyday ones: they widen searches, and nobody looks them up.
_EVERYDAY = 3.6
# So many terms under one broader term are alike enough to be mistaken for each other.
_MOST_ALIKE = 7


@dataclass(frozen=True, slots=True)
class Term:
    """A term: what it is called and shortened to, what it is not, and where the documents use it.

    `law` is the key under which its provisions stand in the rules. `alike` are names of terms beside it, `numbers` its
    provisions whose number another one has too. `quote` is None where the documents do not use it.
    """

    name: str
    shorts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    note: str = ""
    law: str = ""
    alike: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    quote: Quote | None = field(default=None, compare=False)
    everyday: bool = False

    @property
    def search(self) -> str:
        """What to look for in the rules."""
        return (*self.shorts, self.name)[0]


@lru_cache(maxsize=4)
def terms(file: Path, library: Library) -> tuple[Term, ...]:
    """The terms of the glossary file with the laws that the rules name: abbreviations, then words.

    Raises SettingsError for a bad file.
    """
    entries = _entries(file)
    entries += [*_further_laws(entries, library), *_further_shortenings(entries, library)]
    found = quotes([_wordings(entry) for entry in entries], library)
    alike, shared = _alike(entries), _shared_numbers(library)
    made = (_term(entry, quote, alike, shared) for entry, quote in zip(entries, found, strict=True))
    return tuple(
        sorted(made, key=lambda term: (not term.shorts, _sorted(term.shorts[0] if term.shorts else term.name)))
    )


def sought(known: Iterable[Term], text: str, *, everyday: bool = False) -> tuple[Term, ...]:
    """The terms that are called so, an abbreviation first; without a text all, everyday words only where asked for."""
    wanted = fold(text.strip())
    if not wanted:
        return tuple(term for term in known if everyday or not term.everyday)
    ranked = [(near, term) for term in known if (near := _nearness(term, wanted)) is not None]
    return tuple(term for _, term in sorted(ranked, key=lambda pair: pair[0]))


@lru_cache(maxsize=2048)
def on(term: str, library: Library) -> int:
    """How many rows of the rules speak of a term, wishes and facts among them."""
    return len(seek(Wanted(text=term, rest=True), library).rows)


def _nearness(term: Term, wanted: str) -> int | None:
    """0 for an abbreviation or the name itself, more the farther off; None where the term is not called so."""
    shorts, names = [fold(each) for each in (*term.shorts, term.law)], fold(term.name)
    others = [fold(each) for each in (*term.synonyms, *term.english)]
    if wanted in shorts or wanted == names:
        return 0
    if names.startswith(wanted):
        return 1
    if wanted in others or any(word.startswith(wanted) for word in names.split()):
        return 2
    long = len(wanted) > 2
    return 3 if long and any(wanted in each for each in (names, *others, *shorts)) else None


def _entries(file: Path) -> list[Mapping[str, Any]]:
    try:
        with file.open("rb") as opened:
            found = tomllib.load(opened).get("term", [])
    except OSError as exc:
        raise SettingsError(f"Ordlisten {file.name} kan ikke læses: {exc.strerror}. Læg den i korpusmappen.") from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"{file.name} er ikke gyldig TOML: {exc}. Ret filen.") from exc
    return [entry for entry in found if isinstance(entry, dict) and isinstance(entry.get("term"), str)]


def _further_laws(entries: Iterable[Mapping[str, Any]], library: Library) -> Iterator[Mapping[str, Any]]:
    """The laws that the rules name by an abbreviation that the glossary has no entry for."""
    known = {_law(entry) for entry in entries}
    named = dict.fromkeys(law for row in rows(library) for law in row.laws)
    for law in named:
        if law not in known and full_name(law) != law:
            yield {"term": full_name(law), "abbreviation": law}


def _further_shortenings(entries: Iterable[Mapping[str, Any]], library: Library) -> Iterator[Mapping[str, Any]]:
    """The abbreviations that only the documents explain."""
    known = {str(entry.get("abbreviation", "")) for entry in entries} | {_law(entry) for entry in entries}
    for each in shortenings(library):
        if each.short not in known:
            yield {"term": each.words, "abbreviation": each.short}


def _law(entry: Mapping[str, Any]) -> str:
    """The key of the law that an entry is about; "" where it is about none."""
    found = law_at(entry["term"], 0)
    return found.key if found and found.end >= len(entry["term"].rstrip(" .")) - 1 else ""


def _term(
    entry: Mapping[str, Any],
    quote: Quote | None,
    alike: Mapping[str, tuple[str, ...]],
    shared: Mapping[str, tuple[str, ...]],
) -> Term:
    name, law = entry["term"], _law(entry)
    law = law if law.isupper() else ""
    shorts = tuple(dict.fromkeys(filter(None, (law, str(entry.get("abbreviation", ""))))))
    told = bool(shorts or entry.get("note"))
    words = tokens(name)
    plain = len(words) == 1 and commonness(words[0].word) >= _EVERYDAY
    return Term(
        name=name,
        shorts=shorts,
        synonyms=_listed(entry, "synonyms"),
        english=_listed(entry, "english"),
        note=str(entry.get("note", "")),
        law=law,
        alike=alike.get(name, ()),
        numbers=shared.get(law, ()) if law else (),
        quote=quote,
        everyday=plain and not told,
    )


def _wordings(entry: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a document may call a term: its names proper, and its synonyms."""
    proper = (entry["term"], *filter(None, (str(entry.get("abbreviation", "")), _law(entry))))
    return tuple(dict.fromkeys(proper)), _listed(entry, "synonyms")


def _listed(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = entry.get(name, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _alike(entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The terms that stand beside each other under one broader term, where these are few."""
    under: dict[str, list[str]] = {}
    for entry in entries:
        for wider in _listed(entry, "broader"):
            under.setdefault(wider, []).append(entry["term"])
    found: dict[str, tuple[str, ...]] = {}
    for group in under.values():
        if len(group) <= _MOST_ALIKE:
            for name in group:
                found[name] = (*found.get(name, ()), *(other for other in group if other != name))
    return found


def _shared_numbers(library: Library) -> dict[str, tuple[str, ...]]:
    """For each law its provisions of one number, with those of other laws: "LSD § 13 b / LSD § 13 c"."""
    by_number: dict[str, set[str]] = {}
    for row in rows(library):
        for each in row.mentions:
            alone = (one for one in each.provisions if not any(part.holds(one) for part in each.ranges))
            for provision in alone:
                if provision.law.isupper() and provision.paragraf:
                    name = label(Provision(provision.law, provision.paragraf))
                    by_number.setdefault(_number(provision.paragraf), set()).add(name)
    found: dict[str, list[str]] = {}
    for names in by_number.values():
        for law in {name.split(" ")[0] for name in names} if len(names) > 1 else ():
            own_first = sorted(names, key=lambda name, law=law: (not name.startswith(law), name))  # type: ignore[misc]
            found.setdefault(law, []).append(" / ".join(own_first))
    return {law: tuple(sorted(each, key=_first_number)) for law, each in found.items()}


def _number(paragraf: str) -> str:
    return re.sub(r"\D", "", paragraf)


def _first_number(text: str) -> int:
    return int(next(iter(re.findall(r"\d+", text)), 0))


def _sorted(name: str) -> str:
    """A key that sorts as Danish does: æ, ø, å last, É as E."""
    return name.lower().translate(str.maketrans("éæøå", "e{|}"))
