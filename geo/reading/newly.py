"""What is connected or opened within a time, as against all that there is: told beside the noun, or by "more"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from geo.reading.phrases import phrase

if TYPE_CHECKING:
    from geo.reading.numbers import Number
    from geo.reading.status import StatusFound
    from geo.reading.units import Counted
    from geo.reading.view import View

_CONNECTED: Final = phrase("connected")
_PARTICIPLE: Final = regex.compile(r"(?:нн|т)ы(?:х|е|м|ми)$")
_TIME_REACH: Final = 30  # characters
_SAME_CLAUSE: Final = 0.9  # clause borders
_BESIDE: Final = 0.6  # clause borders


def to_open(view: View, number: Number) -> bool:
    """«тағы екі аймақты құру жоспарда», «ещё две зоны планируют создать»: to be opened, beside those that are."""
    more = any(
        hit.start < number.start and view.border(hit.start, number.start) < _BESIDE for hit in view.of("cue", "more")
    )
    return more and any(view.border(hit.start, number.start) < _SAME_CLAUSE for hit in view.of("phrase", "to_open"))


def connected_then(view: View, number: Number, counted: Counted) -> str:
    """«семь сёл, газифицированных в прошлом году», «былтыр қосылған жеті ауыл»: the participle beside the villages."""
    for hit in view.of("phrase", "connected"):
        begin, end = hit.start, hit.word_end
        if view.kazakh and hit.word_end == number.start - 1 and view.text(begin, end).endswith(("ған", "ген")):
            begin = max(view.start, begin - _TIME_REACH)
        elif not view.kazakh and hit.start == counted.end + 2 and _PARTICIPLE.search(view.text(begin, end)):
            end = min(view.end, end + _TIME_REACH)
        else:
            continue
        years = [year.start for year in view.years if not year.due]
        times = [time.start for time in view.of("time", "year+0", "year-1", "year-2")]
        if any(begin <= at < end and view.border(at, hit.start) == 0 for at in (*years, *times)):
            return view.text(hit.start, hit.word_end)
    return ""


def in_that_time(view: View, number: Number, status: StatusFound) -> str:
    """A time named by going back to the one before, where the verb is of connecting."""
    if status.code != "actual" or not status.word:
        return ""
    hits = view.of("phrase", "that_time")
    near = next((hit for hit in hits if view.border(hit.start, number.start) < _SAME_CLAUSE), None)
    return view.text(near.start, near.word_end) if near is not None and _CONNECTED.match(status.word) else ""
