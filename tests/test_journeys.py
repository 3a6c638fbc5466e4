"""What people do with the map of the small atlas, in a real Chromium: look, switch, read, find."""

import pytest
from serving import LAYERS_ON, boxes_of, query_of, wait_for_query
from small_atlas import HOSTILE

from geo.model import LAYERS

pytestmark = pytest.mark.browser

FILLS = "[...document.querySelectorAll('path[data-region]')].map((path) => path.getAttribute('fill'))"


# looking --------------------------------------------------------------------------------------------------------------


def test_the_map_says_what_it_shows(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    assert page.inner_text("#headline") == "People with gas\u00a0– Kazakhstan, 2025"
    assert "end of 2025" in page.inner_text("#sentence")
    regions = page.locator("path.region")
    assert regions.count() == 20
    turkistan = page.locator('path[data-region="KZ-61"]')
    assert turkistan.get_attribute("tabindex") == "0"
    assert "85.5%" in turkistan.get_attribute("aria-label")
    assert page.locator(".first-paint").is_hidden()


def test_no_two_labels_touch(visit_small):
    page = visit_small("lang=kk&layers=gas~water~industry&year=2025")
    boxes = boxes_of(page, ".symbols .label")
    assert len(boxes) > 10
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[at + 1 :]:
            apart_x = other_left > right - 4 or other_right < left + 4
            apart_y = other_top > bottom - 4 or other_bottom < top + 4
            assert apart_x or apart_y


def test_every_combination_of_layers_has_its_legend(visit_small):
    page = visit_small("lang=en&layers=none")
    on = set()
    for number in range(1, 16):
        wanted = {layer for bit, layer in enumerate(LAYERS) if number >> bit & 1}
        for layer in sorted(on ^ wanted):
            page.click(f"#deck [data-layer={layer}] .chip-toggle")
        on = wanted
        assert set(page.evaluate(LAYERS_ON)) == wanted
        assert page.locator(".legend-layer").count() == len(wanted)
        pressed = page.locator("#deck .chip-toggle[aria-pressed=true]").count()
        assert pressed == len(wanted)


def test_layers_change_their_order_by_keys(visit_small):
    page = visit_small("lang=en&layers=gas~water&year=2025")
    before = page.evaluate(FILLS)
    page.locator("#deck [data-layer=water] .chip-toggle").focus()
    page.keyboard.press("Alt+ArrowLeft")
    wait_for_query(page, layers="water~gas")
    assert page.locator("#deck li").first.get_attribute("data-layer") == "water"
    assert page.evaluate(FILLS) != before


def test_a_class_of_the_legend_filters(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    filled = 'path[data-region="KZ-61"]'
    before = page.get_attribute(filled, "fill")
    empty = page.locator(".legend-class:has(.legend-count:empty)").last
    number = empty.get_attribute("id").rsplit("-", 1)[1]
    empty.click()
    wait_for_query(page, **{"gas.f": str(int(number) + 1)})
    assert page.get_attribute(filled, "fill") != before
    page.click(f"#class-gas-{number}")
    assert page.get_attribute(filled, "fill") == before


def test_years_move_by_keys_and_by_play(visit_small):
    page = visit_small("lang=en&layers=internet&internet=settlements_broadband&year=2019")
    assert "several regions together" in page.get_attribute('path[data-region="KZ-61"]', "aria-label")
    page.locator("#year").focus()
    page.keyboard.press("ArrowRight")
    wait_for_query(page, year="2020")
    assert page.inner_text(".year-now") == "2020"
    page.click(".play")
    page.wait_for_function("() => Number(document.querySelector('.year-now').textContent) >= 2022")
    page.click(".play")
    assert page.get_attribute(".play", "aria-label") == "Play the years"


def test_plans_can_be_left_out(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    label = 'path[data-region="KZ-61"]'
    assert "plan 88.9%" in page.get_attribute(label, "aria-label")
    page.locator(".segment", has_text="Actual").click()
    wait_for_query(page, show="actual")
    assert "plan" not in page.get_attribute(label, "aria-label")


# reading --------------------------------------------------------------------------------------------------------------


def test_a_click_opens_a_region_and_back_closes_it(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    entries = page.evaluate("history.length")
    page.locator('path[data-region="KZ-61"]').click()
    page.wait_for_selector("#panel details.figure")
    assert page.inner_text("#panel h2") == "Turkistan Region"
    assert query_of(page)["place"] == "KZ-61"
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    page.wait_for_selector("#panel", state="hidden")
    assert "place" not in query_of(page)


def test_the_keyboard_opens_and_closes_a_region(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    region = page.locator('path[data-region="KZ-61"]')
    region.focus()
    assert "85.5%" in page.inner_text(".tooltip")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details.figure")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    assert page.evaluate("document.activeElement.dataset.region") == "KZ-61"


def test_a_figure_opens_its_sentence_and_source(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025&place=KZ-61")
    row = page.locator("#obs-o01")
    row.locator("summary").click()
    assert row.locator("blockquote").inner_text() == "Облыс халқының 85,5 пайызына көгілдір отын жетті"
    assert row.locator("blockquote mark").inner_text() == "85,5"
    source = row.locator(".source")
    assert "Restated from" in source.inner_text()
    assert source.locator("a").get_attribute("href") == "https://example.kz/turkistan"
    wait_for_query(page, obs="o01")
    page.reload()
    page.wait_for_selector("#obs-o01[open] blockquote")


def test_sources_that_differ_stand_side_by_side(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025&place=KZ-61")
    conflict = page.locator(".conflict")
    conflict.wait_for()
    assert {"85.5%", "81.5%"} == set(conflict.locator("strong").all_inner_texts())
    assert conflict.locator("li.chosen strong").all_inner_texts() == ["85.5%"]


def test_figures_of_places_inside_stand_under_their_names(visit_small):
    page = visit_small("lang=en&layers=industry&year=2025&place=KZ-61")
    inside = page.locator(".panel-group.inside .place")
    inside.wait_for()
    assert "365" in inside.inner_text()
    assert "365" not in page.locator("#panel .indicator").all_inner_texts()


def test_a_hostile_document_is_text(visit_small):
    page = visit_small("lang=en&layers=water&water=settlements&year=2024&place=KZ-33")
    page.locator("#obs-o10 summary").click()
    quote = page.locator("#obs-o10 blockquote")
    said = " ".join(quote.inner_text().split())
    assert said == " ".join(f"Ауылдар 7 {HOSTILE}".split())
    assert page.locator("#panel img, #panel script").count() == 0
    assert page.locator('#panel a[href^="javascript"]').count() == 0


def test_what_a_link_asks_in_vain_is_named_as_text(visit_small):
    page = visit_small("lang=en&layers=steam&place=Z<img%20src=x%20onerror=alert(1)>Z")
    notice = page.inner_text("#notices")
    assert "steam" in notice
    assert "Z<img src=x onerror=alert(1)>Z" in notice
    assert page.locator("#notices img").count() == 0


# finding --------------------------------------------------------------------------------------------------------------


def test_search_by_keys(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-input"
    page.keyboard.type("turkist")
    page.wait_for_selector("#search-results [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#search-results [aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert page.inner_text("#panel h2") == "Turkistan Region"


def test_search_finds_a_measure_and_shows_it(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    page.fill("#search-input", "drinking water")
    page.wait_for_selector("#search-results [role=option]")
    page.locator("#search-results [role=option]", has_text="People with drinking water").first.click()
    wait_for_query(page, layers="water~gas")
