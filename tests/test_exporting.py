"""Exports opened again by pandas, geopandas and openpyxl: the same figures, harmless cells, shapes in place."""

from __future__ import annotations

import csv
import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import load_workbook

from geo.errors import BadInput
from geo.exporting import FORMATS, columns, data_dictionary, frame_of, level_of, rows_of, write_export
from geo.gazetteer import load_gazetteer
from geo.model import Document, Edition, Observation, Period, PlaceRef

HOSTILE = '=cmd|"/c calc"!A1 деген 5 ауыл'
YEAR = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
EDITION = Edition(3, dt.datetime(2026, 1, 31, tzinfo=dt.UTC), "ab" * 32, "", 4)


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.fixture(scope="module")
def documents():
    card = {"source_title": "Газ туралы"}
    return {
        "d": Document("d", HOSTILE, "Т", "Баспа", dt.date(2025, 11, 1), "inferred", "kk", "https://e.kz/1", card=card)
    }


@pytest.fixture(scope="module")
def observations(gazetteer):
    def one(id_, value, regions, place=None, quote="5 ауыл", **more):
        return Observation(
            id_, "d", "gas", "gas.settlements", value, "settlements", "exact", "actual", regions, quote, (0, 5), (0, 1),
            period=YEAR, place=place, confidence=0.9, **more,
        )  # fmt: skip

    inside = next(p for p in gazetteer.places.values() if p.kind == "district" and p.region == "KZ-61" and p.lon)
    return [
        one("o1", 563, ("KZ-61",)),
        one("o2", 0.5, ("KZ-61",), PlaceRef(inside.id, inside.name_kk, "district"), quote=HOSTILE),
        one("o3", 200, ("KZ-15", "KZ-31")),
        one("o4", 7, ()),
    ]


@pytest.fixture(scope="module")
def rows(observations, documents, gazetteer):
    return rows_of(observations, documents, EDITION, gazetteer)


def test_levels_are_told_apart(observations):
    assert [level_of(o) for o in observations] == ["region", "inside_region", "several_regions", "unknown"]


def test_rows_carry_the_evidence(rows):
    assert rows[0]["sentence"] == "5 ауыл"
    assert rows[0]["date_inferred"] is True
    assert "«Газ туралы», Баспа, 2025-11-01, https://e.kz/1" in rows[0]["citation"]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_figures_back(kind, tmp_path, observations, documents, gazetteer, rows):
    path = tmp_path / f"figures.{kind}"
    write_export(path, kind, observations, documents, EDITION, gazetteer)
    if kind == "csv":
        table = pd.read_csv(path, encoding="utf-8-sig")
    elif kind == "xlsx":
        table = pd.read_excel(path, sheet_name="figures")
    elif kind == "parquet":
        table = gpd.read_parquet(path)
    else:
        table = gpd.read_file(path, engine="pyogrio")
    table = table.set_index("id")
    assert {id_: table.value[id_] for id_ in table.index} == {row["id"]: row["value"] for row in rows}
    assert table.indicator_kk["o1"] == rows[0]["indicator_kk"]
    assert table.sentence["o2"].removeprefix("'") == HOSTILE
    if hasattr(table, "geometry"):
        assert table.crs.to_epsg() == 4326
        assert {id_: shape and shape.geom_type for id_, shape in table.geometry.items()}["o2"] == "Point"


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path, observations, documents, gazetteer):
    for kind in ("csv", "xlsx"):
        write_export(tmp_path / f"f.{kind}", kind, observations, documents, EDITION, gazetteer)
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for line in csv.reader(file) for cell in line if cell.startswith(("=", "+", "@"))]
    sheet = load_workbook(tmp_path / "f.xlsx")["figures"]
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_shapes_are_outlines_of_the_regions_and_points_of_places(rows, observations, gazetteer):
    frame = frame_of(rows, observations, gazetteer).set_index("id")
    assert frame.geometry["o1"].covers(frame.geometry["o2"])
    assert frame.geometry["o3"].geom_type in ("Polygon", "MultiPolygon")
    assert frame.geometry["o4"] is None


def test_the_dictionary_explains_every_column_in_each_language(rows):
    for language in ("kk", "ru", "en"):
        lines = data_dictionary(language)
        assert [line[0] for line in lines] == [c.name for c in columns()] == list(rows[0])
        assert all(all(line) for line in lines)


def test_an_unknown_format_names_those_there_are(tmp_path, observations, documents, gazetteer):
    with pytest.raises(BadInput, match="csv, xlsx, geojson, gpkg, fgb, parquet"):
        write_export(tmp_path / "f.doc", "doc", observations, documents, EDITION, gazetteer)
    assert not list(tmp_path.iterdir())
