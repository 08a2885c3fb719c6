"""`python -m ingest [sync|status|verify|bind] [--corpus DIR] [--index DIR] [--rebuild]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings
from ingest.approvals import hold_approvals
from ingest.check import status, verify
from ingest.modules import bind_modules, hold_modules
from ingest.sync import Report, sync


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 1 when anything is not, with a line on stderr for each."""
    given = _parser().parse_args(arguments)
    try:
        settings = load_settings(corpus=given.corpus, index=given.index)
        if given.command == "status":
            return _status(settings)
        if given.command == "verify":
            return _verify(settings)
        if given.command == "bind":
            print("\n".join(bind_modules(settings)))
            return 0
        return _sync(settings, given.rebuild)
    except AssistantError as exc:
        print(exc, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Indekserer dokumenterne i korpusmappen.")
    parser.add_argument(
        "command",
        nargs="?",
        choices=("sync", "status", "verify", "bind"),
        default="sync",
        help="sync: bring indekset i overensstemmelse med mappen (det, der sker uden ord); "
        "status: vis, hvad sync ville gøre; verify: efterprøv indekset; "
        "bind: notér, hvor modulernes citater står, når de er læst mod kilderne",
    )
    parser.add_argument("--corpus", type=Path, help="mappe med sources.toml og dokumenterne")
    parser.add_argument("--index", type=Path, help="mappe til indekset")
    parser.add_argument("--rebuild", action="store_true", help="byg indekset op fra bunden")
    return parser


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _sync(settings: Settings, rebuild: bool) -> int:
    started = time.monotonic()
    report = sync(settings, _say, rebuild)
    for failure in report.failures:
        _say(f"FEJL  {failure}")
    print(_summary(report, time.monotonic() - started))
    for line in (*hold_approvals(settings), *hold_modules(settings)):
        print(line)
    return 1 if report.failures else 0


def _summary(report: Report, seconds: float) -> str:
    plan, size = report.plan, f"{report.documents} dokumenter, {report.passages} passager"
    if not report.built:
        return f"Indekset er uændret: {size}."
    parts = (("nye", plan.new), ("ændrede", plan.changed), ("uændrede", plan.same), ("fjernede", plan.gone))
    counts = ", ".join(f"{len(ids)} {word}" for word, ids in parts if ids)
    return f"Indekset er klar: {size} ({counts}) på {seconds:.1f} s."


def _status(settings: Settings) -> int:
    lines, well = status(settings)
    print("\n".join(lines))
    return 0 if well else 1


def _verify(settings: Settings) -> int:
    faults, summary = verify(settings)
    for fault in faults:
        _say(f"FEJL  {fault}")
    print(summary)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
