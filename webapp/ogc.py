"""OGC API Features at /ogc: the published figures as collections that QGIS and GDAL read, in JSON only.

pygeoapi speaks the protocol; a small provider gives it the features of the current edition, so that whole collections,
bounding boxes and property filters are answered from memory. pygeoapi is imported at the first request: the map page
never waits for it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, request

from geo.errors import BadInput, NotFound, QamtuError
from geo.model import LAYERS
from webapp.ogc_features import COLLECTIONS
from webapp.reading_store import reader

blueprint = Blueprint("ogc", __name__, url_prefix="/ogc")
PROVIDER = "webapp.ogc_provider.AtlasProvider"
FORMATS = ("json",)
PAGE, LARGEST_PAGE = 100, 1000


@blueprint.get("/")
def landing() -> Response:
    """The landing page of the service."""
    return _answer("landing_page")


@blueprint.get("/openapi")
def openapi() -> Response:
    """The OpenAPI description of the service."""
    return _answer("openapi_")


@blueprint.get("/conformance")
def conformance() -> Response:
    """The conformance classes of the service."""
    return _answer("conformance")


@blueprint.get("/collections")
@blueprint.get("/collections/<name>")
def collections(name: str | None = None) -> Response:
    """All collections, or one."""
    return _answer("describe_collections", name)


@blueprint.get("/collections/<name>/schema")
def schema(name: str) -> Response:
    """The fields of a collection."""
    return _answer("get_collection_schema", name)


@blueprint.get("/collections/<name>/queryables")
def queryables(name: str) -> Response:
    """The fields a collection can be filtered by."""
    return _answer("get_collection_queryables", name, items=True)


@blueprint.get("/collections/<name>/items")
def items(name: str) -> Response:
    """Features of a collection; ``bbox``, ``limit``, ``offset`` and any field may be given."""
    return _answer("get_collection_items", name, items=True)


@blueprint.get("/collections/<name>/items/<path:identifier>")
def item(name: str, identifier: str) -> Response:
    """One feature."""
    return _answer("get_collection_item", name, identifier, items=True)


def _answer(function: str, *arguments: Any, items: bool = False) -> Response:
    import pygeoapi.api
    import pygeoapi.api.itemtypes

    asked = request.args.get("f", "json")
    if asked not in FORMATS:
        raise BadInput(f"«{asked[:40]}» is no format here. /ogc answers in JSON: use f=json.", received=asked[:40])
    request.environ["HTTP_ACCEPT"] = "application/json"  # a browser asking for HTML gets JSON too
    api = _api(current_app.config["QAMTU"].public_url or request.host_url.rstrip("/"), reader().current().number)
    asking = pygeoapi.api.APIRequest.from_flask(request, api.locales)
    module = pygeoapi.api.itemtypes if items else pygeoapi.api
    headers, status, content = getattr(module, function)(api, asking, *arguments)
    if status >= 400:
        raise refusal(status, content)
    kept = {key: headers[key] for key in ("Content-Type", "Content-Language", "Link", "Content-Crs") if key in headers}
    return Response(content, status, kept)


def refusal(status: int, content: str | bytes) -> QamtuError:
    """What pygeoapi refuses, in the one shape that errors have here."""
    text = json.loads(content).get("description") or "The request is not understood."
    if status == 404:
        return NotFound(f"{text.rstrip('.')}. /ogc/collections lists what there is.")
    return BadInput(text) if status < 500 else QamtuError(text)


@lru_cache(maxsize=8)
def _api(address: str, edition: int):
    from pygeoapi.api import API
    from pygeoapi.openapi import get_oas

    config = _config(address, edition)
    return API(config, get_oas(config))


def _config(address: str, edition: int) -> dict[str, Any]:
    current = reader().edition(edition)
    contact = {"name": "Qamtu", "url": address}
    title = "Qamtu: infrastructure in Kazakhstan's regions"
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 0},
            "url": f"{address}/ogc",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": False,
            "languages": ["en-US", "ru-RU", "kk-KZ"],
            "pretty_print": False,
            "limits": {"default_items": PAGE, "max_items": LARGEST_PAGE, "on_exceed": "throttle"},
            "map": {"url": "", "attribution": "© OpenStreetMap contributors (ODbL)"},
            "admin": False,
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": title,
                "description": f"Edition {current.number}, published {current.published:%Y-%m-%d}.",
                "keywords": ["Kazakhstan", *LAYERS],
                "keywords_type": "theme",
                "terms_of_service": address,
                "url": address,
            },
            "license": {"name": "ODbL 1.0 (outlines)", "url": "https://opendatacommons.org/licenses/odbl/"},
            "provider": contact,
            "contact": contact,
        },
        "resources": {name: _resource(name, edition, current.published) for name in COLLECTIONS},
    }


def _resource(name: str, edition: int, published: Any) -> dict[str, Any]:
    return {
        "type": "collection",
        "title": COLLECTIONS[name].title,
        "description": COLLECTIONS[name].description,
        "keywords": [name],
        "links": [],
        "extents": {
            "spatial": {"bbox": [46.4, 40.5, 87.4, 55.5], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
            "temporal": {"begin": None, "end": published},
        },
        "providers": [{"type": "feature", "name": PROVIDER, "data": f"{edition}/{name}", "id_field": "id"}],
    }
