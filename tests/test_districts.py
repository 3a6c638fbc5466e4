"""A user's own districts: kept in the data folder, handed out, and drawn as a level with the figures of districts."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from serving import serve
from shapely.geometry import Polygon

from geo.boundaries import import_districts
from geo.districts import FOR_THE_MAP, WHOLE, keep_districts, simplified
from geo.errors import CrsMismatch

DISTRICTS_2024 = Path(__file__).resolve().parents[2] / "shared" / "boundaries" / "kaz_admbnda_adm2_2024.shp"


def two_districts(crs="EPSG:4326"):
    """Two neighbours whose common border turns every kilometre, by some 50 m."""
    border = [(68 + 0.0005 * (step % 2), 44 + step / 100) for step in range(101)]
    shapes = [Polygon([(67, 44), *border, (67, 45)]), Polygon([(69, 44), *border, (69, 45)])]
    names = {f"name_{lang}": ["а", "б"] for lang in ("kk", "ru", "en")}
    ids = ["district/a", "district/b"]
    return gpd.GeoDataFrame({"id": ids, "region": "KZ-61", "kind": "district", **names}, geometry=shapes, crs=crs)


def test_neighbours_still_meet_when_simplified():
    made = simplified(two_districts(), 500)
    assert shapely.coverage_is_valid(made.geometry.to_numpy())
    before, after = (shapely.get_num_coordinates(f.geometry.to_numpy()).sum() for f in (two_districts(), made))
    assert after < before / 4
    whole = two_districts().union_all().area
    assert made.union_all().area == pytest.approx(whole, rel=1e-4)


def test_both_files_are_kept_whole(tmp_path):
    keep_districts(two_districts(), tmp_path / "data")
    assert list(gpd.read_file(tmp_path / "data" / WHOLE)["id"]) == ["district/a", "district/b"]
    topology = json.loads((tmp_path / "data" / FOR_THE_MAP).read_text("utf-8"))
    geometries = topology["objects"]["districts"]["geometries"]
    assert [geometry["properties"]["id"] for geometry in geometries] == ["district/a", "district/b"]
    assert {path.name for path in (tmp_path / "data").iterdir()} == {WHOLE, FOR_THE_MAP}


def test_other_coordinates_are_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(CrsMismatch):
        keep_districts(two_districts("EPSG:3857"), tmp_path / "data")
    assert not (tmp_path / "data" / FOR_THE_MAP).exists()


def client_of(folder):
    from webapp import create_app
    from webapp.settings import load_settings

    return create_app(load_settings({}, data=folder)).test_client()


def boot_of(client, query=""):
    text = client.get(f"/{query}").get_data(as_text=True)
    return json.loads(text.split('id="boot">')[1].split("</script>")[0])


def test_the_map_offers_them_only_where_they_were_imported(atlas_folder, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(atlas_folder, folder)
    client = client_of(folder)
    assert client.get("/districts.topojson").status_code == 404
    assert "districts" not in boot_of(client)["data"]
    keep_districts(two_districts(), folder)
    address = boot_of(client, "?lang=ru")["data"]["districts"]  # what was answered a moment ago is given again
    answer = client.get(address)
    assert answer.get_json()["type"] == "Topology"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.browser
@pytest.mark.skipif(not DISTRICTS_2024.exists(), reason="../shared/boundaries is not beside this checkout")
def test_a_figure_of_a_district_fills_its_polygon(browser, real_folder, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(real_folder, folder)
    keep_districts(import_districts(DISTRICTS_2024), folder)
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/?gas=coverage_share&lang=en")
        page.wait_for_selector("html[data-ready=yes]")
        page.click("#districts")
        oiyl = page.locator('path[data-district="district/oiyl"]')
        oiyl.wait_for(state="attached")
        assert "47.9%" in oiyl.get_attribute("aria-label")
        neighbour = page.locator('path[data-region="KZ-15"]').get_attribute("fill")
        assert oiyl.get_attribute("fill") != neighbour, "the region keeps its own colour"
        assert page.locator("path.district").count() > 200
        oiyl.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel:not([hidden])")
        assert "place=district/oiyl" in page.url
        page.click("#districts")
        assert page.locator("path.district").count() == 0
        page.close()
