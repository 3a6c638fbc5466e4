"""A short text as a test writes it, read, and its figures as short as the test expects them."""

from __future__ import annotations

import datetime as dt

from reading_scores import gazetteer

from geo.model import Document
from geo.reading import Reading, read_document

DAY = dt.date(2026, 6, 1)


def reading(text: str, date: dt.date | None = DAY) -> Reading:
    """The reading of a text without a title, published on ``date``."""
    return read_document(Document(id="test", text=text, title="", date=date), gazetteer())


def figures(text: str) -> list[tuple[float, str, str, str]]:
    """(value, indicator, status, kind of the place inside or "") of every figure, in order."""
    return [(o.value, o.indicator, o.status, o.place.kind if o.place else "") for o in reading(text).observations]
