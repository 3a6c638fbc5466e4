"""The rows of the editor's work: what the machine read, what people decided on it, and what is accepted by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select

from geo.figures import Figure, newest_key, parse_record
from geo.model import Observation
from geo.tables import decisions, documents, figures, observations


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One figure of a document before the editor: what the machine read and what was decided.

    ``machine`` is None for a figure that a person added. ``decided`` is "", accept, correct, add or reject;
    ``observation`` is the figure as it now stands.
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


def select_readings(connection: Connection, document_id: str) -> list[Reviewed]:
    """The readings of the newest revision with the decision that holds on each, in the order of the text."""
    key = newest_key(connection, document_id)
    text = connection.execute(select(documents.c.text).where(documents.c.key == key)).scalar_one()
    query = (
        select(figures.c.record)
        .join(observations, observations.c.figure_key == figures.c.key)
        .where(observations.c.document_key == key)
    )
    machine = {o.id: o for o in map(parse_record, connection.execute(query).scalars())}
    held = _holding_decisions(connection, document_id)
    result = []
    for observation_id in [*machine, *(i for i in held if i and i not in machine)]:
        decision = held.get(observation_id)
        read = machine.get(observation_id)
        given = parse_record(decision["record"]) if decision is not None and decision["record"] else None
        if given is not None and text[slice(*given.span)] != given.quote:
            given = decision = None  # decided on an older text that no longer holds this sentence
        stands = given or read
        if stands is None:
            continue
        if decision is None:
            result.append(Reviewed(stands, read))
        else:
            result.append(Reviewed(stands, read, decision["action"], decision["who"], decision["at"], decision["note"]))
    return sorted(result, key=lambda r: (r.observation.value_span, r.observation.id))


def _holding_decisions(connection: Connection, document_id: str) -> dict[str, RowMapping]:
    """The newest decision on each observation, "" for the document, oldest first."""
    query = (
        select(decisions, figures.c.record)
        .outerjoin(figures, figures.c.key == decisions.c.figure_key)
        .where(decisions.c.document == document_id)
        .order_by(decisions.c.key)
    )
    return {row["observation"]: row for row in connection.execute(query).mappings()}


def select_overview(connection: Connection) -> list[Overview]:
    """Every document with its state, the newest come in first."""
    whole = {
        row.document: row.action
        for row in connection.execute(
            select(decisions.c.document, decisions.c.action)
            .where(decisions.c.observation == "")
            .order_by(decisions.c.key)
        )
    }
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


def accepted_figures(connection: Connection, only: Collection[str] | None = None) -> list[Figure]:
    """What would be published now, by document and place in the text; of the documents ``only``, where given."""
    accepted = []
    for document_id in connection.execute(select(documents.c.id).distinct().order_by(documents.c.id)).scalars():
        if only is not None and document_id not in only:
            continue
        whole = _holding_decisions(connection, document_id).get("")
        review = whole["action"] if whole is not None else "hold"
        if review == "reject":
            continue
        key = newest_key(connection, document_id)
        for reading in select_readings(connection, document_id):
            if reading.decided in ("accept", "correct", "add") or (not reading.decided and review == "accept"):
                accepted.append(Figure(key, reading.observation))
    return accepted
