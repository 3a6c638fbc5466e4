"""Outlines for drawing: TopoJSON or GeoJSON (EPSG:4326) as Web Mercator rings, simplified to what a pixel can show.

Plain Python on purpose: the serving process loads neither numpy nor shapely. Shared borders are simplified once, as
arcs, so that neighbours keep touching.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import BadSeed

TILE = 256  # px of the world at zoom 0, as in Leaflet
TOLERANCE_PX = 0.45
SMALLEST_ISLET_PX = 1.2
COARSEST, FINEST = 3, 12

Point = tuple[float, float]
Ring = list[Point]


@dataclass(slots=True)
class Outlines:
    """``arcs`` are open or closed lines in world units (0…1, Web Mercator, y downwards); a region is polygons of rings
    of arc numbers, ``~n`` backwards."""

    arcs: list[Ring]
    regions: dict[str, list[list[list[int]]]]
    paths: dict[float, dict[str, list[Any]]] = field(default_factory=dict)  # kept by webapp/drawing_paths.py
    _simple: dict[int, list[Ring]] = field(default_factory=dict)
    _rings: dict[tuple[str, int], list[Ring]] = field(default_factory=dict)

    def rings(self, region: str, zoom: float) -> list[Ring]:
        """The region's rings in world units, good for drawing at ``zoom``; islets too small to see are left out."""
        level = min(max(math.ceil(zoom), COARSEST), FINEST)
        key = (region, level)
        if key not in self._rings:
            arcs = self._arcs_at(level)
            rings = [stitch(arcs, ring) for polygon in self.regions.get(region, ()) for ring in polygon]
            smallest = SMALLEST_ISLET_PX / (TILE * 2**level)
            large = [ring for ring in rings if len(ring) > 3 and extent_of(ring) >= smallest]
            self._rings[key] = large or rings[:1]
        return self._rings[key]

    def _arcs_at(self, level: int) -> list[Ring]:
        if level not in self._simple:
            tolerance = TOLERANCE_PX / (TILE * 2**level)
            self._simple[level] = [simplify(arc, tolerance) for arc in self.arcs]
        return self._simple[level]


def load_outlines(path: Path) -> Outlines:
    """Read ``path`` (TopoJSON, or GeoJSON with an ``id`` a region). Raises BadSeed naming the file."""
    return _load(path, path.stat().st_mtime_ns)


def parse_outlines(data: Mapping) -> Outlines:
    """Outlines from parsed TopoJSON (its first object) or a GeoJSON FeatureCollection, coordinates in EPSG:4326."""
    if data.get("type") == "Topology":
        return _from_topojson(data)
    if data.get("type") == "FeatureCollection":
        return _from_geojson(data)
    raise BadSeed(f"outlines: received type {data.get('type')!r}; use TopoJSON or a GeoJSON FeatureCollection")


def project(lon: float, lat: float) -> Point:
    """EPSG:4326 degrees → Web Mercator world units (0…1, y downwards): times 256·2^zoom they are Leaflet's pixels."""
    sine = math.sin(math.radians(min(max(lat, -85.051129), 85.051129)))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def simplify(line: Ring, tolerance: float) -> Ring:
    """Douglas–Peucker with kept ends; a closed line is cut at its farthest point, so that it keeps an area."""
    if len(line) < 4:
        return line
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda index: _square(line[0], line[index]))
        return _reduce(line[: far + 1], tolerance)[:-1] + _reduce(line[far:], tolerance)
    return _reduce(line, tolerance)


def topology_arcs(data: Mapping) -> list[Ring]:
    """The arcs of parsed TopoJSON (EPSG:4326) in world units."""
    scale, move = data.get("transform", {}).get("scale"), data.get("transform", {}).get("translate")
    arcs = []
    for raw in data["arcs"]:
        x = y = 0
        points = []
        for dx, dy in raw:
            if scale:
                x, y = x + dx, y + dy
                points.append(project(x * scale[0] + move[0], y * scale[1] + move[1]))
            else:
                points.append(project(dx, dy))
        arcs.append(points)
    return arcs


def stitch(arcs: list[Ring], numbers: Iterable[int]) -> Ring:
    """One line of arcs by number, ``~n`` backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def extent_of(ring: Ring) -> float:
    """The longer side of the line's box, in its own units."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


@lru_cache(maxsize=8)
def _load(path: Path, stamp: int) -> Outlines:
    del stamp  # a changed file is read again
    try:
        return parse_outlines(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BadSeed(f"{path.name}: not readable as outlines ({error}); build the edition again") from error


def _from_topojson(data: Mapping) -> Outlines:
    (first, *_) = data["objects"].values()
    regions = {}
    for geometry in first["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        regions[_id_of(geometry)] = polygons
    return Outlines(topology_arcs(data), regions)


def _from_geojson(data: Mapping) -> Outlines:
    arcs: list[Ring] = []
    regions = {}
    for feature in data["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        numbered = []
        for polygon in polygons:
            numbers = []
            for ring in polygon:
                numbers.append([len(arcs)])
                arcs.append([project(*position[:2]) for position in ring])
            numbered.append(numbers)
        regions[_id_of(feature)] = numbered
    return Outlines(arcs, regions)


def _id_of(feature: Mapping) -> str:
    return feature.get("id") or feature["properties"]["id"]


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _reduce(line: Ring, tolerance: float) -> Ring:
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    limit = tolerance * tolerance
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, found = limit, -1
        for index in range(first + 1, last):
            px, py = line[index]
            along = ((px - ax) * dx + (py - ay) * dy) / length if length else 0.0
            along = 0.0 if along < 0 else min(along, 1.0)
            distance = (px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2
            if distance > worst:
                worst, found = distance, index
        if found >= 0:
            keep[found] = True
            open_spans += [(first, found), (found, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]
