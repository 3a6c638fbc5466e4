"""The atlas of an edition as one JSON value: every figure the map can show, and no sentence.

The shape is the contract of docs/architecture.md, "The atlas of an edition". Coordinates are EPSG:4326, degrees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.breaks import class_breaks
from geo.catalogue import Catalogue
from geo.derived import derived_figures
from geo.document_dates import document_date
from geo.errors import UnmatchedNames
from geo.features import map_features
from geo.gazetteer import Gazetteer
from geo.mentions import find_mentions
from geo.model import COUNTRY, LANGUAGES, Document, Edition, Observation
from geo.people import derived_from_people
from geo.place_tables import Place
from geo.population import Population
from geo.series import Step, due_year, is_own_figure, is_state, place_key, region_series, year_of
from geo.vintages import Vintage, settle_outlines

SCHEMA = 1
EARLIEST = 1991  # the country's first year
HORIZON = 40  # years ahead that the slider reaches; a plan beyond is listed, and shown until then
STATED = ("stated", "given")


def build_atlas_json(
    edition: Edition,
    documents: Mapping[str, Document],
    observations: Sequence[Observation],
    *,
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    regions: Sequence[Mapping[str, Any]],
    vintages: Sequence[Vintage] = (),
    population_source: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The atlas of ``edition``.

    ``documents`` come with their texts, in which features without figures are found; ``regions`` are the entries of
    the contract: id, name, kind, point, bbox, area_km2, population; ``population_source`` tells where those
    numbers of people are from. Raises ``UnmatchedNames`` where an observation names a region that has no shape.
    """
    check_regions(observations, [region["id"] for region in regions])
    settled, outlines = settle_outlines(observations, documents, vintages)
    series = region_series(settled, documents, catalogue)
    features = map_features(observations, documents, gazetteer, find_mentions(documents.values(), gazetteer))
    today = edition.published.year
    years = [year for year in atlas_years(settled, documents, catalogue) if EARLIEST <= year <= today + HORIZON]
    return {
        "schema": SCHEMA,
        "edition": edition.number,
        "published": _utc(edition.published),
        "hash": edition.content_hash,
        "years": list(range(years[0], years[-1] + 1)) if years else [],
        "year": latest_actual_year(settled, documents, catalogue, today),
        "layers": _layers(observations, catalogue),
        "indicators": _indicators(series, observations, catalogue),
        "units": {code: dict(unit.forms) for code, unit in catalogue.units.items()},
        "regions": list(regions),
        "population": dict(population_source) if population_source else None,
        "observations": {o.id: _observation(o) for o in observations},
        "series": _series(series),
        "shared": _shared(settled, outlines),
        "derived": [
            *derived_figures(settled, documents, catalogue),
            *derived_from_people(series, _people(regions), [year for year in years if year <= today], catalogue),
        ],
        "features": features,
        "places": _places(observations, features, gazetteer),
        "documents": {key: _document(document) for key, document in documents.items()},
        "vintages": [vintage.as_json() for vintage in vintages],
    }


def check_regions(observations: Iterable[Observation], known: Iterable[str]) -> None:
    """Raise ``UnmatchedNames`` naming every region of a figure that is not among ``known`` (nor the country)."""
    allowed = {*known, COUNTRY}
    lost = sorted({code for o in observations for code in o.regions if code not in allowed})
    if lost:
        raise UnmatchedNames(
            f"Figures name regions without a shape: {', '.join(lost)}. Allowed: {', '.join(sorted(allowed))}. "
            "Correct the figures, or add an alias with its reason to seeds/places.",
            names=lost,
        )


def atlas_years(
    observations: Iterable[Observation], documents: Mapping[str, Document], catalogue: Catalogue
) -> list[int]:
    """Every year a figure is of or due in, ascending; empty where no figure has a year."""
    years = set()
    for observation in observations:
        state = is_state(observation, catalogue.indicator(observation.indicator))
        year = year_of(observation, documents) if state else due_year(observation)
        if year is not None:
            years.add(year)
    return sorted(years)


def latest_actual_year(
    observations: Iterable[Observation], documents: Mapping[str, Document], catalogue: Catalogue, today: int
) -> int | None:
    """The latest year up to ``today`` that an actual figure is of; None where there is none."""
    actual = [o for o in observations if is_state(o, catalogue.indicator(o.indicator))]
    years = [year for o in actual if (year := year_of(o, documents)) is not None and EARLIEST <= year <= today]
    return max(years, default=None)


def _layers(observations: Sequence[Observation], catalogue: Catalogue) -> list[dict[str, Any]]:
    present = {o.indicator for o in observations}
    return [
        {
            "id": layer.id,
            "headline": layer.headline,
            "label": dict(layer.label),
            "indicators": [i.code for i in catalogue.of_layer(layer.id) if i.code in present],
        }
        for layer in catalogue.layers.values()
    ]


def _indicators(
    series: Mapping[str, Mapping[str, Mapping[str, list[Step]]]],
    observations: Sequence[Observation],
    catalogue: Catalogue,
) -> dict[str, Any]:
    """Indicators with data, and the headlines in any case: a layer without figures still has a legend."""
    present = {o.indicator for o in observations} | {layer.headline for layer in catalogue.layers.values()}
    entries = {}
    for code, indicator in catalogue.indicators.items():
        if code not in present:
            continue
        values = [
            step.observation.value
            for region, steps in series.get(code, {}).items()
            if region != COUNTRY
            for step in (*steps.get("actual", ()), *steps.get("plan", ()))
            if step.observation.currency in (None, indicator.unit)
        ]
        entries[code] = {
            "layer": indicator.layer,
            "unit": indicator.unit,
            "kind": indicator.kind,
            "label": dict(indicator.label),
            "long": dict(indicator.long),
            "unit_label": dict(catalogue.units[indicator.unit].label),
            "counts": indicator.counts,
            "group": indicator.group or code,
            "better": indicator.better,
            "carries": indicator.carries,
            "breaks": class_breaks(values, indicator.kind),
        }
    return entries


def _observation(o: Observation) -> dict[str, Any]:
    entry = {
        "i": o.indicator,
        "v": o.value,
        "lo": o.low,
        "hi": o.high,
        "q": o.qualifier,
        "s": o.status,
        "from": _day(o.period.start) if o.period else None,
        "to": _day(o.period.end) if o.period else None,
        "r": list(o.regions),
        "p": place_key(o) or None,
        "d": o.document,
        "c": round(o.confidence, 3),
        "cur": o.currency,
        "inf": sorted({reason.split(":", 1)[0].strip() for reason in o.inferred}) or None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _people(regions: Iterable[Mapping[str, Any]]) -> dict[str, Population]:
    """The population by region code, of the regions whose entry tells it."""
    told = {region["id"]: region["population"] for region in regions if region.get("population")}
    return {code: Population(code, each["people"], each["as_of"]) for code, each in told.items()}


def _series(series: Mapping[str, Mapping[str, Mapping[str, list[Step]]]]) -> dict[str, Any]:
    return {
        code: {
            region: {
                key: [[s.start, s.end, s.observation.id, s.year, len(s.conflicts)] for s in found]
                for key, found in steps.items()
            }
            for region, steps in by_region.items()
        }
        for code, by_region in series.items()
    }


def _shared(observations: Iterable[Observation], outlines: Mapping[str, str]) -> list[dict[str, Any]]:
    """One figure of several regions together, or of an outline that has been parted since."""
    entries = []
    for o in observations:
        if len(o.regions) > 1 and is_own_figure(o):
            entry = {"i": o.indicator, "regions": list(o.regions), "obs": o.id}
            if o.id in outlines:
                entry["outline"] = outlines[o.id]
            entries.append(entry)
    return sorted(entries, key=lambda e: (e["i"], e["regions"], e["obs"]))


def _places(
    observations: Iterable[Observation], features: Iterable[Mapping[str, Any]], gazetteer: Gazetteer
) -> dict[str, Any]:
    """Every place that a figure or a feature is about."""
    named = (gazetteer.get(feature["place"]) for feature in features)
    entries = {place.id: place_entry(place) for place in named if place is not None}
    for o in observations:
        if o.place is None or not place_key(o):
            continue
        known = gazetteer.get(o.place.id)
        region = o.regions[0] if len(o.regions) == 1 else ""
        entries[place_key(o)] = place_entry(known) if known is not None else unknown_place_entry(o, region)
    return dict(sorted(entries.items()))


def place_entry(place: Place) -> dict[str, Any]:
    """A place of the gazetteer as the atlas carries it; ``point`` is [lon, lat] or None."""
    return {
        "name": {language: place.name(language) for language in LANGUAGES},
        "kind": place.kind,
        "region": place.region,
        "point": list(place.point) if place.point else None,
    }


def unknown_place_entry(o: Observation, region: str) -> dict[str, Any]:
    """A place that only its document names: kept and listed under its region, never given a position."""
    assert o.place is not None
    return {"name": dict.fromkeys(LANGUAGES, o.place.name), "kind": o.place.kind, "region": region, "point": None}


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title or document.id,
        "publisher": document.publisher,
        "date": document_date(document),
        "inferred": document.date is not None and document.date_basis not in STATED,
        "language": document.language,
        "url": document.url,
        "kind": document.kind,
        "source_title": document.card.get("source_title", ""),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
