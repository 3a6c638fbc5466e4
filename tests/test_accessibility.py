"""For everyone: axe over all pages, languages and papers; keys alone; no scripts; a lost server; narrow windows."""

import hashlib
import json
import re
import tomllib
import urllib.request
from pathlib import Path

import pytest
from serving import launch_chromium, serve, windows

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("kk", "ru", "en")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FOUR = "layers=gas~water~internet~industry"

# Each page with the element that says it is ready.
PAGES = {
    "map": ("/?", "html[data-ready=yes]"),
    "panel beside four layers": (f"/?{FOUR}&place=KZ-61", "#panel details.figure"),
    "table": (f"/?{FOUR}&mode=table", "#table tbody tr"),
    "two years": ("/?compare=year:2022", "#second path.region"),
    "document": ("{document}?", "h1"),
    "sources": ("/sources?", "h1"),
    "coverage": ("/coverage?", "h1"),
    "editions": ("/editions?", "h1"),
    "promises": ("/promises?", "h1"),
    "about": ("/about?", "h1"),
    "interface": ("/api?", "h1"),
    "search": ("/search?q=Шымкент", "h1"),
    "styleguide": ("/styleguide?", "#sg-chart svg"),
    "not found": ("/nowhere?", "h1"),
    "report": ("/report?obs={figure}&edition=1", "h1"),
    "sign-in": ("/editor/sign-in?", "h1"),
}


@pytest.fixture(scope="module")
def addresses(served_atlas):
    """Name of a page → its address without the language."""
    with urllib.request.urlopen(f"{served_atlas}/api/v1/observations?place=KZ-61&limit=1") as answer:
        figure = json.load(answer)["observations"][0]
    known = {"document": f"/documents/{figure['document']}", "figure": figure["id"]}
    return {name: served_atlas + address.format(**known) for name, (address, _) in PAGES.items()}


@pytest.fixture(scope="module")
def desk(browser):
    """One window for all pages of the axe run."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def handy(browser):
    """One telephone for its axe run."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(browser, served_atlas):
    """``visit(path)`` opens a page in a window of its own, as ``windows`` does, without movement."""
    with windows(browser, served_atlas, viewport=DESKTOP, reduced_motion="reduce") as open_page:
        yield open_page


# axe ------------------------------------------------------------------------------------------------------------------


def violations(page, *, within=None):
    """What axe objects to, one line for each element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate((AXE / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "([within, options]) => axe.run(within || document, options).then(({ violations }) => violations)",
        [within, {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}],
    )
    return [f"{one['id']}: {' '.join(map(str, node['target']))}" for one in found for node in one["nodes"]]


def objections(page, address, ready):
    """What axe objects to on light and on dark paper; the page is loaded once."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.wait_for_selector(ready)
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-theme=dark]")
    return {**found, "dark": violations(page)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(desk, addresses, name, lang):
    found = objections(desk, f"{addresses[name]}&lang={lang}", PAGES[name][1])
    assert desk.get_attribute("html", "lang") == lang
    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_phone(handy, addresses, name, lang):
    assert objections(handy, f"{addresses[name]}&lang={lang}", PAGES[name][1]) == {"light": [], "dark": []}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("window", ["desk", "handy"])
def test_axe_finds_nothing_in_what_opens_over_the_map(request, window, addresses, lang):
    page = request.getfixturevalue(window)
    page.emulate_media(color_scheme="light")
    page.goto(f"{addresses['map']}&lang={lang}")
    page.wait_for_selector("html[data-ready=yes]")
    for button, opened in (("#share", "dialog.share"), (".more-pages summary", "#more"), (".chip-more", ".chip .menu")):
        page.locator(button).first.click()
        page.locator(opened).locator("visible=true").first.wait_for()
        assert violations(page, within=opened) == [], button
        page.emulate_media(color_scheme="dark")
        assert violations(page, within=opened) == [], button
        page.emulate_media(color_scheme="light")
        page.keyboard.press("Escape")
        page.locator(opened).locator("visible=true").wait_for(state="hidden")


def test_axe_sees_what_is_wrong(desk, addresses):
    desk.goto(addresses["about"])
    desk.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('button'))"
    )
    assert {line.partition(":")[0] for line in violations(desk)} >= {"image-alt", "button-name"}


def test_axe_is_the_file_of_its_card():
    card = tomllib.loads((AXE / "card.toml").read_text("utf-8"))
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in AXE.iterdir() if path.suffix != ".toml"
    }
    assert files == card["sha256"]


# the keyboard alone ---------------------------------------------------------------------------------------------------

FOCUSED = """() => { const node = document.activeElement;
  const within = (selector) => Boolean(node.closest(selector));
  const name = node.getAttribute("aria-label") || node.textContent.trim();
  const parts = ["#search", "#deck", "#tools", "#story", "#map", "#legend", ".zoom", "#timeline", "#panel"];
  return { tag: node.tagName.toLowerCase(), id: node.id, name, part: parts.find(within) ?? "" }; }"""


def test_the_first_tab_skips_to_the_content(visit):
    page = visit("/?lang=en&layers=gas")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "Skip to the content"
    box = page.locator(".skip-link").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)["id"] == "main"


def test_tab_goes_through_every_part_in_the_order_of_the_page(visit):
    page = visit("/?lang=en&layers=gas")
    parts, seen = [], 0
    for _ in range(140):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "body":
            break
        seen += 1
        if at["part"] and (not parts or parts[-1] != at["part"]):
            parts.append(at["part"])
    assert parts == ["#search", "#deck", "#tools", "#story", "#map", "#legend", ".zoom", "#timeline"]
    assert seen > 40


def test_every_region_says_its_name_and_value(visit):
    page = visit("/?lang=en&layers=gas&year=2025")
    labels = page.eval_on_selector_all(
        "path.region[tabindex='0']", "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert len(labels) == 20
    assert all(re.search(r"\d|no data|other measure", label) for label in labels), labels
    turkistan = page.locator('path[data-region="KZ-61"]')
    assert turkistan.get_attribute("role") == "button"
    assert "Turkistan" in turkistan.get_attribute("aria-label")
    assert "85.5%" in turkistan.get_attribute("aria-label")


def test_a_region_opens_by_enter_and_escape_gives_the_focus_back(visit):
    page = visit("/?lang=kk&layers=gas")
    page.locator('path[data-region="KZ-61"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details.figure")
    assert page.evaluate(FOCUSED)["id"] == "panel"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["part"] == "#panel"
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")
    page.wait_for_function("() => document.activeElement.dataset.region === 'KZ-61'")


def test_layers_years_and_search_by_keys(visit):
    page = visit("/?lang=en&layers=gas&year=2025")
    page.locator("#deck [data-layer=water] .chip-toggle").focus()
    page.keyboard.press("Space")
    assert page.get_attribute("#deck [data-layer=water] .chip-toggle", "aria-pressed") == "true"
    page.locator("#year").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.year-now').textContent === '2024'")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate(FOCUSED)["id"] == "search-input"
    page.keyboard.type("Turkist")
    page.wait_for_selector("#search [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search-input", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details.figure")
    assert "Turkistan" in page.inner_text("#panel-title")


# without scripts ------------------------------------------------------------------------------------------------------


def test_without_scripts_layers_languages_and_regions_are_links(visit):
    page = visit("/?lang=en&layers=gas&year=2025", ready=".first-map", java_script_enabled=False)
    assert page.locator(".first-map a path").count() == 20
    page.locator("#deck a", has_text="Internet").click()
    assert "Internet" in page.inner_text("h1") or "internet" in page.inner_text("h1")
    assert page.locator("#deck .chip.on").count() == 1
    page.locator('.first-map a[href*="KZ-61"]').first.click()
    assert "KZ-61" in page.url
    assert "Turkistan" in page.inner_text("#stage")
    page.locator(".more-pages summary").click()
    page.locator("#more a[hreflang=kk]").click()
    assert page.get_attribute("html", "lang") == "kk"
    page.locator("#table a.value").first.click()
    assert "/documents/" in page.url
    assert page.locator("main mark").count()


def test_without_scripts_search_and_every_other_page_work(visit):
    page = visit("/?lang=ru", ready=".first-map", java_script_enabled=False)
    page.fill("#search-input", "Шымкент")
    page.locator("#search button").click()
    assert page.locator(".search-results a").count()
    page.locator(".search-results a").first.click()
    assert page.locator(".first-map").count()
    assert "Шымкент" in page.inner_text("#stage")


# a lost server --------------------------------------------------------------------------------------------------------


def test_the_server_goes_away_under_an_open_page(browser, real_folder):
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    with serve(real_folder) as address:
        page.goto(f"{address}/?lang=ru&layers=gas&year=2025")
        page.wait_for_selector("html[data-ready=yes]")
        page.locator('path[data-region="KZ-61"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel details.figure")
        page.keyboard.press("Escape")
    page.locator('path[data-region="KZ-35"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .failure")
    assert "нет" in page.inner_text("#panel .failure p").lower()
    assert page.inner_text("#panel .failure button")
    assert "85,5" in page.get_attribute('path[data-region="KZ-61"]', "aria-label")
    page.locator("#deck [data-layer=water] .chip-toggle").click()
    assert page.get_attribute("#deck [data-layer=water] .chip-toggle", "aria-pressed") == "true"
    with serve(real_folder, port=address.rpartition(":")[2]):
        page.locator("#panel .failure button").click()
        page.wait_for_selector("#panel details.figure")
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_address_is_answered_in_the_language_of_the_reader(visit, lang):
    page = visit(f"/nowhere?lang={lang}", ready=".error-page")
    assert page.get_attribute("html", "lang") == lang
    titles = {"kk": "Мұндай бет жоқ", "ru": "Такой страницы нет", "en": "This page does not exist"}
    assert page.inner_text("h1") == titles[lang]
    assert page.locator("main a[href^='/']").count()


# narrow windows and large text ----------------------------------------------------------------------------------------


def too_wide(context, addresses, lang):
    """Name of a page → its width, where it is wider than the window."""
    page = context.new_page()
    wide = {}
    for name, (_, ready) in PAGES.items():
        page.goto(f"{addresses[name]}&lang={lang}")
        page.wait_for_selector(ready)
        width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        if width > page.viewport_size["width"]:
            wide[name] = width
    return wide


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_is_wider_than_a_narrow_phone(browser, addresses, lang):
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    assert too_wide(context, addresses, lang) == {}
    context.close()


def test_text_of_twice_the_size_fits(browser, addresses):
    """The reader's own setting of the browser: letters of 32 px instead of 16."""
    large = launch_chromium(browser.browser_type, "--blink-settings=defaultFontSize=32")
    for width in (390, 1280):
        context = large.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        assert too_wide(context, addresses, "ru") == {}, width
        (page,) = context.pages
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        context.close()
    large.close()
