"""Who builds or runs a network («трудятся 140 человек», «құрылысқа 85 адам жұмылдырылды»): no people served."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.dwelling import ABOUT
from geo.reading.numbers import Number
from geo.reading.phrases import alternatives, phrase
from geo.reading.units import Counted
from geo.reading.view import View

_MACHINES: Final = alternatives("machines")
_WORK_BEFORE: Final = phrase(  # «трудятся 320 человек», «занято 95 сварщиков, всего около 400 человек»
    "works_there",
    language="ru",
    after=(
        r"(?P<between>(?:\s[\p{L}«»-]+){0,3}?(?:,[^,.;]{1,40},)?"
        rf"(?:\s\d+\s(?:{_MACHINES}[^,.;\d]{{0,24}}(?:\sи|,)"
        r"|[^.;\d]{3,40},\s(?:всего|итого|в общей сложности|из них|в том числе)(?:\s[–—])?))?)"
        rf"\s{ABOUT}$"
    ),
)
_WORK_AFTER: Final = phrase(
    "works_there",
    before=rf"(?P<between>(?:(?:,|\s(?:и|мен|бен|пен|және))\s\d+\s(?:\p{{Ll}}+\s)?{_MACHINES})?(?:\s\p{{Ll}}+){{0,2}}?)\s",
)
_HEADCOUNT: Final = phrase(  # «штат участка – 38 человек», «в бригаде которого 26 человек», «ұжымда 74 адам»
    "headcount", after=rf"(?:\s[\p{{L}}«»-]+){{0,3}}?(?:\s[–—-]|\s(?:составля|насчитыва)\p{{Ll}}+)?\s{ABOUT}$"
)
_AND_MACHINES: Final = phrase(
    "machines", before=r"(?:,|\s(?:и|мен|бен|пен|және))\s(?:около\s|более\s)?\d+\s(?:\p{Ll}+\s)?"
)
_MACHINES_AND: Final = phrase(
    "machines", before=r"(?<!\d)\d+\s(?:\p{Ll}+\s)?", after=rf"(?:\s\p{{Ll}}+)?(?:,|\s(?:и|мен|бен|пен|және))\s{ABOUT}$"
)
_OTHERS_SERVED: Final = phrase("served")
_OF_PLACE: Final = regex.compile(r"[ае]тын|[ае]тін|йтын|йтін|[гғкқ][ае]н|\sбар(?!\p{L})")  # «900 адам тұратын ауылда …»
_TO_THEM: Final = ("ға", "ге", "қа", "ке")
_LAID: Final = "тартыл"  # of people and of pipes
_REACH: Final = 90  # characters


def are_staff(view: View, number: Number, counted: Counted, layer: str) -> bool:
    """Whether the people counted build or run something; in zones they are jobs."""
    if counted.code != "people" or layer == "industry":
        return False
    low = view.page.low
    before = view.text(max(view.start, number.start - _REACH), number.start)
    if _HEADCOUNT.search(before) or _MACHINES_AND.search(before):
        return True
    if _AND_MACHINES.match(low, counted.end, view.end):
        return True
    working = None if view.kazakh else _WORK_BEFORE.search(before)
    working = working or _WORK_AFTER.match(low, counted.end, view.end)
    if working is None or _OTHERS_SERVED.search(working["between"]) or _OF_PLACE.search(working["between"]):
        return False
    drawn_in = working.group().rpartition(" ")[2].startswith(_LAID)
    return not drawn_in or (not working["between"] and not view.text(number.end, counted.end).endswith(_TO_THEM))
