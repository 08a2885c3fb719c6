"""Brings a database to the schema that this version of the program reads, by Alembic's migrations."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.sql import column, table

from assistant.errors import RecordError
from assistant.record.database import explained, reading

_FOLDER = Path(__file__).parent / "migrations"
NEWEST = "0004"
_TURN = 0x66726B  # the advisory lock that one migrating process holds


def revision(engine: Engine) -> str:
    """The revision that the database is at; "" for an empty one."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.scalar(select(table("alembic_version", column("version_num")))) or "")


def migrate(engine: Engine, to: str = NEWEST) -> None:
    """Takes the database up or down to a revision ("base": empty), in one transaction. Raises RecordError."""
    # Imported here: an up-to-date database needs no Alembic, which takes a while to load.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with explained(), engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        config.attributes["connection"] = connection
        at = _revision_within(connection)
        try:
            if to == "base" or (at and to < at):
                command.downgrade(config, to)
            else:
                command.upgrade(config, to)
        except CommandError as exc:
            raise RecordError(
                f"Journalens database har et skema ({at}), som denne udgave ikke kender. Opdater programmet, "
                "eller peg ASSISTANT_DATABASE_URL på en anden database."
            ) from exc


def _revision_within(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(select(table("alembic_version", column("version_num")))) or "")


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def up_to_date(engine: Engine) -> None:
    """Migrates the database unless it is at the newest revision. Raises RecordError."""
    if revision(engine) != NEWEST:
        migrate(engine)
