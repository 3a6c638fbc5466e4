"""The rows of the editor's work: what the machine read, what people decided on it, and what is accepted by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, or_, select

from geo.figures import Figure, canonical, machine_figures, newest_key, newest_keys, parse_record
from geo.model import Observation
from geo.tables import decisions, documents, figures, observations, publishings


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One figure of a document before the editor: what the machine read and what was decided.

    ``machine`` is None for a figure that a person added. ``decided`` is "", accept, correct, add or reject;
    ``observation`` is the figure as it now stands; of a rejected one, as it stood before: accepting it again brings
    back what a person had corrected or added, not what the machine had read.
    """

    observation: Observation
    machine: Observation | None
    decided: str = ""
    who: str = ""
    at: dt.datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A document on the editor's list. ``review`` is accept, hold or reject; ``waiting`` figures nobody decided on."""

    id: str
    review: str
    added: dt.datetime  # when its newest revision came in
    figures: int  # that the machine read in it
    waiting: int


def insert_decision(
    connection: Connection,
    document_id: str,
    observation_id: str,
    action: str,
    who: str,
    now: dt.datetime,
    figure: int | None = None,
    note: str = "",
) -> None:
    """Add a decision; an empty ``observation_id`` is about the whole document."""
    connection.execute(
        insert(decisions).values(
            document=document_id,
            observation=observation_id,
            action=action,
            figure_key=figure,
            who=who,
            at=now,
            note=note,
        )
    )


def insert_reviews(
    connection: Connection, document_ids: Iterable[str], action: str, who: str, now: dt.datetime
) -> None:
    """Add the same decision on each of the documents as a whole."""
    common = {"observation": "", "action": action, "figure_key": None, "who": who, "at": now, "note": ""}
    rows = [{"document": document_id, **common} for document_id in document_ids]
    if rows:
        connection.execute(insert(decisions), rows)


def select_readings(connection: Connection, document_id: str, upto: int | None = None) -> list[Reviewed]:
    """The readings of the newest revision with the decision that holds on each, in the order of the text.

    ``upto``: what was decided on a figure counts only up to the decision with this key.
    """
    key = newest_key(connection, document_id)
    text = connection.execute(select(documents.c.text).where(documents.c.key == key)).scalar_one()
    query = (
        select(figures.c.record)
        .join(observations, observations.c.figure_key == figures.c.key)
        .where(observations.c.document_key == key)
    )
    machine = {o.id: o for o in map(parse_record, connection.execute(query).scalars())}
    held, records = _holding_decisions(connection, document_id, upto)
    result = []
    for observation_id in [*machine, *(i for i in held if i and i not in machine)]:
        decision = held.get(observation_id)
        read = machine.get(observation_id)
        given = parse_record(records[observation_id]) if records.get(observation_id) else None
        if given is not None and text[slice(*given.span)] != given.quote:
            given = None  # decided on an older text that no longer holds this sentence
            decision = decision if decision is not None and decision["action"] == "reject" else None
        stands = given or read
        if stands is None:
            continue
        if decision is None:
            result.append(Reviewed(stands, read))
        else:
            result.append(Reviewed(stands, read, decision["action"], decision["who"], decision["at"], decision["note"]))
    return sorted(result, key=lambda r: (r.observation.value_span, r.observation.id))


def _holding_decisions(
    connection: Connection, document_id: str, upto: int | None
) -> tuple[dict[str, RowMapping], dict[str, str | None]]:
    """(the newest decision on each observation, "" for the document; the record of the newest that is no rejection).

    Rejecting says nothing of what the figure is, so the record of before it stays: None is the machine's reading.
    """
    query = (
        select(decisions, figures.c.record)
        .outerjoin(figures, figures.c.key == decisions.c.figure_key)
        .where(decisions.c.document == document_id)
        .order_by(decisions.c.key)
    )
    if upto is not None:
        query = query.where(or_(decisions.c.observation == "", decisions.c.key <= upto))
    rows = list(connection.execute(query).mappings())
    records = {row["observation"]: row["record"] for row in rows if row["action"] != "reject"}
    return {row["observation"]: row for row in rows}, records


def select_overview(connection: Connection) -> list[Overview]:
    """Every document with its state, the newest come in first."""
    whole = _reviews(connection)
    decided: dict[str, set[str]] = {}
    for document, observation in connection.execute(
        select(decisions.c.document, decisions.c.observation).where(decisions.c.observation != "").distinct()
    ):
        decided.setdefault(document, set()).add(observation)
    read: dict[int, set[str]] = {}
    for key, observation in connection.execute(select(observations.c.document_key, observations.c.id)):
        read.setdefault(key, set()).add(observation)
    query = select(documents.c.id, documents.c.key, documents.c.added).order_by(documents.c.id, documents.c.revision)
    newest = {row.id: row for row in connection.execute(query)}
    found = []
    for row in newest.values():
        mine = read.get(row.key, set())
        waiting = len(mine - decided.get(row.id, set()))
        found.append(Overview(row.id, whole.get(row.id, "hold"), row.added, len(mine), waiting))
    return sorted(found, key=lambda o: (o.added, o.id), reverse=True)


def documents_decided_by(connection: Connection, who: str) -> dict[str, str]:
    """Document ids whose newest decision as a whole is by ``who``, with its action."""
    query = select(decisions).where(decisions.c.observation == "").order_by(decisions.c.key)
    newest = {row["document"]: row for row in connection.execute(query).mappings()}
    return {document: row["action"] for document, row in newest.items() if row["who"] == who}


def publish_decisions(connection: Connection, now: dt.datetime) -> None:
    """Note that all decisions made by now are published, whether they change a figure or not."""
    newest = connection.execute(select(func.max(decisions.c.key))).scalar()
    if newest is not None and newest > published_decisions(connection):
        connection.execute(insert(publishings).values(decision=newest, at=now))


def published_decisions(connection: Connection) -> int:
    """The key up to which decisions are published; 0 before the first."""
    return connection.execute(select(func.max(publishings.c.decision))).scalar() or 0


def accepted_figures(
    connection: Connection, only: Collection[str] | None = None, *, upto: int | None = None
) -> list[Figure]:
    """What would be published now; of the documents ``only``, where given. Many documents take few statements.

    ``upto`` as in ``select_readings``.
    """
    reviews = _reviews(connection)
    decided = select(decisions.c.document).where(decisions.c.observation != "").distinct()
    one_by_one = set(connection.execute(decided).scalars())
    accepted: list[Figure] = []
    as_read = []
    for document_id, key in newest_keys(connection).items():
        review = reviews.get(document_id, "hold")
        if review == "reject" or (only is not None and document_id not in only):
            continue
        if document_id in one_by_one:
            accepted += [
                Figure(key, canonical(reading.observation).encode())
                for reading in select_readings(connection, document_id, upto)
                if reading.decided in ("accept", "correct", "add") or (not reading.decided and review == "accept")
            ]
        elif review == "accept":
            as_read.append(key)
    return [*accepted, *machine_figures(connection, as_read)]


def _reviews(connection: Connection) -> dict[str, str]:
    """The newest decision on each document as a whole."""
    query = select(decisions.c.document, decisions.c.action).where(decisions.c.observation == "")
    return dict(connection.execute(query.order_by(decisions.c.key)).all())
