"""Shapes: today's regions are a true coverage, older units exact unions; a user's district file is matched by name."""

import gzip
import itertools
import json
import math
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.boundaries import (
    BACKDROP,
    BOUNDARIES,
    OUTLINES,
    import_districts,
    load_backdrop,
    load_regions,
    load_vintages,
    region_of,
)
from geo.errors import BadInput, BadSeed, CrsMismatch, UnmatchedNames
from geo.gazetteer import load_gazetteer
from geo.shapes import EQUAL_AREA, areas_km2, label_points, mend, require_4326, write_topojson

ROOT = Path(__file__).resolve().parent.parent
DISTRICTS_2024 = ROOT.parent / "shared" / "boundaries" / "kaz_admbnda_adm2_2024.shp"
CITIES = {"KZ-71": "KZ-11", "KZ-75": "KZ-19", "KZ-79": "KZ-61"}  # city and the oblast around it


@pytest.fixture(scope="module", params=sorted(OUTLINES))
def regions(request):
    return load_regions(request.param)


def square(west, south, size=1.0):
    return shapely.box(west, south, west + size, south + size)


def write_map(path, names, shapes, crs=4326, column="name"):
    gpd.GeoDataFrame({column: names}, geometry=shapes, crs=crs).to_file(path)
    return path


# --- today's regions


def test_there_are_the_twenty_regions_of_the_gazetteer(regions):
    places = load_gazetteer().places
    assert list(regions["id"]) == sorted(place.id for place in places.values() if place.kind == "region")
    assert [places[row.id].name_kk for row in regions.itertuples()] == list(regions["name_kk"])
    assert dict(zip(regions["id"], regions["kind"], strict=True))["KZ-71"] == "city"


def test_outlines_are_valid_flat_and_in_4326(regions):
    assert regions.crs.to_epsg() == 4326
    assert shapely.is_valid(regions.geometry.to_numpy()).all()
    assert not shapely.has_z(regions.geometry.to_numpy()).any()


def test_neighbours_neither_overlap_nor_leave_gaps(regions):
    shapes = regions.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    for one, other in itertools.combinations(shapes, 2):
        assert shapely.intersection(one, other).area == 0
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(sum(shape.area for shape in shapes), rel=1e-9)
    assert not [ring for part in whole.geoms for ring in part.interiors], "a hole inside the country"


def test_areas_stay_within_two_thousandths_of_the_source(regions):
    make_regions = pytest.importorskip("seeds.boundaries.make_regions", reason="run from the checkout")
    try:
        source = make_regions.read_source()
    except SystemExit as why:
        pytest.skip(str(why))
    source = source.set_geometry(source.geometry.force_2d().make_valid())
    assert np.abs(areas_km2(regions) / areas_km2(source) - 1).max() <= 0.002


def test_cities_are_cut_out_and_keep_their_exclaves(regions):
    shapes = regions.set_index("id").geometry
    for city, oblast in CITIES.items():
        middle = shapes[city].representative_point()
        assert not shapes[oblast].intersects(middle)
        assert shapes[city].touches(shapes[oblast])
    assert len(shapes["KZ-71"].geoms) == 5
    assert len(shapes["KZ-75"].geoms) == 2


def test_islets_survive_simplifying():
    parts = [shapely.get_num_geometries(load_regions(tolerance).geometry.to_numpy()) for tolerance in OUTLINES]
    assert (parts[0] == parts[1]).all()
    assert (parts[0] == parts[2]).all()


def test_label_points_lie_inside(regions):
    assert shapely.contains_xy(regions.geometry.to_numpy(), regions["lon"], regions["lat"]).all()


def test_the_label_of_a_ring_lies_in_the_ring():
    ring = square(70, 45, 2).difference(square(70.5, 45.5, 1))
    frame = gpd.GeoDataFrame(geometry=[ring], crs=4326)
    assert ring.contains(label_points(frame).iloc[0])


def test_regions_of_points():
    assert region_of(71.43, 51.13) == "KZ-71"
    assert region_of(68.25, 43.30) == "KZ-61"
    assert region_of(37.6, 55.75) is None


def test_the_caller_may_change_what_it_was_given():
    mine = load_regions(500)
    mine.loc[:, "name_kk"] = "?"
    assert "?" not in set(load_regions(500)["name_kk"])


def test_an_unknown_tolerance_is_refused_with_the_known_ones():
    with pytest.raises(BadInput, match="20, 200, 500"):
        load_regions(300)


@pytest.mark.parametrize("text", ["", "{", '{"type":"FeatureCollection","features":[]}'])
def test_a_broken_outline_file_is_named(tmp_path, text):
    (tmp_path / "regions-500.geojson").write_text(text, "utf-8")
    with pytest.raises(BadSeed, match=r"regions-500\.geojson"):
        load_regions(500, tmp_path)


def test_outlines_with_an_overlap_are_refused(tmp_path):
    frame = gpd.GeoDataFrame(
        {key: ["KZ-11", "KZ-15"] for key in ("id", "name_kk", "name_ru", "name_en", "kind")},
        geometry=[square(70, 50), square(70.5, 50)],
        crs=4326,
    )
    frame.to_file(tmp_path / "regions-500.geojson")
    with pytest.raises(BadSeed, match="overlaps"):
        load_regions(500, tmp_path)


# --- older units


def test_older_units_are_exact_unions():
    today = load_regions(200).set_index("id")
    vintages = load_vintages(200)
    assert {"old-south-kazakhstan", "old-almaty", "old-east-kazakhstan", "old-karaganda"} == set(vintages["id"])
    for unit in vintages.itertuples():
        parts = today.loc[list(unit.regions)]
        assert unit.geometry.equals(shapely.union_all(parts.geometry.to_numpy()))
        assert unit.area_km2 == pytest.approx(parts["area_km2"].sum(), abs=0.2)
        assert unit.geometry.contains(shapely.Point(unit.lon, unit.lat))


def test_older_almaty_does_not_swallow_the_city():
    vintages = load_vintages(500).set_index("id")
    city = load_regions(500).set_index("id").geometry["KZ-75"]
    assert shapely.intersection(vintages.geometry["old-almaty"], city).area == 0


@pytest.mark.parametrize(
    "row",
    [
        'id="x"\nuntil="2022"\nregions=["KZ-19","KZ-33"]',
        'id="x"\nuntil="2022-06"\nregions=["KZ-19","KZ-99"]',
        'id="x"\nuntil="2022-06"\nregions=["KZ-19"]',
        'until="2022-06"\nregions=["KZ-19","KZ-33"]',
    ],
)
def test_a_wrong_older_unit_is_refused(tmp_path, row):
    (tmp_path / "regions-500.geojson").write_bytes((BOUNDARIES / "regions-500.geojson").read_bytes())
    (tmp_path / "vintages.toml").write_text(f'[[vintage]]\n{row}\nname={{kk="а",ru="б",en="c"}}\n', "utf-8")
    with pytest.raises(BadSeed, match=r"vintages\.toml"):
        load_vintages(500, tmp_path)


# --- coordinate reference systems


def test_a_missing_or_other_crs_is_an_error():
    bare = gpd.GeoDataFrame(geometry=[square(70, 45)])
    with pytest.raises(CrsMismatch, match="names no"):
        require_4326(bare, "this")
    with pytest.raises(CrsMismatch, match="EPSG:3857"):
        areas_km2(bare.set_crs(4326).to_crs(3857))
    assert require_4326(bare.set_crs("OGC:CRS84"), "this") is not None


# --- mending


def test_mending_gives_the_overlap_to_the_smaller_and_drops_z():
    big, small = shapely.force_3d(square(70, 45, 2)), square(70.5, 45.5, 0.5)
    bow_tie = shapely.Polygon([(73, 45), (74, 46), (74, 45), (73, 46)])
    mended = mend(gpd.GeoDataFrame(geometry=[big, small, bow_tie], crs=4326)).geometry
    assert shapely.coverage_is_valid(mended.to_numpy())
    assert mended.iloc[1].equals(small)
    assert mended.iloc[0].area == pytest.approx(4 - 0.25)
    assert not mended.has_z.any()
    assert mended.is_valid.all()


# --- TopoJSON


def decoded(path):
    """The shapes of a TopoJSON by id, arcs undone by hand."""
    topology = json.loads(path.read_text("utf-8"))
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * (sx, sy) + (dx, dy) for arc in topology["arcs"]]

    def ring(numbers):
        lines = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([line if i == 0 else line[1:] for i, line in enumerate(lines)])

    shapes = {}
    for shape in topology["objects"]["regions"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        parts = [shapely.Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]) for rings in polygons]
        shapes[shape["id"]] = (shapely.MultiPolygon(parts), shape["properties"])
    return shapes


@pytest.mark.parametrize("tolerance", [200, 500])
def test_topojson_keeps_every_part_area_and_name(tmp_path, tolerance):
    regions = load_regions(tolerance)
    write_topojson(regions, tmp_path / "r.topojson")
    shapes = decoded(tmp_path / "r.topojson")
    assert set(shapes) == set(regions["id"])
    for row in regions.itertuples():
        shape, properties = shapes[row.id]
        assert properties["name_kk"] == row.name_kk
        assert len(shape.geoms) == shapely.get_num_geometries(row.geometry)
        frame = gpd.GeoDataFrame(geometry=[shape], crs=4326)
        assert areas_km2(frame)[0] == pytest.approx(row.area_km2, rel=0.003)


# --- a user's own district file


@pytest.mark.skipif(not DISTRICTS_2024.exists(), reason="../shared/boundaries is not beside this checkout")
def test_the_2024_district_file_is_matched_whole():
    districts = import_districts(DISTRICTS_2024)
    assert len(districts) == 224
    assert districts.crs.to_epsg() == 4326
    assert shapely.coverage_is_valid(districts.geometry.to_numpy())
    assert "district/sauran" in districts.attrs["without_shape"]
    by_id = districts.set_index("id")
    assert by_id.loc["city/pavlodar", "area_km2"] < by_id.loc["district/pavlodar", "area_km2"]
    places = load_gazetteer().places
    for row in districts.itertuples():
        assert places[row.id].region == row.region


def test_a_projected_file_is_reprojected_and_matched_by_any_column(tmp_path):
    shapes = gpd.GeoSeries([square(68.0, 42.4, 0.3), square(68.3, 42.4, 0.3)], crs=4326).to_crs(3857)
    path = write_map(tmp_path / "mine.gpkg", ["Отырарский район", "арыс"], shapes, crs=3857)
    districts = import_districts(path)
    assert list(districts["id"]) == ["district/otyrar", "city/arys"]
    assert list(districts["name"]) == ["Отырарский район", "арыс"]
    assert districts["lon"].between(68.0, 68.7).all()


def test_the_region_tells_two_districts_of_one_name_apart(tmp_path):
    path = write_map(tmp_path / "m.geojson", ["Жамбыл", "Zhambyl"], [square(70.9, 43.2, 0.1), square(66.9, 54.4, 0.1)])
    assert list(import_districts(path)["id"]) == ["district/zhambyl-31", "district/zhambyl-59"]


def test_unmatched_names_are_all_listed(tmp_path):
    shapes = [square(68.0, 42.4, 0.1), square(68.2, 42.4, 0.1), square(68.4, 42.4, 0.1)]
    path = write_map(tmp_path / "m.geojson", ["Нигде", "Отырар", "Atlantis"], shapes)
    with pytest.raises(UnmatchedNames) as caught:
        import_districts(path)
    assert [name.split(":")[0] for name in caught.value.details["names"]] == ["Нигде", "Atlantis"]
    assert "district_aliases.toml" in caught.value.message


def test_two_shapes_for_one_district_are_refused(tmp_path):
    path = write_map(tmp_path / "m.geojson", ["Отырар", "Отрар"], [square(68.0, 42.4, 0.1), square(68.2, 42.4, 0.1)])
    path.write_text(path.read_text("utf-8").replace("Отрар", "Отрарский"), "utf-8")
    with pytest.raises(UnmatchedNames, match="already"):
        import_districts(path)


def test_aliases_and_exclusions_come_from_data(tmp_path):
    names = ["Фараб", "резервная зона"]
    path = write_map(tmp_path / "m.geojson", names, [square(68.0, 42.4, 0.1), square(68.2, 42.4, 0.1)])
    aliases = tmp_path / "a.toml"
    aliases.write_text(
        '[[alias]]\nname="Фараб"\nid="district/otyrar"\nreason="old name"\n'
        '[[exclusion]]\nname="Резервная зона"\nreason="no district"\n',
        "utf-8",
    )
    assert list(import_districts(path, aliases=aliases)["id"]) == ["district/otyrar"]
    aliases.write_text('[[alias]]\nname="Фараб"\nid="district/nowhere"\nreason="?"\n', "utf-8")
    with pytest.raises(BadSeed, match="district/nowhere"):
        import_districts(path, aliases=aliases)
    aliases.write_text('[[alias]]\nname="Фараб"\nid="district/otyrar"\n', "utf-8")
    with pytest.raises(BadSeed, match="reason"):
        import_districts(path, aliases=aliases)


@pytest.mark.parametrize(("name", "content"), [("m.geojson", b""), ("m.shp", b"not a map"), ("m.txt", b"hello")])
def test_a_file_that_is_no_map_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=name):
        import_districts(tmp_path / name)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_points_missing_files_and_missing_crs_are_refused(tmp_path):
    with pytest.raises(BadInput, match="no file"):
        import_districts(tmp_path / "none.gpkg")
    with pytest.raises(BadInput, match="polygons"):
        import_districts(write_map(tmp_path / "p.geojson", ["Арыс"], [shapely.Point(68, 42)]))
    with pytest.raises(CrsMismatch):
        import_districts(write_map(tmp_path / "n.shp", ["Арыс"], [square(68, 42)], crs=None))


# --- backdrop


@pytest.fixture(scope="module")
def backdrop():
    return load_backdrop().set_index("id")


def test_the_backdrop_is_small_valid_and_named_in_three_languages(backdrop):
    assert len(gzip.compress(BACKDROP.read_bytes())) <= 40_000
    assert backdrop.crs.to_epsg() == 4326
    assert backdrop.geometry.is_valid.all()
    assert not backdrop.index.duplicated().any()
    assert set(backdrop["kind"]) == {"land", "border", "sea", "lake", "river", "country"}
    names = backdrop[["name_kk", "name_ru", "name_en"]]
    assert (names.isna().all(axis=1) | names.notna().all(axis=1)).all()
    assert (names["name_kk"].notna() == backdrop["lon"].notna()).all()
    assert names["name_kk"].notna().sum() >= 20


def test_land_and_borders_reach_as_far_as_a_phone_shows_at_the_smallest_zoom(backdrop):
    world, centre_y = 256 * 2**3, 0.5 - math.asinh(math.tan(math.radians(48))) / (2 * math.pi)
    half_y, half_lon = 844 / 2 / world, 390 / 2 / world * 360
    south, north = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (centre_y + y))))) for y in (half_y, -half_y))
    for part in ("land", "borders"):
        seen = shapely.box(67 - half_lon, south, 67 + half_lon, min(north, 65))  # no border lies in the Arctic sea
        assert shapely.box(*backdrop.loc[part, "geometry"].bounds).covers(seen), part


@pytest.mark.parametrize("body", ["caspian", "aral-north", "aral-south", "balkhash", "alakol", "zaisan", "kapshagai"])
def test_the_waters_are_there(backdrop, body):
    assert backdrop.loc[body, "kind"] in ("sea", "lake")
    assert backdrop.loc[body, "name_kk"]


@pytest.mark.parametrize(
    ("river", "cities"),
    [
        ("irtysh", ["city/semey", "city/pavlodar", "city/oskemen"]),
        ("ural", ["city/oral", "city/atyrau"]),
        ("ishim", ["KZ-71", "city/petropavl", "city/esil"]),
        ("syr-darya", ["city/kyzylorda", "city/shardara"]),
        ("ili", ["settlement/bakanas"]),
    ],
)
def test_rivers_pass_their_towns(backdrop, river, cities):
    course = gpd.GeoSeries([backdrop.loc[river, "geometry"]], crs=4326).to_crs(EQUAL_AREA).iloc[0]
    places = load_gazetteer().places
    towns = gpd.GeoSeries([shapely.Point(places[city].point) for city in cities], crs=4326).to_crs(EQUAL_AREA)
    assert (towns.distance(course) < 15_000).all()


def test_land_lies_under_the_whole_country(backdrop):
    land = backdrop.loc["land", "geometry"]
    regions = load_regions(500)
    seen = regions.geometry.intersection(land)
    assert (areas_km2(regions.set_geometry(seen)) / regions["area_km2"] > 0.95).all()


def test_a_backdrop_without_names_is_refused(tmp_path):
    path = write_map(tmp_path / "b.geojson", ["x"], [square(70, 45)])
    with pytest.raises(BadSeed, match="make_backdrop"):
        load_backdrop(path)


# --- cards


def test_every_seed_file_of_the_geography_has_a_card_that_fits():
    check_cards = pytest.importorskip("seeds.check_cards", reason="run from the checkout")
    for folder in ("boundaries", "places", "backdrop", "population"):
        for path in (ROOT / "seeds" / folder).iterdir():
            if path.suffix in (".csv", ".geojson", ".json") and path.is_file():
                card = path.with_name(path.name + ".card.toml")
                assert card.is_file(), f"{path.name} has no card"
                assert check_cards.check(card) == ""
                assert tomllib.loads(card.read_text("utf-8"))["licence"]
