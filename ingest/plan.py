"""What has to be done: the corpus by its hashes, against what the index was made of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.models import Source
from assistant.records import Manifest
from assistant.settings import ROOT

READERS = ("ingest.reading", "ingest.embedding_texts", "assistant.lexical", "assistant.records")
TABLES = "assistant/tables/*"
"""What decides how a document is read and what is kept of it: these modules, those of ours that they import, and the
tables. A change in any makes every document a changed one."""

UNREADABLE = "unreadable"
_IMPORT = re.compile(r"^[ ]*from (assistant|ingest)(\.\w+)? import ([\w, ]*)", re.MULTILINE)


@dataclass(frozen=True)
class Plan:
    """Source ids by what has to be done with them; `whole` says why all is built anew, "" if it is not.

    `hashes` are the corpus's, by source id.
    """

    hashes: dict[str, str]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]
    whole: str

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.changed or self.gone or self.whole)


@dataclass(frozen=True)
class Wanted:
    """What an index must have been made with to be added to."""

    fingerprint: str
    reader_version: str
    chroma_url: str


def make_plan(hashes: dict[str, str], old: Manifest | None, wanted: Wanted) -> Plan:
    """The plan for a corpus with these hashes, `old` being what the index was made of."""
    if old is None:
        return Plan(hashes, tuple(hashes), (), (), (), "der er ikke noget brugbart indeks")
    read_so = old.reader_version == wanted.reader_version
    same = [
        source_id
        for source_id, value in hashes.items()
        if read_so and old.hashes.get(source_id) == value and source_id not in old.held
    ]
    return Plan(
        hashes=hashes,
        new=tuple(source_id for source_id in hashes if source_id not in old.hashes),
        changed=tuple(source_id for source_id in hashes if source_id in old.hashes and source_id not in same),
        same=tuple(same),
        gone=tuple(source_id for source_id in old.hashes if source_id not in hashes),
        whole=_why_whole(old, wanted),
    )


def _why_whole(old: Manifest, wanted: Wanted) -> str:
    if old.fingerprint != wanted.fingerprint:
        return "det er lavet med en anden model"
    if old.reader_version != wanted.reader_version:
        return "det er læst ind med en anden udgave af programmet"
    if old.chroma_url != wanted.chroma_url:
        return "vektorerne skal ligge et andet sted"
    return ""


def source_hash(source: Source, corpus: Path) -> str:
    """Changes with the document's file and with its table in sources.toml."""
    try:
        content = (corpus / source.file).read_bytes()
    except OSError:
        content = UNREADABLE.encode()
    table = json.dumps(asdict(source), ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(hashlib.sha256(content).digest() + table).hexdigest()


def corpus_version(hashes: dict[str, str]) -> str:
    """Twelve characters that change with any document or its metadata."""
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12]


def reader_version() -> str:
    """Twelve characters that change with the code and tables that read documents."""
    digest = hashlib.sha256()
    for path in (*_modules(READERS), *sorted(ROOT.glob(TABLES))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _modules(names: Iterable[str]) -> list[Path]:
    """The files of the modules and of what they import of this project, directly or not."""
    waiting, found = list(names), set[Path]()
    while waiting:
        path = ROOT.joinpath(*waiting.pop().split(".")).with_suffix(".py")
        if path not in found and path.is_file():
            found.add(path)
            waiting.extend(_imports(path.read_text(encoding="utf-8")))
    return sorted(found)


def _imports(code: str) -> Iterator[str]:
    """ "from assistant.words import stem" gives assistant.words; "from assistant import words" does too."""
    for package, module, names in _IMPORT.findall(code):
        yield from [f"{package}{module}"] if module else (f"{package}.{name.strip()}" for name in names.split(","))
