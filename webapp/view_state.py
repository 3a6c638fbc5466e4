"""One view of the atlas as typed, frozen values: what is on, how it is drawn, where the map looks."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

from geo.model import LAYERS

ZOOM, LAT, LON = (2.0, 18.0), (-85.0, 85.0), (-180.0, 180.0)


@dataclass(frozen=True, slots=True)
class Viewport:
    """Where the map looks: Leaflet zoom, and the centre in EPSG:4326 degrees. Make it with ``Viewport.of``."""

    zoom: float
    lat: float
    lon: float

    @classmethod
    def of(cls, zoom: float, lat: float, lon: float) -> Viewport:
        """The nearest viewport that a link can carry: zoom to 0.1, degrees to 0.01, inside the allowed ranges."""
        return cls(
            _round(_clamp(zoom, ZOOM), 10) / 10,
            _round(_clamp(lat, LAT), 100) / 100,
            _round(_clamp(lon, LON), 100) / 100,
        )

    def __str__(self) -> str:
        return f"{_decimal(self.zoom, 1)}/{_decimal(self.lat, 2)}/{_decimal(self.lon, 2)}"


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """How one layer is drawn. ``indicator`` is written without the layer; ``filter`` holds the legend classes left
    on the map, counted from 1 (empty: all)."""

    indicator: str
    classes: str
    palette: str
    opacity: int = 100
    filter: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewState:
    """One view of the atlas, every value resolved. ``styles`` follows the order of ``LAYERS``.

    ``layers`` is in drawing order, the fill first; ``view`` None is the whole country; ``edition`` None is live.
    ``swipe`` is where two compared maps meet, in percent from the left; None is side by side.
    """

    layers: tuple[str, ...]
    styles: tuple[LayerStyle, ...]
    year: int
    show: str = "both"
    place: str | None = None
    obs: str | None = None
    compare: str | None = None
    swipe: int | None = None
    mode: str = "map"
    sort: str | None = None
    view: Viewport | None = None
    districts: bool = False
    edition: int | None = None
    embed: bool = False
    lang: str = "kk"

    def style(self, layer: str) -> LayerStyle:
        return self.styles[LAYERS.index(layer)]

    def indicator(self, layer: str) -> str:
        """The full indicator code that ``layer`` shows, e.g. "gas.population_share"."""
        return f"{layer}.{self.style(layer).indicator}"

    def to_dict(self) -> dict:
        """The shape that links.js works with: styles by layer, tuples as lists."""
        plain = asdict(self)
        plain["layers"] = list(self.layers)
        plain["styles"] = {
            layer: {**asdict(style), "filter": list(style.filter)}
            for layer, style in zip(LAYERS, self.styles, strict=True)
        }
        return plain


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a link that was not taken as written.

    ``code``: unknown_key, unknown_value, out_of_range, repeated, renamed. ``used`` is what is shown instead ("" for
    the default). ``key`` and ``value`` come from outside: write them as text only.
    """

    code: str
    key: str
    value: str
    used: str = ""


def _clamp(number: float, bounds: tuple[float, float]) -> float:
    return min(max(number, bounds[0]), bounds[1])


def _round(number: float, scale: int) -> int:
    """Half up, by the same double arithmetic as ``Math.floor(x * scale + 0.5)``."""
    return math.floor(number * scale + 0.5)


def _decimal(number: float, places: int) -> str:
    """Fixed decimals made from a whole number: ``format`` and ``toFixed`` break ties differently."""
    whole = _round(number, 10**places)
    sign, digits = ("-" if whole < 0 else ""), f"{abs(whole):0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
