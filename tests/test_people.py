"""Derived with the population: the weighted national share and the people without, with their parts."""

import pytest
from conftest import make_document, make_observation
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import load_catalogue
from geo.people import derived_from_people
from geo.population import Population
from geo.series import region_series

DOCUMENTS = {"doc-a": make_document(date="2025-10-28")}
PEOPLE = {"KZ-15": 1_000_000, "KZ-19": 2_000_000, "KZ-61": 3_000_000, "KZ-75": 2_000_000}


def derive(figures, people=PEOPLE, years=(2025,), as_of="2024-08"):
    population = {code: Population(code, count, as_of) for code, count in people.items()}
    series = region_series(figures, DOCUMENTS, load_catalogue())
    return derived_from_people(series, population, years, load_catalogue())


def of_rule(entries, rule):
    return [entry for entry in entries if entry["rule"] == rule]


def test_the_national_share_is_weighted_by_people_and_tells_what_it_rests_on():
    figures = [make_observation(value=90, region="KZ-15", key="a"), make_observation(value=50, region="KZ-61", key="b")]
    (entry,) = of_rule(derive(figures), "weighted")
    assert entry["value"] == pytest.approx((90 * 1 + 50 * 3) / 4)
    assert entry["parts"] == ["a", "b"]
    assert entry["people"] == {"counted": 4_000_000, "of": 8_000_000, "as_of": "2024-08"}
    assert (entry["regions"], entry["i"], entry["year"], entry["q"]) == (["KZ"], "gas.population_share", 2025, "about")


def test_people_without_are_the_rest_of_the_regions_or_the_countrys_people():
    figures = [make_observation(value=85.5, key="a"), make_observation(value=64, region="KZ", key="country")]
    found = {entry["regions"][0]: entry for entry in of_rule(derive(figures), "without")}
    assert (found["KZ-61"]["value"], found["KZ-61"]["parts"]) == (435_000, ["a"])
    assert (found["KZ"]["value"], found["KZ"]["people"]["of"]) == (2_880_000, 8_000_000)
    assert found["KZ"]["unit"] == "people"
    assert found["KZ"]["i"] is None, "never taken for a figure that was read"


@pytest.mark.parametrize(("share", "digits"), [(62.4, 3), (97, 1), (95.6, 2), (99.9, 1), (100, 1), (77, 2), (64.56, 3)])
def test_no_more_digits_than_the_share_can_bear(share, digits):
    (entry,) = of_rule(derive([make_observation(value=share)]), "without")
    assert entry["digits"] == digits


@pytest.mark.parametrize(
    ("qualifier", "said"), [("more_than", "less_than"), ("up_to", "more_than"), ("exact", "about"), ("about", "about")]
)
def test_more_than_a_share_with_gas_are_fewer_than_the_rest_without(qualifier, said):
    (entry,) = of_rule(derive([make_observation(value=97, qualifier=qualifier)]), "without")
    assert entry["q"] == said


@pytest.mark.parametrize(
    "figures",
    [
        [make_observation(region="KZ-15"), make_observation(region="KZ-19")],  # 3 of 8 million
        [make_observation(region="KZ-61")],  # one region
        [make_observation(region="KZ-61"), make_observation(region="KZ-19", year=2020)],  # one of them old
        [make_observation(region="KZ-61"), make_observation(region="KZ-19", status="planned")],
        [make_observation(region="KZ-61"), make_observation(region=("KZ-19", "KZ-75"))],  # of both together
        [make_observation("gas.settlements_share", region=code) for code in PEOPLE],
        [make_observation("gas.population_share_rural", region=code) for code in PEOPLE],
    ],
)
def test_no_national_share_of_too_few_people_or_of_other_measures(figures):
    assert of_rule(derive(figures), "weighted") == []


def test_people_counted_too_long_before_or_after_are_not_used():
    figures = [make_observation(region=code) for code in PEOPLE]
    assert derive(figures, as_of="2019-01") == []
    assert derive(figures, people={}) == []


def test_a_year_takes_the_figures_that_held_in_it():
    figures = [
        make_observation(value=40, region="KZ-61", year=2023),
        make_observation(value=60, region="KZ-61", year=2025),
        make_observation(value=80, region="KZ-19", year=2023),
    ]
    found = {
        entry["year"]: entry["value"] for entry in of_rule(derive(figures, years=(2022, 2023, 2024, 2025)), "weighted")
    }
    assert found == {2023: pytest.approx(56), 2024: pytest.approx(56), 2025: pytest.approx(68)}


@given(st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.floats(0, 100), min_size=2))
def test_a_weighted_share_lies_between_the_least_and_the_greatest(shares):
    figures = [make_observation(value=value, region=code, key=code) for code, value in shares.items()]
    for entry in of_rule(derive(figures), "weighted"):
        assert min(shares.values()) - 1e-9 <= entry["value"] <= max(shares.values()) + 1e-9
        assert sorted(entry["parts"]) == sorted(shares)


# the interface


def test_the_interface_tells_rule_and_parts_in_the_language_asked_for(client):
    answer = client.get("/api/v1/derived?lang=ru", headers={"Accept-Language": "en"}).get_json()
    assert answer["total"] == len(answer["derived"]) > 0
    assert answer["population"]["date"] == "2024-08"
    (entry, *_) = [e for e in answer["derived"] if e["rule"] == "without"]
    assert entry["words"].startswith("население")
    observation = client.get(f"/api/v1/observations/{entry['parts'][0]['id']}").get_json()["observation"]
    whole = entry["people"]["of"]
    assert entry["value"] == pytest.approx(whole * (100 - observation["value"]) / 100, abs=1)
    assert entry["parts"][0]["href"].endswith(f"#{observation['id']}")


def test_the_interface_gives_a_place_and_a_layer(client):
    every = client.get("/api/v1/derived").get_json()["derived"]
    region = every[0]["regions"][0]
    mine = client.get(f"/api/v1/derived?place={region}&layer=gas").get_json()["derived"]
    assert mine == [e for e in every if e["regions"] == [region] and e["of"].startswith("gas.")]
    assert client.get("/api/v1/derived?layer=electricity").status_code == 400
