"""The ledger of promises as a view: its choice in the address, in words, shared by link and picture like the map's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from geo.model import LAYERS
from geo.promises import STATES
from webapp import queries
from webapp.answering import keep
from webapp.api_history import promises_value, today
from webapp.figures import place_name, region_entries
from webapp.i18n import current_language, number
from webapp.pages import answer_page, layer_labels
from webapp.pictures import HEIGHT, WIDTH
from webapp.previews import LIVE, shelf
from webapp.promise_picture import promise_scene
from webapp.raster import to_png
from webapp.reading_store import Reader, reader
from webapp.responses import Packed, packed_response
from webapp.view_request import public_origin

blueprint = Blueprint("promise_views", __name__)
FILTERS = ("layer", "place", "year", "state")
MOST = 200  # promises on one page


@dataclass(frozen=True, slots=True)
class PromiseChoice:
    """Which promises are shown. ``edition`` is None for live figures; ``year`` is that of the due date."""

    layer: str | None
    place: str | None
    year: int | None
    state: str | None
    edition: int | None
    lang: str

    @property
    def query(self) -> str:
        """The canonical query string: the same choice always gives the same bytes."""
        pairs = [(name, getattr(self, name)) for name in (*FILTERS, "edition", "lang")]
        return urlencode([(name, value) for name, value in pairs if value is not None], safe="~/:")

    @property
    def args(self) -> MultiDict:
        """The choice as the parameters of ``/api/v1/promises``."""
        return MultiDict((name, str(value)) for name in (*FILTERS, "edition", "lang") if (value := getattr(self, name)))


def parse_choice(args: MultiDict, source: Reader, lang: str) -> PromiseChoice:
    """The choice of an address; other parameters are passed over. Raises BadView, NotFound."""
    edition = queries.parse_edition(args, source)
    return PromiseChoice(
        layer=queries.parse_choice(args, "layer", LAYERS),
        place=queries.parse_place(args, source.atlas(edition), source),
        year=queries.parse_number(args, "year", 1900, 2200, None),
        state=queries.parse_choice(args, "state", STATES),
        edition=edition if queries.value_of(args, "edition") else None,
        lang=lang,
    )


@blueprint.get("/promises")
def promises_page() -> Response:
    """Plans with a due date and what became of them."""

    def make() -> str:
        source, lang = reader(), current_language()
        choice = parse_choice(request.args, source, lang)
        args = choice.args
        args["limit"] = str(MOST)
        args.update(keep(request.args, ("offset",)))
        ledger = promises_value(source, args)
        names = {code: entry["name"][lang] for code, entry in region_entries(source.atlas()).items()}
        return render_template(
            "promises.html",
            ledger=ledger,
            regions=sorted(names.items(), key=lambda item: item[1]),
            layers=layer_labels(lang),
            states=state_words(),
            chosen=choice,
            share=share_record(choice, ledger, source),
        )

    return answer_page(make, today())


@blueprint.get("/promises.png")
def promises_picture() -> Response:
    """1200 × 630 px of exactly this choice, for chats; ``lang`` decides its language."""
    source = reader()
    choice = parse_choice(request.args, source, current_language())
    edition = source.edition(choice.edition)
    key = f"promises {edition.number} {edition.content_hash} {today()} {choice.query}"

    def paint() -> bytes:
        args = choice.args
        args["limit"] = str(MOST)
        ledger = promises_value(source, args)
        title, sentence = title_of(choice, source), sentence_of(ledger, choice.lang)
        return to_png(promise_scene(ledger, edition, state_words(), choice.lang, title, sentence))

    packed = reader().answers.get(("picture", key), lambda: Packed(shelf().get(key, paint), "image/png"))
    return packed_response(packed, LIVE, {"Content-Disposition": 'inline; filename="qamtu-promises.png"'})


def share_record(choice: PromiseChoice, ledger: Mapping[str, Any], source: Reader) -> dict[str, Any]:
    """Link, frozen link, picture and words of the page's choice, as the page and a chat's preview show them."""
    origin = public_origin()
    return {
        "title": title_of(choice, source),
        "description": sentence_of(ledger, choice.lang),
        "url": f"{origin}/promises?{choice.query}",
        "frozen": f"{origin}/promises?{replace(choice, edition=ledger['edition']).query}",
        "image": f"{origin}/promises.png?{choice.query}",
        "size": (WIDTH, HEIGHT),
        "locale": {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}[choice.lang],
    }


def title_of(choice: PromiseChoice, source: Reader) -> str:
    """«Promises: Gas · Turkistan Region · 2025 · overdue, no report»."""
    atlas, lang, parts = source.atlas(choice.edition), choice.lang, []
    if choice.layer:
        parts.append(layer_labels(lang)[choice.layer])
    if choice.place:
        parts.append(place_name(atlas, choice.place, lang) or choice.place)
    if choice.year:
        parts.append(str(choice.year))
    if choice.state:
        parts.append(state_words()[choice.state])
    return f"{_('Promises')}: {' · '.join(parts)}" if parts else _("Promises")


def sentence_of(ledger: Mapping[str, Any], lang: str) -> str:
    """«126: kept 8, partly kept 2, …»: states that nobody is in are left out."""
    counts = [f"{state_words()[state]} {number(count, lang)}" for state, count in ledger["states"].items() if count]
    lead = _("Every plan with a due date, and what was reported later.")
    return f"{lead} {number(ledger['total'], lang)}: {', '.join(counts)}." if counts else lead


def state_words() -> dict[str, str]:
    """The states of a promise in the reader's language."""
    return {
        "kept": _("kept"),
        "partly": _("partly kept"),
        "missed": _("missed"),
        "overdue": _("overdue, no report"),
        "open": _("still open"),
    }
