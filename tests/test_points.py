"""Counting points in polygons: the same numbers as geopandas.sjoin, also on borders, overlaps and from a file."""

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.boundaries import load_regions
from geo.errors import BadInput, CrsMismatch
from geo.points import count_points, points_of_parquet


def frame(*polygons, crs=4326):
    return gpd.GeoDataFrame({"id": [f"p{n}" for n in range(len(polygons))]}, geometry=list(polygons), crs=crs)


def joined(lon, lat, polygons):
    """What geopandas.sjoin counts."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326))
    found = gpd.sjoin(points, polygons[["id", "geometry"]], predicate="within")["id"].value_counts()
    return {name: int(found.get(name, 0)) for name in polygons["id"]}


def scattered(count, seed=7):
    made = np.random.default_rng(seed)
    return made.uniform(45, 89, count), made.uniform(40, 56, count)


def test_regions_hold_what_sjoin_says():
    regions, (lon, lat) = load_regions(200), scattered(60_000)
    counts = count_points([(lon, lat)], regions)
    assert counts == joined(lon, lat, regions)
    assert min(counts.values()) > 0
    assert 20_000 < sum(counts.values()) < 60_000


def test_points_on_borders_and_corners_lie_in_neither():
    squares = frame(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1))
    lon, lat = np.array([1.0, 0.0, 2.0, 0.5, 1.5, 1.0]), np.array([0.5, 0.0, 1.0, 0.5, 0.5, 1.0])
    assert count_points([(lon, lat)], squares) == joined(lon, lat, squares) == {"p0": 1, "p1": 1}


def test_overlaps_holes_and_many_parts_count_as_in_sjoin():
    made = np.random.default_rng(3)
    rings = [shapely.Point(*made.uniform(0, 9, 2)).buffer(made.uniform(0.2, 4)) for _ in range(25)]
    polygons = frame(
        *(a.difference(b.buffer(-0.1)).union(c) for a, b, c in zip(rings, rings[1:], rings[2:], strict=False))
    )
    lon, lat = made.uniform(-5, 14, 20_000), made.uniform(-5, 14, 20_000)
    assert count_points([(lon, lat)], polygons) == joined(lon, lat, polygons)


def test_chunks_and_a_file_give_the_same_as_all_at_once(tmp_path):
    regions, (lon, lat) = load_regions(500), scattered(5_000)
    pq.write_table(pa.table({"lon": lon, "lat": lat}), tmp_path / "points.parquet", row_group_size=900)
    whole = count_points([(lon, lat)], regions)
    pieces = list(points_of_parquet(tmp_path / "points.parquet", batch=700))
    assert len(pieces) > 5
    assert max(len(piece[0]) for piece in pieces) <= 700
    assert count_points(pieces, regions) == whole


def test_what_is_no_number_lies_nowhere_and_no_points_are_no_error():
    square = frame(shapely.box(0, 0, 1, 1))
    assert count_points([(np.array([np.nan, 0.5, np.inf]), np.array([0.5, np.nan, 0.5]))], square) == {"p0": 0}
    assert count_points([], square) == {"p0": 0}


def test_what_cannot_be_counted_is_named(tmp_path):
    square = frame(shapely.box(0, 0, 1, 1))
    with pytest.raises(CrsMismatch, match="the polygons"):
        count_points([], square.to_crs(3857))
    with pytest.raises(BadInput, match="one length"):
        count_points([(np.zeros(2), np.zeros(3))], square)
    with pytest.raises(BadInput, match="column id"):
        count_points([], square.drop(columns="id"))
    pq.write_table(pa.table({"x": [1.0]}), tmp_path / "points.parquet")
    with pytest.raises(BadInput, match="no column lat, lon"):
        list(points_of_parquet(tmp_path / "points.parquet"))
