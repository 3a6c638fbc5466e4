"""Pictures of a view under an address: ``/preview.png`` for chats, ``/map.png`` and ``/map.svg`` for papers."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, request

from geo.errors import BadInput
from webapp.drawing_svg import to_svg
from webapp.picture_cache import PictureCache
from webapp.pictures import WIDTH, picture_key, picture_scene
from webapp.raster import to_png
from webapp.reading_store import reader
from webapp.responses import FOREVER, Packed, packed_response
from webapp.view_request import ViewRequest, backdrop_of, outlines_for, view_of_request

LIVE = "public, max-age=300, stale-while-revalidate=86400"
NARROWEST, WIDEST = 200, 2400  # px

blueprint = Blueprint("previews", __name__)


@blueprint.get("/preview.png")
def preview() -> Response:
    """1200 × 630 px of exactly the link's view."""
    return answer_picture("png", WIDTH)


@blueprint.get("/map.png")
def map_png() -> Response:
    """The same picture at ``width`` px (200 to 2400; 1200 where not given)."""
    return answer_picture("png", parse_width(request.args.get("width")))


@blueprint.get("/map.svg")
def map_svg() -> Response:
    """The same picture as a drawing."""
    return answer_picture("svg", WIDTH)


def answer_picture(kind: str, width: int) -> Response:
    """The picture, painted once; kept for ever by whoever asked where its edition is named."""
    found = view_of_request()
    key = f"{kind} {width} {found.atlas['edition']} {found.atlas['hash']} {picture_key(found.state)!r}"
    mimetype = {"png": "image/png", "svg": "image/svg+xml"}[kind]
    packed = reader().answers.get(
        ("picture", key), lambda: Packed(shelf().get(key, lambda: paint(found, kind, width)), mimetype)
    )
    keep = FOREVER if found.frozen else LIVE
    return packed_response(packed, keep, {"Content-Disposition": f'inline; filename="{file_name(found)}.{kind}"'})


def paint(found: ViewRequest, kind: str, width: int) -> bytes:
    """The bytes of the picture."""
    scene = picture_scene(found.atlas, outlines_for(found), found.state, backdrop_of(found))
    return to_png(scene, width) if kind == "png" else to_svg(scene).encode()


def parse_width(raw: str | None) -> int:
    """A width in px. Raises BadInput naming what is allowed."""
    if raw is None or raw == "":
        return WIDTH
    if not re.fullmatch(r"[0-9]{1,5}", raw) or not NARROWEST <= int(raw) <= WIDEST:
        raise BadInput(f"width={raw[:20]!r} is no width in pixels from {NARROWEST} to {WIDEST}.", received=raw[:20])
    return int(raw)


def file_name(found: ViewRequest) -> str:
    """«qamtu-gas-industry-2025»: ASCII, whatever the view."""
    return "-".join(["qamtu", *found.state.layers, str(found.state.year), f"e{found.atlas['edition']}"])


def shelf() -> PictureCache:
    """The running application's pictures on disk."""
    kept = current_app.extensions.get("qamtu_pictures")
    if kept is None:
        folder = current_app.config["QAMTU"].data / "cache" / "pictures"
        kept = current_app.extensions["qamtu_pictures"] = PictureCache(folder)
    return kept
