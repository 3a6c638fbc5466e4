"""Light or dark paper as a reader chose it: a cookie, so that the page comes with it and no script has to look."""

from __future__ import annotations

from flask import has_request_context, request

COOKIE = "qamtu_theme"  # written by static/js/theme.js
THEMES = ("light", "dark")


def chosen_theme() -> str:
    """``light`` or ``dark``; "" where the reader leaves it to the system."""
    wish = request.cookies.get(COOKIE) if has_request_context() else None
    return wish if wish in THEMES else ""
