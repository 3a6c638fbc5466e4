"""Years, plans and facts on a desktop and on a phone: what is known at the end of a year, and what is to come."""

import pytest

pytestmark = pytest.mark.browser

LABELS = """() => Object.fromEntries([...document.querySelectorAll("#map path[data-region]")]
  .map((path) => [path.dataset.region, path.getAttribute("aria-label")]))"""
KINDS = """() => Object.fromEntries([...document.querySelectorAll("#map path[data-region]")]
  .map((path) => [path.dataset.region, path.dataset.kind]))"""
CODE = "gas.population_share"


def held(atlas, place, year, which, code=CODE):
    """(value, year of the figure) of the step that holds at the end of ``year``; None where none does."""
    steps = atlas["series"][code].get(place, {}).get(which, ())
    step = next((step for step in steps if step[0] <= year and (step[1] is None or year <= step[1])), None)
    return (atlas["observations"][step[2]]["v"], step[3]) if step else None


def said(page, place):
    return page.evaluate(LABELS)[place]


def year_of(page):
    return int(page.inner_text(".year-now"))


def set_year(page, year):
    """By the keys of the slider, which every browser moves a step a press."""
    page.locator("#year").focus()
    while (now := year_of(page)) != year:
        page.keyboard.press("ArrowRight" if now < year else "ArrowLeft")


@pytest.mark.parametrize("year", [2019, 2022, 2024, 2025])
def test_each_year_shows_what_was_last_known_at_its_end(explore, real_atlas, year):
    page = explore("lang=en&layers=gas&year=2023&show=actual")
    set_year(page, year)
    labels, kinds = page.evaluate(LABELS), page.evaluate(KINDS)
    assert f"end of {year}" in page.get_attribute("#year", "aria-valuetext")
    for region in real_atlas["regions"]:
        step = held(real_atlas, region["id"], year, "actual")
        assert (kinds[region["id"]] == "value") == bool(step), region["id"]
        if step:
            assert f"{step[0]:g}% ({step[1]})" in labels[region["id"]], region["id"]


def test_keys_move_the_year_from_anywhere_but_a_text_field(explore):
    page = explore("lang=en&layers=gas&year=2023")
    page.locator("body").press("]")
    assert year_of(page) == 2024
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert year_of(page) == 2022
    page.locator("#search-input").focus()
    page.keyboard.press("]")
    assert year_of(page) == 2022
    page.locator("#year").focus()
    page.keyboard.press("Home")
    assert str(year_of(page)) == page.get_attribute("#year", "min")
    page.keyboard.press("End")
    assert str(year_of(page)) == page.get_attribute("#year", "max")


def test_play_goes_through_the_years_and_stops_at_the_last(explore, real_atlas):
    last = max(real_atlas["years"])
    page = explore(f"lang=en&layers=gas&year={last - 2}")
    press = page.locator(".play").tap if page.phone else page.locator(".play").click
    press()
    assert page.get_attribute(".play", "aria-label") == "Stop"
    page.wait_for_function("last => document.querySelector('.year-now').textContent === String(last)", arg=last)
    assert page.get_attribute(".play", "aria-label") == "Play the years"
    press()
    page.wait_for_function("last => Number(document.querySelector('.year-now').textContent) < last - 2", arg=last)
    press()
    stopped = year_of(page)
    page.wait_for_timeout(1200)
    assert year_of(page) == stopped


def test_actual_planned_and_both(explore, real_atlas):
    place = next(
        region["id"]
        for region in real_atlas["regions"]
        if held(real_atlas, region["id"], 2025, "actual") and held(real_atlas, region["id"], 2025, "plan")
    )
    actual, plan = (held(real_atlas, place, 2025, which) for which in ("actual", "plan"))
    page = explore("lang=en&layers=gas&year=2025")
    for word, of_actual, of_plan in (("Actual", True, False), ("Planned", False, True), ("Both", True, True)):
        page.locator(".segment", has_text=word).click()
        label = said(page, place)
        assert (f"{actual[0]:g}% ({actual[1]})" in label) == of_actual, word
        assert (f"plan {plan[0]:g}%" in label) == of_plan, word
    page.locator(".segment", has_text="Planned").click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('show') === 'plan'")


def test_a_target_is_outlined_beside_what_is_reached(explore, real_atlas):
    """As a ring's outlined arc, a circle's outlined circle, and after an arrow in the label of the fill."""
    page = explore("lang=en&layers=water~gas~industry&year=2025&view=5.5/43.50/69.50")
    reached = "#map .gauge circle[stroke-dasharray]:not(.gauge-plan)"
    assert page.locator("#map .gauge-plan, #map .gauge-tick").count() >= 1
    assert page.locator(reached).count() >= 1
    circles = sum(
        1
        for place in real_atlas["series"].get("industry.zones", {})
        if place != "KZ" and held(real_atlas, place, 2025, "plan", "industry.zones")
    )
    assert page.locator("#map .circle-plan").count() >= min(1, circles)
    page.locator(".segment", has_text="Actual").click()
    assert page.locator("#map .gauge-plan, #map .gauge-tick, #map .circle-plan").count() == 0
    assert page.locator(reached).count() >= 1
    place, plan = next(
        (region["id"], held(real_atlas, region["id"], 2025, "plan"))
        for region in real_atlas["regions"]
        if held(real_atlas, region["id"], 2025, "actual") and held(real_atlas, region["id"], 2025, "plan")
    )
    lon, lat = next(region["point"] for region in real_atlas["regions"] if region["id"] == place)
    page = explore(f"lang=en&layers=gas&year=2025&view=6.5/{lat:.2f}/{lon:.2f}")
    planned = page.locator("#map .label tspan.label-plan").all_text_contents()
    assert any(text.strip().startswith(f"→ {plan[0]:g}%") for text in planned), planned


def test_what_is_only_planned_is_hatched_in_the_class_it_would_reach(explore, real_atlas):
    code, only, year = next(
        (code, place, step[0])
        for code, places in real_atlas["series"].items()
        for place, series in places.items()
        for step in series.get("plan", ())
        if place != "KZ" and not held(real_atlas, place, step[0], "actual", code)
    )
    layer, indicator = code.split(".")
    page = explore(f"lang=en&layers={layer}&{layer}={indicator}&year={year}")
    path = page.locator(f'#map path[data-region="{only}"]')
    assert path.get_attribute("data-kind") == "planned"
    assert path.get_attribute("fill").startswith("url(#texture-planned-")
    page.locator(".segment", has_text="Actual").click()
    assert path.get_attribute("data-kind") != "planned"


def test_reduced_motion_slows_the_play(explore):
    page = explore("lang=en&layers=gas&year=2018", reduced_motion="reduce")
    page.click(".play")
    page.wait_for_timeout(1400)
    assert year_of(page) == 2018, "twice as long on each year"
    page.click(".play")
