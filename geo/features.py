"""Things with a place of their own: zones, pipelines, road sections with masts, towns and districts with figures.

Geometry comes from the gazetteer alone (EPSG:4326, degrees): a point, or a straight line between the named ends, which
is marked schematic. An unknown position falls back to the seat of the district or region, marked approximate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.gazetteer import Gazetteer, Place
from geo.model import LANGUAGES, Document, Observation
from geo.series import is_own_figure, year_of

STATUS_ORDER = ("actual", "underway", "planned", "target", "needed")
LINE_KINDS = ("pipeline", "road")


def map_features(
    observations: Iterable[Observation], documents: Mapping[str, Document], gazetteer: Gazetteer
) -> list[dict[str, Any]]:
    """The ``features`` of atlas.json: one entry a place and layer, newest figures first, sorted by id.

    A place that the gazetteer does not know is kept under its region's seat, or without geometry where no single
    region is told.
    """
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.place is not None and not is_own_figure(observation):
            groups[observation.layer, place_key(observation)].append(observation)
    return [
        _feature(layer, key, sorted(mine, key=lambda o: _newest_first(o, documents)), gazetteer)
        for (layer, key), mine in sorted(groups.items())
    ]


def place_key(observation: Observation) -> str:
    """What the atlas calls the place: its gazetteer id, or its own name where the gazetteer has none."""
    assert observation.place is not None
    return observation.place.id or observation.place.name


def _newest_first(observation: Observation, documents: Mapping[str, Document]) -> tuple:
    year = year_of(observation, documents)
    return (-(year or 0), STATUS_ORDER.index(observation.status), observation.indicator, observation.id)


def _feature(layer: str, key: str, mine: Sequence[Observation], gazetteer: Gazetteer) -> dict[str, Any]:
    named = mine[0].place
    assert named is not None
    place = gazetteer.get(named.id) if named.id else None
    regions = place.regions if place is not None else tuple(sorted({code for o in mine for code in o.regions}))
    geometry, approximate, schematic = _geometry(place, regions, gazetteer)
    return {
        "id": f"{layer}:{key}",
        "layer": layer,
        "kind": _kind(place.kind if place is not None else named.kind, place, mine),
        "name": {n: place.name(n) if place is not None else named.name for n in LANGUAGES},
        "status": feature_status(mine),
        "regions": list(regions),
        "place": key,
        "geometry": geometry,
        "approximate": approximate,
        "schematic": schematic,
        "obs": [o.id for o in mine],
    }


def feature_status(mine: Iterable[Observation]) -> str:
    """How far a thing has come: actual as soon as one figure of it is, else underway, planned, target, needed."""
    return min((o.status for o in mine), key=STATUS_ORDER.index)


def _kind(kind: str, place: Place | None, mine: Sequence[Observation]) -> str:
    if kind == "zone":
        return "sez" if place is not None and place.subtype == "sez" else "zone"
    if kind in LINE_KINDS:
        return kind
    return "mast" if all(o.indicator == "internet.masts" for o in mine) else "place"


def _geometry(
    place: Place | None, regions: Sequence[str], gazetteer: Gazetteer
) -> tuple[dict[str, Any] | None, bool, bool]:
    """(GeoJSON geometry or None, approximate, schematic)."""
    if place is not None and place.kind in LINE_KINDS:
        ends = [end.point for name in place.ends if (end := gazetteer.get(name)) is not None and end.point is not None]
        if len(ends) >= 2:
            return {"type": "LineString", "coordinates": [list(end) for end in ends]}, place.approximate, True
    if place is not None and place.point is not None:
        return {"type": "Point", "coordinates": list(place.point)}, place.approximate, False
    district = gazetteer.get(place.district) if place is not None and place.district else None
    region = gazetteer.get(regions[0]) if len(regions) == 1 else None
    for seat in (district, region):
        if seat is not None and seat.point is not None:
            return {"type": "Point", "coordinates": list(seat.point)}, True, False
    return None, True, False
