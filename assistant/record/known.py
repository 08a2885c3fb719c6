"""From review to known answers: a decided case as a line in the format that the answers are measured with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from assistant.errors import RecordError, ReviewError
from assistant.locks import LockHeld, exclusive
from assistant.record.database import reading
from assistant.record.filed import Filed
from assistant.record.journal import Record
from assistant.record.projecting import UNDECIDED
from assistant.record.thread import thread
from assistant.rights import Person, require

FILE = "known-answers.jsonl"
Kept = Literal["added", "replaced", "already"]
_PATIENCE = 10  # seconds
# A notice that says more of the question than its form does, the first that is there.
_BY_NOTICE = {
    "instruction_ignored": "injection",
    "personal_data": "personal_data",
    "wrong_premise": "wrong_premise",
    "other_network": "other_network",
}
_BY_FORM = {
    "permission": "permission",
    "condition": "condition",
    "list": "list",
    "definition": "definition",
    "compare": "comparison",
    "procedure": "procedure",
}
_NO_TOPIC = ("uden_emne", "sprog")


def known_answer(record: Record, by: Person, number: int, path: Path) -> Kept:
    """Write the decided case to the file of known answers; one line a case, the newest decision's.

    Raises NotAllowed, RecordError, or ReviewError where the case has no answer that was approved.
    """
    require(by, "decide")
    with reading(record.engine) as connection:
        entries = list(thread(connection, number))
    line = _line(entries[0], _settled(entries))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(path.with_name(f"{path.name}.lock"), _PATIENCE):
            return _written(line, path)
    except (OSError, LockHeld) as exc:
        raise RecordError(f"De kendte svar kan ikke skrives til {path}. Giv adgang til filen, og prøv igen.") from exc


def is_known(number: int, path: Path) -> bool:
    """Whether the case stands in the file of known answers. Raises RecordError for a file that cannot be read."""
    return _id(number) in _ids(_lines(path))


def _settled(entries: list[Filed]) -> Filed:
    """The decision whose answer is the right one. Raises ReviewError where there is none."""
    said = [each for each in entries if each.entry.kind in ("decision", "suspension")]
    settled = [each for each in said if each.facts.get("state") not in UNDECIDED]
    last = settled[-1] if settled else None
    if last is None or last.entry.kind == "suspension" or not last.facts["in_force"]:
        raise ReviewError("Kun en godkendt eller rettet sag kan blive til et kendt svar. Afgør sagen først.")
    if not last.body:
        raise ReviewError("Sagens tekster er slettet efter fristen, så den kan ikke blive til et kendt svar.")
    return last


def _line(first: Filed, decision: Filed) -> dict[str, Any]:
    body, answer = decision.body, decision.body["answer"]
    note = f"Godkendt af jurist {decision.entry.at[:10]}, post {decision.entry.number} i journalen"
    line = {
        "id": _id(first.entry.number),
        "question": body["question"],
        "lang": answer["language"],
        "kind": _kind(answer, body["history"], first.body.get("answer", {}).get("explanation", {})),
        "history": list(body["history"]),
        "verdict": answer["verdict"],
        "must_cite": [{"doc": each["source_id"], "quote": each["quote"]} for each in answer["citations"]],
        "must_say": [],
        "must_not_say": [],
        "note": note,
    }
    return line | {name: body[name] for name in ("as_of", "network") if body.get(name)}


def _kind(answer: Mapping[str, Any], history: list[str], explained: Mapping[str, Any]) -> str:
    """What sort of question it was, as far as the answer and how the question was read tell."""
    if history:
        return "followup"
    noticed = next((kind for code, kind in _BY_NOTICE.items() if _has(answer, code)), "")
    if noticed:
        return noticed
    if answer["verdict"] == "ikke_besvaret":
        return "out_of_scope" if explained.get("rule") in _NO_TOPIC else "unanswerable"
    return _BY_FORM.get(str(explained.get("frame", {}).get("form", "")), "fact")


def _has(answer: Mapping[str, Any], code: str) -> bool:
    return any(notice["code"] == code for notice in answer["notices"])


def _written(line: Mapping[str, Any], path: Path) -> Kept:
    text = json.dumps(line, ensure_ascii=False)
    lines = _lines(path)
    if text in lines:
        return "already"
    ids = _ids(lines)
    kept: Kept = "replaced" if line["id"] in ids else "added"
    if kept == "replaced":
        lines[ids.index(line["id"])] = text
    else:
        lines.append(text)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.writelines(f"{each}\n" for each in lines)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return kept


def _lines(path: Path) -> list[str]:
    """The file's lines; none where there is no file yet."""
    try:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()] if path.exists() else []
    except (OSError, UnicodeDecodeError) as exc:
        raise RecordError(f"De kendte svar i {path} kan ikke læses. Ret filen, eller flyt den væk.") from exc


def _ids(lines: list[str]) -> list[str]:
    """The id of each line; "" for one that somebody has broken by hand."""
    return [_id_in(line) for line in lines]


def _id_in(line: str) -> str:
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _id(number: int) -> str:
    return f"sag-{number}"
