"""What people do with the map, in a real Chromium: look, switch, read, search, share, compare, lose the net."""

import re
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from small_atlas import HOSTILE
from werkzeug.serving import make_server

from geo.model import LAYERS

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ON = "Object.entries(qamtuShell.layers).filter(([, { group }]) => qamtuShell.map.hasLayer(group)).map(([id]) => id)"
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


@pytest.fixture(scope="module")
def address(app):
    """The small atlas, served on loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)


@pytest.fixture
def visit(browser, address):
    """``visit(query)`` opens the map and gives its page; what a page must never do fails the test at its end."""
    opened, wrong = [], []

    def open_page(query="", *, path="/", ready=True, **options):
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        page = context.new_page()
        opened.append(context)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: third_party(request.url))
        page.goto(f"{address}{path}?{query}" if query else address + path)
        if ready:
            page.wait_for_selector("html[data-ready=yes]")
        return page

    def third_party(url):
        if not url.startswith((address, "data:", "blob:", "about:")):
            wrong.append(f"asked elsewhere: {url}")

    yield open_page
    for context in opened:
        context.close()
    assert wrong == []


def query_of(page):
    """The address bar's parameters, each once."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_query(page, **wanted):
    """Until the address bar says so; it is written a moment after the view has changed."""
    page.wait_for_function(
        "wanted => { const now = new URLSearchParams(location.search);"
        " return Object.entries(wanted).every(([key, value]) => now.get(key) === value); }",
        arg=wanted,
    )


# looking --------------------------------------------------------------------------------------------------------------


def test_the_map_says_what_it_shows(visit):
    page = visit("lang=en&layers=gas&year=2025")
    assert page.inner_text("#headline") == "People with gas – Kazakhstan, 2025"
    assert "end of 2025" in page.inner_text("#sentence")
    regions = page.locator("path.region")
    assert regions.count() == 20
    turkistan = page.locator('path[data-region="KZ-61"]')
    assert turkistan.get_attribute("tabindex") == "0"
    assert "85.5%" in turkistan.get_attribute("aria-label")
    assert page.locator(".first-paint").is_hidden()


def test_no_two_labels_touch(visit):
    page = visit("lang=kk&layers=gas~water~industry&year=2025")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.symbols .label')].map((node) => { const b = node.getBoundingClientRect();"
        " return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(boxes) > 10
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[at + 1 :]:
            apart_x = other_left > right - 4 or other_right < left + 4
            apart_y = other_top > bottom - 4 or other_bottom < top + 4
            assert apart_x or apart_y


def test_every_combination_of_layers_has_its_legend(visit):
    page = visit("lang=en&layers=none")
    on = set()
    for number in range(1, 16):
        wanted = {layer for bit, layer in enumerate(LAYERS) if number >> bit & 1}
        for layer in sorted(on ^ wanted):
            page.click(f"#deck [data-layer={layer}] .chip-toggle")
        on = wanted
        assert set(page.evaluate(ON)) == wanted
        assert page.locator(".legend-layer").count() == len(wanted)
        pressed = page.locator("#deck .chip-toggle[aria-pressed=true]").count()
        assert pressed == len(wanted)


def test_layers_change_their_order_by_keys(visit):
    page = visit("lang=en&layers=gas~water&year=2025")
    before = page.evaluate(SEEN)["fills"]
    page.locator("#deck [data-layer=water] .chip-toggle").focus()
    page.keyboard.press("Alt+ArrowLeft")
    wait_for_query(page, layers="water~gas")
    assert page.locator("#deck li").first.get_attribute("data-layer") == "water"
    assert page.evaluate(SEEN)["fills"] != before


def test_a_class_of_the_legend_filters(visit):
    page = visit("lang=en&layers=gas&year=2025")
    filled = 'path[data-region="KZ-61"]'
    before = page.get_attribute(filled, "fill")
    empty = page.locator(".legend-class:has(.legend-count:empty)").last
    number = empty.get_attribute("id").rsplit("-", 1)[1]
    empty.click()
    wait_for_query(page, **{"gas.f": str(int(number) + 1)})
    assert page.get_attribute(filled, "fill") != before
    page.click(f"#class-gas-{number}")
    assert page.get_attribute(filled, "fill") == before


def test_years_move_by_keys_and_by_play(visit):
    page = visit("lang=en&layers=internet&internet=settlements_broadband&year=2019")
    assert "several regions together" in page.get_attribute('path[data-region="KZ-61"]', "aria-label")
    page.locator("#year").focus()
    page.keyboard.press("ArrowRight")
    wait_for_query(page, year="2020")
    assert page.inner_text(".year-now") == "2020"
    page.click(".play")
    page.wait_for_function("() => Number(document.querySelector('.year-now').textContent) >= 2022")
    page.click(".play")
    assert page.get_attribute(".play", "aria-label") == "Play the years"


def test_plans_can_be_left_out(visit):
    page = visit("lang=en&layers=gas&year=2025")
    label = 'path[data-region="KZ-61"]'
    assert "plan 88.9%" in page.get_attribute(label, "aria-label")
    page.locator(".segment", has_text="Actual").click()
    wait_for_query(page, show="actual")
    assert "plan" not in page.get_attribute(label, "aria-label")


# reading --------------------------------------------------------------------------------------------------------------


def test_a_click_opens_a_region_and_back_closes_it(visit):
    page = visit("lang=en&layers=gas&year=2025")
    entries = page.evaluate("history.length")
    page.locator('path[data-region="KZ-61"]').click()
    page.wait_for_selector("#panel details.figure")
    assert page.inner_text("#panel h2") == "Turkistan Region"
    assert query_of(page)["place"] == "KZ-61"
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    page.wait_for_selector("#panel", state="hidden")
    assert "place" not in query_of(page)


def test_the_keyboard_opens_and_closes_a_region(visit):
    page = visit("lang=en&layers=gas&year=2025")
    region = page.locator('path[data-region="KZ-61"]')
    region.focus()
    assert "85.5%" in page.inner_text(".tooltip")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details.figure")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    assert page.evaluate("document.activeElement.dataset.region") == "KZ-61"


def test_a_figure_opens_its_sentence_and_source(visit):
    page = visit("lang=en&layers=gas&year=2025&place=KZ-61")
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


def test_sources_that_differ_stand_side_by_side(visit):
    page = visit("lang=en&layers=gas&year=2025&place=KZ-61")
    conflict = page.locator(".conflict")
    conflict.wait_for()
    assert {"85.5%", "81.5%"} == set(conflict.locator("strong").all_inner_texts())
    assert conflict.locator("li.chosen strong").all_inner_texts() == ["85.5%"]


def test_figures_of_places_inside_stand_under_their_names(visit):
    page = visit("lang=en&layers=industry&year=2025&place=KZ-61")
    inside = page.locator(".panel-group.inside .place")
    inside.wait_for()
    assert "365" in inside.inner_text()
    assert "365" not in page.locator("#panel .indicator").all_inner_texts()


def test_a_hostile_document_is_text(visit):
    page = visit("lang=en&layers=water&water=settlements&year=2024&place=KZ-33")
    page.locator("#obs-o10 summary").click()
    quote = page.locator("#obs-o10 blockquote")
    said = " ".join(quote.inner_text().split())
    assert said == " ".join(f"Ауылдар 7 {HOSTILE}".split())
    assert page.locator("#panel img, #panel script").count() == 0
    assert page.locator('#panel a[href^="javascript"]').count() == 0


def test_what_a_link_asks_in_vain_is_named_as_text(visit):
    page = visit("lang=en&layers=steam&place=Z<img%20src=x%20onerror=alert(1)>Z")
    notice = page.inner_text("#notices")
    assert "steam" in notice
    assert "Z<img src=x onerror=alert(1)>Z" in notice
    assert page.locator("#notices img").count() == 0


# finding --------------------------------------------------------------------------------------------------------------


def test_search_by_keys(visit):
    page = visit("lang=en&layers=gas&year=2025")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-input"
    page.keyboard.type("turkist")
    page.wait_for_selector("#search-results [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#search-results [aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert page.inner_text("#panel h2") == "Turkistan Region"


def test_search_finds_a_measure_and_shows_it(visit):
    page = visit("lang=en&layers=gas&year=2025")
    page.fill("#search-input", "drinking water")
    page.wait_for_selector("#search-results [role=option]")
    page.locator("#search-results [role=option]", has_text="People with drinking water").first.click()
    wait_for_query(page, layers="water~gas")


# languages and links --------------------------------------------------------------------------------------------------


def test_changing_the_language_keeps_the_view(visit):
    page = visit("lang=en&layers=gas~water&year=2025&place=KZ-61")
    page.locator(".more-pages summary").click()
    with page.expect_navigation():
        page.locator('[data-lang="ru"]').click()
    page.wait_for_selector("html[data-ready=yes][lang=ru]")
    assert page.evaluate(ON) == ["gas", "water"]
    assert page.inner_text("#panel h2") == "Туркестанская область"
    assert query_of(page)["lang"] == "ru"


def test_a_copied_link_gives_the_same_view_in_another_browser(visit):
    page = visit("lang=en&layers=gas&year=2025", permissions=["clipboard-read", "clipboard-write"])
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

    other = visit(query)
    other.wait_for_selector("#panel details.figure")
    assert other.evaluate(LOOK) == page.evaluate(LOOK)
    page.keyboard.press("Escape")
    assert other.evaluate(SEEN) == page.evaluate(SEEN)


def test_a_frozen_link_names_its_edition(visit):
    page = visit("lang=en&layers=gas&year=2025")
    page.click("#share")
    page.locator(".choice", has_text="Frozen").click()
    assert "edition=2" in page.input_value("#share-link")


def test_reloading_changes_nothing(visit):
    page = visit("lang=kk&layers=water~gas~industry&water.k=quantile-4&gas.o=60&year=2025&show=actual&place=KZ-61")
    page.wait_for_selector("#panel details.figure")
    before = page.evaluate(SEEN)
    page.reload()
    page.wait_for_selector("#panel details.figure")
    assert page.evaluate(SEEN) == before


# comparing and the table ----------------------------------------------------------------------------------------------


def test_two_years_side_by_side_in_step(visit):
    page = visit("lang=en&layers=gas&year=2025")
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


def test_the_table_is_the_same_view(visit):
    page = visit("lang=en&layers=gas~water&year=2025&mode=table")
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


# failing and other windows --------------------------------------------------------------------------------------------


def test_a_lost_connection_is_said_and_tried_again(visit):
    page = visit("lang=en&layers=gas&year=2025")
    page.route("**/api/v1/observations*", lambda route: route.abort())
    page.locator('path[data-region="KZ-61"]').click()
    page.wait_for_selector("#panel .failure")
    assert "no connection" in page.inner_text("#panel .failure")
    page.unroute_all()
    page.locator("#panel .failure button").click()
    page.wait_for_selector("#panel details.figure")


def test_a_missing_atlas_is_said(visit):
    page = visit("lang=en", ready=False)
    page.route("**/atlas.json*", lambda route: route.fulfill(status=503, body="{}"))
    page.reload()
    page.wait_for_selector("#notices .failure")
    page.unroute_all()
    page.locator("#notices .failure button").click()
    page.wait_for_selector("html[data-ready=yes]")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 3840])
def test_nothing_sticks_out_of_the_window(visit, width):
    page = visit("lang=kk&layers=gas~water~internet~industry&year=2025", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#head", "#timeline", ".segments", "#share", "#zoom-in"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= width + 1, part


def test_the_sheet_of_a_phone_has_three_stops(visit):
    page = visit("lang=kk&layers=gas&year=2025&place=KZ-61", viewport=PHONE, has_touch=True, is_mobile=True)
    page.wait_for_selector("#panel details.figure")
    heights = {}
    page.locator("#panel .grip").focus()
    for stop, key in (("half", None), ("full", "ArrowUp"), ("half", "ArrowDown"), ("peek", "ArrowDown")):
        if key:
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.get_attribute("#panel", "data-stop") == stop
        heights[stop] = page.locator("#panel").bounding_box()["height"]
    assert heights["peek"] < heights["half"] < heights["full"] < PHONE["height"]


def test_without_scripts_there_are_a_drawing_and_a_table(visit):
    page = visit("lang=ru&layers=gas&year=2025", ready=False, java_script_enabled=False)
    assert page.locator(".first-map a path").count() == 20
    assert "85,5" in page.locator("#table tr", has_text="Туркестанская").inner_text()
    assert page.locator("#deck a").count() == 4


def test_an_embed_works_in_a_sandboxed_frame(visit, address):
    page = visit("lang=en", ready=False)
    page.route(
        "**/host.html",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<iframe sandbox="allow-scripts" width="900" height="600"'
            f' src="{address}/?embed=1&lang=en&layers=gas&year=2025"></iframe>',
        ),
    )
    page.goto(f"{address}/host.html")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready=yes]").wait_for()
    assert frame.locator("path.region").count() == 20
    frame.locator("#deck [data-layer=water] .chip-toggle").click()
    assert frame.locator("#deck [data-layer=water] .chip-toggle").get_attribute("aria-pressed") == "true"


def test_dark_paper_by_system_and_by_choice(visit):
    page = visit("lang=en&layers=gas&year=2025", color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    fill = page.get_attribute('path[data-region="KZ-61"]', "fill")
    page.locator(".more-pages summary").click()
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") != fill


def test_the_styleguide_shows_every_part(visit):
    page = visit("lang=en", path="/styleguide")
    assert page.locator("#sg-symbols li").count() == 16
    for part in ("#sg-ramps li", "#sg-textures li", "#legend .legend-layer", "#timeline #year", "#sg-chart svg"):
        assert page.locator(part).count() >= 1, part
    assert page.locator("#sg-figure-rows details").count() == 7
    for state in ("kept", "partly", "missed", "overdue", "open"):
        assert page.locator(f"#sg-figure-rows .status.{state}").count() == 1, state
