"""The command line: ask, batch, search, check, audit, note, workshops.

Errors are one plain line on stderr and exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.answer_json import explained, plain_text, to_json
from assistant.engine import Assistant
from assistant.errors import AssistantError, QuestionError
from assistant.guard.door import check_file
from assistant.learning.workshop.door import add_workshops
from assistant.models import Answer, Hit
from assistant.record.door import add_audit, add_note
from assistant.settings import load_settings

_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(argv)
    try:
        return int(given.run(given))
    except AssistantError as exc:
        print(exc, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output went away ("| head"); that is no error of ours.
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Spørg dokumenterne om, hvad I må.")
    commands = parser.add_subparsers(required=True, metavar="{ask,batch,search,check,audit,note,workshops}")
    ask = commands.add_parser("ask", help="stil ét spørgsmål")
    ask.add_argument("question")
    ask.add_argument(
        "--history", action="append", default=[], help="et tidligere spørgsmål; kan gentages, ældste først"
    )
    ask.add_argument("--as-of", help="svar for denne dato (ÅÅÅÅ-MM-DD)")
    ask.add_argument("--network", help="det netværk, der spørges for")
    ask.add_argument("--explain", action="store_true", help="vis også, hvordan svaret blev til")
    ask.add_argument("--json", action="store_true", help="svaret som JSON")
    ask.set_defaults(run=_ask)
    batch = commands.add_parser("batch", help="svar på hver linje i en JSONL-fil")
    batch.add_argument("input", type=Path)
    batch.add_argument("output", type=Path)
    batch.set_defaults(run=_batch)
    search = commands.add_parser("search", help="find de passager, der passer bedst")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=10, help="hvor mange")
    search.add_argument("--json", action="store_true", help="passagerne som JSON")
    search.set_defaults(run=_search)
    check = commands.add_parser("check", help="prøv påstande mod de tekster, de siges at hvile på")
    check.add_argument("input", type=Path)
    check.add_argument("output", type=Path)
    check.set_defaults(run=lambda given: check_file(given.input, given.output))
    add_audit(commands)
    add_workshops(commands)
    add_note(commands)
    for command in (ask, batch):
        command.add_argument("--mode", choices=("extractive", "llm"), help="hvordan svaret skrives")
    return parser


def _open() -> Assistant:
    return Assistant.open(load_settings(), lambda line: print(line, file=sys.stderr))


def _ask(given: argparse.Namespace) -> int:
    answer = _answered(_open(), given)
    if given.json:
        print(json.dumps(to_json(answer), ensure_ascii=False, indent=2))
    else:
        print(plain_text(answer), end="")
        print(explained(answer) if given.explain else "", end="")
    return 0


def _answered(assistant: Assistant, given: argparse.Namespace) -> Answer:
    """The answer; at a terminal a language model's draft is seen as it comes, dimmed, since nobody has checked it."""
    asked = (given.question, given.history, given.as_of, given.network, given.mode)
    if given.json or not (sys.stdout.isatty() and sys.stderr.isatty()):
        return assistant.ask(*asked)
    for event in assistant.ask_stream(*asked):
        if event.kind == "draft":
            print(f"{_DIM}{event.text}{_PLAIN}", end="", file=sys.stderr, flush=True)
        elif event.kind == "struck":
            print(f"\n{_DIM}[strøget: {' '.join(event.reasons)}]{_PLAIN}", file=sys.stderr)
        elif event.answer is not None:
            print(file=sys.stderr)
            return event.answer
    raise QuestionError("Spørgsmålet gav intet svar. Prøv igen.")


def _batch(given: argparse.Namespace) -> int:
    """Each line in gives one line out, in order; a bad line gives an error line and exit code 1 at the end."""
    if not given.input.exists():
        raise QuestionError(f"Filen {given.input} findes ikke. Angiv en JSONL-fil med ét spørgsmål pr. linje.")
    assistant = _open()
    failed = 0
    try:
        with given.output.open("w", encoding="utf-8") as out:
            for number, line in enumerate(_lines(given.input), 1):
                reply = _reply(assistant, line, number, given.mode)
                failed += "error" in reply
                out.write(json.dumps(reply, ensure_ascii=False) + "\n")
    except OSError as exc:
        raise QuestionError(f"{given.output} kan ikke skrives: {exc.strerror}. Vælg en anden fil.") from exc
    if failed:
        print(f"{failed} linje(r) kunne ikke besvares; se «error» i {given.output}.", file=sys.stderr)
    return 1 if failed else 0


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in file if line.strip())


def _reply(assistant: Assistant, line: bytes, number: int, mode: str | None) -> dict[str, Any]:
    identifier: Any = number
    try:
        asked = json.loads(line.decode("utf-8"))
        if not isinstance(asked, dict):
            raise QuestionError(f"Linje {number} er ikke et JSON-objekt.")
        identifier = asked.get("id", number)
        answer = assistant.ask(*_asked(asked, number), mode)
    except (UnicodeDecodeError, json.JSONDecodeError) as exc:
        return {"id": identifier, "error": f"Linje {number} er ikke gyldig JSON i UTF-8: {exc}"}
    except AssistantError as exc:
        return {"id": identifier, "error": str(exc)}
    return {"id": identifier, **to_json(answer)}


def _asked(asked: dict[str, Any], number: int) -> tuple[str, list[str], str | None, str | None]:
    """The fields of a batch line, checked for their kinds."""
    history = asked.get("history") or []
    texts = [asked.get("question"), *(history if isinstance(history, list) else [None])]
    if not all(isinstance(text, str) for text in texts):
        raise QuestionError(f"Linje {number}: «question» skal være tekst og «history» en liste af tekster.")
    for name in ("as_of", "network"):
        if asked.get(name) is not None and not isinstance(asked[name], str):
            raise QuestionError(f"Linje {number}: «{name}» skal være tekst.")
    return asked["question"], history, asked.get("as_of"), asked.get("network")


def _search(given: argparse.Namespace) -> int:
    hits = _open().search(given.query, max(1, given.k))
    if given.json:
        print(json.dumps([_hit(hit) for hit in hits], ensure_ascii=False, indent=2))
        return 0
    for place, hit in enumerate(hits, 1):
        section = " › ".join(hit.passage.heading_path)
        print(f"{place}. {hit.score:.3f} {hit.passage.source_id} · {section}\n   {' '.join(hit.passage.raw.split())}")
    return 0


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "passage_id": passage.id,
        "source_id": passage.source_id,
        "section": " › ".join(passage.heading_path),
        "page": passage.page,
        "score": hit.score,
        "dense": hit.dense,
        "lexical": hit.lexical,
        "provision": hit.provision,
        "spans": [list(span) for span in passage.spans],
        "raw": passage.raw,
        "provisions": [asdict(provision) for provision in passage.provisions],
    }


if __name__ == "__main__":
    sys.exit(main())
