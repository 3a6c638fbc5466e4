"""The print sheet: map beside its legend, link, sources; light paper; a table and a panel go on over the pages."""

import io

import pytest
from pypdf import PdfReader

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
    """The page after somebody moved: what lays out the sheet is fetched then."""
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


def test_nothing_of_the_sheet_lies_on_anything_else(explore):
    page = touched(explore(f"{FOUR}&lang=kk"))
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
    page = touched(explore("layers=gas&year=2025&place=KZ-61&lang=en"))
    page.wait_for_selector("#panel details.figure")
    sheets = printed(page)
    assert len(sheets) > 1
    assert "Turkistan Region" in "".join(sheets[1:])
    assert "85.5%" in "".join(sheets[1:])
    page = touched(explore("layers=gas&year=2025&mode=table&lang=en"))
    page.wait_for_selector("#table tbody tr")
    text = "".join(printed(page))
    assert all(region["name"]["en"] in text for region in real_atlas["regions"])


def test_dark_paper_is_printed_light_and_comes_back(explore):
    page = touched(explore("layers=gas&year=2025&lang=en", color_scheme="dark"))
    fill = page.get_attribute('path[data-region="KZ-61"]', "fill")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") != fill
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute('path[data-region="KZ-61"]', "fill") == fill
