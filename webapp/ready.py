"""In front of Flask: what was answered a moment ago is answered again without waking the application.

Only answers that say they are the same for everybody (marked by ``packed_response``) are kept, under everything they
depend on: address, host, the cookies of language and theme, encoding and edition. A few hundred bytes of dictionary
work replace the routing, parsing and header building of a request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from geo.errors import QamtuError
from webapp import i18n, theme
from webapp.reading_store import Reader
from webapp.responses import READY

KEPT_SECONDS = 20.0
MOST = 1000
LONGEST = 600  # characters of address and wishes together
LIVE_PREFIXES = ("/static/",)  # may change on disk at any moment
WISHES = (f"{i18n.COOKIE}=", f"{theme.COOKIE}=")
NOT_IN_304 = ("content-type", "content-length", "content-encoding")


class Kept(NamedTuple):
    """A finished answer and how long it may be given."""

    until: float
    edition: int
    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]
    etag: str


class ReadyAnswers:
    """WSGI middleware around the application."""

    def __init__(self, app: Callable, reader: Reader) -> None:
        self.app = app
        self.reader = reader
        self.kept: dict[tuple, Kept] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.pass_on(None, environ, start_response)
        found = self.kept.get(key)
        if found is None or found.until < time.monotonic() or found.edition != self.edition():
            return self.pass_on(key, environ, start_response)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and found.etag in known:
            start_response("304 NOT MODIFIED", [item for item in found.headers if item[0].lower() not in NOT_IN_304])
            return []
        start_response(found.status, list(found.headers))
        return found.body

    def pass_on(self, key: tuple | None, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """The application's own answer, kept where it is fit for it."""
        said: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable:
            ready = any(name == READY for name, _ in headers)
            said[:] = [status, [item for item in headers if item[0] != READY], ready]
            return start_response(status, said[1], exc_info) if exc_info else start_response(status, said[1])

        body = self.app(environ, note)
        if key is None or not said or not said[2] or not said[0].startswith("200"):
            return body
        try:
            parts = list(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        names = {name.lower(): value for name, value in said[1]}
        if names.get("set-cookie", i18n.COOKIE).startswith(i18n.COOKIE):
            if len(self.kept) >= MOST:
                self.kept.clear()
            until = time.monotonic() + KEPT_SECONDS
            self.kept[key] = Kept(until, self.edition(), said[0], said[1], parts, names.get("etag", "no etag"))
        return parts

    def edition(self) -> int:
        """The current edition's number; -1 while there is none."""
        try:
            return self.reader.current().number
        except QamtuError:
            return -1


def key_of(environ: dict[str, Any]) -> tuple | None:
    """Everything a public answer depends on; None for a request that is not to be answered from here."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
        return None
    cookie = environ.get("HTTP_COOKIE", "")
    path = environ.get("PATH_INFO", "")
    if (cookie and not is_wishes_only(cookie)) or path.startswith(LIVE_PREFIXES):
        return None
    key = (
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
        cookie,
        environ.get("wsgi.url_scheme", ""),
    )
    return key if sum(map(len, key)) <= LONGEST else None


def is_wishes_only(cookie: str) -> bool:
    """Whether the request carries our cookies of language and theme and no other."""
    return all(part.strip().startswith(WISHES) for part in cookie.split(";"))
