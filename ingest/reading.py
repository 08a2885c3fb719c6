"""A document of the corpus as the index keeps it: read, structured, and cut into statements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.models import Source
from assistant.records import Indexed
from assistant.spelling import meaning
from ingest.decisions import decided
from ingest.statements import statements_of
from ingest.structure import passages
from ingest.text_file import read_document


def read(source: Source, corpus: Path) -> Indexed:
    """The document with its passages. Raises SourceError naming the file, the cause and the remedy."""
    document = read_document(corpus / source.file)
    drafts = passages(source, document)
    found = decided(drafts, tuple(statements_of(drafts, meaning(document.text))))
    said = zip(drafts, found, strict=True)
    return Indexed(source, document.text, tuple(replace(draft.passage, statements=found) for draft, found in said))
