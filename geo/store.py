"""The store: documents, readings, decisions, editions and links, in SQLite or PostgreSQL.

Nothing is overwritten. Every write is one transaction, so a killed process leaves the last edition whole. The serving
process may use all of this: nothing here needs geopandas.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select, text

from geo import figures as shelf
from geo import reports as letters
from geo import reviewing as desk
from geo.database import open_engine, reading, writing
from geo.errors import BadInput, NotFound
from geo.model import Document, Edition, Observation
from geo.tables import edition_observations, editions, figures, links

REVIEWS = ("accept", "hold")
ACTIONS = ("accept", "correct", "add", "reject")
DOCUMENT_ACTIONS = ("accept", "hold", "reject")
TOGETHER = 500  # documents stored in one transaction
LINK_LENGTH = 9  # of base 32: 45 bits; longer where two views would share an id
LINK_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # no l, o, 0, 1: read aloud and typed without mistakes


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What changed from one edition to another, each sorted by observation id."""

    added: tuple[Observation, ...]
    removed: tuple[Observation, ...]
    changed: tuple[tuple[Observation, Observation], ...]  # (before, after), the same observation id

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


class Store:
    """Open with ``Store.open``; safe to share between threads, and between processes through the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, where: str | Path) -> Store:
        """The store at a file path, ``sqlite:///…`` or ``postgresql://…``; made and migrated where needed."""
        return cls(open_engine(where))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ping(self) -> None:
        """Raise ``StoreError`` where the database cannot be reached."""
        with reading(self._engine) as connection:
            connection.execute(text("SELECT 1"))

    # documents and decisions ------------------------------------------------------------------------------------------

    def knows(self, checksum: str, reader: str) -> bool:
        """True where these bytes were already read by this version of the reader and are still the newest revision."""
        with reading(self._engine) as connection:
            return bool(shelf.known_checksums(connection, [checksum], reader))

    def holder(self, checksum: str) -> str | None:
        """The id of the document whose newest revision is made of these bytes, or None."""
        with reading(self._engine) as connection:
            return shelf.holder(connection, checksum)

    def add_document(
        self,
        document: Document,
        observations: Iterable[Observation],
        *,
        reader: str = "",
        review: str = "accept",
        who: str = "machine",
    ) -> bool:
        """Keep a document with the machine's reading of it; False where the very same is there already.

        ``reader`` is the version of the reader. ``review``: "accept" puts the figures into the next edition unless
        they are rejected, "hold" only those that are accepted one by one; ``who`` brought it. The same id with other
        bytes, or read by another reader, is a new revision; decisions on its observations stay.
        """
        return self.add_documents([(document, observations)], reader=reader, review=review, who=who) == 1

    def add_documents(
        self,
        readings: Iterable[tuple[Document, Iterable[Observation]]],
        *,
        reader: str = "",
        review: str = "accept",
        who: str = "machine",
    ) -> int:
        """``add_document`` for many: some hundred documents a transaction; how many were new.

        Broken off, it leaves whole documents: brought again, those that are there are passed over.
        """
        if review not in REVIEWS:
            raise BadInput(f"Unknown review {review!r}. Use one of: {', '.join(REVIEWS)}.")
        return sum(self._add_batch(batch, reader, review, who) for batch in _batches(readings))

    def _add_batch(self, batch: _Batch, reader: str, review: str, who: str) -> int:
        with writing(self._engine) as connection:
            known = shelf.known_checksums(connection, list(batch), reader)
            fresh = [reading for checksum, reading in batch.items() if checksum not in known]
            if fresh:
                now = _now()
                rows = shelf.insert_documents(connection, [document for document, _ in fresh], reader, now)
                keyed = [(key, *reading) for (key, _), reading in zip(rows, fresh, strict=True)]
                shelf.insert_readings(connection, keyed)
                new = [document.id for (_, revision), (document, _) in zip(rows, fresh, strict=True) if revision == 1]
                desk.insert_reviews(connection, new, review, who, now)
        return len(fresh)

    def documents(self, edition: int | None = None, *, with_text: bool = True) -> list[Document]:
        """All documents by id in their newest revision, or as an edition cites them; ``with_text=False`` is lighter."""
        with reading(self._engine) as connection:
            if edition is not None:
                self._require_edition(connection, edition)
            return shelf.select_documents(connection, edition=edition, with_text=with_text)

    def document(self, document_id: str, edition: int | None = None) -> Document:
        """One document; ``NotFound`` names the id."""
        with reading(self._engine) as connection:
            found = shelf.select_documents(connection, edition=edition, document_id=document_id)
        if not found:
            raise NotFound(f"There is no document {document_id!r} here. /sources lists all.", document=document_id)
        return found[0]

    def readings(self, document_id: str) -> list[desk.Reviewed]:
        """What the machine read in the newest revision and what was decided on each, in the order of the text."""
        self.document(document_id)
        with reading(self._engine) as connection:
            return desk.select_readings(connection, document_id)

    def decide(
        self,
        document_id: str,
        observation_id: str,
        action: str,
        *,
        who: str,
        observation: Observation | None = None,
        note: str = "",
    ) -> None:
        """Accept, correct, add or reject one figure; "correct" and "add" carry the figure as it should be."""
        if action not in ACTIONS:
            raise BadInput(f"Unknown decision {action!r}. Use one of: {', '.join(ACTIONS)}.")
        if (observation is not None) != (action in ("correct", "add")):
            raise BadInput(f"A decision to {action} comes {'without' if observation else 'with'} a figure.")
        document = self.document(document_id)
        if observation is not None:
            if (observation.id, observation.document) != (observation_id, document_id):
                raise BadInput(f"The figure is {observation.id!r} of {observation.document!r}, not the one decided on.")
            shelf.check_evidence(document, [observation])
        with writing(self._engine) as connection:
            key = shelf.newest_key(connection, document_id)
            known = observation_id in {r.observation.id for r in desk.select_readings(connection, document_id)}
            if not known and action != "add":
                raise NotFound(f"The document {document_id!r} has no figure {observation_id!r}.")
            figure = shelf.insert_figure(connection, key, document, observation) if observation is not None else None
            desk.insert_decision(connection, document_id, observation_id, action, who, _now(), figure, note)

    def decide_document(self, document_id: str, action: str, *, who: str, note: str = "") -> None:
        """Accept all undecided figures of a document, hold them back, or take the whole document out."""
        if action not in DOCUMENT_ACTIONS:
            raise BadInput(f"Unknown decision {action!r}. Use one of: {', '.join(DOCUMENT_ACTIONS)}.")
        self.document(document_id)
        with writing(self._engine) as connection:
            desk.insert_decision(connection, document_id, "", action, who, _now(), None, note)

    def overview(self) -> list[desk.Overview]:
        """Every document with what was decided on it as a whole and how many figures wait; the newest first."""
        with reading(self._engine) as connection:
            return desk.select_overview(connection)

    def brought_by(self, who: str) -> dict[str, str]:
        """Documents whose newest decision as a whole is by ``who``, with that decision: accept, hold or reject."""
        with reading(self._engine) as connection:
            return desk.documents_decided_by(connection, who)

    # editions ---------------------------------------------------------------------------------------------------------

    def accepted(self) -> list[Observation]:
        """The figures as they would be published now, by document and place in the text."""
        with reading(self._engine) as connection:
            found = [figure.observation for figure in desk.accepted_figures(connection)]
        return sorted(found, key=lambda o: (o.document, o.value_span, o.id))

    def publish(self, note: str = "", *, of: str | None = None) -> Edition:
        """Make the accepted figures an immutable edition; where nothing changed, the last edition is returned.

        ``of``: only documents brought by this name are taken anew, with the decisions on their figures that were
        published before; all others stay as last published: a rebuild of the seeds publishes no editor's open work.
        """
        with writing(self._engine) as connection:
            last = self._edition(connection, None)
            if of is None:
                desk.publish_decisions(connection, _now())
                accepted = desk.accepted_figures(connection)
            else:
                own = desk.documents_decided_by(connection, of)
                accepted = desk.accepted_figures(connection, own, upto=desk.published_decisions(connection))
                accepted += shelf.published_figures(connection, last.number, without=own) if last else ()
            content_hash = shelf.content_hash(connection, accepted)
            if last is not None and last.content_hash == content_hash:
                return last
            edition = Edition(
                number=(last.number if last else 0) + 1,
                published=_now(),
                content_hash=content_hash,
                note=note,
                observations=len(accepted),
            )
            connection.execute(insert(editions).values(**{name: getattr(edition, name) for name in _EDITION_FIELDS}))
            shelf.keep_figures(connection, edition.number, accepted)
            return edition

    def edition(self, number: int | None = None) -> Edition:
        """An edition by number, the newest without one; ``NotFound`` says which there are."""
        with reading(self._engine) as connection:
            return self._require_edition(connection, number)

    def editions(self) -> list[Edition]:
        """All editions, the newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(editions).order_by(editions.c.number.desc())).mappings()
            return [Edition(**row) for row in rows]

    def observations(
        self,
        edition: int | None = None,
        *,
        layer: str | None = None,
        indicator: str | Sequence[str] | None = None,
        place: str | None = None,
        inside: bool = False,
        status: str | None = None,
        year: int | None = None,
        document: str | None = None,
    ) -> list[Observation]:
        """The figures of an edition (the newest by default), by document and place in the text.

        ``indicator`` is one code or several. ``place`` is a region's code, "KZ" or a gazetteer id; ``inside`` adds the
        figures of what lies in it ("KZ": everything). ``year`` keeps figures whose period covers it; without a period
        the document's year counts.
        """
        filters = shelf.Filters(layer, indicator, place, inside, status, year, document)
        with reading(self._engine) as connection:
            number = self._require_edition(connection, edition).number
            return shelf.select_observations(connection, number, filters)

    def observation(self, observation_id: str, edition: int | None = None) -> Observation:
        """One figure of an edition (the newest by default) by its id."""
        with reading(self._engine) as connection:
            number = self._require_edition(connection, edition).number
            found = shelf.select_observations(connection, number, shelf.Filters(id=observation_id))
        if not found:
            raise NotFound(f"Edition {number} has no figure {observation_id!r}.", observation=observation_id)
        return found[0]

    def known_since(self, observation_id: str) -> int | None:
        """The first edition that held this observation, or None."""
        query = (
            select(func.min(edition_observations.c.edition))
            .join(figures, figures.c.key == edition_observations.c.figure_key)
            .where(figures.c.id == observation_id)
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def edition_diff(self, before: int, after: int) -> EditionDiff:
        """What was added, removed and changed between two editions."""
        old = {o.id: o for o in self.observations(before)}
        new = {o.id: o for o in self.observations(after)}
        return EditionDiff(
            added=tuple(new[key] for key in sorted(new.keys() - old.keys())),
            removed=tuple(old[key] for key in sorted(old.keys() - new.keys())),
            changed=tuple((old[key], new[key]) for key in sorted(old.keys() & new.keys()) if old[key] != new[key]),
        )

    # reports of errors ------------------------------------------------------------------------------------------------

    def report(self, observation_id: str, note: str, edition: int | None = None) -> int:
        """Keep what a visitor says is wrong with a figure of an edition; its key. Editors see it until answered."""
        note, figure = letters.parse_note(note), self.observation(observation_id, edition)
        values = {"observation": figure.id, "document": figure.document, "note": note, "at": _now()}
        with writing(self._engine) as connection:
            number = self._require_edition(connection, edition).number
            return letters.insert_report(connection, {**values, "edition": number})

    def reports(self, document: str | None = None, *, is_open: bool | None = None) -> list[letters.Report]:
        """What visitors reported, the newest first: of one document or all, open or answered or both."""
        with reading(self._engine) as connection:
            return letters.select_reports(connection, document=document, is_open=is_open)

    def answer_report(self, key: int, note: str, *, who: str) -> None:
        """Say what became of a report. ``NotFound`` where there is none."""
        with writing(self._engine) as connection:
            letters.insert_answer(connection, _small(key), note, who, _now())

    # links ------------------------------------------------------------------------------------------------------------

    def save_link(self, query: str) -> str:
        """A short id for a view's query; the same query always gets the same id, however many ask at once."""
        with reading(self._engine) as connection:
            link, found = _link_of(connection, query)
        if not found:
            with writing(self._engine) as connection:
                link, found = _link_of(connection, query)
                if not found:
                    connection.execute(insert(links).values(id=link, query=query, created=_now()))
        return link

    def query_of_link(self, link: str) -> str:
        """The query behind a short id; ``NotFound`` where it was never issued here."""
        with reading(self._engine) as connection:
            found = connection.execute(select(links.c.query).where(links.c.id == link)).scalar()
        if found is None:
            raise NotFound(f"There is no short link {link!r} here.", link=link)
        return found

    def _edition(self, connection: Connection, number: int | None) -> Edition | None:
        query = select(editions).order_by(editions.c.number.desc()).limit(1)
        if number is not None:
            query = query.where(editions.c.number == number)
        row = connection.execute(query).mappings().first()
        return Edition(**row) if row is not None else None

    def _require_edition(self, connection: Connection, number: int | None) -> Edition:
        found = self._edition(connection, number if number is None else _small(number))
        if found is not None:
            return found
        last = self._edition(connection, None)
        if last is None:
            raise NotFound("No edition has been published yet. Bring documents and publish.")
        raise NotFound(f"There is no edition {number}. There are editions 1 to {last.number}.", edition=number)


_EDITION_FIELDS = ("number", "published", "content_hash", "note", "observations")


_Batch = dict[str, tuple[Document, list[Observation]]]  # by checksum; ids differ as well


def _batches(readings: Iterable[tuple[Document, Iterable[Observation]]]) -> Iterator[_Batch]:
    """Checked readings, ``TOGETHER`` at a time; one whose id or bytes are in the batch already begins the next."""
    batch: _Batch = {}
    ids: set[str] = set()
    for document, observations in readings:
        kept, checksum = list(observations), shelf.checksum_of(document)
        shelf.check_evidence(document, kept)
        if checksum in batch or document.id in ids:
            yield batch
            batch, ids = {}, set()
        batch[checksum] = (document, kept)
        ids.add(document.id)
        if len(batch) >= TOGETHER:
            yield batch
            batch, ids = {}, set()
    if batch:
        yield batch


def link_id(query: str, length: int = LINK_LENGTH) -> str:
    """The content address of a query: the first ``length`` base-32 digits of its SHA-256."""
    number = int.from_bytes(hashlib.sha256(query.encode()).digest())
    return "".join(LINK_LETTERS[(number >> (251 - 5 * i)) & 31] for i in range(length))


def _link_of(connection: Connection, query: str) -> tuple[str, bool]:
    """(the id of a query, whether it is kept already); the id grows where another query has the shorter one."""
    for length in range(LINK_LENGTH, 52, 3):
        link = link_id(query, length)
        found = connection.execute(select(links.c.query).where(links.c.id == link)).scalar()
        if found in (None, query):
            return link, found is not None
    raise AssertionError("two queries with the same SHA-256")


def _small(number: int) -> int:
    return number if 0 <= number < 2**31 else -1  # beyond what the column holds: there is no such edition


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
