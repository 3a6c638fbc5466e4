"""The collections of the OGC interface: what is published, as GeoJSON features in EPSG:4326 (CRS84 order)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from geo.model import LAYERS, Observation
from geo.series import is_own_figure
from webapp.reading_store import Reader

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: its words and how its features are made from an edition."""

    title: str
    description: str
    make: Callable[[Reader, int], Iterator[Feature]]


def collection(source: Reader, edition: int, name: str) -> list[Feature]:
    """All features of a collection in an edition, made once and kept; do not change them."""
    return source.derived(f"ogc/{name}", edition, lambda: list(COLLECTIONS[name].make(source, edition)))


def _layer(layer: str) -> Callable[[Reader, int], Iterator[Feature]]:
    def make(source: Reader, edition: int) -> Iterator[Feature]:
        """The figure that holds in the atlas's year, one feature a region and indicator."""
        atlas = source.atlas(edition)
        shapes = {f["properties"]["id"]: f["geometry"] for f in _regions(source, edition)}
        names = {region["id"]: region["name"] for region in atlas["regions"]}
        for code, series in atlas["series"].items():
            if not code.startswith(f"{layer}."):
                continue
            for region, tracks in series.items():
                step = _holding(tracks.get("actual", []), atlas["year"])
                if step is None or region not in shapes:
                    continue
                properties = {
                    "region": region,
                    **{f"name_{language}": text for language, text in names[region].items()},
                    **_figure(source, edition, step[2]),
                    "conflicts": step[4],
                }
                yield _feature(f"{code}@{region}", shapes[region], properties)

    return make


def _figures(source: Reader, edition: int) -> Iterator[Feature]:
    atlas = source.atlas(edition)
    points = {region["id"]: region["point"] for region in atlas["regions"]}
    for o in source.all_observations(edition).values():
        point = _point(o, atlas, points)
        geometry = {"type": "Point", "coordinates": list(point)} if point else None
        yield _feature(o.id, geometry, _figure(source, edition, o.id))


def _features(source: Reader, edition: int) -> Iterator[Feature]:
    for feature in source.atlas(edition)["features"]:
        properties = {
            **{key: feature.get(key) for key in ("layer", "kind", "status", "approximate", "schematic")},
            **{f"name_{language}": text for language, text in feature["name"].items()},
            "regions": ";".join(feature["regions"]),
            "figures": ";".join(feature["obs"]),
        }
        yield _feature(feature["id"].replace("/", "."), feature["geometry"], properties)


def _regions(source: Reader, edition: int) -> list[Feature]:
    path = source.artefact(edition, "regions.geojson")
    return source.derived("ogc/outlines", edition, lambda: json.loads(path.read_bytes())["features"])


def _holding(steps: list[list[Any]], year: int) -> list[Any] | None:
    holding = [s for s in steps if s[0] <= year and (s[1] is None or year <= s[1])]
    return holding[-1] if holding else None


def _figure(source: Reader, edition: int, observation_id: str) -> dict[str, Any]:
    o = source.all_observations(edition)[observation_id]
    document = source.documents(edition)[o.document]
    return {
        "figure": o.id,
        "indicator": o.indicator,
        "label_en": source.catalogue.indicator(o.indicator).label["en"],
        "value": o.value,
        "high": o.high,
        "unit": o.unit,
        "currency": o.currency,
        "qualifier": o.qualifier,
        "status": o.status,
        "period_start": o.period and o.period.start and o.period.start.isoformat(),
        "period_end": o.period and o.period.end and o.period.end.isoformat(),
        "regions": ";".join(o.regions),
        "place": o.place.name if o.place and not is_own_figure(o) else None,
        "sentence": o.quote,
        "source": document.card.get("source_title") or document.title,
        "publisher": document.publisher,
        "date": document.date and document.date.isoformat(),
        "address": document.url or None,
        "edition": edition,
    }


def _point(o: Observation, atlas: dict[str, Any], points: dict[str, list[float]]) -> list[float] | None:
    place = atlas["places"].get(o.place.id) if o.place else None
    if place and place["point"]:
        return place["point"]
    return points.get(o.regions[0]) if len(o.regions) == 1 else None


def _feature(identifier: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": {"id": identifier, **properties}}


COLLECTIONS: dict[str, Collection] = {
    layer: Collection(
        f"{layer}: the figure that holds, by region and indicator",
        f"One feature a region and indicator of the layer {layer}, with the sentence it was read in.",
        _layer(layer),
    )
    for layer in LAYERS
} | {
    "figures": Collection("All figures", "Every figure with its sentence, at its place or region.", _figures),
    "features": Collection("Zones and lines", "Zones, pipelines, masts and named places.", _features),
}
