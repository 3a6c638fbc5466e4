"""The editor's token and the key of signed cookies, in ``<data>/secrets.json`` (mode 600). Standard library only.

The token itself is shown once and never kept: the file holds its scrypt hash. A new token ends every session, because
the cookies' key is made from both.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from pathlib import Path

from geo.errors import BadInput, StoreError

FILE = "secrets.json"
TOKEN_BYTES = 20  # 160 bits, 27 characters
COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # scrypt: some 50 ms and 16 MB a try


def ensure_secrets(data: Path) -> str | None:
    """Make the file where it is not there; the token then, to be shown once, else None."""
    if (data / FILE).exists():
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token if _save(data, _fresh(token), replace=False) else None


def new_token(data: Path) -> str:
    """A new token in place of the old one; every editor is signed out by it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _save(data, _fresh(token), replace=True)
    return token


def is_token(data: Path, given: str, environment_token: str = "") -> bool:
    """Whether ``given`` is the editor's token; ``environment_token`` (QAMTU_EDITOR_TOKEN) stands before the file."""
    if environment_token:
        return hmac.compare_digest(given.encode(), environment_token.encode())
    kept = _load(data)
    return hmac.compare_digest(_hash(given, bytes.fromhex(kept["salt"])), bytes.fromhex(kept["token"]))


def cookie_key(data: Path, environment_token: str = "") -> bytes:
    """The key that cookies are signed with: another one after each change of the token."""
    kept = _load(data)
    return hmac.digest(bytes.fromhex(kept["key"]), (environment_token or kept["token"]).encode(), "sha256")


def _fresh(token: str) -> dict[str, str]:
    salt = secrets.token_bytes(16)
    return {"key": secrets.token_hex(32), "salt": salt.hex(), "token": _hash(token, salt).hex()}


def _hash(token: str, salt: bytes) -> bytes:
    return hashlib.scrypt(token.encode()[:1000], salt=salt, **COST)


def _load(data: Path) -> dict[str, str]:
    ensure_secrets(data)
    path = data / FILE
    try:
        kept = json.loads(path.read_text("utf-8"))
        return {name: str(kept[name]) for name in ("key", "salt", "token")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} cannot be read ({error}). Make a new token: python run.py token --new") from error


def _save(data: Path, content: dict[str, str], *, replace: bool) -> bool:
    """Write the file whole, readable by its owner only; False where another process made it first."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".secrets-", dir=data)  # made with mode 600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
        try:
            if replace:
                os.replace(name, data / FILE)
            else:
                os.link(name, data / FILE)
        except FileExistsError:
            return False
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(
            f"{data / FILE} cannot be written ({error.strerror}). Name another folder: --data DIR"
        ) from error
    return True
