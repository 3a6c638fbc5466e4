"""A user's districts in the data folder: the whole shapes for other programs, simplified ones for the map."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely

from geo.shapes import EQUAL_AREA, WGS84, require_4326, write_topojson

WHOLE, FOR_THE_MAP = "districts.geojson", "districts.topojson"
TOLERANCE_M = 500
COLUMNS = ["id", "region", "kind", "name_kk", "name_ru", "name_en", "geometry"]


def keep_districts(districts_4326: gpd.GeoDataFrame, data: Path) -> None:
    """Write what ``geo.boundaries.import_districts`` gave to ``data``, each file replaced whole or not at all.

    GeoJSON as imported; TopoJSON of borders simplified to ``TOLERANCE_M`` metres together, so that neighbours meet.
    """
    data.mkdir(parents=True, exist_ok=True)
    half = data / f".half-{WHOLE}"
    half.write_text(require_4326(districts_4326, "the districts").to_json(), "utf-8")
    half.replace(data / WHOLE)
    half = data / f".half-{FOR_THE_MAP}"
    write_topojson(simplified(districts_4326, TOLERANCE_M)[COLUMNS], half, "districts")
    half.replace(data / FOR_THE_MAP)


def simplified(coverage_4326: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """The same rows with borders simplified as a coverage, EPSG:4326."""
    flat = coverage_4326.geometry.to_crs(EQUAL_AREA).to_numpy()
    shapes = gpd.GeoSeries(shapely.coverage_simplify(flat, tolerance_m), index=coverage_4326.index, crs=EQUAL_AREA)
    return coverage_4326.set_geometry(shapes.to_crs(WGS84))
