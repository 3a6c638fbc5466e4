"""«Report an error»: a visitor's note on a figure, which editors see. No name, no address, nothing else is kept."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from geo.errors import BadInput, QamtuError, TooMany
from geo.reports import LONGEST_NOTE
from webapp import queries
from webapp.error_words import said
from webapp.errors import status_of, wants_json
from webapp.evidence import figure_record
from webapp.i18n import current_language
from webapp.rate_limits import spend
from webapp.reading_store import reader
from webapp.sessions import guarded

blueprint = Blueprint("reporting", __name__)


@blueprint.get("/report")
def report_page() -> Response:
    """The form for a note on the figure ``?obs=``, of an edition (``&edition=``) or the current one."""
    return report_answer(sent=False)


@blueprint.post("/report")
@guarded
def report_form() -> Response:
    """Keeps the note."""
    try:
        spend("report")
        edition = queries.parse_edition(request.args, reader())
        reader().store.report(request.args.get("obs", ""), request.form.get("note", ""), edition)
    except (BadInput, TooMany) as error:
        if wants_json():
            raise
        return report_answer(sent=False, error=error)
    return report_answer(sent=True)


def report_answer(*, sent: bool, error: QamtuError | None = None) -> Response:
    """The page of the form; with ``error`` what is wrong, and the note as it was sent."""
    source, lang = reader(), current_language()
    edition = queries.parse_edition(request.args, source)
    observation = source.store.observation(request.args.get("obs", "")[:80], edition)
    figure = figure_record(observation, source, edition, lang)
    more = (
        {"problem": said(error), "note": request.form.get("note", "")[: 10 * LONGEST_NOTE]} if error is not None else {}
    )
    response = make_response(render_template("report.html", figure=figure, edition=edition, sent=sent, **more))
    if error is not None:
        response.status_code = status_of(error)
        if "retry_after" in error.details:
            response.headers["Retry-After"] = str(error.details["retry_after"])
    response.headers["Cache-Control"] = "no-store"
    return response
