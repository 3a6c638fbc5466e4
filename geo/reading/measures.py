"""A measure told again: «этот показатель доведут до 60 тысяч», «бұл көрсеткіш 75 мыңға жетеді»."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.ellipsis import BARE_AFTER
from geo.reading.indicators import Flags
from geo.reading.numbers import Number
from geo.reading.phrases import alternatives, phrase
from geo.reading.state import Figure, Run
from geo.reading.units import Counted
from geo.reading.view import View

_TOLD_OF_IT: Final = alternatives("verbs_of_it", "to_level", "brought_to", "comes_to", language="ru")
_MEASURE_KK: Final = regex.compile(  # «оның көлемі», «2028 жылы аумақ»; «өнім көлемі» is another measure
    alternatives("measure", language="kk")
    + "|"
    + rf"(?:^|[,–—(]\s?|\b{alternatives('of_it')}\s){alternatives('measured', language='kk')}"
)
_MEASURE_RU: Final = regex.compile(  # «их число», «площадь расширят»; «объём производства» is another measure
    alternatives("measure", language="ru")
    + "|"
    + rf"{alternatives('measured', language='ru')}(?=\s?[,–—(]|\s{_TOLD_OF_IT})"
)
_COME_TO: Final = phrase("come_to", language="ru", after=r"\s(?:\p{Ll}+\s){0,2}$")
_THIS_MEASURE: Final = phrase("this_measure")
_BROUGHT: Final = phrase("brought_to", language="ru")
_LEVEL_RU: Final = phrase("to_level", "brought_to", language="ru")
_UP_TO_RU: Final = regex.compile(r"\sдо\s(?:\p{Ll}+\s){0,2}$")
_COMES_TO_RU: Final = phrase("comes_to", language="ru", after=r"\s(?:(?!на\s)\p{Ll}+\s){0,2}$")
_BROUGHT_KK: Final = phrase("brought_to", language="kk", before=r"\s(?:дейін\s|шейін\s)?")
_LEVEL_KK: Final = phrase("to_level", language="kk", before=r"\s(?:дейін\s|шейін\s)?(?:\p{Ll}+\s)?")
_BEYOND_KK: Final = phrase("goes_beyond", language="kk", before=r"\s")
_COMES_TO_KK: Final = phrase("comes_to", language="kk", before=r"\s")
_DATIVE: Final = regex.compile(r"[кқғг][ае]$")
_ABLATIVE: Final = regex.compile(r"[дтн][ае]н$")
_UNITS: Final = (  # what a measure is told in, where its name says so
    (regex.compile(r"площад|аумағ|аумақ|алаң|ауданын|жерд"), "hectare"),
    (regex.compile(r"длин|протяженн|ұзынды"), "km"),
    (regex.compile(r"мощност|производительн|қуат|өнімділ"), "m3day"),
)
_NEVER: Final = ("money", "none")
_NEXT: Final = 4  # numbers, years among them
_REACH: Final = 90  # characters
_TIMES: Final = 20  # a measure grows or shrinks to so many times at most
_THIS_IS: Final = phrase("that_is", before=r"(?:[^.!?\n]{0,60},\s)?\s?", after=r"\s?[–—-]\s")
_THAT_SHARE: Final = phrase("that_is", "in_other_words", before=r"[,(–—]\s?", after=r"(?:\s[\p{L}–—-]+){0,5}\s$")


def noun_of_measure(run: Run, view: View, number: Number, earlier: Figure | None) -> Counted | None:
    """The unit of «…, к 2028 году показатель доведут до 60 тысяч»: that of the measure told before.

    ``earlier``: the figure before the number in its sentence.
    """
    after = number.end + len(number.tail)
    if not view.kazakh and not BARE_AFTER.match(view.page.low, after):
        return None
    measure = _measure_to(view, number, number.tail, after, _end(view, earlier))
    told = _told_before(run, view, number, earlier, measure) if measure else None
    return Counted(told.counted.code, None, "carried", after) if told is not None else None


def goes_on_with_measure(
    run: Run, view: View, number: Number, counted: Counted, layer: str, earlier: Figure | None
) -> Figure | None:
    """The figure whose measure the number tells again: «к 2027 году этот показатель доведут до 160 сёл»."""
    carried = counted.how == "carried"
    if not carried and (counted.how != "after" or not _is_of_this_measure(view, number)):
        return None
    tail = number.tail if carried else view.text(number.start, counted.end)
    measure = _measure_to(view, number, tail, counted.end, _end(view, earlier))
    told = _told_before(run, view, number, earlier, measure) if measure else None
    if told is None or told.counted.code != counted.code or told.layer.layer != layer:
        return None
    return told if counted.code != "percent" and "total" not in told.flags else None


def _is_of_this_measure(view: View, number: Number) -> bool:
    """«этот показатель доведут до 160 сёл»: only "this measure" goes on where the number has a noun."""
    again = any(hit.start < number.start for hit in view.of("cue", "again"))
    return again and _THIS_MEASURE.search(view.text(view.start, number.start)) is not None


def measure_next(view: View, index: int, counted: Counted) -> int:
    """Where the words begin that tell the measure again by the next number, whose verb is its own; else the end.

    «59 пайыз, 2030 жылы бұл көрсеткіш 75-ке жетеді»: the 59 percent are so.
    """
    years = view.years
    for number in view.numbers[index + 1 : index + _NEXT] if view.kazakh else ():
        if number.odd or any(year.start <= number.start < year.end for year in years):
            continue
        measure = _measure_to(view, number, number.tail, number.end + len(number.tail), counted.end)
        if measure:
            return number.start - len(measure)
    return view.end


def _end(view: View, figure: Figure | None) -> int:
    return figure.counted.end if figure is not None else view.start


def _measure_to(view: View, number: Number, tail: str, after: int, floor: int) -> str:
    """The words before a level that a measure reaches, from its name on, which stands after ``floor``; else ""."""
    before = view.text(max(floor, number.start - _REACH), number.start)
    low, brought = view.page.low, None
    if view.kazakh:
        reached = (
            (_DATIVE.search(tail) is not None and _LEVEL_KK.match(low, after, view.end) is not None)
            or (_ABLATIVE.search(tail) is not None and _BEYOND_KK.match(low, after, view.end) is not None)
            or _COMES_TO_KK.match(low, after, view.end) is not None
        )
    elif _UP_TO_RU.search(before):
        brought = _BROUGHT.search(before)
        reached = (brought or _LEVEL_RU.search(before) or _LEVEL_RU.match(low, after + 1)) is not None
    elif _COME_TO.search(before):
        return before
    else:
        reached = _COMES_TO_RU.search(before) is not None
    if not reached:
        return ""
    named = (_MEASURE_KK if view.kazakh else _MEASURE_RU).search(before) or brought
    if named is None and not (view.kazakh and floor > view.start and _BROUGHT_KK.match(low, after, view.end)):
        return ""
    # «92 мың гектарға жетті, 2028 жылы 120 мыңға жеткізу жоспарда» leaves the measure out
    start = named.start() if named is not None else before.rfind(",") + 1
    first = number.start - len(before) + start
    return "" if any(first <= hit.start < number.start for hit in view.of("other")) else before[start:]


def _told_before(run: Run, view: View, number: Number, earlier: Figure | None, measure: str) -> Figure | None:
    """The figure that the measure was told with: before it in the sentence, or last in the sentence before."""
    unit = next((code for pattern, code in _UNITS if pattern.search(measure)), "")
    for figure in (earlier, run.last if view.sentence.line == run.last_line else None):
        if (
            figure is not None
            and figure.counted.code not in _NEVER
            and unit in ("", figure.counted.code)
            and figure.number.value <= _TIMES * number.value
            and number.value <= (100 if figure.counted.code == "percent" else _TIMES * figure.number.value)
        ):
            return figure
    return None


def go_on_with_land(
    run: Run, view: View, number: Number, counted: Counted, flags: Flags, earlier: Figure | None
) -> None:
    """Watered land: what holds of the area before holds of the figure."""
    farmed = earlier or run.last
    if farmed is None or farmed.layer.layer != "irrigation":
        return
    for name in ("saving", "irrigated"):
        if name in farmed.flags and "saving" not in flags and "irrigated" not in flags:
            flags.set(name, "as in the figure before")
    this = _THIS_IS.match(view.page.low, view.start) is not None
    if earlier is farmed:
        this = _THAT_SHARE.search(view.text(farmed.number.end, number.start)) is not None
    if counted.code == "percent" and "saving" in farmed.flags and this:
        flags.set("saving", "this is said of the area before")  # «Бұл – облыстағы суармалы жердің 9,5 пайызы»
