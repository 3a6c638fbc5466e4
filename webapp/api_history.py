"""The JSON interface, second part: editions and what they changed, conflicts, promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from geo.errors import BadView
from geo.model import Edition, Observation
from geo.promises import STATES, Promise
from webapp import queries
from webapp.answering import answer_json, keep, paging
from webapp.evidence import conflicts_of, figure_record, promises_of
from webapp.i18n import day
from webapp.reading_store import Reader

blueprint = Blueprint("api_history", __name__)
CONFLICT_RULE = {
    "kk": "Ең жаңа құжат, содан соң дәлірек сан, содан соң ресмилеу жариялаушы таңдалады.",
    "ru": "Выбирается самый новый документ, затем более точное число, затем более официальный издатель.",
    "en": "The newest document is chosen, then the more exact figure, then the more official publisher.",
}

BUILT = "seeds"  # the note of editions that a build of the seeds publishes

# editions -------------------------------------------------------------------------------------------------------------


@blueprint.get("/api/v1/editions")
def editions() -> Response:
    """All editions, the newest first, each with how much it changed."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        lang = queries.parse_language(args, source)
        return {
            "current": source.current().number,
            "editions": [edition_record(edition, source, lang) for edition in shown_editions(source)],
        }

    return answer_json(("lang",), make)


def shown_editions(source: Reader) -> list[Edition]:
    """The editions up to the current one, the newest first."""
    current = source.current().number
    return [edition for edition in source.store.editions() if edition.number <= current]


def note_words(note: str) -> str:
    """What an edition's publisher noted, for readers: a build of the seeds notes only their name."""
    return _("Made from the bulletins of the project") if note == BUILT else note


def edition_record(edition: Edition, source: Reader, lang: str) -> dict[str, Any]:
    diff = source.diff(edition.number - 1, edition.number) if edition.number > 1 else None
    return {
        "number": edition.number,
        "published": edition.published.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "published_text": day(edition.published, lang),
        "hash": edition.content_hash,
        "note": edition.note,
        "figures": edition.observations,
        "added": len(diff.added) if diff else edition.observations,
        "removed": len(diff.removed) if diff else 0,
        "changed": len(diff.changed) if diff else 0,
    }


@blueprint.get("/api/v1/changes")
def changes() -> Response:
    """Figures added, removed and changed from edition ``from`` to edition ``to`` (the current one)."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        lang = queries.parse_language(args, source)
        before = queries.parse_number(args, "from", 1, 2**31 - 1, None)
        if before is None:
            raise BadView("from=… is missing: the number of the edition to compare with.", parameter="from")
        first = source.edition(before).number
        last = source.edition(queries.parse_number(args, "to", 1, 2**31 - 1, None)).number
        diff = source.diff(first, last)
        return {
            "from": first,
            "to": last,
            "total": len(diff),
            "added": records(diff.added, source, last, lang),
            "removed": records(diff.removed, source, first, lang),
            "changed": [
                {
                    "before": figure_record(old, source, first, lang),
                    "after": figure_record(new, source, last, lang),
                }
                for old, new in diff.changed[: queries.MOST]
            ],
        }

    return answer_json(("from", "to", "lang"), make)


def records(found: Iterable[Observation], source: Reader, number: int, lang: str) -> list[dict[str, Any]]:
    return [figure_record(o, source, number, lang) for o in list(found)[: queries.MOST]]


# conflicts and promises -----------------------------------------------------------------------------------------------


@blueprint.get("/api/v1/conflicts")
def conflicts() -> Response:
    """Figures that disagree, with the one that is shown and the rule that chose it."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        query = queries.parse_figure_query(keep(args, ("layer", "place", *queries.PAGE_PARAMETERS)), source)
        found = [
            conflict
            for conflict in conflicts_of(source, query.edition)
            if query.filters["layer"] in (None, conflict.indicator.split(".")[0])
            and query.filters["place"] in (None, conflict.region)
        ]
        page = found[query.offset : query.offset + query.limit]
        return {
            "edition": query.edition,
            "rule": CONFLICT_RULE[query.lang],
            **paging(args, len(found), query.limit, query.offset),
            "conflicts": [
                {
                    "indicator": conflict.indicator,
                    "label": source.catalogue.indicator(conflict.indicator).label[query.lang],
                    "region": conflict.region,
                    "which": conflict.which,
                    "year": conflict.year,
                    "shown": figure_record(conflict.chosen, source, query.edition, query.lang),
                    "others": records(conflict.others, source, query.edition, query.lang),
                }
                for conflict in page
            ],
        }

    return answer_json(("layer", "place", *queries.PAGE_PARAMETERS), make)


@blueprint.get("/api/v1/promises")
def promises() -> Response:
    """Plans with a due date and what became of them; filters layer, place, year (of the due date) and state."""
    return answer_json(("layer", "place", "year", "state", *queries.PAGE_PARAMETERS), promises_value, today())


def promises_value(source: Reader, args: MultiDict) -> dict[str, Any]:
    figure_args = keep(args, ("layer", "place", *queries.PAGE_PARAMETERS))
    query = queries.parse_figure_query(figure_args, source)
    state = queries.parse_choice(args, "state", STATES)
    year = queries.parse_number(args, "year", 1900, 2200, None)
    found = [
        promise
        for promise in promises_of(source, query.edition)
        if state in (None, promise.state)
        and year in (None, promise.due.year)
        and query.filters["layer"] in (None, promise.plan.layer)
        and is_about(promise.plan, query.filters["place"])
    ]
    page = found[query.offset : query.offset + query.limit]
    return {
        "edition": query.edition,
        "as_of": today(),
        "states": {name: sum(promise.state == name for promise in found) for name in STATES},
        **paging(args, len(found), query.limit, query.offset),
        "promises": [promise_record(promise, source, query.edition, query.lang) for promise in page],
    }


def promise_record(promise: Promise, source: Reader, number: int, lang: str) -> dict[str, Any]:
    """A promise with its figures; ``done`` is the share of the way gone (0…1 and beyond), None without a report."""
    return {
        "state": promise.state,
        "due": promise.due.isoformat(),
        "needed": promise.needed,
        "addition": promise.addition,
        "late": promise.late,
        "done": promise.done,
        "plan": figure_record(promise.plan, source, number, lang),
        "baseline": figure_record(promise.baseline, source, number, lang) if promise.baseline else None,
        "reports": records(promise.reports, source, number, lang),
        "restated": records(promise.restated, source, number, lang),
    }


def is_about(observation: Observation, place: str | None) -> bool:
    """Whether a figure is of ``place`` or of something inside it (a region's code)."""
    return place is None or place in observation.regions or bool(observation.place and observation.place.id == place)


def today() -> str:
    """The present day (UTC), ISO."""
    return dt.datetime.now(dt.UTC).date().isoformat()
