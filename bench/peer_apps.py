"""The peers as small Flask applications over the same figures: Folium as its manual shows it, and Folium tuned.

plain: four choropleths, each with its own copy of the finest outlines, rendered for every request, not packed.
tuned: one 500 m outline a layer, rendered once, kept and served with brotli.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import folium
import pandas as pd
from flask import Flask, Response

from bench.peer_libraries import add_libraries, from_here
from geo.boundaries import load_regions

SHARES = {
    "gas": "gas.population_share",
    "water": "water.population_share",
    "internet": "internet.settlements_share",
    "industry": "industry.zones",
}
COLUMNS = ["id", "name_en", "geometry"]


def plain() -> Flask:
    """Folium as its manual shows it."""
    app, atlas, regions = Flask(__name__), load_atlas(), load_regions(20)
    add_libraries(app)

    @app.get("/")
    def page() -> str:
        figure = folium.Map(location=[48, 67], zoom_start=5, tiles=None)
        for layer, code in SHARES.items():
            folium.Choropleth(
                geo_data=json.loads(regions[COLUMNS].to_json()),
                data=pd.Series(values(atlas, code), dtype=float),
                key_on="feature.properties.id",
                name=layer,
            ).add_to(figure)
        folium.LayerControl().add_to(figure)
        return from_here(figure.get_root().render())

    return app


def tuned() -> Flask:
    """Folium with simple outlines, rendered once and packed."""
    app, atlas, regions = Flask(__name__), load_atlas(), load_regions(500)
    add_libraries(app)
    figure = folium.Map(location=[48, 67], zoom_start=5, tiles=None)
    geometry = json.loads(regions[COLUMNS].set_index("id", drop=False).to_json())
    for feature in geometry["features"]:
        feature["geometry"]["coordinates"] = rounded(feature["geometry"]["coordinates"])
    for layer, code in SHARES.items():
        folium.GeoJson(geometry, name=layer, style_function=shade_by(values(atlas, code))).add_to(figure)
    folium.LayerControl().add_to(figure)
    packed = brotli.compress(from_here(figure.get_root().render()).encode(), quality=9)

    @app.get("/")
    def answer() -> Response:
        return Response(packed, mimetype="text/html", headers={"Content-Encoding": "br"})

    return app


def shade_by(shown: dict[str, float]) -> Callable[[dict[str, Any]], dict[str, float]]:
    """The darker, the larger the figure."""
    most = max(shown.values(), default=1)
    return lambda feature: {"fillOpacity": shown.get(feature["properties"]["id"], 0) / most, "weight": 1}


def load_atlas() -> dict[str, Any]:
    """The newest atlas.json of the data folder."""
    folders = sorted((Path(os.environ["QAMTU_DATA"]) / "editions").iterdir(), key=lambda path: int(path.name))
    return json.loads((folders[-1] / "atlas.json").read_bytes())


def values(atlas: dict[str, Any], code: str) -> dict[str, float]:
    """The figure of each region that has one."""
    found = {}
    for region, tracks in atlas["series"].get(code, {}).items():
        if region != "KZ" and tracks.get("actual"):
            found[region] = float(atlas["observations"][tracks["actual"][-1][2]]["v"])
    return found


def rounded(value: Any) -> Any:
    """Nested coordinates with four decimals, about ten metres."""
    return [rounded(part) for part in value] if isinstance(value, list | tuple) else round(value, 4)
