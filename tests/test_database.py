"""The database under the store: its tables are those of the migrations, and what is not ours is left alone."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from geo.database import HEAD, MIGRATIONS, parse_database_url, reading, writing
from geo.errors import BadInput, StoreError
from geo.store import Store
from geo.tables import metadata


def test_the_migrations_make_exactly_the_tables(store):
    with reading(store._engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_the_newest_migration_is_the_one_the_code_expects():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_of_a_newer_version_is_left_alone(store_url):
    with Store.open(store_url) as store, writing(store._engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer one"):
        Store.open(store_url)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE theirs (id)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(tmp_path / "other.db")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "x.db").write_text("not a database, but long enough to be taken for one" * 50)
    with pytest.raises(StoreError, match="refused"):
        Store.open(tmp_path / "x.db")


def test_a_database_that_does_not_answer_hides_its_password():
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://someone:topsecret@127.0.0.1:1/none")
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize(
    "where", ["", "  ", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql://h:port/n", "a\0b"]
)
def test_addresses_that_cannot_be_used_are_refused(where):
    with pytest.raises(BadInput, match=r"postgresql://USER@HOST"):
        parse_database_url(where)


def test_sqlite_keeps_its_promises(tmp_path):
    with Store.open(tmp_path / "new folder" / "q.sqlite3") as store, reading(store._engine) as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas["journal_mode"] == "wal"
    assert pragmas["foreign_keys"] == 1
    assert pragmas["busy_timeout"] >= 10_000
