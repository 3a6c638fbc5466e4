"""What can be done to any set of shapes: hold their CRS, mend them to a coverage, measure, label, write TopoJSON.

A coverage is a set of polygons whose neighbours share their border vertex by vertex, without gaps or overlaps.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from geo.errors import CrsMismatch

WGS84 = CRS.from_epsg(4326)
# Albers equal-area for Kazakhstan: square metres mean the same from the Caspian to the Altai.
EQUAL_AREA = CRS.from_proj4("+proj=aea +lat_1=43 +lat_2=53 +lat_0=48 +lon_0=67.5 +datum=WGS84 +units=m")
QUANTUM = 100_000  # grid cells along each side of a TopoJSON; 10,000 would swallow islets


def require_4326(frame: gpd.GeoDataFrame, what: str) -> gpd.GeoDataFrame:
    """``frame`` itself where it is in EPSG:4326, else CrsMismatch; nothing is ever reprojected behind one's back."""
    if frame.crs is None:
        raise CrsMismatch(
            f"{what} names no coordinate reference system; EPSG:4326 is needed: set it with set_crs(4326)"
        )
    if not frame.crs.equals(WGS84, ignore_axis_order=True):
        raise CrsMismatch(f"{what} is in {frame.crs.to_string()}, EPSG:4326 is needed: convert it with to_crs(4326)")
    return frame


def mend(frame_4326: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same rows as a valid coverage of polygons, EPSG:4326: without Z, self-crossings, overlaps and slivers.

    Overlaps go to the smaller neighbour, so that a city keeps its exclaves inside the oblast around it.
    """
    flat = shapely.force_2d(require_4326(frame_4326, "the file to mend").geometry.to_numpy())
    polygons = [polygons_of(shape) for shape in shapely.make_valid(flat)]
    return frame_4326.set_geometry(
        gpd.GeoSeries(shapely.coverage_clean(polygons, merge_strategy="min_area"), index=frame_4326.index, crs=WGS84)
    )


def areas_km2(frame_4326: gpd.GeoDataFrame) -> np.ndarray:
    """Area of each shape in square kilometres, measured in the equal-area projection."""
    return require_4326(frame_4326, "the frame to measure").geometry.to_crs(EQUAL_AREA).area.to_numpy() / 1e6


def label_points(frame_4326: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """For each shape the point farthest from its border (largest part, to 1 km), always inside; EPSG:4326 degrees."""
    flat = require_4326(frame_4326, "the frame to label").geometry.to_crs(EQUAL_AREA)
    parts = [max(shapely.get_parts(shape), key=shapely.area) for shape in flat]
    centres = [shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=1000), 0) for part in parts]
    return gpd.GeoSeries(centres, index=frame_4326.index, crs=EQUAL_AREA).to_crs(WGS84)


def with_measures(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """``frame`` with area_km2 and the label point's lon, lat (degrees) added, geometry last."""
    points = label_points(frame)
    measured = frame.assign(area_km2=areas_km2(frame).round(1), lon=points.x.round(4), lat=points.y.round(4))
    return measured[[*(c for c in measured.columns if c != "geometry"), "geometry"]]


def write_topojson(frame_4326: gpd.GeoDataFrame, path: Path, name: str = "regions") -> None:
    """Write a coverage as TopoJSON: each border once, on a grid of 100,000 cells a side; ``id`` and columns kept."""
    from topojson import Topology

    topology = Topology(
        require_4326(frame_4326, "the frame to write").set_index("id", drop=False),
        object_name=name,
        prequantize=QUANTUM,
        shared_coords=True,
    )
    Path(path).write_text(
        json.dumps(json.loads(topology.to_json()), ensure_ascii=False, separators=(",", ":")), "utf-8"
    )


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a repaired shape, without the stray lines and points that a repair may leave."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]
