"""The guard's own door: claims with their sources in a JSONL file, a verdict on each in another."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.guard.checking import check_claim


def check_file(given: Path, written: Path) -> int:
    """A verdict for each claim in order, {"id", "accepted", "reasons"}; 1 if a line could not be read.

    A bad line gives one sentence with its number on stderr and {"id", "error"} in the file; the others are checked.
    Raises QuestionError when a file cannot be read or written.
    """
    if not given.is_file():
        raise QuestionError(f"Filen {given} findes ikke. Angiv en JSONL-fil med én påstand pr. linje.")
    failed = 0
    try:
        with written.open("w", encoding="utf-8") as out:
            for number, line in _lines(given):
                reply = _reply(line, number)
                if "error" in reply:
                    failed += 1
                    sys.stderr.write(f"{reply['error']}\n")
                out.write(json.dumps(reply, ensure_ascii=False) + "\n")
    except OSError as exc:
        raise QuestionError(f"{exc.filename} kan ikke læses eller skrives: {exc.strerror}. Vælg en anden fil.") from exc
    return 1 if failed else 0


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _reply(line: bytes, number: int) -> dict[str, Any]:
    identifier: Any = number
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as exc:
        return {"id": identifier, "error": f"Linje {number} er ikke gyldig JSON i UTF-8: {exc}"}
    if not isinstance(asked, dict):
        return {"id": identifier, "error": f"Linje {number} er ikke et JSON-objekt."}
    identifier = asked.get("id", number)
    claim, sources = asked.get("claim"), asked.get("sources")
    if not isinstance(claim, str) or not claim.strip():
        return {"id": identifier, "error": f"Linje {number}: «claim» skal være en tekst, der ikke er tom."}
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        return {"id": identifier, "error": f"Linje {number}: «sources» skal være en liste af tekster."}
    verdict = check_claim(claim, sources)
    reasons = [{"code": reason.code, "text": reason.text} for reason in verdict.reasons]
    return {"id": identifier, "accepted": verdict.accepted, "reasons": reasons}
