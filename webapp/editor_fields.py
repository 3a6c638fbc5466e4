"""Fields of the editor's forms, parsed: a value that can be used, or BadInput."""

from __future__ import annotations

from flask import request

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
        raise BadInput(f"{name}={raw[:20]!r} is no date. Write it as 2025-10-28.", received=raw[:20])
    return str(parse_date(raw)) if raw else ""


def language_field() -> str:
    """kk, ru or "" for "from the text"."""
    raw = request.form.get("language", "")
    if raw and raw not in LANGUAGES[:2]:
        raise BadInput(f"language={raw[:20]!r} is not read here. Use kk or ru.", received=raw[:20])
    return raw


def address_field() -> str:
    """What was given as an address; whether it may be fetched is decided when it is."""
    raw = request.form.get("address", "").strip()
    if not raw.lower().startswith(("http://", "https://")) or len(raw) > LONGEST_ADDRESS:
        raise BadInput(f"«{raw[:200]}» is no web address. Give one such as https://example.kz/news/1.")
    return raw
