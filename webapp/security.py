"""Headers that keep a page to its own scripts, styles and frames, whatever a document's text contains."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from flask import Flask, Response, current_app, request

PERMISSIONS = "geolocation=(self), fullscreen=(self), camera=(), microphone=(), payment=(), usb=()"
# Pages with forms share their process with nobody. The public ones have nothing to keep from a page that opened them,
# and the fresh process that this header asks for would delay their first paint by a quarter.
APART_PREFIXES = ("/editor", "/report")
# Public, read-only and without cookies: any page on the web may read these.
PUBLIC_PREFIXES = ("/static/", "/api/v1/", "/editions/", "/preview.png", "/map.", "/oembed", "/ogc")


def init_security(
    app: Flask,
    *,
    inline_scripts: Iterable[str] = (),
    inline_styles: Iterable[str] = (),
    tile_origins: Iterable[str] = (),
) -> None:
    """Adds the headers to every response. ``inline_…`` are the exact texts of inline scripts and styles that hold."""
    app.extensions["qamtu_policy"] = content_policy(
        map(source_hash, inline_scripts), map(source_hash, inline_styles), tile_origins
    )
    app.after_request(add_headers)


def content_policy(script_hashes: Iterable[str], style_hashes: Iterable[str], tile_origins: Iterable[str]) -> str:
    """The Content-Security-Policy without its frame-ancestors: nothing inline runs or styles but what is listed."""
    scripts = " ".join(["'self'", *script_hashes])
    styles = " ".join(["'self'", *style_hashes])
    images = " ".join(["'self'", "data:", "blob:", *tile_origins])
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src {images}; font-src 'self'; "
        f"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        f"object-src 'none'"
    )


def source_hash(text: str) -> str:
    """CSP source expression of one inline script or style: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def add_headers(response: Response) -> Response:
    """After-request hook. An embed (``?embed=1`` on the map) may stand in any frame, everything else in none."""
    headers = response.headers
    embedded = request.path == "/" and request.args.get("embed") == "1" and response.status_code == 200
    ancestors = "*" if embedded else "'none'"
    drawn = response.mimetype in ("text/html", "image/svg+xml")  # all else shows nothing: the short policy says so
    policy = current_app.extensions["qamtu_policy"] if drawn else "default-src 'none'"
    headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {ancestors}"
    if not embedded:
        headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    if request.path.startswith(APART_PREFIXES):
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.path.startswith(PUBLIC_PREFIXES) and request.method in ("GET", "HEAD", "OPTIONS"):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
