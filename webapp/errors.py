"""The one table exception → HTTP status, the one JSON shape, and the error pages in the reader's language."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from geo import errors as geo
from geo.model import LANGUAGES
from webapp.error_words import in_readers_language
from webapp.i18n import COOKIE, current_language

log = logging.getLogger("qamtu.web")

# Looked up along the class's ancestors: the nearest entry counts.
STATUS_OF: dict[type[geo.QamtuError], int] = {
    geo.QamtuError: 500,
    geo.BadInput: 400,
    geo.BadDocument: 400,
    geo.BadView: 400,
    geo.NotFound: 404,
    geo.NotAllowed: 403,
    geo.TooMany: 429,
    geo.StoreError: 503,
    geo.BadSeed: 500,
    geo.UnmatchedNames: 500,
    geo.CrsMismatch: 500,
}
HTTP_CODES = {
    400: "bad_input",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    414: "too_long",
    415: "bad_media_type",
    429: "too_many",
    503: "store",
}
JSON_PREFIXES = ("/api/", "/healthz", "/readyz", "/oembed", "/ogc", "/editions/", "/static/")


def init_errors(app: Flask) -> None:
    """Every exception leaves the app as one shape; unexpected ones are logged and say nothing of their insides."""
    app.register_error_handler(geo.QamtuError, answer_qamtu_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_unexpected)


def status_of(error: geo.QamtuError) -> int:
    """HTTP status of an exception of the tree."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def answer_qamtu_error(error: geo.QamtuError) -> Response:
    status = status_of(error)
    if status >= 500:
        log.error("%s: %s %s", error.code, error.message, error.details)
        return answer(status, error.code, "", {})
    said = in_readers_language(error.code, error.reason, error.details) if speaks_to_a_reader() else ""
    details = error.details | ({"reason": error.reason} if error.reason else {})
    return answer(status, error.code, said or error.message, details, is_english=not said)


def answer_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # redirects raised by routing
        return error.get_response()  # type: ignore[return-value]
    headers = {"Allow": ", ".join(sorted(error.valid_methods))} if getattr(error, "valid_methods", None) else {}
    return answer(status, HTTP_CODES.get(status, "error"), "", {}, headers)


def answer_unexpected(error: Exception) -> Response:
    log.error("unexpected error at %s", request.path, exc_info=error)
    return answer(500, "error", "", {})


def answer(
    status: int,
    code: str,
    message: str,
    details: dict[str, object],
    headers: dict[str, str] | None = None,
    *,
    is_english: bool = True,
) -> Response:
    """JSON for interfaces, a page for people; never cached. ``is_english``: the message is in no other language."""
    title, hint = words_of(status)
    if wants_json():
        otherwise = f"{title}. {hint}" if speaks_to_a_reader() else default_message(status)
        response = jsonify(error={"code": code, "message": message or otherwise, "details": details})
    else:
        page = render_template(
            "error.html",
            status=status,
            title=title,
            hint=hint,
            message=message,
            message_language="en" if is_english else current_language(),
            details=shown_details(details),
        )
        response = make_response(page)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status in (429, 503):
        response.headers["Retry-After"] = "30"
    response.headers.extend(headers or {})
    return response


def wants_json() -> bool:
    """Whether the address belongs to an interface, or the caller asked for JSON rather than HTML."""
    if request.path.startswith(JSON_PREFIXES):
        return True
    accept = request.accept_mimetypes
    return accept["application/json"] > accept["text/html"]


def speaks_to_a_reader() -> bool:
    """Whether the answer is shown in a browser in a language of ours; programs that name none are told in English."""
    asked = request.args.get("lang"), request.cookies.get(COOKIE)
    return not request.path.startswith(JSON_PREFIXES) or any(wish in LANGUAGES for wish in asked)


def shown_details(details: dict[str, object]) -> list[tuple[str, str]]:
    """What was received and what is allowed, as labelled text for the page."""
    labels = {"received": _("Received"), "allowed": _("Allowed"), "suggestions": _("Did you mean")}
    return [
        (label, ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
        for key, label in labels.items()
        if (value := details.get(key))
    ]


def default_message(status: int) -> str:
    """English sentence for interfaces, where the exception brings none of its own."""
    return {
        400: "The request is not understood. Check its parameters against the documentation at /about.",
        403: "This needs a right that the request does not carry.",
        404: "Nothing lives at this address. See /about for the addresses there are.",
        405: "This address does not take that method. Allowed methods are in the Allow header.",
        413: "The upload is larger than this server takes.",
        414: "The address is longer than this server takes.",
        415: "This kind of content is not taken here.",
        429: "Too many requests. Wait half a minute and try again.",
        503: "The store cannot be reached just now. Nothing was lost; try again in half a minute.",
    }.get(status, "Something went wrong here, and it was noted. Nothing was lost; try again.")


def words_of(status: int) -> tuple[str, str]:
    """Title and hint of the error page in the reader's language."""
    if status == 404:
        return _("This page does not exist"), _("Search for a place, an indicator or a programme, or open the map.")
    if status in (400, 413, 414, 415):
        return _("This request is not understood"), _("Check the address or the form, or start again from the map.")
    if status in (403, 405):
        return _("This is not allowed"), _("The page can be read, but not used in this way.")
    if status == 429:
        return _("Too many requests"), _("Wait half a minute and try again.")
    if status == 503:
        return _("The atlas cannot reach its data"), _("Nothing was lost. Try again in half a minute.")
    return _("Something went wrong"), _("It was noted. Nothing was lost; try again or open the map.")
