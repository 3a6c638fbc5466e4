"""The map as Folium elements: a shell for the served page, and a map in one file that works from disk.

``atlas_map(atlas, regions)`` gives an ``AtlasMap``: a Leaflet map, a feature group with a ``CoverageLayer`` a layer
of the atlas, and one ``LayerDeck`` as their control. Folium renders ids, numbers and colours only. Folium reads what it
has rendered as a Jinja template once more, so names, figures and sentences are added after it is done, as JSON.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.map import FeatureGroup, Layer
from folium.template import Template
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from geo.model import LAYERS
from webapp.drawing_colours import page_palettes
from webapp.i18n import LANGUAGE_NAMES, messages_of, read_catalogue, script_catalogue, script_keys
from webapp.links import default_view, grammar
from webapp.map_page import script_json
from webapp.view_words import view_sentence, view_title

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
LEAFLET = "vendor/leaflet-1.9.4/leaflet"
STYLES = (
    *(f"{LEAFLET}.css", "css/tokens.css", "css/base.css", "css/components.css"),
    *("css/map.css", "css/first-map.css", "css/story.css", "css/map-tools.css", "css/print.css"),
)
# Leaflet's; centre and bounds in EPSG:4326 degrees (lat, lon), until the page fits the country into its window.
OPTIONS = {
    "center": [48.0, 67.0],
    "zoom": 4.6,
    "min_zoom": 3,
    "max_zoom": 13,
    "zoom_snap": 0.1,
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 120,
    "max_bounds": [[-45.0, -10.0], [78.0, 145.0]],  # far south: on a phone the country stands above the sheet
    "max_bounds_viscosity": 0.5,
    "zoom_control": False,
    "attribution_control": False,
}
URL = re.compile(r"""url\(["']?(?!data:|#)([^)"']+)["']?\)""")
IMPORT = re.compile(r'(\b(?:from|import)\s*\(?\s*")\./([\w-]+\.js)(")')


def atlas_map(
    atlas: Mapping[str, Any],
    regions: Mapping[str, Any] | None = None,
    *,
    evidence: Mapping[str, Any] | None = None,
    backdrop: Mapping[str, Any] | None = None,
    lang: str = "kk",
) -> AtlasMap:
    """The map of an edition.

    ``regions`` is the TopoJSON of the region outlines (EPSG:4326, ids are ISO 3166-2 codes) that a saved map carries;
    ``evidence`` gives each observation's sentence as {"parts": [before, number, after]}; ``backdrop`` is TopoJSON of
    what lies around the regions (seeds/backdrop).
    """
    figure = AtlasMap(atlas, regions=regions, evidence=evidence, backdrop=backdrop, lang=lang)
    groups = {}
    for layer in LAYERS:
        groups[layer] = named(FeatureGroup(name=layer, overlay=True, control=True, show=False), "group", layer)
        groups[layer].add_to(figure)
        CoverageLayer(layer, headline_of(atlas, layer)).add_to(groups[layer])
    LayerDeck(figure, groups).add_to(figure)
    return figure


def shell_script(atlas: Mapping[str, Any]) -> str:
    """The script that Folium makes of ``atlas_map(atlas)``, for the served page to load as a file."""
    return atlas_map(atlas).script()


class AtlasMap(folium.Map):
    """A Folium map that loads nothing from elsewhere. ``save(path)`` writes one HTML file that works from disk."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium's own name for what a page loads: here nothing
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    # No header of its own: Folium's forbids zooming on phones.
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div id="map"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("map", {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, atlas, *, regions=None, evidence=None, backdrop=None, lang="kk") -> None:
        super().__init__(location=OPTIONS["center"], tiles=None)
        self.options = OPTIONS
        named(self, "atlas", "map")
        self.atlas, self.regions, self.evidence, self.backdrop, self.lang = atlas, regions, evidence, backdrop, lang
        AtlasFigure(self)

    def script(self) -> str:
        """The JavaScript of the map and its layers, the same text for the same atlas."""
        figure = self.get_root()
        for child in figure._children.values():
            child.render()
        lines = figure.script.render().splitlines()
        return "\n".join(line.strip() for line in lines if line.strip()) + "\n"

    def page(self) -> str:
        """One HTML file with styles, Leaflet, our modules, figures and outlines inside; nothing is loaded."""
        if self.regions is None:
            raise ValueError("A map in one file needs the outlines: atlas_map(atlas, regions).")
        environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        texts = messages_of(self.lang)
        environment.globals["_"] = lambda text: texts.get(text, text)
        view = default_view(self.atlas)
        return environment.get_template("map_alone.html").render(
            lang=self.lang,
            home="#",
            languages=[(self.lang, LANGUAGE_NAMES[self.lang], "#")],
            navigation=(),
            atlas=self.atlas,
            view=view,
            title=view_title(view, self.atlas, self.lang),
            sentence=view_sentence(view, self.atlas, self.lang),
            styles=[Markup(stylesheet(name)) for name in STYLES],
            theme=Markup(script_text("js/theme.js")),
            scripts=[Markup(script_text(f"{LEAFLET}.js"))],
            shell=Markup(self.script().replace("</", "<\\/")),
            import_map=Markup(module_map()),
            messages=Markup(script_messages(self.lang)),
            boot=Markup(script_json(self.boot())),
        )

    def boot(self) -> dict[str, Any]:
        """What app.js starts from; ``inline`` holds what a served page fetches."""
        number = self.atlas["edition"]
        inline = {
            "atlas": self.atlas,
            "regions": self.regions,
            "backdrop": self.backdrop,
            "evidence": self.evidence or {},
        }
        return {
            "lang": self.lang,
            "edition": number,
            "current": number,
            "frozen": False,
            "links": grammar(),
            "palettes": page_palettes(),
            "inline": inline,
        }

    def save(self, outfile, close_file: bool = True, **_kwargs) -> None:
        """Writes ``page()`` to a path or an open binary file."""
        if isinstance(outfile, str | Path):
            Path(outfile).write_text(self.page(), "utf-8")
            return
        outfile.write(self.page().encode())
        if close_file:
            outfile.close()


class AtlasFigure(Figure):
    """The root that Folium asks for a page: it gives the map's own."""

    def __init__(self, atlas: AtlasMap) -> None:
        super().__init__(width="100%", height="640px")
        self.add_child(atlas)
        self.atlas = atlas

    def render(self, **_kwargs) -> str:
        return self.atlas.page()


class CoverageLayer(Layer):
    """One layer of the atlas inside its feature group: holds its lines and points, knows its headline indicator."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([], {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: str, headline: str) -> None:
        super().__init__(name=layer, overlay=True, control=False, show=True)
        named(self, "coverage", layer)
        self.layer = layer
        self.options = {"layer": layer, "headline": headline}


class LayerDeck(MacroElement):
    """The one control of the layers: hands map and groups to the page (static/js/live.js)."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.qamtuShell = {
        map: {{ this.map.get_name() }},
        layers: { {% for layer, group in this.groups.items() -%}
        {{ layer }}: { group: {{ group.get_name() }}, coverage: coverage_{{ layer }} }, {% endfor -%} }
        };
        {% endmacro %}
        """
    )

    def __init__(self, atlas: AtlasMap, groups: Mapping[str, FeatureGroup]) -> None:
        super().__init__()
        named(self, "deck", "layers")
        self.map, self.groups = atlas, groups


def named(element: Element, name: str, id_: str) -> Element:
    """Gives an element a name of its own instead of a random one, so that the same atlas makes the same bytes."""
    element._name, element._id = name, id_
    return element


def headline_of(atlas: Mapping[str, Any], layer: str) -> str:
    """The indicator code a layer shows first; "" where the atlas has no such layer."""
    return next((entry["headline"] for entry in atlas["layers"] if entry["id"] == layer), "")


def stylesheet(name: str) -> str:
    """A style sheet of static/ with the files it names inside it; what is not there becomes empty."""
    path = STATIC / name
    return URL.sub(lambda match: f"url({data_address(path.parent / match[1])})", path.read_text("utf-8"))


def data_address(path: Path) -> str:
    """``data:`` address of a file."""
    if not path.is_file():
        return "data:,"
    kind = {".woff2": "font/woff2", ".js": "text/javascript"}.get(path.suffix, "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def script_text(name: str) -> str:
    """A classic script of static/ that can stand inside a script element."""
    return (STATIC / name).read_text("utf-8").replace("</script", "<\\/script")


def module_map() -> str:
    """Import map with every module of static/js inside it. A ``data:`` module cannot import its neighbours by relative
    paths, so those become bare names that the map knows."""
    imports = {}
    for path in sorted((STATIC / "js").glob("*.js")):
        source = IMPORT.sub(r"\1qamtu/\2\3", path.read_text("utf-8"))
        imports[f"qamtu/{path.name}"] = f"data:text/javascript;base64,{base64.b64encode(source.encode()).decode()}"
    return script_json({"imports": imports})


def script_messages(lang: str) -> str:
    """The scripts' texts in ``lang`` as the served page carries them."""
    return script_json(script_catalogue(lang, script_keys(STATIC / "js"), read_catalogue(lang)))
