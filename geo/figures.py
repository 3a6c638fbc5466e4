"""The rows behind the store: documents, figures and decisions in and out of the tables, within a given transaction.

A figure is one state of an observation, kept as canonical JSON: sorted keys, no spaces, UTF-8.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from geo.errors import BadInput
from geo.model import COUNTRY, Document, Observation
from geo.records import from_record, to_record
from geo.series import place_key
from geo.tables import documents, edition_observations, figure_places, figures, observations

DOCUMENT_FIELDS = (
    *("id", "title", "publisher", "date", "date_basis", "language"),
    *("url", "kind", "body_start", "checksum", "text"),
)
LARGEST = 2**31 - 1  # what an INTEGER column of PostgreSQL holds


@dataclass(frozen=True, slots=True)
class Filters:
    """What a query for figures asks for; None is "any"."""

    layer: str | None = None
    indicator: str | Sequence[str] | None = None
    place: str | None = None
    inside: bool = False
    status: str | None = None
    year: int | None = None
    document: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the row of the document revision it was read in."""

    document_key: int
    observation: Observation


def canonical(observation: Observation) -> str:
    """The observation as canonical JSON."""
    return json.dumps(
        to_record(observation), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def check_evidence(document: Document, found: Iterable[Observation]) -> None:
    """Raise ``BadInput`` where a figure is of another document, said twice, or its sentence is not in the text."""
    seen: set[str] = set()
    for o in found:
        start, end = o.span
        inside = start <= o.value_span[0] < o.value_span[1] <= end
        if o.document != document.id or document.text[start:end] != o.quote or not o.quote or not inside:
            raise BadInput(
                f"The figure {o.id!r} has no evidence: its sentence and number must stand in {document.id!r} at the "
                f"offsets given; received span {o.span} and value_span {o.value_span}.",
                observation=o.id,
            )
        if o.id in seen:
            raise BadInput(f"The figure {o.id!r} is given twice for {document.id!r}; ids must differ.")
        seen.add(o.id)


# documents ------------------------------------------------------------------------------------------------------------


def checksum_of(document: Document) -> str:
    """The checksum of the bytes that came in, else of the text."""
    return document.checksum or hashlib.sha256(document.text.encode()).hexdigest()


def is_known(connection: Connection, checksum: str, reader: str) -> bool:
    """True where these bytes are the newest revision of a document and were read by this reader."""
    return connection.execute(_newest_with(checksum).where(documents.c.reader == reader)).first() is not None


def holder(connection: Connection, checksum: str) -> str | None:
    """The id of the document whose newest revision is made of these bytes, or None."""
    return connection.execute(_newest_with(checksum)).scalar()


def _newest_with(checksum: str) -> Select[Any]:
    newer = documents.alias()
    superseded = select(newer.c.key).where(newer.c.id == documents.c.id, newer.c.revision > documents.c.revision)
    query = select(documents.c.id).where(documents.c.checksum == checksum, ~superseded.exists())
    return query.order_by(documents.c.id).limit(1)


def insert_document(connection: Connection, document: Document, reader: str, now: dt.datetime) -> tuple[int, int]:
    """Add a revision; (its key, its number: 1 for a new document)."""
    last = connection.execute(select(func.max(documents.c.revision)).where(documents.c.id == document.id)).scalar()
    values = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    values |= {
        "checksum": checksum_of(document),
        "revision": (last or 0) + 1,
        "reader": reader,
        "card": json.dumps(document.card, ensure_ascii=False),
        "added": now,
    }
    key = connection.execute(insert(documents).values(**values)).inserted_primary_key
    assert key is not None
    return key[0], values["revision"]


def newest_key(connection: Connection, document_id: str) -> int:
    """The key of the newest revision of a document that is there."""
    query = select(documents.c.key).where(documents.c.id == document_id).order_by(documents.c.revision.desc())
    return connection.execute(query.limit(1)).scalar_one()


def select_documents(
    connection: Connection,
    *,
    document_id: str | None = None,
    edition: int | None = None,
    with_text: bool = True,
) -> list[Document]:
    """Documents by id: the newest revisions, or those that an edition cites."""
    fields = [documents.c[name] for name in DOCUMENT_FIELDS if with_text or name != "text"]
    query = select(*fields, documents.c.card).order_by(documents.c.id, documents.c.revision)
    if edition is not None:
        cited = select(figures.c.document_key).join(
            edition_observations, edition_observations.c.figure_key == figures.c.key
        )
        query = query.where(documents.c.key.in_(cited.where(edition_observations.c.edition == edition)))
    if document_id is not None:
        query = query.where(documents.c.id == document_id)
    newest = {row["id"]: row for row in connection.execute(query).mappings()}  # a later revision replaces an earlier
    return [_document(row) for row in newest.values()]


def _document(row: RowMapping) -> Document:
    values: dict[str, Any] = {"text": "", **row}
    values["card"] = json.loads(values["card"])
    return Document(**values)


# figures --------------------------------------------------------------------------------------------------------------


def insert_readings(connection: Connection, key: int, document: Document, found: Iterable[Observation]) -> None:
    """Keep what the machine read in a revision."""
    read = list(found)
    keys = insert_figures(connection, key, document, read)
    if read:
        rows = [{"document_key": key, "id": o.id, "figure_key": figure} for o, figure in zip(read, keys, strict=True)]
        connection.execute(insert(observations), rows)


def insert_figure(connection: Connection, document_key: int, document: Document, o: Observation) -> int:
    """The key of this very state of an observation, added where it is new."""
    return insert_figures(connection, document_key, document, [o])[0]


def insert_figures(
    connection: Connection, document_key: int, document: Document, found: Sequence[Observation]
) -> list[int]:
    """The keys of these very states, added where they are new: a few statements, however many figures."""
    digests = [_digest(o) for o in found]
    query = select(figures.c.digest, figures.c.key).where(figures.c.document_key == document_key)
    known = {row.digest: row.key for row in connection.execute(query)}
    fresh = {digest: o for digest, o in zip(digests, found, strict=True) if digest not in known}
    if fresh:
        rows = [_figure_row(document_key, document, digest, o) for digest, o in fresh.items()]
        adding = insert(figures).returning(figures.c.key, sort_by_parameter_order=True)
        known |= dict(zip(fresh, connection.execute(adding, rows).scalars(), strict=True))
        places = [
            {"figure_key": known[digest], "place": place, "own": own}
            for digest, o in fresh.items()
            for place, own in _places(o).items()
        ]
        if places:
            connection.execute(insert(figure_places), places)
    return [known[digest] for digest in digests]


def _figure_row(document_key: int, document: Document, digest: str, o: Observation) -> dict[str, Any]:
    first, last = _years(document, o)
    return {
        "document_key": document_key,
        "digest": digest,
        "id": o.id,
        "layer": o.layer,
        "indicator": o.indicator,
        "status": o.status,
        "first_year": first,
        "last_year": last,
        "record": canonical(o),
    }


def find_figure(connection: Connection, document_key: int, o: Observation) -> int | None:
    """The key of this very state of an observation in that revision, or None."""
    query = select(figures.c.key).where(figures.c.document_key == document_key, figures.c.digest == _digest(o))
    return connection.execute(query).scalar()


def _digest(o: Observation) -> str:
    return hashlib.sha256(canonical(o).encode()).hexdigest()


def _years(document: Document, o: Observation) -> tuple[int | None, int | None]:
    days = [day for day in (o.period.start, o.period.end) if day is not None] if o.period else []
    if not days and document.date is not None:
        days = [document.date]
    return (min(days).year, max(days).year) if days else (None, None)


def _places(o: Observation) -> dict[str, bool]:
    inside = place_key(o)
    places = dict.fromkeys(o.regions, not inside)
    return {**places, inside: True} if inside else places


# editions ------------------------------------------------------------------------------------------------------------


def keep_figure(connection: Connection, figure: Figure) -> int:
    """The key of an accepted figure; one that was corrected in an older revision is kept with the newest too."""
    found = find_figure(connection, figure.document_key, figure.observation)
    if found is not None:
        return found
    row = connection.execute(select(documents).where(documents.c.key == figure.document_key)).mappings().one()
    document = _document({name: row[name] for name in (*DOCUMENT_FIELDS, "card")})  # type: ignore[arg-type]
    return insert_figure(connection, figure.document_key, document, figure.observation)


def content_hash(connection: Connection, accepted: Sequence[Figure]) -> str:
    """SHA-256 over the accepted figures in canonical JSON and over what is shown of their documents."""
    lines = [canonical(figure.observation) for figure in accepted]
    for key in sorted({figure.document_key for figure in accepted}):
        row = connection.execute(
            select(*(documents.c[name] for name in DOCUMENT_FIELDS if name not in ("text", "checksum"))).where(
                documents.c.key == key
            )
        ).one()
        lines.append(json.dumps([str(value) for value in row], ensure_ascii=False))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def published_figures(connection: Connection, edition: int, without: Collection[str]) -> list[Figure]:
    """The figures of an edition as they were published, but for those of the documents ``without``."""
    query = (
        select(figures.c.document_key, figures.c.record)
        .join(edition_observations, edition_observations.c.figure_key == figures.c.key)
        .where(edition_observations.c.edition == edition)
    )
    found = [Figure(key, parse_record(record)) for key, record in connection.execute(query)]
    return [figure for figure in found if figure.observation.document not in without]


# queries --------------------------------------------------------------------------------------------------------------


def select_observations(connection: Connection, edition: int, filters: Filters) -> list[Observation]:
    """The figures of an edition that pass the filters, by document and place in the text."""
    query = (
        select(figures.c.record)
        .join(edition_observations, edition_observations.c.figure_key == figures.c.key)
        .where(edition_observations.c.edition == edition)
    )
    found = [parse_record(record) for record in connection.execute(_filtered(query, filters)).scalars()]
    return sorted(found, key=lambda o: (o.document, o.value_span, o.id))


def _filtered(query: Select[Any], filters: Filters) -> Select[Any]:
    for name in ("layer", "indicator", "status", "id"):
        wanted = getattr(filters, name)
        if wanted is not None:
            query = query.where(figures.c[name].in_([wanted] if isinstance(wanted, str) else wanted))
    if filters.document is not None:
        query = query.where(
            figures.c.document_key.in_(select(documents.c.key).where(documents.c.id == filters.document))
        )
    if filters.year is not None:
        year = max(-LARGEST, min(filters.year, LARGEST))
        query = query.where(figures.c.first_year <= year, figures.c.last_year >= year)
    if filters.place is not None and not (filters.inside and filters.place == COUNTRY):
        there = select(figure_places.c.figure_key).where(figure_places.c.place == filters.place)
        query = query.where(figures.c.key.in_(there if filters.inside else there.where(figure_places.c.own)))
    return query


def parse_record(record: str) -> Observation:
    """The observation of a kept record."""
    return from_record(json.loads(record))
