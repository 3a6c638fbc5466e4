"""Any reader, on a desktop and a phone: names and values read out, no scripts, no motion, large letters, any window."""

import re

import pytest
from serving import boxes_of, launch_chromium

pytestmark = pytest.mark.browser

LANGUAGES = ("kk", "ru", "en")
WINDOWS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
FOUR = "layers=gas~water~internet~industry&year=2025"
EDGES = ["#legend", "#timeline", ".zoom", ".leaflet-control-scale-line", ".credits"]
LYING = """(parts) => {
  const boxes = parts.map((css) => [css, document.querySelector(css)]).filter(([, node]) => node?.checkVisibility())
    .map(([css, node]) => [css, node.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one} and ${other}`));
}"""
CUT = """() => [...document.querySelectorAll('.story-value, .year-now, .segment span, .chip-toggle, #headline')]
  .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
  .map((node) => node.textContent)"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_region_is_reached_by_keys_and_says_its_name_and_values(explore, real_atlas, lang):
    page = explore(f"{FOUR}&lang={lang}")
    names = {region["id"]: region["name"][lang] for region in real_atlas["regions"]}
    said = dict(
        page.eval_on_selector_all(
            "#map path.region[tabindex='0'][role=button]",
            "all => all.map((one) => [one.dataset.region, one.getAttribute('aria-label')])",
        )
    )
    assert set(said) == set(names)
    nothing = {"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"}[lang]
    for code, text in said.items():
        assert text.startswith(names[code]), code
        assert re.search(r"\d", text) or nothing in text, text
    for code in ("KZ-61", "KZ-71"):
        page.locator(f'#map path[data-region="{code}"]').focus()
        assert page.locator(".tooltip").is_visible()
        assert names[code] in page.inner_text(".tooltip")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details.figure")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("window", WINDOWS)
def test_without_scripts_the_drawing_and_the_table_say_it_all(browser, served_atlas, window, lang):
    context = browser.new_context(viewport=WINDOWS[window], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_atlas}/?layers=gas~water&year=2025&lang={lang}")
    assert page.locator(".first-map a path").count() == 20
    assert page.locator(".first-map").bounding_box()["height"] > 150
    rows = page.locator("#table tbody tr")
    assert rows.count() == 21
    assert rows.first.is_visible()
    values = page.locator("#table a.value")
    assert values.count() > 20
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= WINDOWS[window]["width"]
    values.first.click()
    assert page.locator("main mark").count()
    assert page.get_attribute("html", "lang") == lang
    context.close()


def test_the_table_is_sorted_filtered_and_in_step_by_keys(explore):
    page = explore("layers=gas~water&year=2025&mode=table&lang=en")
    page.wait_for_selector("#table tbody tr")
    page.locator('#table [data-sort="gas"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('sort') === '-gas'")
    assert page.locator("#table th[aria-sort=descending]").count() == 1
    shares = page.eval_on_selector_all(
        "#table tbody tr:not(.country) td:nth-of-type(1).cell-value > .value",
        "all => all.map((one) => parseFloat(one.textContent.replace(/[^\\d.]/g, '')))",
    )
    assert len(shares) > 5
    assert shares == sorted(shares, reverse=True)
    page.locator("#table-filter").focus()
    page.keyboard.insert_text("turkist")
    assert page.locator("#table tbody tr").count() == 2
    page.locator("#year").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('#headline').textContent.endsWith('2024')")
    assert "81.5" in page.locator("#table tbody tr").nth(1).inner_text()
    page.locator("#table tbody tr").nth(1).locator(".value").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel details[open] blockquote mark")


def test_who_wants_no_motion_sees_none(explore):
    page = explore(f"{FOUR}&place=KZ-61&lang=en", reduced_motion="reduce")
    page.wait_for_selector("#panel details.figure")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter((node) => { const look = getComputedStyle(node);"
        " const last = (text) => Math.max(...text.split(',').map(parseFloat));"
        " return last(look.transitionDuration) > 0"
        " || (look.animationName !== 'none' && last(look.animationDuration) > 0); })"
        ".map((node) => node.tagName + '.' + node.className)"
    )
    assert moving == []


def test_motion_takes_less_than_a_fifth_of_a_second(explore):
    page = explore(f"{FOUR}&lang=en", reduced_motion="no-preference")
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('body *')].flatMap((node) => getComputedStyle(node)"
        ".transitionDuration.split(',').map(parseFloat)))"
    )
    assert 0 < longest <= 0.2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1440, 3840])
def test_nothing_lies_on_anything_at_any_width(browser, served_atlas, width, lang):
    context = browser.new_context(viewport={"width": width, "height": 2160 if width == 3840 else 800})
    page = context.new_page()
    page.goto(f"{served_atlas}/?layers=gas&year=2025&lang={lang}")
    page.wait_for_selector("html[data-ready=yes]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(LYING, EDGES) == []
    assert page.evaluate(CUT) == []
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_of_twice_the_size_cover_and_cut_nothing(large, served_atlas, lang):
    for window in WINDOWS.values():
        context = large.new_context(viewport=window)
        page = context.new_page()
        page.goto(f"{served_atlas}/?layers=gas&year=2025&lang={lang}")
        page.wait_for_selector("html[data-ready=yes]")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]
        assert page.evaluate(LYING, EDGES) == []
        assert page.evaluate(CUT) == []
        assert page.locator("#maps").bounding_box()["height"] > 250, "the map keeps its room"
        context.close()


@pytest.fixture(scope="module")
def large(browser):
    """A Chromium whose reader has set letters of 32 px instead of 16."""
    opened = launch_chromium(browser.browser_type, "--blink-settings=defaultFontSize=32")
    yield opened
    opened.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_title_begins_a_line_with_its_dash(explore, lang):
    page = explore(f"{FOUR}&lang={lang}")
    title = page.inner_text("#headline")
    assert not re.search(r" [–—]", title)
    assert title == page.title().removesuffix(" · Qamtu")


@pytest.mark.parametrize("width", [360, 390, 430])
def test_a_finger_can_part_one_year_from_the_next(browser, served_atlas, real_atlas, width):
    page = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{served_atlas}/?lang=ru")
    page.wait_for_selector("html[data-ready=yes]")
    years = real_atlas["years"]
    assert page.locator("#year").bounding_box()["width"] / (max(years) - min(years)) > 5
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_no_table_of_a_page_is_wider_than_it(browser, served_atlas, lang):
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    for path in ("/promises", "/sources", "/coverage", "/api"):
        page.goto(f"{served_atlas}{path}?lang={lang}")
        wide = (
            "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText.slice(0, 60))"
        )
        assert page.eval_on_selector_all(".table-scroll", wide) == [], path
    page.context.close()


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_page_says_the_words_of_the_machine_to_its_readers(browser, served_atlas, lang):
    page = browser.new_page()
    page.goto(f"{served_atlas}/editions?lang={lang}")
    assert "seeds" not in page.inner_text("main")
    page.goto(f"{served_atlas}/api?lang={lang}")
    english = page.inner_text("main div[lang=en]")
    assert "GET /api/v1/layers" in english
    assert not re.search("[а-яәғқңөұүһі]", english, re.IGNORECASE)
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [(360, 640), (390, 664), (390, 844), (1024, 768)])
def test_a_region_of_a_link_and_the_words_are_seen_beside_its_panel(browser, served_atlas, size, lang):
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce").new_page()
    page.goto(f"{served_atlas}/?{FOUR}&place=KZ-61&lang={lang}")
    page.wait_for_selector("#panel details.figure")
    ((left, top, right, bottom),) = boxes_of(page, '#map path[data-region="KZ-61"]')
    ((_, _, _, head),) = boxes_of(page, ".titles")
    ((panel_left, panel_top, _, _),) = boxes_of(page, "#panel")
    ((_, _, words, _),) = boxes_of(page, "#headline")
    seen_below = min(bottom, panel_top) if size[0] < 768 else bottom
    assert top >= head
    assert (seen_below - top) / (bottom - top) > 0.6
    if size[0] >= 768:
        assert max(words, right) <= panel_left
    assert 0 <= left < right <= size[0]
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [768, 820, 1024])
def test_the_years_stay_whole_beside_the_panel_of_a_tablet(browser, served_atlas, width, lang):
    page = browser.new_context(viewport={"width": width, "height": 1000}, has_touch=True).new_page()
    page.goto(f"{served_atlas}/?{FOUR}&place=KZ-35&lang={lang}")
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_selector("#panel details.figure")
    ((left, top, right, _),) = boxes_of(page, ".timeline")
    ((_, _, kinds, _),) = boxes_of(page, ".timeline .segments")
    ((_, _, track, _),) = boxes_of(page, ".year-track")
    ((panel, _, _, _),) = boxes_of(page, "#panel")
    assert 0 <= left < track <= right
    assert kinds <= right <= panel
    for above in ("#legend", ".zoom", ".map-tools"):
        ((_, _, _, bottom),) = boxes_of(page, above)
        assert bottom <= top
    page.context.close()
