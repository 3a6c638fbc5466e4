"""Figures told as in the one before: items of a list, parts of a whole, the same works a sentence on."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.numbers import Number
from geo.reading.phrases import alternatives
from geo.reading.state import Figure, Run
from geo.reading.status import Sign
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import YEARS

_SUCH: Final = r"\s(?:их|таких|бұлар|ондай ауыл\p{Ll}*)\s[–—-]?\s?"
_ITEM_START: Final = regex.compile(
    rf"[\s«–—-]*(?:{alternatives('there', 'namely')}[,:]?\s?|{alternatives('aside')}{_SUCH})?"
    r"(?:в[о]?\s|по\s|на\s|к\s)?"
)
_SIDE_BY_SIDE: Final = frozenset(
    ("zones", "sez", "settlements", "schools", "health", "projects", "participants", "masts")
)
_AND: Final = regex.compile(
    r"(?:\s\p{Ll}+){0,2},?\s(?:және|мен|пен|бен|и|а также|сондай-ақ|плюс|тағы)\s(?:тағы\s|еще\s)?"
)
_DASHES: Final = (" – ", " — ", " - ")
_BARE_YEAR: Final = regex.compile(  # «в следующем – 54», «план на год – 6 200»
    r"в\s(?:этом|прошлом|минувшем|следующем|будущем|текущем|нынешнем)$|(?<!\p{L})(?:план|жоспар)\p{Ll}*(?:\s\p{Ll}+){0,2}$"
)
_YEAR_REACH: Final = 30  # characters
_SPOKEN_OF: Final = 0.3  # strength of a subject some sentences later
_PLACE_DASH: Final = regex.compile(r"\s[–—-]\s(?:в\s|к\s)?$")


def is_breakdown(run: Run, view: View, number: Number, counted: Counted) -> bool:
    """«… 3 мың ауыл қосылады. Қостанай облысында – 372, Ақтөбеде – 206 ауыл»: parts of what was told before."""
    last = run.last
    return (
        last is not None
        and last.counted.code == counted.code
        and view.sentence.line == run.last_line
        and number.value < last.number.value
        and bool(view.names)
        and _ITEM_START.fullmatch(view.page.low, view.start, view.names[0].start) is not None
        and _PLACE_DASH.search(view.text(max(view.start, number.start - 6), number.start)) is not None
    )


def is_next_of_list(
    view: View, number: Number, counted: Counted, layer: str, earlier: Figure, signs: list[Sign]
) -> bool:
    """«Ақмолада 43 ауыл желіден тыс қалды, Абайда – 58»: a place and a number, all else as in the figure before."""
    between = view.text(earlier.number.end, number.start)
    return (
        counted.how == "carried"
        and counted.code == earlier.counted.code
        and layer == earlier.layer.layer
        and "total" not in earlier.flags
        and not number.of_them
        and "," in between
        and not any(sign.start > earlier.number.end + between.rindex(",") for sign in signs)
        and any(earlier.number.end + between.rindex(",") < name.start < number.start for name in view.names)
        and not any(earlier.number.end < hit.start < number.start for hit in view.of("time", *YEARS, "now"))
    )


def is_of_year(view: View, number: Number) -> bool:
    """«биыл – 40, келесі жылы – 54», «в этом году – 40»: a year, or a plan, and a dash right before the number."""
    if view.text(number.start - 3, number.start) not in _DASHES:
        return False
    end = number.start - 3
    return (
        any(hit.word_end == end for hit in view.of("time", *YEARS))
        or any(year.end == end for year in view.years)
        or _BARE_YEAR.search(view.text(max(view.start, end - _YEAR_REACH), end)) is not None
    )


def begins_with_year(view: View) -> bool:
    """Whether nothing but a year stands before the sentence's first number, so that it goes on with the one before."""
    years = view.years
    first = next((n for n in view.numbers if not any(y.start <= n.start < y.end for y in years)), None)
    return first is not None and first.start - view.start < _YEAR_REACH and is_of_year(view, first)


def is_one_more(view: View, number: Number, counted: Counted, earlier: Figure | None) -> bool:
    """«жеті индустриялық аймақ және бір арнайы экономикалық аймақ», «шесть зон и одна СЭЗ»: a count beside a count."""
    return (
        earlier is not None
        and counted.how == "after"
        and {earlier.counted.code, counted.code} <= _SIDE_BY_SIDE
        and is_beside(view, number, earlier)
    )


def is_beside(view: View, number: Number, earlier: Figure) -> bool:
    """«3 800 домов и 46 объектов»: the second of two counts that «and» joins."""
    return _AND.fullmatch(view.page.low, max(earlier.counted.end, earlier.number.end), number.start) is not None


def goes_on_by_measure(run: Run, view: View, counted: Counted, layer: str) -> bool:
    """«Изношено 312 км сетей. Заменили лишь 40 км»: the same network, or the same waterworks, a sentence on."""
    last = run.last_measure
    return (
        counted.code in ("km", "m3day")
        and last is not None
        and last.counted.code == counted.code
        and last.layer.layer == layer
        and view.sentence.line == run.last_line
        and not view.of("other")
    )


def goes_on_with_money(run: Run, view: View, layer: str) -> bool:
    """«540 млрд теңге тартылды. Биыл 85 миллиард күтеміз»: a sum right after one of the same layer."""
    last = run.last
    return (
        last is not None
        and last.counted.code == "money"
        and last.layer.layer == layer
        and view.sentence.line == run.last_line
        and not view.of("other")
    )
