"""What goes along while a document is read: the figures so far, and what the text was last speaking of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.gazetteer import Gazetteer
from geo.model import Period
from geo.reading.focus import Focus, PlaceFound
from geo.reading.indicators import Flags
from geo.reading.layers import LayerFound, Subject
from geo.reading.matching import Words
from geo.reading.numbers import Number
from geo.reading.sentences import Sentence
from geo.reading.status import StatusFound
from geo.reading.text import Page
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from geo.reading.headed import Head

MEASURES: Final = ("none", "percent", "money", "hectare", "km", "m3day")
NOWHERE: Final = PlaceFound()
NETWORK_FLAGS: Final = frozenset(("fibre", "base", "broadband", "mobile", "satellite", "3g", "4g", "adsl"))


class Figure:
    """A figure with all that is concluded of it, step by step, before figures said twice are joined.

    ``rises``: it is a level that a change reaches; ``whole``: the figure of whose enumeration it is a part.
    """

    __slots__ = (
        *("counted", "currency", "flags", "heading", "high", "indicator", "layer", "number", "period", "period_why"),
        *("place", "qualifier", "rises", "sentence", "status", "status_code", "whole"),
    )

    def __init__(
        self,
        number: Number,
        counted: Counted,
        sentence: Sentence,
        layer: LayerFound,
        status: StatusFound,
        flags: Flags,
    ) -> None:
        self.number, self.counted, self.sentence = number, counted, sentence
        self.layer, self.status, self.flags = layer, status, flags
        self.heading, self.high = sentence.heading, number.high
        self.currency = _currency(counted)
        self.indicator, self.status_code, self.qualifier, self.rises = "", "", "exact", False
        self.period: Period | None = None
        self.period_why = ""
        self.place = NOWHERE
        self.whole: Figure | None = None


def _currency(counted: Counted) -> str | None:
    """The currency of a sum, if it is not the country's own."""
    currency = counted.hit.term.extra.get("currency") if counted.hit and counted.code == "money" else None
    return currency if currency != "KZT" else None


class Left:
    """A number that is no figure of ours, at plain[start:end]."""

    __slots__ = ("end", "reason", "start")

    def __init__(self, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason


@dataclass(slots=True)
class Run:
    """What goes along from sentence to sentence."""

    page: Page
    words: Words
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    focus: Focus
    subject: Subject
    date: dt.date | None
    industrial: frozenset[int] = frozenset()  # paragraphs in which zones are spoken of
    last: Figure | None = None
    last_line: int = -1
    head: Head | None = None  # the sentence above the list whose items are read
    listed: Figure | None = None  # what the items of a list count, from the sentence before its colon
    last_share: Figure | None = None
    last_measure: Figure | None = None  # a length or a daily volume of the sentence that was told last
    # Named places, held no figure; with its view if its numbers were looked at, and the age of the focus then.
    waiting: list[tuple[Sentence, View | None, int]] = field(default_factory=list)
    zones_many: bool | None = None  # whether the text last spoke of many zones, or of one
    zone_name: str = ""
    told_year: tuple[int, str] = (-1, "")  # line and code of "this year", "next year" in the sentence before
    last_noun: str = ""  # the countable unit spoken of last
    question: Head | None = None  # the sentence that asks how many («Сколько сёл …?»)
    asked_for: int = 0  # sentences within which its answer may come
