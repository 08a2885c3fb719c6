"""What goes in and out of the record: export, retention, and what the user is told when it cannot be written."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select, update

from assistant.engine import Assistant
from assistant.errors import NotAllowed, RecordError
from assistant.record.chain import START, Entry, linked
from assistant.record.database import FILE, reading, writing
from assistant.record.exporting import COLUMNS, export
from assistant.record.journal import Record
from assistant.record.projecting import rebuild
from assistant.record.purging import purge
from assistant.record.recorder import Recorder
from assistant.record.selecting import Wanted
from assistant.record.tables import CASES, CONTENTS, ENTRIES, HEAD
from assistant.record.verifying import verify
from assistant.settings import Settings, load_settings
from tests import core_kit
from tests.record_kit import ADMINISTRATOR, ASKER, JURIST, OTHER_JURIST, answered, body, own_database

ROOT = Path(__file__).parent.parent
MISSION = "Må jeg springe den forberedende del af rehabiliteringsplanen over?"


Engine = Callable[[Settings], Assistant]


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Makes the shared assistant with a record of its own, which is closed when the test ends."""
    plain, recorders = core_kit.assistant(), []

    def made(settings: Settings) -> Assistant:
        recorders.append(Recorder(settings))
        return Assistant(plain.store, plain.embedder, plain.lexicon, plain.settings, recorders[-1])

    yield made
    for recorder in recorders:
        recorder.close()


def aged(record: Record, days: int) -> None:
    """Put every entry so far `days` back in time, in a chain that is whole."""
    at = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with writing(record.engine) as connection:
        previous = START
        for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.number)).all():
            entry = linked(Entry(*row)._replace(at=at, previous=previous))
            connection.execute(update(ENTRIES).where(ENTRIES.c.number == entry.number).values(entry._asdict()))
            previous = entry.hash
        connection.execute(update(HEAD).values(hash=previous))
    rebuild(record.engine)


# What an answer leaves behind


def test_an_answer_is_on_record_with_all_that_it_came_from(engine: Engine, record_settings: Settings) -> None:
    asked = engine(record_settings)
    answer = asked.ask(MISSION, history=["Hvad er en rehabiliteringsplan?"], as_of="2018-07-01", by=ASKER)
    assert asked.recorder is not None
    kept = asked.recorder.record().filed(answer.record)
    assert (kept.entry.hash, kept.entry.user, kept.entry.role) == (answer.record_hash, "anna", "sagsbehandler")
    assert kept.body["question"] == MISSION
    assert kept.body["history"] == ["Hvad er en rehabiliteringsplan?"]
    assert kept.body["as_of"] == "2018-07-01"
    assert kept.body["answer"]["answer"] == answer.answer
    assert [each["quote"] for each in kept.body["answer"]["citations"]] == [each.quote for each in answer.citations]
    assert kept.body["answer"]["explanation"]["weighed"]
    assert kept.body["retrieved"][0]["score"] >= kept.body["retrieved"][1]["score"] > 0
    for version in ("engine_version", "prompt_version", "corpus_version"):
        assert kept.facts[version] == getattr(answer, version) != ""
    assert kept.facts["verdict"] == answer.verdict == "nej"


def test_personal_data_are_masked_in_the_record_and_in_its_history(engine: Engine, record_settings: Settings) -> None:
    asked = engine(record_settings)
    asked.ask("Må vi holde færre møder med 010190-1234?", history=["Hvad med 020280-4321?"], by=ASKER)
    assert asked.recorder is not None
    kept = json.dumps(asked.recorder.record().filed(1)._asdict())
    assert "1234" not in kept
    assert "4321" not in kept


def test_an_answer_that_nobody_is_shown_is_not_recorded(engine: Engine, record_settings: Settings) -> None:
    asked = engine(record_settings)
    assert [event.answer.record for event in asked.ask_stream(MISSION, shown=False) if event.answer] == [0]
    assert asked.recorder is not None
    assert verify(asked.recorder.record().engine).entries == 0


def test_no_word_of_an_answer_is_shown_before_it_is_on_record(engine: Engine, record_settings: Settings) -> None:
    asked = engine(record_settings)
    assert asked.recorder is not None
    for event in asked.ask_stream(MISSION, by=ASKER):
        if event.kind == "text":
            assert verify(asked.recorder.record().engine).entries == 1
            return
    pytest.fail("there was no text")


# Export


@pytest.fixture
def filled(record: Record) -> Record:
    answered(record, "Må vi =1+1?", verdict="nej")
    answered(record, "=HYPERLINK(æøå)", by=OTHER_JURIST, verdict="ja", documents=["andet"])
    record.append(ASKER, "feedback", {"helpful": False, "reason": "unclear"}, {"text": "-2"}, 1)
    return record


def test_jsonl_holds_every_entry_whole(filled: Record, tmp_path: Path) -> None:
    assert export(filled.engine, JURIST, tmp_path / "ud.jsonl") == 3
    lines = [json.loads(line) for line in (tmp_path / "ud.jsonl").read_text("utf-8").splitlines()]
    assert [line["hash"] for line in lines] == [filled.filed(number).entry.hash for number in (1, 2, 3)]
    assert lines[0]["body"]["question"] == "Må vi =1+1?"
    assert lines[2]["body"] == {"text": "-2"}


def test_csv_has_a_row_for_each_entry_and_no_formula(filled: Record, tmp_path: Path) -> None:
    export(filled.engine, JURIST, tmp_path / "ud.csv")
    with (tmp_path / "ud.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    assert tuple(heading) == COLUMNS
    assert rows[1][heading.index("question")] == "'=HYPERLINK(æøå)"
    assert rows[2][heading.index("text")] == "'-2"
    assert rows[0][heading.index("documents")] == "2017-02-01_tilsagnsbrev"


def test_xlsx_holds_text_where_text_looks_like_a_formula(filled: Record, tmp_path: Path) -> None:
    answered(filled, "Må\x0bvi?")
    export(filled.engine, JURIST, tmp_path / "ud.xlsx")
    heading, *rows = load_workbook(tmp_path / "ud.xlsx").active.iter_rows()
    column = [cell.value for cell in heading].index("question")
    assert [(row[column].value, row[column].data_type) for row in rows[:2]] == [
        ("Må vi =1+1?", "s"),
        ("=HYPERLINK(æøå)", "s"),
    ]
    assert rows[0][0].value == 1
    assert rows[3][column].value == "Må�vi?"


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [1, 2, 3]),
        (Wanted(user="anna"), [1, 3]),
        (Wanted(verdict="ja"), [2]),
        (Wanted(document="andet"), [2]),
        (Wanted(document="andet", verdict="nej"), []),
        (Wanted(since="2020-01-01", until="2999-01-01"), [1, 2, 3]),
        (Wanted(until="2020-01-01"), []),
        (Wanted(since="2999-01-01"), []),
    ],
)
def test_an_export_holds_what_was_asked_for(filled: Record, tmp_path: Path, wanted: Wanted, numbers: list[int]) -> None:
    export(filled.engine, JURIST, tmp_path / "ud.jsonl", wanted)
    assert [json.loads(line)["number"] for line in (tmp_path / "ud.jsonl").read_text("utf-8").splitlines()] == numbers


def test_an_export_needs_its_right_a_known_ending_and_a_place(filled: Record, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="jurist, administrator"):
        export(filled.engine, ASKER, tmp_path / "ud.csv")
    with pytest.raises(RecordError, match="endelsen"):
        export(filled.engine, JURIST, tmp_path / "ud.pdf")
    with pytest.raises(RecordError, match="Vælg en anden fil"):
        export(filled.engine, JURIST, tmp_path / "mangler" / "ud.csv")


# Retention


def test_texts_past_their_time_are_deleted_and_the_chain_can_still_be_verified(record: Record) -> None:
    answered(record, "Et gammelt hemmeligt spørgsmål?")
    aged(record, 31)
    answered(record, "Et nyt?")
    assert purge(record, ADMINISTRATOR, 30).texts == 1
    assert record.filed(1).body == {}
    assert record.filed(1).facts["verdict"] == "nej"
    assert record.filed(2).body["question"] == "Et nyt?"
    assert record.filed(3).entry.kind == "purge"
    assert verify(record.engine)[::2] == (3, None)
    with reading(record.engine) as connection:
        assert connection.execute(select(CASES.c.question).order_by(CASES.c.number)).scalars().all() == [
            None,
            "Et nyt?",
        ]


def test_a_purge_on_trial_deletes_nothing(record: Record) -> None:
    answered(record)
    aged(record, 31)
    assert purge(record, ADMINISTRATOR, 30, trial=True).texts == 1
    assert record.filed(1).body != {}
    assert verify(record.engine).entries == 1


def test_a_text_that_was_young_at_the_purge_may_not_be_missing(record: Record) -> None:
    answered(record)
    aged(record, 31)
    answered(record)
    purge(record, ADMINISTRATOR, 30)
    with writing(record.engine) as connection:
        connection.execute(CONTENTS.delete())
    broken = verify(record.engine).broken
    assert broken is not None
    assert broken.number == 2


def test_a_digest_does_not_betray_a_deleted_text(record: Record) -> None:
    first, second = answered(record), answered(record)
    assert record.filed(first).entry.digest != record.filed(second).entry.digest, "the same text, salted apart"


def test_deleted_words_are_in_no_file_of_the_record(tmp_path: Path) -> None:
    record = Record.open(Settings(data=tmp_path, record="required"))
    answered(record, "Kodeordet er rabarbergrød")
    aged(record, 31)
    assert any(b"rabarbergr" in file.read_bytes() for file in tmp_path.iterdir())
    purge(record, ADMINISTRATOR, 30)
    assert [file.name for file in tmp_path.iterdir() if b"rabarbergr" in file.read_bytes()] == []
    record.close()


def test_an_approval_in_force_keeps_its_text(record: Record) -> None:
    number = answered(record)
    decided = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}
    approved = record.append(JURIST, "decision", decided, body(signature={}, vector="AACAPw=="), number)
    aged(record, 31)
    purge(record, ADMINISTRATOR, 30)
    assert record.filed(number).body == {}
    assert record.filed(approved.number).body["question"]
    assert verify(record.engine).broken is None


def test_only_an_administrator_may_purge(record: Record) -> None:
    with pytest.raises(NotAllowed):
        purge(record, JURIST, 30)


# Faults: no answer without a record


def test_a_full_disk_keeps_the_answer_back(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, record="required")
    asked = engine(settings)
    asked.ask(MISSION, by=ASKER)
    assert asked.recorder is not None
    with asked.recorder.record().engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    _limit_pages(asked.recorder.record(), int(pages or 0))
    with pytest.raises(RecordError, match="Disken er fuld"):
        [asked.ask(MISSION, by=ASKER) for _ in range(9)]  # the last page may have some room left


def _limit_pages(record: Record, pages: int) -> None:
    """What SQLite does on a full disk it does at its page limit, too: the write is refused with SQLITE_FULL."""
    from sqlalchemy import event

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    record.engine.dispose()
    event.listen(record.engine, "connect", limit)


def test_a_locked_database_keeps_the_answer_back_until_it_is_free(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.record.database._PATIENCE", 0.2)
    asked = engine(Settings(data=tmp_path, record="required"))
    asked.ask(MISSION, by=ASKER)
    with held(tmp_path / FILE), pytest.raises(RecordError, match="låst"):
        asked.ask(MISSION, by=ASKER)
    assert asked.ask(MISSION, by=ASKER).record == 2


def test_a_record_that_may_not_be_written_keeps_the_answer_back(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        data=tmp_path, database_url=f"sqlite:///file:{tmp_path / FILE}?mode=ro&uri=true", record="required"
    )
    Record.open(Settings(data=tmp_path, record="required")).close()
    asked = engine(settings)
    with pytest.raises(RecordError, match="ikke ret til at skrive"):
        asked.ask(MISSION, by=ASKER)


def test_a_data_folder_that_cannot_be_made_is_named_with_the_remedy(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(RecordError, match="kan ikke åbnes"):
        engine(Settings(data=tmp_path / "fil" / "data", record="required")).ask(MISSION, by=ASKER)


def test_a_server_that_is_not_there_keeps_the_answer_back(engine: Engine, tmp_path: Path) -> None:
    nobody = "postgresql://tester@127.0.0.1:1/x"
    with pytest.raises(RecordError, match="Serveren svarer ikke"):
        engine(Settings(data=tmp_path, database_url=nobody, record="required")).ask(MISSION, by=ASKER)


@pytest.mark.postgresql
def test_a_server_that_goes_away_keeps_the_answer_back_until_it_is_there_again(
    engine: Engine, postgresql_server: str, tmp_path: Path
) -> None:
    with own_database(postgresql_server) as url:
        asked = engine(Settings(data=tmp_path, database_url=url, record="required"))
        assert asked.ask(MISSION, by=ASKER).record == 1
        name = url.rpartition("/")[2]
        with psycopg.connect(f"{postgresql_server}/postgres", autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            with pytest.raises(RecordError):
                asked.ask(MISSION, by=ASKER)
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        assert asked.ask(MISSION, by=ASKER).record == 2
        assert asked.recorder is not None
        asked.recorder.close()


def test_an_administrator_may_let_answers_through_until_the_record_can_be_written(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.record.database._PATIENCE", 0.2)
    asked = engine(Settings(data=tmp_path, record="required"))
    asked.ask(MISSION, by=ASKER)
    assert asked.recorder is not None
    with pytest.raises(NotAllowed, match="administrator"):
        asked.recorder.loosen(JURIST)
    with held(tmp_path / FILE):
        asked.recorder.loosen(ADMINISTRATOR)
        assert "not_recorded" in [notice.code for notice in asked.ask(MISSION, by=ASKER).notices]
    asked.ask(MISSION, by=ASKER)
    gap = asked.recorder.record().filed(2)
    assert (gap.entry.user, gap.entry.kind, gap.facts["answers"]) == ("alma", "gap", 1)
    with held(tmp_path / FILE), pytest.raises(RecordError, match="låst"):
        asked.ask(MISSION, by=ASKER)


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_lenient_assistant_shows_the_answer_says_so_and_records_the_gap(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.record.database._PATIENCE", 0.2)
    asked = engine(Settings(data=tmp_path, record="lenient"))
    asked.ask(MISSION, by=ASKER)
    with held(tmp_path / FILE):
        answer = asked.ask(MISSION, by=ASKER)
    assert (answer.verdict, answer.record) == ("nej", 0)
    assert "not_recorded" in [notice.code for notice in answer.notices]
    assert asked.ask(MISSION, by=ASKER).record == 3
    assert asked.recorder is not None
    gap = asked.recorder.record().filed(2)
    assert (gap.entry.kind, gap.facts["answers"]) == ("gap", 1)


# The command line


@pytest.fixture
def command(tmp_path: Path) -> dict[str, str]:
    record = Record.open(load_settings(record="required", data=tmp_path))
    for _ in range(3):
        answered(record)
    record.close()
    return os.environ | {"ASSISTANT_DATA": str(tmp_path), "ASSISTANT_RECORD": "required"}


def audit(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "assistant", "audit", *arguments]
    return subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_command_line_verifies_exports_and_names_the_first_broken_link(
    command: dict[str, str], tmp_path: Path
) -> None:
    whole = audit(command, "verify")
    assert (whole.returncode, whole.stdout[:27]) == (0, "Journalen er hel: 3 poster.")
    written = audit(command, "export", str(tmp_path / "ud.csv"), "--verdict", "nej")
    assert (written.returncode, written.stderr) == (0, "")
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE entries SET user = 'bo' WHERE number = 2")
    broken = audit(command, "verify")
    assert (broken.returncode, broken.stderr) == (1, "Journalen er brudt ved post 2: post 2 er ændret.\n")


def test_the_command_line_says_what_would_be_purged(command: dict[str, str]) -> None:
    said = audit(command, "purge", "--dry-run")
    assert said.stdout.startswith("0 tekster fra før ")
    assert said.returncode == 0


def test_a_record_that_is_off_is_not_audited(command: dict[str, str]) -> None:
    said = audit(command | {"ASSISTANT_RECORD": "off"}, "verify")
    assert (said.returncode, said.stderr) == (
        1,
        "Der føres ingen journal: ASSISTANT_RECORD er off. Fjern den indstilling.\n",
    )


def test_altered_tables_of_the_queue_are_made_anew_from_the_record(record: Record) -> None:
    answered(record)
    with writing(record.engine) as connection:
        connection.execute(update(CASES).values(verdict="ja"))
        connection.execute(insert(CASES).values(_forged(connection.execute(select(CASES)).one()._asdict())))
    rebuild(record.engine)
    with reading(record.engine) as connection:
        assert connection.execute(select(CASES.c.number, CASES.c.verdict)).all() == [(1, "nej")]


def _forged(case: dict[str, object]) -> dict[str, object]:
    return {**case, "number": 77}
