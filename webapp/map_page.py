"""The page of the map: what ``templates/map.html`` is given, made from the link and the atlas of its edition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from webapp.drawing import page_scene
from webapp.drawing_svg import to_svg
from webapp.links import default_view, grammar, parse_view, print_view
from webapp.outlines import load_outlines
from webapp.view_state import Notice, ViewState
from webapp.view_words import view_sentence, view_table, view_title


def map_context(
    query: str,
    atlas: Mapping[str, Any],
    lang: str,
    *,
    current: int,
    origin: str,
    outlines: Path | None,
    missing: int | None = None,
    tiles: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Context of map.html.

    ``atlas`` is that of the edition the link is frozen at, else of the ``current`` one; ``missing`` is the edition
    that a link asked for and that does not exist. ``origin`` is ``https://host`` for absolute addresses, ``outlines``
    the TopoJSON that the view is drawn from (None: no drawing).

    ``view`` (ViewState), ``atlas``, ``title``, ``sentence``, ``table`` (see view_words.view_table), ``drawing`` (the
    view as inline SVG, Markup or None), ``notices`` (Notice: write key and value as text only), ``share`` (query
    string of the view with its year and language), ``og`` {title, description, url, image, image_alt, oembed, locale},
    and ``boot``: JSON text for ``<script type="application/json" id="boot">``:

        {"lang", "edition", "current", "frozen": bool, "view": ViewState.to_dict(), "defaults": …, "notices": [...],
         "links": links.grammar(), "title", "sentence", "origin", "tiles": [origins],
         "data": {"atlas", "regions_500", "regions_200", "backdrop", "shell"}}      addresses that carry the edition
    """
    state, notices = parse_view(query, atlas)
    view = replace(state, lang=lang)
    defaults = default_view(atlas)
    if missing is not None:
        notices = (Notice("unknown_value", "edition", str(missing)), *(n for n in notices if n.key != "edition"))
    title, sentence = view_title(view, atlas, lang), view_sentence(view, atlas, lang)
    share = print_view(view, defaults, share=True)
    boot = {
        "lang": lang,
        "edition": atlas["edition"],
        "current": current,
        "frozen": view.edition is not None,
        "view": view.to_dict(),
        "defaults": defaults.to_dict(),
        "notices": [
            {"code": notice.code, "key": notice.key, "value": notice.value, "used": notice.used} for notice in notices
        ],
        "links": grammar(),
        "title": title,
        "sentence": sentence,
        "origin": origin,
        "tiles": list(tiles),
        "data": data_addresses(atlas["edition"]),
    }
    return {
        "view": view,
        "atlas": atlas,
        "title": title,
        "sentence": sentence,
        "table": view_table(view, atlas, lang),
        "drawing": draw(atlas, outlines, view, defaults),
        "notices": notices,
        "share": share,
        "og": open_graph(view, title, sentence, share, origin),
        "boot": script_json(boot),
    }


def draw(atlas: Mapping[str, Any], outlines: Path | None, view: ViewState, defaults: ViewState) -> Markup | None:
    """The view as SVG for the page: the first paint, and the map where scripts are off."""
    if outlines is None or not outlines.is_file():
        return None
    return Markup(to_svg(page_scene(atlas, load_outlines(outlines), view, defaults), page=True))


def data_addresses(edition: int) -> dict[str, str]:
    """Immutable addresses of what the page fetches: one page never mixes two editions."""
    base = f"/editions/{edition}"
    return {
        "atlas": f"{base}/atlas.json",
        "regions_500": f"{base}/regions-500.topojson",
        "regions_200": f"{base}/regions-200.topojson",
        "backdrop": f"{base}/backdrop.topojson",
        "shell": f"{base}/shell.js",
    }


def open_graph(view: ViewState, title: str, sentence: str, share: str, origin: str) -> dict[str, str]:
    """What a chat shows of the link: words and picture of exactly this view."""
    address = f"{origin}/?{share}"
    return {
        "title": title,
        "description": sentence,
        "url": address,
        "image": f"{origin}/preview.png?{share}",
        "image_alt": f"{title}. {sentence}",
        "oembed": f"{origin}/oembed?url={percent(address)}",
        "locale": {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}[view.lang],
    }


def percent(text: str) -> str:
    """Percent-encoded for use as a value inside another address."""
    return quote(text, safe="")


def script_json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
