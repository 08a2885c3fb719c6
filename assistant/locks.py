"""Locks between processes: held through an open file, so the system lets go of them when the process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

POLL = 0.1  # seconds between two tries


class LockHeld(Exception):
    """Another process held the lock for the whole of the time that was given."""


@contextmanager
def exclusive(path: Path, patience: float = 0.0, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock file alone. Tries for `patience` seconds, calling `waiting` once; then raises LockHeld."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _acquire(handle, patience, waiting)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, patience: float, waiting: Callable[[], None] | None) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as exc:
            if waiting is not None:
                waiting()
                waiting = None
            if time.monotonic() >= deadline:
                raise LockHeld(str(handle)) from exc
            time.sleep(POLL)


def share(path: Path) -> int:
    """A shared hold on an existing file, to be given back with os.close; raises OSError when it is gone or taken."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def in_use(path: Path) -> bool:
    """Whether any process holds the file; False when there is no such file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
