"""OGC API Features read by a real client: GDAL's OAPIF driver through pyogrio, the server in its own process."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import geopandas as gpd
import pyogrio
import pytest
from published import FIRST, publish
from serving import serve

from geo.boundaries import load_regions
from webapp.ogc_features import COLLECTIONS


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The address of /ogc over a small published edition."""
    data = tmp_path_factory.mktemp("ogc")
    publish(data, FIRST, "doc-a")
    with serve(data) as address:
        yield f"{address}/ogc"


def _get(address):
    with urllib.request.urlopen(address) as answer:
        return json.loads(answer.read())


def test_gdal_lists_the_collections(service):
    found = {name for name, _ in pyogrio.list_layers(f"OAPIF:{service}/")}
    assert found == set(COLLECTIONS)


def test_gdal_reads_figures_with_their_sentences_on_the_outlines(service):
    frame = gpd.read_file(f"OAPIF:{service}/", layer="gas", engine="pyogrio")
    shares = frame[frame.indicator == "gas.population_share"].set_index("region")
    assert shares.value.to_dict() == {"KZ-61": 85.5, "KZ-33": 56.5, "KZ-71": 97}
    assert shares.sentence["KZ-61"] == "gas.population_share 85.5"
    outlines = load_regions(500).set_index("id").geometry
    assert shares.geometry["KZ-61"].normalize().equals_exact(outlines["KZ-61"].normalize(), 1e-4)


def test_gdal_pages_through_and_filters_by_box(service):
    everything = gpd.read_file(f"OAPIF:{service}/", layer="figures", engine="pyogrio", PAGE_SIZE=3)
    assert len(everything) == len(FIRST)
    turkistan = load_regions(500).set_index("id").geometry["KZ-61"].bounds
    inside = gpd.read_file(f"OAPIF:{service}/", layer="gas", engine="pyogrio", bbox=turkistan)
    assert set(inside.region) == {"KZ-61"}


def test_a_property_filters_and_one_feature_has_its_address(service):
    found = _get(f"{service}/collections/figures/items?indicator=industry.zones")
    assert found["numberMatched"] == 2
    one = found["features"][0]
    assert _get(f"{service}/collections/figures/items/{one['id']}")["properties"]["value"] == one["properties"]["value"]


@pytest.mark.parametrize("path", ["/collections/roads/items", "/collections/gas/items/nothing"])
def test_what_is_not_there_answers_404(service, path):
    with pytest.raises(urllib.error.HTTPError) as error:
        _get(service + path)
    assert error.value.code == 404


def test_html_is_not_offered(service):
    with pytest.raises(urllib.error.HTTPError) as error:
        _get(f"{service}/collections?f=html")
    assert error.value.code == 400


def test_a_browser_gets_json(service):
    asked = urllib.request.Request(f"{service}/", headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Type"].startswith("application/json")
