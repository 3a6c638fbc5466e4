"""The date of a document that states none: of its date line, else by the years that its sentences tell as past.

A target («2030 жылға дейін») says nothing of when a text was written, so it never moves the date; where nothing tells,
no date is concluded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import regex

from geo.document_dates import date_at_foot, date_at_top, parse_date
from geo.reading.matching import Words
from geo.reading.numbers import Number
from geo.reading.phrases import Sought, phrase
from geo.reading.sentences import Sentence
from geo.reading.status import figure_status, status_signs
from geo.reading.text import Page
from geo.reading.view import View
from geo.reading.vocabulary import Vocabulary
from geo.reading.years import Year

_LOOKED_AT: Final = 60_000  # characters
_MOST_SENTENCES: Final = 200
_OLD: Final = 4  # so many years before those to come lies history, not the text
_STEPS: Final = 3  # so many years to come, one after the other, begin with the next one
_HAS_YEAR: Final = regex.compile(r"(?<![\d.,№/+-])20[0-4]\d(?!\d)(?!,\d)")
_RESULTS: Final = regex.compile(
    r"(?:по итогам|по результатам)\s(20[0-4]\d)|(20[0-4]\d)\s?(?:жылдың|жылғы)\s(?:қорытынды|нәтиже)"
)
_YEAR_AFTER: Final = r",?\s(20[0-4]\d)(?!\d|\s?[–—-]\s?\d)"
_NAMED: Final = {
    step: phrase(code, after=_YEAR_AFTER) for step, code in ((0, "this_year"), (1, "last_year"), (-1, "next_year"))
}
_RESTATED: Final = regex.compile(r"[:(]\s\p{Ll}{0,3}\s?$")  # «биылғы жоспар: 2025 жылы…»
_SINCE_AFTER: Final = regex.compile(r"[ан]\s(?:бері|бастап)")
_FOUNDED: Final = Sought("founded")
_REPORT: Final = Sought("report")
_PART_AFTER: Final = phrase("year_part", before=r"(?:\s?жыл(?:дың|ғы))?\s(?:[\p{Ll}\d-]+\s){0,2}")
_PART_BEFORE: Final = phrase("year_part", after=r"\s$")
_PAST: Final = regex.compile(r"\p{Ll}{2}(?:[аеиоуыя](?:л|ла|ло|ли)(?:сь|ся)?|[дт][ыі]|[ғгқк][ае]н)(?!\p{L})")
_TO_COME: Final = ("planned", "target", "needed")


@dataclass(frozen=True, slots=True)
class Setting:
    """The document's date (stated or inferred), with the reason where it is inferred."""

    date: dt.date | None
    reason: str = ""


@dataclass(slots=True)
class _Told:
    """The years of a text by what is said of them."""

    exact: list[int] = field(default_factory=list)  # the year of the text itself: «биылғы 2025 жылы»
    gone: set[int] = field(default_factory=set)
    coming: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)  # set as the next ones beside "this year"
    bare: set[int] = field(default_factory=set)  # in a sentence without a verb


def infer_date(
    page: Page,
    sentences: Sequence[Sentence],
    words: Words,
    stated: dt.date | None,
    vocabulary: Vocabulary,
) -> Setting:
    """The stated date, else that of a date line, else the end of the latest year told as past or present."""
    if stated:
        return Setting(stated)
    of_line = date_at_top(page.plain)[0] or date_at_foot(page.plain)
    if of_line:
        return Setting(of_line, "inferred: the date line of the text")
    year, why = _concluded(_told(page, sentences, words, vocabulary))
    return Setting(dt.date(year, 12, 31), f"inferred: {why}") if year else Setting(None)


def _concluded(told: _Told) -> tuple[int, str]:
    if told.exact:
        year = max(told.exact)
        return year, f"the text says which year is its own, {year}"
    first = min(told.coming, default=0)
    gone = {year for year in told.gone if not first or year <= first}
    if told.beside:
        year = min(told.beside) - 1
        if not gone or max(gone) <= year + 1:
            return year, f"the text sets {year + 1} beside “this year”"
    in_a_row = first and {first + step for step in range(_STEPS)} <= told.coming
    if gone and not (in_a_row and max(gone) < first - _OLD):
        return max(gone), f"{max(gone)} is the latest year told as past"
    if in_a_row:
        return first - 1, f"{first} is the earliest of the years still to come"
    if told.bare and not told.coming:
        return max(told.bare), f"{max(told.bare)} is the latest year named"
    return 0, ""


def _told(page: Page, sentences: Sequence[Sentence], words: Words, vocabulary: Vocabulary) -> _Told:
    told = _Told()
    looked = 0
    for sentence in sentences:
        if sentence.start > _LOOKED_AT or looked >= _MOST_SENTENCES:
            break
        low = page.low
        if _HAS_YEAR.search(low, sentence.start, sentence.end) is None:
            continue
        looked += 1
        for step, pattern in _NAMED.items():
            told.exact += [int(found[1]) + step for found in pattern.finditer(low, sentence.start, sentence.end)]
        results = [int(found[1] or found[2]) for found in _RESULTS.finditer(low, sentence.start, sentence.end)]
        told.gone.update(year + 1 for year in results)  # a year's results are told the year after
        _of_sentence(View(page, sentence, words), vocabulary, told)
    return told


def _of_sentence(view: View, vocabulary: Vocabulary, told: _Told) -> None:
    signs = status_signs(view, vocabulary)
    this_year = min((hit.start for hit in view.of("time", "year+0")), default=view.end)
    for year in view.years:
        if year.first < 2000 or _is_part_of_a_name(view, year):
            continue
        status = figure_status(view, Number(year.start, year.end, 0.0), signs, year.end)
        reported = _is_reported(view, year)
        to_come = not reported and (status.code in _TO_COME or (year.due and not status.event))
        next_one = this_year < year.start and not year.due and year.first == year.last
        if next_one and _RESTATED.search(view.text(this_year, year.start)):
            told.exact.append(year.first)
        elif to_come:
            told.coming.add(year.last)  # a programme's years may have begun
            if next_one and view.between(this_year, year.start):
                told.beside.add(year.first)
        elif reported:
            told.gone.add(year.last)
        elif not status.code and not _is_of_a_day(view, year):
            told.bare.add(year.last)
        elif not _since(view, year) and not _FOUNDED.told(view, view.clause_text(year.start)):
            told.gone.add(year.first if status.code == "underway" else year.last)


def _is_reported(view: View, year: Year) -> bool:
    """«2026 жылдың бірінші тоқсанын қорытындылайды», «отчёт за полугодие 2026 года»: a year that is told of."""
    low = view.page.low
    part = _PART_AFTER.match(low, year.end) or _PART_BEFORE.search(low[max(view.start, year.start - 30) : year.start])
    return part is not None and bool(_REPORT.told(view, view.text(view.start, view.end)))


def _is_of_a_day(view: View, year: Year) -> bool:
    """«ответили на совещании 3 июня 2026 года»: a day in a sentence with a verb of the past has been."""
    around = view.text(max(view.start, year.start - 14), min(view.end, year.end + 22))
    return parse_date(around) is not None and _PAST.search(view.page.low, view.start, view.end) is not None


def _since(view: View, year: Year) -> bool:
    """«с 2011 года», «2011 жылдан бері»: what began then goes on."""
    return _SINCE_AFTER.search(view.text(year.end - 4, year.end + 8)) is not None or (
        view.text(max(view.start, year.start - 3), year.start).strip() in ("с", "со")
    )


def _is_part_of_a_name(view: View, year: Year) -> bool:
    """«Тұрғын үй – 2025»: a year right before a closing quote, or after a dash without a word for "year"."""
    return view.page.plain[year.end : year.end + 1] in ("»", "”", '"') or (
        not year.sure and view.text(year.start - 2, year.start).strip() in ("–", "—", "-")
    )
