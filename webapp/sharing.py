"""What goes with a link: QR code, citation, embed code and oEmbed."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import segno
from flask import Blueprint, Response, jsonify, request

from geo.errors import BadInput, NotFound
from geo.model import LANGUAGES
from webapp.i18n import day
from webapp.links import default_view, print_view
from webapp.picture_text import words
from webapp.pictures import HEIGHT, WIDTH
from webapp.reading_store import reader
from webapp.responses import Packed, packed_response
from webapp.view_request import ViewRequest, public_origin, view_of, view_of_request
from webapp.view_state import ViewState
from webapp.view_words import view_title

EMBED_WIDTH, EMBED_HEIGHT = 960, 540
SMALLEST_EMBED = 320
DAY = "public, max-age=86400"

blueprint = Blueprint("sharing", __name__)


@blueprint.get("/qr.svg")
def qr_svg() -> Response:
    """The view's address as a QR code, drawn."""
    return answer_qr("svg")


@blueprint.get("/qr.png")
def qr_png() -> Response:
    """The view's address as a QR code, 8 px a module."""
    return answer_qr("png")


@blueprint.get("/api/v1/citation")
def citation() -> Response:
    """How to cite the view: its edition pinned, today's date as the day of access, in every language."""
    found = view_of_request()
    today = dt.datetime.now(dt.UTC).date()
    response = jsonify(url=frozen_address(found), **citation_texts(found, today))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/oembed")
def oembed() -> Response:
    """oEmbed 1.0, type rich. Raises NotFound for an address that is not a view of this atlas."""
    if request.args.get("format", "json") != "json":
        response = jsonify(error={"code": "bad_input", "message": "Only format=json is offered.", "details": {}})
        response.status_code = 501
        return response
    found = view_of(query_of_address(request.args.get("url", "")))
    width = parse_size("maxwidth", EMBED_WIDTH)
    height = parse_size("maxheight", EMBED_HEIGHT)
    response = jsonify(oembed_record(found, min(width, EMBED_WIDTH), min(height, EMBED_HEIGHT)))
    response.headers["Cache-Control"] = DAY if found.frozen else "public, max-age=3600"
    return response


def answer_qr(kind: str) -> Response:
    address = f"{public_origin()}/?{query_with(view_of_request(), embed=False)}"
    mimetype = {"png": "image/png", "svg": "image/svg+xml"}[kind]
    packed = reader().answers.get(("qr", kind, address), lambda: Packed(qr_code(address, kind), mimetype))
    return packed_response(packed, DAY)


def qr_code(address: str, kind: str) -> bytes:
    """A QR code of ``address`` with room for 15 % of damage, dark on white, quiet zone included."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    if kind == "svg":
        code.save(out, kind="svg", scale=4, border=4, dark="#26221c", light="#ffffff", xmldecl=False, nl=False)
    else:
        code.save(out, kind="png", scale=8, border=4, dark="#26221c", light="#ffffff")
    return out.getvalue()


def citation_texts(found: ViewRequest, today: dt.date) -> dict[str, str]:
    """A reference in kk, ru and en, and BibTeX."""
    atlas, address = found.atlas, frozen_address(found)
    published = atlas["published"][:10]
    texts = {lang: citation_text(found, lang, address, today) for lang in LANGUAGES}
    title = re.sub(r"[{}\\%&#$_^~]", " ", view_title(found.state, atlas, found.state.lang))
    fields = {
        "author": "{Qamtu}",
        "title": f"{{{title}}}",
        "year": f"{{{published[:4]}}}",
        "note": f"{{Edition {atlas['edition']}, accessed {today.isoformat()}}}",
        "url": f"{{{address}}}",
    }
    lines = ",\n".join(f"  {key} = {value}" for key, value in fields.items())
    return {**texts, "bibtex": f"@misc{{qamtu-{atlas['edition']}-{found.state.year},\n{lines}\n}}"}


def citation_text(found: ViewRequest, lang: str, address: str, today: dt.date) -> str:
    """One reference: what, which edition of which day, where, and when it was looked at."""
    atlas = found.atlas
    published = day(atlas["published"][:10], lang)
    title = view_title(found.state, atlas, lang)
    return words("citation", lang, title=title, n=atlas["edition"], x=published, url=address, today=day(today, lang))


def frozen_address(found: ViewRequest) -> str:
    """The view's address with its figures pinned."""
    return f"{public_origin()}/?{query_with(found, edition=found.atlas['edition'], embed=False)}"


def query_with(found: ViewRequest, **changes: object) -> str:
    """The canonical query of the view with some fields changed."""
    state = ViewState(**{**{name: getattr(found.state, name) for name in found.state.__slots__}, **changes})
    return print_view(state, default_view(found.atlas), share=True)


def oembed_record(found: ViewRequest, width: int, height: int) -> Mapping[str, Any]:
    origin = public_origin()
    title = view_title(found.state, found.atlas, found.state.lang)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Qamtu",
        "provider_url": origin,
        "title": title,
        "html": embed_code(f"{origin}/?{query_with(found, embed=True)}", title, width, height),
        "width": width,
        "height": height,
        "thumbnail_url": f"{origin}/preview.png?{found.share}",
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
        "cache_age": 3600,
    }


def embed_code(address: str, title: str, width: int, height: int) -> str:
    """An iframe that keeps its proportions and works sandboxed."""
    quoted = {'"': "&quot;"}
    return (
        f'<iframe src="{escape(address, quoted)}" title="{escape(title, quoted)}" width="{width}" height="{height}" '
        f'style="width:100%;max-width:{width}px;aspect-ratio:{width}/{height};height:auto;border:0" loading="lazy" '
        f'sandbox="allow-scripts allow-same-origin allow-popups" allowfullscreen></iframe>'
    )


def query_of_address(address: str) -> str:
    """The query of one of our own addresses, a short link's too. Raises NotFound for any other."""
    try:
        parts = urlsplit(address)
        host = urlsplit(public_origin())
    except ValueError:
        parts = host = urlsplit("")
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() == host.netloc.lower()
    if ours and parts.path in ("", "/"):
        return parts.query
    short = re.fullmatch(r"/s/([a-z0-9]{6,64})", parts.path)
    if ours and short:
        return reader().store.query_of_link(short[1])
    raise NotFound(f"{address[:80]!r} is no view of this atlas. Give url={public_origin()}/?… or …/s/…")


def parse_size(name: str, usual: int) -> int:
    """maxwidth or maxheight in px. Raises BadInput."""
    raw = request.args.get(name, "")
    if not raw:
        return usual
    if not re.fullmatch(r"[0-9]{1,5}", raw) or int(raw) < SMALLEST_EMBED // 2:
        raise BadInput(f"{name}={raw[:20]!r} must be whole pixels, at least {SMALLEST_EMBED // 2}.", received=raw[:20])
    return int(raw)
