"""python -m evals ablation: the known answers with one part of the system taken away at a time."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from assistant import engine
from assistant.embedding import Embedder, Read
from assistant.models import Hit, Passage
from assistant.settings import Settings, load_settings
from assistant.store import Store
from evals.ablation_parts import PARTS, WHOLE, Part, forget, gathered_once, load_lexicon_now
from evals.cases import CASES, Case, load
from evals.markdown import table
from evals.measures import BY_NAME, figure, shown
from evals.report import ReportError
from evals.results import Row, row
from evals.runner import Answerer, run_cases
from evals.scorers import Observation, all_scorers, recall_at

Say = Callable[[str], None]
HEAD = (
    "uden",
    "afgørelse",
    "kilde",
    "sagt",
    "først da",
    "først en",
    "top 5 da",
    "top 5 en",
    "tavs forkert",
    "svar for tavshed",
    "farlige",
    "andre svar",
    "p50 ms",
)
_NOTES = Path(__file__).resolve().parent / "ablation-notes.md"
_DEPTH = 10


class Columns(NamedTuple):
    """One line of the table: figures with and without a part. Shares in 0..1, counts, milliseconds; None: not taken."""

    name: str
    cells: tuple[str, ...]


class Opener(Protocol):
    """What opens the assistant anew, with what is replaced at that moment."""

    def __call__(self) -> Answerer: ...


class Remembering(Embedder):
    """An embedder that embeds each question once, since no part changes a question's vector."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._known: dict[str, Read] = {}

    def read_query(self, text: str) -> Read:
        """As Embedder's."""
        if text not in self._known:
            self._known[text] = super().read_query(text)
        return self._known[text]

    def queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """As Embedder's."""
        return np.stack([self.read_query(text).vector for text in texts])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ablation's options."""
    parser.add_argument("--cases", type=Path, action="append", metavar="FIL", help="kan gentages; ellers core og roles")
    parser.add_argument("--out", type=Path, metavar="MAPPE", help="skriv ABLATION.md her; ellers kun på skærmen")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="kun hvert N'te spørgsmål")


def own_files() -> list[Path]:
    """The case files that the system is built with; the blind ones stay blind."""
    return [file for file in sorted(CASES.glob("*.jsonl")) if not file.stem.startswith("blind")]


def ablation(given: argparse.Namespace, say: Say) -> str:
    """Ask all cases with each part gone; the Markdown document. Raises ReportError when it cannot be written."""
    files = given.cases or own_files()
    cases = load(files).cases[:: given.every]
    settings = load_settings()
    store, embedder = Store.open(settings), Remembering(settings)
    embedder.queries([case.question for case in cases])

    def opener() -> Answerer:
        lexicon = load_lexicon_now(engine.glossary_of(settings), engine.kinds_in(store))
        assistant = engine.Assistant(store, embedder, lexicon, settings)
        assistant.warm()
        return assistant

    lines = [*measured(cases, opener, (WHOLE, *PARTS), say), *alone(cases, store, embedder)]
    text = document(lines, len(cases), [file.name for file in files], given.every)
    if given.out:
        _write(given.out, text)
    return text


def measured(cases: Sequence[Case], opener: Opener, parts: Sequence[Part], say: Say) -> Iterator[Columns]:
    """A line for each part, the assistant opened anew without it; the first is what the others are held against."""
    whole: Sequence[Row] = ()
    for part in parts:
        forget()
        with part.taken(), gathered_once():
            assistant = opener()
            rows = run_cases(assistant, cases, all_scorers(assistant.source_text, assistant.source_text)).rows
        whole = whole or rows
        cells = figures_of(rows)
        line = Columns(part.name, (*cells[:-1], str(changed(whole, rows)), cells[-1]))
        say(" · ".join((line.name, *line.cells)))
        yield line
    forget()


def figures_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The cells of a line after its name."""
    danish, english = ([item for item in rows if item.lang == tongue] for tongue in ("da", "en"))
    silent = sum(item.got == "ikke_besvaret" and "ikke_besvaret" not in item.accepted for item in rows)
    spoke = sum(item.got not in ("ikke_besvaret", "") and item.accepted == ("ikke_besvaret",) for item in rows)
    return (
        *(_cell(name, rows) for name in ("verdict", "citation_hit", "must_say")),
        *(_cell(name, some) for name in ("recall_at_1", "recall_at_5") for some in (danish, english)),
        str(silent),
        str(spoke),
        *(_cell(name, rows) for name in ("dangerous", "latency_p50_ms")),
    )


def changed(before: Sequence[Row], after: Sequence[Row]) -> int:
    """How many answers differ in verdict, prose or the place of the right passage: 0 tells of a part without effect."""
    told = [[(row.got, row.answer, row.rank) for row in rows] for rows in (before, after)]
    return sum(one != other for one, other in zip(*told, strict=True))


def alone(cases: Sequence[Case], store: Store, embedder: Embedder) -> Iterator[Columns]:
    """The lines of each search by itself, in the order that it gives: what the scoring of statements adds to."""
    asked = [case for case in cases if case.must_cite and not case.history and case.question.strip()]
    searches: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
        ("kun vektorsøgning", lambda text: [hit[0] for hit in store.dense(embedder.queries([text])[0], 4 * _DEPTH)]),
        ("kun søgning på ord", lambda text: [hit[0] for hit in store.lexical(text, _DEPTH)]),
    )
    scorers = {f"recall_at_{k}": recall_at(k) for k in (1, 5)}
    for name, search in searches:
        rows = []
        for case in asked:
            found = [store.passages[passage_id] for passage_id in dict.fromkeys(search(case.question))][:_DEPTH]
            seen = Observation(case, hits=tuple(map(_hit, found)))
            scores = ((measure, scorer(seen)) for measure, scorer in scorers.items())
            rows.append(row(seen, {measure: score for measure, score in scores if score is not None}))
        cells = figures_of(rows)
        yield Columns(name, ("–", "–", "–", *cells[3:7], *"–––––"))


def _hit(passage: Passage) -> Hit:
    return Hit(passage, 0.0, 0.0, 0.0, 0.0)


def _cell(name: str, rows: Sequence[Row]) -> str:
    measure = BY_NAME[name]
    return shown(measure, figure(measure, rows).value)


def document(lines: Sequence[Columns], count: int, files: Sequence[str], every: int) -> str:
    """The table in Markdown, with how it was made."""
    taken = f", hvert {every}. spørgsmål" if every > 1 else ""
    command = "python -m evals ablation --out evals" + (f" --every {every}" if every > 1 else "")
    rows = [(line.name, *line.cells) for line in lines]
    made = f"Skrevet af `{command}` {datetime.now(UTC).date()} over {', '.join(files)}{taken}: {count} spørgsmål. "
    made += "Ret ikke i filen; kør kommandoen igen."
    notes = _NOTES.read_text(encoding="utf-8").strip()
    return "\n\n".join(("# Hvad hver del er værd", made, table(HEAD, rows), notes)) + "\n"


def _write(folder: Path, text: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ABLATION.md").write_text(text, encoding="utf-8")
    except OSError as exc:
        raise ReportError(f"Tabellen kan ikke skrives i {folder} ({exc.strerror}). Angiv en anden mappe.") from exc
