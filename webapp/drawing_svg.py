"""A scene as SVG: compact and themed inside the page, or a file of its own with plain colours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from webapp.drawing_paths import STEPS, path_data, rest_of_moves
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
    light,
)

FAMILY = "'Source Sans 3','Noto Sans',sans-serif"


def to_svg(scene: Scene, *, page: bool = False) -> str:
    """The scene as SVG text.

    ``page``: to stand inside the page, with the style sheet's tokens (light and dark), a link and a spoken name a
    region, no namespace. Otherwise a complete file in light colours.
    """
    pen = _Pen(page)
    clipped = not page
    maps = "".join(pen.map_part(part, number, clipped) for number, part in enumerate(scene.maps))
    body = pen.defs() + maps + "".join(pen.marks(scene.frame))
    size = f"0 0 {scene.width} {scene.height}"
    if page:
        projection = scene.maps[0].projection
        at = {
            "data_zoom": f"{projection.zoom:.6f}",
            "data_dx": f"{projection.dx:.3f}",
            "data_dy": f"{projection.dy:.3f}",
        }
        names = " ".join(["first-map", *scene.classes])
        return _tag("svg", body, class_=names, viewBox=size, role="group", aria_label=scene.title, **at)
    words = _tag("title", escape(scene.title)) + _tag("desc", escape(scene.description))
    paper = _tag("rect", width=scene.width, height=scene.height, fill=light(scene.background))
    more = {"width": scene.width, "height": scene.height, "viewBox": size, "role": "img", "lang": scene.lang}
    namespace = "http://www.w3.org/2000/svg"
    return _tag("svg", words + paper + body, xmlns=namespace, **more, font_family=FAMILY) + "\n"


class _Pen:
    """Writes marks; collects the textures and clips they need."""

    def __init__(self, page: bool) -> None:
        self.page = page
        self.textures: dict[Texture, str] = {}
        self.clips: list[str] = []

    def map_part(self, part: MapPart, number: int, clipped: bool) -> str:
        x, y, width, height = part.window
        box = {"x": x, "y": y, "width": width, "height": height}
        clip = None
        if clipped:
            self.clips.append(_tag("clipPath", _tag("rect", **box), id=f"qw{number}"))
            clip = f"url(#qw{number})"
        ground = "" if self.page else _tag("rect", **box, fill=self.colour(part.background))
        under, over = "".join(self.marks(part.ground)), "".join(self.marks((*part.waters, *part.marks)))
        return _tag("g", ground + under + self.regions(part) + over, clip_path=clip)

    def regions(self, part: MapPart) -> str:
        """Outlines grouped by look: the colour is written once."""
        groups = []
        for _, same in groupby(part.regions, key=lambda r: (repr(r.fill), r.opacity, r.stroke, r.width)):
            regions = list(same)
            first = regions[0]
            paths = "".join(self.region(region, part) for region in regions)
            if isinstance(first.fill, tuple) and self.page:  # browsers without light-dark() keep the outer fill
                paths = _tag("g", paths, fill=f"light-dark({first.fill[0]},{first.fill[1]})")
            stroke = {"stroke": self.colour(first.stroke), "stroke_width": first.width * STEPS}
            groups.append(_tag("g", paths, **self.fill(first.fill, first.opacity), **stroke))
        rest = " ".join(map(_n, rest_of_moves(part.projection)))
        place = f"scale({_n(1 / STEPS)})" + (f"translate({rest})" if rest != "0 0" else "")
        return _tag("g", "".join(groups), class_="regions", transform=place, stroke_linejoin="round")

    def region(self, region: Region, part: MapPart) -> str:
        data = path_data(region.id, part)
        if not data:
            return ""
        path = _tag("path", d=data)
        return _tag("a", _tag("title", escape(region.label)) + path, href=region.href) if region.href else path

    def marks(self, marks: Iterable[Mark]) -> Iterator[str]:
        """Neighbouring texts of one style share a group."""
        for style, group in groupby(marks, key=_text_style):
            if style is None:
                yield from (self.mark(mark) for mark in group)
                continue
            size, colour, bold, anchor, halo = style
            attributes: dict = {"font_size": size, "fill": self.colour(colour), "font_weight": "600" if bold else None}
            attributes["text_anchor"] = anchor if anchor != "start" else None
            attributes["aria_hidden"] = "true" if self.page else None
            if halo:
                edge = {"stroke": self.colour("--halo"), "stroke_width": 3, "stroke_linejoin": "round"}
                attributes |= {**edge, "paint_order": "stroke"}
            yield _tag("g", "".join(_tag("text", escape(m.text), x=m.x, y=m.y) for m in group), **attributes)

    def mark(self, mark: Mark) -> str:
        match mark:
            case Rect():
                box = {"x": mark.x, "y": mark.y, "width": mark.width, "height": mark.height, "rx": mark.radius or None}
                return _tag("rect", **box, **self.fill(mark.fill, mark.opacity), **self.stroke(mark.stroke, 1))
            case Circle():
                fill = self.fill(mark.fill, mark.opacity) if mark.fill else {"fill": "none"}
                stroke = self.stroke(mark.stroke, mark.width, mark.dash)
                return _tag("circle", cx=mark.x, cy=mark.y, r=mark.radius, **fill, **stroke)
            case Arc():
                stroke = self.stroke(mark.colour, mark.width, 0, mark.opacity)
                return _tag("path", d=_arc(mark), fill="none", **stroke)
            case Line():
                stroke = self.stroke(mark.colour, mark.width, mark.dash, mark.opacity)
                return _tag("polyline", points=_points(mark.points), fill="none", **stroke)
            case Area():
                data = "".join(f"M{_points(ring)}z" for ring in mark.rings)
                edge = self.stroke(mark.stroke, mark.width, 0, mark.stroke_opacity)
                return _tag("path", d=data, fill_rule="evenodd", **self.fill(mark.fill, 1), **edge)
            case Polygon():
                edge = self.stroke(mark.stroke, mark.width)
                return _tag("polygon", points=_points(mark.points), **self.fill(mark.fill, 1), **edge)
        raise TypeError(f"no mark of a picture: {mark!r}")

    def fill(self, fill: Colour | Texture, opacity: float) -> dict:
        if isinstance(fill, Texture):
            paint = f"url(#{self.textures.setdefault(fill, f'qt{len(self.textures)}')})"
        else:
            paint = self.colour(fill)
        return {"fill": paint, "fill_opacity": opacity if opacity < 1 else None}

    def stroke(self, colour: Colour | None, width: float, dash: float = 0, opacity: float = 1) -> dict:
        if colour is None:
            return {}
        faint = opacity if opacity < 1 else None
        return {
            "stroke": self.colour(colour),
            "stroke_width": width,
            "stroke_dasharray": dash or None,
            "stroke_opacity": faint,
        }

    def colour(self, colour: Colour) -> str:
        if self.page and isinstance(colour, str) and colour.startswith("--"):
            return f"var({colour})"
        return light(colour)

    def defs(self) -> str:
        """Textures and clips; called last, placed first."""
        tiles = "".join(self.tile(texture, name) for texture, name in self.textures.items())
        return _tag("defs", tiles + "".join(self.clips)) if tiles or self.clips else ""

    def tile(self, texture: Texture, name: str) -> str:
        size, parts = TILES[texture.kind]
        paper = _tag("rect", width=size, height=size, fill=self.colour("--land"))
        drawn = paper + parts.format(c=self.colour(texture.colour))
        box = {"id": name, "width": size, "height": size, "patternUnits": "userSpaceOnUse"}
        # regions are drawn in steps of a pixel, and their texture with them
        return _tag("pattern", drawn, **box, patternTransform=f"scale({STEPS})")


TILES = {
    "none": (7, '<path d="M0 7L7 0" stroke="{c}" stroke-width=".7"/>'),
    "other": (8, '<g fill="{c}"><circle cx="2" cy="2" r="1.1"/><circle cx="6" cy="6" r="1.1"/></g>'),
    "planned": (9, '<path d="M-2 2L2-2M0 9L9 0M7 11L11 7" stroke="{c}" stroke-width="2.6"/>'),
    "together": (10, '<path d="M5 0V10M0 5H10" stroke="{c}" stroke-width=".9"/>'),
}


def _arc(arc: Arc) -> str:
    radius, turn = _n(arc.radius), min(arc.end, 1.0) - arc.start
    if turn >= 0.9999:  # an arc cannot end where it starts: two halves
        half = f"a{radius} {radius} 0 1 1 0 "
        return f"M{_n(arc.x)} {_n(arc.y - arc.radius)}{half}{_n(arc.radius * 2)}{half}{_n(-arc.radius * 2)}"
    ends = []
    for share in (arc.start, arc.end):
        angle = share * 2 * math.pi
        ends.append(f"{_n(arc.x + arc.radius * math.sin(angle))} {_n(arc.y - arc.radius * math.cos(angle))}")
    return f"M{ends[0]}A{radius} {radius} 0 {int(turn > 0.5)} 1 {ends[1]}"


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(round(x, 1))},{_n(round(y, 1))}" for x, y in points)


def _text_style(mark: Mark) -> tuple | None:
    return (mark.size, mark.colour, mark.bold, mark.anchor, mark.halo) if isinstance(mark, Text) else None


def _tag(name: str, body: str | None = None, **attributes: object) -> str:
    """An element; ``_`` in a name is "-", attributes that are None are left out. ``body`` is markup already."""
    text = "".join(f" {_attribute(key)}={_quoted(value)}" for key, value in attributes.items() if value is not None)
    return f"<{name}{text}/>" if body is None else f"<{name}{text}>{body}</{name}>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _quoted(value: object) -> str:
    if isinstance(value, str):
        return quoteattr(value)
    return f'"{_n(value) if isinstance(value, float) else value}"'


def _n(number: float) -> str:
    """A number with at most two decimals and no needless zero."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
