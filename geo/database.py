"""The database behind the store: opening, migrating, transactions and errors, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from geo.errors import BadInput, StoreError

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0003"  # the newest migration; known here so that an up-to-date start need not import alembic
BUSY_SECONDS = 30
WRITE_LOCK = 0x71616D7475  # PostgreSQL's advisory lock of all writers: any number they share, here "qamtu"

ALLOWED = "Give a file path, sqlite:///PATH or postgresql://USER@HOST:PORT/NAME."


def open_engine(where: str | Path) -> Engine:
    """A ready engine for a file path or a database URL, migrated to the newest schema.

    Raises ``BadInput`` for an address that is none and ``StoreError`` where the database cannot be reached, is of
    another program or was made by a newer version.
    """
    url = parse_database_url(where)
    if url.drivername == "sqlite":
        engine = _sqlite_engine(url)
    else:
        engine = create_engine(
            url, pool_pre_ping=True, pool_size=5, max_overflow=5, connect_args={"connect_timeout": 10}
        )
    with _as_store_errors(url):
        _migrate(engine)
    return engine


def parse_database_url(where: str | Path) -> URL:
    """A path or URL as the URL of a driver that is installed; ``BadInput`` names what is allowed."""
    raw = str(where).strip()
    if not raw or "\0" in raw:
        raise BadInput(f"No database was named. {ALLOWED}")
    if isinstance(where, Path) or "://" not in raw:
        return URL.create("sqlite", database=str(Path(raw).expanduser().absolute()))
    try:
        url = make_url(raw)
    except (ArgumentError, ValueError):
        raise BadInput(f"The database address cannot be read. {ALLOWED}") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise BadInput(f"The database {url.render_as_string(hide_password=True)!r} cannot be used. {ALLOWED}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent snapshot for all reads inside."""
    snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _as_store_errors(engine.url), engine.connect().execution_options(**snapshot) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing. One writer at a time; others wait up to half a minute."""
    options = {"qamtu_write": True}
    with _as_store_errors(engine.url), engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
        yield connection


def _sqlite_engine(url: URL) -> Engine:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder of the database {path} cannot be made: {error.strerror}.") from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own hidden BEGIN would break "all or nothing"
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # an edition that was announced survives a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once: waiting happens here, and never fails halfway through.
        write = connection.get_execution_options().get("qamtu_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine) as connection:
        found = _revision(connection)  # again: another process may have migrated meanwhile
        if found == HEAD:
            return
        if found is None and inspect(connection).get_table_names():
            raise StoreError("The database holds tables of another program. Name an empty database for Qamtu.")
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            if found is not None:
                ScriptDirectory.from_config(config).get_revision(found)
        except CommandError:
            raise StoreError(
                f"The database is at schema {found!r}, which this version does not know: it was made by a newer one. "
                "Start the newer version, or name another database."
            ) from None
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def _as_store_errors(url: URL) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        where = url.render_as_string(hide_password=True)
        raise StoreError(f"The database {where} refused: {reason}. Nothing was changed by this step.") from error
    except UnicodeEncodeError as error:
        raise StoreError("The text holds characters that no database can keep. Nothing was changed.") from error
