"""Years of a sentence: four digits or words, alone or from one to another."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.phrases import phrase
from geo.reading.text import Page
from geo.reading.vocabulary import load_vocabulary

_YEAR: Final = regex.compile(  # begins at a run of four digits
    r"(?<![\d.,№/+])(19[5-9]\d|20[0-7]\d)(?:\s?[–—/-]\s?(19[5-9]\d|20[0-7]\d|\d{2}(?=\s?(?:гг|год|жж"
    r"|жыл))))?(?![\d%])(?!,\d)"
    r"(\s?-?\s?(?:[ыі]?нш[ыі]|сыншы|шы|ші|й|м|го|му|х)?\s?(?:жж?\b\.?|жыл\p{Ll}*|гг?\b\.?|год\p{Ll}*))?"
)
_DIGITS: Final = 4
_CENTURIES: Final = ("19", "20")
_BEFORE_END: Final = regex.compile(r"(?:до конца|к концу|до|к|по)\s$")
_AFTER_END: Final = regex.compile(r"[\s.]*(?:соңына|аяғына|соңында|аяғында)?\s?(?:дейін|қарай)|[\s.]*(?:соңына|аяғына)")
_COUNTED_AFTER: Final = phrase("no_year", before=r"-?(?:[нд][еа]н|т[еа]н|[гғкқ][еа])?\s?")
_OLD_WORDS: Final = regex.compile(r"(?:екі мың|две тысячи) (?P<rest>[\p{Ll} ]{3,40}?)\s(?:жыл|год)")


class Year:
    """Years first…last at plain[start:end]. ``due``: the text says "until" or "by"; ``sure``: "year" stands beside."""

    __slots__ = ("due", "end", "first", "last", "start", "sure")

    def __init__(self, start: int, end: int, first: int, last: int, due: bool, sure: bool) -> None:
        self.start, self.end, self.first, self.last = start, end, first, last
        self.due, self.sure = due, sure


def find_years(page: Page, start: int, end: int) -> list[Year]:
    """Years and ranges of years in plain[start:end]. Four digits before a counted noun are no year."""
    low = page.low
    found = []
    position = start
    for at, run_end in page.digits(start, end):
        if at < position or min(run_end, end) - at != _DIGITS or low[at : at + 2] not in _CENTURIES:
            continue
        match = _YEAR.match(low, at, end)
        if match is None:
            continue
        written, last, after = match.groups()
        first = int(written)
        second = first if last is None else int(last) if len(last) == _DIGITS else first // 100 * 100 + int(last)
        begin, stop = match.span()
        position = stop
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
    in_words = low.find("екі мың ", start, end) >= 0 or low.find("две тысячи ", start, end) >= 0
    for match in _OLD_WORDS.finditer(low, start, end) if in_words else ():
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


_ORDINALS: Final = {form: int(term.code) for term in load_vocabulary().of("ordinal") for form in term.forms}


def _ordinal(text: str) -> int:
    values = [_ORDINALS.get(word) for word in text.split()]
    return sum(value for value in values if value) if all(values) else 0
