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
_ALONG: Final = ("вдоль ", " обочине ", " на ")
_ALONG_KK: Final = " бойы"
_LINE: Final = phrase("line")
_LENGTH_KK: Final = phrase("length", language="kk", after=r"[^.;\d]{0,60}$")
# In Russian what the length is of comes after it: «длина эстакады составит 22 км» is of another thing.
_LENGTH_RU: Final = phrase(
    "length",
    language="ru",
    after=r"(?:\s\p{Ll}+(?:ой|ей|ого|его|ых|их|ого))*\s(?:[–—-]|(?:состав|достиг|превы|будет|равн|уже|более|около|почти"
    rf"|всего|до|в|труб|сет|лини|объект|проект|участк)\p{{Ll}}*|{alternatives('route', 'line')})[^.;\d]{{0,60}}$",
)
_HOW_FAR: Final = 60  # characters
_FROM_PLACE: Final = regex.compile(
    r"(?:до котор(?:ого|ой|ых)\s(?:[^.,;\d]{0,40}\s)?"
    r"|до\s\p{L}[\p{L}-]+\s(?:отсюда|от\s\p{L}[\p{L}-]+)\s(?:(?:около|почти|более)\s)?)$"
)
_LAID: Final = phrase("laid")
_OF_ROUTE: Final = regex.compile(rf"\s(?:\p{{Ll}}+\s)?{alternatives('route', 'line')}")
_COST: Final = phrase("cost_of_works")
# «73 шақырымы», «45 шақырымды», «318 шақырымның 190-ы»; «40 шақырым арық» has a noun
_PART_KK: Final = regex.compile(r"(?:[ыі]н?|[дтн][ыі]ң)$")
_ALONE_RU: Final = regex.compile(
    rf"(?=[.,;)!?\n–—]|$|\sиз\s\d)|\s[–—]|\s(?:(?:уже|еще|сейчас|сегодня|пока)\s)?{alternatives('laid', language='ru')}"
)
_LAID_NEXT: Final = regex.compile(rf"\s{alternatives('laid', language='kk')}")  # «63 шақырым тартылды»
_WORTH_OF: Final = regex.compile(r"(?:стоимость|цена)\s(?:\p{Ll}+\s){0,2}$")
_ITS_WORTH: Final = regex.compile(r"(?<=[дтн][ыі]ң)\s(?:\p{Ll}+\s)?(?:құны|бағасы)")
_OWN_CLAUSE: Final = 0.9  # clause borders
_LAYERS: Final = ("gas", "water", "internet")
_LOOK_BACK: Final = 700  # characters


def is_line_told(view: View, subject: Subject, end: int) -> bool:
    """Whether the text up to ``end`` still speaks of a pipeline or a cable, whose route may be told of."""
    low = view.page.low
    if end > view.start and _LINE.search(low, view.start, end) is not None:
        return True
    return not subject.strayed and _LINE.search(low, max(0, view.start - _LOOK_BACK), view.start) is not None


def is_route(view: View, hit: Hit) -> bool:
    """«Трасса»: of a road, and of a pipeline too; «вдоль трассы», «трасса бойында» is the road."""
    low = view.page.low
    route = _ROUTE.match(low, hit.start, hit.word_end) is not None
    return (
        route and not view.text(view.start, hit.start).endswith(_ALONG) and not low.startswith(_ALONG_KK, hit.word_end)
    )


def speaks_of_route(view: View, subject: Subject) -> bool:
    """Whether the only other subject in the sentence is the route of the line told of before."""
    others = view.of("other")
    return bool(others) and all(is_route(view, hit) for hit in others) and is_line_told(view, subject, others[0].start)


def note_works(
    view: View,
    number: Number,
    counted: Counted,
    figure: Figure,
    subject: Subject,
    beside: Figure | None,
) -> None:
    """Flag a length or a sum that is of the object told of before, and what holds of the one that it is a part of.

    ``beside``: the figure of the same layer right before, in the same sentence.
    """
    flags = figure.flags
    if _goes_on_with_line(view, number, counted, figure.layer, subject, beside):
        flags.set("of_line", "the line told of before")
    if beside is None or not beside.counted.code == counted.code == "money" or "investment" not in beside.flags:
        return
    part = any(beside.number.end < hit.start < number.start for hit in view.of("cue", "subset"))
    if part or ("of_sum" in beside.flags and not view.of("other")):
        flags.set("investment", "a part of the sum before")  # «в том числе из бюджета – 17 млрд, из местного – 6 млрд»
        flags.set("of_sum", "a part of the sum before")
        if figure.status.word in ("", beside.status.word):
            figure.status = beside.status


def _goes_on_with_line(
    view: View, number: Number, counted: Counted, layer: LayerFound, subject: Subject, beside: Figure | None
) -> bool:
    """Whether a length or a sum with no word of its layer is of the object told of before."""
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
        or (_LENGTH_KK if view.kazakh else _LENGTH_RU).search(view.text(view.start, number.start)) is not None
        or _OF_ROUTE.match(view.page.low, counted.end, view.end) is not None
    )
    return told and is_line_told(view, subject, number.start)


def is_distance(view: View, number: Number, counted: Counted) -> bool:
    """«до которого от Усть-Каменогорска 340 километров»: how far it is to a place."""
    if view.kazakh:
        return False
    before = view.text(max(view.start, number.start - _HOW_FAR), number.start)
    return _FROM_PLACE.search(before) is not None and not _OF_ROUTE.match(view.page.low, counted.end, view.end)


def is_worth_of_building(view: View, number: Number) -> bool:
    """«стоимость школы», «аурухананың құны»: what another building costs."""
    low = view.page.low
    return any(
        hit.start < number.start
        and view.border(hit.start, number.start) < _OWN_CLAUSE
        and (_ITS_WORTH.match(low, hit.word_end, number.start) or _WORTH_OF.search(low, view.start, hit.start))
        for hit in view.of("unit", "schools", "health")
    )


def _has_no_noun(view: View, number: Number, counted: Counted) -> bool:
    """«уложено 73 км», «оның 73 шақырымы төселді», but not «заменили 23 километра теплотрасс»."""
    if view.kazakh:
        verb = _LAID_NEXT.match(view.page.low, counted.end, view.end) is not None
        return verb or _PART_KK.search(view.text(number.end, counted.end)) is not None
    return _ALONE_RU.match(view.page.low, counted.end, view.end) is not None
