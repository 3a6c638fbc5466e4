"""The colours of layers and classes: the page's palettes and style sheet tokens, read for drawing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from webapp.scene import Colour, Texture
from webapp.view_figures import Cell, breaks_of
from webapp.view_state import ViewState

PALETTES = Path(__file__).with_name("palettes.json")


def look(atlas: Mapping, state: ViewState, cell: Cell | None) -> tuple[Colour | Texture, float]:
    """Fill and opacity of one cell of the first layer."""
    if cell is None:
        return "--land", 1.0
    layer = state.layers[0]
    style = state.style(layer)
    if style.filter and cell.level + 1 not in style.filter:
        return "--land", 1.0
    opacity = style.opacity / 100
    if cell.kind == "value":
        return class_colours(atlas, state, layer)[cell.level], opacity
    if cell.kind == "planned":
        return Texture("planned", class_colours(atlas, state, layer)[cell.level]), opacity
    if cell.kind in ("together", "other"):
        return Texture(cell.kind, hue(layer)), opacity
    return Texture("none", "--border-out"), 1.0


def class_colours(atlas: Mapping, state: ViewState, layer: str) -> list[Colour]:
    """The class colours of a layer, weakest first, each as (light, dark)."""
    style = state.style(layer)
    wanted = len(breaks_of(atlas, state, layer)) or int(style.classes[-1])
    chosen = palettes()["palettes"].get(style.palette) or next(iter(palettes()["palettes"].values()))
    size = str(min(7, max(3, wanted)))
    pairs = list(zip(chosen["colours"][size], chosen["dark"][size], strict=True))
    return pairs[-max(1, wanted) :]


def hue(layer: str) -> Colour:
    """The layer's own colour: the style sheet's token of its name."""
    return f"--{layer}"


@cache
def page_palettes() -> dict:
    """Class colours and layer hues as the page's scripts need them, without their provenance."""
    kept = ("label", "colours", "dark")
    chosen = {name: {key: entry[key] for key in kept} for name, entry in palettes()["palettes"].items()}
    return {"layers": palettes()["layers"], "palettes": chosen}


@cache
def palettes() -> dict:
    return json.loads(PALETTES.read_text("utf-8"))
