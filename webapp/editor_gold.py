"""Decisions as lines of the quality gate: what a person accepted, corrected or added is what should be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from geo.model import COUNTRY, Observation
from geo.reviewing import Reviewed
from geo.series import place_key

DECIDED = ("accept", "correct", "add")
PLANS = ["planned", "target"]  # the gate takes them for one


def gold_lines(readings: Iterable[Reviewed]) -> str:
    """JSON lines in the shape of tests/gold/bulletins.jsonl, of the figures that a person decided for."""
    kept = [reviewed.observation for reviewed in readings if reviewed.decided in DECIDED]
    return "".join(json.dumps(gold_fact(o), ensure_ascii=False) + "\n" for o in kept)


def gold_fact(o: Observation) -> dict[str, Any]:
    """One fact. ``level`` is country, region or inside; ``sub`` names the place inside a region."""
    inside = place_key(o)
    level = "inside" if inside else "country" if o.regions == (COUNTRY,) else "region" if o.regions else None
    return {
        "doc": f"{o.document}.txt",
        "quote": o.quote,
        "layer": o.layer,
        "indicator": [o.indicator],
        "value": int(o.value) if o.value.is_integer() else o.value,
        "unit": o.unit,
        "place": "+".join(o.regions) or None,
        "sub": o.place.name if inside and o.place else None,
        "status": PLANS if o.status in PLANS else [o.status],
        "period": period_of(o),
        "qualifier": o.qualifier,
        "core": True,
        "level": level,
    }


def period_of(o: Observation) -> str | None:
    """A year, or two joined by a slash."""
    days = [day for day in (o.period.start, o.period.end) if day] if o.period else []
    years = [str(day.year) for day in days]
    return "/".join(dict.fromkeys(years)) or None
