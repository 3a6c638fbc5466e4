"""The peers as small Flask applications over the same figures: Folium as its manual shows it, and Folium tuned.

Both show what our own map offers: four layers with a legend each, zones and pipelines, on hovering a name with value,
unit and year, on clicking the sentence and its source.

plain: four choropleths, each with its own copy of the finest outlines, rendered for every request, not packed.
tuned: one 500 m outline a layer, rendered once, kept and served with brotli.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import branca
import brotli
import folium
import geopandas as gpd
import pandas as pd
from flask import Flask, Response

from bench.peer_libraries import add_libraries, from_here
from geo.boundaries import load_regions
from geo.store import Store

SHARES = {
    "gas": "gas.population_share",
    "water": "water.population_share",
    "internet": "internet.settlements_share",
    "industry": "industry.zones",
}
PALETTES = {"gas": "YlOrBr_05", "water": "Blues_05", "internet": "Purples_05", "industry": "Greys_05"}
LANG = "kk"
COUNTRY = "KZ"


def plain() -> Flask:
    """Folium as its manual shows it."""
    app, figures, regions = Flask(__name__), load_figures(), load_regions(20)
    add_libraries(app)

    @app.get("/")
    def page() -> str:
        figure = folium.Map(location=[48, 67], zoom_start=5, tiles=None)
        for layer, code in SHARES.items():
            known = figures.of(code)
            choropleth = folium.Choropleth(
                geo_data=geometry_of(regions, known),
                data=pd.Series({region: told.value for region, told in known.items()}, dtype=float),
                key_on="feature.properties.id",
                name=figures.label(layer),
                legend_name=figures.caption(code),
            )
            choropleth.geojson.add_child(tooltip())
            choropleth.geojson.add_child(popup())
            choropleth.add_to(figure)
            add_features(figures, layer, choropleth)
        folium.LayerControl().add_to(figure)
        return from_here(figure.get_root().render())

    return app


def tuned() -> Flask:
    """Folium with simple outlines, rendered once and packed."""
    app = Flask(__name__)
    add_libraries(app)
    page = tuned_map(load_figures(), load_regions(500)).get_root().render()
    packed = brotli.compress(from_here(page).encode(), quality=9)

    @app.get("/")
    def answer() -> Response:
        return Response(packed, mimetype="text/html", headers={"Content-Encoding": "br"})

    return app


def tuned_map(figures: Figures, regions: gpd.GeoDataFrame, *, legends: bool = True) -> folium.Map:
    """The tuned map itself, which streamlit-folium shows as well."""
    figure = folium.Map(location=[48, 67], zoom_start=5, tiles=None)
    for layer, code in SHARES.items():
        known = figures.of(code)
        geometry = geometry_of(regions, known)
        for feature in geometry["features"]:
            feature["geometry"]["coordinates"] = rounded(feature["geometry"]["coordinates"])
        most = max((told.value for told in known.values()), default=1)
        colours = getattr(branca.colormap.linear, PALETTES[layer]).scale(0, most).to_step(5)
        colours.caption = figures.caption(code)
        group = folium.FeatureGroup(name=figures.label(layer)).add_to(figure)
        shown = folium.GeoJson(geometry, style_function=shade_by(colours), tooltip=tooltip(), popup=popup())
        shown.add_to(group)
        add_features(figures, layer, group)
        if legends:
            colours.add_to(figure)
    folium.LayerControl().add_to(figure)
    return figure


@dataclass(frozen=True, slots=True)
class Told:
    """What the map says of one region: ``value`` in ``unit``, with the sentence and its source."""

    value: float
    unit: str
    year: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an edition; ``quotes`` by observation, ``texts`` by document."""

    atlas: dict[str, Any]
    quotes: dict[str, str]
    texts: dict[str, str]

    def of(self, code: str) -> dict[str, Told]:
        """The newest actual figure of each region that has one."""
        found = {}
        for region, tracks in self.atlas["series"].get(code, {}).items():
            if region != COUNTRY and tracks.get("actual"):
                key = tracks["actual"][-1][2]
                figure = self.atlas["observations"][key]
                unit = self.atlas["indicators"][code]["unit_label"][LANG]
                year = str(figure.get("to") or figure.get("from") or "")[:4]
                found[region] = Told(float(figure["v"]), unit, year, self.quotes[key], self.source(figure["d"]))
        return found

    def label(self, layer: str) -> str:
        return next(each["label"][LANG] for each in self.atlas["layers"] if each["id"] == layer)

    def caption(self, code: str) -> str:
        indicator = self.atlas["indicators"][code]
        return f"{indicator['long'][LANG]}, {indicator['unit_label'][LANG]}"

    def features(self, layer: str) -> list[tuple[dict[str, Any], str, str]]:
        """Zones, pipelines and places that have a position: the feature, its sentence, its source."""
        found = []
        for feature in self.atlas["features"]:
            if feature["layer"] == layer and feature["geometry"]:
                if feature["obs"]:
                    key = feature["obs"][0]
                    sentence, document = self.quotes[key], self.atlas["observations"][key]["d"]
                else:
                    document = feature["said"][0]["d"]
                    sentence = self.texts[document][slice(*feature["said"][0]["span"])]
                found.append((feature, sentence, self.source(document)))
        return found

    def source(self, document: str) -> str:
        about = self.atlas["documents"][document]
        return ", ".join(filter(None, (about["title"], about["publisher"], about["date"])))


def load_figures() -> Figures:
    """The newest atlas.json of the data folder, with the sentences of its store."""
    data = Path(os.environ["QAMTU_DATA"])
    folders = sorted((data / "editions").iterdir(), key=lambda path: int(path.name))
    atlas = json.loads((folders[-1] / "atlas.json").read_bytes())
    with Store.open(data / "qamtu.sqlite3") as store:
        quotes = {each.id: each.quote for each in store.observations()}
        texts = {document.id: document.text for document in store.documents()}
    return Figures(atlas, quotes, texts)


def geometry_of(regions: gpd.GeoDataFrame, known: dict[str, Told]) -> dict[str, Any]:
    """GeoJSON (EPSG:4326) of the regions with what is told of each."""
    geometry = json.loads(regions[["id", f"name_{LANG}", "geometry"]].set_index("id", drop=False).to_json())
    nothing = dict.fromkeys(Told.__slots__)
    for feature in geometry["features"]:
        about = feature["properties"]
        told = known.get(about["id"])
        feature["properties"] = {
            "id": about["id"],
            "name": about[f"name_{LANG}"],
            **(asdict(told) if told else nothing),
        }
    return geometry


def tooltip() -> folium.GeoJsonTooltip:
    return folium.GeoJsonTooltip(fields=["name", "value", "unit", "year"])


def popup() -> folium.GeoJsonPopup:
    return folium.GeoJsonPopup(fields=["name", "value", "unit", "year", "sentence", "source"])


def add_features(figures: Figures, layer: str, group: Any) -> None:
    """Zones and places as circles, pipelines as lines; the bulletins are our own words, safe in a template."""
    for feature, sentence, source in figures.features(layer):
        words = {"tooltip": feature["name"][LANG], "popup": f"{sentence}<br>{source}"}
        at = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Point":
            folium.CircleMarker([at[1], at[0]], radius=5, **words).add_to(group)
        else:
            folium.PolyLine([[lat, lon] for lon, lat in at], **words).add_to(group)


def shade_by(colours: branca.colormap.StepColormap) -> Any:
    """The darker, the larger the figure."""

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        value = feature["properties"]["value"]
        paint = {"fillOpacity": 0} if value is None else {"fillColor": colours(value), "fillOpacity": 0.7}
        return {**paint, "weight": 1}

    return style


def rounded(value: Any) -> Any:
    """Nested coordinates with four decimals, about ten metres."""
    return [rounded(part) for part in value] if isinstance(value, list | tuple) else round(value, 4)
