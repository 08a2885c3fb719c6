"""`python -m assistant audit …`. Whoever can run it on the machine acts as its administrator."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import RecordError
from assistant.rights import local_person
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.record.journal import Record


def add_audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `audit` and what it can do."""
    audit = commands.add_parser("audit", help="kontrollér journalen, træk den ud, slet udløbne tekster")
    doings = audit.add_subparsers(required=True, metavar="{verify,export,purge,rebuild}")
    verify = doings.add_parser("verify", help="læs hele kæden og nævn det første brud")
    verify.add_argument("--head", default="", help="en hash, der er noteret tidligere og stadig skal findes")
    verify.set_defaults(run=_verify)
    export = doings.add_parser("export", help="skriv journalen til en fil: .jsonl, .csv eller .xlsx")
    export.add_argument("output", type=Path)
    export.add_argument("--since", type=_day, help="fra og med denne dag (ÅÅÅÅ-MM-DD)")
    export.add_argument("--until", type=_day, help="til og med denne dag")
    export.add_argument("--user", default="", help="kun denne brugers spørgsmål")
    export.add_argument("--document", default="", help="kun svar, der citerer dette dokument (dets id)")
    export.add_argument("--verdict", default="", choices=("ja", "nej", "betinget", "info", "ikke_besvaret"))
    export.set_defaults(run=_export)
    purge = doings.add_parser("purge", help="slet tekster, hvis opbevaringstid er udløbet")
    purge.add_argument("--dry-run", action="store_true", help="sig kun, hvor mange der er")
    purge.set_defaults(run=_purge)
    rebuild = doings.add_parser("rebuild", help="dan køens og overblikkets tabeller på ny ud fra journalen")
    rebuild.set_defaults(run=_rebuild)


def add_note(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `note`."""
    note = commands.add_parser("note", help="skriv journalnotatet til et svar: .docx eller .pdf")
    note.add_argument("number", type=int, help="svarets nummer i journalen")
    note.add_argument("output", type=Path)
    note.set_defaults(run=_note)


def _note(given: argparse.Namespace) -> int:
    from assistant.record.notes import write_note

    # Who can read the database's file can read every answer in it; so the person is taken for one who may.
    write_note(_record(), local_person("jurist"), given.number, given.output)
    print(f"Journalnotatet er skrevet til {given.output}.")
    return 0


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"«{text}» er ikke en dato; skriv den som 2026-07-01") from exc


def _verify(given: argparse.Namespace) -> int:
    from assistant.record.verifying import verify

    found = verify(_record().engine, given.head)
    if found.broken:
        print(f"Journalen er brudt ved post {found.broken.number}: {found.broken.fault}.", file=sys.stderr)
        return 1
    print(f"Journalen er hel: {found.entries} poster. Seneste hash: {found.head}")
    return 0


def _export(given: argparse.Namespace) -> int:
    from assistant.record.exporting import export
    from assistant.record.selecting import Wanted

    wanted = Wanted(given.since or "", given.until or "", given.user, given.document, given.verdict)
    count = export(_record().engine, local_person("administrator"), given.output, wanted)
    print(f"{count} poster er skrevet til {given.output}.")
    return 0


def _purge(given: argparse.Namespace) -> int:
    from assistant.record.purging import purge

    done = purge(_record(), local_person("administrator"), load_settings().retention_days, given.dry_run)
    said = "ville blive slettet" if given.dry_run else "er slettet"
    print(f"{done.texts} tekster fra før {done.before[:10]} {said}. Kæden kan stadig kontrolleres.")
    return 0


def _rebuild(_: argparse.Namespace) -> int:
    from assistant.record.projecting import rebuild

    print(f"Tabellerne er dannet på ny ud fra {rebuild(_record().engine)} poster.")
    return 0


def _record() -> Record:
    from assistant.record.journal import Record

    settings = load_settings()
    if settings.record == "off":
        raise RecordError("Der føres ingen journal: ASSISTANT_RECORD er off. Fjern den indstilling.")
    return Record.open(settings)
