"""The page of the map: what ``templates/map.html`` is given, made from the link and the atlas of its edition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from webapp.drawing_colours import page_palettes
from webapp.links import default_view, grammar, print_view
from webapp.pictures import picture_sentence
from webapp.view_request import ViewRequest
from webapp.view_state import Notice, ViewState
from webapp.view_words import view_sentence, view_sources, view_table, view_title


def map_context(
    found: ViewRequest,
    lang: str,
    *,
    current: int,
    origin: str,
    drawing: str,
    story: Mapping[str, Any],
    data: Mapping[str, str],
    tiles: tuple[str, ...] = (),
    tile_credit: str = "",
) -> dict[str, Any]:
    """Context of map.html.

    ``found`` is the view with the atlas of its edition, ``current`` the newest edition. ``origin`` is ``https://host``
    for absolute addresses, ``drawing`` the view as the page's ``<svg>``, ``story`` what the atlas tells (see
    story.story_of), ``data`` the addresses of what the page fetches ({"atlas", "regions_500", "regions_200",
    "backdrop", "shell"}), each naming edition and content.

    ``view`` (ViewState), ``atlas``, ``title``, ``sentence``, ``table`` (see view_words.view_table), ``sources``
    (its documents, as in atlas.json, for a print without scripts), ``story`` (with ``shown`` while the view is of its
    year and of no place), ``drawing`` (Markup), ``years`` [(year, address of the view in it)], ``notices`` (Notice:
    write key and value as text only), ``share`` (query string of the view with its year and language), ``og`` {title,
    description, url, image, image_alt, oembed, locale}, ``data``, and ``boot``: JSON text for
    ``<script type="application/json" id="boot">``:

        {"lang", "edition", "current", "frozen": bool, "notices": [...],
         "links": links.grammar(), "palettes": drawing_colours.page_palettes(), "title", "sentence", "origin",
         "tiles": [origins], "tile_credit",
         "data": as above}
    """
    atlas, view, notices = found.atlas, replace(found.state, lang=lang), found.notices
    defaults = default_view(atlas)
    if found.missing is not None:
        rest = (notice for notice in notices if notice.key != "edition")
        notices = (Notice("unknown_value", "edition", str(found.missing)), *rest)
    title, sentence = view_title(view, atlas, lang), view_sentence(view, atlas, lang)
    table, share = view_table(view, atlas, lang), print_view(view, defaults, share=True)
    boot = {
        "lang": lang,
        "edition": atlas["edition"],
        "current": current,
        "frozen": view.edition is not None,
        "notices": [
            {"code": notice.code, "key": notice.key, "value": notice.value, "used": notice.used} for notice in notices
        ],
        "links": grammar(),
        "palettes": page_palettes(),
        "title": title,
        "sentence": sentence,
        "origin": origin,
        "tiles": list(tiles),
        "tile_credit": tile_credit,
        "data": dict(data),
    }
    return {
        "view": view,
        "atlas": atlas,
        "title": title,
        "sentence": sentence,
        "table": table,
        "sources": view_sources(view, atlas, table),
        "story": {**story, "shown": is_first_screen(view, atlas)},
        "drawing": Markup(drawing),
        "years": [(year, "/?" + print_view(replace(view, year=year), defaults)) for year in atlas["years"]],
        "notices": notices,
        "share": share,
        "og": open_graph(view, title, picture_sentence(view, atlas), share, origin),
        "data": data,
        "boot": script_json(boot),
    }


def is_first_screen(view: ViewState, atlas: Mapping[str, Any]) -> bool:
    """Whether the story card stands beside the map; ``static/js/story.js`` decides the same while the view changes."""
    free = view.place is None and not view.compare and not view.embed
    return free and view.mode == "map" and view.year == atlas["year"]


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
