"""The provider that pygeoapi asks: features of an edition, filtered in memory. Imported by name, by pygeoapi only."""

from __future__ import annotations

from typing import Any

from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError

from webapp.ogc_features import Feature, collection
from webapp.reading_store import reader

BBox = tuple[float, float, float, float]


class AtlasProvider(BaseProvider):
    """Features of the collection ``data`` ("<edition>/<collection>")."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        edition, self.collection = self.data.split("/")
        self.edition = int(edition)
        self.get_fields()

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Field names with their JSON types, seen in the features."""
        if not self._fields:
            for feature in self._all():
                for name, value in feature["properties"].items():
                    if value is not None:
                        self._fields.setdefault(name, {"type": _type(value)})
        return self._fields

    def query(
        self,
        offset: int = 0,
        limit: int = 100,
        resulttype: str = "results",
        bbox: list[float] | None = None,
        properties: list[tuple[str, str]] | None = None,
        sortby: list[dict[str, str]] | None = None,
        select_properties: list[str] | None = None,
        skip_geometry: bool = False,
        q: str | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """A GeoJSON feature collection with ``numberMatched`` and ``numberReturned``."""
        found = [f for f in self._all() if _keeps(f, bbox, properties or [], q)]
        for order in reversed(sortby or []):
            found.sort(key=lambda f: _sortable(f["properties"].get(order["property"])), reverse=order["order"] == "-")
        page = [] if resulttype == "hits" else found[offset : offset + limit]
        return {
            "type": "FeatureCollection",
            "features": [_trim(f, select_properties, skip_geometry) for f in page],
            "numberMatched": len(found),
            "numberReturned": len(page),
        }

    def get(self, identifier: str, **_: Any) -> Feature:
        """One feature. Raises pygeoapi's not-found error, which answers 404."""
        for feature in self._all():
            if feature["id"] == identifier:
                return feature
        raise ProviderItemNotFoundError(f"There is no {identifier!r} in {self.collection}.")

    def _all(self) -> list[Feature]:
        return collection(reader(), self.edition, self.collection)


def _keeps(feature: Feature, bbox: list[float] | None, properties: list[tuple[str, str]], q: str | None) -> bool:
    for name, wanted in properties:
        if str(feature["properties"].get(name)) != str(wanted):
            return False
    if q and q.casefold() not in " ".join(v for v in feature["properties"].values() if isinstance(v, str)).casefold():
        return False
    return not bbox or _touches(feature["geometry"], tuple(map(float, bbox)))


def _touches(geometry: dict[str, Any] | None, bbox: tuple[float, ...]) -> bool:
    if geometry is None:
        return False
    west, south, east, north = bbox if len(bbox) == 4 else (bbox[0], bbox[1], bbox[3], bbox[4])
    w, s, e, n = _bounds(geometry["coordinates"])
    return w <= east and e >= west and s <= north and n >= south


def _bounds(coordinates: Any) -> BBox:
    if isinstance(coordinates[0], int | float):
        x, y = coordinates[:2]
        return x, y, x, y
    boxes = [_bounds(part) for part in coordinates]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _trim(feature: Feature, chosen: list[str] | None, skip_geometry: bool) -> Feature:
    """A copy: pygeoapi adds links to what it is given."""
    properties = feature["properties"]
    if chosen:
        properties = {name: value for name, value in properties.items() if name in chosen}
    return {**feature, "properties": dict(properties), "geometry": None if skip_geometry else feature["geometry"]}


def _type(value: Any) -> str:
    return {bool: "boolean", int: "number", float: "number"}.get(type(value), "string")


def _sortable(value: Any) -> tuple[int, Any]:
    return (2, "") if value is None else (0, value) if isinstance(value, int | float) else (1, str(value))
