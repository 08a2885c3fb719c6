"""kill -9 at any moment of `python -m ingest` leaves an index that answers, whole: the old one or the new one."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from subprocess import Popen

import pytest

from assistant.settings import Settings
from tests.index_kit import (
    TEXTS,
    answers,
    fake_sync,
    indexed_settings,
    run_ingest,
    small_settings,
    start_ingest,
    write_corpus,
)

MOMENTS = 6  # spread evenly over a run
BUILDING = [0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5]  # seconds into the writing of the new generation


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An index of the small corpus whose texts need not be embedded again when only the metadata change."""
    return indexed_settings(tmp_path)


def kill(process: Popen[str], when: Callable[[Popen[str]], None]) -> None:
    when(process)
    process.kill()
    process.communicate()


def after(seconds: float) -> Callable[[Popen[str]], None]:
    return lambda process: time.sleep(seconds)


def building_for(seconds: float) -> Callable[[Popen[str]], None]:
    def when(process: Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            if "Bygger" in line:
                break
        time.sleep(seconds)

    return when


def noted(note: str) -> dict[str, str]:
    return {name: note + text for name, text in TEXTS.items()}


def test_kill_9_at_any_moment_leaves_a_whole_index_that_answers(settings: Settings) -> None:
    started = time.monotonic()
    write_corpus(settings.corpus, note="0")
    assert run_ingest(settings)[0] == 0
    length = time.monotonic() - started
    notes = count(1)
    current, pending = "0", str(next(notes))
    write_corpus(settings.corpus, note=pending)
    moments = [after(length * number / MOMENTS) for number in range(1, MOMENTS + 1)]
    for when in [*moments, *(building_for(seconds) for seconds in BUILDING)]:
        kill(start_ingest(settings), when)
        found = answers(settings)
        assert found in (noted(current), noted(pending))
        if found == noted(pending):
            current, pending = pending, str(next(notes))
            write_corpus(settings.corpus, note=pending)
    assert run_ingest(settings)[0] == 0
    assert answers(settings) == noted(pending)
    assert run_ingest(settings)[1].startswith("Indekset er uændret")
    assert len(list(settings.index.glob("gen-*"))) == 1


def test_kill_9_before_there_is_any_index_is_mended_by_the_next_run(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    kill(start_ingest(settings), after(1.5))
    fake_sync(settings)
    assert answers(settings) == TEXTS
