"""A place that a sentence names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.reading.phrases import phrase

if TYPE_CHECKING:
    from geo.reading.view import View

_LONGEST_TITLE: Final = 60  # characters
_BEARER: Final = phrase("bearer", before=r"\s")
_BEARER_BEFORE: Final = phrase("bearer", after=r"\s$")


@dataclass(slots=True)
class Mention:
    """A place named at plain[start:end]. ``regions`` are ISO codes; ``reason`` says how an ambiguous name was read."""

    start: int
    end: int
    id: str
    name: str
    kind: str
    regions: tuple[str, ...]
    explicit: bool  # its kind was said («облысы», «район»), or the name has one meaning
    reason: str = ""
    line: bool = False  # an end of a road or a pipeline («Алматы – Талдықорған»)


def is_in_title(view: View, start: int, end: int) -> bool:
    """Whether plain[start:end] is a part of a quoted name («Опора страны») that a programme or a paper bears."""
    plain = view.page.plain
    opening = plain.rfind("«", max(view.start, start - _LONGEST_TITLE), start)
    if opening < 0 or plain.find("»", opening, start) >= 0:
        return False
    closing = plain.find("»", end, end + _LONGEST_TITLE)
    if closing < 0 or (opening + 1 >= start and end >= closing):
        return False
    return (
        _BEARER.match(view.page.low, closing + 1) is not None
        or _BEARER_BEFORE.search(view.page.low[max(view.start, opening - 30) : opening]) is not None
    )
