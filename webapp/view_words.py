"""A view of the map in words: its title, one sentence, and the table of the same view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.figures import OLD_AFTER, figure_of, other_measure, place_name, region_entries, shown, value_of
from webapp.links import ViewState
from webapp.words import figure_in_words, lower_first, phrases, status_word


def view_title(view: ViewState, atlas: Mapping[str, Any], lang: str) -> str:
    """«Газбен қамтылған халық – Түркістан облысы, 2025»."""
    forms = phrases()["view"][lang]
    labels = [atlas["indicators"][view.indicator(layer)]["label"][lang] for layer in view.layers]
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
    """A sentence for each layer's figure of the chosen place, actual before planned."""
    wanted = {"actual": ("actual",), "plan": ("plan",), "both": ("actual", "plan")}[view.show]
    found = [
        step.obs
        for layer in view.layers
        for which in wanted
        if (step := shown(atlas, view.indicator(layer), view.place or "", view.year, which))
    ]
    return [figure_in_words(figure_of(atlas, obs, lang), lang) for obs in found[:2]]


def long_of(atlas: Mapping[str, Any], indicator: str, lang: str) -> str:
    """The definition of an indicator, its label where the atlas carries none."""
    entry = atlas["indicators"][indicator]
    return entry.get("long", entry["label"])[lang]


def view_table(view: ViewState, atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The view as a table: ``columns`` of its layers and ``rows`` of regions, the country first.

    A cell is ``{"state", "text", "value", "year", "old", "obs", "document", "conflicts", "plan": {…} | None, "label"}``;
    ``state`` is actual, plan, other (another measure, named in ``label``) or none.
    """
    columns = [
        {
            "layer": layer,
            "indicator": view.indicator(layer),
            "label": atlas["indicators"][view.indicator(layer)]["label"][lang],
            "unit": atlas["indicators"][view.indicator(layer)]["unit_label"][lang],
        }
        for layer in view.layers
    ]
    names = {code: entry["name"][lang] for code, entry in region_entries(atlas).items()}
    order = ["KZ", *sorted(names, key=lambda code: names[code])]
    rows = [
        {
            "id": code,
            "name": place_name(atlas, code, lang),
            "cells": [cell(view, atlas, column["indicator"], code, lang) for column in columns],
        }
        for code in order
    ]
    return {"columns": columns, "rows": rows}


def cell(view: ViewState, atlas: Mapping[str, Any], indicator: str, region: str, lang: str) -> dict[str, Any]:
    """One cell of the table."""
    actual = shown(atlas, indicator, region, view.year) if view.show != "plan" else None
    plan = shown(atlas, indicator, region, view.year, "plan") if view.show != "actual" else None
    label = ""
    state = "actual" if actual else "plan" if plan else "none"
    if state == "none" and view.show != "plan":
        other = other_measure(atlas, indicator, region, view.year)
        if other is not None:
            state, label, actual = "other", atlas["indicators"][other[0]]["label"][lang], other[1]
    main = actual or plan
    if main is None:
        return {"state": "none", "text": "", "value": None, "plan": None, "label": "", "conflicts": 0, "old": False}
    return {
        "state": state,
        "label": label,
        "conflicts": main.conflicts,
        "old": bool(actual) and view.year - main.year > OLD_AFTER,
        **figure_entry(atlas, main.obs, main.year, lang),
        "plan": figure_entry(atlas, plan.obs, plan.year, lang) if actual and plan else None,
    }


def figure_entry(atlas: Mapping[str, Any], obs: str, year: int, lang: str) -> dict[str, Any]:
    entry = atlas["observations"][obs]
    return {
        "text": value_of(atlas, obs, lang),
        "value": entry["v"],
        "year": year,
        "obs": obs,
        "document": entry["d"],
        "status": status_word(entry["s"], lang),
    }
