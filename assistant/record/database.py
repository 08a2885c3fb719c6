"""Opens the record's database, SQLite or PostgreSQL, and puts what goes wrong with it in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import RecordError
from assistant.record.tables import HEAD
from assistant.settings import Settings

FILE = "journal.sqlite"
_PATIENCE = 10  # seconds that a writer waits for the others
_POSTGRESQL = "postgresql+psycopg"
# What the databases' own words mean to whoever must mend it; the first that occurs in them.
_REMEDIES = (
    (("locked", "lock timeout", "deadlock"), "Den er låst af et andet program. Luk det, og prøv igen."),
    (("disk is full", "disk full", "no space", "diskfull"), "Disken er fuld. Gør plads, og prøv igen."),
    (("readonly", "read-only", "permission denied"), "Der er ikke ret til at skrive i den. Giv adgang, og prøv igen."),
    (
        ("unable to open", "is not a directory", "not a directory"),
        "Filen kan ikke åbnes. Ret mappens rettigheder.",
    ),
    (("malformed", "not a database", "disk i/o"), "Filen er beskadiget. Hent den fra sikkerhedskopien."),
    (("connect", "server closed", "terminating", "timeout"), "Serveren svarer ikke. Se efter, om den kører."),
    (("password", "authentication", "role", "database"), "Serveren afviser login. Ret ASSISTANT_DATABASE_URL."),
)


def database_url(settings: Settings) -> URL:
    """Where the record lies: the setting, else a file in the data folder. Raises RecordError for an unusable URL."""
    if not settings.database_url:
        return URL.create("sqlite", database=str(settings.data / FILE))
    try:
        url = make_url(settings.database_url)
    except ArgumentError as exc:
        raise RecordError(_UNUSABLE) from exc
    if url.drivername in ("postgresql", "postgres", _POSTGRESQL):
        return url.set(drivername=_POSTGRESQL)
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise RecordError(_UNUSABLE)


_UNUSABLE = (
    "ASSISTANT_DATABASE_URL duer ikke. Skriv den som postgresql://bruger:kode@vært/database eller sqlite:///fil, "
    "eller lad den være tom for en fil i datamappen."
)


def exists(settings: Settings) -> bool:
    """Whether there is a record to open: a server's is taken to be there. Raises RecordError for an unusable URL."""
    url = database_url(settings)
    return url.drivername != "sqlite" or Path(str(url.database)).exists()


def open_engine(settings: Settings) -> Engine:
    """A pool of connections to the record's database; nothing is written yet. Raises RecordError."""
    url = database_url(settings)
    with explained():
        if url.drivername == "sqlite":
            return _sqlite(url, settings)
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": _PATIENCE, "options": "-c timezone=UTC"}
        )
        event.listen(engine, "begin", _wait_on_postgresql)
        return engine


def _sqlite(url: URL, settings: Settings) -> Engine:
    if not settings.database_url:
        settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its turn at once: one that first reads and then writes would be refused when another was quicker.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_on_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the record. Raises RecordError."""
    with explained(), engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transactions see one moment by themselves
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine, *, record: bool = True) -> Iterator[Connection]:
    """A transaction that is alone in adding to the record; undone by any exception. Raises RecordError.

    `record` is False for the tables beside the record, which PostgreSQL need not keep everybody else away from.
    """
    with explained(), engine.execution_options(writes=True).begin() as connection:
        if record and connection.dialect.name != "sqlite":
            connection.execute(select(HEAD.c.id).with_for_update())
        yield connection


@contextmanager
def explained() -> Iterator[None]:
    """Turns the databases' and the system's errors into a RecordError with the remedy."""
    try:
        yield
    except (SQLAlchemyError, OSError) as exc:
        raise RecordError(f"Journalen kan ikke læses eller skrives. {_remedy(exc)}") from exc


def _remedy(exc: Exception) -> str:
    said = str(exc.orig if isinstance(exc, DBAPIError) else exc).lower()
    if isinstance(exc, PoolTimeout):
        said = "timeout"
    if isinstance(exc, NoSuchModuleError):
        return _UNUSABLE
    for words, remedy in _REMEDIES:
        if any(word in said for word in words):
            return remedy
    return f"Databasen siger: {said.splitlines()[0][:200] if said else type(exc).__name__}."
