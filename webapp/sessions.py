"""Who is signed in, and that a form came from a page of ours: signed cookies, no state on the server.

The key of the signatures changes with the editor's token, so that a new token ends every session. A form carries a
keyed hash of the nonce in the visitor's cookie; another site can send the cookie but cannot know the hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlsplit

from flask import Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from geo.editor_token import cookie_key
from geo.errors import NotAllowed

EDITOR_COOKIE, FORM_COOKIE = "qamtu_editor", "qamtu_form"
SESSION_SECONDS = 12 * 3600
LONGEST_NAME = 60
SAME_SITE = ("same-origin", "none")


@dataclass(frozen=True, slots=True)
class Editor:
    """Someone signed in. ``name`` is what they call themselves, kept with their decisions; ``nonce`` the session's."""

    name: str
    nonce: str

    @property
    def who(self) -> str:
        """What stands beside this person's decisions."""
        return f"editor: {self.name}"


def current_editor() -> Editor | None:
    """The editor of the running request, None for a visitor."""
    if "editor" not in g:
        found = _unsign(EDITOR_COOKIE)
        g.editor = Editor(str(found["name"]), str(found["nonce"])) if found else None
    return g.editor


def require_editor() -> Editor:
    """The editor of the running request. Raises NotAllowed for a visitor."""
    editor = current_editor()
    if editor is None:
        raise NotAllowed(
            "This is for editors. Sign in at /editor/sign-in with the editor's token.", reason="editors_only"
        )
    return editor


def sign_in(response: Response, name: str) -> None:
    """Make the answer's receiver an editor for twelve hours."""
    name = "".join(letter for letter in name if letter.isprintable()).strip()[:LONGEST_NAME] or "editor"
    _set(response, EDITOR_COOKIE, {"name": name, "nonce": secrets.token_hex(16)}, SESSION_SECONDS)


def sign_out(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(EDITOR_COOKIE, path="/", samesite="Strict", httponly=True, secure=is_secure())


def form_token() -> str:
    """What a form of this page must carry; a visitor without a cookie is given one with the answer."""
    editor = current_editor()
    if editor is not None:
        return _token_of(editor.nonce)
    known = _unsign(FORM_COOKIE)
    if known is None and "form_nonce" not in g:
        g.form_nonce = secrets.token_hex(16)
    return _token_of(str(known["nonce"]) if known else g.form_nonce)


def keep_form_cookie(response: Response) -> Response:
    """After-request hook: the cookie that belongs to the form just shown."""
    if "form_nonce" in g:
        _set(response, FORM_COOKIE, {"nonce": g.form_nonce}, SESSION_SECONDS)
    return response


def guarded(view: Callable[..., Response]) -> Callable[..., Response]:
    """A view that only takes forms of our own pages; all others are refused before it runs."""

    @wraps(view)
    def checked(*args: object, **kwargs: object) -> Response:
        require_own_form()
        return view(*args, **kwargs)

    return checked


def require_own_form() -> None:
    """Raises NotAllowed where the request was not sent by a page of ours in this browser."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    given = request.headers.get("X-Form-Token") or request.form.get("form_token", "")
    editor, known = current_editor(), _unsign(FORM_COOKIE)
    nonce = editor.nonce if editor else str(known["nonce"]) if known else ""
    strange = site is not None and site not in SAME_SITE
    foreign = origin is not None and urlsplit(origin).netloc not in own_hosts()
    if strange or foreign or not nonce or not hmac.compare_digest(given.encode(), _token_of(nonce).encode()):
        raise NotAllowed(
            "This form is too old or did not come from this site, so nothing was changed. Open the page again and send "
            "it from there; cookies must be allowed.",
            reason="form_too_old",
        )


def own_hosts() -> set[str]:
    """Host and port under which this site is reached; a proxy in front may have taken the https away."""
    return {request.host, urlsplit(current_app.config["QAMTU"].public_url).netloc} - {""}


def is_secure() -> bool:
    """Whether readers reach this site by https."""
    return request.is_secure or current_app.config["QAMTU"].public_url.startswith("https://")


def _token_of(nonce: str) -> str:
    return hmac.new(_key(), f"form {nonce}".encode(), hashlib.sha256).hexdigest()


def _set(response: Response, name: str, value: dict[str, str], seconds: int) -> None:
    text = _serializer(name).dumps(value)
    response.set_cookie(name, text, max_age=seconds, path="/", samesite="Strict", httponly=True, secure=is_secure())


def _unsign(name: str) -> dict[str, str] | None:
    raw = request.cookies.get(name)
    if not raw:
        return None
    try:
        value = _serializer(name).loads(raw, max_age=SESSION_SECONDS)
    except BadSignature:
        return None
    return value if isinstance(value, dict) and "nonce" in value else None


def _serializer(name: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(), salt=name, signer_kwargs={"digest_method": hashlib.sha256})


def _key() -> bytes:
    if "session_key" not in g:
        settings = current_app.config["QAMTU"]
        g.session_key = cookie_key(settings.data, settings.editor_token)
    return g.session_key
