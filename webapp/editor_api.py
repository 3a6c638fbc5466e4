"""What the editor's scripts ask for: places by name, how a job stands, and the map as it would become."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, jsonify, make_response, request

from geo.model import LAYERS
from webapp.backdrop import load_backdrop
from webapp.drawing_svg import to_svg
from webapp.editor import never_keep, only_editors
from webapp.editor_figures import parse_choice
from webapp.editor_places import name_of
from webapp.editor_preview import make_preview
from webapp.error_words import failure_words
from webapp.i18n import current_language
from webapp.jobs import load_job
from webapp.links import default_view
from webapp.outlines import load_outlines
from webapp.pictures import picture_scene
from webapp.reading_store import reader

MOST_PLACES = 20

blueprint = Blueprint("editor_api", __name__, url_prefix="/editor")
blueprint.before_request(only_editors)
blueprint.after_request(never_keep)


@blueprint.get("/api/places")
def places() -> Response:
    """``?q=`` → ``{"places": [{"id", "name", "kind", "region"}]}``: names that begin so, regions first."""
    source, lang = reader(), current_language()
    wanted = request.args.get("q", "").strip().casefold()[:60]
    found: dict[str, tuple[bool, str]] = {}
    for name in source.gazetteer.names() if len(wanted) > 1 else ():
        surface = name.surface.casefold()
        if surface.startswith(wanted):
            rank = (source.gazetteer.places[name.place_id].kind not in ("region", "country"), surface)
            found[name.place_id] = min(found.get(name.place_id, rank), rank)
    rows = []
    for place_id in sorted(found, key=lambda key: (*found[key], key))[:MOST_PLACES]:
        place = source.gazetteer.places[place_id]
        around = name_of(place.region, source.gazetteer, lang) if place.region and place.region != place_id else ""
        rows.append({"id": place_id, "name": place.name(lang), "kind": place.kind, "region": around})
    return jsonify(places=rows)


@blueprint.get("/api/jobs/<job_id>")
def job(job_id: str) -> Response:
    """``{"state", "kind", "message"}`` of a job."""
    found = load_job(current_app.config["QAMTU"], job_id)
    return jsonify(state=found.state, kind=found.kind, message=failure_words(found))


@blueprint.get("/preview.svg")
def preview_svg() -> Response:
    """``?indicator=gas.population_share&which=now|next``: the country with that measure, today or as it would become.

    Where the measure has no figures today, today's map is that of its layer's headline.
    """
    source, which = reader(), parse_choice("which", request.args.get("which", "next"), ("now", "next"))
    indicator = source.catalogue.indicator(request.args.get("indicator", "")[:80])
    current = source.current().number
    atlas = source.atlas(current) if which == "now" else make_preview(source).atlas
    state = replace(default_view(atlas), layers=(indicator.layer,), lang=current_language())
    if indicator.code in atlas["indicators"]:
        style = replace(state.style(indicator.layer), indicator=indicator.code.split(".", 1)[1])
        styles = [style if layer == indicator.layer else state.style(layer) for layer in LAYERS]
        state = replace(state, styles=tuple(styles))
    outlines = load_outlines(source.artefact(current, "regions-500.topojson"))
    backdrop = load_backdrop(source.folder(current) / "backdrop.topojson")
    response = make_response(to_svg(picture_scene(atlas, outlines, state, backdrop)))
    response.mimetype = "image/svg+xml"
    return response
