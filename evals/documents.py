"""python -m evals documents: questions to documents that nobody developed on, each document alone.

The files of evals/unlearnt have the form that written.py tells. Each document is indexed by itself and asked its own
questions. Nothing was learnt from evals/unlearnt, and its questions are not to be developed on: its totals are
what it is for. The comparison word by word was learnt from evals/training, so that citations there flatter.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant import Assistant
from assistant.answer_json import to_json
from assistant.embedding import Embedder, load_embedder
from assistant.engine import glossary_of, kinds_in
from assistant.lexicon import load_lexicon
from assistant.settings import Settings, load_settings
from assistant.store import Store
from evals.written import Asked, Document, read_file
from ingest.sync import sync

FOLDER = Path(__file__).resolve().parent / "unlearnt"
OUT = Path(__file__).resolve().parent / "out" / "documents"
VERDICTS = ("ja", "nej", "betinget", "info", "ikke_besvaret")
SILENT = "none"


class Found(NamedTuple):
    """What was answered: the verdict, and whether a passage is cited that answers."""

    document: Document
    asked: Asked
    answer: dict[str, Any]
    cited: bool

    @property
    def right(self) -> bool:
        """Whether the verdict is the one wanted."""
        wanted = "ikke_besvaret" if self.asked.verdict == SILENT else self.asked.verdict
        return bool(self.answer["verdict"] == wanted)

    @property
    def dangerous(self) -> bool:
        """A yes where it is no or unknown."""
        return self.answer["verdict"] == "ja" and self.asked.verdict in ("nej", SILENT)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m evals documents` takes."""
    parser.add_argument("--files", type=Path, nargs="*", metavar="FIL", help="ellers evals/unlearnt/*.txt")
    parser.add_argument("--out", type=Path, default=OUT, metavar="MAPPE", help="ellers evals/out/documents")


def documents(given: argparse.Namespace) -> int:
    """Ask, print the figures, and write each answer to rows.jsonl."""
    read = [document for file in sorted(given.files or FOLDER.glob("*.txt")) for document in read_file(file)]
    given.out.mkdir(parents=True, exist_ok=True)
    found = []
    with (given.out / "rows.jsonl").open("w", encoding="utf-8") as rows:
        for each in asked(read, given.out / "work", load_settings(record="off")):
            rows.write(json.dumps(_row(each), ensure_ascii=False, default=str) + "\n")
            found.append(each)
    sys.stdout.write(f"\n{figures(found)}\n")
    return 0


def asked(
    found: Iterable[Document], work: Path, settings: Settings, embedder: Embedder | None = None
) -> Iterator[Found]:
    """Every document indexed by itself under `work`, and its questions asked."""
    embedder = embedder or load_embedder(settings)
    for number, document in enumerate(found):
        assistant = _opened_on(document, work / f"{document.group}-{number}", settings, embedder)
        for question in document.questions:
            answer = to_json(assistant.ask(question.text))
            passages = [citation["passage"] for citation in answer["citations"]]
            yield Found(document, question, answer, _meet(passages, question.answering))
        assistant.store.close()
        sys.stderr.write(".")
        sys.stderr.flush()


def _opened_on(document: Document, work: Path, settings: Settings, embedder: Embedder) -> Assistant:
    corpus = work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "dokument.txt").write_text("\n\n".join((document.title, *document.passages)) + "\n", encoding="utf-8")
    lines = {"id": "dokument", "file": "dokument.txt", "title": document.title, "kind": document.kind}
    lines |= {"date": document.date, "network": settings.network}
    table = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
    (corpus / "sources.toml").write_text(f"[[source]]\n{table}", encoding="utf-8")
    own = settings.model_copy(update={"corpus": corpus, "index": work / "index"})
    sync(own, lambda _: None, embedder=embedder)
    store = Store.open(own)
    return Assistant(store, embedder, load_lexicon(glossary_of(own), kinds_in(store)), own)


def _meet(cited: Sequence[str], answering: Sequence[str]) -> bool:
    return any(one in other or other in one for one in cited for other in answering)


def _row(found: Found) -> dict[str, Any]:
    return {
        "group": found.document.group,
        "title": found.document.title,
        "kind": found.document.kind,
        "question": found.asked.text,
        "wanted": found.asked.verdict,
        "answering": found.asked.answering,
        "got": found.answer["verdict"],
        "right": found.right,
        "cited": found.cited,
        "answer": found.answer["answer"],
        "notices": [notice["code"] for notice in found.answer["notices"]],
        "explanation": found.answer["explanation"],
    }


def figures(found: Sequence[Found]) -> str:
    """The shares of right verdicts and citations, by file, and what was answered instead of what."""
    answerable = [each for each in found if each.asked.answering]
    confused = Counter((each.asked.verdict, each.answer["verdict"]) for each in found)
    groups = {each.document.group.partition("-")[0] for each in found}
    lines = [
        f"{'ønsket':<14}" + "".join(f"{verdict:>14}" for verdict in VERDICTS),
        *(
            f"{wanted:<14}" + "".join(f"{confused[wanted, got]:>14}" for got in VERDICTS)
            for wanted in (*VERDICTS[:4], SILENT)
        ),
        *(_share(group, [each for each in found if each.document.group.startswith(group)]) for group in sorted(groups)),
        _share("i alt", found),
        f"citeret: {sum(each.cited for each in answerable)} af {len(answerable)}",
        f"farlige ja: {sum(each.dangerous for each in found)}",
    ]
    return "\n".join(lines)


def _share(name: str, found: Sequence[Found]) -> str:
    right = sum(each.right for each in found)
    return f"{name}: {right} af {len(found)} rigtige ({right / max(1, len(found)):.3f})"
