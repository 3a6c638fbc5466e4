"""Any layers together stay legible, on a desktop and on a phone: symbols, labels and legends keep off each other."""

import itertools
import json
from pathlib import Path

import pytest
from serving import DESKTOP, LAYERS_ON, wait_for_query

from geo.model import LAYERS
from webapp.i18n import number

pytestmark = pytest.mark.browser

PALETTES = json.loads((Path(__file__).parent.parent / "webapp" / "palettes.json").read_text("utf-8"))["palettes"]
COMBINATIONS = [combination for size in range(5) for combination in itertools.combinations(LAYERS, size)]
BOXES = """() => {
  const boxes = (css) => [...document.querySelectorAll(css)].map((node) => node.getBoundingClientRect())
    .map(({ left, top, right, bottom }) => [left, top, right, bottom]);
  return {
    symbols: boxes("#map .gauge, #map .circle"), pins: boxes("#map .pin-shape"), labels: boxes("#map .label text"),
  };
}"""
UNDER = """([css, what]) => {
  const { left, top, right, bottom } = document.querySelector(css).getBoundingClientRect();
  const found = new Set();
  for (let x = left + 2; x < right; x += 6)
    for (let y = top + 2; y < bottom; y += 6)
      for (const node of document.elementsFromPoint(x, y))
        if (node.matches(what)) found.add(node.dataset.region ?? node.className);
  return [...found];
}"""
LEGEND_TEXTS = (
    "[...document.querySelectorAll('.legend-classes .legend-class > span:first-of-type')].map((n) => n.textContent)"
)
TURKISTAN = '#map path[data-region="KZ-61"]'


def overlaps(one, other, slack=2.0):
    """Whether two boxes [left, top, right, bottom] have more than ``slack`` px of both axes in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    return wide > slack and min(one[3], other[3]) - max(one[1], other[1]) > slack


def open_menu(page, layer):
    """The settings of a layer."""
    page.locator(f"#deck [data-layer={layer}] .chip-more").scroll_into_view_if_needed()
    page.click(f"#deck [data-layer={layer}] .chip-more")
    page.wait_for_selector(f"#{layer}-indicator")


def open_legend(page):
    if page.locator("#legend-body").is_hidden():
        page.click("#legend .legend-head")


@pytest.mark.parametrize("layers", COMBINATIONS, ids="-".join)
def test_nothing_covers_anything_in_any_of_the_sixteen_combinations(explore, layers):
    page = explore(f"lang=en&year=2025&layers={'~'.join(layers) or 'none'}")
    assert set(page.evaluate(LAYERS_ON)) == set(layers)
    assert page.locator(".legend-layer").count() == len(layers)
    page.wait_for_timeout(300)
    seen = page.evaluate(BOXES)
    assert len(seen["labels"]) >= (5 if page.phone else 15)
    for one, other in itertools.combinations(seen["symbols"], 2):
        assert not overlaps(one, other), "two symbols"
    for symbol, pin in itertools.product(seen["symbols"], seen["pins"]):
        assert not overlaps(symbol, pin), "a symbol and a pin"
    for label, mark in itertools.product(seen["labels"], seen["symbols"] + seen["pins"]):
        assert not overlaps(label, mark), "a label and a mark"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 768), (390, 844), (3840, 2160)], ids=str)
@pytest.mark.parametrize("layers", ["gas", "gas~water", "water~internet~industry", "gas~water~internet~industry"])
def test_the_legend_as_it_opens_covers_no_region_and_nothing_else(browser, served_atlas, size, layers):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{served_atlas}/?lang=ru&layers={layers}")
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_timeout(300)
    assert page.evaluate(UNDER, ["#legend", "path.region, .timeline, .story, .titles, .zoom"]) == []
    legend, window = page.locator("#legend").bounding_box(), page.viewport_size
    assert legend["y"] >= 0
    assert legend["x"] + legend["width"] <= window["width"]
    page.close()


def test_sections_of_the_legend_lie_under_each_other_and_fold_one_by_one(explore):
    page = explore("lang=en&layers=gas~water~internet~industry&year=2025")
    open_legend(page)
    sections = page.locator(".legend-layer")
    boxes = [sections.nth(index).bounding_box() for index in range(4)]
    for above, below in itertools.pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    page.locator(".legend-layer.hue-gas summary").click()
    page.wait_for_selector(".legend-layer.hue-gas:not([open])")
    assert page.locator(".legend-layer.hue-gas .legend-class").first.is_hidden()
    page.keyboard.press("]")
    assert page.locator(".legend-layer.hue-gas .legend-class").first.is_hidden(), "stays folded in another year"
    page.click("#legend .legend-head")
    assert page.locator("#legend-body").is_hidden()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_choice_of_indicators_is_that_of_the_figures(explore, real_atlas, layer):
    page = explore(f"lang=en&layers={layer}&year=2025")
    open_menu(page, layer)
    offered = page.evaluate(
        f"[...document.querySelectorAll('#{layer}-indicator option')].map((option) => option.value)"
    )
    measured = {entry["i"] for entry in real_atlas["observations"].values()}
    assert {f"{layer}.{code}" for code in offered} == {code for code in measured if code.startswith(f"{layer}.")}
    other = next(code for code in offered if code != page.input_value(f"#{layer}-indicator"))
    page.select_option(f"#{layer}-indicator", other)
    wait_for_query(page, **{layer: other})
    assert real_atlas["indicators"][f"{layer}.{other}"]["label"]["en"] in page.inner_text("#headline")


@pytest.mark.parametrize("scheme", ["equal", "quantile", "jenks"])
def test_classes_are_those_of_the_atlas_and_their_bounds_are_shown(explore, real_atlas, scheme):
    page = explore("lang=en&layers=gas&year=2025")
    open_menu(page, "gas")
    page.select_option("#gas-scheme", scheme)
    page.select_option("#gas-count", "4")
    if scheme != "equal":
        wait_for_query(page, **{"gas.k": f"{scheme}-4"})
    breaks = real_atlas["indicators"]["gas.population_share"]["breaks"][f"{scheme}-4"]
    bounds = page.locator(".layer-menu .hint", has_text="Upper bounds").inner_text()
    assert bounds.split(": ")[1].split(" · ") == [f"{number(upper, 'en')}%" for upper in breaks]
    page.keyboard.press("Escape")
    open_legend(page)
    texts = page.evaluate(LEGEND_TEXTS)
    assert [text.split("–")[-1] for text in texts] == [f"{number(upper, 'en')}%" for upper in breaks]


def test_palette_and_opacity_of_a_layer(explore):
    page = explore("lang=en&layers=gas&year=2025&gas.k=equal-5")
    ramp = [colour.lower() for colour in PALETTES["viridis"]["colours"]["5"]]
    assert page.get_attribute(TURKISTAN, "fill").lower() not in ramp
    open_menu(page, "gas")
    page.locator('.palettes input[value="viridis"]').check(force=True)
    wait_for_query(page, **{"gas.c": "viridis"})
    assert page.get_attribute(TURKISTAN, "fill").lower() == ramp[-1]
    page.locator("#gas-opacity").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    wait_for_query(page, **{"gas.o": "60"})
    assert float(page.get_attribute(TURKISTAN, "fill-opacity")) == pytest.approx(0.6)


def test_a_class_of_the_legend_filters_and_is_kept_in_the_link(explore):
    page = explore("lang=en&layers=gas&year=2025")
    open_legend(page)
    before = page.get_attribute(TURKISTAN, "fill")
    page.locator(".legend-class").nth(2).click()
    wait_for_query(page, **{"gas.f": "3"})
    assert page.get_attribute(TURKISTAN, "fill") == "var(--land)"
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert page.get_attribute(TURKISTAN, "fill") == "var(--land)"
    open_legend(page)
    assert page.locator(".legend-class[aria-pressed=true]").count() == 1
    page.locator(".legend-class").nth(2).click()
    assert page.get_attribute(TURKISTAN, "fill") == before


def test_the_order_changes_by_buttons_and_by_keys(explore):
    page = explore("lang=en&layers=gas~water&year=2025")
    before = page.get_attribute(TURKISTAN, "fill")
    open_menu(page, "water")
    page.click("#water-earlier")
    wait_for_query(page, layers="water~gas")
    assert page.locator("#deck li").first.get_attribute("data-layer") == "water"
    assert page.get_attribute(TURKISTAN, "fill") != before
    page.locator("#deck [data-layer=water] .chip-toggle").focus()
    page.keyboard.press("Alt+ArrowRight")
    wait_for_query(page, layers="gas~water")
    assert page.get_attribute(TURKISTAN, "fill") == before


def test_the_order_changes_by_dragging_a_chip(browser, served_atlas):
    page = browser.new_page(**DESKTOP)
    page.goto(f"{served_atlas}/?lang=en&layers=gas~water~internet&year=2025")
    page.wait_for_selector("html[data-ready=yes]")
    page.drag_and_drop("#deck [data-layer=internet]", "#deck [data-layer=gas]", target_position={"x": 4, "y": 16})
    wait_for_query(page, layers="internet~gas~water")
    assert page.locator("#deck li").first.get_attribute("data-layer") == "internet"
    page.close()


KINDS = {
    "none": ("layers=gas&year=2025", "no data"),
    "other": ("layers=gas&year=2025", "only another measure"),
    "planned": ("layers=water&show=plan&year=2026", "only planned"),
    "together": ("layers=internet&internet=settlements_broadband&year=2019", "several regions together"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_plain_value_has_a_texture_of_its_own(explore, kind, scheme):
    query, words = KINDS[kind]
    page = explore(f"lang=en&{query}", color_scheme=scheme)
    regions = page.locator(f'#map path[data-kind="{kind}"]')
    assert regions.count() >= 1
    fill = regions.first.get_attribute("fill")
    assert fill.startswith(f"url(#texture-{kind}-")
    assert page.locator(f"#textures {fill[4:-1]} > *").count() >= 2
    open_legend(page)
    key = page.locator(".legend-keys li", has_text=words).first
    assert key.locator(".swatch-edge").get_attribute("fill").startswith(f"url(#texture-{kind}-")


MARKED = {"about": "≈", "more_than": ">"}


@pytest.mark.parametrize("qualifier", MARKED)
def test_about_and_more_than_stand_before_the_number_on_the_map(explore, real_atlas, qualifier):
    """For every layer whose figure of some region is so: the label of the largest window shows the sign."""
    code, place, year = next(
        (code, place, start)
        for code, places in real_atlas["series"].items()
        for place, series in places.items()
        for start, _, obs, *_ in series.get("actual", ())
        if real_atlas["observations"][obs].get("q") == qualifier and place not in ("KZ", "KZ-71", "KZ-75", "KZ-79")
    )
    layer, indicator = code.split(".")
    region = next(region for region in real_atlas["regions"] if region["id"] == place)
    lon, lat = region["point"]
    page = explore(f"lang=en&layers={layer}&{layer}={indicator}&year={year}&show=actual&view=6.5/{lat:.2f}/{lon:.2f}")
    assert f"{MARKED[qualifier]}\u00a0" in page.get_attribute(f'#map path[data-region="{place}"]', "aria-label")
    labels = page.locator("#map .label-value").all_text_contents()
    assert any(label.startswith(f"{MARKED[qualifier]}\u00a0") for label in labels)
