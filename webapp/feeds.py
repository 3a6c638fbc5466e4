"""Atom feeds: new editions, and promises that fall due."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from geo.promises import Promise
from webapp import queries
from webapp.api_history import note_words, shown_editions, today
from webapp.evidence import figure_record, promises_of
from webapp.reading_store import Reader, reader
from webapp.responses import REVALIDATE, Packed, packed_response

blueprint = Blueprint("feeds", __name__)
ATOM = "http://www.w3.org/2005/Atom"
SOON_DAYS, PAST_DAYS, MOST = 370, 370, 100


@blueprint.get("/feeds/editions.atom")
def editions_feed() -> Response:
    """Every edition, the newest first, with how many figures it holds."""
    source, lang = _asked()
    root = address()
    entries = [
        entry(
            f"{root}/editions#{edition.number}",
            f"{root}/editions?lang={lang}#edition-{edition.number}",
            _("Edition %(number)s", number=edition.number),
            edition.published,
            f"{note_words(edition.note)} ({edition.observations})".strip(),
        )
        for edition in shown_editions(source)[:MOST]
    ]
    return feed("editions", _("Editions"), source, entries)


@blueprint.get("/feeds/promises.atom")
def promises_feed() -> Response:
    """Promises due within a year before or after today, the one due last first."""
    source, lang = _asked()
    day = dt.date.fromisoformat(today())
    near = [p for p in promises_of(source, source.current().number) if -PAST_DAYS <= (p.due - day).days <= SOON_DAYS]
    near.sort(key=lambda p: (p.due, p.plan.id), reverse=True)
    entries = [_promise_entry(p, source, lang) for p in near[:MOST]]
    return feed("promises", _("Promises"), source, entries)


def _asked() -> tuple[Reader, str]:
    queries.require_known(request.args, ("lang",))
    source = reader()
    return source, queries.parse_language(request.args, source)


def _promise_entry(promise: Promise, source: Reader, lang: str) -> ET.Element:
    number = source.current().number
    record = figure_record(promise.plan, source, number, lang)
    root = address()
    return entry(
        f"{root}/promises#{promise.plan.id}/{promise.state}",  # a new state is news: it gets an entry of its own
        f"{root}/documents/{promise.plan.document}?lang={lang}#{promise.plan.id}",
        f"{promise.due.isoformat()}: {record['words']}",
        source.current().published,
        promise.plan.quote,
    )


def feed(name: str, title: str, source: Reader, entries: list[ET.Element]) -> Response:
    """The feed as Atom; text becomes text whatever it holds."""
    root = ET.Element(f"{{{ATOM}}}feed")
    made = source.current().published
    _add(root, "id", f"{address()}/feeds/{name}.atom")
    _add(root, "title", f"Qamtu: {title}")
    _add(root, "updated", _instant(made))
    author = _add(root, "author")
    _add(author, "name", "Qamtu")
    ET.SubElement(root, f"{{{ATOM}}}link", rel="self", href=f"{address()}/feeds/{name}.atom")
    root.extend(entries)
    ET.register_namespace("", ATOM)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return packed_response(Packed(body, "application/atom+xml"), REVALIDATE)


def entry(identifier: str, link: str, title: str, updated: dt.datetime, summary: str) -> ET.Element:
    """One entry of a feed."""
    element = ET.Element(f"{{{ATOM}}}entry")
    _add(element, "id", identifier)
    _add(element, "title", title)
    _add(element, "updated", _instant(updated))
    ET.SubElement(element, f"{{{ATOM}}}link", rel="alternate", href=link)
    _add(element, "summary", summary)
    return element


def address() -> str:
    """The public address of the site without a trailing slash."""
    return reader().settings.public_url or request.host_url.rstrip("/")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    # XML has no place for most control characters, and a document may hold any.
    element.text = text and "".join(c for c in text if c in "\t\n" or c >= " ")
    return element


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
