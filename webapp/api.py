"""The JSON interface under ``/api/v1``, the artefacts of editions, and the two health addresses."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.datastructures import MultiDict

from geo.model import LAYERS
from webapp import queries
from webapp.answering import answer_json, paging
from webapp.derived_figures import derived_of, derived_record
from webapp.evidence import document_record, figure_record
from webapp.reading_store import Reader, reader
from webapp.responses import FOREVER, REVALIDATE, packed_response
from webapp.search import build_index, hit_record, search

blueprint = Blueprint("api", __name__)


def init_api(app: Flask) -> None:
    """Registers the interface."""
    from webapp.api_history import blueprint as history

    app.register_blueprint(blueprint)
    app.register_blueprint(history)


# health ---------------------------------------------------------------------------------------------------------------


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return uncached({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """The store answers and an edition is there to be shown."""
    reader().store.ping()
    return uncached({"status": "ok", "edition": reader().current().number})


def uncached(value: object) -> Response:
    response = jsonify(value)
    response.headers["Cache-Control"] = "no-store"
    return response


# what was made when an edition was published --------------------------------------------------------------------------


@blueprint.get("/editions/<int:number>/<name>")
def artefact(number: int, name: str) -> Response:
    """An immutable file of an edition, packed beforehand."""
    return packed_response(reader().artefact_packed(number, name), FOREVER)


@blueprint.get("/api/v1/regions.geojson")
def regions_geojson() -> Response:
    """The regions as GeoJSON (EPSG:4326) with code, names, kind and area."""
    return regions_file("regions.geojson")


@blueprint.get("/api/v1/regions.topojson")
def regions_topojson() -> Response:
    """The regions as TopoJSON; ``tolerance`` 500 (usual) or 200 metres."""
    queries.require_known(request.args, ("tolerance", "edition"))
    tolerance = queries.parse_choice(request.args, "tolerance", ("500", "200")) or "500"
    return regions_file(f"regions-{tolerance}.topojson")


def regions_file(name: str) -> Response:
    number = queries.parse_edition(request.args, reader())
    return packed_response(reader().artefact_packed(number, name), REVALIDATE)


@blueprint.get("/districts.topojson")
def districts() -> Response:
    """The districts that were imported into this data folder, as TopoJSON (EPSG:4326). NotFound where none were."""
    return packed_response(reader().districts(), FOREVER if "v" in request.args else REVALIDATE)


# figures --------------------------------------------------------------------------------------------------------------


@blueprint.get("/api/v1/layers")
def layers() -> Response:
    """The four layers with their indicators; ``figures`` says how many each has in the edition."""
    return answer_json(
        ("edition", "lang"), lambda source, args: layers_value(source, queries.parse_edition(args, source))
    )


def layers_value(source: Reader, number: int) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for entry in source.atlas(number)["observations"].values():
        counts[entry["i"]] = counts.get(entry["i"], 0) + 1
    catalogue = source.catalogue
    return {
        "edition": number,
        "layers": [
            {
                "id": layer.id,
                "label": layer.label,
                "headline": layer.headline,
                "figures": sum(counts.get(indicator.code, 0) for indicator in catalogue.of_layer(layer.id)),
                "indicators": [
                    {
                        "code": indicator.code,
                        "label": indicator.label,
                        "long": indicator.long,
                        "unit": indicator.unit,
                        "unit_label": catalogue.units[indicator.unit].label,
                        "kind": indicator.kind,
                        "group": indicator.group or indicator.code,
                        "better": indicator.better,
                        "figures": counts.get(indicator.code, 0),
                    }
                    for indicator in catalogue.of_layer(layer.id)
                ],
            }
            for layer in catalogue.layers.values()
        ],
    }


@blueprint.get("/api/v1/observations")
def observations() -> Response:
    """Figures with their evidence; filters layer, indicator, place, inside, status, year, document, id."""
    return answer_json((*queries.FIGURE_PARAMETERS, *queries.PAGE_PARAMETERS), observations_value)


def observations_value(source: Reader, args: MultiDict) -> dict[str, Any]:
    query = queries.parse_figure_query(args, source)
    found = source.observations(query.edition, **query.filters)
    if query.ids:
        wanted = set(query.ids)
        found = [o for o in found if o.id in wanted]
    page = found[query.offset : query.offset + query.limit]
    return {
        "edition": query.edition,
        **paging(args, len(found), query.limit, query.offset),
        "observations": [figure_record(o, source, query.edition, query.lang) for o in page],
    }


@blueprint.get("/api/v1/observations/<observation_id>")
def observation(observation_id: str) -> Response:
    """One figure with its evidence and the edition it is known since."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        number, lang = queries.parse_edition(args, source), queries.parse_language(args, source)
        found = source.store.observation(observation_id, number)
        return {
            "edition": number,
            "known_since": source.store.known_since(observation_id),
            "observation": figure_record(found, source, number, lang),
        }

    return answer_json(("edition", "lang"), make, observation_id)


@blueprint.get("/api/v1/derived")
def derived() -> Response:
    """Figures computed from those of documents, each with its rule and parts; filters layer, place."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        number, lang = queries.parse_edition(args, source), queries.parse_language(args, source)
        atlas = source.atlas(number)
        place = queries.parse_place(args, atlas, source)
        layer = queries.parse_choice(args, "layer", LAYERS)
        limit = queries.parse_number(args, "limit", 1, queries.MOST, queries.USUAL) or queries.USUAL
        offset = queries.parse_number(args, "offset", 0, 10**9, 0) or 0
        found = list(derived_of(atlas, place, layer))
        return {
            "edition": number,
            **paging(args, len(found), limit, offset),
            "population": atlas.get("population"),
            "derived": [derived_record(entry, atlas, lang) for entry in found[offset : offset + limit]],
        }

    return answer_json(("layer", "place", *queries.PAGE_PARAMETERS), make)


# documents ------------------------------------------------------------------------------------------------------------


@blueprint.get("/api/v1/documents")
def documents() -> Response:
    """Every document cited in the edition, the newest first."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        number, lang = queries.parse_edition(args, source), queries.parse_language(args, source)
        limit = queries.parse_number(args, "limit", 1, queries.MOST, queries.USUAL) or queries.USUAL
        offset = queries.parse_number(args, "offset", 0, 10**9, 0) or 0
        found = [document_record(d, lang) for d in source.documents(number).values()]
        found.sort(key=lambda record: (record["date"], record["id"]), reverse=True)
        return {
            "edition": number,
            **paging(args, len(found), limit, offset),
            "documents": found[offset : offset + limit],
        }

    return answer_json(queries.PAGE_PARAMETERS, make)


@blueprint.get("/api/v1/documents/<document_id>")
def document(document_id: str) -> Response:
    """A document with its text and the spans of its figures, counted in characters of ``text``."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        number, lang = queries.parse_edition(args, source), queries.parse_language(args, source)
        found = source.document(document_id, number)
        figures = source.observations(number, document=document_id)
        return {
            "edition": number,
            "document": document_record(found, lang),
            "text": found.text,
            "body_start": found.body_start,
            "observations": [figure_record(o, source, number, lang) for o in figures],
        }

    return answer_json(("edition", "lang"), make, document_id)


# search ---------------------------------------------------------------------------------------------------------------


@blueprint.get("/api/v1/search")
def search_everything() -> Response:
    """Places, layers, indicators, programmes and documents whose name is like ``q``, best first."""

    def make(source: Reader, args: MultiDict) -> dict[str, Any]:
        lang = queries.parse_language(args, source)
        limit = queries.parse_number(args, "limit", 1, 50, 12) or 12
        query = (args.get("q") or "").strip()[:80]
        number = source.current().number
        index = search_index(source, number)
        return {
            "edition": number,
            "query": query,
            "results": [hit_record(hit, index, lang) for hit in search(index, query, limit)],
        }

    return answer_json(("q", "lang", "limit"), make)


def search_index(source: Reader, number: int):
    """The search index of an edition, built once."""
    return source.derived("search", number, lambda: build_index(source.atlas(number), source.gazetteer))
