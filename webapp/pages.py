"""HTML pages: the map, documents with their figures marked, sources, coverage, editions, about, search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, current_app, render_template, request
from flask_babel import gettext as _

from geo.model import LANGUAGES, LAYERS
from webapp import queries
from webapp.api import search_index
from webapp.api_history import edition_record, note_words, shown_editions
from webapp.coverage import coverage_matrix, unplaced_things
from webapp.drawing_colours import page_palettes
from webapp.evidence import conflicts_of, document_record, figure_record
from webapp.frozen import changes_since
from webapp.i18n import LANGUAGE_NAMES, current_language, day, messages_for_js, number
from webapp.links import default_view
from webapp.map_page import map_context, script_json
from webapp.marked_text import marked_paragraphs
from webapp.reading_store import Reader, reader
from webapp.responses import PRIVATE, Packed, packed_response
from webapp.search import hit_record, search
from webapp.story import story_of
from webapp.theme import chosen_theme
from webapp.usual_views import draw_view, usual_drawing
from webapp.view_request import outlines_for, public_origin, view_of_request

blueprint = Blueprint("pages", __name__)
LONGEST_KEPT = 2000  # characters of a query string; pages of longer ones are not kept
VARY = "Accept-Encoding, Cookie"


def init_pages(app: Flask) -> None:
    """Registers the pages and what every template is given (told at the top of base.html)."""
    app.register_blueprint(blueprint)
    app.context_processor(page_context)
    app.jinja_env.filters["note_words"] = note_words
    app.jinja_env.filters["number"] = lambda value: number(value, current_language())
    app.jinja_env.filters["day"] = lambda value: day(value, current_language())


def page_context() -> dict[str, Any]:
    assets, lang = current_app.extensions["qamtu_assets"], current_language()
    return {
        "lang": lang,
        "theme": chosen_theme(),
        "languages": [(code, LANGUAGE_NAMES[code], address_in(code)) for code in LANGUAGES],
        "navigation": [
            ("/", _("Map")),
            ("/promises", _("Promises")),
            ("/coverage", _("Coverage")),
            ("/sources", _("Sources")),
            ("/editions", _("Editions")),
            ("/about", _("About")),
        ],
        "static_url": assets.url,
        "import_map": assets.import_map,
        "messages": messages_for_js(lang),
    }


def address_in(lang: str) -> str:
    """The address of the running page in another language; always on this server."""
    path = "/" + quote(request.path.lstrip("/\\"), safe="/~:")
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{path}?{urlencode([*pairs, ('lang', lang)], safe='~/:')}"


# the map --------------------------------------------------------------------------------------------------------------


@blueprint.get("/")
def map_page() -> Response:
    """The map of the view that the query string asks for."""
    return answer_page(make_map_page, reader().districts_version())


def make_map_page() -> str:
    source, found, lang = reader(), view_of_request(), current_language()
    edition, defaults = found.atlas["edition"], default_view(found.atlas)
    view = replace(found.state, lang=lang)
    drawing = usual_drawing(source.folder(edition), view, defaults)
    context = map_context(
        found,
        lang,
        current=source.current().number,
        origin=public_origin(),
        drawing=drawing or draw_view(found.atlas, outlines_for(found), view, defaults),
        story=source.derived(f"story {lang}", edition, lambda: story_of(found.atlas, defaults, lang)),
        data=data_addresses(source, edition),
        tiles=source.settings.tile_origins,
        tile_credit=source.settings.tile_credit,
    )
    return render_template("map.html", **context, changed=changes_since(source, found))


def data_addresses(source: Reader, edition: int) -> dict[str, str]:
    """What the map fetches, under addresses of this very content: one page never mixes two editions."""
    names = {
        "atlas": "atlas.json",
        "regions_500": "regions-500.topojson",
        "regions_200": "regions-200.topojson",
        "backdrop": "backdrop.topojson",
        "shell": "shell.js",
    }
    addresses = {
        key: f"/editions/{edition}/{name}?v={source.artefact_packed(edition, name).etag[:10]}"
        for key, name in names.items()
    }
    districts = source.districts_version()
    return {**addresses, "districts": f"/districts.topojson?v={districts}"} if districts else addresses


# documents and figures ------------------------------------------------------------------------------------------------


@blueprint.get("/documents/<document_id>")
def document_page(document_id: str) -> Response:
    """A document: its card, its text with every figure marked, the list of figures."""

    def make() -> str:
        source, lang = reader(), current_language()
        edition = queries.parse_edition(request.args, source)
        document = source.document(document_id, edition)
        figures = source.observations(edition, document=document_id)
        return render_template(
            "document.html",
            document=document_record(document, lang),
            paragraphs=marked_paragraphs(document, figures),
            figures=[figure_record(o, source, edition, lang) for o in figures],
            words={o.id: source.catalogue.indicator(o.indicator).label[lang] for o in figures},
            layers=layer_labels(lang),
            edition=edition,
            inferred=document.date_basis not in ("stated", "given"),
        )

    return answer_page(make)


@blueprint.get("/sources")
def sources_page() -> Response:
    """Every document of the current edition, with how many figures it gave each layer."""

    def make() -> str:
        source, lang = reader(), current_language()
        atlas = source.atlas()
        counts: dict[str, dict[str, int]] = {}
        for entry in atlas["observations"].values():
            layer = entry["i"].split(".")[0]
            mine = counts.setdefault(entry["d"], dict.fromkeys(LAYERS, 0))
            mine[layer] += 1
        rows = [
            {**document_record(document, lang), "counts": counts.get(key, dict.fromkeys(LAYERS, 0))}
            for key, document in source.documents().items()
        ]
        rows.sort(key=lambda row: (row["date"], row["id"]), reverse=True)
        return render_template("sources.html", rows=rows, layers=layer_labels(lang), edition=source.current().number)

    return answer_page(make)


@blueprint.get("/coverage")
def coverage_page() -> Response:
    """What is known of each region and layer, how old it is, what is missing."""

    def make() -> str:
        source, lang = reader(), current_language()
        atlas = source.atlas()
        conflicts = conflicts_of(source, source.current().number)
        return render_template(
            "coverage.html",
            matrix=coverage_matrix(atlas, lang),
            year=atlas["year"],
            conflicts=len(conflicts),
            unplaced=unplaced_things(atlas, lang),
            kinds=kind_words(),
            layers=layer_labels(lang),
        )

    return answer_page(make)


@blueprint.get("/editions")
def editions_page() -> Response:
    """The editions, the newest first, with what each changed."""

    def make() -> str:
        source, lang = reader(), current_language()
        rows = []
        for edition in shown_editions(source):
            record = edition_record(edition, source, lang)
            diff = source.diff(edition.number - 1, edition.number) if edition.number > 1 else None
            if diff is not None:
                record["details"] = {
                    "added": [figure_record(o, source, edition.number, lang) for o in diff.added[:50]],
                    "removed": [figure_record(o, source, edition.number - 1, lang) for o in diff.removed[:50]],
                    "changed": [
                        (
                            figure_record(old, source, edition.number - 1, lang),
                            figure_record(new, source, edition.number, lang),
                        )
                        for old, new in diff.changed[:50]
                    ],
                }
            rows.append(record)
        return render_template("editions.html", editions=rows, current=source.current().number)

    return answer_page(make)


@blueprint.get("/search")
def search_page() -> Response:
    """Search without scripts."""

    def make() -> str:
        source, lang = reader(), current_language()
        query = request.args.get("q", "").strip()[:80]
        index = search_index(source, source.current().number)
        hits = [hit_record(hit, index, lang) for hit in search(index, query, 30)]
        return render_template("search.html", query=query, hits=hits, kinds=kind_words())

    return answer_page(make)


def kind_words() -> dict[str, str]:
    """What a hit is, in the reader's language."""
    return {
        "country": _("Country"),
        "region": _("Region"),
        "group": _("Group of regions"),
        "city": _("City"),
        "district": _("District"),
        "settlement": _("Settlement"),
        "zone": _("Zone"),
        "sez": _("Special economic zone"),
        "mast": _("Masts"),
        "place": _("Place"),
        "pipeline": _("Pipeline"),
        "road": _("Road"),
        "station": _("Station"),
        "layer": _("Layer"),
        "indicator": _("Indicator"),
        "programme": _("Programme"),
        "document": _("Document"),
    }


@blueprint.get("/about")
def about_page() -> Response:
    """How to read a figure, sources and licences, interfaces."""
    return answer_page(lambda: render_template("about.html"))


@blueprint.get("/styleguide")
def styleguide_page() -> Response:
    """Every component in every state, made by the scripts."""
    return answer_page(lambda: render_template("styleguide.html", palettes=script_json(page_palettes())))


def layer_labels(lang: str) -> dict[str, str]:
    """The layers' names by id, in their order."""
    return {key: layer.label[lang] for key, layer in reader().catalogue.layers.items()}


# one way to answer ----------------------------------------------------------------------------------------------------


def answer_page(make: Callable[[], str], *also: object) -> Response:
    """The finished page of this address, edition, language and theme; 304 where the browser has it."""
    source, lang = reader(), current_language()
    query = request.query_string

    def packed() -> Packed:
        front = request.path == "/" and len(query) <= len(b"lang=kk")  # asked for most: worth 50 ms, once an edition
        return Packed(make().encode("utf-8"), "text/html", 10 if front else 5)

    if len(query) > LONGEST_KEPT:
        made = packed()
    else:
        key = ("page", request.path, query, public_origin(), lang, chosen_theme(), source.current().number, *also)
        made = source.answers.get(key, packed)
    return packed_response(made, PRIVATE, {"Vary": VARY})
