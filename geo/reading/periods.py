"""The period of one figure: a year near it, a word of time against the document's date, or that date."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final

import regex

from geo.model import Period
from geo.reading.numbers import Number
from geo.reading.status import is_of_later_clause
from geo.reading.view import View
from geo.reading.vocabulary import YEARS
from geo.reading.years import Year

_BESIDE: Final = 12  # characters
_FROM_YEAR: Final = regex.compile(r"бастап|басынан|бері|начиная")


def figure_period(view: View, number: Number, status: str, date: dt.date | None) -> tuple[Period | None, str]:
    """The period of a figure and why: a year named near it, a word of time, or the document's date."""
    gap, year = _nearest_year(view, number, status, date)
    words = view.near(number, "time", *YEARS, "now", within=1.7)
    told = year is not None or any(hit.term.code != "now" for _, hit in words)  # "now" only sets apart from a year
    word = next(
        (
            pair
            for pair in words
            if (pair[1].term.code != "now" or (status == "actual" and told))
            and not (status == "actual" and is_of_later_clause(view, number, pair[1].start))
        ),
        None,
    )
    late = 0.5 if word and view.kazakh and word[1].start > number.start else 0.0
    if year and (word is None or gap <= word[0] + late):
        name = f"{year.first}" if year.first == year.last else f"{year.first}-{year.last}"
        return _span(year.first, year.last), f"year {name}"
    if word and date:
        return year_from(
            date, word[1].term.code
        ), f"«{view.text(word[1].start, word[1].word_end)}» against the document's date"
    if year:
        return _span(year.first, year.last), f"year {year.first}"
    if date and status in ("actual", "underway"):
        return _span(date.year, date.year), "document's date"
    return None, ""


def year_from(date: dt.date, code: str) -> Period:
    """The year that a word of time means, counted from the document's: "year+1", "now"."""
    year = date.year + (0 if code == "now" else int(code.removeprefix("year")))
    return _span(year, year)


@lru_cache(maxsize=256)
def _span(first: int, last: int) -> Period:
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _nearest_year(view: View, number: Number, status: str, date: dt.date | None) -> tuple[float, Year | None]:
    best: tuple[float, Year] | None = None
    for year in view.years:
        if year.start <= number.start < year.end:
            continue
        if status == "actual" and is_of_later_clause(view, number, year.start):
            continue
        after = year.start > number.start
        gap = (
            view.border(number.start, year.start)
            + abs(year.start - number.start) / 200
            + (0.5 if after and view.kazakh else 0.0)
        )
        if date and status == "actual" and year.first > date.year and not _is_own(view, number, year):
            gap += 4.0
        if date and status in ("planned", "target") and year.last < date.year:
            gap += 2.0
        if _FROM_YEAR.search(view.text(year.end, year.end + 12)) and year.first == year.last:
            gap += 0.7
        if best is None or gap < best[0]:
            best = (gap, year)
    return best if best and best[0] < 4.2 else (9.0, None)


def _is_own(view: View, number: Number, year: Year) -> bool:
    """«в 2025 году – 2,5 млрд, в 2026-м – 3,1 млрд»: right before the number, in its own clause."""
    return (
        year.end <= number.start
        and number.start - year.end < _BESIDE
        and view.border(year.start, number.start) < 0.9
        and view.between(year.end, number.start) == 0
    )
