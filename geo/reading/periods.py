"""Years and words of time of a sentence, and the period of one figure against the document's date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from geo.model import Period
from geo.reading.text import Page

if TYPE_CHECKING:
    from geo.reading.numbers import Number
    from geo.reading.view import View

_YEAR = regex.compile(
    r"(?<![\d.,№/+])(?P<a>19[5-9]\d|20[0-7]\d)(?:\s?[–—/-]\s?(?P<b>19[5-9]\d|20[0-7]\d|\d{2}(?=\s?(?:гг|год|жж"
    r"|жыл))))?(?![\d%])(?!,\d)"
    r"(?P<after>\s?-?\s?(?:[ыі]?нш[ыі]|сыншы|шы|ші|й|м|го|му|х)?\s?(?:жж?\b\.?|жыл\p{Ll}*|гг?\b\.?|год\p{Ll}*))?"
)
_BEFORE_END = regex.compile(r"(?:до конца|к концу|до|к|по)\s$")
_AFTER_END = regex.compile(r"[\s.]*(?:соңына|аяғына|соңында|аяғында)?\s?(?:дейін|қарай)|[\s.]*(?:соңына|аяғына)")
_COUNTED_AFTER = regex.compile(
    r"-?(?:[нд][еа]н|т[еа]н|[гғкқ][еа])?\s?(?:астам|аса|жуық|человек|сел\b|дом|га\b|км\b|тенге|теңге|елді"
    r"|ауыл(?!дық жерлер)|мектеп|адам|үй|гектар|шақырым|абонент|жител|рабоч|жұмыс|жаңа|мест|новых|объект|учрежд"
    r"|мемлекеттік|село|насел)"
)
_OLD_WORDS = regex.compile(r"(?:екі мың|две тысячи)\s(?P<rest>[\p{Ll} ]{3,40}?)\s(?:жыл|год)")
_FROM_YEAR = regex.compile(r"бастап|басынан|бері|начиная")


@dataclass(frozen=True, slots=True)
class Year:
    """Years first…last at plain[start:end]; ``due``: the text says "until" or "by"."""

    start: int
    end: int
    first: int
    last: int
    due: bool
    sure: bool  # a word for "year" stands beside it


def find_years(page: Page, start: int, end: int) -> list[Year]:
    """Years and ranges of years in plain[start:end]. Four digits before a counted noun are no year."""
    low = page.low
    found = []
    for match in _YEAR.finditer(low, start, end):
        first = int(match.group("a"))
        last = match.group("b")
        second = first if last is None else int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        begin, stop = match.span()
        after = match.group("after")
        if not after:
            if _COUNTED_AFTER.match(low, stop) or (last is None and low[stop : stop + 2] in {" %", "%"}):
                continue
            if low[max(start, begin - 1) : begin] in {"«", "-", "–"} and last is None:
                continue
        second = max(second, first)
        due = bool(_BEFORE_END.search(low[max(start, begin - 10) : begin])) or bool(_AFTER_END.match(low, stop))
        found.append(
            Year(
                begin,
                stop if after else match.end(),
                first,
                second,
                due,
                bool(after) or low[max(0, begin - 3) : begin].strip() in {"в", "к", "до", "с", "на"},
            )
        )
    for match in _OLD_WORDS.finditer(low, start, end):
        year = 2000 + _ordinal(match.group("rest"))
        if year > 2000:
            found.append(
                Year(
                    match.start(),
                    match.end(),
                    year,
                    year,
                    bool(_AFTER_END.search(low[match.end() : match.end() + 20])),
                    True,
                )
            )
    return found


_ORDINALS = (
    {"он": 10, "оныншы": 10, "жиырма": 20, "жиырмасыншы": 20, "отыз": 30, "отызыншы": 30}
    | dict(
        zip(
            ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы"),
            range(1, 10),
            strict=True,
        )
    )
    | dict(
        zip(
            ("двадцать", "тридцать", "двадцатом", "двадцатого", "тридцатого", "тридцатом"),
            (20, 30, 20, 20, 30, 30),
            strict=True,
        )
    )
    | dict(
        zip(
            ("первом", "втором", "третьем", "четвертом", "пятом", "шестом", "седьмом", "восьмом", "девятом"),
            range(1, 10),
            strict=True,
        )
    )
    | dict(
        zip(
            ("первого", "второго", "третьего", "четвертого", "пятого", "шестого", "седьмого", "восьмого", "девятого"),
            range(1, 10),
            strict=True,
        )
    )
)


def _ordinal(text: str) -> int:
    values = [_ORDINALS.get(word) for word in text.split()]
    return sum(value for value in values if value) if all(values) else 0


def figure_period(
    view: View, number: Number, status: str, date: dt.date | None, carried: Sequence[Year] = ()
) -> tuple[Period | None, str]:
    """The period of a figure and why: a year named near it, a word of time, or the document's date."""
    gap, year = _nearest_year(view, number, status, date)
    words = view.near(number, "time", "year+0", "year-1", "year+1", "now", within=1.7)
    word = next((pair for pair in words if pair[1].term.code != "now" or (status == "actual" and year)), None)
    late = 0.5 if word and view.kazakh and word[1].start > number.start else 0.0
    if year and (word is None or gap <= word[0] + late):
        name = f"{year.first}" if year.first == year.last else f"{year.first}-{year.last}"
        return _span(year.first, year.last), f"year {name}"
    if word and date:
        code = word[1].term.code
        there = date.year + (0 if code == "now" else int(code.removeprefix("year")))
        return _span(there, there), f"«{view.text(word[1].start, word[1].word_end)}» against the document's date"
    if year:
        return _span(year.first, year.last), f"year {year.first}"
    if carried and status in ("planned", "target", "underway"):
        return _span(carried[-1].first, carried[-1].last), "year of the sentence before"
    if date and status in ("actual", "underway"):
        return _span(date.year, date.year), "document's date"
    return None, ""


def _span(first: int, last: int) -> Period:
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _nearest_year(view: View, number: Number, status: str, date: dt.date | None) -> tuple[float, Year | None]:
    best: tuple[float, Year] | None = None
    for year in view.years:
        if year.start <= number.start < year.end:
            continue
        after = year.start > number.start
        gap = (
            view.border(number.start, year.start)
            + abs(year.start - number.start) / 200
            + (0.5 if after and view.kazakh else 0.0)
        )
        if date and status == "actual" and year.first > date.year:
            gap += 4.0
        if date and status in ("planned", "target") and year.last < date.year:
            gap += 2.0
        if _FROM_YEAR.search(view.text(year.end, year.end + 12)) and year.first == year.last:
            gap += 0.7
        if best is None or gap < best[0]:
            best = (gap, year)
    return best if best and best[0] < 4.2 else (9.0, None)
