"""Who is not served: those told together with villages that lack a service, and the whole of which a part has it."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.numbers import Number
from geo.reading.phrases import phrase
from geo.reading.state import Figure
from geo.reading.units import Counted
from geo.reading.view import View

_SAME_PEOPLE: Final = phrase("that_is", before=r",\s", after=r"\s(?:[–—-]\s)?(?:\p{Ll}+\s){0,2}$")
_THERE: Final = phrase("living_there")
_THEIR_VILLAGES: Final = regex.compile(
    r"(?:[:,–—-]\s(?:бұл\s|это\s)?[^,;.\d]{0,30}"
    r"|\s(?:в|из|жителей|жители|населени[ея])\s(?:более чем\s|почти\s|около\s)?)$"
)
_WHOLES: Final = ("schools", "health", "institutions", "facilities", "households", "subscribers", "people")
_OWNING: Final = regex.compile(r"[дтн][ыі]ң$")
_SHARE: Final = regex.compile(r"\s?(?:%|пайыз)")
_OUT_OF: Final = regex.compile(r"(?:^|[\s(])из\s(?:более чем\s|почти\s|имеющихся\s|всех\s|общего числа\s)?$")
_KM_PART: Final = regex.compile(  # «3 900 шақырым желінің 1 400 шақырымы»
    r"(?:\s\p{Ll}+){0,3}[дтн][ыі]ң\s(?:шамамен\s|тек\s)?\d[\d ,]*(?:\s(?:мың|млн))?"
    r"(?:-\p{Ll}+|\s(?:шақырымы|километрі|шақырымын|пайызы))"
)
_DWELLERS: Final = regex.compile(r"\s(?:тұратын|тұрып жатқан|мекендейтін|өмір сүретін)\s")
_NEXT: Final = 30  # characters
_OWN_CLAUSE: Final = 1.1  # clause borders
_FAR: Final = 60  # characters


def is_whole(view: View, number: Number, counted: Counted) -> bool:
    """«442 мектептің 433-і қосылған», «из 12 тысяч домов газ получили девять»: the whole, of which a part is told."""
    if counted.code not in _WHOLES and counted.code != "km":
        return False
    if view.kazakh and counted.code == "km":
        return _KM_PART.match(view.page.low, counted.end) is not None
    if view.kazakh:
        part = next((n for n in view.numbers if n.start >= counted.end and not n.odd), None)
        return (
            part is not None
            and counted.how == "after"
            and part.start - counted.end < _NEXT
            and _OWNING.search(view.text(number.end, counted.end)) is not None
            and (part.of_them or _SHARE.match(view.page.low, part.end) is not None)
        )
    years = view.years
    return _OUT_OF.search(view.text(max(view.start, number.start - 18), number.start)) is not None and any(
        other is not number
        and not other.odd
        and other.value < number.value
        and not any(year.start <= other.start < year.end for year in years)
        and view.border(other.start, number.start) < _OWN_CLAUSE
        for other in view.numbers
    )


def is_home_of_unserved(view: View, counted: Counted) -> bool:
    """«44 елді мекенде тұратын 7,2 мың адам байланыссыз отыр»: the villages of those who lack it."""
    if not view.kazakh or counted.code != "settlements" or _DWELLERS.match(view.page.low, counted.end) is None:
        return False
    return any(
        hit.start > counted.end and view.border(counted.end, hit.start) < _OWN_CLAUSE
        for hit in view.of("cue", "unserved")
    )


def lives_without(view: View, number: Number, counted: Counted, beside: Figure) -> bool:
    """«Интернетсіз – 74 ауыл, ондағы халық саны 2 600», «без газа 9 700 человек: это жители 229 сёл».

    ``beside``: the figure of the same layer right before, in the same sentence.
    """
    if "unserved" not in beside.flags:
        return False
    before = view.text(beside.number.end, number.start)
    if counted.code in ("people", "households") and beside.counted.code == "settlements":
        return bool(
            view.near(number, "cue", "live", within=1.0)
            or _SAME_PEOPLE.search(before)
            or (len(before) < _FAR and _THERE.search(before))
        )
    if counted.code == "settlements" and beside.counted.code in ("people", "households"):
        layers = any(beside.number.end < hit.start for hit in view.of("layer"))
        return not layers and len(before) < _FAR and _THEIR_VILLAGES.search(before) is not None
    return False
