"""Figures that look alike and must not be merged stay apart in the atlas of the project's own bulletins, each findable.

Shares of people and of settlements, "100 % water", several national gas shares, counts of zones by year, old outlines;
and every zone and line that a bulletin names is on the map or told to have no known position.
"""

import pytest

from geo.gazetteer import load_gazetteer

APPROXIMATE = 0.06  # percent points


def figures(atlas, indicator, region, **fields):
    """Figures of a region's own (its code stands alone), by id."""
    return {
        key: o
        for key, o in atlas["observations"].items()
        if o["i"] == indicator
        and o.get("r") == [region]
        and "p" not in o
        and all(o.get(name) == value for name, value in fields.items())
    }


def shown(atlas, indicator, region, year, which="actual"):
    """(figure, conflicts) of the step that holds in ``year``."""
    steps = atlas["series"].get(indicator, {}).get(region, {}).get(which, ())
    for start, end, obs, _as_of, conflicts in steps:
        if start <= year <= (end or year):
            return atlas["observations"][obs], conflicts
    return None, 0


# share of people, share of settlements


@pytest.mark.parametrize(("region", "people", "settlements"), [("KZ-19", 77, 55.3), ("KZ-39", 59.6, 16.8)])
def test_people_and_settlements_are_two_measures(real_atlas, region, people, settlements):
    of_people, _ = shown(real_atlas, "gas.population_share", region, 2025)
    of_settlements, _ = shown(real_atlas, "gas.settlements_share", region, 2025)
    assert of_people["v"] == people
    assert of_settlements["v"] == pytest.approx(settlements, abs=APPROXIMATE)
    assert settlements not in {o["v"] for o in figures(real_atlas, "gas.population_share", region).values()}
    assert people not in {o["v"] for o in figures(real_atlas, "gas.settlements_share", region).values()}


def test_where_people_are_not_counted_the_map_says_other_measure(real_atlas):
    """No region is given a share of people that no document states: what is painted is always a figure of that code."""
    for code, regions in real_atlas["series"].items():
        for steps in regions.values():
            for which in steps.values():
                assert {real_atlas["observations"][step[2]]["i"] for step in which} == {code}


# 100 % water


def test_full_water_supply_of_the_country_is_told_with_what_it_is_made_of(real_atlas):
    whole, _ = shown(real_atlas, "water.coverage_share", "KZ", 2026)
    assert whole["v"] == 100
    assert not figures(real_atlas, "water.population_share", "KZ"), "nobody said that all people have it"
    for indicator, value in [
        ("water.settlements_central", 4747),
        ("water.settlements_module", 1102),
        ("water.settlements_well", 219),
        ("water.settlements_trucked", 19),
    ]:
        assert value in {o["v"] for o in figures(real_atlas, indicator, "KZ").values()}, indicator


def test_the_summer_list_of_regions_with_full_supply_is_no_regions_own_figure(real_atlas):
    listed = [o for o in real_atlas["observations"].values() if o["d"] == "kazakhstan-water-2025-07" and o["v"] == 100]
    together = [o for o in listed if len(o["r"]) > 1]
    assert together, "the list itself is kept"
    assert not [o for o in listed if o["i"] == "water.population_share"]
    ids = {key for key, o in real_atlas["observations"].items() if o in together}
    painted = {s[2] for by in real_atlas["series"].values() for steps in by.values() for w in steps.values() for s in w}
    assert not ids & painted
    assert ids <= {entry["obs"] for entry in real_atlas["shared"]}


# several national gas shares


def test_four_national_gas_shares_stay_four_figures(real_atlas):
    found = {
        o["v"]: o
        for code in ("gas.population_share", "gas.coverage_share")
        for o in figures(real_atlas, code, "KZ").values()
        if o["v"] in (62.4, 63.8, 64.2, 64.3)
    }
    assert sorted(found) == [62.4, 63.8, 64.2, 64.3]
    assert {value: o["s"] for value, o in found.items() if o["s"] != "actual"} == {63.8: "planned", 64.3: "planned"}
    assert len({o["d"] for o in found.values()}) == 3
    headline, _ = shown(real_atlas, "gas.population_share", "KZ", 2025)
    assert headline["v"] == 62.4


# counts of zones


def test_sixteen_and_seventeen_special_zones_are_a_conflict_and_the_newer_is_shown(real_atlas):
    both = figures(real_atlas, "industry.sez", "KZ", s="actual")
    assert {16, 17} <= {o["v"] for o in both.values()}
    chosen, conflicts = shown(real_atlas, "industry.sez", "KZ", 2025)
    assert chosen["v"] == 17
    assert conflicts >= 1


def test_the_zones_of_turkistan_are_told_by_year(real_atlas):
    assert {9, 14, 20} <= {o["v"] for o in figures(real_atlas, "industry.zones", "KZ-61", s="actual").values()}
    assert shown(real_atlas, "industry.zones", "KZ-61", 2023)[0]["v"] == 9
    chosen, conflicts = shown(real_atlas, "industry.zones", "KZ-61", 2025)
    assert chosen["v"] in (14, 20)
    assert conflicts >= 1


def test_two_shares_of_one_year_in_west_kazakhstan_are_a_conflict(real_atlas):
    values = {o["v"] for o in figures(real_atlas, "gas.population_share", "KZ-27", s="actual").values()}
    assert {99.7, 99.8} <= values
    assert shown(real_atlas, "gas.population_share", "KZ-27", 2025)[1] >= 1


# regions as they were


@pytest.mark.parametrize(
    ("outline", "regions", "value"),
    [("old-almaty", {"KZ-19", "KZ-33"}, 98.3), ("old-east-kazakhstan", {"KZ-10", "KZ-63"}, 81.4)],
)
def test_a_figure_of_an_older_outline_lies_over_its_union_and_says_so(real_atlas, outline, regions, value):
    (entry,) = [
        e
        for e in real_atlas["shared"]
        if e.get("outline") == outline and real_atlas["observations"][e["obs"]]["v"] == value
    ]
    assert set(entry["regions"]) == regions
    for code in regions:
        steps = real_atlas["series"].get(entry["i"], {}).get(code, {}).get("actual", ())
        assert entry["obs"] not in {step[2] for step in steps}, "never a part's own figure"
    vintage = next(v for v in real_atlas["vintages"] if v["id"] == outline)
    assert set(vintage["regions"]) == regions


@pytest.mark.browser
def test_the_older_outline_is_seen_on_map_table_and_panel(browser, served_atlas):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{served_atlas}/?layers=water&year=2021&lang=en")
    page.wait_for_selector("html[data-ready=yes]")
    for code in ("KZ-19", "KZ-33"):
        shape = page.locator(f'path[data-region="{code}"]')
        assert shape.get_attribute("data-kind") == "together"
        assert "98.3%" in shape.get_attribute("aria-label")
        assert "Almaty Region (before 2022)" in shape.get_attribute("aria-label")
    page.goto(f"{served_atlas}/?layers=water&year=2021&mode=table&lang=en")
    page.wait_for_selector("#table tbody tr")
    row = page.locator("#table tbody tr", has_text="Jetisu")
    assert "Almaty Region (before 2022)" in row.inner_text()
    page.goto(f"{served_atlas}/?layers=water&year=2021&place=KZ-33&lang=en")
    page.wait_for_selector("#panel .panel-group")
    told = page.locator("#panel .panel-group", has_text="98.3%")
    assert "Almaty Region (before 2022)" in told.inner_text()
    page.close()


def test_without_scripts_the_table_names_the_older_outline(real_folder):
    from webapp import create_app
    from webapp.settings import load_settings

    client = create_app(load_settings({}, data=real_folder)).test_client()
    page = client.get("/?layers=water&year=2021&lang=en").get_data(as_text=True)
    assert "Almaty Region (before 2022)" in page


# named zones and lines

ZONES = {
    "khorgos",
    "saryarka-sez",
    "aktau-seaport",
    "qyzyljar",
    "ondiris-semey",
    "kokshe",
    "astana-park-2",
    "ontustik-industrial",
    "tassay",
    "zhuldyz",
    "bozaryk",
}
LINES = {"saryarka", "beineu-shymkent", "almaty-taldykorgan", "taldykorgan-usharal", "rostoshi-taipak"}


def feature(atlas, layer, place):
    return next((f for f in atlas["features"] if f["layer"] == layer and f["place"] == place), None)


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_every_named_zone_has_a_place_or_is_told_to_have_none(real_atlas, zone):
    found = feature(real_atlas, "industry", f"zone/{zone}")
    assert found is not None
    assert found["obs"] or found["said"], "each has its evidence"
    known = load_gazetteer().get(f"zone/{zone}").point
    if known is None:
        assert found["approximate"], "shown at its district or region, and said so"
    else:
        assert found["geometry"]["coordinates"] == list(known)


def test_the_zone_of_khromtau_is_found_under_its_town(real_atlas):
    found = feature(real_atlas, "industry", "zone/khromtau") or feature(real_atlas, "industry", "city/khromtau")
    areas = [real_atlas["observations"][o]["v"] for o in found["obs"]]
    assert 150 in areas


@pytest.mark.parametrize("line", sorted(LINES))
def test_every_named_line_is_drawn_schematically_between_its_ends(real_atlas, line):
    found = feature(real_atlas, "gas", f"pipeline/{line}")
    assert found is not None
    assert found["obs"] or found["said"]
    ends = [load_gazetteer().get(end) for end in load_gazetteer().get(f"pipeline/{line}").ends]
    known = [list(end.point) for end in ends if end is not None and end.point is not None]
    if len(known) >= 2:
        assert found["schematic"]
        assert found["geometry"] == {"type": "LineString", "coordinates": known}
    else:
        assert found["approximate"]
