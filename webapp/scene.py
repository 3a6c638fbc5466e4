"""A picture as a list of marks in pixels: what ``drawing`` composes and ``drawing_svg`` and ``raster`` paint.

A colour is a hex text, a token of ``static/css/tokens.css`` ("--ink"), or a pair (light, dark).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from webapp.outlines import TILE, Outlines, Point, project

STATIC = Path(__file__).parent.parent / "static"
FONTS = STATIC / "vendor" / "source-sans-3.052"
FONT_FILES = {False: FONTS / "SourceSans3-Regular.ttf", True: FONTS / "SourceSans3-Semibold.ttf"}
# spaces the typeface lacks, by the nearest one it has
SPACES = {0x202F: "\u00a0", 0x2009: "\u00a0", 0x2007: "\u00a0"}

Colour = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Projection:
    """World units → pixels: ``x·scale + dx``. ``zoom`` is Leaflet's."""

    zoom: float
    dx: float
    dy: float

    @property
    def scale(self) -> float:
        return TILE * 2**self.zoom

    def at(self, lon: float, lat: float) -> Point:
        """Pixels of a position in EPSG:4326 degrees."""
        x, y = project(lon, lat)
        return x * self.scale + self.dx, y * self.scale + self.dy


@dataclass(frozen=True, slots=True)
class Texture:
    """A tile of ``none``, ``other``, ``planned`` or ``together`` in ``colour``."""

    kind: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Region:
    """One region's outline with its fill; ``href`` and ``label`` make it a link with a spoken name."""

    id: str
    fill: Colour | Texture
    opacity: float = 1.0
    stroke: Colour = "--border"
    width: float = 1.0
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: Colour | Texture
    opacity: float = 1.0
    stroke: Colour | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: Colour | None
    opacity: float = 1.0
    stroke: Colour | None = None
    width: float = 1.0
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of a circle's line, ``start`` and ``end`` as shares of the whole turn from the top, clockwise."""

    x: float
    y: float
    radius: float
    start: float
    end: float
    colour: Colour
    width: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.0
    dash: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Polygon:
    points: tuple[Point, ...]
    fill: Colour
    stroke: Colour
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Area:
    """Rings filled together, holes by the even-odd rule."""

    rings: tuple[tuple[Point, ...], ...]
    fill: Colour
    stroke: Colour | None = None
    width: float = 1.0
    stroke_opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """``x`` is the start, middle or end of the line after ``anchor``; ``y`` its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour = "--ink"
    bold: bool = False
    anchor: str = "start"
    halo: bool = False


Mark = Rect | Circle | Arc | Line | Polygon | Area | Text


@dataclass(frozen=True, slots=True)
class MapPart:
    """One map of a scene: a window (x, y, width, height) onto the projection.

    ``ground`` lies under the regions, ``waters`` on them, ``marks`` over all.
    """

    window: tuple[float, float, float, float]
    projection: Projection
    outlines: Outlines
    regions: tuple[Region, ...]
    marks: tuple[Mark, ...]
    ground: tuple[Mark, ...] = ()
    waters: tuple[Mark, ...] = ()
    background: Colour = "--land-out"


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture, ``width`` × ``height`` px; ``title`` and ``description`` say it in words of ``lang``."""

    width: int
    height: int
    lang: str
    title: str
    description: str
    maps: tuple[MapPart, ...]
    frame: tuple[Mark, ...] = ()
    background: Colour = "--paper"
    classes: tuple[str, ...] = ()  # of the drawing inside the page


def light(colour: Colour) -> str:
    """The hex text of a colour on light paper."""
    if isinstance(colour, tuple):
        return colour[0]
    return tokens()[colour] if colour.startswith("--") else colour


@cache
def tokens() -> dict[str, str]:
    """Colour tokens of the light theme, read from the page's own style sheet."""
    sheet = (STATIC / "css" / "tokens.css").read_text("utf-8")
    block = re.search(r":root\s*\{(.*?)\n\}", sheet, re.DOTALL)
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,8})\s*;", block[1] if block else ""))


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """The page's own typeface (Kazakh letters included) at ``size`` px."""
    return ImageFont.truetype(str(FONT_FILES[bold]), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in px, as it is painted."""
    return font(math.ceil(size), bold).getlength(drawable(text)) * size / math.ceil(size)


def drawable(text: str) -> str:
    """``text`` with spaces that the typeface has."""
    return text.translate(SPACES)


def wrap(text: str, width: float, size: float, bold: bool = False, lines: int = 2) -> list[str]:
    """``text`` broken at spaces into at most ``lines`` lines of ``width`` px; what does not fit ends in "…"."""
    words, rows = text.split(" "), [""]
    for index, word in enumerate(words):
        longer = f"{rows[-1]} {word}".strip()
        if text_width(longer, size, bold) <= width or not rows[-1]:
            rows[-1] = longer
        elif len(rows) < lines:
            rows.append(word)
        else:
            rows[-1] = _cut(" ".join([rows[-1], *words[index:]]), width, size, bold)
            break
    return [_cut(row, width, size, bold) for row in rows]


def _cut(text: str, width: float, size: float, bold: bool) -> str:
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"
