"""A link from one browser to another: what is copied opens as exactly the same view; frames work elsewhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from published import FIRST, SECOND, publish
from serving import DESKTOP, READY, serve, serve_files

pytestmark = pytest.mark.browser
VIEW = "layers=gas~water&gas.k=jenks-4&gas.c=viridis&year=2024&show=actual&place=KZ-61&view=6.2/44.00/68.00&lang=ru"
SEEN = """() => ({
  fills: Object.fromEntries([...document.querySelectorAll("path[data-region]")].map((path) =>
    [path.dataset.region, [path.getAttribute("fill"), path.getAttribute("aria-label")]])),
  panel: document.querySelector("#panel").innerText,
  headline: document.querySelector("#headline").innerText,
  lang: document.documentElement.lang,
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("journeys")
    publish(folder, FIRST, "doc-a", shell=True)
    publish(folder, SECOND, "doc-b", "2026-02-20", shell=True)
    with serve(folder) as address:
        yield address


@pytest.fixture
def page(browser):
    context = browser.new_context(**DESKTOP, locale="en-GB")
    yield context.new_page()
    context.close()


def ready(page, url: str):
    page.goto(url)
    page.wait_for_selector(READY)
    page.wait_for_function(
        "() => document.querySelector('#panel').hidden || document.querySelector('#panel').innerText.length > 40"
    )
    page.wait_for_timeout(400)
    return page


def test_the_copied_link_shows_the_same_in_a_fresh_browser(browser, page, address):
    ready(page, f"{address}/?{VIEW}")
    seen = page.evaluate(SEEN)
    page.click("#share")
    copied = page.input_value("#share-link")
    assert "v=1" in copied
    other = browser.new_context(**DESKTOP, locale="kk-KZ")
    assert ready(other.new_page(), copied).evaluate(SEEN) == seen
    other.close()


def test_the_short_link_shows_the_same_in_a_fresh_browser(browser, page, address):
    ready(page, f"{address}/?{VIEW}")
    seen = page.evaluate(SEEN)
    page.click("#share")
    page.click("#share-short")
    page.wait_for_selector("#share-short-link")
    short = page.input_value("#share-short-link")
    assert "/s/" in short
    other = browser.new_context(**DESKTOP)
    assert ready(other.new_page(), short).evaluate(SEEN) == seen
    other.close()


def test_a_frozen_link_keeps_its_figures_and_says_what_changed(page, address):
    ready(page, f"{address}/?layers=gas&edition=1&place=KZ-61&lang=en")
    assert "85.5" in page.evaluate(SEEN)["fills"]["KZ-61"][1]
    page.click(".frozen summary")
    assert page.locator(".frozen .changes li").count() == len(SECOND)
    assert "87.1" in page.inner_text(".frozen .changes")
    page.click(".frozen a.button")
    page.wait_for_url("**/?layers=gas**")
    page.wait_for_selector(READY)
    assert "edition=" not in page.url
    assert "87.1" in page.evaluate(SEEN)["fills"]["KZ-61"][1]


def test_the_share_panel_gives_the_citation(page, address):
    ready(page, f"{address}/?layers=gas&lang=en")
    page.click("#share")
    page.wait_for_selector("#share-citation")
    assert "edition=2" in page.input_value("#share-citation")


def saved_rows(page, scope, kind="csv"):
    """The rows of the file that the share panel saves for a choice of figures."""
    page.select_option("#share-figures", label=scope)
    with page.expect_download(timeout=60_000) as saved:
        page.click(f"a[download='qamtu.{kind}']")
    text = Path(saved.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_figures_of_the_view_of_a_layer_of_a_region_and_all_are_saved_from_the_share_panel(page, address):
    ready(page, f"{address}/?layers=gas~water&place=KZ-61&lang=en")
    page.click("#share")
    view, layer = saved_rows(page, "Figures behind the view"), saved_rows(page, "Gas")
    region, everything = saved_rows(page, "Turkistan Region"), saved_rows(page, "All figures")
    assert {row["indicator"] for row in view} == {"gas.population_share", "water.population_share"}
    assert {row["layer"] for row in layer} == {"gas"}
    assert all("KZ-61" in row["regions"] for row in region)
    assert {row["id"] for row in (*view, *layer, *region)} <= {row["id"] for row in everything}
    assert len(region) < len(everything)
    assert page.inner_text(".dialog.share [role=status]") == ""


def test_back_closes_the_panel_and_not_the_site(page, address):
    ready(page, f"{address}/?layers=gas&lang=en")
    length = page.evaluate("history.length")
    page.locator("path[data-region='KZ-61']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    page.wait_for_timeout(400)
    assert "place=KZ-61" in page.url
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    page.wait_for_timeout(400)
    assert page.locator("#panel").is_hidden()
    assert page.url.startswith(f"{address}/")


def test_notices_name_what_a_link_asked_for_in_vain_as_text(page, address):
    ready(page, f"{address}/?layers=gas~<b>ro</b>ads&place=KZ-99&lang=en")
    text = page.inner_text("#notices")
    assert "<b>ro</b>ads" in text
    assert "KZ-99" in text
    assert page.locator("#notices b").count() == 0
    page.click("#notices .close")
    assert page.locator("#notices").is_hidden()


def test_several_sandboxed_frames_on_another_site_work(browser, address, tmp_path):
    rest = 'sandbox="allow-scripts" width="600" height="400"'
    layers = ("gas", "water")
    frames = "".join(f'<iframe src="{address}/?embed=1&layers={layer}&lang=en" {rest}></iframe>' for layer in layers)
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Another site</title>{frames}")
    with serve_files(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(f"{elsewhere}/")
        for frame in page.frames[1:]:
            frame.wait_for_selector(READY)
            assert frame.locator("path[data-region]").count() == 20
        assert len(page.frames) == 3
        page.close()
