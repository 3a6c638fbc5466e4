"""The view as a scene: the same figures, colours, symbols and labels as the page draws, without a browser.

``map_part`` mirrors static/js/fill.js, symbols.js, labels.js and features.js. ``page_scene`` is the bare map for the
page's first paint; ``webapp/pictures.py`` puts title, legend and sources around it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from webapp.backdrop import GROUND, WATERS, Backdrop
from webapp.drawing_colours import look
from webapp.drawing_labels import symbols_and_labels
from webapp.drawing_symbols import feature_marks
from webapp.links import print_view
from webapp.outlines import TILE, Outlines, project
from webapp.picture_text import spoken
from webapp.scene import MapPart, Projection, Region, Scene
from webapp.view_figures import Cell, cell_of
from webapp.view_state import ViewState
from webapp.view_words import view_sentence, view_title

PAGE_WIDTH = 1200  # units of the page's drawing when it shows the whole country
EXACT_SIZE = (2400, 1600)  # px of the drawing of a viewport: more than most windows; the page cuts it

Box = tuple[float, float, float, float]  # left, top, right, bottom


def page_scene(atlas: Mapping, outlines: Outlines, state: ViewState, defaults: ViewState) -> Scene:
    """The bare map for the page: in the country's own proportions, or in pixels around the link's centre at its zoom.

    The page lays it where Leaflet will draw (static/css/first-map.css), and Leaflet takes over from where it lies
    (static/js/takeover.js). ``classes``: "exact" for pixels, "beside" where the panel will be open.
    """
    classes = ["exact"] if state.view else []
    if state.place:
        classes.append("beside")
    if state.view is None:
        west, north, east, south = country_box(atlas)
        width, height = PAGE_WIDTH, round(PAGE_WIDTH * (south - north) / (east - west))
    else:
        width, height = EXACT_SIZE
    part = map_part(atlas, outlines, state, (0, 0, width, height), defaults=defaults)
    title, sentence = view_title(state, atlas, state.lang), view_sentence(state, atlas, state.lang)
    return Scene(width, height, state.lang, title, sentence, (part,), classes=tuple(classes))


def map_part(
    atlas: Mapping,
    outlines: Outlines,
    state: ViewState,
    window: tuple[float, float, float, float],
    *,
    defaults: ViewState | None = None,
    reader_height: float | None = None,
    backdrop: Backdrop | None = None,
    padding: float = 0,
) -> MapPart:
    """The map of ``state`` in ``window`` (x, y, width, height in px).

    ``defaults`` makes regions links to their own view. ``reader_height``: the height in px of the map that the link's
    zoom was chosen for; the picture then shows as much of the land as it did. ``backdrop``: what lies around.
    """
    projection = projection_for(atlas, state, window, reader_height, padding)
    cells = (
        {region["id"]: cell_of(atlas, state, state.layers[0], region["id"]) for region in atlas["regions"]}
        if state.layers
        else {}
    )
    regions = tuple(
        region_of(atlas, state, region, cells.get(region["id"]), defaults)
        for region in sorted(atlas["regions"], key=lambda region: region["id"] == state.place)
    )
    marks = [mark for layer in state.layers for mark in feature_marks(atlas, state, layer, projection)]
    marks += symbols_and_labels(atlas, state, cells, projection, window, backdrop.names if backdrop else ())
    if backdrop is None:
        return MapPart(window, projection, outlines, regions, tuple(marks))
    ground, waters = (tuple(backdrop.marks(kinds, projection, window)) for kinds in (GROUND, WATERS))
    return MapPart(window, projection, outlines, regions, tuple(marks), ground, waters, "--sea")


def projection_for(
    atlas: Mapping,
    state: ViewState,
    window: tuple[float, float, float, float],
    reader_height: float | None = None,
    padding: float = 0,
) -> Projection:
    """Centre and zoom of the view in ``window``; else the whole country, ``padding`` px from its edge."""
    x, y, width, height = window
    if state.view is None:
        west, north, east, south = country_box(atlas)
        scale = min((width - 2 * padding) / (east - west), (height - 2 * padding) / (south - north))
        centre_x, centre_y = (west + east) / 2, (north + south) / 2
        zoom = math.log2(scale / TILE)
    else:
        zoom = state.view.zoom + (math.log2(height / reader_height) if reader_height else 0.0)
        scale = TILE * 2**zoom
        centre_x, centre_y = project(state.view.lon, state.view.lat)
    return Projection(zoom, x + width / 2 - centre_x * scale, y + height / 2 - centre_y * scale)


def country_box(atlas: Mapping) -> Box:
    """All regions in Web Mercator world units (0…1): left, top, right, bottom."""
    corners = [
        (*project(west, north), *project(east, south))
        for west, south, east, north in (r["bbox"] for r in atlas["regions"])
    ]
    lefts, tops, rights, bottoms = zip(*corners, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def region_of(
    atlas: Mapping, state: ViewState, region: Mapping, cell: Cell | None, defaults: ViewState | None
) -> Region:
    """One region's outline as the first layer paints it."""
    place = region["id"]
    fill, opacity = look(atlas, state, cell)
    chosen = state.place == place
    href = "/?" + print_view(replace(state, place=place, obs=None), defaults) if defaults else ""
    return Region(
        place,
        fill,
        opacity,
        stroke="--ink" if chosen else "--border",
        width=2.5 if chosen else 1.0,
        label=spoken(atlas, state, region) if defaults else "",
        href=href,
    )
