"""The record: what is kept of an answer, and that nothing of it can be altered unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, inspect, select, update

from assistant.errors import NotAllowed, RecordError
from assistant.record.chain import START, Entry
from assistant.record.database import reading, writing
from assistant.record.journal import Record
from assistant.record.projecting import rebuild
from assistant.record.schema import migrate, revision
from assistant.record.tables import CASES, CONTENTS, DERIVED_TABLES, ENTRIES, HEAD, RECORD_TABLES
from assistant.record.verifying import Broken, verify
from assistant.rights import Person, require
from assistant.settings import Settings
from tests.record_kit import ASKER, JURIST, answered, body, facts

ROOT = Path(__file__).parent.parent


def fault(record: Record) -> Broken:
    found = verify(record.engine).broken
    assert found is not None, "the change was not seen"
    return found


def change(record: Record, statement: Any) -> None:
    with writing(record.engine) as connection:
        assert connection.execute(statement).rowcount in (1, -1)  # -1: this driver does not count insertions


def test_an_answer_is_read_back_as_it_was_written(record: Record) -> None:
    entry = record.append(ASKER, "answer", facts(verdict="ja"), body("Må vi æøå? »§ 15«"))
    read = record.filed(entry.number)
    assert read.entry == entry
    assert read.facts["verdict"] == "ja"
    assert read.body["question"] == "Må vi æøå? »§ 15«"
    assert (entry.number, entry.about, entry.previous, entry.user) == (1, 1, START, "anna")


def test_what_is_said_of_an_answer_stands_with_it(record: Record) -> None:
    first, second = answered(record), answered(record)
    record.append(ASKER, "feedback", {"helpful": False, "reason": "unclear"}, {"text": "Hvorfor?"}, first)
    record.append(JURIST, "comment", {}, {"text": "Set."}, second)
    assert [each.entry.kind for each in record.about(first)] == ["answer", "feedback"]
    assert [each.entry.kind for each in record.about(second)] == ["answer", "comment"]


def test_an_untouched_record_is_whole(record: Record) -> None:
    for _ in range(5):
        answered(record)
    found = verify(record.engine)
    assert (found.entries, found.broken) == (5, None)
    assert found.head == record.filed(5).entry.hash


def test_an_empty_record_is_whole(record: Record) -> None:
    assert verify(record.engine) == (0, START, None)


def test_a_number_that_nobody_has_is_said_plainly(record: Record) -> None:
    with pytest.raises(RecordError, match="ingen post 7"):
        record.filed(7)


def _altered(value: object) -> object:
    return value + 1 if isinstance(value, int) else f"{str(value)[:-1]}~"


@pytest.mark.parametrize("column", [name for name in Entry._fields if name != "number"])
def test_a_changed_column_of_an_entry_is_found(record: Record, column: str) -> None:
    for _ in range(3):
        answered(record)
    changed = _altered(getattr(record.filed(2).entry, column))
    change(record, update(ENTRIES).where(ENTRIES.c.number == 2).values({column: changed}))
    assert fault(record).number == 2


@pytest.mark.parametrize("column", ["salt", "body"])
def test_a_changed_text_is_found(record: Record, column: str) -> None:
    answered(record)
    with reading(record.engine) as connection:
        old = connection.scalar(select(CONTENTS.c[column]))
    change(record, update(CONTENTS).values({column: _altered(old)}))
    assert fault(record) == Broken(1, "teksten til post 1 er ændret")


@pytest.mark.parametrize("column", ["number", "hash"])
def test_a_changed_head_is_found(record: Record, column: str) -> None:
    answered(record)
    change(record, update(HEAD).values({column: 0 if column == "number" else START}))
    assert "hoved" in fault(record).fault


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_deleted_entry_is_found_even_the_last(record: Record, number: int) -> None:
    for _ in range(3):
        answered(record)
    change(record, delete(ENTRIES).where(ENTRIES.c.number == number))
    assert fault(record).number == number


def test_a_deleted_head_is_found(record: Record) -> None:
    answered(record)
    change(record, delete(HEAD))
    assert "hoved" in fault(record).fault


def test_a_deleted_text_is_found_when_its_time_was_not_up(record: Record) -> None:
    answered(record)
    change(record, delete(CONTENTS))
    assert "fjernet" in fault(record).fault


def test_an_inserted_entry_is_found(record: Record) -> None:
    for _ in range(2):
        answered(record)
    forged = record.filed(2).entry._replace(number=3, user="en anden")
    change(record, insert(ENTRIES).values(forged._asdict()))
    assert fault(record).number == 3


def test_an_inserted_text_is_found(record: Record) -> None:
    answered(record)
    change(record, insert(CONTENTS).values(number=9, salt="s", body="{}"))
    assert "findes" in fault(record).fault


def test_a_text_given_to_an_entry_that_had_none_is_found(record: Record) -> None:
    answered(record)
    record.append(JURIST, "comment", {}, None, 1)
    change(record, insert(CONTENTS).values(number=2, salt="s", body="{}"))
    assert fault(record).number == 2


def test_two_entries_that_changed_places_are_found(record: Record) -> None:
    for name in ("a", "b", "c"):
        answered(record, by=Person(name))
    with writing(record.engine) as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(update(ENTRIES).where(ENTRIES.c.number == old).values(number=new))
    assert fault(record).number == 2


def test_two_texts_that_changed_places_are_found(record: Record) -> None:
    for _ in range(2):
        answered(record)
    with writing(record.engine) as connection:
        for old, new in ((1, 99), (2, 1), (99, 2)):
            connection.execute(update(CONTENTS).where(CONTENTS.c.number == old).values(number=new))
    assert fault(record).number == 1


def test_a_record_made_anew_lacks_the_hash_that_was_written_down(record: Record, record_settings: Settings) -> None:
    answered(record)
    noted = verify(record.engine).head
    answered(record)
    assert verify(record.engine, noted).broken is None
    migrate(record.engine, "base")
    anew = Record.open(record_settings)
    answered(anew)
    assert verify(anew.engine).broken is None
    assert "skrevet om" in (verify(anew.engine, noted).broken or Broken(0, "")).fault
    anew.close()


def test_a_transaction_that_fails_leaves_no_trace(record: Record) -> None:
    answered(record)
    with pytest.raises(KeyError):
        record.append(ASKER, "answer", {"verdict": "ja"}, body())  # facts that the derived tables cannot follow
    answered(record)
    assert verify(record.engine).entries == 2
    assert verify(record.engine).broken is None


WRITER = """
import sys
from assistant.record.journal import Record
from assistant.rights import Person, require
from assistant.settings import load_settings
from tests.record_kit import answered
record = Record.open(load_settings())
for each in range(int(sys.argv[2])):
    answered(record, f"{sys.argv[1]}-{each}", Person(sys.argv[1]))
"""


def test_eight_processes_writing_at_once_leave_one_unbroken_chain(record_settings: Settings) -> None:
    """The record is not even there when they start."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "ASSISTANT_DATA": str(record_settings.data),
        "ASSISTANT_DATABASE_URL": record_settings.database_url,
    }
    command = [sys.executable, "-c", WRITER]
    running = [
        subprocess.Popen([*command, f"skriver{each}", "40"], env=environment, stderr=subprocess.PIPE, text=True)
        for each in range(8)
    ]
    errors = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 8, errors
    record = Record.open(record_settings)
    with reading(record.engine) as connection:
        asked = connection.execute(select(CASES.c.question)).scalars().all()
    assert sorted(asked) == sorted(f"skriver{writer}-{each}" for writer in range(8) for each in range(40))
    assert verify(record.engine)[::2] == (320, None)
    record.close()


def rows(record: Record, table: Table) -> list[tuple[Any, ...]]:
    with reading(record.engine) as connection:
        return sorted((tuple(row) for row in connection.execute(select(table))), key=str)


def test_the_derived_tables_are_made_anew_as_they_were(record: Record) -> None:
    _lively(record)
    before = {table.name: rows(record, table) for table in DERIVED_TABLES}
    assert rebuild(record.engine) == len(rows(record, ENTRIES))
    assert {table.name: rows(record, table) for table in DERIVED_TABLES} == before
    assert len(before["approvals"]) == 1


def test_migrations_go_down_and_up_on_data(record: Record, record_settings: Settings) -> None:
    _lively(record)
    before = {table.name: rows(record, table) for table in (*RECORD_TABLES, *DERIVED_TABLES)}
    migrate(record.engine, "0001")
    assert not inspect(record.engine).has_table("cases")
    assert {table.name: rows(record, table) for table in RECORD_TABLES} == {
        table.name: before[table.name] for table in RECORD_TABLES
    }
    again = Record.open(record_settings)
    assert {table.name: rows(again, table) for table in (*RECORD_TABLES, *DERIVED_TABLES)} == before
    again.close()
    migrate(record.engine, "base")
    assert revision(record.engine) == ""


def test_the_migrations_make_the_tables_that_the_program_reads(record: Record) -> None:
    found = inspect(record.engine)
    for table in (*RECORD_TABLES, *DERIVED_TABLES):
        columns = {column["name"]: bool(column["nullable"]) for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
        assert {index["name"] for index in found.get_indexes(table.name)} == {index.name for index in table.indexes}


def _lively(record: Record) -> None:
    """A record with one of each kind of entry."""
    first, second = answered(record), answered(record, "Skal vi?", verdict="ja", provisions=["LAB § 18", "LAB § 15"])
    record.append(ASKER, "feedback", {"helpful": False, "reason": "unclear"}, {"text": "Hvad?"}, first)
    record.append(JURIST, "comment", {}, {"text": "Ser på det."}, first)
    decided = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}
    approved = record.append(JURIST, "decision", decided, body(signature={}, vector="AACAPw=="), first)
    record.append(Person("ingest"), "suspension", {"approval": approved.number}, {"old": "a", "new": "b"}, first)
    record.append(
        JURIST, "decision", decided | {"outcome": "reject", "state": "rejected", "in_force": False}, {}, second
    )


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[bytes], Settings]:
    def made(content: bytes) -> Settings:
        (tmp_path / "journal.sqlite").write_bytes(content)
        return Settings(data=tmp_path, record="required")

    return made


def test_a_file_that_is_no_database_is_named_as_damaged(damaged: Callable[[bytes], Settings]) -> None:
    with pytest.raises(RecordError, match="beskadiget"):
        Record.open(damaged(b"ikke en database" * 100))


def test_a_database_of_a_newer_program_is_refused(record: Record, record_settings: Settings) -> None:
    with writing(record.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordError, match="Opdater programmet"):
        Record.open(record_settings)


@pytest.mark.parametrize("url", ["mysql://x/y", "ikke en url", "sqlite://", "postgresql"])
def test_an_unusable_address_is_refused_with_the_remedy(url: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="ASSISTANT_DATABASE_URL"):
        Record.open(Settings(data=tmp_path, database_url=url))


def test_only_who_may_is_let_through() -> None:
    with pytest.raises(NotAllowed, match="jurist"):
        require(ASKER, "decide")
