"""What stands on the regions besides their fill, as static/js/symbols.js and features.js draw it.

Ring gauges for shares, circles for counts, lines and pins for pipelines, roads and zones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from webapp.drawing_colours import hue
from webapp.i18n import number
from webapp.outlines import Point
from webapp.picture_text import brief_number
from webapp.scene import Arc, Circle, Colour, Line, Mark, Polygon, Projection, Rect, Text
from webapp.view_figures import Cell, cell_of, features_of, indicator_of, peak_of
from webapp.view_state import ViewState

RING_OUTER, RING_STEP, RING_WIDTH = 17, 6, 4
LARGEST, SMALLEST = 26, 4  # px, radius of circles
PLANNED = ("planned", "target", "needed")
Draw = Callable[[float, float], Iterable[Mark]]


def feature_marks(atlas: Mapping, state: ViewState, layer: str, projection: Projection) -> Iterable[Mark]:
    """Pipelines and roads as lines, zones as squares, special zones as diamonds, other places as dots."""
    opacity = state.style(layer).opacity / 100
    for feature in features_of(atlas, state, layer):
        kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        if kind == "Point":
            yield from pin(feature, projection.at(*coordinates), layer)
        elif kind == "LineString":
            points = tuple(projection.at(*position) for position in coordinates)
            planned = feature["status"] in PLANNED
            dash = (2 if planned else 10) if feature["schematic"] else 6 if planned else 0
            yield Line(points, "--halo", 7, 0, 0.85 * opacity)
            yield Line(points, hue(layer), 3, dash, opacity)
            if feature["kind"] in ("mast", "road"):
                for x, y in spread(points, 4):
                    yield Line(((x + 4, y), (x, y - 14), (x - 4, y)), hue(layer), 1.6)


def pin(feature: Mapping, at: Point, layer: str) -> Iterable[Mark]:
    """A square for zones, a diamond for special economic zones, a dot otherwise; hollow when only planned."""
    (x, y), colour = at, hue(layer)
    planned = feature["status"] in PLANNED
    fill, stroke, width = ("--halo", colour, 2.0) if planned else (colour, "--halo", 1.5)
    if feature["kind"] == "zone":
        yield Rect(x - 6, y - 6, 12, 12, fill, stroke=stroke, radius=1)
    elif feature["kind"] == "sez":
        corners = ((x, y - 8.5), (x + 8.5, y), (x, y + 8.5), (x - 8.5, y))
        yield Polygon(corners, fill, stroke, width)
    else:
        yield Circle(x, y, 6, fill, stroke=stroke, width=width, dash=2.5 if feature.get("approximate") else 0)


def spread(points: tuple[Point, ...], count: int) -> list[Point]:
    """``count`` points evenly along a line."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    found = []
    for index in range(count):
        distance, at = sum(lengths) * (index + 0.5) / count, 0
        while at < len(lengths) - 1 and distance > lengths[at]:
            distance -= lengths[at]
            at += 1
        share = distance / lengths[at] if lengths[at] else 0.0
        (ax, ay), (bx, by) = points[at], points[at + 1]
        found.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    return found


def symbols_of(atlas: Mapping, state: ViewState, place: str, scale: float) -> list[tuple[float, Draw]]:
    """The symbols of one region, side by side: (width, draw(x, y) -> marks)."""
    overlays = state.layers[1:]
    cells = {layer: cell_of(atlas, state, layer, place) for layer in overlays}
    shown = {
        layer: cell
        for layer, cell in cells.items()
        if cell.shown and (not state.style(layer).filter or cell.level + 1 in state.style(layer).filter)
    }
    rings = [layer for layer in overlays if is_ring(atlas, state, layer)]
    parts = []
    if any(layer in shown for layer in rings):
        gauges = {layer: shown[layer] for layer in rings if layer in shown}
        parts.append((RING_OUTER * scale * 2 + 4, lambda x, y: gauge_marks(state, rings, gauges, x, y, scale)))
    for layer in overlays:
        if layer in shown and layer not in rings:
            now, then = circle_radii(atlas, shown[layer], scale)
            size = max(now, then) * 2 + 4
            parts.append((size, lambda x, y, layer=layer: circle_marks(atlas, state, layer, shown[layer], x, y, scale)))
    return parts


def is_ring(atlas: Mapping, state: ViewState, layer: str) -> bool:
    """Shares are rings; counts, and industry always, are circles."""
    return layer != "industry" and indicator_of(atlas, state.indicator(layer))["kind"] == "share"


def gauge_marks(
    state: ViewState, rings: list[str], cells: Mapping[str, Cell], x: float, y: float, scale: float
) -> list[Mark]:
    """Nested rings, one a layer, from outside in; a faint track where a layer is silent."""
    outer, width = RING_OUTER * scale, RING_WIDTH * scale
    marks: list[Mark] = [Circle(x, y, outer + 3, "--halo", 0.92)]
    for index, layer in enumerate(rings):
        radius = outer - index * RING_STEP * scale
        cell = cells.get(layer)
        marks.append(Circle(x, y, radius, None, stroke="--paper-3", width=width if cell else 1))
        if cell:
            marks += arc_marks(cell, x, y, radius, width, hue(layer), state.style(layer).opacity / 100)
    if len(rings) == 1 and outer > 14:
        value = number(cells[rings[0]].shown.figure["v"], state.lang, 1)
        marks.append(Text(x, y + 3.8, value, 10.5, bold=True, anchor="middle"))
    return marks


def arc_marks(
    cell: Cell, x: float, y: float, radius: float, width: float, colour: Colour, opacity: float
) -> Iterable[Mark]:
    """The actual share as a solid arc, the plan as an outlined one, or a tick where it is no higher."""
    now = cell.actual.figure["v"] / 100 if cell.actual else 0.0
    then = min(1.0, cell.plan.figure["v"] / 100) if cell.plan else now
    if then > now:
        yield Arc(x, y, radius, now, then, colour, width, opacity)
        yield Arc(x, y, radius, now, then, "--halo", max(1.0, width - 2))
    if cell.actual:
        yield Arc(x, y, radius, 0, min(1.0, now), colour, width, opacity)
    if cell.plan and then <= now:
        sine, cosine = math.sin(then * 2 * math.pi), -math.cos(then * 2 * math.pi)
        near, far = radius - width, radius + width
        yield Line(((x + sine * near, y + cosine * near), (x + sine * far, y + cosine * far)), "--ink", 1.5)


def circle_radii(atlas: Mapping, cell: Cell, scale: float) -> tuple[float, float]:
    """Radii in px of the actual and the planned value, area in proportion; 0 where there is none."""
    peak = peak_of(atlas, cell.code) or 1
    sizes = [
        max(SMALLEST, LARGEST * scale * math.sqrt(max(0, step.figure["v"]) / peak)) if step else 0.0
        for step in (cell.actual, cell.plan)
    ]
    return sizes[0], sizes[1]


def circle_marks(
    atlas: Mapping, state: ViewState, layer: str, cell: Cell, x: float, y: float, scale: float
) -> list[Mark]:
    """A filled circle for what is so, an outlined one around it for what is planned, the number in the middle."""
    now, then = circle_radii(atlas, cell, scale)
    marks: list[Mark] = []
    if now:
        marks.append(Circle(x, y, now, hue(layer), 0.82 * state.style(layer).opacity / 100, stroke="--halo"))
    if then:
        marks.append(Circle(x, y, then, None, stroke=hue(layer), width=1.8, dash=4))
    if max(now, then) >= 9:
        text = brief_number(cell.shown.figure["v"], state.lang)
        fits = now >= 9 and len(text) * 3.4 < now * 2
        marks.append(
            Text(x, y + 4, text, 11, "--on-hue" if fits else "--ink", bold=True, anchor="middle", halo=not fits)
        )
    return marks
