"""Waiting and failing on a desktop and on a phone: never a blank page; what failed is said in the reader's language."""

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ("kk", "ru", "en")
REGION = "layers=gas&year=2025&place=KZ-61"
FIGURES = "**/api/v1/observations*"
SAID = {  # by what happens to the answer
    "offline": ("байланыс жоқ", "нет соединения", "no connection"),
    "server": ("қате", "ошибка", "met an error"),
    "refused": ("қабылдамады", "отклонил", "refused"),
}
AGAIN = ("Қайталап көру", "Попробовать снова", "Try again")


def holding():
    """The requests that were held back, and what holds them."""
    held = []

    def hold(route):
        held.append(route)

    return held, hold


def let_go(page, held):
    """Waits until something is held back, and holds nothing back any more."""
    while not held:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    page.unroute_all()


def fail_with(page, kind):
    statuses = {"server": 500, "refused": 429}
    body = '{"error": {"code": "too_many", "message": "Wait.", "details": {}}}'
    if kind == "offline":
        page.route(FIGURES, lambda route: route.abort())
    else:
        answer = {"status": statuses[kind], "content_type": "application/json", "body": body}
        page.route(FIGURES, lambda route: route.fulfill(**answer))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", SAID)
def test_a_failed_answer_is_said_and_tried_again(explore, kind, lang):
    page = explore(f"layers=gas&year=2025&lang={lang}")
    fail_with(page, kind)
    page.locator('path[data-region="KZ-61"]').focus()
    page.keyboard.press("Enter")
    said = page.locator("#panel .failure[role=alert]")
    said.wait_for()
    at = LANGUAGES.index(lang)
    assert SAID[kind][at] in said.inner_text().lower()
    assert said.locator("button").inner_text() == AGAIN[at]
    page.unroute_all()
    said.locator("button").click()
    page.wait_for_selector("#panel details.figure")


def test_while_figures_come_there_is_a_skeleton(explore):
    page = explore("layers=gas&year=2025&lang=en")
    held, hold = holding()
    page.route(FIGURES, hold)
    page.locator('path[data-region="KZ-61"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .skeleton .bone")
    assert page.get_attribute("#panel .panel-body", "aria-busy") == "true"
    assert page.inner_text("#panel h2") == "Turkistan Region", "whose figures come is said at once"
    let_go(page, held)
    page.wait_for_selector("#panel details.figure")
    assert page.locator("#panel .skeleton").count() == 0
    assert page.get_attribute("#panel .panel-body", "aria-busy") is None


def test_before_the_atlas_has_come_the_drawing_stands_there(browser, served_atlas):
    for size in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        held, hold = holding()
        page.route("**/atlas.json*", hold)
        page.goto(f"{served_atlas}/?lang=kk&layers=gas&year=2025", wait_until="domcontentloaded")
        page.wait_for_selector(".first-map a path")
        assert page.locator(".first-map a path").count() == 20
        assert page.locator(".first-map").is_visible()
        assert page.inner_text("#headline").startswith("Газбен")
        assert page.get_attribute("html", "data-ready") is None
        let_go(page, held)
        page.wait_for_selector("html[data-ready=yes]")
        context.close()


def test_figures_asked_for_early_in_vain_are_asked_for_again(browser, served_atlas):
    page = browser.new_page()
    tried = []

    def fail_once(route):
        tried.append(route.request.url)
        if len(tried) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/atlas.json*", fail_once)
    page.goto(f"{served_atlas}/?lang=en&layers=gas")
    page.wait_for_selector("html[data-ready=yes]")
    assert len(tried) == 2
    assert page.locator("#notices .failure").count() == 0
    page.close()


FILLS = """[...document.querySelectorAll("path[data-region]")].map((path) => getComputedStyle(path).fill)"""
FILLS_AT_ONCE = f"""
new MutationObserver((_, observer) => {{
  if (document.documentElement.dataset.live !== "yes") return;
  observer.disconnect();
  window.fills = {FILLS};
}}).observe(document, {{ attributes: true, subtree: true, attributeFilter: ["data-live"] }});
"""


def test_the_live_map_comes_in_its_own_colours_at_once(browser, served_atlas):
    page = browser.new_page()
    page.add_init_script(FILLS_AT_ONCE)
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025")
    page.wait_for_selector("#map.settled")
    page.wait_for_timeout(300)  # longer than a colour fades
    assert len(set(page.evaluate(FILLS))) > 2
    assert page.evaluate("window.fills") == page.evaluate(FILLS)
    page.close()


USED_AT_ONCE = """
new MutationObserver((_, observer) => {
  if (document.documentElement.dataset.usable !== "yes") return;
  observer.disconnect();
  const { live = null, ready = null } = document.documentElement.dataset;
  window.early = { live, ready, legend: document.getElementById("legend").children.length };
  document.querySelector("#deck [data-layer=water] .chip-toggle").click();
  const link = document.querySelector('.first-map a[href*="KZ-61"]');
  link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-usable"] });
"""


def test_layers_answer_before_the_live_map_is_there_and_that_knows_of_it(browser, served_atlas):
    page = browser.new_page()
    page.add_init_script(USED_AT_ONCE)
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025")
    page.wait_for_selector("html[data-ready=yes]")
    assert page.evaluate("window.early") == {"live": None, "ready": None, "legend": 0}
    assert page.get_attribute("#deck [data-layer=water] .chip-toggle", "aria-pressed") == "true"
    assert page.locator("#legend .legend-layer").count() == 2
    assert page.is_hidden("#story")
    page.wait_for_selector("#panel h2")
    page.close()


MARKS = """() => Object.fromEntries([...document.querySelectorAll(".symbols .label-name")].map((text) => {
  const box = text.getBoundingClientRect();
  return [text.textContent, [box.left, box.top]];
}))"""
DRAWN_FILLS = """() => Object.fromEntries([...document.querySelectorAll(".first-map a")].map((link) => {
  const place = new URLSearchParams(link.getAttribute("href").slice(2)).get("place");
  return [place, getComputedStyle(link.querySelector("path")).fill];
}))"""
LIVE_FILLS = """() => Object.fromEntries([...document.querySelectorAll("path[data-region]")].map((path) => {
  return [path.dataset.region, getComputedStyle(path).fill];
}))"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_before_the_map_is_live_what_is_switched_is_painted_as_it_will_be(browser, served_atlas, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    held, hold = holding()
    page.route("**/shell.js*", hold)
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025", wait_until="commit")
    page.wait_for_selector("html[data-usable=yes]")
    before = page.evaluate(DRAWN_FILLS)
    page.click("#deck [data-layer=water] .chip-toggle")
    assert page.locator(".symbols .gauge").count() > 3
    page.click("#deck [data-layer=gas] .chip-toggle")
    assert "water" in page.inner_text("#headline")
    assert page.get_attribute(".first-map", "aria-label") == page.inner_text("#headline")
    assert (
        page.locator('.first-map a[href*="KZ-61"] title').text_content().startswith("Turkistan Region. Drinking water")
    )
    page.click("#deck [data-layer=water] .chip-more")
    page.locator('#deck .palettes input[value="viridis"]').check(force=True)
    page.keyboard.press("Escape")
    page.focus('.first-map a[href*="KZ-61"]')
    drawn, marks = page.evaluate(DRAWN_FILLS), page.evaluate(MARKS)
    assert drawn != before
    assert len(drawn) == 20
    let_go(page, held)
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_timeout(400)  # longer than a colour fades
    assert page.evaluate("document.activeElement.dataset.region") == "KZ-61", (
        "whoever stood on a region stands there still"
    )
    assert page.evaluate(LIVE_FILLS) == drawn
    live = page.evaluate(MARKS)
    stayed = [name for name, at in marks.items() if live.get(name) == pytest.approx(at, abs=3)]
    assert len(stayed) >= 8, "only those move that give way to the points, which come with the live map"
    page.wait_for_function("""() => location.search.includes("layers=water")""")
    page.close()


def test_a_region_of_the_drawing_is_opened_by_the_keyboard(browser, served_atlas):
    page = browser.new_page()
    held, hold = holding()
    page.route("**/bundle/libraries.js*", hold)
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025", wait_until="commit")
    page.wait_for_selector("html[data-usable=yes]")
    page.focus('.first-map a[href*="KZ-61"]')
    page.keyboard.press("Enter")
    page.wait_for_function("""() => location.search.includes("place=KZ-61")""")
    let_go(page, held)
    page.wait_for_selector("#panel h2")
    page.go_back()
    page.wait_for_selector("#panel", state="hidden")
    page.close()


@pytest.mark.parametrize("missing", ["**/bundle/libraries.js*", "**/shell.js*", "**/regions-500.topojson*"])
def test_where_the_live_map_does_not_come_the_page_says_so_and_asks_again(browser, served_atlas, missing):
    page = browser.new_page()
    page.route(missing, lambda route: route.abort())
    page.goto(f"{served_atlas}/?lang=en&layers=gas&year=2025")
    page.wait_for_selector("#notices .failure")
    assert page.locator(".first-map a path").count() == 20
    page.unroute_all()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.click("#notices .failure button")
    page.wait_for_selector("html[data-ready=yes]")
    assert page.locator("#deck .chip").count() == 4
    assert errors == []
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_that_did_not_come_is_asked_for_again(explore, lang):
    page = explore(f"layers=gas&year=2025&lang={lang}")
    page.route("**/bundle/later.js*", lambda route: route.abort())
    page.locator("#share").click()
    page.wait_for_selector("#notices .failure")
    assert SAID["offline"][LANGUAGES.index(lang)] in page.inner_text("#notices .failure").lower()


MISSING = ("Мұндай бет жоқ", "Такой страницы нет", "This page does not exist")
STRANGE = ("Сұрау түсініксіз", "Запрос непонятен", "This request is not understood")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status", "titles"),
    [("/nowhere?", 404, MISSING), ("/documents/none?", 404, MISSING), ("/promises?state=lost&", 400, STRANGE)],
)
def test_error_pages_lead_on(browser, served_atlas, address, status, titles, lang):
    for size in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        answer = page.goto(f"{served_atlas}{address}lang={lang}")
        assert answer.status == status
        assert page.get_attribute("html", "lang") == lang
        assert page.inner_text("h1") == titles[LANGUAGES.index(lang)]
        assert page.locator("main form[role=search], main form").count()
        page.locator("main a.button").click()
        page.wait_for_selector("html[data-ready=yes]")
        context.close()
