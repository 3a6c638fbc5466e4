"""Outlines as SVG path data in whole steps of half a pixel: written once a zoom, moved wherever the map looks."""

from __future__ import annotations

from typing import NamedTuple

from webapp.outlines import Outlines, Ring
from webapp.scene import MapPart, Projection

STEPS = 2  # steps of a path's whole-number coordinates to one pixel
MARGIN_PX = 40  # beyond the window in which a ring is still written
ZOOMS_KEPT = 100  # each is some fifty kilobytes of text


class Piece(NamedTuple):
    """One ring at one zoom, before the map is moved: where it starts, what follows, and its box; in steps."""

    x: int
    y: int
    steps: str
    left: int
    top: int
    right: int
    bottom: int


def path_data(region: str, part: MapPart) -> str:
    """The rings of a region as path data, moved by the map's place in whole steps; those out of sight are left out."""
    x, y, width, height = part.window
    left, right = (x - MARGIN_PX) * STEPS, (x + width + MARGIN_PX) * STEPS
    top, bottom = (y - MARGIN_PX) * STEPS, (y + height + MARGIN_PX) * STEPS
    move_x, move_y = whole_moves(part.projection)
    return "".join(
        f"M{piece.x + move_x} {piece.y + move_y}{piece.steps}"
        for piece in pieces_of(part.outlines, region, part.projection)
        if piece.right + move_x >= left
        and piece.left + move_x <= right
        and piece.bottom + move_y >= top
        and piece.top + move_y <= bottom
    )


def whole_moves(projection: Projection) -> tuple[int, int]:
    """How far the paths are moved, in whole steps; what is left of a step is in ``rest_of_moves``."""
    return round(projection.dx * STEPS), round(projection.dy * STEPS)


def rest_of_moves(projection: Projection) -> tuple[float, float]:
    """What whole steps leave of the map's place, in steps: at most half a one, so a quarter of a pixel."""
    move_x, move_y = whole_moves(projection)
    return projection.dx * STEPS - move_x, projection.dy * STEPS - move_y


def pieces_of(outlines: Outlines, region: str, projection: Projection) -> list[Piece]:
    """The region's rings at the zoom; kept with the outlines."""
    kept = outlines.paths
    if projection.zoom not in kept:
        while len(kept) >= ZOOMS_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[projection.zoom] = {}
    found = kept.get(projection.zoom, {})
    if region not in found:
        scale = projection.scale * STEPS
        rings = outlines.rings(region, projection.zoom)
        found[region] = [piece for ring in rings if (piece := piece_of(ring, scale)) is not None]
    return found[region]


def piece_of(ring: Ring, scale: float) -> Piece | None:
    """A ring in steps, each point from the last; None where it is smaller than a step."""
    points = [(round(x * scale), round(y * scale)) for x, y in ring]
    x, y = start = points[0]
    text = []
    for point in points[1:-1]:
        step_x, step_y = point[0] - x, point[1] - y
        if step_x or step_y:
            gap = "" if step_x < 0 or not text else " "
            text.append(f"{gap}{step_x}{'' if step_y < 0 else ' '}{step_y}")
            x, y = point
    if len(text) < 2:
        return None
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Piece(*start, f"l{''.join(text)}z", min(xs), min(ys), max(xs), max(ys))
