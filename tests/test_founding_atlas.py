"""What the five founding bulletins tell is on the map: each figure with region, status and layer, each named thing."""

import pytest

from geo.gazetteer import load_gazetteer
from webapp.links import parse_view
from webapp.search import build_index, search

PLANS = ("planned", "target")
GOING = ("planned", "target", "underway")
LACK = ("needed", "actual")
LINES = ("internet.settlements_fibre", "internet.settlements_broadband")
MOBILE = ("internet.settlements_mobile",)
TOGETHER = {"KZ-11", "KZ-15", "KZ-31", "KZ-35", "KZ-43", "KZ-55", "KZ-61"}

TURKISTAN, FIBRE, AKTOBE, JAMBYL, JETISU = (
    "turkistan-infrastructure-2025-10",
    "kazakhstan-rural-fibre-2019",
    "aktobe-internet-2026-01",
    "jambyl-internet-2024",
    "jetisu-infrastructure-2022",
)

# (document, region, indicator or those that fit as well, value, statuses)
OWN = [
    (TURKISTAN, "KZ-61", "gas.population_share", 85.5, "actual"),
    (TURKISTAN, "KZ-61", "gas.population_share", 88.9, PLANS),
    (TURKISTAN, "KZ-61", "gas.settlements", 563, "actual"),
    (TURKISTAN, "KZ-61", "gas.settlements_new", 53, "actual"),
    (TURKISTAN, "KZ-61", "gas.settlements_new", 37, PLANS),
    (TURKISTAN, "KZ-61", "water.settlements_share", 95, "actual"),
    (TURKISTAN, "KZ-61", "water.settlements", 763, "actual"),
    (TURKISTAN, "KZ-61", "water.settlements_new", 30, PLANS),
    (TURKISTAN, "KZ-61", "water.settlements_renewed", 11, PLANS),
    (TURKISTAN, "KZ-61", "water.saving_area", 55_000, "actual"),
    (TURKISTAN, "KZ-61", "water.saving_area", 400_000, PLANS),
    (TURKISTAN, "KZ-61", "internet.schools", 1000, "actual"),
    (TURKISTAN, "KZ-61", "internet.schools_satellite", 300, ("actual", "underway")),
    (TURKISTAN, "KZ-61", LINES, 372, PLANS),
    (TURKISTAN, "KZ-61", "internet.schools", 274, PLANS),
    (TURKISTAN, "KZ-61", "internet.health_facilities", 258, PLANS),
    (TURKISTAN, "KZ-61", "industry.zones", 20, "actual"),
    (TURKISTAN, "KZ-61", "industry.zone_area", 2397, "actual"),
    (TURKISTAN, "KZ-61", "industry.projects", 98, PLANS),
    (TURKISTAN, "KZ-61", "industry.projects", 50, "actual"),
    (TURKISTAN, "KZ-61", "industry.jobs", 2603, "actual"),
    (TURKISTAN, "KZ-61", "industry.investment", 39.5e9, "actual"),
    (TURKISTAN, "KZ-61", "industry.investment", 152e9, PLANS),
    (FIBRE, "KZ", "internet.fibre_length", 3000, "actual"),
    (FIBRE, "KZ", "internet.fibre_length", 20_000, (*PLANS, "actual")),
    (FIBRE, "KZ", LINES, 56, "actual"),
    (FIBRE, "KZ", LINES, 685, PLANS),
    (FIBRE, "KZ", LINES, 1250, PLANS),
    (FIBRE, "KZ", "internet.institutions", 3718, PLANS),
    (AKTOBE, "KZ-15", "internet.settlements", 294, "actual"),
    (AKTOBE, "KZ-15", MOBILE, 270, "actual"),
    (AKTOBE, "KZ-15", "internet.settlements_satellite", 24, "actual"),
    (AKTOBE, "KZ-15", "internet.settlements_unserved", 17, LACK),
    (AKTOBE, "KZ-15", LINES, 206, PLANS),
    (AKTOBE, "KZ-15", "internet.masts", 17, PLANS),
    (JAMBYL, "KZ-31", LINES, 199, "actual"),
    (JAMBYL, "KZ-31", "internet.settlements_total", 372, "actual"),
    (JAMBYL, "KZ-31", LINES, 30, PLANS),
    (JAMBYL, "KZ-31", LINES, 86, PLANS),
    (JAMBYL, "KZ-31", LINES, 44, PLANS),
    (JAMBYL, "KZ-31", LINES, 10, PLANS),
    (JAMBYL, "KZ-31", "internet.schools_satellite", 53, "actual"),
    (JAMBYL, "KZ-31", MOBILE, 18, "actual"),
    (JAMBYL, "KZ-31", MOBILE, 68, PLANS),
    (JAMBYL, "KZ-31", MOBILE, 31, "actual"),
    (JAMBYL, "KZ-31", MOBILE, 61, PLANS),
    (JAMBYL, "KZ-31", "internet.settlements_mobile_upgraded", 51, PLANS),
    (JAMBYL, "KZ-31", ("internet.settlements", "internet.settlements_new"), 120, PLANS),
    (JETISU, "KZ-33", "gas.population_share", 10, "actual"),
    (JETISU, "KZ-33", "water.population_share", 90, "actual"),
    (JETISU, "KZ-33", "water.network_repair_length", 1200, ("needed", *PLANS)),
    (JETISU, "KZ-33", "water.irrigation_worn_share", 70, "actual"),
    (JETISU, "KZ-33", "industry.projects", 162, PLANS),
    (JETISU, "KZ-33", "industry.jobs", 7000, PLANS),
]

# (document, region, layer, value, statuses): figures of a place inside the region, drawn as a feature
INSIDE = [
    (TURKISTAN, "KZ-61", "water", 32_000, "actual"),
    (TURKISTAN, "KZ-61", "industry", 30, "actual"),
    (TURKISTAN, "KZ-61", "industry", 180, "actual"),
    (TURKISTAN, "KZ-61", "industry", 9, GOING),
    (TURKISTAN, "KZ-61", "industry", 115e9, GOING),
    (TURKISTAN, "KZ-61", "industry", 365, "actual"),
    (TURKISTAN, "KZ-61", "industry", 50, "actual"),
    (JAMBYL, "KZ-31", "internet", 7, PLANS),
    (JETISU, "KZ-33", "gas", 180_000, (*GOING, "needed")),
    (JETISU, "KZ-33", "water", 18_000, (*GOING, "needed")),
]

# (feature, status in the year of the founding bulletin)
NAMED = [
    ("gas:pipeline/almaty-taldykorgan", "actual"),
    ("gas:pipeline/taldykorgan-usharal", "needed"),
    ("water:city/tekeli", "needed"),
    ("industry:zone/khorgos", "actual"),
    ("industry:station/dostyk", "planned"),
]

# (what a reader types, the place that must be among the hits): named by the founding articles, told on the map
SEARCHED_PLACES = [
    ("Оранғай", "settlement/orangai"),
    ("Orangai", "settlement/orangai"),
    ("Атакент", "settlement/atakent"),
    ("Отырар", "district/otyrar"),
    ("Otyrar", "district/otyrar"),
    ("Шақпақата", "road/shakpakata-otar"),
    ("Шакпаката", "road/shakpakata-otar"),
    ("Текелі", "city/tekeli"),
    ("Достық", "station/dostyk"),
    ("Хоргос", "zone/khorgos"),
    ("Khorgos", "zone/khorgos"),
]
# (what a reader types, the hit, the indicator its view shows)
SEARCHED_MEASURES = [
    ("Starlink", "starlink-schools", "internet.schools_satellite"),
    ("OneWeb", "oneweb-villages", "internet.settlements_satellite"),
    ("талшық", "internet.settlements_fibre", "internet.settlements_fibre"),
    ("су үнемдеу", "water-saving", "water.saving_area"),
]


@pytest.fixture
def atlas(real_atlas):
    """The atlas of the project's own seeds."""
    return real_atlas


def found(atlas, document, value):
    return {key: o for key, o in atlas["observations"].items() if o["d"] == document and o["v"] == value}


def as_tuple(one_or_more):
    return (one_or_more,) if isinstance(one_or_more, str) else one_or_more


@pytest.mark.parametrize(("document", "region", "indicators", "value", "statuses"), OWN)
def test_a_regions_own_figure_is_on_the_map(atlas, document, region, indicators, value, statuses):
    candidates = found(atlas, document, value)
    fitting = [
        o
        for o in candidates.values()
        if o["r"] == [region] and "p" not in o and o["i"] in as_tuple(indicators) and o["s"] in as_tuple(statuses)
    ]
    assert fitting, candidates
    assert all(region in atlas["series"][o["i"]] for o in fitting)


@pytest.mark.parametrize(("document", "region", "layer", "value", "statuses"), INSIDE)
def test_a_figure_of_a_place_is_a_feature_and_never_the_regions(atlas, document, region, layer, value, statuses):
    candidates = found(atlas, document, value)
    drawn = {key: f for f in atlas["features"] if f["layer"] == layer for key in f["obs"]}
    fitting = [
        key for key, o in candidates.items() if region in o["r"] and o["s"] in as_tuple(statuses) and key in drawn
    ]
    assert fitting, candidates
    assert all(drawn[key]["geometry"] for key in fitting)


@pytest.mark.parametrize(("feature", "status"), NAMED)
def test_a_named_thing_is_drawn_with_its_sentence_and_status(atlas, feature, status):
    thing = next(f for f in atlas["features"] if f["id"] == feature)
    assert thing["geometry"]
    statuses = {s["s"] for s in thing["said"] if s["d"] == JETISU}
    assert statuses == {status}


def test_seven_oblasts_together_are_one_figure(atlas):
    (key,) = [k for k, o in found(atlas, FIBRE, 200).items() if o["i"] in LINES]
    assert atlas["observations"][key]["q"] == "more_than"
    (shared,) = [s for s in atlas["shared"] if s["obs"] == key]
    assert TOGETHER <= set(shared["regions"]) <= TOGETHER | {"KZ-62"}
    steps = atlas["series"].get(shared["i"], {})
    assert not any(step[2] == key for region in steps.values() for found in region.values() for step in found)


def test_the_share_on_fibre_in_jambyl_is_derived_with_its_parts(atlas):
    shares = [d for d in atlas["derived"] if d["of"] in LINES and d["regions"] == ["KZ-31"] and d["year"] == 2024]
    assert [round(d["value"], 1) for d in shares] == [53.5]


@pytest.fixture(scope="module")
def index(real_atlas):
    return build_index(real_atlas, load_gazetteer())


def view_of_hit(index, atlas, query, wanted):
    """The view that the hit ``wanted`` opens."""
    hits = {hit.entry.id: hit.entry for hit in search(index, query, 5)}
    assert wanted in hits, list(hits)
    state, notices = parse_view(hits[wanted].view, atlas)
    assert not notices
    return state


@pytest.mark.parametrize(("query", "place"), SEARCHED_PLACES)
def test_search_finds_a_place_with_its_status_and_sentence(index, atlas, query, place):
    state = view_of_hit(index, atlas, query, place)
    about = [f for f in atlas["features"] if f["place"] == place]
    told = [(atlas["observations"][key]["s"], atlas["observations"][key]["d"]) for f in about for key in f["obs"]]
    told += [(said["s"], said["d"]) for f in about for said in f["said"]]
    assert state.place == place
    assert {document for _, document in told} & {TURKISTAN, JAMBYL, JETISU}
    assert all(status for status, _ in told)


@pytest.mark.parametrize(("query", "hit", "code"), SEARCHED_MEASURES)
def test_search_finds_what_is_measured(index, atlas, query, hit, code):
    state = view_of_hit(index, atlas, query, hit)
    assert state.layers == (code.split(".")[0],)
    assert state.indicator(state.layers[0]) == code
    documents = {o["d"] for o in atlas["observations"].values() if o["i"] == code}
    assert documents & {TURKISTAN, AKTOBE, JAMBYL, FIBRE}
