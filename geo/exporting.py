"""Figures with their evidence as files for a spreadsheet, QGIS or a notebook.

One row a figure, the columns of ``export_columns.toml``; the formats with shapes add the region's outline, or the point
of the place, in EPSG:4326. Sentence, source and citation are in every row, so that a copied row stays evidence.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.catalogue import Catalogue, load_catalogue
from geo.errors import BadInput
from geo.gazetteer import Gazetteer
from geo.model import COUNTRY, LANGUAGES, Document, Edition, Observation
from geo.records import to_record
from geo.series import is_own_figure

if TYPE_CHECKING:
    import geopandas as gpd

COLUMNS_FILE = Path(__file__).with_name("export_columns.toml")
# FlatGeobuf's index takes no figure without a shape, and none may be lost.
DRIVER_OPTIONS = {"GeoJSON": {"RFC7946": "YES"}, "FlatGeobuf": {"SPATIAL_INDEX": "NO"}}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the exports: its name, type (text, number, flag, date) and meaning by language."""

    name: str
    type: str
    meaning: Mapping[str, str]


def write_export(
    path: Path,
    kind: str,
    observations: Sequence[Observation],
    documents: Mapping[str, Document],
    edition: Edition,
    gazetteer: Gazetteer,
) -> None:
    """Write the figures to ``path`` in the format ``kind`` (a key of FORMATS); the file appears when it is whole.

    Raises BadInput for a format that is not offered, naming those that are.
    """
    if kind not in FORMATS:
        raise BadInput(f"«{kind}» is no format of the exports. Use one of {', '.join(FORMATS)}.", received=kind)
    rows = rows_of(observations, documents, edition, gazetteer)
    half = path.with_name(f".half-{path.name}")
    FORMATS[kind](half, rows, observations, gazetteer)
    half.replace(path)


def rows_of(
    observations: Iterable[Observation], documents: Mapping[str, Document], edition: Edition, gazetteer: Gazetteer
) -> list[Row]:
    """The rows of the export, one a figure, keyed by the columns' names in their order."""
    catalogue = load_catalogue()
    return [_row(o, documents[o.document], edition, gazetteer, catalogue) for o in observations]


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """The columns in their order."""
    raw = tomllib.loads(COLUMNS_FILE.read_text("utf-8"))["columns"]
    return tuple(Column(name, entry["type"], {k: entry[k] for k in LANGUAGES}) for name, entry in raw.items())


def data_dictionary(language: str) -> list[tuple[str, str, str]]:
    """Name, type and meaning of each column in ``language``."""
    if language not in LANGUAGES:
        raise BadInput(f"«{language}» is no language of the data dictionary. Use one of {', '.join(LANGUAGES)}.")
    return [(column.name, column.type, column.meaning[language]) for column in columns()]


def frame_of(rows: Sequence[Row], observations: Sequence[Observation], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """The rows with shapes, EPSG:4326: the region's or regions' outline (500 m), or the point of a place inside one.

    A place without known coordinates gets its district's or region's point and ``approximate`` true; a figure without a
    region has no shape.
    """
    import geopandas as gpd
    import pandas as pd

    shapes = _Shapes(gazetteer)
    found = [shapes.of(o) for o in observations]
    table = pd.DataFrame(rows, columns=[c.name for c in columns()])
    table["approximate"] = [approximate for _, approximate in found]
    for column in columns():
        if column.type == "number":
            table[column.name] = pd.to_numeric(table[column.name])
        elif column.type == "date":
            table[column.name] = table[column.name].astype("string")
    return gpd.GeoDataFrame(table, geometry=[shape for shape, _ in found], crs="EPSG:4326")


def level_of(observation: Observation) -> str:
    """country, region, several_regions, inside_region or unknown."""
    if not observation.regions:
        return "unknown"
    if not is_own_figure(observation):
        return "inside_region"
    if observation.regions == (COUNTRY,):
        return "country"
    return "region" if len(observation.regions) == 1 else "several_regions"


def _row(o: Observation, document: Document, edition: Edition, gazetteer: Gazetteer, catalogue: Catalogue) -> Row:
    record, indicator = to_record(o), catalogue.indicator(o.indicator)
    card = document.card
    source = card.get("source_title") or document.title
    date = document.date.isoformat() if document.date else ""
    inside = not is_own_figure(o)
    row = {name: record[name] for name in ("id", "layer", "indicator", "value", "low", "high", "unit", "currency")}
    row |= {f"indicator_{language}": indicator.label[language] for language in LANGUAGES}
    row |= {
        "edition": edition.number,
        "qualifier": o.qualifier,
        "status": o.status,
        "period_start": (record["period"] or {}).get("start"),
        "period_end": (record["period"] or {}).get("end"),
        "level": level_of(o),
        "regions": ";".join(o.regions),
        "region_names": ";".join(gazetteer.places[code].name_kk for code in o.regions),
        "place_id": o.place.id if inside and o.place else None,
        "place_name": o.place.name if inside and o.place else None,
        "place_kind": o.place.kind if inside and o.place else None,
        "sentence": o.quote,
        "document": o.document,
        "source": source,
        "publisher": document.publisher,
        "date": date or None,
        "date_inferred": document.date_basis == "inferred",
        "address": document.url or None,
        "confidence": round(o.confidence, 3),
        "inferred": "; ".join(o.inferred) or None,
        "citation": f"Qamtu, edition {edition.number} ({edition.published:%Y-%m-%d}), {o.id}; "
        + ", ".join(part for part in (f"«{source}»", document.publisher, date, document.url) if part),
    }
    return {column.name: row[column.name] for column in columns()}


def _write_csv(path: Path, rows: Sequence[Row], *_: object) -> None:
    # The mark at the start lets a spreadsheet see UTF-8; an apostrophe keeps hostile text from being a formula.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [c.name for c in columns()])
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _write_xlsx(path: Path, rows: Sequence[Row], *_: object) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)

    def add(title: str, lines: Iterable[Iterable[Any]]) -> None:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for line in lines:
            cells = []
            for value in line:
                plain = ILLEGAL_CHARACTERS_RE.sub("�", value) if isinstance(value, str) else value
                cell = WriteOnlyCell(sheet, plain)
                if isinstance(plain, str):
                    cell.data_type = "s"  # a sentence that begins with = stays a sentence
                cells.append(cell)
            sheet.append(cells)

    names = [c.name for c in columns()]
    add("figures", [names, *([row[name] for name in names] for row in rows)])
    for language in LANGUAGES:
        add(f"columns_{language}", [("column", "type", "meaning"), *data_dictionary(language)])
    book.save(path)


def _write_shapes(driver: str) -> Callable[..., None]:
    def write(path: Path, rows: Sequence[Row], observations: Sequence[Observation], gazetteer: Gazetteer) -> None:
        frame = frame_of(rows, observations, gazetteer)
        frame.to_file(path, driver=driver, engine="pyogrio", layer="figures", **DRIVER_OPTIONS.get(driver, {}))

    return write


def _write_parquet(path: Path, rows: Sequence[Row], observations: Sequence[Observation], gazetteer: Gazetteer) -> None:
    frame_of(rows, observations, gazetteer).to_parquet(path, index=False)


class _Shapes:
    """The shape of a figure; outlines are read once for all rows."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        from geo.boundaries import load_regions

        self.gazetteer = gazetteer
        self.outlines = dict(load_regions(500).set_index("id").geometry)

    @lru_cache(maxsize=256)  # noqa: B019 (lives as long as one export)
    def outline(self, codes: tuple[str, ...]):
        import shapely

        chosen = list(self.outlines.values()) if codes == (COUNTRY,) else [self.outlines[code] for code in codes]
        return chosen[0] if len(chosen) == 1 else shapely.coverage_union_all(chosen)

    def of(self, o: Observation):
        import shapely

        if is_own_figure(o) or o.place is None:
            return (self.outline(o.regions), False) if o.regions else (None, False)
        place = self.gazetteer.get(o.place.id)
        seat = self.gazetteer.get(place.district) if place and place.district else None
        for here, approximate in ((place, bool(place and place.approximate)), (seat, True)):
            if here is not None and here.lon is not None and here.lat is not None:
                return shapely.Point(here.lon, here.lat), approximate
        return (self.outline(o.regions).representative_point(), True) if o.regions else (None, True)


FORMATS: dict[str, Callable[..., None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "geojson": _write_shapes("GeoJSON"),
    "gpkg": _write_shapes("GPKG"),
    "fgb": _write_shapes("FlatGeobuf"),
    "parquet": _write_parquet,
}
