"""A view of the map in words: its title, one sentence, and the table of the same view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.model import COUNTRY
from webapp.figures import figure_of, place_name, region_entries, value_of
from webapp.view_figures import Step, cell_of, indicator_of
from webapp.view_state import ViewState
from webapp.words import figure_in_words, lower_first, phrases, status_word


def view_title(view: ViewState, atlas: Mapping[str, Any], lang: str) -> str:
    """«Газбен қамтылған халық – Түркістан облысы, 2025»; of several layers only their names."""
    forms = phrases()["view"][lang]
    labels = [label_of(atlas, view.indicator(layer), lang) for layer in view.layers]
    if len(labels) > 1:
        names = {layer["id"]: layer["label"][lang] for layer in atlas["layers"]}
        labels = [names.get(layer, layer) for layer in view.layers]
    where = place_name(atlas, view.place, lang)
    if not labels:
        return f"{where}, {view.year}"
    return forms["title"].format(what=" + ".join(labels), place=where, year=view.year)


def view_sentence(view: ViewState, atlas: Mapping[str, Any], lang: str) -> str:
    """What the map shows now, in words; with a region chosen, the figure that its colour stands for."""
    forms = phrases()["view"][lang]
    if not view.layers:
        return forms["nothing"]
    parts = [
        forms["overlay" if at else "fill"].format(long=lower_first(long_of(atlas, view.indicator(layer), lang)))
        for at, layer in enumerate(view.layers)
    ]
    sentences = [forms["sentence"].format(year=view.year, what="; ".join(parts)), forms[view.show]]
    if view.compare:
        sentences.append(compare_words(view.compare, atlas, lang))
    if view.edition is not None:
        sentences.append(forms["edition"].format(n=view.edition))
    if view.place is not None:
        sentences.extend(place_figures(view, atlas, lang))
    return " ".join(sentences)


def compare_words(compare: str, atlas: Mapping[str, Any], lang: str) -> str:
    forms = phrases()["view"][lang]
    if compare.startswith("year:"):
        return forms["compare_year"].format(year=compare[5:])
    label = next((layer["label"][lang] for layer in atlas["layers"] if layer["id"] == compare), compare)
    return forms["compare_layer"].format(layer=label)


def place_figures(view: ViewState, atlas: Mapping[str, Any], lang: str) -> list[str]:
    """A sentence for each layer's figure of the chosen place, actual before planned, two at most."""
    cells = [cell_of(atlas, view, layer, view.place or COUNTRY) for layer in view.layers]
    steps = [step for cell in cells for step in (cell.actual, cell.plan) if step is not None]
    return [figure_in_words(figure_of(atlas, step.obs, lang), lang) for step in steps[:2]]


def label_of(atlas: Mapping[str, Any], indicator: str, lang: str) -> str:
    """The short name of an indicator; its code where the atlas does not know it."""
    return indicator_of(atlas, indicator)["label"].get(lang) or indicator


def long_of(atlas: Mapping[str, Any], indicator: str, lang: str) -> str:
    """The definition of an indicator, its label where the atlas carries none."""
    return indicator_of(atlas, indicator).get("long", {}).get(lang) or label_of(atlas, indicator, lang)


def view_table(view: ViewState, atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The view as a table: ``columns`` of its layers and ``rows`` of regions, the country first.

    A cell is {"kind", "label", "old", "conflicts", "main": figure | None, "plan": figure | None}; ``kind`` as in
    ``view_figures.Cell``, ``label`` names the other measure or the regions of a figure told together. A figure is
    {"text", "value", "year", "obs", "document", "status"}; ``plan`` is set where an actual figure stands beside it.
    """
    columns = [
        {
            "layer": layer,
            "indicator": view.indicator(layer),
            "label": label_of(atlas, view.indicator(layer), lang),
            "unit": _unit_of(indicator_of(atlas, view.indicator(layer)), lang),
        }
        for layer in view.layers
    ]
    names = {code: place_name(atlas, code, lang) for code in region_entries(atlas)}
    rows = [
        {
            "id": code,
            "name": names.get(code) or place_name(atlas, code, lang),
            "cells": [table_cell(view, atlas, layer, code, lang) for layer in view.layers],
        }
        for code in [COUNTRY, *sorted(names, key=names.__getitem__)]
    ]
    return {"columns": columns, "rows": sort_rows(rows, view)}


def _unit_of(indicator: Mapping[str, Any], lang: str) -> str:
    """The unit beside an indicator's name, which tells of a count already what is counted."""
    return "" if indicator.get("counts") else indicator["unit_label"].get(lang, "")


def view_sources(view: ViewState, atlas: Mapping[str, Any], table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The atlas's entries of the documents that the figures of ``table`` (see view_table) and of the place are from.

    The newest comes first.
    """
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    found = {figure["document"] for cell in cells for figure in (cell["main"], cell["plan"]) if figure}
    for layer in view.layers if view.place else ():
        cell = cell_of(atlas, view, layer, view.place)
        found |= {atlas["observations"][step.obs]["d"] for step in (cell.actual, cell.plan) if step}
    known = (atlas["documents"][key] for key in sorted(found) if key in atlas["documents"])
    return sorted(known, key=lambda entry: entry.get("date") or "", reverse=True)


def sort_rows(rows: list[dict[str, Any]], view: ViewState) -> list[dict[str, Any]]:
    """Rows in the order of ``view.sort``: a layer or "name", with "-" for descending; the country stays first."""
    country, regions = rows[:1], rows[1:]
    if view.sort is None:
        return rows
    key, down = view.sort.removeprefix("-"), view.sort.startswith("-")
    if key == "name":
        return country + (regions[::-1] if down else regions)
    if key not in view.layers:
        return rows
    at = view.layers.index(key)
    known = [row for row in regions if row["cells"][at]["main"]]
    known.sort(key=lambda row: row["cells"][at]["main"]["value"], reverse=down)
    return country + known + [row for row in regions if not row["cells"][at]["main"]]


def table_cell(view: ViewState, atlas: Mapping[str, Any], layer: str, region: str, lang: str) -> dict[str, Any]:
    """One cell of the table."""
    cell = cell_of(atlas, view, layer, region)
    main, label, code = cell.shown, "", cell.code
    if cell.kind == "other":
        code, main = cell.others[0]
        label = label_of(atlas, code, lang)
    shared = cell.shared["obs"] if cell.shared else None
    if cell.shared:
        label = together_words(atlas, cell.shared, lang)
    figure = figure_entry(atlas, main, lang) if main else shared_entry(atlas, shared, lang) if shared else None
    return {
        "kind": cell.kind,
        "label": label,
        "old": bool(main and main.old),
        "conflicts": main.conflicts if main else 0,
        "main": figure,
        "plan": figure_entry(atlas, cell.plan, lang) if cell.actual and cell.plan else None,
    }


def together_words(atlas: Mapping[str, Any], entry: Mapping[str, Any], lang: str) -> str:
    """Of what a figure of several regions is: the older outline's name where it is one, else their names."""
    for vintage in atlas.get("vintages", ()):
        if vintage["id"] == entry.get("outline"):
            return vintage["name"].get(lang) or vintage["id"]
    return ", ".join(place_name(atlas, code, lang) for code in entry["regions"])


def figure_entry(atlas: Mapping[str, Any], step: Step, lang: str) -> dict[str, Any]:
    return {**shared_entry(atlas, step.obs, lang), "year": step.year}


def shared_entry(atlas: Mapping[str, Any], obs: str, lang: str) -> dict[str, Any]:
    entry = atlas["observations"][obs]
    return {
        "text": value_of(atlas, obs, lang),
        "value": entry["v"],
        "year": int(entry["to"][:4]) if entry.get("to") else None,
        "obs": obs,
        "document": entry["d"],
        "status": status_word(entry["s"], lang),
    }
