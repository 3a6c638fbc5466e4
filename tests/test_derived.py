"""Derived shares: only from a count and its denominator in one document, marked and with their parts."""

import pytest
from conftest import make_document, make_observation

from geo.catalogue import load_catalogue
from geo.derived import derived_figures

DOCUMENTS = {"doc-a": make_document(date="2024-09-01"), "doc-b": make_document("doc-b", date="2024-09-01")}
TOTAL = make_observation("internet.settlements_total", 372, "KZ-31", 2024, key="total")


def derive(*figures):
    return derived_figures(figures, DOCUMENTS, load_catalogue())


def test_a_count_and_its_total_give_a_share_with_its_parts():
    fibre = make_observation("internet.settlements_fibre", 199, "KZ-31", 2024, key="fibre")
    (entry,) = derive(fibre, TOTAL)
    assert entry["value"] == pytest.approx(53.4946, abs=1e-4)
    assert entry["parts"] == ["fibre", "total"]
    assert (entry["of"], entry["i"], entry["year"]) == ("internet.settlements_fibre", None, 2024)


def test_only_the_plain_count_of_served_settlements_is_the_layers_share():
    (entry,) = derive(make_observation("internet.settlements", 199, "KZ-31", 2024), TOTAL)
    assert entry["i"] == "internet.settlements_share"


@pytest.mark.parametrize(
    "more",
    [
        {"document": "doc-b"},
        {"region": "KZ-61"},
        {"year": 2023},
        {"value": 400},
        {"status": "planned"},
        {"place": "district/kordai"},
        {"indicator": "internet.settlements_new"},
        {"indicator": "internet.schools"},
        {"indicator": "gas.settlements"},
    ],
)
def test_nothing_is_derived_from_figures_that_do_not_belong_together(more):
    values = {"indicator": "internet.settlements_fibre", "value": 199, "region": "KZ-31", "year": 2024, **more}
    assert derive(make_observation(**values), TOTAL) == []


def test_of_two_counts_that_differ_neither_is_taken_for_the_whole():
    one, other = (make_observation("internet.settlements_mobile", n, "KZ-31", 2024) for n in (18, 31))
    assert derive(one, other, TOTAL) == []
    assert derive(TOTAL) == []


def test_a_rough_part_makes_a_rough_share():
    (entry,) = derive(make_observation("internet.settlements", 199, "KZ-31", 2024, qualifier="more_than"), TOTAL)
    assert entry["q"] == "more_than"
