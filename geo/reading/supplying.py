"""What a network supplies whatever works go on at it, and works that are more than its renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.reading.phrases import phrase

if TYPE_CHECKING:
    from geo.reading.numbers import Number
    from geo.reading.status import Sign, StatusFound
    from geo.reading.view import View

_REACH: Final = 70  # characters between the number and the words that supply it
WILL: Final = ("будет", "будут", "должен", "должна", "должны", "должно")
_SAME: Final = ("или ", "то есть ", "это ")
_TO_BE_BUILT: Final = phrase("to_be_built")
_LAID_ANEW: Final = phrase("building_works", after=r"(?:\s(?:и|или|және|мен|пен|бен|әрі)|,)\s(?:[\p{Ll}-]+\s){0,2}")
_AND_BUILT: Final = phrase(
    "building_works", before=r"^[\p{Ll}]*(?:\s(?:и|или|және|мен|пен|бен|әрі)|,)\s(?:[\p{Ll}-]+\s){0,2}"
)
_CONNECTED: Final = phrase("connected", before="^")
_OWN_CLAUSE: Final = 0.9  # clause borders


def supplied_by(view: View, number: Number, after: int, signs: list[Sign]) -> str:
    """«58 ауылды сумен қамтып отырған құбыр жаңғыртылуда», «водовод, снабжающий 58 сёл»: the words that supply."""
    for hit in view.of("phrase", "supplying"):
        follows = hit.start >= after
        if follows != view.kazakh:
            continue
        start, end = (after, hit.start) if follows else (hit.word_end, number.start)
        if (
            not 0 <= end - start < _REACH
            or any(start <= sign.start and sign.end <= end for sign in signs)
            or ";" in view.text(start, end)
        ):
            continue
        if follows:
            if view.between(number.end, hit.start) <= 1:
                return view.text(hit.start, hit.word_end)
        elif (
            view.between(hit.start, number.start) == 0 or view.text(start, end).endswith(_SAME)
        ) and _TO_BE_BUILT.search(view.text(view.start, hit.start)) is None:
            return view.text(hit.start, hit.word_end)
    return ""


def is_more_than_renewal(view: View, number: Number, status: StatusFound) -> bool:
    """«Строительство и реконструкция сетей ведутся в 33 сёлах», «после ремонта водовода подключат ещё пять сёл»."""
    if status.standing or _CONNECTED.search(status.word) is not None:
        return True
    if status.word in WILL:  # «будут подключены»
        return any(view.border(hit.start, number.start) < _OWN_CLAUSE for hit in view.of("phrase", "connected"))
    if status.code != "underway" or not view.of("phrase", "building_works"):
        return False
    low = view.page.low
    for hit in view.of("cue", "renewed"):
        if view.border(hit.start, number.start) < _OWN_CLAUSE and (
            _ends_with_building(low[max(view.start, hit.start - 40) : hit.start])
            or _AND_BUILT.match(low[hit.end : min(view.end, hit.end + 50)]) is not None
        ):
            return True
    return False


def _ends_with_building(text: str) -> bool:
    return any(found.end() == len(text) for found in _LAID_ANEW.finditer(text))
