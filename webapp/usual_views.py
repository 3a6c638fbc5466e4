"""The views that most readers open first, drawn when an edition is published and read from its folder afterwards.

They are the default view and each layer alone, in every language, and nothing else changed: a page of such a view needs
no drawing. What stands in a file is the ``<svg>`` element of the page, not a picture of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.model import LANGUAGES, LAYERS
from webapp.drawing import page_scene
from webapp.drawing_svg import to_svg
from webapp.links import default_view
from webapp.outlines import Outlines
from webapp.view_state import ViewState


def write_usual_views(atlas: Mapping[str, Any], outlines: Outlines, folder: Path) -> None:
    """Draw them into ``folder``."""
    defaults = default_view(atlas)
    for view in usual_views(defaults):
        (folder / name_of(view)).write_text(draw_view(atlas, outlines, view, defaults), "utf-8")


def usual_views(defaults: ViewState) -> Iterator[ViewState]:
    """The default layers and each layer alone, in every language."""
    for layers in {defaults.layers: None, **dict.fromkeys((layer,) for layer in LAYERS)}:
        yield from (replace(defaults, layers=layers, lang=lang) for lang in LANGUAGES)


def usual_drawing(folder: Path, view: ViewState, defaults: ViewState) -> str | None:
    """The drawing of ``view`` from the folder of its edition; None for any other view, and where none was made."""
    if replace(defaults, layers=view.layers, lang=view.lang) != view or not view.layers:
        return None
    try:
        return (folder / name_of(view)).read_text("utf-8")
    except FileNotFoundError:
        return None


def draw_view(atlas: Mapping[str, Any], outlines: Outlines, view: ViewState, defaults: ViewState) -> str:
    """A view as SVG for the page: the first paint, and the map where scripts are off."""
    return to_svg(page_scene(atlas, outlines, view, defaults), page=True)


def name_of(view: ViewState) -> str:
    """Of a view's file, made of its layers and language alone: "view-gas-kk.svg"."""
    return f"view-{'-'.join(view.layers)}-{view.lang}.svg"
