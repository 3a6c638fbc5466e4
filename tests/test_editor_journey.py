"""An editor's way in a real Chromium: sign in, bring a text, decide by keyboard, add what was missed, publish, look."""

from pathlib import Path

import pytest
from editing import TOKEN
from serving import PHONE, serve_app

from geo.backup import restore_backup
from geo.store import Store
from webapp import create_app
from webapp.settings import load_settings

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"

WINDOW = {"width": 1280, "height": 900}
TEXT = (
    "Ұлытау облысында 2026 жылы халықтың 41,5 пайызы табиғи газбен қамтылды.\n\n"
    "Былтыр 😀 облыстағы 13 ауылға ауыз су құбыры тартылды.\n\n"
    "Ал он сегіз кентте мектеп жөнделді. <img src=x onerror=alert(1)> {{7*7}}\n"
)
SELECT = """([from, to]) => {
  const spans = [...document.querySelectorAll("#text [data-start]")];
  const point = (at) => {
    for (const span of spans) {
      const letters = [...span.textContent], start = Number(span.dataset.start);
      if (at >= start && at <= start + letters.length)
        return [span.firstChild, letters.slice(0, at - start).join("").length];
    }
  };
  const range = document.createRange();
  range.setStart(...point(from));
  range.setEnd(...point(to));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
# What every page must have: a language, one h1, names for fields and buttons, and nothing wider than the window.
WRONG = """() => {
  const nameless = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((field) =>
    !field.labels?.length && !field.getAttribute("aria-label"));
  const mute = [...document.querySelectorAll("button, a[href]")].filter((node) => !node.textContent.trim() &&
    !node.getAttribute("aria-label"));
  const images = [...document.images].filter((image) => !image.hasAttribute("alt"));
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  return [
    document.documentElement.lang ? "" : "no language",
    document.querySelectorAll("h1").length === 1 ? "" : "not one h1",
    ...nameless.map((node) => `no label: ${node.name}`),
    ...mute.map((node) => `no name: ${node.outerHTML.slice(0, 80)}`),
    ...images.map(() => "no alt"), ids.length === new Set(ids).size ? "" : "an id twice",
    document.documentElement.scrollWidth > innerWidth + 1 ? "wider than the window" : "",
  ].filter(Boolean);
}"""


@pytest.fixture
def place(atlas_backup, tmp_path):
    """(address, store) of a small atlas of its own, served on loopback."""
    data = tmp_path / "data"
    restore_backup(atlas_backup, data / "qamtu.sqlite3", data)
    settings = load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=data, edition_poll_seconds=0.0)
    with serve_app(create_app(settings)) as address, Store.open(settings.database_url) as store:
        yield address, store


@pytest.fixture
def page(browser, place):
    wrong = []
    opened = browser.new_context(viewport=WINDOW, reduced_motion="reduce").new_page()
    opened.set_default_timeout(60_000)
    opened.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    yield opened
    opened.context.close()
    assert wrong == []


def check(page):
    """The page has what every page must have, and axe objects to nothing: wide and narrow, on light and dark paper."""
    page.evaluate(AXE.read_text("utf-8"))
    for size in (PHONE["viewport"], WINDOW):
        page.set_viewport_size(size)
        for paper in ("dark", "light"):
            page.emulate_media(color_scheme=paper)
            page.wait_for_selector(f"html[data-theme={paper}]")
            assert page.evaluate(WRONG) == [], (page.url, size)
            found = page.evaluate("() => axe.run().then(({ violations }) => violations)")
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (page.url, size, paper)


def sign_in(page, address):
    page.goto(f"{address}/editor?lang=en")
    check(page)
    page.keyboard.type("wrong token")  # the field has the focus
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.fill("#token", TOKEN)
    page.fill("#name", "Айгүл")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bring-heading")


def test_from_signing_in_to_a_published_edition_on_the_map_and_in_a_frozen_link(page, place):
    address, store = place
    sign_in(page, address)
    check(page)
    page.fill("#text", TEXT)
    page.fill("#title", "Ұлытау: алғашқы деректер")
    page.fill("#text-date", "2026-12-20")
    page.click("form:has(#text) button")
    page.wait_for_url("**/editor/documents/*", timeout=120_000)
    check(page)
    (document,) = [d for d in store.documents() if "Ұлытау" in d.title]
    assert page.locator("#text img").count() == 0
    assert page.locator("#text").inner_text().count("{{7*7}}") == 1
    gas = page.locator(".review", has_text="41,5")
    assert gas.count() == 1

    # by keyboard: to the gas figure, accept it, correct it
    for _ in range(page.locator(".review").count()):
        if "41,5" in page.locator(".review.chosen").inner_text():
            break
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".review.state-accepted:has-text('41,5')")
    gas.click(position={"x": 5, "y": 5})
    page.keyboard.press("e")
    page.wait_for_selector("#value")
    check(page)
    page.fill("#value", "42,5")  # the field has the focus already
    page.fill("#note", "басылымда қате")
    page.keyboard.press("Enter")
    page.wait_for_selector(".review:has-text('42.5')")

    # the words of a figure the machine did not see
    start = document.text.index("он сегіз")
    page.evaluate(SELECT, [start, start + len("он сегіз")])
    page.keyboard.press("n")
    page.wait_for_selector("#indicator")
    assert page.locator("blockquote mark").inner_text() == "он сегіз"
    page.select_option("#indicator", "water.settlements")
    page.fill("#value", "18")
    page.fill("#place", "Ұлыта")
    page.wait_for_selector("#places option[value='KZ-62']", state="attached")
    page.fill("#place", "KZ-62")
    page.fill("#start", "2026")
    page.click("button.primary")
    page.wait_for_selector(".review:has-text('18')")
    (added,) = [r.observation for r in store.readings(document.id) if r.decided == "add"]
    assert added.quote.startswith("Ал он сегіз кентте")
    assert document.text[slice(*added.value_span)] == "он сегіз"

    # everything else of the text is rejected
    while page.locator(".review.state-waiting").count():
        page.keyboard.press("u")
        page.keyboard.press("r")
        page.wait_for_timeout(300)

    page.keyboard.press("p")
    page.wait_for_selector("#publish")
    check(page)
    assert page.locator(".before-after img").count() >= 4
    page.wait_for_function(
        "() => [...document.images].slice(0, 2).every((image) => image.complete && image.naturalWidth > 0)"
    )
    page.fill("#note", "Ұлытау")
    page.click("#publish")
    page.wait_for_selector("#see", timeout=120_000)
    check(page)
    assert store.edition().note == "Ұлытау"

    page.goto(f"{address}/?layers=gas&year=2026&place=KZ-62&lang=en")
    page.wait_for_selector("html[data-ready=yes]")
    assert "42.5%" in page.get_attribute('path[data-region="KZ-62"]', "aria-label")
    page.goto(f"{address}/?layers=gas&year=2026&edition=2&lang=en")
    page.wait_for_selector("html[data-ready=yes]")
    assert "42.5%" not in page.get_attribute('path[data-region="KZ-62"]', "aria-label")
    page.goto(f"{address}/?layers=gas&year=2026&edition=3&lang=en")
    page.wait_for_selector("html[data-ready=yes]")
    assert "42.5%" in page.get_attribute('path[data-region="KZ-62"]', "aria-label")


def test_a_reader_reports_an_error_from_the_document(page, place):
    address, store = place
    page.goto(f"{address}/documents/turkistan-2025?lang=en")
    page.click("a:has-text('Report an error') >> nth=0")
    page.wait_for_selector("#note")
    check(page)
    page.fill("#note", "Бұл сан ескі")
    page.click("button.primary")
    page.wait_for_selector("[role=status]")
    (report,) = store.reports(is_open=True)
    assert report.note == "Бұл сан ескі"
    sign_in(page, address)
    assert page.locator(".report-note").inner_text() == "Бұл сан ескі"
    page.fill(f"#answer-{report.key}", "түзетілді")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reports .hint:has-text('Nothing was reported')")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (
        "/editor",
        "/editor/documents/turkistan-2025",
        "/editor/documents/turkistan-2025/figures/o01",
        "/editor/preview",
        "/report?obs=o01",
    ):
        page.goto(f"{address}{path}")
        check(page)


def test_everything_by_keyboard_alone(page, place):
    address, store = place
    sign_in(page, address)
    page.goto(f"{address}/editor/documents/turkistan-2025")
    first = page.locator(".review").first.get_attribute("id")
    assert page.evaluate("() => [document.activeElement.id, scrollY]") == [first, 0]
    press = page.keyboard.press

    # what is rejected after it was corrected comes back corrected
    press("e")
    page.wait_for_selector("#value:focus")
    press("Control+a")
    page.keyboard.type("viel")
    press("Enter")
    page.wait_for_selector("#problem:has-text('«viel» is no number')")
    check(page)
    press("Control+a")
    page.keyboard.type("77")
    press("Enter")
    page.wait_for_selector(f"#{first}:focus")
    press("r")
    page.wait_for_selector(f"#{first}.state-rejected")
    press("k")
    press("a")
    page.wait_for_selector(f"#{first}.state-accepted")
    assert next(o.value for o in store.accepted() if o.id == first) == 77

    # the words of a missed figure are written, its place is one that the gazetteer lacks
    words = store.document("turkistan-2025").text.split()[-1]
    press("n")
    page.wait_for_selector("#add-words:focus")
    page.keyboard.type("nowhere in the text")
    press("Enter")
    page.wait_for_selector("#problem:has-text('does not stand in the text')")
    check(page)
    press("n")
    press("Control+a")
    page.keyboard.type(words)
    press("Enter")
    page.wait_for_selector("#value:focus")
    press("Control+a")
    page.keyboard.type("12")
    press("Shift+Tab")
    page.keyboard.type("Masts")
    for _ in range(5):
        press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "place"
    press("Tab")
    press("Enter")
    for keys in ("Сарыбел", "", "Jambyl"):
        press("Tab")
        page.keyboard.type(keys)
    press("Shift+Tab")
    press("Shift+Tab")
    press("Enter")
    page.wait_for_selector(".review:has-text('Сарыбел')")
    check(page)
    (added,) = [o for o in store.accepted() if o.document == "turkistan-2025" and o.place and o.place.name == "Сарыбел"]
    assert (added.value, added.indicator, added.regions) == (12, "internet.masts", ("KZ-31",))


@pytest.mark.parametrize(("lang", "wrong"), [("kk", "сан емес"), ("ru", "не число"), ("en", "is no number")])
def test_the_editor_speaks_three_languages_on_a_phone(page, place, lang, wrong):
    address, _ = place
    sign_in(page, address)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/editor/documents/turkistan-2025/figures/o01?lang={lang}")
    page.click(".new-place summary")
    check(page)
    page.fill("#value", "?")
    page.click(".figure-form button.primary")
    page.wait_for_selector(f"#problem:has-text('{wrong}')")
    check(page)
    for path in ("/editor", "/editor/documents/turkistan-2025", "/editor/preview"):
        page.goto(f"{address}{path}")
        assert page.get_attribute("html", "lang") == lang
        check(page)


def test_the_editor_works_without_scripts(browser, place):
    address, store = place
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/editor?lang=en")
    page.fill("#token", TOKEN)
    page.click("button.primary")
    page.goto(f"{address}/editor/documents/turkistan-2025")
    page.click("#o01 button[value=reject]")
    assert page.url.endswith("#o01")
    assert "o01" not in {o.id for o in store.accepted()}
    page.fill("#add-words", store.document("turkistan-2025").text.split()[-1])
    page.click("#add-button")
    assert page.locator("blockquote mark").count() == 1
    page.goto(f"{address}/editor")
    page.fill("#text", TEXT)
    page.click("form:has(#text) button")
    page.wait_for_url("**/editor/documents/*", timeout=120_000)
    page.context.close()
    assert len(store.documents()) == 5
