"""One way to answer for every JSON address: known parameters, a finished answer kept once an edition, ETag, paging."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.datastructures import MultiDict

from webapp import queries
from webapp.reading_store import Reader, reader
from webapp.responses import REVALIDATE, json_packed, packed_response

FROZEN = "public, max-age=86400, stale-while-revalidate=604800"


def answer_json(allowed: Iterable[str], make: Callable[[Reader, MultiDict], object], *also: object) -> Response:
    """The finished answer for these parameters, made once an edition; 304 where the caller has it."""
    source, args = reader(), request.args
    queries.require_known(args, allowed)
    current = source.current().number
    key = (request.path, tuple(sorted(args.items(multi=True))), current, *also)
    packed = source.answers.get(key, lambda: json_packed(make(source, args)))
    return packed_response(packed, FROZEN if args.get("edition") else REVALIDATE)


def paging(args: MultiDict, total: int, limit: int, offset: int) -> dict[str, Any]:
    """``total``, ``limit``, ``offset`` and ``next``: the query string of the page after this one, or None."""
    following = None
    if offset + limit < total:
        again = MultiDict(args)
        again["offset"], again["limit"] = str(offset + limit), str(limit)
        following = "?" + "&".join(f"{quoted(key)}={quoted(value)}" for key, value in again.items(multi=True))
    return {"total": total, "limit": limit, "offset": offset, "next": following}


def quoted(text: str) -> str:
    return quote(text, safe="~/:")


def keep(args: MultiDict, names: Iterable[str]) -> MultiDict:
    """Only these parameters."""
    wanted = set(names)
    return MultiDict((key, value) for key, value in args.items(multi=True) if key in wanted)
