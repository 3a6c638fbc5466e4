"""The editor's pages: sign in, bring documents, check what was read, preview, publish, return to an earlier edition.

Everything works without scripts; static/js/editor.js adds the keyboard and the selecting of words.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, request
from flask_babel import gettext as _

from geo.editor_token import is_token
from geo.errors import BadInput, NotAllowed, NotFound
from geo.undoing import return_to_edition
from webapp.editor_fields import address_field, day_field, language_field, note_field
from webapp.editor_figures import added, corrected, in_words, parse_choice, parse_span, runs, shown
from webapp.editor_forms import figure_form, new_figure_form, page, review_of, words
from webapp.editor_gold import gold_lines
from webapp.editor_preview import make_preview
from webapp.error_words import failure_words
from webapp.errors import wants_json
from webapp.i18n import current_language
from webapp.jobs import load_job, start_job
from webapp.rate_limits import spend
from webapp.reading_store import reader
from webapp.sessions import current_editor, form_token, guarded, keep_form_cookie, require_editor, sign_in, sign_out
from webapp.uploads import safe_name, text_file

blueprint = Blueprint("editor", __name__, url_prefix="/editor")
log = logging.getLogger("qamtu.editor")
OPEN_VIEWS = ("editor.sign_in_page", "editor.sign_in_form")


def init_editor(app: Flask) -> None:
    """Registers the editor's pages and what its forms need."""
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"form_token": form_token, "current_editor": current_editor})
    app.after_request(keep_form_cookie)


@blueprint.before_request
def only_editors() -> Response | None:
    """Visitors are led to the sign-in page; their forms are refused."""
    if request.endpoint in OPEN_VIEWS or current_editor() is not None:
        return None
    if request.method in ("GET", "HEAD") and not request.path.startswith("/editor/api/"):
        return redirect(f"/editor/sign-in?lang={current_language()}", 303)  # type: ignore[return-value]
    raise NotAllowed("This is for editors. Sign in at /editor/sign-in with the editor's token.", reason="editors_only")


@blueprint.after_request
def never_keep(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


# signing in -----------------------------------------------------------------------------------------------------------


@blueprint.get("/sign-in")
def sign_in_page() -> Response:
    """The form for the token."""
    return page("sign_in.html", wrong=False)


@blueprint.post("/sign-in")
@guarded
def sign_in_form() -> Response:
    """Checks the token; a wrong one costs one of few attempts."""
    spend("sign-in")
    settings = current_app.config["QAMTU"]
    if not is_token(settings.data, request.form.get("token", "").strip(), settings.editor_token):
        log.warning("sign-in refused")
        response = page("sign_in.html", wrong=True)
        response.status_code = 403
        return response
    log.info("signed in")
    response = to("/editor")
    sign_in(response, request.form.get("name", ""))
    return response


@blueprint.post("/sign-out")
@guarded
def sign_out_form() -> Response:
    """Ends the session in this browser."""
    response = to("/")
    sign_out(response)
    return response


# documents ------------------------------------------------------------------------------------------------------------


@blueprint.get("")
def home(error: BadInput | None = None) -> Response:
    """Bring a document; those that wait; what visitors reported; editions. With ``error`` what was sent stays."""
    store = reader().store
    documents = {document.id: document for document in store.documents(with_text=False)}
    rows = [{"state": overview, "document": documents[overview.id]} for overview in store.overview()]
    waiting = [row for row in rows if row["state"].review == "hold"]
    return page(
        "home.html",
        waiting=waiting,
        others=[row for row in rows if row["state"].review != "hold"],
        reports=store.reports(is_open=True),
        editions=store.editions(),
        largest=current_app.config["QAMTU"].max_upload_bytes // 1_000_000,
        error=error,
        given=request.form if error is not None else {},
    )


@blueprint.post("/documents")
@guarded
def bring() -> Response:
    """Takes a pasted text, a file or an address; a process of its own reads it."""
    spend("upload")
    try:
        fields, upload = brought()
    except BadInput as error:
        if wants_json():
            raise
        return home(error)
    job_id = start_job(current_app.config["QAMTU"], "read", fields, upload)
    log.info("document brought", extra={"job": job_id, "kind": request.form["how"]})
    return to(f"/editor/jobs/{job_id}")


def brought() -> tuple[dict[str, Any], tuple[str, bytes] | None]:
    """(fields of the job, the upload) of the form. Raises BadInput."""
    how = parse_choice("how", request.form.get("how", ""), ("text", "file", "address"))
    fields: dict[str, Any] = {
        "who": require_editor().who,
        "date": day_field("date"),
        "language": language_field(),
    }
    upload = None
    if how == "address":
        fields["address"] = address_field()
    elif how == "file":
        file = request.files.get("file")
        if file is None or not file.filename:
            raise BadInput(
                "No file came with the form. Choose a txt, md, html, docx or pdf file with text.", reason="no_file"
            )
        upload = (safe_name(file.filename), file.read())
    elif how == "text":
        upload = text_file(request.form)
    return fields, upload


@blueprint.get("/jobs/<job_id>")
def job_page(job_id: str) -> Response:
    """How a job stands; leads on where it is done."""
    job = load_job(current_app.config["QAMTU"], job_id)
    if job.state == "done" and job.kind == "read" and not job.result.get("similar"):
        return to(f"/editor/documents/{job.result['document']}?came={job.result['state']}")
    response = page("job.html", job=job, message=failure_words(job))
    if not job.is_over:
        response.headers["Refresh"] = "1"
    return response


@blueprint.get("/documents/<document_id>")
def document_page(document_id: str, error: BadInput | None = None) -> Response:
    """The text with every figure marked, beside the list of figures; ``error`` is of the words chosen in it."""
    store, lang = reader().store, current_language()
    document, review = store.document(document_id), review_of(document_id)
    readings = store.readings(document_id)
    figures = [shown(reviewed, review, words(), lang) for reviewed in readings]
    return page(
        "document.html",
        document=document,
        review=review,
        paragraphs=runs(document, [reviewed.observation for reviewed in readings]),
        figures=figures,
        states={figure["id"]: figure["state"] for figure in figures},
        reports=store.reports(document_id, is_open=True),
        came=request.args.get("came", ""),
        words=request.args.get("words", "")[:600],
        error=error,
    )


@blueprint.post("/documents/<document_id>/review")
@guarded
def review_document(document_id: str) -> Response:
    """Accepts all undecided figures of a document, holds them back, or takes the document out."""
    editor, action = require_editor(), request.form.get("action", "")
    reader().store.decide_document(document_id, action, who=editor.who, note=note_field())
    return to(f"/editor/documents/{document_id}")


# figures --------------------------------------------------------------------------------------------------------------


@blueprint.post("/documents/<document_id>/figures/<figure_id>")
@guarded
def decide(document_id: str, figure_id: str) -> Response:
    """Accepts, rejects or corrects a figure."""
    editor, store, action = require_editor(), reader().store, request.form.get("action", "")
    current = standing(document_id, figure_id)
    observation = None
    if action == "correct":
        try:
            observation = corrected(current.observation, request.form, words())
        except BadInput as error:
            return figure_form(document_id, current, error)
    elif action == "accept" and current.observation != current.machine:
        if current.decided != "reject":
            return figure_answer(document_id, figure_id)  # a person said so already
        action, observation = "correct", current.observation  # as it was corrected before it was rejected
    elif action == "reset" and current.machine is not None:
        action = "accept"  # the machine's reading again
    else:
        parse_choice("action", action, ("accept", "reject"))
    if observation is not None and current.machine is None:
        action = "add"
    store.decide(document_id, figure_id, action, who=editor.who, observation=observation, note=note_field())
    return figure_answer(document_id, figure_id)


@blueprint.get("/documents/<document_id>/figures/<figure_id>")
def figure_page(document_id: str, figure_id: str) -> Response:
    """The form of one figure."""
    return figure_form(document_id, standing(document_id, figure_id))


@blueprint.get("/documents/<document_id>/new")
def new_figure_page(document_id: str) -> Response:
    """The form of a figure that the machine missed: the words selected are in ``from`` and ``to``."""
    document = reader().store.document(document_id)
    try:
        return new_figure_form(document, parse_span(request.args, document))
    except BadInput as error:
        return document_page(document_id, error)


@blueprint.post("/documents/<document_id>/new")
@guarded
def add_figure(document_id: str) -> Response:
    """Adds a figure at the selected words."""
    editor, store = require_editor(), reader().store
    document = store.document(document_id)
    span = parse_span(request.form, document)
    try:
        observation = added(document, span, request.form, words())
    except BadInput as error:
        return new_figure_form(document, span, error)
    store.decide(document_id, observation.id, "add", who=editor.who, observation=observation, note=note_field())
    return figure_answer(document_id, observation.id)


def figure_answer(document_id: str, figure_id: str) -> Response:
    """Back to the figure in its document; for scripts, the figure as it now stands."""
    if request.accept_mimetypes["application/json"] > request.accept_mimetypes["text/html"]:
        figure = shown(standing(document_id, figure_id), review_of(document_id), words(), current_language())
        return make_response({"figure": {key: figure[key] for key in ("id", "state", "decided", "words")}})
    return to(f"/editor/documents/{document_id}#{figure_id}")


def standing(document_id: str, figure_id: str):
    """A figure of a document with what was decided on it. Raises NotFound."""
    for reviewed in reader().store.readings(document_id):
        if reviewed.observation.id == figure_id:
            return reviewed
    raise NotFound(f"The document {document_id!r} has no figure {figure_id[:80]!r}.", reason="no_figure")


# publishing -----------------------------------------------------------------------------------------------------------


@blueprint.get("/preview")
def preview_page() -> Response:
    """What an edition published now would change, and the conflicts it would bring."""
    preview, lang = make_preview(reader()), current_language()
    vocabulary, diff = words(), preview.diff

    def row(observation: Any) -> dict[str, Any]:
        label = vocabulary.catalogue.indicator(observation.indicator).label[lang]
        facts = {"id": observation.id, "document": observation.document, "layer": observation.layer}
        return {**facts, "label": label, **in_words(observation, vocabulary, lang)}

    return page(
        "preview.html",
        preview=preview,
        added=[row(o) for o in diff.added],
        removed=[row(o) for o in diff.removed],
        changed=[(row(before), row(after)) for before, after in diff.changed],
        conflicts=[(row(c.chosen), [row(o) for o in c.others]) for c in preview.conflicts],
        maps=[(code, vocabulary.catalogue.indicator(code).label[lang]) for code in preview.mapped],
        waiting=sum(overview.waiting for overview in reader().store.overview() if overview.review == "hold"),
    )


@blueprint.post("/publish")
@guarded
def publish() -> Response:
    """Publishes what is accepted; a process of its own makes the edition's files."""
    return to(f"/editor/jobs/{start_publishing(note_field())}")


@blueprint.post("/editions/<int:number>/return")
@guarded
def return_to(number: int) -> Response:
    """Publishes a new edition with the figures of an earlier one: nothing is taken away."""
    editor, store = require_editor(), reader().store
    undone = return_to_edition(store, number, who=editor.who)
    note = note_field() or _("Back to edition %(number)s", number=number)
    if undone.lost:
        note += f" ({len(undone.lost)} –)"
    return to(f"/editor/jobs/{start_publishing(note)}")


def start_publishing(note: str) -> str:
    spend("upload")
    job_id = start_job(current_app.config["QAMTU"], "publish", {"note": note, "who": require_editor().who})
    log.info("publishing", extra={"job": job_id})
    return job_id


@blueprint.get("/gold.jsonl")
def gold() -> Response:
    """Decisions as lines of the quality gate, of one document (``?document=``) or of all."""
    store, wanted = reader().store, request.args.get("document")
    ids = [wanted] if wanted else [overview.id for overview in store.overview()]
    response = make_response("".join(gold_lines(store.readings(document_id)) for document_id in sorted(ids)))
    response.mimetype = "application/x-ndjson"
    response.headers["Content-Disposition"] = 'attachment; filename="gold.jsonl"'
    return response


@blueprint.post("/reports/<int:key>")
@guarded
def answer_report(key: int) -> Response:
    """Marks a visitor's note as dealt with."""
    store = reader().store
    store.answer_report(key, note_field(), who=require_editor().who)
    return to("/editor#reports")


# fields and answers ---------------------------------------------------------------------------------------------------


def to(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]
