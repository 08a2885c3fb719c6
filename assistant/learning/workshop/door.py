"""`python -m assistant workshops …`."""

from __future__ import annotations

import argparse

from assistant.settings import load_settings


def add_workshops(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `workshops` and what it can do."""
    workshops = commands.add_parser("workshops", help="slet workshops, hvis tid er udløbet")
    doings = workshops.add_subparsers(required=True, metavar="{purge}")
    purge = doings.add_parser("purge", help="slet workshops, hvis tid er udløbet, med kaldenavne og stemmer")
    purge.set_defaults(run=_purge)


def _purge(_: argparse.Namespace) -> int:
    from assistant.learning.workshop.hosting import purge
    from assistant.learning.workshop.rooms import open_database

    engine = open_database(load_settings())
    try:
        print(f"Udløbne workshops slettet: {purge(engine)}.")
    finally:
        engine.dispose()
    return 0
