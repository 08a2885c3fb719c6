"""The corpus' documents as they stand on disk, for checks that must not trust the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from assistant.errors import SourceError
from assistant.models import Source
from evals.cases import Case, MustCite
from evals.matching import normalise, same_document

_TEXT = {".txt", ".md"}


def file_texts(corpus: Path, sources: Mapping[str, Source]) -> Callable[[str], str]:
    """A function from a source id to its file's text: the bytes themselves for txt and md, else what is read from it.

    It returns "" for an unknown id and raises SourceError when a file cannot be read.
    """

    @cache
    def text(source_id: str) -> str:
        if source_id not in sources:
            return ""
        path = corpus / sources[source_id].file
        return _plain(path) if path.suffix.lower() in _TEXT else _read(path)

    return text


def _plain(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as exc:
        raise SourceError(f"Dokumentet {path} kan ikke læses ({exc.strerror}). Læg filen på plads.") from exc
    except UnicodeDecodeError:
        return _read(path)


def _read(path: Path) -> str:
    # Here, so that checking plain texts does not load a PDF library.
    from ingest.text_file import read_document

    return read_document(path).text


def misquoted(cases: Iterable[Case], known: Iterable[str], file_text: Callable[[str], str]) -> dict[str, list[str]]:
    """For each case id with must_cite quotes that stand in no document of that name: a line on each such quote."""
    ids = tuple(known)
    faults: dict[str, list[str]] = {}
    for case in cases:
        for wanted in case.must_cite:
            source_id = next((known_id for known_id in ids if same_document(wanted.doc, known_id)), None)
            where = f"{case.file}:{case.line}: {case.id}: "
            if source_id is None:
                faults.setdefault(case.id, []).append(f"{where}dokumentet {wanted.doc!r} findes ikke i korpus")
            elif normalise(wanted.quote) not in normalise(file_text(source_id)):
                faults.setdefault(case.id, []).append(f"{where}citatet står ikke i {source_id}: {wanted.quote!r}")
    return faults


def without_bad_quotes(case: Case, known: Iterable[str], file_text: Callable[[str], str]) -> Case:
    """The case with only the must_cite quotes that stand in their document, so that it is not judged by a wrong one."""
    ids = tuple(known)

    def stands(doc: str, quote: str) -> bool:
        return any(same_document(doc, i) and normalise(quote) in normalise(file_text(i)) for i in ids)

    kept = tuple(wanted for wanted in case.must_cite if stands(wanted.doc, wanted.quote))
    return case if kept == case.must_cite else case.model_copy(update={"must_cite": kept})


def unreachable(cases: Iterable[Case], corpus: Path, sources: Mapping[str, Source]) -> list[str]:
    """A line for each must_cite quote that stands in its document but in no single passage, such as a heading.

    No citation can hit it by its passage, so the case should rest on another quote too.
    """
    # Here, since a run needs no structure: what it judges comes from the index.
    from ingest.structure import passages
    from ingest.text_file import read_document

    @cache
    def texts(source_id: str) -> tuple[str, ...]:
        source = sources[source_id]
        found = (draft.passage for draft in passages(source, read_document(corpus / source.file)))
        return tuple(normalise(text) for passage in found for text in (passage.raw, passage.text, passage.lead_in))

    lines = []
    for case in cases:
        lost = [w for w in case.must_cite if not _in_a_passage(w, sources, texts)]
        if lost:
            only = " (eneste)" if len(lost) == len(case.must_cite) else ""
            quotes = "; ".join(f"{w.doc}: {w.quote!r}" for w in lost)
            lines.append(f"{case.file}:{case.line}: {case.id}: citatet{only} står i ingen enkelt passage: {quotes}")
    return lines


def _in_a_passage(wanted: MustCite, sources: Iterable[str], texts: Callable[[str], tuple[str, ...]]) -> bool:
    source_id = next((known for known in sources if same_document(wanted.doc, known)), None)
    return source_id is None or any(normalise(wanted.quote) in text for text in texts(source_id))
