"""What the atlas knows of each region and layer, how old it is, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.model import COUNTRY
from geo.series import UNLISTED
from webapp.figures import place_name, value_of

FRESH, OLD = 1, 3  # years: up to FRESH is fresh, beyond OLD is old
INHABITED = ("city", "district", "settlement")
STATES = ("fresh", "aged", "old", "plan", "inside", "none")


def coverage_matrix(atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """``layers`` (id, label), ``rows`` (id, name, cells, missing) and ``counts`` of cells by state.

    A cell is {"layer", "state", "count", "years", "year", "age", "text", "obs", "document", "label"}: the headline's
    figure, or the newest of another measure; ``years`` are those that any figure is of ("2018, 2022–2025").
    ``state``: fresh, aged, old (by age in years against the atlas's year), plan (only plans), inside (only figures of
    places inside the region), none. ``missing`` are labels of headlines not known.
    """
    totals, years = figure_counts(atlas), figure_years(atlas)
    rows = []
    regions = [(region["id"], region["name"][lang]) for region in atlas["regions"]]
    for code, name in [(COUNTRY, place_name(atlas, COUNTRY, lang)), *sorted(regions, key=lambda item: item[1])]:
        cells = [
            {
                **coverage_cell(atlas, layer, code, totals.get((code, layer["id"]), 0), lang),
                "years": spans_of(years.get((code, layer["id"]), ())),
            }
            for layer in atlas["layers"]
        ]
        missing = [
            layer["label"][lang]
            for layer, cell in zip(atlas["layers"], cells, strict=True)
            if cell["state"] in ("none", "plan", "inside")
        ]
        rows.append({"id": code, "name": name, "cells": cells, "missing": missing})
    counts = {state: sum(cell["state"] == state for row in rows[1:] for cell in row["cells"]) for state in STATES}
    layers = [{"id": layer["id"], "label": layer["label"][lang]} for layer in atlas["layers"]]
    return {"layers": layers, "rows": rows, "counts": counts, "cells": len(regions) * len(layers)}


def figure_counts(atlas: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """How many figures of a layer speak of a region, its places and groups with others included."""
    counts: dict[tuple[str, str], int] = {}
    for entry in atlas["observations"].values():
        layer = entry["i"].split(".")[0]
        for code in entry.get("r", ()):
            counts[code, layer] = counts.get((code, layer), 0) + 1
    return counts


def figure_years(atlas: Mapping[str, Any]) -> dict[tuple[str, str], set[int]]:
    """The years that actual figures of a region and layer are of, places inside it included."""
    years: dict[tuple[str, str], set[int]] = {}
    for entry in atlas["observations"].values():
        end = entry.get("to") or atlas["documents"].get(entry["d"], {}).get("date")
        if entry["s"] == "actual" and end:
            for code in entry.get("r", ()):
                years.setdefault((code, entry["i"].split(".")[0]), set()).add(int(end[:4]))
    return years


def spans_of(years: Iterable[int]) -> str:
    """Years as text, runs drawn together: {2018, 2022, 2023, 2024} → "2018, 2022–2024"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def unplaced_things(atlas: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Zones, lines and stations that documents name and no source gives a position for, by layer and region.

    Towns, districts and villages have a seat in the gazetteer; those that it lacks are listed too.
    {"layer", "kind", "name", "place", "shown": where it stands on the map instead ("" where nowhere)}.
    """
    found = []
    for feature in atlas["features"]:
        place = atlas["places"].get(feature["place"], {})
        listed = not feature["place"].startswith(f"{UNLISTED}/")
        inhabited = listed and feature["kind"] in ("place", "mast") and place.get("kind") in INHABITED
        if inhabited or place.get("point") or feature["schematic"] or not is_proper(feature["name"]):
            continue
        regions = feature["regions"]
        found.append(
            {
                "layer": feature["layer"],
                "kind": feature["kind"],
                "name": feature["name"].get(lang) or feature["place"],
                "place": feature["place"] if place else (regions[0] if regions else COUNTRY),
                "shown": ", ".join(place_name(atlas, code, lang) for code in regions) if feature["geometry"] else "",
            }
        )
    return sorted(found, key=lambda each: (each["layer"], each["shown"], each["name"]))


def is_proper(names: Mapping[str, str]) -> bool:
    """Whether a thing has a name of its own: "an industrial zone" of a text is a kind of thing, not a name."""
    return any(letter.isupper() or letter.isdigit() for name in names.values() for letter in name)


def coverage_cell(
    atlas: Mapping[str, Any], layer: Mapping[str, Any], region: str, count: int, lang: str
) -> dict[str, Any]:
    """One cell of the matrix."""
    best = min(known_figures(atlas, layer, region), default=None)
    empty = {"layer": layer["id"], "count": count, "year": None, "age": None, "text": "", "obs": "", "label": ""}
    if best is None:
        planned = any(atlas["series"].get(code, {}).get(region, {}).get("plan") for code in layer["indicators"])
        return {**empty, "document": "", "state": "plan" if planned else "inside" if count else "none"}
    _rank, not_year, code, obs = best
    year = -not_year
    age = max(0, (atlas["year"] or year) - year)
    state = "fresh" if age <= FRESH else "aged" if age <= OLD else "old"
    label = "" if code == layer["headline"] else atlas["indicators"][code]["label"][lang]
    text, document = value_of(atlas, obs, lang), atlas["observations"][obs]["d"]
    return {
        **empty,
        "state": state,
        "year": year,
        "age": age,
        "text": text,
        "obs": obs,
        "document": document,
        "label": label,
    }


def known_figures(
    atlas: Mapping[str, Any], layer: Mapping[str, Any], region: str
) -> Iterator[tuple[int, int, str, str]]:
    """(rank, -year, indicator, figure) of the newest actual figure of each of the layer's indicators; least is best.

    The headline ranks before what is comparable with it, then what holds on (shares, totals), then flows and money.
    """
    headline = layer["headline"]
    group = atlas["indicators"].get(headline, {}).get("group")
    for code in layer["indicators"]:
        steps = atlas["series"].get(code, {}).get(region, {}).get("actual", ())
        known = max(((step[3], step[2]) for step in steps if step[3] is not None), default=None)
        if known is None:
            continue
        entry = atlas["indicators"][code]
        rank = (
            0 if code == headline else 1 if entry["group"] == group else 3 if entry["kind"] in ("flow", "money") else 2
        )
        yield rank, -known[0], code, known[1]
