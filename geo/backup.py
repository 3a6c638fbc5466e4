"""The whole atlas in one file and back: every table as JSON lines and the files of the editions, in a ZIP archive.

The same archive restores into SQLite or PostgreSQL, whichever it came from. Every edition's content hash is computed
anew from the rows that were restored; a backup is only called one after that has been done with it.
The editor's token and the cookies' key are not in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Engine, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from geo.database import HEAD, open_engine, reading, writing
from geo.errors import BadInput, StoreError
from geo.figures import content_hash, published_figures
from geo.tables import UtcDateTime, editions, metadata

FORMAT = 1
BATCH = 500
EDITION_FILE = re.compile(r"editions/[1-9][0-9]{0,8}/[a-z0-9][a-z0-9-]{0,60}(?:\.[a-z0-9]{1,10}){1,3}")
OTHER_FILES = ("districts.geojson",)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: rows by table, files by name, the editions whose hashes were found to be right."""

    rows: dict[str, int]
    files: int
    editions: int


def write_backup(database: str | Path, data: Path, out: Path) -> Contents:
    """Write everything to ``out`` from one snapshot, then restore it elsewhere and compare; the former file stays
    until that went well. Raises BadInput where ``out`` cannot be written and StoreError where the two differ."""
    half = out.with_name(f".{out.name}.half")
    try:
        engine = open_engine(database)
        try:
            with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                rows = write_tables(engine, archive)
                files = write_files(data, archive)
                manifest = {"format": FORMAT, "schema": HEAD, "rows": rows, "files": files, "made": _now()}
                archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        finally:
            engine.dispose()
        with tempfile.TemporaryDirectory(prefix="qamtu-check-") as folder:
            contents = restore_backup(half, Path(folder) / "check.sqlite3", Path(folder))
        if contents.rows != rows or contents.files != len(files):
            raise StoreError("The backup does not hold what the store does. The former one was left as it is.")
        os.replace(half, out)
    except OSError as error:
        raise BadInput(
            f"{out}: cannot be written ({error.strerror}). Name a file in a folder you may write to."
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return contents


def restore_backup(path: Path, database: str | Path, data: Path) -> Contents:
    """Bring a backup into an empty database and its files into ``data``: all rows in one transaction, or none.

    Raises BadInput where ``path`` is no backup, is damaged or of a newer version, or the database holds anything.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive, path)
            engine = open_engine(database)
            try:
                with writing(engine) as connection:
                    refuse_full(connection)
                    rows = {table.name: fill(connection, table, archive) for table in metadata.sorted_tables}
                    set_counters(connection)
                    if rows != manifest["rows"]:
                        raise BadInput(f"{path}: rows are missing; the backup is damaged. Nothing was restored.")
                    count = check_editions(connection, path)
            finally:
                engine.dispose()
            files = restore_files(archive, manifest["files"], data, path)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise BadInput(f"{path}: cannot be read as a backup ({error}). Give a file that `backup` wrote.") from error
    except (KeyError, ValueError, TypeError, AttributeError, SQLAlchemyError) as error:
        raise BadInput(
            f"{path}: is no whole backup ({type(error).__name__}: {error}). Nothing was restored."
        ) from error
    return Contents(rows, files, count)


# writing


def write_tables(engine: Engine, archive: zipfile.ZipFile) -> dict[str, int]:
    """One file of JSON lines a table; rows by table."""
    counts = {}
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            counts[table.name] = 0
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
                    file.write(json.dumps(dict(row), ensure_ascii=False, default=_iso).encode() + b"\n")
                    counts[table.name] += 1
    return counts


def write_files(data: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """The editions' files and the user's districts; SHA-256 by name."""
    found = [*sorted((data / "editions").glob("*/*")), *(data / name for name in OTHER_FILES)]
    hashes = {}
    for path in found:
        name = path.relative_to(data).as_posix()
        if path.is_file() and (EDITION_FILE.fullmatch(name) or name in OTHER_FILES):
            content = path.read_bytes()
            hashes[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(name, content)
    return hashes


# restoring


def read_manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """What the archive says of itself."""
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["format"] != FORMAT or manifest["schema"] != HEAD:
        raise BadInput(
            f"{path}: was written by another version (schema {manifest['schema']}, here {HEAD}). Restore it with that "
            "version, then start this one on the data."
        )
    return manifest


def refuse_full(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise BadInput(
                "The database holds an atlas already, which a backup would mix with. Restore into an empty one: "
                "--data DIR, or another QAMTU_DATABASE_URL."
            )


def fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    """All rows of a table; their count. Raises ValueError where they do not belong together."""
    count = 0
    for rows in batches(archive, table):
        try:
            connection.execute(insert(table), rows)
        except IntegrityError as error:
            raise ValueError(f"rows of {table.name} name others that are missing") from error
        count += len(rows)
    return count


def batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with archive.open(f"tables/{table.name}.jsonl") as file:
        for line in file:
            record = json.loads(line)
            batch.append({column.name: _value(record[column.name], column.type) for column in table.columns})
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def set_counters(connection: Connection) -> None:
    """PostgreSQL counts keys in sequences of its own, which must go on after the restored ones."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "key" in table.columns:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'key'), "
                    f"(SELECT coalesce(max(key), 0) + 1 FROM {table.name}), false)"
                )
            )


def check_editions(connection: Connection, path: Path, newest: int | None = None) -> int:
    """Compute the content hash of every edition, or of the ``newest`` ones, from its rows; how many were looked at.

    Raises BadInput where one differs.
    """
    query = select(editions).order_by(editions.c.number.desc()).limit(newest)
    rows = connection.execute(query).mappings().all()
    for row in rows:
        held = list(published_figures(connection, row["number"]))
        if content_hash(connection, held) != row["content_hash"] or len(held) != row["observations"]:
            raise BadInput(f"{path}: edition {row['number']} is not what it was. Nothing was restored.")
    return len(rows)


def restore_files(archive: zipfile.ZipFile, hashes: dict[str, str], data: Path, path: Path) -> int:
    """Put the files in place, each whole; names that would lead elsewhere are refused."""
    for name, digest in hashes.items():
        if not EDITION_FILE.fullmatch(name) and name not in OTHER_FILES:
            raise BadInput(f"{path}: holds a file named {name!r}, which no backup does. Its files were left out.")
        content = archive.read(name)
        if hashlib.sha256(content).hexdigest() != digest:
            raise BadInput(f"{path}: the file {name} is damaged. The figures were restored; start to make it anew.")
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.half")
        half.write_bytes(content)
        os.replace(half, target)
    return len(hashes)


def _value(value: Any, kind: Any) -> Any:
    if value is None or not isinstance(kind, Date | UtcDateTime):
        return value
    return (dt.date if isinstance(kind, Date) else dt.datetime).fromisoformat(value)


def _iso(value: dt.date | dt.datetime) -> str:
    return value.isoformat()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
