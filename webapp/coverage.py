"""What the atlas knows of each region and layer, how old it is, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from geo.model import COUNTRY
from webapp.figures import place_name, value_of

FRESH, OLD = 1, 3  # years: up to FRESH is fresh, beyond OLD is old
STATES = ("fresh", "aged", "old", "plan", "inside", "none")


def coverage_matrix(atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """``layers`` (id, label), ``rows`` (id, name, cells, missing) and ``counts`` of cells by state.

    A cell is {"layer", "state", "count", "year", "age", "text", "obs", "document", "label"}: the headline's figure, or
    the newest of another measure. ``state``: fresh, aged, old (by age in years against the atlas's year), plan (only
    plans), inside (only figures of places inside the region), none. ``missing`` are labels of headlines not known.
    """
    totals = figure_counts(atlas)
    rows = []
    regions = [(region["id"], region["name"][lang]) for region in atlas["regions"]]
    for code, name in [(COUNTRY, place_name(atlas, COUNTRY, lang)), *sorted(regions, key=lambda item: item[1])]:
        cells = [
            coverage_cell(atlas, layer, code, totals.get((code, layer["id"]), 0), lang) for layer in atlas["layers"]
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
