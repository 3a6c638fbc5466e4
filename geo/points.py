"""How many of very many points lie in each of some polygons, in memory that does not grow with the points.

A grid is laid over the polygons. Most of its cells lie inside one polygon alone: their points are counted by cell. Only
points of cells that a border crosses are tested one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import BadInput
from geo.shapes import require_4326

CELLS = 160  # along each side of the grid: finer ones take longer to lay than they save for a million points
NUMBER = np.uint16  # of a cell: numpy sorts sixteen bits by digits, in a third of the time
BATCH = 250_000  # points: their arrays stay in the processor's own memory
Chunk = tuple[np.ndarray, np.ndarray]  # lon, lat: degrees, EPSG:4326


def count_points(chunks: Iterable[Chunk], polygons_4326: gpd.GeoDataFrame) -> dict[str, int]:
    """Points within each polygon by its ``id``, in the order given; a point on a border lies within neither.

    ``chunks``: pairs of equally long arrays of longitudes and latitudes in degrees, taken one after the other; points
    that are not finite lie nowhere. The polygons may overlap. Raises CrsMismatch for other coordinates, BadInput for
    arrays of unequal length or polygons without an id.
    """
    counter = PointCounter(require_4326(polygons_4326, "the polygons").geometry.to_numpy())
    if "id" not in polygons_4326:
        raise BadInput(f"The polygons need a column id; they have {', '.join(map(str, polygons_4326.columns))}.")
    counts = np.zeros(len(polygons_4326), dtype=np.int64)
    for lon, lat in chunks:
        x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        for start in range(0, max(x.size, y.size), BATCH):
            counts += counter.count(x[start : start + BATCH], y[start : start + BATCH])
    return dict(zip(polygons_4326["id"], counts.tolist(), strict=True))


def points_of_parquet(path: Path, lon: str = "lon", lat: str = "lat", batch: int = BATCH) -> Iterator[Chunk]:
    """The points of a Parquet file, at most ``batch`` at a time. Raises BadInput where a column is missing."""
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(path)
    names = file.schema_arrow.names
    missing = sorted({lon, lat} - set(names))
    if missing:
        raise BadInput(f"{Path(path).name} has no column {', '.join(missing)}; there are {', '.join(names)}.")
    for rows in file.iter_batches(batch, columns=[lon, lat]):
        yield tuple(rows.column(name).to_numpy(zero_copy_only=False) for name in (lon, lat))


class PointCounter:
    """Polygons made ready to be asked for many points; by one thread at a time, for shapely prepares them lazily."""

    def __init__(self, polygons: np.ndarray) -> None:
        self.polygons = polygons
        shapely.prepare(polygons)
        self.west, self.south, self.east, self.north = shapely.total_bounds(polygons)
        self.width = max((self.east - self.west) / CELLS, 1e-12)
        self.height = max((self.north - self.south) / CELLS, 1e-12)
        self._lay_grid()

    def _lay_grid(self) -> None:
        """``inside``: the polygon that alone holds a whole cell, else -1; ``border``: each polygon's other cells."""
        left, low = self.west + np.arange(CELLS) * self.width, self.south + np.arange(CELLS) * self.height
        x, y = (side.ravel() for side in np.meshgrid(left, low))
        boxes = shapely.box(x, y, x + self.width, y + self.height)
        self.inside = np.full(CELLS * CELLS, -1, dtype=np.int32)
        touching = np.zeros(CELLS * CELLS, dtype=int)
        touched = []
        for number, polygon in enumerate(self.polygons):
            near = self._cells_near(polygon)
            cells = near[shapely.intersects(polygon, boxes[near])]
            touching[cells] += 1
            self.inside[cells[shapely.contains_properly(polygon, boxes[cells])]] = number
            touched.append(cells)
        self.inside[touching != 1] = -1
        self.border = [cells[self.inside[cells] == -1].astype(NUMBER) for cells in touched]

    def _cells_near(self, polygon: shapely.Geometry) -> np.ndarray:
        """Cells that the bounds of a polygon overlap."""
        if polygon is None or polygon.is_empty:
            return np.empty(0, dtype=int)
        west, south, east, north = polygon.bounds
        columns = self._steps(np.array([west, east]), self.west, self.width)
        rows = self._steps(np.array([south, north]), self.south, self.height)
        # One more on each side: rounding must not part a point from the polygon it lies in.
        column = np.arange(max(columns[0] - 1, 0), min(columns[1] + 2, CELLS))
        row = np.arange(max(rows[0] - 1, 0), min(rows[1] + 2, CELLS))
        return (row[:, None] * CELLS + column[None, :]).ravel()

    @staticmethod
    def _steps(values: np.ndarray, start: float, step: float) -> np.ndarray:
        steps = values - start
        steps /= step
        return np.clip(steps, 0, CELLS - 1, out=steps).astype(np.int32)

    def count(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Points within each polygon, in the order of the polygons; degrees in EPSG:4326."""
        if lon.shape != lat.shape or lon.ndim != 1:
            raise BadInput(
                f"Longitudes and latitudes must be two rows of one length; received {lon.shape}, {lat.shape}."
            )
        there = (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)
        if not there.all():
            lon, lat = lon[there], lat[there]
        cell = self._steps(lat, self.south, self.height) * CELLS + self._steps(lon, self.west, self.width)
        cell = cell.astype(NUMBER)
        holder = self.inside[cell]
        counts = np.bincount(holder[holder >= 0], minlength=len(self.polygons))
        return counts + self._count_one_by_one(lon, lat, cell, np.flatnonzero(holder < 0))

    def _count_one_by_one(self, lon: np.ndarray, lat: np.ndarray, cell: np.ndarray, open_: np.ndarray) -> np.ndarray:
        """The points numbered ``open_``, tested against the polygons whose border crosses their cell."""
        counts = np.zeros(len(self.polygons), dtype=np.int64)
        open_ = open_[np.argsort(cell[open_], kind="stable")]
        cells = cell[open_]
        for number, border in enumerate(self.border):
            first, last = np.searchsorted(cells, border), np.searchsorted(cells, border, side="right")
            here = np.concatenate([open_[a:b] for a, b in zip(first, last, strict=True) if b > a] or [open_[:0]])
            if len(here):
                counts[number] = np.count_nonzero(shapely.contains_xy(self.polygons[number], lon[here], lat[here]))
        return counts
