"""The forms of figures: filled from a figure or from selected words; filled again, with what was not understood."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, request

from geo.errors import BadInput
from geo.model import LAYERS, STATUSES, Document, Span
from geo.reviewing import Reviewed
from webapp.editor_fields import new_kind_words, qualifier_words
from webapp.editor_figures import Words, fields_of, shown, suggested
from webapp.editor_places import regions_with_districts
from webapp.error_words import said
from webapp.errors import status_of, wants_json
from webapp.evidence import quote_parts
from webapp.i18n import current_language
from webapp.reading_store import reader
from webapp.words import status_word

LONGEST_FIELD = 200
FIELDS = (
    *("indicator", "value", "high", "qualifier", "status", "place", "start", "end", "note"),
    *("new_name", "new_kind", "new_within"),
)


def figure_form(document_id: str, reviewed: Reviewed, error: BadInput | None = None) -> Response:
    """The form of one figure; with ``error`` as it was sent, and what is wrong in it."""
    return form_page(
        reader().store.document(document_id),
        fields_of(reviewed.observation),
        error,
        parts=quote_parts(reviewed.observation),
        figure=shown(reviewed, review_of(document_id), words(), current_language()),
    )


def new_figure_form(document: Document, span: Span, error: BadInput | None = None) -> Response:
    """The form of a figure that the machine missed, at the words selected."""
    parts = ["", document.text[slice(*span)], ""]
    return form_page(document, suggested(document, span), error, parts=parts, span=span)


def form_page(document: Document, fields: dict[str, str], error: BadInput | None, **more: Any) -> Response:
    """The page of a form. Scripts get the error itself."""
    if error is not None and wants_json():
        raise error
    lang, catalogue = current_language(), reader().catalogue
    sent = {key: request.form.get(key, "")[:LONGEST_FIELD] for key in FIELDS} if error is not None else {}
    return page(
        "figure.html",
        document=document,
        fields={**dict.fromkeys(FIELDS, ""), **fields, **sent},
        indicators={
            catalogue.layers[layer].label[lang]: [
                (i.code, i.label[lang], catalogue.units[i.unit].label[lang]) for i in catalogue.of_layer(layer)
            ]
            for layer in LAYERS
        },
        statuses=[(status, status_word(status, lang)) for status in STATUSES],
        qualifiers=qualifier_words(),
        new_kinds=new_kind_words(),
        around=regions_with_districts(reader().gazetteer, lang),
        error=error,
        **more,
    )


def page(template: str, *, error: BadInput | None = None, **context: Any) -> Response:
    """A page of the editor; with ``error`` its text stands on top (``problem``) and its status is the answer's."""
    problem = said(error) if error is not None else ""
    response = make_response(render_template(f"editor/{template}", problem=problem, **context))
    if error is not None:
        response.status_code = status_of(error)
    return response


def words() -> Words:
    return Words(reader().catalogue, reader().gazetteer)


def review_of(document_id: str) -> str:
    """accept, hold or reject."""
    return next((o.review for o in reader().store.overview() if o.id == document_id), "hold")
