"""Fields of the editor's forms, parsed to a value that can be used, or BadInput; and what can be chosen in them."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from geo.documents import parse_date
from geo.errors import BadInput
from geo.model import LANGUAGES

LONGEST_ADDRESS, LONGEST_NOTE = 2000, 500


def note_field() -> str:
    return "".join(c for c in request.form.get("note", "") if c.isprintable()).strip()[:LONGEST_NOTE]


def day_field(name: str) -> str:
    """An ISO date or "". Raises BadInput."""
    raw = request.form.get(name, "").strip()
    if raw and parse_date(raw) is None:
        raise BadInput(f"{name}={raw[:20]!r} is no date. Write it as 2025-10-28.", reason="no_date", received=raw[:20])
    return str(parse_date(raw)) if raw else ""


def language_field() -> str:
    """kk, ru or "" for "from the text"."""
    raw = request.form.get("language", "")
    return parse_choice("language", raw, LANGUAGES[:2]) if raw else ""


def parse_choice(field: str, raw: str, allowed: tuple[str, ...]) -> str:
    """``raw``, which must be one of ``allowed``. Raises BadInput."""
    if raw not in allowed:
        raise BadInput(
            f"{field}={raw[:40]!r} is unknown. Use one of: {', '.join(allowed)}.",
            reason="unknown_choice",
            received=raw[:40],
            allowed=list(allowed),
        )
    return raw


def address_field() -> str:
    """What was given as an address; whether it may be fetched is decided when it is."""
    raw = request.form.get("address", "").strip()
    if not raw.lower().startswith(("http://", "https://")) or len(raw) > LONGEST_ADDRESS:
        raise BadInput(
            f"«{raw[:200]}» is no web address. Give one such as https://example.kz/news/1.",
            reason="no_address",
            received=raw[:200],
        )
    return raw


def qualifier_words() -> list[tuple[str, str]]:
    """How exact a figure is, in the order of the model."""
    return [
        ("exact", _("exactly")),
        ("about", _("about")),
        ("more_than", _("more than")),
        ("less_than", _("less than")),
        ("up_to", _("up to")),
    ]


def new_kind_words() -> list[tuple[str, str]]:
    """What a place can be that the gazetteer lacks (webapp.editor_places.NEW_KINDS)."""
    return [
        ("settlement", _("Settlement")),
        ("zone", _("Zone")),
        ("district", _("District")),
        ("city", _("City")),
        ("road", _("Road")),
        ("station", _("Station")),
    ]
