"""A million and ten million points counted by region and by district, beside geopandas in memory and dask-geopandas."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import dask
import dask.dataframe as dd
import dask_geopandas
import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from bench.measure import Row, Section, Spread, middle, runs, spread
from geo.boundaries import load_regions
from geo.points import BATCH, count_points, points_of_parquet

MILLION, SOME, MANY = 1_000_000, 2_000_000, 10_000_000
DISTRICTS = 224
WEST, SOUTH, EAST, NORTH = 46, 40, 88, 56


def measure() -> Section:
    """Seconds, from coordinates to counts; the counts of all are compared."""
    regions = load_regions(200)[["id", "geometry"]]
    areas = {"20 regions": regions, f"{DISTRICTS} districts": districts_like(regions)}
    rows = [in_memory(MILLION, name, polygons) for name, polygons in areas.items()]
    many = MANY if runs(2) == 2 else SOME  # a quick run has no minutes for the peers
    rows.append(in_memory(many, "20 regions", regions, times=1))
    with tempfile.TemporaryDirectory(prefix="qamtu-points-") as home:
        path = Path(home, "points.parquet")
        for count, (name, polygons) in zip((many, SOME), areas.items(), strict=True):
            write_points(path, count)
            rows.append(out_of_memory(path, count, name, polygons))
    note = (
        "From coordinates to counts, which are compared: they agree in every row. Districts are cells around "
        f"random points, cut at the country's border. Out of memory: ours reads {BATCH:,} points at a time in one "
        "process, dask-geopandas a million at a time in as many processes as there are cores."
    )
    return Section(
        "Joining points with polygons", tuple(rows), ("geopandas", "shapely", "dask", "dask-geopandas"), note
    )


def in_memory(count: int, name: str, polygons: gpd.GeoDataFrame, times: int = 3) -> Row:
    """Beside geopandas.sjoin."""
    lon, lat = scattered(count)
    ours, peer = in_turn(
        lambda: count_points([(lon, lat)], polygons), lambda: by_geopandas(lon, lat, polygons), times=times
    )
    what, met = f"{millions(count)} points to {name}, in memory", middle(ours) <= middle(peer)
    return Row(what, "s", ours, {"geopandas.sjoin": peer}, "not slower than sjoin", met)


def out_of_memory(path: Path, count: int, name: str, polygons: gpd.GeoDataFrame) -> Row:
    """Beside dask-geopandas, from a file."""
    ours, peer = in_turn(
        lambda: count_points(points_of_parquet(path), polygons), lambda: by_dask(path, polygons), times=1
    )
    what, met = f"{millions(count)} points of a file to {name}, out of memory", middle(ours) <= middle(peer)
    return Row(what, "s", ours, {"dask-geopandas": peer}, "not slower than dask-geopandas", met)


def millions(count: int) -> str:
    return f"{count // MILLION} · 10⁶" if count not in (MILLION, MANY) else {MILLION: "10⁶", MANY: "10⁷"}[count]


def in_turn(ours, peer, times: int = 3) -> tuple[Spread, Spread]:
    """Seconds of both, run in turn. Raises RuntimeError where their counts differ."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs(times)):
        counts = []
        for values, action in zip(found, (ours, peer), strict=True):
            started = time.perf_counter()
            counts.append(action())
            values.append(time.perf_counter() - started)
        if counts[0] != counts[1]:
            raise RuntimeError("The counts of both differ.")
    return spread(found[0]), spread(found[1])


def by_geopandas(lon: np.ndarray, lat: np.ndarray, polygons: gpd.GeoDataFrame) -> dict[str, int]:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326))
    counts = gpd.sjoin(points, polygons).groupby("id").size()
    return {name: int(counts.get(name, 0)) for name in polygons["id"]}


def by_dask(path: Path, polygons: gpd.GeoDataFrame) -> dict[str, int]:
    """The same out of memory, on the processes that dask takes by itself."""
    with dask.config.set(scheduler="processes"):
        table = dd.read_parquet(path, split_row_groups=1)
        points = dask_geopandas.from_dask_dataframe(
            table, geometry=dask_geopandas.points_from_xy(table, "lon", "lat", crs=4326)
        )
        counts = dask_geopandas.sjoin(points, polygons)["id"].value_counts().compute()
    return {name: int(counts.get(name, 0)) for name in polygons["id"]}


def scattered(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes and latitudes all over the country and a little beyond."""
    made = np.random.default_rng(seed)
    return made.uniform(WEST, EAST, count), made.uniform(SOUTH, NORTH, count)


def write_points(path: Path, count: int) -> None:
    schema = pa.schema([("lon", pa.float64()), ("lat", pa.float64())])
    with pq.ParquetWriter(path, schema) as writer:
        for part in range(count // MILLION):
            lon, lat = scattered(MILLION, seed=part + 2)
            writer.write_table(pa.table({"lon": lon, "lat": lat}, schema=schema))


def districts_like(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cells around random points within the country, EPSG:4326: as many as there are districts."""
    country = shapely.union_all(regions.geometry.to_numpy())
    lon, lat = scattered(4 * DISTRICTS, seed=5)
    inside = shapely.contains_xy(country, lon, lat)
    seats = shapely.multipoints(np.column_stack([lon[inside], lat[inside]])[:DISTRICTS])
    cells = shapely.get_parts(shapely.voronoi_polygons(seats, extend_to=country))
    shapes = shapely.intersection(cells, country)
    return gpd.GeoDataFrame({"id": [f"d{n}" for n in range(len(shapes))]}, geometry=shapes, crs=4326)
