"""Old outlines: a figure of a region before it was parted is of all its parts together."""

import pytest
from conftest import make_document, make_observation

from geo.boundaries import load_vintages
from geo.joining import vintage_entries
from geo.vintages import Vintage, settle_outlines

OLD_ALMATY = Vintage("old-almaty", {"en": "Almaty Region"}, "2022-06", ("KZ-19", "KZ-33"), "KZ-19")
OLD_KARAGANDA = Vintage("old-karaganda", {"en": "Karaganda Region"}, "2022-06", ("KZ-35", "KZ-62"), "KZ-35")
OLD_SOUTH = Vintage("old-south", {"en": "South Kazakhstan"}, "2018-06", ("KZ-61", "KZ-79"), "")
VINTAGES = (OLD_ALMATY, OLD_KARAGANDA, OLD_SOUTH)


def settle(observation, date):
    documents = {"doc-a": make_document(date=date)}
    (settled,), outlines = settle_outlines([observation], documents, VINTAGES)
    return settled.regions, outlines.get(observation.id, "")


@pytest.mark.parametrize(
    ("region", "date", "regions", "outline"),
    [
        ("KZ-19", "2019-05-01", ("KZ-19", "KZ-33"), "old-almaty"),
        ("KZ-19", "2022-05-31", ("KZ-19", "KZ-33"), "old-almaty"),
        ("KZ-19", "2022-06-01", ("KZ-19",), ""),
        ("KZ-33", "2019-05-01", ("KZ-33",), ""),
        (("KZ-61", "KZ-79"), "2017-01-01", ("KZ-61", "KZ-79"), "old-south"),
        ("KZ-61", "2017-01-01", ("KZ-61",), ""),
        (("KZ-31", "KZ-35"), "2019-05-01", ("KZ-31", "KZ-35", "KZ-62"), ""),
        ("KZ", "2019-05-01", ("KZ",), ""),
        ((), "2019-05-01", (), ""),
    ],
)
def test_what_a_name_covered_on_the_day_of_its_document(region, date, regions, outline):
    assert settle(make_observation(region=region, year=2019), date) == (regions, outline)


def test_without_a_document_date_the_figures_year_decides():
    assert settle(make_observation(region="KZ-19", year=2019), None)[1] == "old-almaty"
    assert settle(make_observation(region="KZ-19", year=2023), None)[1] == ""


def test_a_place_inside_keeps_its_region():
    inside = make_observation(region="KZ-19", year=2019, place="district/kerbulak")
    assert settle(inside, "2019-05-01") == (("KZ-19",), "")


def test_the_vintages_of_the_seeds_fit():
    entries = {v.id: v for v in vintage_entries(load_vintages(500))}
    assert entries["old-almaty"].regions == ("KZ-19", "KZ-33")
    assert entries["old-almaty"].heir == "KZ-19"
    assert entries["old-south-kazakhstan"].heir == ""
    assert entries["old-almaty"].as_json()["until"] == "2022-06"
