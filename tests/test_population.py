"""Population: all regions, the known total, and every unsound row refused."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadSeed
from geo.gazetteer import load_gazetteer
from geo.population import POPULATION, load_population, population_of_seeds

HEADER = "region,people,as_of\n"


def test_every_region_has_its_people():
    population = load_population()
    assert set(population) == {place.id for place in load_gazetteer().places.values() if place.kind == "region"}
    assert sum(region.people for region in population.values()) == 20_159_707
    assert max(population.values(), key=lambda region: region.people).region == "KZ-75"


def test_the_file_is_what_its_script_makes():
    make_population = pytest.importorskip("seeds.population.make_population", reason="run from the checkout")
    try:
        rows = make_population.build()
    except SystemExit as why:
        pytest.skip(str(why))
    with POPULATION.open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == [tuple(map(str, row)) for row in rows]


@pytest.mark.parametrize(
    "row",
    [
        "KZ-61,,2024-08",
        "KZ-61,-5,2024-08",
        "KZ-61,2.5,2024-08",
        "KZ-61,5,2024-13",
        "Abai,5,2024-08",
        "KZ-61,5",
        "KZ-61,٥,2024-08",
    ],
)
def test_an_unsound_row_is_named(tmp_path, row):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + row + "\n", "utf-8")
    with pytest.raises(BadSeed, match=r"p\.csv line 2"):
        load_population(path)


def test_a_region_given_twice_a_wrong_header_and_no_file_are_refused(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + "KZ-61,5,2024-08\nKZ-61,6,2024-08\n", "utf-8")
    with pytest.raises(BadSeed, match="twice"):
        load_population(path)
    path.write_text("a,b\n", "utf-8")
    with pytest.raises(BadSeed, match="header"):
        load_population(path)
    with pytest.raises(BadSeed, match="cannot be read"):
        load_population(tmp_path / "none.csv")


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_in_words(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("p") / "p.csv"
    path.write_bytes(content)
    with pytest.raises(BadSeed):
        load_population(path)


def test_the_source_of_the_figures_is_told_and_seeds_may_do_without(tmp_path):
    population, source = population_of_seeds(POPULATION.parent.parent)
    assert len(population) == 20
    assert source["date"] == next(iter(population.values())).as_of
    assert source["producer"]
    assert population_of_seeds(tmp_path) == ({}, None)
    (tmp_path / "population").mkdir()
    with pytest.raises(BadSeed):
        population_of_seeds(tmp_path)
