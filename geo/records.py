"""An observation as a flat JSON record and back: the one shape of files, interfaces and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from geo.errors import BadInput
from geo.model import Observation, Period, PlaceRef

FIELDS = tuple(f.name for f in fields(Observation))


def to_record(observation: Observation) -> dict[str, Any]:
    """JSON-ready values in the order of the fields; dates YYYY-MM-DD, spans [start, end], whole values as int."""
    record = {name: getattr(observation, name) for name in FIELDS}
    for name in ("value", "low", "high"):
        record[name] = _plain(record[name])
    period, place = observation.period, observation.place
    record["period"] = None if period is None else {"start": _iso(period.start), "end": _iso(period.end)}
    record["place"] = None if place is None else {"id": place.id, "name": place.name, "kind": place.kind}
    for name in ("regions", "span", "value_span", "inferred"):
        record[name] = list(record[name])
    record["mentions"] = [list(span) for span in observation.mentions]
    return record


def from_record(record: Mapping[str, Any]) -> Observation:
    """The observation of a record by ``to_record``. Raises BadInput where a field is missing or of another kind."""
    try:
        values = {name: record[name] for name in FIELDS if name in record}
        for name in ("value", "low", "high"):
            if values.get(name) is not None:
                values[name] = float(values[name])
        period, place = values.get("period"), values.get("place")
        values["period"] = period and Period(_date(period["start"]), _date(period["end"]))
        values["place"] = place and PlaceRef(place["id"], place["name"], place["kind"])
        for name in ("regions", "span", "value_span", "inferred"):
            values[name] = tuple(values.get(name) or ())
        values["mentions"] = tuple(tuple(span) for span in values.get("mentions") or ())
        return Observation(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"This is no observation: {error}. Give the fields {', '.join(FIELDS)}.") from None


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() and abs(value) < 2**53 else value


def _iso(day: dt.date | None) -> str | None:
    return day and day.isoformat()


def _date(raw: str | None) -> dt.date | None:
    return dt.date.fromisoformat(raw) if raw else None
