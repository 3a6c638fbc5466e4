"""Figures joined with shapes: one row per region and indicator, loud about what does not fit, nothing lost."""

import geopandas as gpd
import pytest
from conftest import make_document, make_observation
from shapely.geometry import box

from geo.boundaries import load_regions
from geo.errors import BadInput, CrsMismatch, UnmatchedNames
from geo.joining import apart, layer_frame, region_entries

CODES = ("KZ-31", "KZ-33", "KZ-61")


@pytest.fixture
def squares():
    """Three regions as unit squares in a row, EPSG:4326."""
    rows = [
        {
            "id": code,
            "kind": "region",
            "lon": n + 0.5,
            "lat": 0.5,
            "area_km2": 12321.4,
            **{f"name_{language}": f"{code} {language}" for language in ("kk", "ru", "en")},
        }
        for n, code in enumerate(CODES)
    ]
    return gpd.GeoDataFrame(rows, geometry=[box(n, 0, n + 1, 1) for n in range(3)], crs=4326)


def test_one_row_per_region_and_indicator_with_its_evidence(squares):
    share = make_observation(value=85.5, key="o1", qualifier="about")
    homes = make_observation("gas.homes", 9500, "KZ-31", key="o2")
    frame = layer_frame("gas", [share, homes], squares)
    assert frame.crs == squares.crs
    assert list(zip(frame["indicator"], frame["region"], strict=True)) == [
        (code, region) for code in ("gas.population_share", "gas.homes") for region in CODES
    ]
    row = frame[(frame["region"] == "KZ-61") & (frame["indicator"] == "gas.population_share")].iloc[0]
    assert (row["value"], row["qualifier"], row["status"], row["year"]) == (85.5, "about", "actual", 2025)
    assert (row["observation"], row["document"], row["quote"]) == ("o1", "doc-a", share.quote)
    assert str(row["period_end"]) == "2025-12-31"
    assert row.geometry.equals(squares.geometry[2])
    assert frame["value"].isna().sum() == 4


def test_the_newest_actual_figure_or_what_held_in_a_year(squares):
    figures = [
        make_observation(value=81.5, year=2023),
        make_observation(value=85.5, year=2025),
        make_observation(value=88.9, year=2025, status="planned"),
        make_observation(value=91.8, region="KZ-31", year=2026, status="planned"),
    ]
    documents = {"doc-a": make_document()}

    def values(**options):
        frame = layer_frame("gas", figures, squares, documents=documents, **options)
        return {row["region"]: (row["value"], row["status"]) for row in frame.dropna(subset="value").to_dict("records")}

    assert values() == {"KZ-61": (85.5, "actual"), "KZ-31": (91.8, "planned")}
    assert values(year=2024) == {"KZ-61": (81.5, "actual")}
    assert values(year=2022) == {}


def test_conflicts_are_named(squares):
    figures = [make_observation(value=56.5, key="o1"), make_observation(value=72, key="o2", qualifier="about")]
    frame = layer_frame("gas", figures, squares)
    assert frame.dropna(subset="value")["conflicts"].tolist() == [("o2",)]


def test_what_is_no_single_regions_own_is_kept_apart(squares):
    country = make_observation(region="KZ", key="country")
    shared = make_observation(region=("KZ-31", "KZ-61"), key="shared")
    inside = make_observation(place="district/sauran", key="inside")
    nowhere = make_observation(region=(), key="nowhere")
    own = make_observation(key="own")
    water = make_observation("water.settlements", 763, key="water")
    everything = [country, shared, inside, nowhere, own, water]
    frame = layer_frame("gas", everything, squares)
    assert frame["observation"].dropna().tolist() == ["own"]
    left = apart("gas", everything)
    assert (left.country, left.shared, left.inside, left.nowhere) == ((country,), (shared,), (inside,), (nowhere,))
    only_country = layer_frame("gas", [country], squares)
    assert only_country.empty
    assert only_country.crs == squares.crs


def test_codes_without_a_shape_fail_loudly(squares):
    lost = [make_observation(region="KZ-99"), make_observation(region=("KZ-31", "XX-1"))]
    with pytest.raises(UnmatchedNames, match=r"KZ-99, XX-1") as caught:
        layer_frame("gas", lost, squares)
    assert caught.value.details["names"] == ["KZ-99", "XX-1"]


def test_shapes_that_do_not_fit_are_refused(squares):
    with pytest.raises(CrsMismatch, match="4326"):
        layer_frame("gas", [], squares.to_crs(3857))
    with pytest.raises(BadInput, match="name_kk"):
        layer_frame("gas", [], squares.drop(columns="name_kk"))
    with pytest.raises(BadInput, match="twice"):
        layer_frame("gas", [], gpd.GeoDataFrame(squares.iloc[[0, 0]], crs=4326))
    with pytest.raises(BadInput, match="heat"):
        layer_frame("heat", [], squares)


def test_the_twenty_regions_join_and_their_entries_fit_the_contract():
    regions = load_regions(500)
    frame = layer_frame("gas", [make_observation()], regions)
    assert len(frame) == 20
    entries = region_entries(regions)
    assert len(entries) == 20
    for entry in entries:
        west, south, east, north = entry["bbox"]
        assert west <= entry["point"][0] <= east
        assert south <= entry["point"][1] <= north
        assert set(entry["name"]) == {"kk", "ru", "en"}
        assert 0 < entry["area_km2"] < 500_000
    assert {entry["kind"] for entry in entries} == {"region", "city"}
