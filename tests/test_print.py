"""The print sheet: map beside its legend, link, sources; light paper; a table and a panel go on over the pages."""

import io
import json

import pytest
from pypdf import PdfReader

from webapp.links import parse_view
from webapp.maps import atlas_map
from webapp.view_words import view_sources, view_table

pytestmark = pytest.mark.browser

FOUR = "layers=gas~water~internet~industry&year=2025"
PAPER = {"width": 1047, "height": 718}  # an A4 sheet across without its margins, in CSS px
WORDS = {
    "kk": ("Шартты белгілер", "Дереккөздер"),
    "ru": ("Условные обозначения", "Источники"),
    "en": ("Legend", "Sources"),
}
PARTS = ["#maps", "#legend", ".titles", "#print-foot", ".leaflet-control-scale-line"]
BOXES = """(parts) => Object.fromEntries(parts.map((css) => {
  const { left, top, right, bottom } = document.querySelector(css).getBoundingClientRect();
  return [css, [left, top, right, bottom]]; }))"""


def touched(page):
    """The page after somebody moved: what lists the sources of any view is fetched then."""
    page.keyboard.press("Shift")
    page.wait_for_selector("#my-region", state="attached")
    return page


def printed(page):
    """The text of each page of the PDF that the browser prints."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_sheet_has_title_legend_link_and_sources(explore, real_atlas, lang):
    page = touched(explore(f"{FOUR}&lang={lang}"))
    first, *rest = printed(page)
    whole = " ".join([first, *rest])
    assert page.inner_text("#headline").split()[0] in first
    assert all(word in first for word in WORDS[lang])
    for layer in real_atlas["layers"]:
        assert layer["label"][lang] in first
    assert "year=2025" in first
    shown = real_atlas["series"]["gas.population_share"]["KZ-61"]["actual"][-1][2]
    publisher = real_atlas["documents"][real_atlas["observations"][shown]["d"]]["publisher"]
    assert publisher in whole
    assert whole.count("https://") > 5


def test_the_first_view_is_printed_whole_though_nobody_has_touched_it(visit, real_atlas):
    page = visit("lang=kk", color_scheme="dark")
    assert "bundle/later.js" not in " ".join(page.asked)
    sheet = " ".join(printed(page))
    assert all(word in sheet for word in WORDS["kk"])
    assert all(document["publisher"] in sheet for document in sources_of(real_atlas, parse_view("", real_atlas)[0]))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("html", "data-theme") == "light"


@pytest.mark.parametrize("query", ["lang=ru", f"{FOUR}&lang=en", "layers=gas&place=KZ-61&lang=kk"])
def test_without_scripts_the_server_has_listed_the_same_sources(visit, real_atlas, query):
    page = visit(query, ready=".first-map", java_script_enabled=False)
    text = " ".join(" ".join(printed(page)).split())
    listed = page.locator("#print-foot li").all_text_contents()
    wanted = sources_of(real_atlas, parse_view(query, real_atlas)[0])
    assert len(listed) == len(wanted) > 10
    for entry, document in zip(listed, wanted, strict=True):
        assert entry.startswith(document.get("source_title") or document["title"])
        assert document["publisher"] in entry
    assert WORDS[query[-2:]][1] in text
    assert "v=1&" in text, "the address of the view"
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    boxes = page.evaluate(BOXES, [".first-map a path", ".titles", "#table table", "#print-foot"])
    drawn, titles, table, foot = boxes.values()
    assert drawn[2] - drawn[0] > 30, "a region has its size"
    assert titles[3] <= drawn[1]
    assert drawn[3] < table[1]
    assert table[3] <= foot[1]
    assert not page.locator(".plain-years").is_visible()


def sources_of(atlas, view):
    """The documents of the figures that a view's table shows, the newest first, as the page of scripts lists them."""
    return view_sources(view, atlas, view_table(view, atlas, "en"))


def test_the_list_of_the_server_is_that_of_the_scripts(visit, real_atlas):
    for query in ("lang=en", f"{FOUR}&lang=en", "layers=gas&year=2023&show=actual&lang=en"):
        page = touched(visit(query))
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        entries = sources_of(real_atlas, parse_view(query, real_atlas)[0])
        listed = page.locator("#print-foot li").all_text_contents()
        assert len(listed) == len(entries)
        assert {entry.split(" – ")[0] for entry in listed} == {
            (entry.get("source_title") or entry["title"]).split(" – ")[0] for entry in entries
        }


def test_a_map_saved_to_disk_lists_its_sources_untouched(browser, real_atlas, real_folder, tmp_path):
    regions = json.loads((real_folder / "editions" / "1" / "regions-500.topojson").read_text("utf-8"))
    atlas_map(real_atlas, regions, lang="ru").save(tmp_path / "map.html")
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    text = "".join(printed(page))
    assert WORDS["ru"][1] in text
    assert page.locator("#print-foot li").count() == len(sources_of(real_atlas, parse_view("", real_atlas)[0]))
    page.context.close()


def test_nothing_of_the_sheet_lies_on_anything_else(explore):
    page = explore(f"{FOUR}&lang=kk")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    boxes = page.evaluate(BOXES, PARTS)
    names = list(boxes)
    scale = boxes.pop(names.pop())
    left, top, right, bottom = boxes["#maps"]
    assert bottom - top > 300
    assert left - 1 <= scale[0] < right
    assert scale[3] <= bottom
    for at, name in enumerate(names):
        assert boxes[name][2] <= PAPER["width"] + 1, name
        for other in names[at + 1 :]:
            one, two = boxes[name], boxes[other]
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (name, other)
    assert boxes["#legend"][3] < PAPER["height"], "the legend stays on the first sheet"


def test_the_panel_and_the_table_are_printed_whole(explore, real_atlas):
    page = explore("layers=gas&year=2025&place=KZ-61&lang=en")
    page.wait_for_selector("#panel details.figure")
    sheets = printed(page)
    assert len(sheets) > 1
    assert "Turkistan Region" in "".join(sheets[1:])
    assert "85.5%" in "".join(sheets[1:])
    page = explore("layers=gas&year=2025&mode=table&lang=en")
    page.wait_for_selector("#table tbody tr")
    text = "".join(printed(page))
    assert all(region["name"]["en"] in text for region in real_atlas["regions"])


def test_dark_paper_is_printed_light_and_comes_back(explore):
    page = explore("layers=gas&year=2025&lang=en", color_scheme="dark")
    fill = page.get_attribute('path[data-region="KZ-61"]', "fill")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") != fill
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") == fill
