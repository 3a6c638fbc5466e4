"""A scene as pixels: aggdraw paints shapes, Pillow the letters (its stroke makes the halo). No browser, no display."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import aggdraw
from PIL import Image, ImageColor, ImageDraw

from webapp.scene import (
    Arc,
    Area,
    Circle,
    Colour,
    Line,
    MapPart,
    Mark,
    Polygon,
    Rect,
    Region,
    Scene,
    Text,
    Texture,
    drawable,
    font,
    light,
)

OPAQUE = 255
HALO = 2  # px on either side of a letter


def to_png(scene: Scene, width: int | None = None) -> bytes:
    """The scene as PNG bytes; ``width`` px wide where given, the height in proportion."""
    image = to_image(scene, (width or scene.width) / scene.width)
    # 256 colours hold a map's flat fills and soft edges, and take a third of the bytes and half of the time
    image = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=2)
    return out.getvalue()


def to_image(scene: Scene, scale: float = 1.0) -> Image.Image:
    """The scene as an RGB image, ``scale`` pixels to a unit."""
    image = Image.new("RGB", (round(scene.width * scale), round(scene.height * scale)), light(scene.background))
    for part in scene.maps:
        _paint_map(image, part, scale)
    _paint_marks(image, scene.frame, scale)
    return image


def _paint_map(image: Image.Image, part: MapPart, scale: float) -> None:
    """The map on a canvas of its own size, so that nothing is painted outside its window."""
    x, y, width, height = (round(edge * scale) for edge in part.window)
    canvas = Image.new("RGB", (width, height), light(part.background))
    dx, dy = part.projection.dx * scale - x, part.projection.dy * scale - y
    factor = part.projection.scale * scale
    corner = (part.window[0], part.window[1])
    _paint_marks(canvas, part.ground, scale, corner)
    paths = [(region, _region_path(part, region, factor, dx, dy)) for region in part.regions]
    _fill_textures(canvas, paths, scale)
    draw = aggdraw.Draw(canvas)
    for region, path in paths:
        pen = aggdraw.Pen(light(region.stroke), region.width * scale)
        if isinstance(region.fill, Texture):
            draw.path(path, pen)
        else:
            draw.path(path, pen, aggdraw.Brush(light(region.fill), round(OPAQUE * region.opacity)))
    draw.flush()
    _paint_marks(canvas, (*part.waters, *part.marks), scale, corner)
    image.paste(canvas, (x, y))


def _region_path(part: MapPart, region: Region, factor: float, dx: float, dy: float) -> aggdraw.Path:
    path = aggdraw.Path()
    for ring in part.outlines.rings(region.id, part.projection.zoom):
        (x, y), *rest = ring
        path.moveto(x * factor + dx, y * factor + dy)
        for x, y in rest[:-1]:
            path.lineto(x * factor + dx, y * factor + dy)
        path.close()
    return path


def _fill_textures(canvas: Image.Image, paths: list[tuple[Region, aggdraw.Path]], scale: float) -> None:
    """Textured regions, all of one texture through one mask."""
    by_texture: dict[tuple[Texture, float], list[aggdraw.Path]] = {}
    for region, path in paths:
        if isinstance(region.fill, Texture):
            by_texture.setdefault((region.fill, region.opacity), []).append(path)
    for (texture, opacity), same in by_texture.items():
        mask = Image.new("L", canvas.size, 0)
        draw = aggdraw.Draw(mask)
        brush = aggdraw.Brush(round(OPAQUE * opacity))
        for path in same:
            draw.path(path, brush)
        draw.flush()
        canvas.paste(_sheet(texture, canvas.size, round(scale * 100)), (0, 0), mask)


@lru_cache(maxsize=24)
def _sheet(texture: Texture, size: tuple[int, int], percent: int) -> Image.Image:
    """A canvas covered with the texture's tile."""
    step, tile = _tile(texture, percent / 100)
    sheet = Image.new("RGB", size)
    row = Image.new("RGB", (size[0], step))
    for x in range(0, size[0], step):
        row.paste(tile, (x, 0))
    for y in range(0, size[1], step):
        sheet.paste(row, (0, y))
    return sheet


def _tile(texture: Texture, scale: float) -> tuple[int, Image.Image]:
    size = {"none": 7, "other": 8, "planned": 9, "together": 10}[texture.kind]
    step = max(3, round(size * scale))
    tile = Image.new("RGB", (step, step), light("--land"))
    draw, unit, colour = aggdraw.Draw(tile), step / size, light(texture.colour)
    if texture.kind == "none":
        draw.line((-1, step + 1, step + 1, -1), aggdraw.Pen(colour, 0.7 * unit))
    elif texture.kind == "planned":
        for shift in (-step, 0, step):
            draw.line((shift - 2, step + 2, shift + step + 2, -2), aggdraw.Pen(colour, 2.6 * unit))
    elif texture.kind == "together":
        half = step / 2
        draw.line((half, 0, half, step), aggdraw.Pen(colour, 0.9 * unit))
        draw.line((0, half, step, half), aggdraw.Pen(colour, 0.9 * unit))
    else:
        for centre in (2 * unit, 6 * unit):
            reach = 1.1 * unit
            draw.ellipse((centre - reach, centre - reach, centre + reach, centre + reach), aggdraw.Brush(colour))
    draw.flush()
    return step, tile


def _paint_marks(image: Image.Image, marks: Iterable[Mark], scale: float, origin: tuple[float, float] = (0, 0)) -> None:
    """Marks in their order; ``origin`` is where the image lies in the scene. Letters come last: they lie on top."""
    marks = list(marks)
    for mark in marks:
        if isinstance(mark, Rect) and isinstance(mark.fill, Texture):
            x, y = round((mark.x - origin[0]) * scale), round((mark.y - origin[1]) * scale)
            size = (round(mark.width * scale), round(mark.height * scale))
            image.paste(_sheet(mark.fill, size, round(scale * 100)), (x, y))
    draw = aggdraw.Draw(image)
    for mark in marks:
        if not isinstance(mark, Text):
            _paint_shape(draw, mark, scale, origin)
    draw.flush()
    for mark in marks:
        if isinstance(mark, Text):
            _paint_text(image, mark, scale, origin)


def _paint_shape(draw: aggdraw.Draw, mark: Mark, scale: float, origin: tuple[float, float]) -> None:
    def place(x: float, y: float) -> tuple[float, float]:
        return (x - origin[0]) * scale, (y - origin[1]) * scale

    match mark:
        case Rect():
            box = (*place(mark.x, mark.y), *place(mark.x + mark.width, mark.y + mark.height))
            draw.rectangle(box, *_tools(mark.fill, mark.opacity, mark.stroke, scale))
        case Circle():
            reach = mark.radius
            box = (*place(mark.x - reach, mark.y - reach), *place(mark.x + reach, mark.y + reach))
            if mark.dash and mark.stroke:
                if mark.fill:
                    draw.ellipse(box, aggdraw.Brush(light(mark.fill), round(OPAQUE * mark.opacity)))
                turns = max(4, round(2 * math.pi * reach / (2 * mark.dash)))
                pen = aggdraw.Pen(light(mark.stroke), mark.width * scale)
                for turn in range(turns):
                    draw.arc(box, 360 * turn / turns, 360 * (turn + 0.5) / turns, pen)
            else:
                draw.ellipse(box, *_tools(mark.fill, mark.opacity, mark.stroke, scale * mark.width))
        case Arc():
            reach = mark.radius
            box = (*place(mark.x - reach, mark.y - reach), *place(mark.x + reach, mark.y + reach))
            pen = aggdraw.Pen(light(mark.colour), mark.width * scale, round(OPAQUE * mark.opacity))
            draw.arc(box, 90 - mark.end * 360, 90 - mark.start * 360, pen)
        case Polygon():
            tools = [aggdraw.Pen(light(mark.stroke), mark.width * scale), aggdraw.Brush(light(mark.fill))]
            draw.polygon([number for point in mark.points for number in place(*point)], *tools)
        case Area():
            path = aggdraw.Path()
            for ring in mark.rings:
                path.moveto(*place(*ring[0]))
                for point in ring[1:]:
                    path.lineto(*place(*point))
                path.close()
            draw.path(path, aggdraw.Brush(light(mark.fill)))
            if mark.stroke:
                pen = aggdraw.Pen(light(mark.stroke), mark.width * scale, round(OPAQUE * mark.stroke_opacity))
                draw.path(path, pen)
        case Line():
            pen = aggdraw.Pen(light(mark.colour), mark.width * scale, round(OPAQUE * mark.opacity))
            points = [place(*point) for point in mark.points]
            for dash in _dashes(points, mark.dash * scale) if mark.dash else [points]:
                draw.line([number for point in dash for number in point], pen)


def _tools(fill: Colour | Texture | None, opacity: float, stroke: Colour | None, width: float) -> list:
    tools = [aggdraw.Pen(light(stroke), width)] if stroke else []
    if isinstance(fill, Texture):  # pasted beforehand
        return tools
    return [*tools, aggdraw.Brush(light(fill), round(OPAQUE * opacity))] if fill else tools


def _dashes(points: list[tuple[float, float]], length: float) -> Iterable[list[tuple[float, float]]]:
    """Pieces of ``length`` px along a line, gaps as long."""
    on, left, piece = True, length, [points[0]]
    for start, end in pairwise(points):
        at, total = 0.0, math.dist(start, end)
        while total - at > left:
            at += left
            cut = (start[0] + (end[0] - start[0]) * at / total, start[1] + (end[1] - start[1]) * at / total)
            if on:
                yield [*piece, cut]
            on, left, piece = not on, length, [cut]
        left -= total - at
        piece.append(end)
    if on and len(piece) > 1:
        yield piece


def _paint_text(image: Image.Image, mark: Text, scale: float, origin: tuple[float, float]) -> None:
    size = max(1, round(mark.size * scale))
    halo = max(1, round(HALO * scale)) if mark.halo else 0
    label, left, top = _label(drawable(mark.text), size, mark.bold, light(mark.colour), halo, mark.anchor)
    x, y = (mark.x - origin[0]) * scale, (mark.y - origin[1]) * scale
    image.paste(label, (round(x) + left, round(y) + top), label)


@lru_cache(maxsize=1500)
def _label(text: str, size: int, bold: bool, colour: str, halo: int, anchor: str) -> tuple[Image.Image, int, int]:
    """A line of letters on glass, and where its corner lies from its anchor: the same names stand on most pictures."""
    face, place = font(size, bold), {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor=place, stroke_width=halo))
    around = light("--halo") if halo else colour
    label = Image.new("RGBA", (max(1, right - left + 2), max(1, bottom - top + 2)), (*ImageColor.getrgb(around), 0))
    letters = ImageDraw.Draw(label)
    letters.text((1 - left, 1 - top), text, font=face, fill=colour, anchor=place, stroke_width=halo, stroke_fill=around)
    return label, left - 1, top - 1
