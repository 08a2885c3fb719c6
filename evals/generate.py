"""Plausible Danish municipal documents from templates, to see how cost grows with the corpus.

The same seed and number make the same document.
"""

from __future__ import annotations

import random
import shutil
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import SourceError

PHRASES = Path(__file__).resolve().parent / "phrases.toml"
SOURCES = "sources.toml"
_LONG = 10_000  # characters of a document: the mean of the real ones


class Made(NamedTuple):
    """One generated document: its id, its sources.toml table and its text."""

    id: str
    table: str
    text: str


class Size(NamedTuple):
    """What a corpus folder holds."""

    documents: int
    characters: int


class _Slots(dict[str, str]):
    """Fills a template's slots: those of the document stay, numbers are drawn, all else is chosen from the lists."""

    def __init__(self, rng: random.Random, words: Mapping[str, list[str]], fixed: Mapping[str, str]) -> None:
        super().__init__(fixed)
        self._rng = rng
        self._words = words

    def __missing__(self, name: str) -> str:
        if name in self._words:
            return self._rng.choice(self._words[name])
        return _NUMBERS[name](self._rng, self._words)


def _date(first: int, last: int) -> Callable[[random.Random, Any], str]:
    return lambda rng, words: f"{rng.randint(1, 28)}. {rng.choice(words['maaned'])} {rng.randint(first, last)}"


def _paragraf(rng: random.Random, _: object) -> str:
    letter = rng.choice(("", "", "", " a", " b", " c"))
    return f"{rng.randint(1, 160)}{letter}{rng.choice(('', '', f', stk. {rng.randint(1, 8)}'))}"


def _whole(low: int, high: int, step: int = 1) -> Callable[[random.Random, object], str]:
    return lambda rng, _: f"{rng.randrange(low, high, step):,}".replace(",", ".")


_NUMBERS: dict[str, Callable[[random.Random, Any], str]] = {
    "dato": _date(2015, 2021),
    "begyndt": _date(2015, 2017),
    "slut": _date(2019, 2021),
    "paragraf": _paragraf,
    "antal": _whole(4, 900),
    "antal_kommuner": _whole(3, 12),
    "procent": _whole(5, 96),
    "dage": _whole(3, 60),
    "maaneder": _whole(2, 24),
    "beloeb": _whole(5_000, 900_000, 500),
}


class _Writer:
    """Draws sentences for one document."""

    def __init__(self, rng: random.Random, phrases: Mapping[str, Any]) -> None:
        words: Mapping[str, list[str]] = phrases["slots"]
        self.rng = rng
        self._sentences: Mapping[str, list[str]] = phrases["sentences"]
        self.town = rng.choice(words["forstavelse"]) + rng.choice(words["endelse"])
        self.network = rng.choice(words["netvaerk"])
        self.theme = rng.choice(words["tema"])
        fixed = {"kommune": f"{self.town} Kommune", "netvaerk": f"Netværket {self.network}", "tema": self.theme}
        self._slots = _Slots(rng, words, fixed)

    def say(self, use: str) -> str:
        """One sentence of a use, its first letter a capital."""
        text = self.rng.choice(self._sentences[use]).format_map(self._slots)
        return text[:1].upper() + text[1:]

    def paragraph(self, *uses: str) -> str:
        """Sentences of the uses, in that order, as one paragraph."""
        return " ".join(self.say(use) for use in uses)

    def provision(self) -> str:
        """A provision as the exemption lists write one."""
        return f"{self._slots['lovkort']} § {self._slots['paragraf']}"

    def date(self) -> str:
        """A date as letters write one."""
        return self._slots["dato"]


def _letter(w: _Writer) -> list[str]:
    rows = [
        "\t".join(
            (w.theme.capitalize(), w.say("grant"), "Eksisterende forsøgsbestemmelser", w.say("refusal"), w.say("duty"))
        )
    ]
    rows += [
        "\t".join((w.say("heading"), w.say("grant"), "Lov om frikommunenetværk", "-", w.say("condition")))
        for _ in range(3)
    ]
    table = "Forsøg\tIndhold\tHjemmel\tForbehold\tBemærkninger\n" + "\n".join(rows)
    return [
        f"## Til frikommunenetværket **{w.network}**",
        f"**Dato**  \n{w.date()}",
        w.paragraph("fact", "grant"),
        "**Tabel 1**",
        table,
        *(w.paragraph("grant", "condition", "refusal") for _ in range(3)),
        "#### *Videre proces*",
        w.paragraph("minute", "duty"),
    ]


def _exemptions(w: _Writer) -> list[str]:
    blocks = [f"# Det må vi i {w.town}"]
    for _ in range(4):
        blocks += [f"## {w.say('heading')}", w.paragraph("fact"), w.say("lead_in")]
        blocks += [w.provision() for _ in range(w.rng.randint(2, 5))]
        blocks += [
            f"### Undtagelser: {w.theme}",
            w.say("refusal"),
            w.paragraph("refusal", "duty"),
            w.paragraph("duty", "condition"),
        ]
    return blocks


def _status(w: _Writer) -> list[str]:
    blocks = [f"# Status for {w.network} i {w.town}"]
    for _ in range(5):
        blocks += [f"### {w.say('heading')}", w.paragraph(*["story"] * 5), w.paragraph("story", "story", "duty")]
        blocks.append("\n".join(f"- {w.paragraph('fact', 'fact')}" for _ in range(w.rng.randint(1, 3))))
    return blocks


def _minutes(w: _Writer) -> list[str]:
    blocks = [f"# Referat af møde den {w.date()}"]
    for number in range(1, 7):
        blocks += [
            f"## {number}. {w.say('heading')}",
            w.paragraph("minute", "minute", "minute", "story"),
            w.paragraph("minute", "minute", "duty"),
        ]
    return blocks


def _facts(w: _Writer) -> list[str]:
    blocks = [f"# Fakta om {w.theme}"]
    for _ in range(4):
        blocks += [
            f"## {w.say('heading')}",
            "\n".join(f"- {w.paragraph('fact', 'fact')}" for _ in range(4)),
            w.paragraph("story", "story", "fact"),
        ]
    return blocks


# Kinds by how often municipalities write them.
_KINDS: tuple[tuple[str, str, Callable[[_Writer], list[str]]], ...] = (
    ("referat", "Referat", _minutes),
    ("midtvejsstatus", "Status", _status),
    ("referat", "Referat", _minutes),
    ("faktaark", "Fakta", _facts),
    ("tilsagnsbrev", "Tilsagn", _letter),
    ("midtvejsstatus", "Status", _status),
    ("fritagelsesliste", "Det må vi", _exemptions),
)


def document(number: int, seed: int) -> Made:
    """Document `number` of a seed; every one is different, and the same each time."""
    w = _Writer(random.Random(f"{seed}/{number}"), _phrases())
    kind, title, build = _KINDS[number % len(_KINDS)]
    blocks: list[str] = []
    while sum(map(len, blocks)) < _LONG:
        blocks += build(w)
    name = f"genereret-{number:05d}"
    date = f"{w.rng.randint(2015, 2021)}-{w.rng.randint(1, 12):02d}-{w.rng.randint(1, 28):02d}"
    fields = {
        "id": name,
        "file": f"{name}.md",
        "title": f"{title}: {w.theme} i {w.town} ({number})",
        "kind": kind,
        "date": date,
        "network": w.network,
        "municipality": w.town,
        "note": "Genereret dokument til måling; intet i det er sandt.",
    }
    table = "[[source]]\n" + "\n".join(f'{key} = "{value}"' for key, value in fields.items())
    return Made(name, table, "\n\n".join(blocks) + "\n")


def build_corpus(folder: Path, real: Path, scale: int, seed: int = 1) -> Size:
    """Make `folder` a corpus of `scale` times the characters of `real`: its own files, then generated ones.

    `folder` must not exist. Raises SourceError when `real` has no sources.toml.
    """
    if not (real / SOURCES).is_file():
        raise SourceError(f"Der er ingen {SOURCES} i {real}. Angiv et korpus med ASSISTANT_CORPUS.")
    shutil.copytree(real, folder)
    size = measured(folder)
    wanted = scale * size.characters
    documents, characters, tables = size.documents, size.characters, [(folder / SOURCES).read_text(encoding="utf-8")]
    while scale > 1 and characters < wanted:
        made = document(documents, seed)
        (folder / f"{made.id}.md").write_text(made.text, encoding="utf-8")
        tables.append(made.table)
        documents, characters = documents + 1, characters + len(made.text)
    (folder / SOURCES).write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return Size(documents, characters)


def measured(folder: Path) -> Size:
    """How many documents sources.toml names, and the bytes of their files (a character in Danish text is about one)."""
    tables = tomllib.loads((folder / SOURCES).read_text(encoding="utf-8"))["source"]
    return Size(len(tables), sum((folder / table["file"]).stat().st_size for table in tables))


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Any]:
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))
