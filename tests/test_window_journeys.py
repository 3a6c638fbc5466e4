"""The map elsewhere, in a real Chromium: without server or scripts, in narrow windows, in frames, in the dark."""

import pytest
from serving import PHONE, READY

pytestmark = pytest.mark.browser


def test_a_lost_connection_is_said_and_tried_again(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025")
    page.route("**/api/v1/observations*", lambda route: route.abort())
    page.locator('path[data-region="KZ-61"]').click()
    page.wait_for_selector("#panel .failure")
    assert "no connection" in page.inner_text("#panel .failure")
    page.unroute_all()
    page.locator("#panel .failure button").click()
    page.wait_for_selector("#panel details.figure")


def test_a_missing_atlas_is_said(visit_small):
    page = visit_small("lang=en", ready=None)
    page.route("**/atlas.json*", lambda route: route.fulfill(status=503, body="{}"))
    page.reload()
    page.wait_for_selector("#notices .failure")
    page.unroute_all()
    page.locator("#notices .failure button").click()
    page.wait_for_selector(READY)


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 3840])
def test_nothing_sticks_out_of_the_window(visit_small, width):
    page = visit_small("lang=kk&layers=gas~water~internet~industry&year=2025", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#head", "#timeline", ".segments", "#share", "#zoom-in"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= width + 1, part


def test_the_sheet_of_a_phone_has_three_stops(visit_small):
    page = visit_small("lang=kk&layers=gas&year=2025&place=KZ-61", **PHONE)
    page.wait_for_selector("#panel details.figure")
    heights = {}
    page.locator("#panel .grip").focus()
    for stop, key in (("half", None), ("full", "ArrowUp"), ("half", "ArrowDown"), ("peek", "ArrowDown")):
        if key:
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.get_attribute("#panel", "data-stop") == stop
        heights[stop] = page.locator("#panel").bounding_box()["height"]
    assert heights["peek"] < heights["half"] < heights["full"] < PHONE["viewport"]["height"]


def test_without_scripts_there_are_a_drawing_and_a_table(visit_small):
    page = visit_small("lang=ru&layers=gas&year=2025", ready=None, java_script_enabled=False)
    assert page.locator(".first-map a path").count() == 20
    assert "85,5" in page.locator("#table tr", has_text="Туркестанская").inner_text()
    assert page.locator("#deck a").count() == 4


def test_an_embed_works_in_a_sandboxed_frame(visit_small, small_address):
    page = visit_small("lang=en", ready=None)
    page.route(
        "**/host.html",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<iframe sandbox="allow-scripts" width="900" height="600"'
            f' src="{small_address}/?embed=1&lang=en&layers=gas&year=2025"></iframe>',
        ),
    )
    page.goto(f"{small_address}/host.html")
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for()
    assert frame.locator("path.region").count() == 20
    frame.locator("#deck [data-layer=water] .chip-toggle").click()
    assert frame.locator("#deck [data-layer=water] .chip-toggle").get_attribute("aria-pressed") == "true"


def test_dark_paper_by_system_and_by_choice(visit_small):
    page = visit_small("lang=en&layers=gas&year=2025", color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    fill = page.get_attribute('path[data-region="KZ-61"]', "fill")
    page.locator(".more-pages summary").click()
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") != fill


def test_the_styleguide_shows_every_part(visit_small):
    page = visit_small("lang=en", path="/styleguide")
    assert page.locator("#sg-symbols li").count() == 16
    for part in ("#sg-ramps li", "#sg-textures li", "#legend .legend-layer", "#timeline #year", "#sg-chart svg"):
        assert page.locator(part).count() >= 1, part
    assert page.locator("#sg-figure-rows details").count() == 7
    for state in ("kept", "partly", "missed", "overdue", "open"):
        assert page.locator(f"#sg-figure-rows .status.{state}").count() == 1, state
