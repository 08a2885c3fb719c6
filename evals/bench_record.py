"""The record's figures: what recording adds to an answer, and how a large record reads."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

from sqlalchemy import insert, update

from assistant.record.chain import Content, Entry, digest, linked, new_salt
from assistant.record.database import writing
from assistant.record.filed import Filed
from assistant.record.journal import Record
from assistant.record.overview import overview
from assistant.record.projecting import project
from assistant.record.queue import Filters, choices, counts, queue
from assistant.record.tables import CONTENTS, ENTRIES, HEAD
from assistant.record.verifying import verify
from assistant.rights import Person
from assistant.settings import load_settings

SIZE = 100_000
_APPENDED = 300
_OPENED = 5
_SHOWN_DAYS = 29  # the overview opens with the last 30
_AT_ONCE = 2000
_DAYS = 400
_TOPICS = 400
_VERDICTS = ("ja", "nej", "betinget", "info", "ikke_besvaret")
_STATES = ("approved", "corrected", "rejected")
_JURIST = Person("jurist", "jurist")
# As long as a median answer's record: the prose, the quotes with their passages, what was found and not used.
_TEXT_CHARACTERS = 12_000


class RecordTimes(NamedTuple):
    """What the record costs; times in milliseconds, over a record of `entries`."""

    entries: int
    append_p50_ms: float
    append_p95_ms: float
    queue_ms: float
    overview_ms: float
    verified_a_second: float


def measure_record(say: Callable[[str], None], size: int = SIZE) -> RecordTimes:
    """Fill a record with `size` answers, then time it."""
    with tempfile.TemporaryDirectory(prefix="bench-record-") as folder:
        record = Record.open(load_settings(record="required", data=Path(folder), database_url=""))
        say(f"journalen fyldes med {size} svar …")
        fill(record, size)
        say("journalen måles …")
        appended = [
            _timed(lambda: record.append(_JURIST, "answer", *_answer(random.Random(0), 0))) for _ in range(_APPENDED)
        ]
        opened = [_timed(lambda: _queue(record)) for _ in range(_OPENED)]
        seen = [_timed(lambda: overview(record, _JURIST, *_period())) for _ in range(_OPENED)]
        start = perf_counter()
        found = verify(record.engine)
        rate = found.entries / (perf_counter() - start)
        if found.broken:
            raise AssertionError(found.broken.fault)
        cuts = quantiles(appended, n=20)
        record.close()
        return RecordTimes(found.entries, cuts[9], cuts[18], median(opened), median(seen), rate)


def _queue(record: Record) -> None:
    """All that the page of the queue reads when it opens."""
    queue(record, _JURIST, Filters())
    counts(record, _JURIST, Filters())
    choices(record, _JURIST)


def _period() -> tuple[date, date]:
    today = datetime.now(UTC).date()
    return today - timedelta(days=_SHOWN_DAYS), today


def fill(record: Record, size: int, seed: int = 1) -> None:
    """Put `size` answers on record, with a report on every tenth and a decision on every twentieth; the last is now."""
    made = _entries(size, random.Random(seed))
    while some := list(islice(made, _AT_ONCE)):
        with writing(record.engine) as connection:
            connection.execute(insert(ENTRIES), [each.entry._asdict() for each, _ in some])
            texts = [{"number": each.entry.number, **content._asdict()} for each, content in some if content]
            connection.execute(insert(CONTENTS), texts)
            for each, _ in some:
                project(connection, each)
            last = some[-1][0].entry
            connection.execute(update(HEAD).values(number=last.number, hash=last.hash))


def _entries(size: int, chance: random.Random) -> Iterator[tuple[Filed, Content | None]]:
    number, previous = 0, "0" * 64
    started = datetime.now(UTC) - timedelta(days=_DAYS)
    for place in range(size):
        at = started + timedelta(days=_DAYS) * (place / size)
        about = number + 1
        for by, kind, facts, body in _case(chance, place):
            number += 1
            content = Content(new_salt(), json.dumps(body, ensure_ascii=False)) if body else None
            moment = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            plain = json.dumps(facts, ensure_ascii=False)
            entry = linked(Entry(number, moment, *by, kind, about, plain, digest(content), previous, ""))
            previous = entry.hash
            yield Filed(entry, facts, body), content


def _case(chance: random.Random, place: int) -> Iterator[tuple[Person, str, dict[str, Any], dict[str, Any]]]:
    """An answer and what was said of it."""
    yield Person(f"bruger{chance.randrange(80)}"), "answer", *_answer(chance, place)
    if place % 10 == 0:
        helpful = bool(place % 30)
        yield Person("bruger1"), "feedback", {"helpful": helpful, "reason": "" if helpful else "unclear"}, {}
    if place % 20 == 0:
        state = chance.choice(_STATES)
        yield (
            _JURIST,
            "decision",
            {"outcome": "reject", "state": state, "in_force": False, "second": False},
            {"reason": "…"},
        )


def _answer(chance: random.Random, place: int) -> tuple[dict[str, Any], dict[str, Any]]:
    topic = chance.randrange(_TOPICS)
    facts = {
        "verdict": chance.choice(_VERDICTS),
        "language": "da",
        "kind": "fakta",
        "mode": "extractive",
        "model": "",
        "strength": round(chance.uniform(0.2, 2.5), 3),
        "documents": [f"dokument-{chance.randrange(12)}", "2018-midtvejsstatus"],
        "provisions": [f"LAB § {chance.randrange(120)}"],
        "notices": [],
        "engine_version": "0.1.0",
        "prompt_version": "x",
        "corpus_version": "x",
        "latency_ms": chance.randrange(40, 400),
        "model_ms": 0,
        "guard_ms": 0,
        "served": 0,
    }
    question = f"Må vi lade være med punkt {topic} i sag {place}?"
    answer = {
        "question": question,
        "verdict": facts["verdict"],
        "answer": "Nej. [1] " * (_TEXT_CHARACTERS // 9),
        "citations": [],
    }
    body = {"question": question, "history": [], "as_of": "", "network": "En plan", "topic": f"punkt {topic}"}
    return facts, {**body, "answer": answer, "retrieved": []}


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
