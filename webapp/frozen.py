"""A frozen link against the newest edition: how many figures have changed since it was pinned."""

from __future__ import annotations

from webapp.reading_store import Reader
from webapp.view_request import ViewRequest


def changes_since(source: Reader, found: ViewRequest) -> int | None:
    """Figures added, removed or changed after the link's edition; None for a live link or one of the newest edition."""
    current = source.current().number
    if not found.frozen or found.state.edition == current:
        return None
    return len(source.diff(found.state.edition, current))
