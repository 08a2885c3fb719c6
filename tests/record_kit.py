"""The record on both databases: a file of SQLite's, and a PostgreSQL cluster of the tests' own, on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assistant.answer_json import to_json
from assistant.models import Answer
from assistant.record.journal import Record
from assistant.rights import Person
from assistant.settings import Settings, load_settings

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
ASKER, JURIST, OTHER_JURIST = Person("anna"), Person("julie", "jurist"), Person("jens", "jurist")
ADMINISTRATOR = Person("alma", "administrator")
_NUMBERS = count(1)


@pytest.fixture(params=DATABASES)
def record_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty record of their own, on one database and then the other."""
    if request.param == "sqlite":
        yield load_settings(record="required", data=tmp_path / "data")
        return
    server: str = request.getfixturevalue("postgresql_server")
    with own_database(server) as url:
        yield load_settings(record="required", data=tmp_path / "data", database_url=url)


@pytest.fixture
def record(record_settings: Settings) -> Iterator[Record]:
    """An opened, empty record."""
    opened = Record.open(record_settings)
    yield opened
    opened.close()


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """The URL of a new, empty database on the server, dropped afterwards."""
    name = f"t{next(_NUMBERS)}_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{server}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A cluster that lives as long as the tests. Without PostgreSQL: skipped, and in CI failed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("ingen PostgreSQL på maskinen (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = _unprivileged()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    options: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    try:
        with _running(binaries, folder, options) as port:
            yield f"postgresql://tester@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path, options: dict[str, Any]) -> Iterator[int]:
    data, log = folder / "data", folder / "log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    make = ["initdb", "-D", str(data), "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    start = ["pg_ctl", "-D", str(data), "-l", str(log), "-w", "-t", "60", "start"]
    start += ["-o", f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"]
    stop = ["pg_ctl", "-D", str(data), "-m", "immediate", "stop"]
    for command in (make, start):
        _run(binaries, command, folder, options)
    try:
        yield port
    finally:
        _run(binaries, stop, folder, options)


def _run(binaries: Path, command: list[str], folder: Path, options: dict[str, Any]) -> None:
    with (folder.parent / f"{folder.name}.out").open("w+", encoding="utf-8") as out:
        path = str(binaries / command[0])
        done = subprocess.run([path, *command[1:]], cwd=folder, stdout=out, stderr=out, check=False, **options)
        out.seek(0)
        assert done.returncode == 0, f"{command[0]}: {out.read()[-2000:]}"
    Path(out.name).unlink()


@cache
def _binaries() -> Path | None:
    """The folder of PostgreSQL's own programs; the newest of several versions."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name.split(".")[0]))
    return folders[-1] if folders else None


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when the tests run as root, which it refuses; None when they do not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def facts(**given: Any) -> dict[str, Any]:
    """The facts of a plain answer."""
    return {
        "verdict": "nej",
        "language": "da",
        "kind": "ikke_givet",
        "mode": "extractive",
        "model": "",
        "strength": 1.5,
        "documents": ["2017-02-01_tilsagnsbrev"],
        "provisions": ["LAB § 15"],
        "notices": [],
        "engine_version": "1",
        "prompt_version": "1",
        "corpus_version": "1",
        "latency_ms": 90,
        "model_ms": 0,
        "guard_ms": 0,
        "served": 0,
    } | given


def body(question: str = "Må vi lade være?", **given: Any) -> dict[str, Any]:
    """The text of a plain answer."""
    return {
        "question": question,
        "history": [],
        "as_of": "",
        "network": "En plan",
        "topic": "lad",
        "answer": to_json(Answer(question, question, "da", "nej", "Nej. [1]")),
        "retrieved": [],
    } | given


def answered(record: Record, question: str = "Må vi lade være?", by: Person = ASKER, **given: Any) -> int:
    """The number of a plain answer, put on record."""
    return record.append(by, "answer", facts(**given), body(question)).number
