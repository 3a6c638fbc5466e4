"""The server's drawing and Leaflet show the same place in the same size: nothing moves when the live map takes over."""

from __future__ import annotations

import pytest
from published import FIRST, publish
from serving import serve

LANDMARKS = """() => {
  return Object.fromEntries([...document.querySelectorAll(".first-map a")].map((link) => {
    const box = link.querySelector("path").getBoundingClientRect();
    const place = new URLSearchParams(link.getAttribute("href").slice(2)).get("place");
    return [place, [box.left, box.top, box.right, box.bottom]];
  }));
}"""
FRAME = """() => {
  const box = document.querySelector(".first-paint").getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
}"""
EDGES = ((0, 1), (1, 1), (2, -1), (3, -1))
LIVE = """() => Object.fromEntries([...document.querySelectorAll("path[data-region]")].map((path) => {
  const box = path.getBoundingClientRect();
  return [path.dataset.region, [box.left, box.top, box.right, box.bottom]];
}))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A running server on a data folder with one edition and the real Folium shell."""
    folder = tmp_path_factory.mktemp("takeover")
    publish(folder, FIRST, "doc-a", shell=True)
    with serve(folder) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844), (1920, 1080)])
@pytest.mark.parametrize("query", ["layers=gas", "layers=gas~water&place=KZ-61", "layers=gas&view=6.2/44.00/68.00"])
def test_nothing_moves_when_the_live_map_takes_over(browser, address, size, query):
    if size[0] < 768 and "place=" in query:
        pytest.skip("on a phone the map slides up on purpose, from under the sheet that opens with the place")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.route("**/shell.js*", lambda route: None)  # held back: the page stays as the server drew it
    page.goto(f"{address}/?{query}", wait_until="commit")
    page.wait_for_selector(".first-map a path", state="attached")
    page.wait_for_timeout(300)
    before = page.evaluate(LANDMARKS)
    frame = page.evaluate(FRAME)
    page.unroute_all(behavior="ignoreErrors")
    page.goto(f"{address}/?{query}")
    page.wait_for_selector("html[data-ready=yes]")
    after = page.evaluate(LIVE)
    page.close()
    # Leaflet cuts what reaches out of the map: only regions that lie in it whole can be compared
    whole = [code for code, box in before.items() if all(sign * (box[at] - frame[at]) >= 0 for at, sign in EDGES)]
    assert len(whole) >= 1
    for code in whole:
        assert after[code] == pytest.approx(before[code], abs=2.5), code


@pytest.mark.browser
def test_opening_a_link_leaves_its_address_as_it_was(browser, address):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    link = f"{address}/?layers=gas~water&view=6.2/44.00/68.00&lang=ru"
    page.goto(link)
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_timeout(700)
    assert page.url == link
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_the_drawing_is_seen_and_the_words_come_without_the_live_map(browser, address, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.route("**/shell.js*", lambda route: None)  # held back: the page stays as the server drew it
    page.goto(f"{address}/?layers=gas", wait_until="commit")
    page.wait_for_selector("html:not(.first)")
    seen = page.evaluate("""() => [...document.querySelectorAll(".first-map a path")].filter((path) => {
      const box = path.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return top?.closest(".first-map");
    }).length""")
    assert seen >= 10
    assert page.is_visible("#headline")
    assert page.is_visible(".masthead .site-name")
    page.unroute_all(behavior="ignoreErrors")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1184, 1440, 1920, 2190])
def test_the_masthead_is_as_high_before_its_words_as_with_them(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for lang in ("kk", "ru", "en"):
        page.goto(f"{address}/?lang={lang}")
        page.wait_for_selector("html[data-ready=yes]")
        height = "() => document.getElementById('head').getBoundingClientRect().height"
        after = page.evaluate(height)
        page.evaluate("() => document.documentElement.classList.add('first')")
        assert page.evaluate(height) == after
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 430])
def test_on_a_phone_the_masthead_is_as_high_before_scripts_as_after_them(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 844})
    height = "() => document.getElementById('head').getBoundingClientRect().height"
    for lang in ("kk", "ru", "en"):
        page.route("**/shell.js*", lambda route: None)  # held back: the page stays as the server drew it
        page.goto(f"{address}/?lang={lang}", wait_until="commit")
        page.wait_for_selector("html:not(.first) #headline")
        before = page.evaluate(height)
        page.unroute_all(behavior="ignoreErrors")
        page.goto(f"{address}/?lang={lang}")
        page.wait_for_selector("html[data-ready=yes]")
        assert page.evaluate(height) == before, lang
    page.close()
