"""The tables of the store. What is written is never overwritten: revisions, decisions and editions only add rows.

Changing anything here needs a migration in ``geo/migrations/versions``; a test compares both.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment in UTC; SQLite keeps it without its zone and gets it back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; a moment without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Always with the zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key(**options: Any) -> Column[int]:
    return Column("key", Integer, primary_key=True, **options)


# A document as it came in. The same id with other bytes, or read by another reader, is a new revision.
documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("reader", String(100), nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("date", Date),
    Column("date_basis", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("card", Text, nullable=False),  # JSON object of strings
    Column("text", Text, nullable=False),
    Column("added", UtcDateTime, nullable=False),
    UniqueConstraint("id", "revision"),
    Index(None, "checksum"),
)

# One state of an observation: its canonical JSON record, with what is asked for in queries beside it.
figures = Table(
    "figures",
    metadata,
    _key(),
    Column("document_key", ForeignKey("documents.key"), nullable=False),
    Column("digest", String(64), nullable=False),  # sha256 of the record
    Column("id", String(80), nullable=False),
    Column("layer", String(20), nullable=False),
    Column("indicator", String(80), nullable=False),
    Column("status", String(20), nullable=False),
    Column("first_year", Integer),
    Column("last_year", Integer),
    Column("record", Text, nullable=False),
    UniqueConstraint("document_key", "digest"),
    Index(None, "id"),
    Index(None, "indicator"),
)

# The places of a figure: ``own`` where it is that place's own figure, else the place only contains it.
figure_places = Table(
    "figure_places",
    metadata,
    Column("figure_key", ForeignKey("figures.key"), primary_key=True),
    Column("place", String(200), primary_key=True),
    Column("own", Boolean, nullable=False),
    Index(None, "place"),
)

# The machine's reading, kept as read whatever is decided later.
observations = Table(
    "observations",
    metadata,
    Column("document_key", ForeignKey("documents.key"), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("figure_key", ForeignKey("figures.key"), nullable=False),
)

# What people decided; the newest row of a document and observation holds. An empty observation is the whole document.
decisions = Table(
    "decisions",
    metadata,
    _key(),
    Column("document", String(200), nullable=False),
    Column("observation", String(80), nullable=False),
    Column("action", String(20), nullable=False),
    Column("figure_key", ForeignKey("figures.key")),
    Column("who", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "document"),
)

# What an editor published: all decisions up to this one; the newest row holds. A rebuild of the seeds adds none.
publishings = Table(
    "publishings",
    metadata,
    _key(),
    Column("decision", ForeignKey("decisions.key"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("published", UtcDateTime, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("observations", Integer, nullable=False),
)

edition_observations = Table(
    "edition_observations",
    metadata,
    Column("edition", ForeignKey("editions.number"), primary_key=True),
    Column("figure_key", ForeignKey("figures.key"), primary_key=True),
)

links = Table(
    "links",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("query", Text, nullable=False),
    Column("created", UtcDateTime, nullable=False),
)

# What visitors told of a figure, and what editors said to it; the newest answer holds.
reports = Table(
    "reports",
    metadata,
    _key(),
    Column("observation", String(80), nullable=False),
    Column("document", String(200), nullable=False),
    Column("edition", ForeignKey("editions.number"), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "document"),
)

report_answers = Table(
    "report_answers",
    metadata,
    _key(),
    Column("report_key", ForeignKey("reports.key"), nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "report_key"),
)
