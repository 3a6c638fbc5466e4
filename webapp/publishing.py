"""What is made once an edition, in the builder's process: everything that the serving process only hands out.

``<data>/editions/<n>/``: atlas.json, regions-500.topojson, regions-200.topojson, backdrop.topojson, regions.geojson,
shell.js, each beside its brotli and gzip forms, and view-<layers>-<lang>.svg, the drawings of the usual views. The
folder appears whole or not at all and is never changed.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.boundaries import load_backdrop, load_regions
from geo.model import Edition
from geo.pipeline import payload_of_edition
from geo.shapes import write_topojson
from webapp.outlines import load_outlines
from webapp.responses import pack_brotli, pack_gzip
from webapp.settings import PROJECT
from webapp.usual_views import write_usual_views

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.store import Store

SEEDS = PROJECT / "seeds"
TOLERANCES_M = (500, 200)
COLUMNS = ["id", "name_kk", "name_ru", "name_en", "kind"]
QUALITY = 11  # brotli's best: done once, sent for ever


def publish_artefacts(store: Store, edition: Edition, out: Path, seeds: Path = SEEDS) -> Path:
    """Make the files of ``edition`` in ``out/editions/<n>`` and return that folder; one that is there already is kept.

    ``out`` is the data folder, ``seeds`` the folder with places and boundaries.
    """
    target = out / "editions" / str(edition.number)
    if target.joinpath("atlas.json").is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{edition.number}-", dir=target.parent))
    try:
        outlines = {tolerance: load_regions(tolerance, seeds / "boundaries") for tolerance in TOLERANCES_M}
        atlas = payload_of_edition(store, edition, outlines[200], seeds)
        write_json(fresh / "atlas.json", atlas)
        for tolerance, frame in outlines.items():
            write_topojson(frame[[*COLUMNS, "geometry"]], fresh / f"regions-{tolerance}.topojson")
        write_topojson(backdrop(seeds), fresh / "backdrop.topojson")
        write_json(fresh / "regions.geojson", regions_geojson(outlines[500]))
        write_shell(fresh / "shell.js", atlas)
        pack_all(fresh.iterdir())
        write_drawings(fresh)
        fresh.chmod(0o755)
        move_into_place(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def backdrop(seeds: Path) -> gpd.GeoDataFrame:
    """What lies around the regions, EPSG:4326; what a shape does not have is None, since JSON knows no NaN."""
    frame = load_backdrop(seeds / "backdrop" / "backdrop.geojson")
    for column in frame.columns.drop("geometry"):
        frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame


def regions_geojson(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """The regions as GeoJSON for others: EPSG:4326, five decimals (about a metre), ``id`` the ISO code."""
    features = json.loads(frame[[*COLUMNS, "area_km2", "geometry"]].to_json(drop_id=True))["features"]
    for feature in features:
        feature["id"] = feature["properties"]["id"]
        feature["geometry"]["coordinates"] = rounded(feature["geometry"]["coordinates"])
    return {
        "type": "FeatureCollection",
        "attribution": "© OpenStreetMap contributors, ODbL 1.0",
        "features": features,
    }


def rounded(value: Any) -> Any:
    """Nested coordinates with five decimals."""
    return [rounded(part) for part in value] if isinstance(value, list) else round(value, 5)


def write_shell(path: Path, atlas: dict[str, Any]) -> None:
    """The Folium map's script; folium is imported here and nowhere in the serving process."""
    from webapp.maps import shell_script

    path.write_text(shell_script(atlas), "utf-8")


def write_drawings(folder: Path) -> None:
    """The usual views, drawn from the very files that the server would draw them from."""
    atlas = json.loads((folder / "atlas.json").read_bytes())
    write_usual_views(atlas, load_outlines(folder / "regions-500.topojson"), folder)


def write_json(path: Path, value: object) -> None:
    """Compact UTF-8 JSON; whole numbers are written without ".0"."""
    path.write_text(json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False), "utf-8")


def plain(value: Any) -> Any:
    """The same value with every whole float as an int."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def pack_all(paths: Iterable[Path]) -> None:
    """Beside each file its .br and .gz, two at a time: both packers let go of the interpreter."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(pack, [path for path in paths if path.suffix not in (".br", ".gz")]))


def pack(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(pack_brotli(data, QUALITY))
    path.with_name(f"{path.name}.gz").write_bytes(pack_gzip(data, 9))


def move_into_place(fresh: Path, target: Path) -> None:
    """Rename, so that nobody sees half a folder; a builder that was first wins, with the same content."""
    try:
        os.rename(fresh, target)
    except OSError:
        if not target.joinpath("atlas.json").is_file():
            raise
