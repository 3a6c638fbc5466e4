"""The same view once more, in a real Chromium: by link, in another language or year, as a table, after a reload."""

import re
from urllib.parse import urlsplit

import pytest
from serving import LAYERS_ON, query_of, wait_for_query

pytestmark = pytest.mark.browser

LOOK = """() => { const { lat, lng } = qamtuShell.map.getCenter();
  return [qamtuShell.map.getZoom().toFixed(1), lat.toFixed(2), lng.toFixed(2)]; }"""
SEEN = """() => ({
  title: document.querySelector("#headline").textContent,
  pressed: [...document.querySelectorAll(".chip-toggle[aria-pressed=true]")].map((chip) => chip.textContent),
  labels: [...document.querySelectorAll("path[data-region]")].map((path) => path.getAttribute("aria-label")),
  fills: [...document.querySelectorAll("path[data-region]")].map((path) => path.getAttribute("fill")),
  panel: document.querySelector("#panel h2")?.textContent ?? "",
  year: document.querySelector(".year-now").textContent,
})"""


# languages and links --------------------------------------------------------------------------------------------------


def test_changing_the_language_keeps_the_view(visit_small):
    page = visit_small("lang=en&layers=gas~water&year=2025&place=KZ-61")
    page.locator(".more-pages summary").click()
    with page.expect_navigation():
        page.locator('[data-lang="ru"]').click()
    page.wait_for_selector("html[data-ready=yes][lang=ru]")
    assert page.evaluate(LAYERS_ON) == ["gas", "water"]
    assert page.inner_text("#panel h2") == "Туркестанская область"
    assert query_of(page)["lang"] == "ru"


def test_a_copied_link_gives_the_same_view_in_another_browser(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025", permissions=["clipboard-read", "clipboard-write"])
    page.click("#deck [data-layer=water] .chip-toggle")
    page.click("#zoom-in")
    page.locator('path[data-region="KZ-61"]').click()
    page.wait_for_selector("#panel details.figure")
    page.wait_for_timeout(400)
    page.click("#share")
    page.locator(".dialog .copy button").first.click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.startsWith('http'))")
    link = page.evaluate("navigator.clipboard.readText()")
    query = urlsplit(link).query
    assert {"v=1", "year=2025", "lang=en"} <= set(query.split("&"))
    assert re.search(r"view=\d", query)

    other = visit_small(query)
    other.wait_for_selector("#panel details.figure")
    assert other.evaluate(LOOK) == page.evaluate(LOOK)
    page.keyboard.press("Escape")
    assert other.evaluate(SEEN) == page.evaluate(SEEN)


def test_a_frozen_link_names_its_edition(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    page.click("#share")
    page.locator(".choice", has_text="Frozen").click()
    assert "edition=2" in page.input_value("#share-link")


def test_reloading_changes_nothing(visit_small):
    page = visit_small(
        "lang=kk&layers=water~gas~industry&water.k=quantile-4&gas.o=60&year=2025&show=actual&place=KZ-61"
    )
    page.wait_for_selector("#panel details.figure")
    before = page.evaluate(SEEN)
    page.reload()
    page.wait_for_selector("#panel details.figure")
    assert page.evaluate(SEEN) == before


# comparing and the table ----------------------------------------------------------------------------------------------


def test_two_years_side_by_side_in_step(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    page.click("#compare")
    page.select_option("#compare-year", "2019")
    page.locator(".compare-menu .button.primary").click()
    page.wait_for_selector("#second .leaflet-pane path.region")
    wait_for_query(page, compare="year:2019")
    assert page.inner_text("#first-caption").endswith("2025")
    assert page.inner_text("#second-caption").endswith("2019")
    page.click("#zoom-in")
    page.wait_for_timeout(500)
    places = page.evaluate(
        "[...document.querySelectorAll('.maps .leaflet-container')].map((map) => {"
        " const path = map.querySelector('path[data-region=\"KZ-35\"]').getBoundingClientRect();"
        " const box = map.getBoundingClientRect();"
        " return [Math.round(path.left - box.left), Math.round(path.top - box.top)]; })"
    )
    assert len(places) == 2
    assert abs(places[0][0] - places[1][0]) <= 3
    assert abs(places[0][1] - places[1][1]) <= 3
    page.click("#compare")
    page.get_by_text("Stop comparing").click()
    assert page.locator(".maps .leaflet-container").count() == 1


def test_the_table_is_the_same_view(visit_small):
    page = visit_small("lang=en&layers=gas~water&year=2025&mode=table")
    page.wait_for_selector("#table tbody tr")
    assert page.locator("#table tbody tr").count() == 21
    row = page.locator("#table tbody tr", has_text="Turkistan")
    assert "85.5%" in row.inner_text()
    assert "95%" in row.inner_text()
    page.locator('#table [data-sort="gas"]').click()
    wait_for_query(page, sort="-gas")
    assert "Turkistan" in page.locator("#table tbody tr").nth(1).inner_text()
    page.fill("#table-filter", "turk")
    assert page.locator("#table tbody tr").count() == 2
    row.locator(".value").first.click()
    page.wait_for_selector("#obs-o01[open] blockquote mark")
