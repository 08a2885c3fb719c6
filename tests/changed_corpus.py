"""A copy of the real corpus in which some documents have changed since the modules were written, really indexed."""

from __future__ import annotations

import io
import re
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from assistant.settings import Settings, load_settings
from ingest.__main__ import main as ingest
from tests import core_kit

REMOVED = "2017-12-20_tilsagnsbrev"
MOVED = (
    "- Et forsøg må ikke stride mod grundloven eller EU-retten, give en kommune økonomiske fordele på andres bekostning"
)
NEW = """[[source]]
id = "2019-03-01_tilsagnsbrev"
file = "2019-03-01_tilsagnsbrev.txt"
title = "Tilsagnsbrev, 1. marts 2019"
kind = "tilsagnsbrev"
date = "2019-03-01"
network = "En plan"
"""


class Changed(NamedTuple):
    """The settings of the changed corpus, and what `python -m ingest` printed about it."""

    settings: Settings
    printed: str


def changed_corpus(folder: Path) -> Changed:
    """A letter says the opposite, another is gone, a line of the fact sheet has another heading, a letter is new."""
    given = load_settings()
    corpus, index = folder / "corpus", folder / "index"
    shutil.copytree(given.corpus, corpus)
    shutil.copytree(core_kit.indexed().index, index)
    _reword(corpus / "2017-02-01_tilsagnsbrev.txt", "Der gives <i>ikke</i> fritagelse", "Der gives fuld fritagelse")
    facts = corpus / "frikommuneloven-faktaark.md"
    line = next(each for each in facts.read_text("utf-8").splitlines(keepends=True) if each.startswith(MOVED))
    _reword(facts, line, "")
    facts.write_text(facts.read_text("utf-8") + f"\n## Ønsker fra kommunerne\n\n{line}", "utf-8")
    (corpus / f"{REMOVED}.txt").unlink()
    (corpus / "2019-03-01_tilsagnsbrev.txt").write_text(
        "Tilsagn\n\nKommunerne kan fravige § 134 i Bekendtgørelse om Aktiv Beskæftigelsesindsats.\n", "utf-8"
    )
    sources = (corpus / "sources.toml").read_text("utf-8")
    kept = re.sub(rf'\[\[source\]\]\nid = "{REMOVED}"\n(?:(?!\[\[).*\n)*', "", sources)
    (corpus / "sources.toml").write_text(f"{kept}\n{NEW}", "utf-8")
    said = io.StringIO()
    with redirect_stdout(said):
        assert ingest(["--corpus", str(corpus), "--index", str(index)]) == 0
    return Changed(given.model_copy(update={"corpus": corpus, "index": index}), said.getvalue())


def _reword(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
