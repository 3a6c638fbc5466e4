"""Comparing on a desktop and on a phone: years, layers, side by side or with a slider; the country; the ranking."""

import pytest
from serving import DESKTOP, boxes_of, wait_for_query

pytestmark = pytest.mark.browser

PLACES = """() => ["#map", ".map-second"].map((css) => {
  const map = document.querySelector(css);
  const [path, box] = [map.querySelector('path[data-region="KZ-35"]'), map].map((node) => node.getBoundingClientRect());
  return [path.left - box.left, path.top - box.top, path.width];
})"""
SPOKEN = """(css) => Object.fromEntries([...document.querySelectorAll(`${css} path[data-region]`)]
  .map((path) => [path.dataset.region, path.getAttribute("aria-label")]))"""
TURKISTAN = 'path[data-region="KZ-61"]'


def open_choices(page):
    """The menu of comparing; on a phone its button stands in the menu of the page."""
    if page.locator("#compare").is_hidden():
        page.locator(".more-pages summary").click()
    page.click("#compare")
    page.wait_for_selector("#compare-year")


def close_choices(page):
    page.keyboard.press("Escape")
    if page.phone and page.locator("#more").is_visible():
        page.locator(".more-pages summary").click()


def at_the_same_place(page):
    one, other = page.evaluate(PLACES)
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


def test_two_years_lie_side_by_side_and_move_in_step(explore):
    page = explore("lang=en&layers=gas&year=2025")
    open_choices(page)
    page.select_option("#compare-year", "2022")
    page.locator(".compare-menu .button.primary").click()
    page.wait_for_selector("#second path.region")
    wait_for_query(page, compare="year:2022")
    assert page.inner_text("#first-caption") == "Gas · 2025"
    assert page.inner_text("#second-caption") == "Gas · 2022"
    first, second = (page.locator(css).bounding_box() for css in (".map-first", "#second"))
    assert first["width"] == pytest.approx(second["width"], abs=2)
    assert first["height"] == pytest.approx(second["height"], abs=2)
    assert (second["y"] > first["y"]) == page.phone, "under each other where the window is narrow"
    assert at_the_same_place(page)
    now, then = page.evaluate(SPOKEN, "#map"), page.evaluate(SPOKEN, "#second")
    assert "85.5% (2025)" in now["KZ-61"]
    assert now["KZ-61"] != then["KZ-61"]
    page.evaluate("qamtuShell.map.panBy([40, 25], { animate: false })")
    assert at_the_same_place(page)
    page.locator("#second .leaflet-container").focus()
    page.keyboard.press("+")
    page.wait_for_timeout(600)
    assert at_the_same_place(page), "the second map leads as well"


def test_the_country_is_seen_whole_in_both_maps(explore):
    page = explore("lang=ru&layers=gas~water&year=2025&compare=year:2022")
    page.wait_for_selector("#second path.region")
    page.wait_for_timeout(300)
    for css in (".map-first", "#second"):
        (frame,), (caption,) = boxes_of(page, css), boxes_of(page, f"{css} .map-caption")
        regions = boxes_of(page, f"{css} path[data-region]")
        assert len(regions) == 20
        for left, top, right, bottom in regions:
            assert left >= frame[0]
            assert right <= frame[2] + 1
            assert top >= caption[3] - 1
            assert bottom <= frame[3] + 1


def test_another_layer_has_its_own_legend(explore):
    page = explore("lang=en&layers=gas&year=2025&compare=water")
    page.wait_for_selector("#second path.region")
    assert page.inner_text("#second-caption") == "Drinking water · 2025"
    assert "Drinking water" in page.evaluate(SPOKEN, "#second")["KZ-61"]
    assert "Drinking water" not in page.evaluate(SPOKEN, "#map")["KZ-61"]
    if page.locator("#legend-body").is_hidden():
        page.click("#legend .legend-head")
    assert [name.strip() for name in page.locator(".legend-name").all_inner_texts()] == ["Gas", "Drinking water"]
    assert page.locator(".hue-water .legend-class").count() == 5
    open_choices(page)
    page.get_by_role("button", name="Internet").last.click()
    wait_for_query(page, compare="internet")
    assert page.locator("#legend .legend-layer").last.locator(".legend-name").inner_text() == "Internet"


def test_a_slider_lies_one_map_over_the_other(explore):
    page = explore("lang=en&layers=gas&year=2025&compare=year:2022")
    page.wait_for_selector("#second path.region")
    open_choices(page)
    page.locator(".compare-menu .segment", has_text="slider").click()
    wait_for_query(page, swipe="50")
    close_choices(page)
    first, second = (page.locator(css).bounding_box() for css in (".map-first", "#second"))
    assert first == second
    assert at_the_same_place(page)
    width, middle = first["width"], first["y"] + first["height"] / 2
    under = "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('#second'))"
    above = [first["x"] + width / 2, middle - 60]
    assert not page.evaluate(under, [above[0] - 30, above[1]])
    assert page.evaluate(under, [above[0] + 30, above[1]])
    page.locator("#swipe").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    wait_for_query(page, swipe="60")
    page.mouse.move(22 + (width - 44) * 0.6, middle)
    page.mouse.down()
    page.mouse.move(22 + (width - 44) * 0.2, middle, steps=5)
    page.mouse.up()
    page.wait_for_function("() => Math.abs(new URLSearchParams(location.search).get('swipe') - 20) <= 3")
    assert page.evaluate(under, [width / 2, above[1]])
    page.keyboard.press("Home")
    wait_for_query(page, swipe="5")
    page.reload()
    page.wait_for_selector("#swipe:not([hidden])")
    assert page.input_value("#swipe") == "5"
    open_choices(page)
    page.locator(".compare-menu .segment", has_text="Side by side").click()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('swipe')")
    assert page.locator("#swipe").is_hidden()


def test_what_is_read_out_and_hovered_is_of_the_map_it_is_on(browser, served_atlas):
    page = browser.new_page(**DESKTOP)
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025&show=actual&compare=year:2022")
    page.wait_for_selector(f"#second {TURKISTAN}")
    page.locator(f"#second {TURKISTAN}").focus()
    second = page.inner_text(".tooltip")
    page.locator(f"#map {TURKISTAN}").focus()
    first = page.inner_text(".tooltip")
    page.close()
    assert "85.5% (2025)" in first
    assert "85.5% (2025)" not in second


def test_both_maps_change_their_paper_and_have_the_backdrop(explore):
    page = explore("lang=en&layers=gas&year=2025&compare=water", color_scheme="light")
    page.wait_for_selector("#second .ground-lake", state="attached")
    counts = [page.locator(f"{css} .ground-river").count() for css in ("#map", "#second")]
    assert counts[0] == counts[1] > 0
    before = page.evaluate(
        "[...document.querySelectorAll('#second path[data-region]')].map((p) => p.getAttribute('fill'))"
    )
    page.evaluate("qamtuTheme.set('dark')")
    after = page.evaluate(
        "[...document.querySelectorAll('#second path[data-region]')].map((p) => p.getAttribute('fill'))"
    )
    assert before != after


def test_to_stop_comparing_gives_the_one_map_back(explore):
    page = explore("lang=en&layers=gas&year=2025")
    whole = page.locator("#map").bounding_box()
    open_legend = page.locator("#legend-body").is_visible()
    open_choices(page)
    page.locator(".compare-menu .button.primary").click()
    page.wait_for_selector("#second path.region")
    assert page.locator("#legend-body").is_hidden(), "it would cover one of the maps"
    open_choices(page)
    page.get_by_text("Stop comparing").click()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('compare')")
    assert page.locator(".maps .leaflet-container").count() == 1
    assert page.locator("#map").bounding_box() == whole
    assert "view" not in page.url, "nobody moved the map"
    assert page.locator("#legend-body").is_visible() == open_legend


def test_a_region_against_the_country(explore, real_atlas):
    page = explore("lang=en&layers=gas&year=2025&place=KZ-61")
    page.wait_for_selector("#panel .versus")
    steps = real_atlas["series"]["gas.population_share"]["KZ"]["actual"]
    held = next(real_atlas["observations"][step[2]] for step in steps if step[0] <= 2025 <= (step[1] or 2025))
    assert f"{held['v']:g}%" in page.locator("#panel .indicator .versus").first.inner_text()
    assert page.locator("#panel .history .history-country").count() >= 1


def test_the_ranking_of_regions_opens_from_the_table(explore):
    page = explore("lang=en&layers=gas&year=2025")
    if page.locator("#mode").is_hidden():
        page.locator(".more-pages summary").click()
    page.click("#mode")
    page.wait_for_selector(".ranking-title")
    if page.locator(".ranked-row").first.is_hidden():
        page.click(".ranking-title")
    values = [
        float(text.split("%")[0].replace("≈", "").replace(">", "").strip())
        for text in page.locator(".ranked-value").all_inner_texts()
    ]
    assert len(values) >= 5
    assert values == sorted(values, reverse=True)
    first = page.locator(".ranked-row").first
    name = first.locator(".ranked-name").inner_text()
    first.click()
    page.wait_for_selector("#panel h2")
    assert page.inner_text("#panel h2") == name
