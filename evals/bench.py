"""The bench: speed and size, measured in processes of their own."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The bench's options."""
    parser.add_argument("--scales", default="1,10")


def bench(given: argparse.Namespace) -> int:
    """Runs the bench; 0 when it could be measured."""
    raise NotImplementedError
