"""atlas.json: the shape of the contract, every figure in it, no sentence in it."""

import datetime as dt
import json

import pytest
from conftest import make_document, make_observation

from geo.catalogue import load_catalogue
from geo.errors import UnmatchedNames
from geo.gazetteer import load_gazetteer
from geo.layers import build_atlas_json, document_date
from geo.model import Edition, PlaceRef
from geo.vintages import Vintage

REGIONS = [
    {"id": code, "name": {"kk": code}, "kind": "region", "point": [0, 0], "bbox": [0, 0, 1, 1], "area_km2": 1}
    for code in ("KZ-10", "KZ-15", "KZ-19", "KZ-31", "KZ-33", "KZ-61", "KZ-79")
]
OLD = Vintage("old-almaty", {"en": "Almaty Region"}, "2022-06", ("KZ-19", "KZ-33"), "KZ-19")
DOCUMENTS = {
    "doc-a": make_document(url="https://example.kz/a", kind="bulletin", card={"source_title": "«Газ»"}),
    "old": make_document("old", date="2019-01-01", date_basis="inferred", card={"date": "2019"}),
}
FIGURES = [
    make_observation(key="share", inferred=("period: from the date of the document",)),
    make_observation(value=64.2, region="KZ", key="country"),
    make_observation("gas.population_share", 88.9, year=2026, status="planned", key="plan", low=88.9, high=90.0),
    make_observation("gas.population_share", 40, "KZ-19", 2019, document="old", key="outline"),
    make_observation("internet.settlements_fibre", 200, ("KZ-31", "KZ-61"), 2019, document="old", key="shared"),
    make_observation("industry.zone_area", 365, place=PlaceRef("", "Оранғай", "zone"), key="zone"),
    make_observation("gas.investment", 7.4e9, "KZ-15", currency="USD", key="dollars"),
    make_observation("internet.settlements_total", 372, "KZ-31", key="total"),
    make_observation("internet.settlements", 199, "KZ-31", key="part"),
    make_observation("water.settlements", 763, (), key="nowhere"),
]


@pytest.fixture(scope="module")
def atlas():
    edition = Edition(3, dt.datetime(2026, 1, 31, 15, 0, tzinfo=dt.timezone(dt.timedelta(hours=5))), "ab" * 32, "", 10)
    made = build_atlas_json(
        edition,
        DOCUMENTS,
        FIGURES,
        catalogue=load_catalogue(),
        gazetteer=load_gazetteer(),
        regions=REGIONS,
        vintages=[OLD],
    )
    return json.loads(json.dumps(made, allow_nan=False))


def test_the_head_and_the_years(atlas):
    assert (atlas["schema"], atlas["edition"], atlas["hash"]) == (1, 3, "ab" * 32)
    assert atlas["published"] == "2026-01-31T10:00:00Z"
    assert atlas["years"] == list(range(2019, 2027))
    assert atlas["year"] == 2025


def test_every_figure_is_there_and_no_sentence(atlas):
    assert set(atlas["observations"]) == {figure.id for figure in FIGURES}
    text = json.dumps(atlas, ensure_ascii=False)
    assert not any(figure.quote in text for figure in FIGURES)
    share = atlas["observations"]["share"]
    assert share == {
        "i": "gas.population_share", "v": 85.5, "q": "exact", "s": "actual", "from": "2025-01-01", "to": "2025-12-31",
        "r": ["KZ-61"], "d": "doc-a", "c": 0.9, "inf": ["period"],
    }  # fmt: skip
    assert (atlas["observations"]["plan"]["lo"], atlas["observations"]["plan"]["hi"]) == (88.9, 90.0)


def test_series_hold_only_what_is_a_regions_own(atlas):
    assert atlas["series"]["gas.population_share"] == {
        "KZ": {"actual": [[2025, None, "country", 2025, 0]]},
        "KZ-61": {"actual": [[2025, None, "share", 2025, 0]], "plan": [[2025, 2026, "plan", 2026, 0]]},
    }
    assert "industry.zone_area" not in atlas["series"]


def test_shared_figures_and_old_outlines_are_kept_together(atlas):
    assert atlas["shared"] == [
        {"i": "gas.population_share", "regions": ["KZ-19", "KZ-33"], "obs": "outline", "outline": "old-almaty"},
        {"i": "internet.settlements_fibre", "regions": ["KZ-31", "KZ-61"], "obs": "shared"},
    ]
    assert atlas["observations"]["outline"]["r"] == ["KZ-19"], "the figure itself stays as read"
    assert atlas["vintages"][0]["id"] == "old-almaty"


def test_layers_list_the_headline_first_and_only_what_has_data(atlas):
    layers = {layer["id"]: layer for layer in atlas["layers"]}
    assert list(layers) == ["gas", "water", "internet", "industry"]
    assert layers["gas"]["indicators"] == ["gas.population_share", "gas.investment"]
    assert set(layers["gas"]["indicators"]) <= set(atlas["indicators"])
    assert layers["industry"]["headline"] in atlas["indicators"], "a legend even where there is no figure yet"


def test_money_in_another_currency_is_never_classed_with_tenge(atlas):
    assert atlas["indicators"]["gas.investment"]["breaks"]["equal-5"] == []
    assert atlas["observations"]["dollars"]["cur"] == "USD"


def test_indicators_carry_words_and_breaks(atlas):
    entry = atlas["indicators"]["gas.population_share"]
    assert (entry["unit"], entry["kind"], entry["group"]) == ("percent", "share", "gas.share")
    assert set(entry["label"]) == set(entry["unit_label"]) == {"kk", "ru", "en"}
    assert len(entry["breaks"]) == 15
    assert entry["breaks"]["equal-5"][-1] >= 88.9
    assert atlas["units"]["settlements"]["ru"]["few"]


def test_places_features_and_derived_shares(atlas):
    assert atlas["places"]["unlisted/zone/KZ-61/Оранғай"] == {
        "name": {"kk": "Оранғай", "ru": "Оранғай", "en": "Оранғай"}, "kind": "zone", "region": "KZ-61", "point": None,
    }  # fmt: skip
    assert [f["obs"] for f in atlas["features"]] == [["zone"]]
    assert [(d["i"], d["parts"]) for d in atlas["derived"]] == [("internet.settlements_share", ["part", "total"])]


def test_documents_say_how_well_their_date_is_known(atlas):
    assert atlas["documents"]["old"]["date"] == "2019"
    assert atlas["documents"]["old"]["inferred"] is True
    assert atlas["documents"]["doc-a"] == {
        "title": "Title of doc-a", "publisher": "example.kz", "date": "2025-10-28", "inferred": False,
        "language": "kk", "url": "https://example.kz/a", "kind": "bulletin", "source_title": "«Газ»",
    }  # fmt: skip
    assert document_date(make_document(date=None)) == ""


def test_regions_without_a_shape_stop_the_build():
    edition = Edition(1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "", "", 1)
    with pytest.raises(UnmatchedNames, match="KZ-62"):
        build_atlas_json(
            edition,
            {},
            [make_observation(region="KZ-62")],
            catalogue=load_catalogue(),
            gazetteer=load_gazetteer(),
            regions=REGIONS,
        )


def test_a_misread_year_does_not_stretch_the_slider():
    edition = Edition(1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "", "", 3)
    odd = [make_observation(year=2025), make_observation(year=1203), make_observation(year=2052)]
    odd.append(make_observation(year=9998, status="planned"))
    made = build_atlas_json(
        edition, DOCUMENTS, odd, catalogue=load_catalogue(), gazetteer=load_gazetteer(), regions=REGIONS
    )
    assert (made["years"][0], made["years"][-1], made["year"]) == (2025, 2052, 2025)
    assert len(made["observations"]) == 4


def test_an_atlas_without_figures_is_whole():
    edition = Edition(1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "", "", 0)
    empty = build_atlas_json(edition, {}, [], catalogue=load_catalogue(), gazetteer=load_gazetteer(), regions=REGIONS)
    assert (empty["years"], empty["year"], empty["series"], empty["features"]) == ([], None, {}, [])
    assert len(empty["layers"]) == 4
