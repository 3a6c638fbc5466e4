"""What the first screen tells before anything is touched: where the country stands, who is behind, how fresh it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from statistics import median_low
from typing import Any

from geo.model import COUNTRY
from webapp.coverage import OLD, coverage_matrix, known_figures
from webapp.derived_figures import derived_text, how_derived, people_without, weighted_share
from webapp.drawing_labels import KIND_WORDS
from webapp.figures import place_name, value_of
from webapp.i18n import day
from webapp.links import print_view
from webapp.view_figures import step_of
from webapp.view_state import ViewState
from webapp.words import unit_word

NAMED = 3  # regions told by name
PARTIAL = ("_total", "_urban", "_rural")  # ends of codes that say too little of a country as a whole
ENOUGH = 4  # regions with a figure, so that the lowest of them say something


def story_of(atlas: Mapping[str, Any], defaults: ViewState, lang: str) -> dict[str, Any]:
    """The story of the atlas's latest year.

    {"year", "layers": [{"id", "label", "href", "headline", "behind", "without"}],
    "fresh": {"median", "known", "cells", "newest", "href"}}. ``headline``: {"text", "what", "year", "publisher",
    "href", "derived": how it was computed or ""} or None; ``behind``: {"kind": lowest | most, "of", "regions":
    [{"id", "name", "text", "href"}]} or None; ``without`` (people without, derived): {"text", "words"} or None.
    """
    year = atlas["year"]
    defaults = replace(defaults, lang=lang)
    layers = [
        {
            "id": layer["id"],
            "label": layer["label"][lang],
            "href": link(defaults, lang, layers=(layer["id"],)),
            "headline": headline_of(atlas, layer, year, lang),
            "behind": behind_of(atlas, layer, year, defaults, lang),
            "without": without_of(atlas, layer, year, lang),
        }
        for layer in atlas["layers"]
    ]
    return {"year": year, "layers": layers, "fresh": freshness(atlas, lang)}


def headline_of(atlas: Mapping[str, Any], layer: Mapping[str, Any], year: int, lang: str) -> dict[str, Any] | None:
    """The country's figure: the headline as read, else another share as read, else a derived one, else a count."""
    code = layer["headline"]
    read = sorted(known_figures(atlas, layer, COUNTRY), key=lambda found: preference(found, atlas, layer, year))
    best = read[0] if read else None
    is_share = best is not None and atlas["indicators"][best[2]]["kind"] == atlas["indicators"][code]["kind"]
    derived = None if best is not None and best[0] <= 1 and is_share else weighted_share(atlas, code, year)
    if derived is not None:
        return {
            "text": derived_text(derived, lang),
            "what": "",
            "year": derived["year"],
            "publisher": "",
            "href": "",
            "derived": how_derived(derived, atlas, lang),
        }
    if best is None or best[0] > 2:
        return None
    _rank, not_year, indicator, obs = best
    figure = atlas["observations"][obs]
    return {
        "text": figure_text(atlas, obs, lang),
        "what": "" if indicator == code else atlas["indicators"][indicator]["label"][lang],
        "year": -not_year,
        "publisher": atlas["documents"].get(figure["d"], {}).get("publisher", ""),
        "href": f"/documents/{figure['d']}?lang={lang}#{obs}",
        "derived": "",
    }


def preference(
    found: tuple[int, int, str, str], atlas: Mapping[str, Any], layer: Mapping[str, Any], year: int
) -> tuple:
    """Headline, comparable, then the rest; within that what is not old, is of the whole, newer, earlier in the list."""
    rank, not_year, code, _obs = found
    newest = not_year if rank <= 1 else 0
    return rank, year + not_year > OLD, code.endswith(PARTIAL), newest, layer["indicators"].index(code)


def behind_of(
    atlas: Mapping[str, Any], layer: Mapping[str, Any], year: int, defaults: ViewState, lang: str
) -> dict[str, Any] | None:
    """Of a share the regions with the least, of a count those with the most; old figures are left out."""
    code = layer["headline"]
    steps = {region["id"]: step_of(atlas, code, region["id"], year, "actual") for region in atlas["regions"]}
    known = {region: step for region, step in steps.items() if step is not None and not step.old}
    is_share = atlas["indicators"][code]["kind"] == "share"
    if len(known) < (ENOUGH if is_share else 2):
        return None
    names = short_names(atlas, lang)
    ranked = sorted(known, key=lambda region: (known[region].figure["v"] * (1 if is_share else -1), region))
    regions = [
        {
            "id": region,
            "name": names[region],
            "text": figure_text(atlas, known[region].obs, lang),
            "href": link(defaults, lang, layers=(layer["id"],), place=region),
        }
        for region in ranked[:NAMED]
    ]
    return {"kind": "lowest" if is_share else "most", "of": len(known), "regions": regions}


def short_names(atlas: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The regions' names without "oblast" and "city", save where two would then be the same."""
    full = {region["id"]: place_name(atlas, region["id"], lang) for region in atlas["regions"]}
    short = {code: KIND_WORDS.sub(" ", name).strip() for code, name in full.items()}
    uses = Counter(short.values())
    return {code: name if uses[name] == 1 else full[code] for code, name in short.items()}


def without_of(atlas: Mapping[str, Any], layer: Mapping[str, Any], year: int, lang: str) -> dict[str, str] | None:
    """People without, of the country's own share as read."""
    step = step_of(atlas, layer["headline"], COUNTRY, year, "actual")
    entry = people_without(atlas, step.obs) if step is not None and not step.old else None
    return {"text": derived_text(entry, lang), "words": how_derived(entry, atlas, lang)} if entry else None


def figure_text(atlas: Mapping[str, Any], obs: str, lang: str) -> str:
    """The value; of a count without its unit, which the row's own words tell."""
    text = value_of(atlas, obs, lang)
    figure = atlas["observations"][obs]
    if atlas["indicators"][figure["i"]]["unit"] in ("percent", "KZT"):
        return text
    return text.removesuffix(unit_word(atlas["indicators"][figure["i"]]["unit"], None, figure["v"], lang)).strip()


def freshness(atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Median year of the figures that stand for a region and layer, how many those are, the newest document."""
    matrix = coverage_matrix(atlas, lang)
    years = [cell["year"] for row in matrix["rows"][1:] for cell in row["cells"] if cell["year"] is not None]
    dated = [(document["date"], key) for key, document in atlas["documents"].items() if document["date"]]
    newest, key = max(dated, default=("", ""))
    return {
        "median": median_low(years) if years else None,
        "known": len(years),
        "cells": matrix["cells"],
        "newest": day(newest, lang, "medium"),
        "href": f"/documents/{key}?lang={lang}" if key else "",
    }


def link(defaults: ViewState, lang: str, **change: Any) -> str:
    """The address of the default view with a change, in the reader's language."""
    query = print_view(replace(defaults, **change), replace(defaults, lang="kk"))
    return f"/?{query}" if query else "/"
