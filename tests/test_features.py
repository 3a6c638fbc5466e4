"""Features: geometry from the gazetteer alone, approximate and schematic said so, no place guessed."""

import pytest
from conftest import make_document, make_observation

from geo.features import feature_status, map_features
from geo.gazetteer import Gazetteer
from geo.mentions import Mention
from geo.model import PlaceRef
from geo.place_tables import Place


def place(key, kind, lon=None, lat=None, region="KZ-61", district="", **more):
    names = {f"name_{language}": f"{key} {language}" for language in ("kk", "ru", "en")}
    return Place(key, kind, tuple(region.split("|")), district, lon, lat, lon is None, **names, **more)


PLACES = [
    place("KZ-61", "region", 68.2, 43.3),
    place("KZ-33", "region", 78.4, 45.0, "KZ-33"),
    place("district/sauran", "district", 68.1, 43.4),
    place("zone/airport", "zone", 68.5, 43.3, subtype="industrial"),
    place("zone/turan", "zone", 68.3, 43.2, subtype="sez"),
    place("zone/orangai", "zone", district="district/sauran"),
    place("zone/lost", "zone"),
    place("city/a", "city", 78.3, 45.0, "KZ-33"),
    place("city/b", "city", 80.9, 46.1, "KZ-33"),
    place("city/unplaced", "city", None, None, "KZ-33"),
    place("pipeline/a-b", "pipeline", region="KZ-33", ends=("city/a", "city/b")),
    place("road/a-x", "road", region="KZ-33", ends=("city/a", "city/unplaced")),
    place("road/two", "road", region="KZ-33|KZ-61"),
]
GAZETTEER = Gazetteer({p.id: p for p in PLACES}, (), None)
DOCUMENTS = {"doc-a": make_document()}


def feature(where, indicator="industry.zone_area", region="KZ-61", **more):
    (found,) = map_features([make_observation(indicator, 30, region, place=where, **more)], DOCUMENTS, GAZETTEER)
    return found


@pytest.mark.parametrize(
    ("where", "kind", "geometry", "approximate", "schematic"),
    [
        ("zone/airport", "zone", {"type": "Point", "coordinates": [68.5, 43.3]}, False, False),
        ("zone/turan", "sez", {"type": "Point", "coordinates": [68.3, 43.2]}, False, False),
        ("zone/orangai", "zone", {"type": "Point", "coordinates": [68.1, 43.4]}, True, False),
        ("zone/lost", "zone", {"type": "Point", "coordinates": [68.2, 43.3]}, True, False),
        ("pipeline/a-b", "pipeline", {"type": "LineString", "coordinates": [[78.3, 45.0], [80.9, 46.1]]}, True, True),
        ("road/a-x", "road", {"type": "Point", "coordinates": [78.4, 45.0]}, True, False),
        ("road/two", "road", None, True, False),
        ("district/sauran", "place", {"type": "Point", "coordinates": [68.1, 43.4]}, False, False),
    ],
)
def test_geometry_comes_from_the_gazetteer(where, kind, geometry, approximate, schematic):
    found = feature(where, region="KZ-33" if where.startswith(("pipe", "road")) else "KZ-61")
    assert (found["kind"], found["geometry"]) == (kind, geometry)
    assert (found["approximate"], found["schematic"]) == (approximate, schematic)


def test_a_place_the_gazetteer_does_not_know_is_shown_at_its_region_and_keeps_its_name():
    found = feature(PlaceRef("", "Жаңа қоныс", "settlement"))
    assert (found["name"]["en"], found["approximate"]) == ("Жаңа қоныс", True)
    assert found["place"] == "unlisted/settlement/KZ-61/Жаңа қоныс"
    assert found["geometry"]["coordinates"] == [68.2, 43.3]
    nowhere = feature(PlaceRef("", "Жаңа қоныс", "settlement"), region=())
    assert nowhere["geometry"] is None


def test_masts_of_a_settlement_are_a_mast_and_along_a_road_a_road():
    assert feature("city/a", "internet.masts", "KZ-33")["kind"] == "mast"
    assert feature("road/a-x", "internet.masts", "KZ-33")["kind"] == "road"


def test_one_feature_a_place_and_layer_with_all_its_figures_newest_first():
    figures = [
        make_observation("industry.zone_area", 180, place="zone/turan", year=2023, key="old"),
        make_observation("industry.projects", 9, place="zone/turan", status="underway", key="new"),
        make_observation("gas.homes", 5, place="zone/turan", key="gas"),
        make_observation("industry.zones", 20, key="the region's own"),
    ]
    found = {f["id"]: f for f in map_features(figures, DOCUMENTS, GAZETTEER)}
    assert set(found) == {"industry:zone/turan", "gas:zone/turan"}
    assert found["industry:zone/turan"]["obs"] == ["new", "old"]
    assert found["industry:zone/turan"]["status"] == "actual"


def test_the_furthest_status_counts():
    figures = [make_observation(status=status) for status in ("needed", "planned", "underway")]
    assert feature_status("zone", figures) == "underway"
    assert feature_status("zone", figures[:2]) == "planned"


def test_a_thing_without_a_figure_is_shown_with_its_sentences():
    documents = {"new": make_document("new", date="2025-10-01"), "old": make_document("old", date="2022-10-01")}
    mentions = [
        Mention("old", "gas", "pipeline/a-b", "needed", (10, 40)),
        Mention("new", "gas", "pipeline/a-b", "actual", (0, 30)),
        Mention("old", "water", "city/a", "needed", (50, 90), lack=True),
    ]
    line, town = map_features([], documents, GAZETTEER, mentions)
    assert (line["kind"], line["status"], line["obs"]) == ("pipeline", "actual", [])
    assert [(s["d"], s["s"], s["year"]) for s in line["said"]] == [("new", "actual", 2025), ("old", "needed", 2022)]
    assert (town["layer"], town["kind"], town["status"]) == ("water", "place", "needed")


def test_of_a_line_its_own_sentences_count_more_than_figures_about_it():
    people = make_observation("gas.population", 180000, "KZ-33", place="pipeline/a-b", status="planned")
    said = [Mention("doc-a", "gas", "pipeline/a-b", "actual", (0, 9))]
    (line,) = map_features([people], DOCUMENTS, GAZETTEER, said)
    assert (line["status"], line["obs"]) == ("actual", [people.id])
