"""Downloads over the web: made in a process of its own, kept, the same figures as the interface gives."""

from __future__ import annotations

import csv
import io
import sys
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import pandas as pd
import pytest
from published import FIRST, SECOND, open_store, publish

from geo.exporting import FORMATS, columns
from webapp import create_app, exports


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    data = tmp_path_factory.mktemp("exports")
    publish(data, FIRST, "doc-a")
    publish(data, SECOND, "doc-b", "2026-02-20")
    settings, store = open_store(data)
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "WAIT_SECONDS", 120)  # a busy machine makes any export a long one
        yield create_app(settings).test_client()


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_a_spreadsheet_holds_what_the_interface_gives(client):
    asked = "?layer=water&inside=1"
    exported = {row["id"]: float(row["value"]) for row in rows(client.get(f"/api/v1/export.csv{asked}"))}
    shown = client.get(f"/api/v1/observations{asked}&limit=1000").get_json()["observations"]
    assert exported == {o["id"]: o["value"] for o in shown}
    assert exported


def test_every_format_is_offered_and_opens(client, tmp_path):
    for kind in FORMATS:
        answer = client.get(f"/api/v1/export.{kind}?layer=industry")
        assert answer.status_code == 200, kind
        assert f"qamtu-industry-edition-2.{kind}" in answer.headers["Content-Disposition"]
        path = tmp_path / f"x.{kind}"
        path.write_bytes(answer.get_data())
    assert set(gpd.read_file(tmp_path / "x.gpkg").value) == {20, 7}


def test_a_frozen_export_stays_what_it_was(client):
    first = client.get("/api/v1/export.csv?edition=1")
    assert len(rows(first)) == len(FIRST)
    assert "immutable" in first.headers["Cache-Control"]
    assert client.get("/api/v1/export.csv?edition=1").get_data() == first.get_data()
    assert len(rows(client.get("/api/v1/export.csv"))) == len(FIRST) + len(SECOND)


def test_a_large_export_says_how_long_it_has_been_in_the_making(client, monkeypatch):
    monkeypatch.setattr(exports, "WAIT_SECONDS", 0.01)
    address = "/api/v1/export.xlsx?indicator=gas.population_share~water.population_share"
    first = client.get(address)
    assert first.status_code == 202
    assert first.get_json()["seconds"] >= 0
    assert first.headers["Retry-After"]
    assert client.head(address).status_code == 202
    monkeypatch.setattr(exports, "WAIT_SECONDS", 120)
    made = client.get(address)
    assert made.status_code == 200
    frame = pd.read_excel(io.BytesIO(made.get_data()))
    assert set(frame.indicator) == {"gas.population_share", "water.population_share"}


def test_many_at_once_share_one_process(client):
    def get(_):
        return client.application.test_client().get("/api/v1/export.xlsx?layer=gas").status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(get, range(6))) == {200}


def test_the_server_imports_no_geopandas_for_it():
    import subprocess

    code = "import sys, webapp.exports, webapp.feeds; sys.exit('geopandas' in sys.modules or 'folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/export.doc", 404),
        ("/api/v1/export.csv?layer=roads", 400),
        ("/api/v1/export.csv?limit=3", 400),
        ("/api/v1/export.csv?edition=99", 404),
        ("/api/v1/data-dictionary?lang=fr", 400),
    ],
)
def test_what_is_not_understood_is_named(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]


def test_the_dictionary_names_every_column(client):
    found = client.get("/api/v1/data-dictionary?lang=ru").get_json()["columns"]
    assert [column["name"] for column in found] == [column.name for column in columns()]
