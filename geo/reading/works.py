"""Cost, length and parts of a line told of before: «стоимость проекта», «трасса – 214 км, из них 64 уложено»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.phrases import alternatives, phrase
from geo.reading.units import Counted
from geo.reading.view import View

if TYPE_CHECKING:
    from geo.reading.layers import LayerFound, Subject
    from geo.reading.state import Figure

_ROUTE: Final = phrase("route")
_LINE: Final = phrase("line")
_LENGTH: Final = phrase("length", after=r"[^.;\d]{0,60}$")
_LAID: Final = phrase("laid")
_OF_ROUTE: Final = regex.compile(rf"\s(?:\p{{Ll}}+\s)?{alternatives('route', 'line')}")
_COST: Final = phrase("cost_of_works")
_PART_KK: Final = regex.compile(
    r"(?:[ыі]|[ыі]н|[дт][ыі])$"
)  # «73 шақырымы», «45 шақырымды»; «40 шақырым арық» has a noun
_ALONE_RU: Final = regex.compile(
    rf"(?=[.,;)!?\n–—]|$)|\s[–—]|\s(?:(?:уже|еще|сейчас|сегодня|пока)\s)?{alternatives('laid', language='ru')}"
)
_LAYERS: Final = ("gas", "water", "internet")
_LOOK_BACK: Final = 700  # characters


def is_line_told(view: View, subject: Subject) -> bool:
    """Whether the text still speaks of a pipeline or a cable, whose route may be told of."""
    begin = max(0, view.start - _LOOK_BACK)
    return not subject.strayed and _LINE.search(view.page.low, begin, view.start) is not None


def is_route(view: View, hit: Hit) -> bool:
    """«Трасса»: of a road, and of a pipeline too."""
    return _ROUTE.match(view.page.low, hit.start, hit.word_end) is not None


def speaks_of_route(view: View, subject: Subject) -> bool:
    """Whether the only other subject in the sentence is the route of the line told of before."""
    others = view.of("other")
    return bool(others) and all(is_route(view, hit) for hit in others) and is_line_told(view, subject)


def goes_on_with_line(
    view: View, number: Number, counted: Counted, layer: LayerFound, subject: Subject, beside: Figure | None
) -> bool:
    """Whether a length or a sum with no word of its layer is of the object told of before.

    ``beside``: the figure of the same layer right before, in the same sentence.
    """
    unit = counted.code
    if unit not in ("km", "money") or layer.how not in ("context", "title") or layer.layer not in _LAYERS:
        return False
    if subject.strayed or not all(is_route(view, hit) for hit in view.of("other")):
        return False
    clause = view.clause_text(number.start)
    if unit == "money":
        return _COST.search(clause) is not None
    if beside is not None and beside.counted.code == "km":
        return True
    told = (
        (_LAID.search(clause) is not None and _has_no_noun(view, number, counted))
        or _LENGTH.search(view.text(view.start, number.start)) is not None
        or _OF_ROUTE.match(view.page.low, counted.end, view.end) is not None
    )
    return told and is_line_told(view, subject)


def _has_no_noun(view: View, number: Number, counted: Counted) -> bool:
    """«уложено 73 км», «оның 73 шақырымы төселді», but not «заменили 23 километра теплотрасс»."""
    if view.kazakh:
        return _PART_KK.search(view.text(number.end, counted.end)) is not None
    return _ALONE_RU.match(view.page.low, counted.end, view.end) is not None
