"""Names and figures on the map, as static/js/labels.js places them: no two touch, the most telling come first."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping

from webapp.backdrop import Name
from webapp.drawing_colours import look
from webapp.drawing_symbols import symbols_of
from webapp.outlines import Point
from webapp.picture_text import figure_text, name_of
from webapp.scene import Circle, Line, Mark, Projection, Text, Texture, text_width
from webapp.view_figures import Cell, features_of
from webapp.view_state import ViewState

CITY_DOT = 5.5
LINE_HEIGHT = 16
DISTANCES = (10, 20, 30, 42, 56, 72)  # px
DIRECTIONS = ((0, -1), (1, 0), (-1, 0), (0, 1), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7))
CLOSE_ENOUGH = {"lake": 5.0, "river": 5.8}  # zoom from which a name is worth its room
KIND_WORDS = re.compile(r"\s*(?<!\w)(облысы|қаласы|область|город|region|city)(?!\w)\s*", re.IGNORECASE)

Box = tuple[float, float, float, float]  # left, top, right, bottom


def symbols_and_labels(
    atlas: Mapping,
    state: ViewState,
    cells: Mapping[str, Cell],
    projection: Projection,
    window: tuple[float, float, float, float],
    names: Iterable[Name] = (),
) -> list[Mark]:
    """Ring gauges, circles, city dots and names with figures; a label that finds no room is left out."""
    scale = min(1.25, max(0.8, (projection.zoom - 1.4) / 4))
    taken: list[Box] = []
    for layer in state.layers:
        for feature in features_of(atlas, state, layer):
            if feature["geometry"]["type"] == "Point":
                x, y = projection.at(*feature["geometry"]["coordinates"])
                taken.append((x - 8, y - 8, x + 8, y + 8))
    marks: list[Mark] = []
    items = []
    for region in sorted(atlas["regions"], key=lambda one: one["area_km2"]):  # small ones cannot give way
        x, y = at = projection.at(*region["point"])
        if not inside(at, window):
            continue
        city = region["kind"] == "city"
        parts = symbols_of(atlas, state, region["id"], scale)
        width = sum(part[0] for part in parts) + 3 * (len(parts) - 1) if parts else 0
        if parts:
            height = max(size for size, _ in parts)
            box = room_for(at, width, height, taken)
            taken.append(box)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            away = math.dist((x, y), at)
            if away > height / 2:
                part = 1 - height / 2 / away  # as far as their edge
                points = (at, (at[0] + (x - at[0]) * part, at[1] + (y - at[1]) * part))
                marks[:0] = (Line(points, "--halo", 3.6), Line(points, "--ink", 1.2))
            left = box[0]
            for size, draw in parts:
                marks += draw(left + size / 2, y)
                left += size + 3
        small = city and extent(region, projection) < 26
        if small:
            fill, _ = look(atlas, state, cells.get(region["id"]))
            solid = fill if not isinstance(fill, Texture) else "--land"
            dot_x, dot_y = at
            marks.append(Circle(dot_x, dot_y, 2.5 if parts else CITY_DOT, solid, stroke="--ink-2", width=1.2))
            taken.append((dot_x - CITY_DOT, dot_y - CITY_DOT, dot_x + CITY_DOT, dot_y + CITY_DOT))
        row = (width, max(size for size, _ in parts)) if parts else None
        items.append((region, cells.get(region["id"]), x, y, row, city))
    items.sort(key=lambda item: (-rank(state, item), -item[0]["area_km2"] * (40 if item[5] else 1)))
    for region, cell, x, y, row, city in items:
        lines = label_lines(atlas, state, region, cell)
        for count in range(len(lines), 0, -1):
            found = spot((x, y), lines[:count], row, city, taken, window)
            if found:
                taken.append(found)
                marks += label_marks(found, lines[:count])
                break
    return [*marks, *name_marks(names, state.lang, projection, window, taken)]


def room_for(at: Point, width: float, height: float, taken: list[Box]) -> Box:
    """The nearest rectangle around ``at`` that covers nothing of ``taken``; else the one that covers least."""
    best, least = None, math.inf
    for far, (dx, dy) in [(0, (0.0, 0.0)), *itertools.product(DISTANCES, DIRECTIONS)]:
        x, y = at[0] + far * dx, at[1] + far * dy
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        covered = sum(shared_area(box, other) for other in taken)
        if covered < least:
            best, least = box, covered
        if not covered:
            break
    return best


def shared_area(one: Box, other: Box) -> float:
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def name_marks(
    names: Iterable[Name], lang: str, projection: Projection, window: tuple[float, ...], taken: list[Box]
) -> Iterable[Mark]:
    """Names of neighbours, and of waters once the map is close enough to read them, where there is room."""
    left, top, width, height = window
    for name in names:
        if projection.zoom < CLOSE_ENOUGH.get(name.kind, 0):
            continue
        country = name.kind == "country"
        text = name.names[lang].upper() if country else name.names[lang]
        x, y = projection.at(name.lon, name.lat)
        half = text_width(text, 11.5) / 2 + 4
        box = (x - half, y - 8, x + half, y + 8)
        inside_window = box[0] >= left and box[2] <= left + width and box[1] >= top and box[3] <= top + height
        if inside_window and is_free(box, taken):
            taken.append(box)
            yield Text(x, y + 4, text, 11.5, "--ink-3" if country else "--water-ink", anchor="middle")


def rank(state: ViewState, item: tuple) -> int:
    region, cell = item[0], item[1]
    if region["id"] == state.place:
        return 3
    if cell and cell.shown:
        return 2
    return 1 if cell and cell.kind == "together" else 0


def label_lines(atlas: Mapping, state: ViewState, region: Mapping, cell: Cell | None) -> list[tuple[str, bool]]:
    """Name, then figures: [(text, bold)]."""
    lines = [(KIND_WORDS.sub(" ", name_of(region["name"], state.lang)).strip(), False)]
    if cell and cell.shown:
        parts = [figure_text(atlas, cell.actual.obs, state.lang, brief=True)] if cell.actual else []
        if cell.plan:
            due = f" · {cell.plan.year}" if cell.plan.year else ""
            parts.append(f"→ {figure_text(atlas, cell.plan.obs, state.lang, brief=True)}{due}")
        lines.append((" ".join(parts), True))
    return lines


def spot(
    at: Point,
    lines: list[tuple[str, bool]],
    row: tuple[float, float] | None,
    city: bool,
    taken: list[Box],
    window: tuple[float, float, float, float],
) -> Box | None:
    """A free rectangle for the lines near ``at``, tried in a fixed order."""
    width = max(text_width(text, 13, bold) for text, bold in lines) + 6
    height = len(lines) * LINE_HEIGHT + 2
    gap = (row[1] / 2 + 2 if row else 0) + (6 if city else 0) + height / 2
    side = (row[0] if row else 12) / 2 + width / 2 + 2
    if row or city:
        beside = [(sign * width / 3, way * gap) for way in (-1, 1) for sign in (-1, 1)]
        tries = [(0, -gap), (0, gap), (side, 0), (-side, 0), *beside]
    else:
        tries = [(0, 0), (0, -height * 0.7), (0, height * 0.7), (width * 0.3, 0), (-width * 0.3, 0)]
    for dx, dy in tries:
        x, y = at[0] + dx, at[1] + dy
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        left, top, wide, high = window
        fits = box[0] >= left and box[1] >= top and box[2] <= left + wide and box[3] <= top + high
        if fits and is_free(box, taken):
            return box
    return None


def is_free(box: Box, taken: list[Box]) -> bool:
    return not any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in taken)


def label_marks(box: Box, lines: list[tuple[str, bool]]) -> Iterable[Mark]:
    middle = (box[0] + box[2]) / 2
    for index, (text, bold) in enumerate(lines):
        baseline = box[1] + 1 + LINE_HEIGHT * index + LINE_HEIGHT * 0.76
        yield Text(middle, baseline, text, 13, "--ink", bold=bold, anchor="middle", halo=True)


def extent(region: Mapping, projection: Projection) -> float:
    west, south, east, north = region["bbox"]
    (left, top), (right, bottom) = projection.at(west, north), projection.at(east, south)
    return max(right - left, bottom - top)


def inside(at: Point, window: tuple[float, float, float, float]) -> bool:
    x, y, width, height = window
    return x <= at[0] <= x + width and y <= at[1] <= y + height
