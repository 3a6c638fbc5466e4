"""Figures joined with the shapes of regions: one GeoDataFrame a layer, and beside it what belongs to no single region.

Coordinates are EPSG:4326, degrees. A code without a shape is an error, never a silent gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.catalogue import Catalogue, load_catalogue
from geo.errors import BadInput
from geo.layers import check_regions
from geo.model import COUNTRY, LANGUAGES, Document, Observation
from geo.population import Population
from geo.series import Step, is_own_figure, region_series
from geo.shapes import require_4326
from geo.vintages import Vintage

REGION_COLUMNS = ("id", *(f"name_{language}" for language in LANGUAGES), "kind", "geometry")


@dataclass(frozen=True, slots=True)
class Apart:
    """Figures of a layer that are no single region's own."""

    country: tuple[Observation, ...]
    shared: tuple[Observation, ...]  # several regions together
    inside: tuple[Observation, ...]  # a place within a region
    nowhere: tuple[Observation, ...]  # the text does not tell where


def layer_frame(
    layer: str,
    observations: Iterable[Observation],
    regions_4326: gpd.GeoDataFrame,
    *,
    documents: Mapping[str, Document] | None = None,
    year: int | None = None,
    catalogue: Catalogue | None = None,
) -> gpd.GeoDataFrame:
    """One row per region and indicator of ``layer`` that has a figure, in EPSG:4326; regions without one get no value.

    Columns: region (ISO 3166-2), name_kk, name_ru, name_en, kind, indicator, value, low, high, unit, currency,
    qualifier, status, year (of the figure, or due), period_start, period_end, observation, document, quote, conflicts
    (ids of figures that disagree), geometry. ``year``: what held in that year; by default the newest actual figure, a
    plan only where there is none. Figures of the country, of several regions and of places inside are in ``apart``;
    ``geo.vintages.settle_outlines`` beforehand turns those of a parted region into shared ones.

    Raises ``UnmatchedNames`` for codes without a shape, ``CrsMismatch`` for other coordinates, ``BadInput`` for an
    unknown layer.
    """
    known = catalogue or load_catalogue()
    indicators = [indicator.code for indicator in known.of_layer(layer)]
    regions = _check_regions_frame(regions_4326)
    mine = [o for o in observations if o.layer == layer]
    check_regions(mine, regions["id"])
    series = region_series(mine, documents or {}, known)
    rows = [
        _row(region, code, _step_of(series[code].get(region["id"], {}), year), known)
        for code in indicators
        if any(key != COUNTRY for key in series.get(code, {}))
        for region in regions.to_dict("records")
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=COLUMNS), geometry="geometry", crs=regions.crs)


COLUMNS = (
    *("region", "name_kk", "name_ru", "name_en", "kind", "indicator"),
    *("value", "low", "high", "unit", "currency", "qualifier", "status", "year", "period_start", "period_end"),
    *("observation", "document", "quote", "conflicts", "geometry"),
)


def apart(layer: str, observations: Iterable[Observation]) -> Apart:
    """The figures of a layer that ``layer_frame`` leaves out, by why."""
    mine = [o for o in observations if o.layer == layer]
    own = [o for o in mine if is_own_figure(o)]
    return Apart(
        country=tuple(o for o in own if o.regions == (COUNTRY,)),
        shared=tuple(o for o in own if len(o.regions) > 1),
        inside=tuple(o for o in mine if not is_own_figure(o)),
        nowhere=tuple(o for o in own if not o.regions),
    )


def region_entries(
    regions_4326: gpd.GeoDataFrame, population: Mapping[str, Population] | None = None
) -> list[dict[str, Any]]:
    """The ``regions`` of atlas.json: names, label point and bounds in degrees, area in km2, people where known."""
    frame = _check_regions_frame(regions_4326)
    boxes = frame.geometry.bounds.round(5)
    return [
        {
            "id": row["id"],
            "name": {language: row[f"name_{language}"] for language in LANGUAGES},
            "kind": row["kind"],
            "point": [round(float(row["lon"]), 5), round(float(row["lat"]), 5)],
            "bbox": [float(value) for value in box],
            "area_km2": round(float(row["area_km2"])),
            "population": _people((population or {}).get(row["id"])),
        }
        for row, box in zip(frame.to_dict("records"), boxes.to_numpy(), strict=True)
    ]


def _people(population: Population | None) -> dict[str, Any] | None:
    return {"people": population.people, "as_of": population.as_of} if population is not None else None


def vintage_entries(vintages: gpd.GeoDataFrame) -> list[Vintage]:
    """Older outlines, as ``geo.boundaries.load_vintages`` gives them, without their shapes."""
    return [
        Vintage(
            id=row["id"],
            name={language: row[f"name_{language}"] for language in LANGUAGES},
            until=row["until"],
            regions=tuple(row["regions"]),
            heir=row["shares_name"] or "",
        )
        for row in vintages.to_dict("records")
    ]


def _check_regions_frame(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    missing = [name for name in REGION_COLUMNS if name not in regions.columns]
    if missing:
        raise BadInput(f"The shapes of the regions lack the columns {', '.join(missing)}; see geo.boundaries.")
    require_4326(regions, "the shapes of the regions")
    if regions["id"].duplicated().any():
        raise BadInput("The shapes of the regions name a region twice; each needs one row.")
    return regions


def _step_of(steps: Mapping[str, Sequence[Step]], year: int | None) -> Step | None:
    """What holds in ``year`` (None: the newest): an actual figure before a plan."""
    for key in ("actual", "plan"):
        holding = [s for s in steps.get(key, ()) if year is None or s.start <= year <= (s.end or year)]
        if holding:
            return holding[-1]
    return None


def _row(region: Mapping[str, Any], code: str, step: Step | None, catalogue: Catalogue) -> dict[str, Any]:
    row: dict[str, Any] = {
        "region": region["id"],
        **{name: region[name] for name in REGION_COLUMNS if name != "id"},
        "indicator": code,
        "unit": catalogue.indicator(code).unit,
        "conflicts": (),
    }
    if step is None:
        return row
    o = step.observation
    values = {name: getattr(o, name) for name in ("value", "low", "high", "currency", "qualifier", "status")}
    period = {"period_start": o.period.start, "period_end": o.period.end} if o.period else {}
    evidence = {"observation": o.id, "document": o.document, "quote": o.quote}
    return {**row, **values, **period, **evidence, "year": step.year, "conflicts": tuple(c.id for c in step.conflicts)}
