"""The words and numbers on a picture: figures as they were said, spoken names, and the few phrases of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from webapp.i18n import number
from webapp.view_figures import cell_of, indicator_of
from webapp.view_state import ViewState
from webapp.words import scale_word, status_word, value_text

SIGNS = {"about": "≈", "more_than": ">", "less_than": "<", "up_to": "≤"}
NBSP = "\N{NO-BREAK SPACE}"


def spoken(atlas: Mapping, state: ViewState, region: Mapping) -> str:
    """A region's name and figures in one breath: «Түркістан облысы. Газ: 85,5 % (2024)»."""
    parts = [name_of(region["name"], state.lang)]
    for layer in state.layers:
        label = next((entry["label"] for entry in atlas["layers"] if entry["id"] == layer), {})
        parts.append(f"{name_of(label, state.lang) or layer}: {cell_words(atlas, state, layer, region['id'])}")
    return ". ".join(parts)


def cell_words(atlas: Mapping, state: ViewState, layer: str, place: str) -> str:
    """A cell in words: «85,5 % (2024), жоспар 88,9 % (2026)»."""
    cell = cell_of(atlas, state, layer, place)
    said = []
    if cell.actual:
        said.append(f"{figure_text(atlas, cell.actual.obs, state.lang)} ({cell.actual.year})")
    if cell.plan:
        said.append(
            f"{status_word('planned', state.lang)} {figure_text(atlas, cell.plan.obs, state.lang)} ({cell.plan.year})"
        )
    if said:
        return ", ".join(said)
    if cell.shared:
        return f"{figure_text(atlas, cell.shared['obs'], state.lang)} – {words('together', state.lang)}"
    return words("other" if cell.others else "none", state.lang)


def figure_text(atlas: Mapping, obs: str, lang: str, *, brief: bool = False) -> str:
    """A figure as it was said: «≈ 85,5 %»; ``brief`` leaves out every unit but the percent."""
    entry = atlas["observations"][obs]
    unit = indicator_of(atlas, entry["i"])["unit"]
    if brief and unit != "percent":
        ends = [entry["v"], *([entry["hi"]] if entry.get("hi") not in (None, entry["v"]) else [])]
        text = "–".join(brief_number(end, lang) for end in ends)
        return f"{SIGNS[entry['q']]}{NBSP}{text}" if entry["q"] in SIGNS else text
    more = {"low": entry.get("lo"), "high": entry.get("hi"), "currency": entry.get("cur")}
    return value_text(entry["v"], unit, lang, qualifier=entry["q"], **more)


def brief_number(value: float, lang: str) -> str:
    """At most four digits and a scale: «39,5 млрд», «2 397»."""
    for power, name in ((1e12, "1e12"), (1e9, "1e9"), (1e6, "1e6")):
        if abs(value) >= power:
            return f"{number(value / power, lang, 1)}{NBSP}{scale_word(name, lang)}"
    return number(value, lang, 1)


def name_of(names: Mapping[str, str], lang: str) -> str:
    return names.get(lang) or next((text for text in names.values() if text), "")


def words(key: str, lang: str, **filled: object) -> str:
    """A phrase of picture_words.json."""
    return picture_words()[key][lang].format(**filled)


@cache
def picture_words() -> dict:
    return json.loads(Path(__file__).with_name("picture_words.json").read_text("utf-8"))["words"]
