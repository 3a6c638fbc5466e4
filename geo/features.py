"""Things with a place of their own: zones, pipelines, road sections with masts, towns and districts with figures.

Geometry comes from the gazetteer alone (EPSG:4326, degrees): a point, or a straight line between the named ends, which
is marked schematic. An unknown position falls back to the seat of the district or region, marked approximate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.gazetteer import Gazetteer
from geo.mentions import Mention
from geo.model import LANGUAGES, Document, Observation
from geo.place_tables import Place
from geo.series import place_key, year_of

STATUS_ORDER = ("actual", "underway", "planned", "target", "needed")
LINE_KINDS = ("pipeline", "road")


def map_features(
    observations: Iterable[Observation],
    documents: Mapping[str, Document],
    gazetteer: Gazetteer,
    mentions: Iterable[Mention] = (),
) -> list[dict[str, Any]]:
    """The ``features`` of atlas.json: one entry a place and layer, newest first within, sorted by id.

    ``mentions`` are sentences about a thing without a figure. A place that the gazetteer does not know is kept under
    its region's seat, or without geometry where no single region is told.
    """
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    said: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for observation in observations:
        if key := place_key(observation):
            groups[observation.layer, key].append(observation)
    for mention in mentions:
        said[mention.layer, mention.place].append(mention)
    return [
        _feature(
            layer,
            key,
            sorted(groups[layer, key], key=lambda o: _newest_first(o, documents)),
            sorted(said[layer, key], key=lambda m: (-_year_said(m, documents), m.document, m.span)),
            documents,
            gazetteer,
        )
        for layer, key in sorted({*groups, *said})
    ]


def _newest_first(observation: Observation, documents: Mapping[str, Document]) -> tuple:
    year = year_of(observation, documents)
    return (-(year or 0), STATUS_ORDER.index(observation.status), observation.indicator, observation.id)


def _year_said(mention: Mention, documents: Mapping[str, Document]) -> int:
    date = documents[mention.document].date
    return date.year if date is not None else 0


def _feature(
    layer: str,
    key: str,
    mine: Sequence[Observation],
    said: Sequence[Mention],
    documents: Mapping[str, Document],
    gazetteer: Gazetteer,
) -> dict[str, Any]:
    place = gazetteer.get(key)
    named = mine[0].place if mine else None
    regions = place.regions if place is not None else tuple(sorted({code for o in mine for code in o.regions}))
    geometry, approximate, schematic = _geometry(place, regions, gazetteer)
    kind = place.kind if place is not None else named.kind if named is not None else ""
    return {
        "id": f"{layer}:{key}",
        "layer": layer,
        "kind": _kind(kind, place, mine),
        "name": {n: place.name(n) if place is not None else named.name if named else key for n in LANGUAGES},
        "status": feature_status(kind, mine, said),
        "regions": list(regions),
        "place": key,
        "geometry": geometry,
        "approximate": approximate,
        "schematic": schematic,
        "obs": [o.id for o in mine],
        "said": [
            {"d": m.document, "span": list(m.span), "s": m.status, "year": _year_said(m, documents) or None}
            for m in said
        ],
    }


def feature_status(kind: str, mine: Iterable[Observation], said: Sequence[Mention] = ()) -> str:
    """How far a thing has come.

    Of a line or a station what the newest sentence about itself says; else the furthest of its figures and mentions:
    actual, then underway, planned, target, needed.
    """
    if said and kind in (*LINE_KINDS, "station"):
        return said[0].status
    return min((*(o.status for o in mine), *(m.status for m in said)), key=STATUS_ORDER.index)


def _kind(kind: str, place: Place | None, mine: Sequence[Observation]) -> str:
    if kind == "zone":
        return "sez" if place is not None and place.subtype == "sez" else "zone"
    if kind in LINE_KINDS:
        return kind
    return "mast" if mine and all(o.indicator == "internet.masts" for o in mine) else "place"


def _geometry(
    place: Place | None, regions: Sequence[str], gazetteer: Gazetteer
) -> tuple[dict[str, Any] | None, bool, bool]:
    """(GeoJSON geometry or None, approximate, schematic)."""
    if place is not None and place.kind in LINE_KINDS:
        ends = [end.point for name in place.ends if (end := gazetteer.get(name)) is not None and end.point is not None]
        if len(ends) >= 2:
            return {"type": "LineString", "coordinates": [list(end) for end in ends]}, place.approximate, True
    key = place.id if place is not None else regions[0] if len(regions) == 1 else ""
    shown = gazetteer.shown_at(key) if gazetteer.get(key) is not None else None
    if shown is None:
        return None, True, False
    point, approximate = shown
    return {"type": "Point", "coordinates": list(point)}, approximate or place is None, False
