"""The first screen's story: national figures read or derived, who is behind, how fresh; the card in the browser."""

import copy
import json

import pytest

from webapp.links import default_view
from webapp.story import story_of


@pytest.fixture
def atlas(app):
    """A copy of the small atlas, and the request that gives texts their language."""
    with app.test_request_context("/?lang=en"):
        from webapp.reading_store import reader

        yield copy.deepcopy(dict(reader().atlas()))


def with_shares(atlas, shares, code="gas.population_share", year=2025, document=None):
    """The atlas with these actual shares by region as its only ones of ``code``."""
    document = document or next(iter(atlas["documents"]))
    atlas["series"][code] = {}
    for region, value in shares.items():
        key = f"o-{region}"
        day = f"{year}-12-31"
        figure = {"i": code, "v": value, "q": "exact", "s": "actual", "from": day, "to": day, "r": [region]}
        atlas["observations"][key] = {**figure, "d": document, "c": 1}
        atlas["series"][code][region] = {"actual": [[year, None, key, year, 0]]}
    atlas["year"] = year
    return atlas


def layer_of(atlas, layer="gas"):
    return next(each for each in story_of(atlas, default_view(atlas), "en")["layers"] if each["id"] == layer)


SHARES = {"KZ-61": 85.5, "KZ-71": 14.1, "KZ-31": 91.3, "KZ-39": 59.6, "KZ-15": 95.6}


def test_the_countrys_figure_is_the_one_read_with_its_year_and_source(atlas):
    told = layer_of(with_shares(atlas, {**SHARES, "KZ": 62.4}))
    assert (told["headline"]["text"], told["headline"]["year"], told["headline"]["derived"]) == ("62.4%", 2025, "")
    assert told["headline"]["href"].endswith("#o-KZ")


def test_without_one_a_derived_figure_is_told_and_marked(atlas):
    made = with_shares(atlas, SHARES)
    people = {"counted": 600, "of": 1000, "as_of": "2024-08"}
    entry = {"rule": "weighted", "of": "gas.population_share", "i": "gas.population_share", "regions": ["KZ"]}
    parts = [f"o-{region}" for region in SHARES]
    more = {"year": 2025, "value": 71.23, "unit": "percent", "q": "about", "s": "actual", "parts": parts}
    made["derived"] = [{"id": "w", **entry, **more, "people": people}]
    headline = layer_of(made)["headline"]
    assert headline["text"] == "≈\u00a071.2%"
    assert "5 regions" in headline["derived"]
    assert "60%" in headline["derived"]
    assert layer_of({**made, "year": 2026})["headline"] is None, "a derived figure of another year is not told"


def test_the_lowest_three_are_told_with_how_many_regions_are_known(atlas):
    behind = layer_of(with_shares(atlas, SHARES))["behind"]
    assert (behind["kind"], behind["of"]) == ("lowest", 5)
    assert [(region["id"], region["text"]) for region in behind["regions"]] == [
        ("KZ-71", "14.1%"),
        ("KZ-39", "59.6%"),
        ("KZ-61", "85.5%"),
    ]
    assert "place=KZ-71" in behind["regions"][0]["href"]


def test_of_few_regions_and_of_old_figures_nobody_is_called_behind(atlas):
    assert layer_of(with_shares(atlas, dict(list(SHARES.items())[:3])))["behind"] is None
    old = with_shares(atlas, SHARES, year=2020)
    assert layer_of({**old, "year": 2026})["behind"] is None


def test_how_fresh_the_figures_are(atlas):
    fresh = story_of(atlas, default_view(atlas), "en")["fresh"]
    assert fresh["cells"] == 4 * len(atlas["regions"])
    assert 0 < fresh["known"] < fresh["cells"]
    assert fresh["median"] <= atlas["year"]
    assert fresh["href"].startswith("/documents/")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("query", ["place=KZ-61", "mode=table", "year=2024", "embed=1", "compare=year:2024"])
def test_the_card_stands_on_the_first_screen_only(client, lang, query):
    shown = client.get(f"/?lang={lang}").get_data(as_text=True)
    assert '<section id="story" class="story" aria-labelledby="story-title">' in shown
    elsewhere = client.get(f"/?lang={lang}&{query}").get_data(as_text=True)
    assert '<section id="story" class="story" aria-labelledby="story-title" hidden>' in elsewhere


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_card_opens_a_region_and_steps_aside(browser, served_atlas, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{served_atlas}/?lang=en")
    page.wait_for_selector("html[data-ready=yes]")
    card = page.locator("#story")
    assert card.is_visible()
    fold = page.locator("#story-fold")
    assert fold.get_attribute("aria-expanded") == json.dumps(size[0] > 1180)
    if size[0] <= 1180:
        assert not page.locator(".story-fresh").is_visible()
        top = page.locator("#maps").bounding_box()["y"]
        fold.click()
        assert page.locator("#maps").bounding_box()["y"] == pytest.approx(top, abs=1), "the map stays where it is"
    assert page.locator(".story-fresh").is_visible()
    link = page.locator(".told [data-place]").first
    place = link.get_attribute("data-place")
    link.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert f"place={place}" in page.url
    assert not card.is_visible()
    page.go_back()
    card.wait_for(state="visible")
    page.locator(".story-name[data-layer=water]").click()
    page.wait_for_selector(".story-layer.told[data-told=water]")
    assert page.locator("#deck .chip.on").first.inner_text().strip().startswith("Drinking water")
    page.close()
