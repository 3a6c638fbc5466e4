"""For notebooks and scripts: read a text, open the atlas, get a layer as a GeoDataFrame, in a line each."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

from geo.boundaries import load_regions
from geo.documents import document_from_text
from geo.gazetteer import load_gazetteer
from geo.model import Observation
from geo.pipeline import SEEDS, Atlas, atlas_of_edition, build_atlas
from geo.reading import read_document
from geo.shapes import write_topojson
from geo.store import Store


def read_text(text: str, *, date: dt.date | None = None, language: str | None = None) -> tuple[Observation, ...]:
    """The figures of a Kazakh or Russian text, each with its sentence. ``date`` is the day the text was published.

    Raises BadDocument where the text is empty or holds no letters.
    """
    return read_document(document_from_text(text, date=date, language=language), load_gazetteer()).observations


def open_atlas(data: Path | str | None = None) -> Atlas:
    """The atlas of the newest edition in a data folder (``python run.py --data DIR``), or a fresh one of the seeds.

    ``.layers["gas"]`` is a GeoDataFrame (EPSG:4326, a row a region and indicator), ``.payload`` what the map draws.
    Raises NotFound where the folder holds no edition.
    """
    if data is not None:
        with Store.open(Path(data) / "qamtu.sqlite3") as store:
            return atlas_of_edition(store, store.edition())
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "atlas.sqlite3") as store:
        return build_atlas(SEEDS, store)


def outlines(tolerance_m: int = 500) -> dict[str, Any]:
    """The region outlines as TopoJSON (EPSG:4326), for ``webapp.maps.atlas_map(atlas.payload, outlines())``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regions.topojson"
        write_topojson(load_regions(tolerance_m), path)
        return json.loads(path.read_text("utf-8"))
