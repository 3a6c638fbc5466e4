"""Short links: ``/s/<id>`` stands for a view for ever; the same view always has the same id."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, redirect, request

from geo.errors import BadInput, NotFound
from webapp.link_text import MAX_QUERY, print_query, split_query
from webapp.rate_limits import spend
from webapp.reading_store import reader
from webapp.view_request import public_origin, raw_query, view_of

blueprint = Blueprint("shortlinks", __name__)


@blueprint.post("/api/v1/links")
def create() -> Response:
    """``{"query": "layers=…"}`` → ``{"id", "url", "query", "notices"}``; ``query`` comes back as printed today."""
    query = parse_query(request.get_json(silent=True))
    spend("short link")
    found = view_of(query)
    link = reader().store.save_link(found.share)
    notices = [{"code": n.code, "key": n.key, "value": n.value, "used": n.used} for n in found.notices]
    response = jsonify(id=link, url=f"{public_origin()}/s/{link}", query=found.share, notices=notices)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/s/<link>")
def follow(link: str) -> Response:
    """Leads to the view, parameters of the short link winning over its own; never anywhere but to this map."""
    if not re.fullmatch(r"[a-z0-9]{6,64}", link):
        raise NotFound(
            f"{link[:40]!r} is no short link. Search for a place or an indicator, or open the map.",
            reason="no_short_link",
        )
    query = reader().store.query_of_link(link)
    response = redirect(f"/?{merged(query, raw_query())}", 302)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def merged(query: str, more: str) -> str:
    """``query`` with the parameters of ``more``: those it has are replaced, all others come after it."""
    extra = dict(split_query(more))
    pairs = [(key, extra.pop(key, value)) for key, value in split_query(query)]
    return print_query([*pairs, *extra.items()])


def parse_query(body: object) -> str:
    """The query of a request's JSON. Raises BadInput saying what is wanted."""
    query = body.get("query") if isinstance(body, dict) else None
    if not isinstance(query, str) or len(query) > MAX_QUERY:
        received = type(query).__name__ if not isinstance(query, str) else f"{len(query)} characters"
        raise BadInput(
            f'Send JSON like {{"query": "layers=gas&year=2025"}}, at most {MAX_QUERY} characters.', received=received
        )
    return query
