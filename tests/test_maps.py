"""The Folium side of the map: its elements, what they write, and the one file that works from disk."""

import gzip
import hashlib
import itertools
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import folium
import numpy as np
import pytest
from folium.map import FeatureGroup
from PIL import ImageFont
from sample_atlas import sample_atlas, sample_outlines
from serving import LAYERS_ON
from small_atlas import HOSTILE

from geo.model import LAYERS
from webapp import maps
from webapp.drawing_colours import page_palettes

STATIC = Path(maps.STATIC)
FIRST_VIEW_BYTES = 100_000  # gzip, scripts of the first view


# elements -------------------------------------------------------------------------------------------------------------


def test_four_layers_are_folium_elements_under_one_control():
    made = maps.atlas_map(sample_atlas())
    children = list(made._children.values())
    groups = [child for child in children if isinstance(child, FeatureGroup)]
    covers = [element for group in groups for element in group._children.values()]
    decks = [child for child in children if isinstance(child, maps.LayerDeck)]
    assert isinstance(made, folium.Map)
    assert [cover.layer for cover in covers if isinstance(cover, maps.CoverageLayer)] == list(LAYERS)
    assert len(decks) == 1
    assert list(decks[0].groups.values()) == groups


def test_the_shell_is_the_same_text_every_time():
    assert maps.shell_script(sample_atlas()) == maps.shell_script(sample_atlas())


def test_the_shell_gives_each_layer_its_group_and_headline():
    script = maps.shell_script(sample_atlas())
    for layer in LAYERS:
        assert f"group: group_{layer}, coverage: coverage_{layer}" in script
        assert f"coverage_{layer}.addTo(group_{layer});" in script
    assert '"headline": "gas.population_share"' in script


def test_making_a_map_leaves_folium_as_it_was():
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    maps.atlas_map(sample_atlas()).script()
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert "leaflet" in folium.Map((0, 0)).get_root().render()


def test_no_text_of_the_atlas_passes_through_folium():
    """Folium reads what it rendered as a template again: {{7*7}} would become 49."""
    hostile = sample_atlas()
    for region in hostile["regions"]:
        region["name"] = dict.fromkeys(("kk", "ru", "en"), HOSTILE)
    hostile["documents"]["turkistan-2025"]["title"] = HOSTILE
    assert maps.shell_script(hostile) == maps.shell_script(sample_atlas())


def test_outlines_are_asked_for_before_a_file_is_written(tmp_path):
    with pytest.raises(ValueError, match="outlines"):
        maps.atlas_map(sample_atlas()).save(tmp_path / "map.html")
    assert not (tmp_path / "map.html").exists()


# one file -------------------------------------------------------------------------------------------------------------


class Links(HTMLParser):
    """What a page would load, and its JSON blocks."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.blocks, self.inside = [], {}, None
        self.viewport = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in ("script", "img", "iframe", "source") and values.get("src"):
            self.loaded.append(values["src"])
        if tag == "link":
            self.loaded.append(values.get("href"))
        if tag == "meta" and values.get("name") == "viewport":
            self.viewport = values["content"]
        self.inside = values.get("id") or values.get("type") if tag == "script" else None

    def handle_data(self, data):
        if self.inside:
            self.blocks[self.inside] = self.blocks.get(self.inside, "") + data

    def handle_endtag(self, tag):
        self.inside = None


@pytest.fixture(scope="module")
def topology():
    """The sample's rectangles as TopoJSON, without quantising."""
    arcs, geometries = [], []
    for feature in sample_outlines()["features"]:
        geometries.append({"type": "Polygon", "id": feature["id"], "arcs": [[len(arcs)]]})
        arcs.append(feature["geometry"]["coordinates"][0])
    return {
        "type": "Topology",
        "objects": {"regions": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


@pytest.fixture(scope="module")
def saved(topology, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "map.html"
    atlas = sample_atlas()
    atlas["regions"][0]["name"]["en"] = f"Turkistan {HOSTILE}"
    obs = next(iter(atlas["observations"]))
    evidence = {obs: {"parts": ["Газ ", "85,5", f" {HOSTILE}"]}}
    maps.atlas_map(atlas, topology, evidence=evidence, lang="en").save(path)
    return path


def test_a_saved_map_loads_nothing(saved):
    page = Links(saved.read_text("utf-8"))
    assert page.loaded == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", saved.read_text("utf-8"), re.S))
    assert re.findall(r"url\((?!data:|#)([^)]*)\)", styles) == []


def test_a_saved_map_may_be_zoomed_on_a_phone(saved):
    assert "user-scalable" not in saved.read_text("utf-8")
    assert Links(saved.read_text("utf-8")).viewport == "width=device-width, initial-scale=1"


def test_a_saved_map_carries_texts_as_they_are(saved):
    boot = json.loads(Links(saved.read_text("utf-8")).blocks["boot"])
    assert boot["inline"]["atlas"]["regions"][0]["name"]["en"] == f"Turkistan {HOSTILE}"


def test_every_import_of_the_inlined_modules_is_in_the_import_map():
    imports = json.loads(maps.module_map())["imports"]
    assert imports.keys() == {f"qamtu/{path.name}" for path in (STATIC / "js").glob("*.js")}
    for name in imports:
        source = maps.IMPORT.sub(r"\1qamtu/\2\3", (STATIC / "js" / name.removeprefix("qamtu/")).read_text("utf-8"))
        assert set(re.findall(r'(?:from |import\()"([^"]+)"', source)) <= imports.keys()


@pytest.mark.browser
def test_a_saved_map_works_from_disk(browser, saved):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(saved.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    assert page.locator("path.region").count() == 3

    assert page.evaluate(LAYERS_ON) == ["gas"]
    page.click("#deck [data-layer=water] .chip-toggle")
    page.click("#deck [data-layer=gas] .chip-toggle")
    assert page.evaluate(LAYERS_ON) == ["water"]

    page.click("#deck [data-layer=gas] .chip-toggle")
    page.locator('path.region[data-region="KZ-61"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert HOSTILE[:40] in page.inner_text("#panel h2")
    page.wait_for_selector("#panel details.figure")
    assert page.locator("#panel img").count() == 0
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


# static files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", sorted((STATIC / "vendor").iterdir()), ids=lambda path: path.name)
def test_vendored_files_are_those_of_their_card(folder):
    card = tomllib.loads((folder / "card.toml").read_text("utf-8"))
    files = {path.name for path in folder.iterdir()} - {"card.toml"}
    assert card.keys() >= {"title", "producer", "url", "licence", "changed"}
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files} == card["sha256"]


def first_scripts():
    """The scripts that the map cannot be shown without: app.js with all it imports, theme.js and the libraries."""
    found, waiting = set(), [STATIC / "js/app.js"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [path.parent / name for name in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8"))]
    return {*found, STATIC / "js/theme.js", *(STATIC / "vendor").rglob("*.js")}


def test_scripts_of_the_first_view_stay_small():
    assert sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in first_scripts()) < FIRST_VIEW_BYTES


def test_the_font_has_every_kazakh_letter():
    font = ImageFont.truetype(str(STATIC / "vendor/source-sans-3.052/SourceSans3-Regular.ttf"), 40)
    absent = bytes(font.getmask("\U0010fffd"))
    for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё₸№≈≤≥→−":
        assert bytes(font.getmask(letter)) != absent, letter


# colours (Machado, Oliveira and Fernandes 2009, severity 1.0) ---------------------------------------------------------

SEEN_AS = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
APART = 0.1  # distance in OKLab; 0.02 is about the least one can see side by side


def oklab(colour, vision="usual"):
    """OKLab of a hex colour as an eye of that kind sees it."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return TO_LAB @ np.cbrt(TO_LMS @ np.clip(SEEN_AS[vision] @ linear, 0, 1))


@pytest.mark.parametrize("vision", SEEN_AS)
@pytest.mark.parametrize("paper", ["colour", "dark"])
def test_layers_stay_apart_for_every_eye(paper, vision):
    hues = {layer: entry[paper] for layer, entry in page_palettes()["layers"].items()}
    assert list(hues) == list(LAYERS)
    for one, other in itertools.combinations(LAYERS, 2):
        assert np.linalg.norm(oklab(hues[one], vision) - oklab(hues[other], vision)) > APART, (one, other)


@pytest.mark.parametrize("vision", SEEN_AS)
@pytest.mark.parametrize("name", page_palettes()["palettes"])
def test_palettes_keep_their_order_for_every_eye(name, vision):
    palette = page_palettes()["palettes"][name]
    for paper, sign in (("colours", -1), ("dark", 1)):
        for count, colours in palette[paper].items():
            lightness = [oklab(colour, vision)[0] for colour in colours]
            assert len(colours) == int(count)
            assert all(sign * (after - before) > 0 for before, after in itertools.pairwise(lightness)), (paper, count)


def test_style_sheets_and_palettes_name_the_same_hues():
    tokens = (STATIC / "css/tokens.css").read_text("utf-8")
    light, dark = tokens.split('[data-theme="dark"]', 1)
    for layer, entry in page_palettes()["layers"].items():
        assert f"--{layer}: {entry['colour']};" in light
        assert f"--{layer}: {entry['dark']};" in dark
