"""What lies around the figures on a desktop and a phone: backdrop, names, scale, full screen, position, districts."""

import shutil
import tomllib
from pathlib import Path

import pytest
from serving import boxes_of, serve

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[1]
DISTRICTS_2024 = ROOT.parent / "shared" / "boundaries" / "kaz_admbnda_adm2_2024.shp"
NAMES = tomllib.loads((ROOT / "seeds" / "backdrop" / "names.toml").read_text("utf-8"))
OIYL = 'path[data-district="district/oiyl"]'


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_neighbours_lakes_and_rivers_are_named_in_the_readers_language(explore, lang):
    page = explore(f"lang={lang}&layers=gas&view=6.2/45.50/78.00")
    page.wait_for_selector("#map .ground-lake", state="attached")
    for kind in ("land", "border", "sea", "lake", "river"):
        assert page.locator(f"#map .ground-{kind}").count() >= 1, kind
    written = set(page.locator("#map .water-name").all_text_contents())
    known = {entry[lang] for kind in ("water", "river") for entry in NAMES[kind].values()}
    assert written
    assert written <= known
    page = explore(f"lang={lang}&layers=gas&view=4.0/44.00/66.00")
    page.wait_for_selector("#map .ground-name", state="attached")
    assert set(page.locator("#map .ground-name").all_text_contents()) <= {
        entry[lang] for entry in NAMES["country"].values()
    }


def test_the_country_stands_whole_between_what_covers_the_map(explore):
    page = explore("lang=kk&layers=gas~water&year=2025")
    window, foot = page.viewport_size, page.locator("#timeline").bounding_box()["y"]
    regions = boxes_of(page, "#map path[data-region]")
    assert len(regions) == 20
    for left, _, right, bottom in regions:
        assert left >= 0
        assert right <= window["width"]
        assert bottom <= foot


def test_the_scale_bar_says_kilometres_and_stands_free(explore):
    page = explore("lang=ru&layers=gas")
    scale = page.locator(".leaflet-control-scale-line")
    assert scale.count() == 1
    assert scale.inner_text().endswith("км")
    box = scale.bounding_box()
    for part in ("#timeline", "#legend", ".zoom"):
        other = page.locator(part).bounding_box()
        apart = box["x"] >= other["x"] + other["width"] or other["x"] >= box["x"] + box["width"]
        assert apart or box["y"] >= other["y"] + other["height"] - 1 or other["y"] >= box["y"] + box["height"] - 1, part


def tool(page, name):
    """A tool of the map; on a phone it stands in the menu of the page."""
    page.locator("body").press("Shift")  # somebody is there: tools are fetched now
    page.wait_for_selector(name, state="attached")
    if page.locator(name).is_hidden():
        page.locator(".more-pages summary").click()
    return page.locator(name)


def test_full_screen_and_back(explore):
    page = explore("lang=en&layers=gas")
    tool(page, "#full-screen").click()
    page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_selector("#full-screen[aria-pressed=false]", state="attached")


def test_the_position_is_asked_for_only_when_wanted(explore):
    spy = "navigator.geolocation.getCurrentPosition = (...all) => { window.asked = (window.asked ?? 0) + 1; };"
    page = explore("lang=en&layers=gas", permissions=["geolocation"])
    page.evaluate(f"() => {{ {spy} }}")
    button = tool(page, "#my-region")
    page.wait_for_timeout(300)
    assert page.evaluate("window.asked ?? 0") == 0
    button.click()
    assert page.evaluate("window.asked") == 1


def test_my_region_opens_around_the_position(explore):
    place = {"longitude": 50.2, "latitude": 51.2}
    page = explore("lang=en&layers=gas", permissions=["geolocation"], geolocation=place)
    tool(page, "#my-region").click()
    page.wait_for_selector("#panel h2")
    assert page.inner_text("#panel h2") == "West Kazakhstan Region"


def test_tiles_are_not_there_unless_the_server_names_them(explore):
    page = explore("lang=en&layers=gas")
    tool(page, "#my-region")
    assert page.locator("#tiles").count() == 0
    assert page.locator("#map .leaflet-tile").count() == 0


# districts of the owner's own file


@pytest.fixture(scope="module")
def with_districts(real_folder, tmp_path_factory):
    """The address of a server whose owner has imported districts."""
    if not DISTRICTS_2024.exists():
        pytest.skip("../shared/boundaries is not beside this checkout")
    from geo.boundaries import import_districts
    from geo.districts import keep_districts

    folder = tmp_path_factory.mktemp("districts") / "data"
    shutil.copytree(real_folder, folder)
    keep_districts(import_districts(DISTRICTS_2024), folder)
    with serve(folder) as address:
        yield address


def test_districts_are_switched_on_and_kept_in_the_link(explore, with_districts):
    page = explore("lang=en&layers=gas&gas=coverage_share&year=2025", address=with_districts)
    page.wait_for_selector("#districts")
    assert page.locator("path.district").count() == 0
    assert page.get_attribute("#districts", "aria-pressed") == "false"
    page.click("#districts")
    page.wait_for_function("() => document.querySelectorAll('path.district').length > 200")
    page.wait_for_function("() => new URLSearchParams(location.search).get('districts') === '1'")
    page.reload()
    page.wait_for_function("() => document.querySelectorAll('path.district').length > 200")
    assert page.get_attribute("#districts", "aria-pressed") == "true"
    page.click("#districts")
    page.wait_for_function("() => !new URLSearchParams(location.search).has('districts')")
    assert page.locator("path.district").count() == 0


def test_a_district_wears_its_own_figure_and_opens_it(explore, with_districts, real_atlas):
    page = explore("lang=en&layers=gas&gas=coverage_share&year=2025&districts=1", address=with_districts)
    page.wait_for_selector(OIYL, state="attached")
    own = {
        entry["s"]: entry["v"]
        for entry in real_atlas["observations"].values()
        if entry.get("p") == "district/oiyl" and entry["i"] == "gas.coverage_share"
    }
    label = page.get_attribute(OIYL, "aria-label")
    assert f"{own['actual']:g}%" in label
    assert f"plan {own['planned']:g}%" in label
    told = page.locator("path.district.told").count()
    page.locator(".segment", has_text="Actual").click()
    assert "plan" not in page.get_attribute(OIYL, "aria-label")
    page.locator(".segment", has_text="Planned").click()
    assert page.get_attribute(OIYL, "fill").startswith("url(#texture-planned-"), "as a region that is only planned"
    page.locator(".segment", has_text="Both").click()
    page.click("#deck [data-layer=gas] .chip-toggle")
    page.wait_for_function("told => document.querySelectorAll('path.district.told').length !== told", arg=told)
    page.click("#deck [data-layer=gas] .chip-toggle")
    page.locator(OIYL).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert "Oiyl" in page.inner_text("#panel")


def test_districts_lie_on_both_maps_of_a_comparison(explore, with_districts):
    query = "lang=en&layers=gas&gas=coverage_share&year=2025&districts=1&compare=year:2019&show=actual"
    page = explore(query, address=with_districts)
    page.wait_for_function("() => document.querySelectorAll('#second path.district').length > 200")
    assert page.locator(f"#map {OIYL}").count() == 1
    assert page.locator(f"#second {OIYL}").count() == 0, "nothing was known of it then"


def test_a_link_with_districts_opens_where_there_are_none(explore):
    page = explore("lang=en&layers=gas&districts=1")
    assert page.locator("#districts").count() == 0
    assert page.locator("#notices").is_hidden()
