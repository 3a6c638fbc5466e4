"""What visitors say is wrong with a figure, and what editors answered; rows in a given transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from geo.errors import BadInput, NotFound, TooMany
from geo.tables import report_answers, reports

LONGEST_NOTE = 2000  # characters
MOST_OPEN = 5000  # unanswered ones; beyond that nobody reads them, and the table must not grow without end


@dataclass(frozen=True, slots=True)
class Report:
    """A visitor's note on a figure of an edition. ``answer`` is "" and ``who`` "" while nobody has answered."""

    key: int
    observation: str
    document: str
    edition: int
    note: str
    at: dt.datetime
    answer: str = ""
    who: str = ""


def parse_note(raw: str) -> str:
    """A note as it is kept: without control characters, at most 2000 characters. Raises BadInput where it is empty."""
    note = "".join(c for c in raw.replace("\r\n", "\n") if c.isprintable() or c in "\n\t").strip()
    if not note:
        raise BadInput("The note is empty. Say in a few words what is wrong with the figure.", reason="note_empty")
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            f"The note has {len(note)} characters; up to {LONGEST_NOTE} are kept. Shorten it.",
            reason="note_too_long",
            received=len(note),
            most=LONGEST_NOTE,
        )
    return note


def insert_report(connection: Connection, values: dict[str, object]) -> int:
    """Keep a report; its key. Raises TooMany where thousands wait for an answer."""
    if connection.execute(select(func.count()).select_from(_with_answers().subquery())).scalar_one() >= MOST_OPEN:
        raise TooMany("More notes wait than can be read. Write to the editors instead.", reason="notes_full")
    row = connection.execute(insert(reports).values(**values)).inserted_primary_key
    assert row is not None
    return row[0]


def select_reports(connection: Connection, *, document: str | None = None, is_open: bool | None = None) -> list[Report]:
    """Reports, the newest first; those of one document, or only the open or the answered ones."""
    query = _with_answers(is_open).order_by(reports.c.key.desc())
    if document is not None:
        query = query.where(reports.c.document == document)
    return [
        Report(**{**row, "answer": row["answer"] or "", "who": row["who"] or ""})
        for row in connection.execute(query).mappings()
    ]


def insert_answer(connection: Connection, key: int, note: str, who: str, now: dt.datetime) -> None:
    """Answer a report. Raises NotFound where there is none."""
    if connection.execute(select(reports.c.key).where(reports.c.key == key)).first() is None:
        raise NotFound(f"There is no report {key}.")
    connection.execute(insert(report_answers).values(report_key=key, note=note, who=who, at=now))


def _with_answers(is_open: bool | None = True):
    newest = select(report_answers.c.report_key, func.max(report_answers.c.key).label("newest"))
    last = newest.group_by(report_answers.c.report_key).subquery()
    query = (
        select(reports, report_answers.c.note.label("answer"), report_answers.c.who)
        .outerjoin(last, last.c.report_key == reports.c.key)
        .outerjoin(report_answers, report_answers.c.key == last.c.newest)
    )
    if is_open is None:
        return query
    return query.where(last.c.newest.is_(None) if is_open else last.c.newest.is_not(None))
