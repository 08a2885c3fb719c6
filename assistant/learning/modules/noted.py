"""Where the quotes of the modules stood, and what the corpus held, when an author last read the modules against it.

Kept beside the modules in noted.json, as a lock file is: `python -m ingest bind` writes it, and nothing else does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from assistant.errors import LearningError
from assistant.learning.modules.module import FOLDER, Quote
from assistant.models import Citation
from assistant.record.corpora import Corpus, Held

NAME = "noted.json"
_REMEDY = f"Læs modulerne mod kilderne, slet {FOLDER}/{NAME}, og kør `python -m ingest bind`."


class Noted(NamedTuple):
    """The corpus and the quotes as they were; nothing where nobody noted them."""

    held: Held | None = None
    citations: Mapping[Quote, Citation] = MappingProxyType({})

    def citation(self, quote: Quote) -> Citation | None:
        """The quote as it stood, with the passage around it; None where that is not noted."""
        return self.citations.get(quote)


def load_noted(corpus: Path) -> Noted:
    """What is noted of a corpus folder's modules. Raises LearningError for a file that cannot be read."""
    path = corpus / FOLDER / NAME
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        held = Held(
            dict(value["hashes"]),
            {source_id: tuple(ids) for source_id, ids in value["replaces"].items()},
            frozenset(value["marks"]),
        )
        return Noted(held, dict(_quoted(each) for each in value["quotes"]))
    except FileNotFoundError:
        return Noted()
    except OSError as exc:
        raise LearningError(f"{FOLDER}/{NAME} kan ikke læses ({exc.strerror}). Ret filens rettigheder.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise LearningError(f"{FOLDER}/{NAME} er beskadiget. {_REMEDY}") from exc


def write_noted(folder: Path, quotes: Mapping[Quote, Citation], corpus: Corpus) -> None:
    """Note how the quotes stand in the corpus now. Raises LearningError."""
    value = {
        "hashes": dict(sorted(corpus.hashes.items())),
        "replaces": {each.id: each.supersedes for each in corpus.sources.values() if each.supersedes},
        "marks": sorted({place.mark for place, _ in corpus.named}),
        "quotes": [_listed(quote, citation) for quote, citation in sorted(quotes.items())],
    }
    path = folder / FOLDER / NAME
    try:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as exc:
        raise LearningError(f"{FOLDER}/{NAME} kan ikke skrives ({exc.strerror}). Giv skriveadgang til mappen.") from exc


def _listed(quote: Quote, citation: Citation) -> dict[str, Any]:
    kept = asdict(citation)
    del kept["n"], kept["source_id"]
    return {"doc": quote.source_id, "words": quote.words, **kept}


def _quoted(value: Mapping[str, Any]) -> tuple[Quote, Citation]:
    given = dict(value)
    quote = Quote(given.pop("doc"), given.pop("words"))
    given["provisions"] = tuple(given["provisions"])
    return quote, Citation(n=0, source_id=quote.source_id, **given)
