"""Answers with ETag, packed bytes and a cache of finished ones: the same view of the same edition is made once."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable

import brotli
from flask import Response, make_response, request

FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "public, max-age=0, must-revalidate"
PRIVATE = "private, max-age=0, must-revalidate"
READY = "X-Qamtu-Ready"  # between packed_response and webapp/ready.py: the same for everybody who asks like this
SMALLEST_PACKED = 600  # bytes; below that the headers outweigh the gain
PACKABLE = ("text/", "application/json", "application/geo+json", "application/manifest+json", "image/svg+xml")


class Packed:
    """Bytes with their ETag; gzip and brotli forms are made when first asked for."""

    def __init__(self, data: bytes, mimetype: str, quality: int = 5) -> None:
        self.data = data
        self.mimetype = mimetype
        self.etag = hashlib.sha256(data).hexdigest()[:24]
        self.quality = quality
        self.forms: dict[str, bytes] = {}

    @property
    def packable(self) -> bool:
        """Whether packing this content makes it smaller."""
        return self.mimetype.startswith(PACKABLE) and len(self.data) >= SMALLEST_PACKED

    def form(self, encoding: str) -> bytes:
        """The bytes in ``br``, ``gzip`` or ``identity``."""
        if encoding == "identity":
            return self.data
        if encoding not in self.forms:
            pack = pack_brotli if encoding == "br" else pack_gzip
            self.forms[encoding] = pack(self.data, self.quality)
        return self.forms[encoding]

    def size(self) -> int:
        """Bytes held in memory."""
        return len(self.data) + sum(map(len, self.forms.values()))


def pack_brotli(data: bytes, quality: int) -> bytes:
    return brotli.compress(data, quality=quality)


def pack_gzip(data: bytes, quality: int) -> bytes:
    return gzip.compress(data, compresslevel=min(quality, 9), mtime=0)


def packed_response(packed: Packed, cache_control: str, headers: dict[str, str] | None = None) -> Response:
    """The answer in the best encoding the caller takes, or 304 where it has these bytes already."""
    encoding = accepted_encoding() if packed.packable else "identity"
    etag = packed.etag if encoding == "identity" else f"{packed.etag}-{encoding}"
    if any(request.if_none_match.contains_weak(known) for known in {packed.etag, etag}):
        response = make_response(b"", 304)
    else:
        response = make_response(packed.form(encoding))
        response.mimetype = packed.mimetype
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
    response.set_etag(etag)
    response.headers["Cache-Control"] = cache_control
    if packed.packable:
        response.headers["Vary"] = "Accept-Encoding"
    for key, value in (headers or {}).items():
        response.headers[key] = value
    response.headers[READY] = "1"
    return response


def accepted_encoding() -> str:
    """``br`` before ``gzip`` before the plain bytes, as far as the caller takes it."""
    accept = request.accept_encodings
    return next((name for name in ("br", "gzip") if accept.quality(name) > 0 and name in accept), "identity")


class AnswerCache:
    """Finished answers by key, at most ``limit`` bytes; the ones asked for longest ago go first."""

    def __init__(self, limit: int = 32_000_000) -> None:
        self.limit = limit
        self.held = 0
        self.answers: OrderedDict[object, Packed] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: object, make: Callable[[], Packed]) -> Packed:
        """The answer under ``key``, made now where it is not held."""
        with self.lock:
            found = self.answers.get(key)
            if found is not None:
                self.answers.move_to_end(key)
                return found
        made = make()
        with self.lock:
            if key not in self.answers:
                self.answers[key] = made
                self.held += 2 * len(made.data)  # its packed forms come later and are smaller
            while self.held > self.limit and len(self.answers) > 1:
                _, gone = self.answers.popitem(last=False)
                self.held -= 2 * len(gone.data)
        return made


def json_packed(value: object, mimetype: str = "application/json") -> Packed:
    """A value as compact JSON, keys in the order given."""
    return Packed(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), mimetype)
