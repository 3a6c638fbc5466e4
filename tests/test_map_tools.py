"""Tools of the map in a real Chromium: scale, full screen, my region, tiles, the ranking, the country beside."""

import json
import re

import pytest
from serving import DESKTOP, PHONE, serve, wait_for_query

from webapp.maps import atlas_map

pytestmark = pytest.mark.browser

TURKISTAN, ALMATY, PARIS = ((68.25, 43.3), (76.92, 43.25), (2.35, 48.86))
LANGUAGES = ("kk", "ru", "en")


def touched(page):
    """The page after somebody moved: what is fetched then is there."""
    page.mouse.move(200, 400)
    page.wait_for_selector("#my-region", state="attached")
    return page


def at(point):
    return {"geolocation": {"longitude": point[0], "latitude": point[1]}, "permissions": ["geolocation"]}


def test_nothing_of_the_tools_is_fetched_before_somebody_moves(visit):
    page = visit("lang=en")
    page.wait_for_timeout(2000)
    assert not [url for url in page.asked if "later.js" in url]
    assert page.locator("#my-region").count() == 0
    touched(page)
    assert [url for url in page.asked if "later.js" in url]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_scale_bar_is_metric_and_follows_the_zoom(visit, lang):
    page = visit(f"lang={lang}")
    scale = page.locator(".leaflet-control-scale-line")
    before = scale.inner_text()
    assert before.endswith({"kk": "км", "ru": "км", "en": "km"}[lang])
    for _ in range(4):
        page.click("#zoom-in")
        page.wait_for_timeout(350)
    assert scale.inner_text() != before
    for part in ("#legend", "#timeline"):
        assert not overlap(scale.bounding_box(), page.locator(part).bounding_box()), part


def overlap(one, other):
    wide = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return wide and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def test_the_menu_of_pages_closes_by_escape_and_by_a_press_beside_it(explore):
    page = explore("layers=gas&year=2025&lang=en")
    summary, menu = page.locator(".more-pages summary"), page.locator("#more")
    summary.click()
    page.wait_for_selector("#my-region", state="attached")
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.click()
    menu.wait_for()
    page.mouse.click(20, page.viewport_size["height"] * 0.6)
    menu.wait_for(state="hidden")


def test_full_screen_by_keys_and_back(visit):
    page = touched(visit("lang=en"))
    button = page.locator("#full-screen")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#full-screen[aria-pressed=true]")
    assert page.evaluate("document.fullscreenElement === document.documentElement")
    page.keyboard.press("Enter")
    page.wait_for_selector("#full-screen[aria-pressed=false]")


@pytest.mark.parametrize(("point", "code"), [(TURKISTAN, "KZ-61"), (ALMATY, "KZ-75")])
def test_my_region_is_opened_and_the_position_goes_nowhere(visit, point, code):
    page = touched(visit("lang=en", **at(point)))
    page.asked.clear()
    page.locator("#my-region").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    wait_for_query(page, place=code)
    assert "not sent anywhere" in page.inner_text("#notices")
    assert not [url for url in page.asked if str(point[0]) in url or str(point[1]) in url]


def test_a_position_abroad_is_said(visit):
    page = touched(visit("lang=en", **at(PARIS)))
    page.click("#my-region")
    page.wait_for_selector("#notices [role=alert]")
    assert "outside Kazakhstan" in page.inner_text("#notices")
    assert "place" not in page.url


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_position_is_said_with_what_to_do(visit, lang):
    page = touched(visit(f"lang={lang}", permissions=[]))
    page.click("#my-region")
    page.wait_for_selector("#notices [role=alert]")
    words = {"kk": "рұқсат", "ru": "Разрешите", "en": "Allow it for this site"}
    assert words[lang] in page.inner_text("#notices")
    page.locator("#notices .close").click()
    assert page.locator("#notices").is_hidden()


def test_on_a_phone_the_tools_stand_in_the_menu(visit):
    page = touched(visit("lang=ru", **{"viewport": PHONE["viewport"], **at(TURKISTAN)}))
    assert page.locator("#my-region").is_hidden()
    page.locator(".more-pages summary").click()
    assert page.locator("#my-region").inner_text() == "Мой регион"
    page.click("#my-region")
    page.wait_for_selector("#panel h2")
    assert page.locator("#more").is_hidden()


def test_tiles_are_not_offered_where_the_server_names_none(visit):
    """And nobody else is asked, which ``visit`` sees to."""
    page = touched(visit("lang=en"))
    page.wait_for_timeout(500)
    assert page.locator("#tiles").count() == 0


def test_tiles_are_asked_for_only_after_the_reader_does(real_folder, visit):
    origin = "https://tiles.example"
    with serve(real_folder, tile_origins=origin, tile_credit="Tiles of Example") as address:
        page = touched(visit("lang=en", address=address, also=(origin,)))
        page.route(f"{origin}/**", lambda route: route.fulfill(status=404))
        page.click("#zoom-in")
        page.wait_for_timeout(500)
        assert not [url for url in page.asked if url.startswith(origin)]
        page.locator("#tiles").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#tiles[aria-pressed=true]")
        assert "Tiles of Example" in page.inner_text(".credits")
        page.wait_for_selector("#notices [role=alert]")
        assert origin in page.inner_text("#notices")
        assert [url for url in page.asked if re.fullmatch(rf"{origin}/\d+/\d+/\d+\.png", url)]
        page.keyboard.press("Enter")
        assert "Tiles of Example" not in page.inner_text(".credits")
        page.asked.clear()
        page.click("#zoom-out")
        page.wait_for_timeout(500)
        assert not [url for url in page.asked if url.startswith(origin)]
        assert "tiles" not in page.evaluate("location.search")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ranking_orders_what_the_map_shows(visit, real_atlas, lang):
    page = visit(f"lang={lang}&layers=gas&year=2025&mode=table")
    page.wait_for_selector(".ranked-row")
    rows = page.evaluate(
        "[...document.querySelectorAll('.ranked-row')].map((row) => [row.dataset.ranked,"
        " row.querySelector('.ranked-value')?.textContent ?? null,"
        " row.querySelector('.ranked-plan')?.textContent ?? null])"
    )
    held = {code: value for code in real_atlas["series"]["gas.population_share"] if (value := actual(real_atlas, code))}
    held.pop("KZ", None)
    reached = [code for code, value, _ in rows if value]
    assert set(reached) == set(held)
    assert [held[code] for code in reached] == sorted(held.values(), reverse=True)
    assert all(plan for _, value, plan in rows if value is None), "without a figure there is a plan"
    page.locator(".ranked-row").nth(1).focus()
    page.keyboard.press("Enter")
    wait_for_query(page, place=rows[1][0])


def actual(atlas, place, year=2025, code="gas.population_share"):
    """The value of the actual step that holds in ``year``; None where none does."""
    steps = atlas["series"][code].get(place, {}).get("actual", [])
    return next((atlas["observations"][step[2]]["v"] for step in steps if step[0] <= year <= (step[1] or year)), None)


def test_the_ranking_follows_layer_and_year(visit):
    page = visit("lang=en&layers=gas~water&year=2025&mode=table")
    page.wait_for_selector(".ranked-row")
    before = page.inner_text(".ranking")
    page.click("#deck [data-layer=gas] .chip-toggle")
    page.wait_for_function("before => document.querySelector('.ranking').innerText !== before", arg=before)
    assert "drinking water" in page.inner_text(".ranking-title")
    page.locator("#year").focus()
    page.keyboard.press("ArrowLeft")
    assert "2024" in page.inner_text(".ranking-title")


def test_a_region_stands_beside_the_country(visit, real_atlas):
    country = actual(real_atlas, "KZ")
    if country is None:
        pytest.fail("the atlas has no figure of the country to compare with")
    page = visit("lang=en&layers=gas&year=2025&place=KZ-61")
    page.wait_for_selector("#panel .versus")
    assert f"Country: {country:g}%" in page.locator("#panel .indicator .versus").first.inner_text().replace(
        "≈\u00a0", ""
    )
    assert page.locator("#panel .history .history-country").count() >= 1
    page = visit("lang=en&layers=gas&year=2025&place=KZ")
    page.wait_for_selector("#panel .indicator")
    assert page.locator("#panel .versus").count() == 0


def test_the_saved_map_has_the_tools_too(browser, real_folder, real_atlas, tmp_path):
    regions = json.loads((real_folder / "editions" / "1" / "regions-500.topojson").read_text("utf-8"))
    atlas_map(real_atlas, regions, lang="en").save(tmp_path / "map.html")
    page = browser.new_page(**DESKTOP)
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    touched(page)
    assert page.locator("#tiles").count() == 0
    assert page.locator(".leaflet-control-scale-line").count() == 1
    page.close()
