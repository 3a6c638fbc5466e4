"""What lies around and between the regions: neighbours, borders, sea, lakes, rivers and their names, for drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from geo.errors import BadSeed
from webapp.outlines import (
    COARSEST,
    FINEST,
    SMALLEST_ISLET_PX,
    TILE,
    TOLERANCE_PX,
    Ring,
    extent_of,
    simplify,
    topology_arcs,
)
from webapp.outlines import stitch as stitched
from webapp.scene import Area, Line, Mark, Projection

GROUND, WATERS = ("land", "border", "sea"), ("lake", "river")  # under the regions, over them
LOOKS = {  # fill, stroke, its width in px, its opacity, dash
    "land": ("--land-out", None, 0.0, 0.0, 0),
    "border": (None, "--border-out", 1.0, 1.0, 4),
    "sea": ("--sea", "--water-ink", 1.0, 0.35, 0),
    "lake": ("--sea", "--water-ink", 0.7, 0.5, 0),
    "river": (None, "--water-ink", 1.1, 0.4, 0),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of ``kind`` (country, sea, lake, river) in three languages at a point in EPSG:4326 degrees."""

    kind: str
    names: Mapping[str, str]
    lon: float
    lat: float


@dataclass(slots=True)
class Backdrop:
    """``shapes`` is (kind, lines in world units); lines of land, sea and lakes are closed."""

    shapes: list[tuple[str, list[Ring]]]
    names: list[Name]
    _simple: dict[int, list[tuple[str, list[Ring]]]] = field(default_factory=dict)

    def marks(self, kinds: Iterable[str], projection: Projection, window: tuple[float, ...]) -> list[Mark]:
        """The shapes of ``kinds`` that reach into ``window`` (x, y, width, height), as marks in px."""
        found: list[Mark] = []
        for kind, lines in self._at(projection.zoom):
            if kind not in kinds:
                continue
            placed = [tuple(_place(line, projection)) for line in lines]
            seen = tuple(line for line in placed if _reaches(line, window))
            fill, stroke, width, opacity, dash = LOOKS[kind]
            if seen and fill:
                found.append(Area(seen, fill, stroke, width, opacity))
            elif stroke:
                found += [Line(line, stroke, width, dash, opacity) for line in seen]
        return found

    def _at(self, zoom: float) -> list[tuple[str, list[Ring]]]:
        level = min(max(round(zoom), COARSEST), FINEST)
        if level not in self._simple:
            pixel = 1 / (TILE * 2**level)
            self._simple[level] = [
                (
                    kind,
                    [
                        simplify(line, TOLERANCE_PX * pixel)
                        for line in lines
                        if extent_of(line) >= SMALLEST_ISLET_PX * pixel
                    ],
                )
                for kind, lines in self.shapes
            ]
        return self._simple[level]


def load_backdrop(path: Path) -> Backdrop | None:
    """The backdrop of an edition; None where the edition has none. Raises BadSeed for a file that is not readable."""
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _load(path, stamp)


def parse_backdrop(data: Mapping) -> Backdrop:
    """A backdrop from TopoJSON; features carry ``kind`` and, where named, ``name_kk/ru/en``, ``lon``, ``lat``."""
    arcs = topology_arcs(data)
    (collection, *_) = data["objects"].values()
    shapes, names = [], []
    for geometry in collection["geometries"]:
        properties = geometry["properties"]
        if properties.get("name_kk") and properties.get("lon") is not None:
            spoken = {lang: properties.get(f"name_{lang}") or properties["name_kk"] for lang in ("kk", "ru", "en")}
            names.append(Name(properties["kind"], spoken, properties["lon"], properties["lat"]))
        if properties["kind"] in LOOKS:
            shapes.append((properties["kind"], [stitched(arcs, numbers) for numbers in _arc_lists(geometry)]))
    order = list(LOOKS)
    return Backdrop(sorted(shapes, key=lambda shape: order.index(shape[0])), names)


def _arc_lists(geometry: Mapping) -> list[list[int]]:
    """One list of arc numbers a line or ring."""
    match geometry["type"]:
        case "LineString":
            return [geometry["arcs"]]
        case "MultiLineString" | "Polygon":
            return geometry["arcs"]
        case "MultiPolygon":
            return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


@lru_cache(maxsize=4)
def _load(path: Path, stamp: int) -> Backdrop:
    del stamp  # a changed file is read again
    try:
        return parse_backdrop(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BadSeed(f"{path.name}: not readable as a backdrop ({error}); build the edition again") from error


def _place(line: Ring, projection: Projection) -> Ring:
    scale, dx, dy = projection.scale, projection.dx, projection.dy
    return [(x * scale + dx, y * scale + dy) for x, y in line]


def _reaches(line: tuple, window: tuple[float, ...]) -> bool:
    x, y, width, height = window
    xs, ys = [px for px, _ in line], [py for _, py in line]
    return max(xs) >= x and min(xs) <= x + width and max(ys) >= y and min(ys) <= y + height
