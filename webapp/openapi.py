"""The interface described in OpenAPI 3.1, and a page of it that asks no third party for anything."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template

from geo.exporting import FORMATS
from geo.model import LANGUAGES, LAYERS, STATUSES
from geo.promises import STATES
from webapp.exports import MIMETYPES
from webapp.openapi_schemas import SCHEMAS, one_of, ref
from webapp.queries import MOST, USUAL
from webapp.responses import REVALIDATE, json_packed, packed_response

blueprint = Blueprint("openapi", __name__)
VERSION = "1.0.0"


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description as JSON."""
    return packed_response(json_packed(description()), REVALIDATE)


@blueprint.get("/api")
def page() -> str:
    """The description as a page, with an example of every address."""
    return render_template("api.html", description=description())


def description() -> dict[str, Any]:
    """The whole description; every address of the interface is in it (a test compares it with the routes)."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Qamtu",
            "version": VERSION,
            "description": "Figures of gas, water, internet and industrial zones in Kazakhstan's regions, each with "
            "the sentence it was read in. Reading needs no key. Every answer names its edition; `edition=` freezes it.",
        },
        "servers": [{"url": "/"}],
        "paths": {path: {"get": operation} for path, operation in _paths().items()},
        "components": {"schemas": SCHEMAS, "parameters": {name: _parameter(name) for name in PARAMETERS}},
    }


INTEGER = {"type": "integer"}
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "layer": (one_of(*LAYERS), "A layer."),
    "indicator": ({"type": "string"}, "Codes such as gas.population_share, parted by ~."),
    "place": ({"type": "string"}, "A region's ISO 3166-2 code, KZ for the country's own, or a gazetteer id."),
    "inside": (one_of("0", "1", "true", "false"), "1: also the figures of what lies inside the place."),
    "status": (one_of(*STATUSES), "What the figure says: how it is, or what is meant to be."),
    "year": ({**INTEGER, "minimum": 1900, "maximum": 2200}, "Figures whose period covers this year."),
    "document": ({"type": "string"}, "Figures of one document."),
    "id": ({"type": "string"}, f"Figures by id, parted by ~, at most {USUAL}."),
    "edition": ({**INTEGER, "minimum": 1, "maximum": 2**31 - 1}, "An edition's number: the figures as they were then."),
    "lang": (one_of(*LANGUAGES), "Language of labels and words."),
    "limit": ({**INTEGER, "minimum": 1, "maximum": MOST, "default": USUAL}, "How many at the most."),
    "offset": ({**INTEGER, "minimum": 0, "maximum": 10**9, "default": 0}, "How many to pass over."),
    "state": (one_of(*STATES), "State of a promise."),
    "q": ({"type": "string", "maxLength": 200}, "What to look for, in any of the languages or in Latin letters."),
    "from": ({**INTEGER, "minimum": 1, "maximum": 2**31 - 1}, "The edition to compare with."),
    "to": ({**INTEGER, "minimum": 1, "maximum": 2**31 - 1}, "The edition that is compared."),
    "tolerance": (one_of("500", "200"), "How far a border may be simplified, in metres."),
}
FIGURES = ("layer", "indicator", "place", "inside", "status", "year", "document")
PAGE = ("edition", "lang", "limit", "offset")


def _paths() -> dict[str, Any]:
    export = {
        "200": _file(),
        "202": _json("Making", "Still being made: ask again."),
        "429": _error("Too many at once."),
    }
    kind = {"name": "kind", "in": "path", "required": True, "schema": one_of(*FORMATS)}
    return {
        "/api/v1/layers": _get("The four layers with their indicators", "Layers", ("edition", "lang")),
        "/api/v1/regions.geojson": _get("Outlines of the regions (EPSG:4326)", "GeoJSON", ("edition",)),
        "/api/v1/regions.topojson": _get("Outlines with shared borders", "TopoJSON", ("tolerance", "edition")),
        "/api/v1/observations": _get("Figures with their sentences", "Figures", (*FIGURES, "id", *PAGE)),
        "/api/v1/observations/{observation_id}": _get("One figure", "OneFigure", ("edition", "lang"), "observation_id"),
        "/api/v1/derived": _get(
            "Figures computed from others, with their parts", "Computed", ("layer", "place", *PAGE)
        ),
        "/api/v1/documents": _get("Documents, the newest first", "Documents", PAGE),
        "/api/v1/documents/{document_id}": _get(
            "A document, its text and figures", "OneDocument", ("edition", "lang"), "document_id"
        ),
        "/api/v1/search": _get("Places, indicators and programmes by name", "Hits", ("q", "lang", "limit")),
        "/api/v1/editions": _get("Editions, the newest first", "Editions", ("lang",)),
        "/api/v1/changes": _get("What changed between two editions", "Changes", ("from", "to", "lang"), need=("from",)),
        "/api/v1/conflicts": _get("Figures that disagree", "Conflicts", ("layer", "place", *PAGE)),
        "/api/v1/promises": _get(
            "Plans and what became of them", "Promises", ("layer", "place", "year", "state", *PAGE)
        ),
        "/api/v1/citation": _get("How to cite the default view; a link's query cites that view", "Citation", ()),
        "/api/v1/data-dictionary": _get("Columns of the exports", "Dictionary", ("lang",)),
        "/api/v1/export.{kind}": _operation("Figures as a file", (*FIGURES, "edition"), export, [kind]),
        "/healthz": _get("The process answers", "Health", ()),
        "/readyz": _get("The store answers and an edition is there", "Health", ()),
    }


def _get(
    summary: str, schema: str, names: tuple[str, ...], path: str = "", need: tuple[str, ...] = ()
) -> dict[str, Any]:
    extra = [{"name": path, "in": "path", "required": True, "schema": {"type": "string"}}] if path else []
    extra += [{**_parameter(name), "required": True} for name in need]
    return _operation(summary, tuple(n for n in names if n not in need), {"200": _json(schema, "As asked.")}, extra)


def _operation(
    summary: str, names: tuple[str, ...], answers: dict[str, Any], extra: list[dict[str, Any]]
) -> dict[str, Any]:
    errors = {"400": _error("Not understood: what was received, what is allowed."), "404": _error("Not there.")}
    return {
        "summary": summary,
        "parameters": [*extra, *({"$ref": f"#/components/parameters/{name}"} for name in names)],
        "responses": {**answers, **errors},
    }


def _parameter(name: str) -> dict[str, Any]:
    schema, text = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


def _json(schema: str, text: str) -> dict[str, Any]:
    kind = "application/geo+json" if schema == "GeoJSON" else "application/json"
    return {"description": text, "content": {kind: {"schema": ref(schema)}}}


def _error(text: str) -> dict[str, Any]:
    return _json("Error", text)


def _file() -> dict[str, Any]:
    kinds = {mimetype.split(";")[0]: {} for mimetype in MIMETYPES.values()}
    return {"description": "The file; its columns are told by /api/v1/data-dictionary.", "content": kinds}
