"""The view that a request's query asks for, with the atlas and outlines of its edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from geo.errors import NotFound
from webapp.backdrop import Backdrop, load_backdrop
from webapp.links import default_view, parse_view, print_view, wanted_edition
from webapp.outlines import Outlines, load_outlines
from webapp.reading_store import Reader, reader
from webapp.view_state import Notice, ViewState

CLOSE_ZOOM = 7.5  # from here on the finer outlines are drawn


@dataclass(frozen=True, slots=True)
class ViewRequest:
    """``atlas`` is that of the frozen edition, else of the current one; ``missing`` is an edition asked for in vain."""

    state: ViewState
    notices: tuple[Notice, ...]
    atlas: Mapping[str, Any]
    missing: int | None

    @property
    def share(self) -> str:
        """The canonical query string: the same view always gives the same bytes."""
        return print_view(self.state, default_view(self.atlas), share=True)

    @property
    def frozen(self) -> bool:
        return self.state.edition is not None


def view_of(query: str, source: Reader | None = None) -> ViewRequest:
    """Parse ``query`` against its edition. Raises NotFound only where no edition was built yet."""
    source = source or reader()
    wanted = wanted_edition(query)
    missing = None
    try:
        atlas = source.atlas(wanted)
    except NotFound:
        atlas, missing = source.atlas(), wanted
    state, notices = parse_view(query, atlas)
    return ViewRequest(state, notices, atlas, missing)


def view_of_request() -> ViewRequest:
    return view_of(raw_query())


def raw_query() -> str:
    """The query string as it came, bytes that are no UTF-8 replaced."""
    return request.query_string.decode("utf-8", "replace")


def outlines_for(found: ViewRequest, source: Reader | None = None) -> Outlines:
    """The outlines of the view's edition, finer ones for a close view."""
    zoom = found.state.view.zoom if found.state.view else 0
    tolerance = 200 if zoom >= CLOSE_ZOOM else 500
    return load_outlines((source or reader()).artefact(found.atlas["edition"], f"regions-{tolerance}.topojson"))


def backdrop_of(found: ViewRequest, source: Reader | None = None) -> Backdrop | None:
    """What lies around the regions, as that edition has it."""
    return load_backdrop((source or reader()).folder(found.atlas["edition"]) / "backdrop.topojson")


def public_origin() -> str:
    """``https://host`` for absolute addresses: the setting, else what the request came to."""
    return current_app.config["QAMTU"].public_url or request.host_url.rstrip("/")
