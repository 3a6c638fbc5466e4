"""The rows behind the store: documents, figures and decisions in and out of the tables, within a given transaction.

A figure is one state of an observation, kept as canonical JSON: sorted keys, no spaces, UTF-8.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, insert, select

from geo.errors import BadInput
from geo.model import COUNTRY, Document, Observation
from geo.records import from_record, to_record
from geo.series import place_key
from geo.tables import documents, edition_observations, figure_places, figures, observations

DOCUMENT_FIELDS = (
    *("id", "title", "publisher", "date", "date_basis", "language"),
    *("url", "kind", "body_start", "checksum", "text"),
)
NAMED = 500  # values in one statement
ROWS = 10_000  # rows added by one statement
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
    """A figure with the row of the document revision it is shown with.

    ``record`` is its canonical JSON; ``key`` its own row, None where that revision has none yet.
    """

    document_key: int
    record: bytes
    key: int | None = None

    @property
    def observation(self) -> Observation:
        return parse_record(self.record)


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


def known_checksums(connection: Connection, checksums: Collection[str], reader: str) -> set[str]:
    """Those of the checksums whose bytes are the newest revision of a document and were read by this reader."""
    known: set[str] = set()
    for some in chunks(checksums):
        query = select(documents.c.checksum).where(documents.c.checksum.in_(some), documents.c.reader == reader)
        known |= set(connection.execute(query.where(_is_newest())).scalars())
    return known


def holder(connection: Connection, checksum: str) -> str | None:
    """The id of the document whose newest revision is made of these bytes, or None."""
    return connection.execute(_newest_with(checksum)).scalar()


def _newest_with(checksum: str) -> Select[Any]:
    query = select(documents.c.id).where(documents.c.checksum == checksum, _is_newest())
    return query.order_by(documents.c.id).limit(1)


def _is_newest() -> ColumnElement[bool]:
    newer = documents.alias()
    superseded = select(newer.c.key).where(newer.c.id == documents.c.id, newer.c.revision > documents.c.revision)
    return ~superseded.exists()


def insert_documents(
    connection: Connection, fresh: Sequence[Document], reader: str, now: dt.datetime
) -> list[tuple[int, int]]:
    """Add a revision of each, all of different ids; (its key, its number: 1 for a new document)."""
    last: dict[str, int] = {}
    for some in chunks([document.id for document in fresh]):
        query = select(documents.c.id, func.max(documents.c.revision)).where(documents.c.id.in_(some))
        last |= dict(connection.execute(query.group_by(documents.c.id)).all())
    rows = [
        {
            **{name: getattr(document, name) for name in DOCUMENT_FIELDS},
            "checksum": checksum_of(document),
            "revision": last.get(document.id, 0) + 1,
            "reader": reader,
            "card": json.dumps(document.card, ensure_ascii=False),
            "added": now,
        }
        for document in fresh
    ]
    adding = insert(documents).returning(documents.c.key, sort_by_parameter_order=True)
    keys = connection.execute(adding, rows).scalars()
    return [(key, row["revision"]) for key, row in zip(keys, rows, strict=True)]


def newest_keys(connection: Connection) -> dict[str, int]:
    """The key of the newest revision of every document, by id."""
    query = select(documents.c.id, documents.c.key).order_by(documents.c.id, documents.c.revision)
    return dict(connection.execute(query).all())


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


def insert_readings(connection: Connection, readings: Iterable[tuple[int, Document, Sequence[Observation]]]) -> None:
    """Keep what the machine read in new revisions, each with its key; nothing was read in them before."""
    rows, places = [], []
    for key, document, found in readings:
        rows += [_figure_row(key, document, canonical(o), o) for o in found]
        places += [_places(o) for o in found]
    if not rows:
        return
    keys = _add_figures(connection, rows, places)
    read = [
        {"document_key": row["document_key"], "id": row["id"], "figure_key": figure}
        for row, figure in zip(rows, keys, strict=True)
    ]
    connection.execute(insert(observations), read)


def _add_figures(connection: Connection, rows: list[dict[str, Any]], places: list[dict[str, bool]]) -> list[int]:
    adding = insert(figures).returning(figures.c.key, sort_by_parameter_order=True)
    keys = list(connection.execute(adding, rows).scalars())
    there = [
        {"figure_key": key, "place": place, "own": own}
        for key, mine in zip(keys, places, strict=True)
        for place, own in mine.items()
    ]
    if there:
        connection.execute(insert(figure_places), there)
    return keys


def insert_figure(connection: Connection, document_key: int, document: Document, o: Observation) -> int:
    """The key of this very state of an observation, added where it is new."""
    record = canonical(o)
    query = select(figures.c.key).where(figures.c.document_key == document_key, figures.c.digest == _digest(record))
    found = connection.execute(query).scalar()
    return found or _add_figures(connection, [_figure_row(document_key, document, record, o)], [_places(o)])[0]


def _figure_row(document_key: int, document: Document, record: str, o: Observation) -> dict[str, Any]:
    first, last = _years(document, o)
    return {
        "document_key": document_key,
        "digest": _digest(record),
        "id": o.id,
        "layer": o.layer,
        "indicator": o.indicator,
        "status": o.status,
        "first_year": first,
        "last_year": last,
        "record": record,
    }


def _digest(record: str) -> str:
    return hashlib.sha256(record.encode()).hexdigest()


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


def machine_figures(connection: Connection, document_keys: Collection[int]) -> Iterator[Figure]:
    """What the machine read in these revisions."""
    query = select(observations.c.document_key, figures.c.key, figures.c.record).join(
        figures, figures.c.key == observations.c.figure_key
    )
    for some in chunks(document_keys):
        for document_key, key, record in connection.execute(query.where(observations.c.document_key.in_(some))):
            yield Figure(document_key, record.encode(), key)


def published_figures(connection: Connection, edition: int, without: Collection[str] = ()) -> Iterator[Figure]:
    """The figures of an edition as they were published, but for those of the documents ``without``."""
    query = (
        select(documents.c.id, figures.c.document_key, figures.c.key, figures.c.record)
        .join(edition_observations, edition_observations.c.figure_key == figures.c.key)
        .join(documents, documents.c.key == figures.c.document_key)
        .where(edition_observations.c.edition == edition)
    )
    for document, document_key, key, record in connection.execute(query):
        if document not in without:
            yield Figure(document_key, record.encode(), key)


def keep_figures(connection: Connection, edition: int, accepted: Sequence[Figure]) -> None:
    """Make the figures those of an edition; one that was corrected in an older revision is kept with the newest too."""
    keys = [figure.key or _key_with_revision(connection, figure) for figure in accepted]
    for some in chunks(keys, ROWS):
        rows = [{"edition": edition, "figure_key": key} for key in some]
        connection.execute(insert(edition_observations), rows)


def _key_with_revision(connection: Connection, figure: Figure) -> int:
    row = connection.execute(select(documents).where(documents.c.key == figure.document_key)).mappings().one()
    document = _document({name: row[name] for name in (*DOCUMENT_FIELDS, "card")})  # type: ignore[arg-type]
    return insert_figure(connection, figure.document_key, document, figure.observation)


def content_hash(connection: Connection, accepted: Iterable[Figure]) -> str:
    """SHA-256 over the accepted figures in canonical JSON and over what is shown of their documents."""
    lines, keys = [], set()
    for figure in accepted:
        lines.append(figure.record)
        keys.add(figure.document_key)
    shown = select(*(documents.c[name] for name in DOCUMENT_FIELDS if name not in ("text", "checksum")))
    for some in chunks(keys):
        for row in connection.execute(shown.where(documents.c.key.in_(some))):
            lines.append(json.dumps([str(value) for value in row], ensure_ascii=False).encode())
    lines.sort()
    digest = hashlib.sha256()
    for number, line in enumerate(lines):
        digest.update(b"\n" + line if number else line)
    return digest.hexdigest()


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


def chunks(values: Collection[Any], size: int = NAMED) -> Iterator[list[Any]]:
    """The values, so many at a time: no statement may name more than a database takes."""
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def parse_record(record: str | bytes) -> Observation:
    """The observation of a kept record."""
    return from_record(json.loads(record))
