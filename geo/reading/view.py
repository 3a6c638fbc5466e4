"""A sentence as the rules see it: its hits by kind, its numbers, and how far two of its parts are from each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import regex

from geo.reading.matching import Hit, Words
from geo.reading.numbers import Number, find_numbers
from geo.reading.sentences import Sentence, clause_borders
from geo.reading.text import Page
from geo.reading.years import Year, find_years

_QUOTED: Final = regex.compile("«[^»]*(?:»|$)")
_KAZAKH: Final = re.compile("[әіңғүұқөһ]")  # on a set of signs alone, re is several times as fast as regex
_KAZAKH_WORD: Final = re.compile(r"(?<![\w-])[а-яёәіңғүұқөһ]*[әіңғүұқөһ]")  # no name
_RUSSIAN_WORD: Final = re.compile(
    r"\b(?:в|во|и|на|с|со|по|для|из|за|к|до|от|не|при|под|об?|это|эт(?:ой|ом))\s", re.IGNORECASE
)
_NONE: Final[list[Hit]] = []  # never changed


class View:
    """One sentence with everything found in it; what is costly is found when it is first asked for, and kept."""

    def __init__(self, page: Page, sentence: Sentence, words: Words) -> None:
        self.page, self.sentence = page, sentence
        self.start, self.end = sentence.start, sentence.end
        first, last = words.stretch(self.start, self.end)
        self.words = words.between(self.start, self.end, first, last)
        kinds = words.kinds(first, last)
        self.names: list[Hit] = kinds.pop("name", [])
        if self.names and "stem" in kinds:
            named = {hit.start: hit.word_end for hit in self.names}  # «Қостанай» is no form of «қосу»
            kinds["stem"] = [hit for hit in kinds["stem"] if named.get(hit.start, 0) < hit.word_end]
        self._kinds = kinds
        self._asked: dict[str, dict[tuple[str, ...], list[Hit]]] = {}
        self._borders: list[int] | None = None
        self._border_sums: list[float] = []
        self._kazakh: bool | None = None
        self._years: list[Year] | None = None
        self._numbers: list[Number] | None = None
        self._number_starts: list[int] = []
        self._units_at: dict[int, Hit] | None = None
        self._clause_of, self._clause_text = -1, ""

    @property
    def kazakh(self) -> bool:
        """Whether the sentence is Kazakh: Russian has none of these letters, save in names («в области Жетісу»)."""
        if self._kazakh is None:
            self._kazakh = self._is_kazakh()
        return self._kazakh

    def _is_kazakh(self) -> bool:
        plain = self.page.plain
        first = _KAZAKH.search(self.page.low, self.start, self.end)
        if first is None:
            return False
        if plain.find("«", self.start, first.start()) >= 0:
            outside = _QUOTED.sub("", plain[self.start : self.end])
            return _is_kazakh(outside) or 2 * len(outside) < self.end - self.start
        return _KAZAKH_WORD.search(plain, self.start, self.end) is not None or _is_kazakh(plain[self.start : self.end])

    @property
    def years(self) -> list[Year]:
        if self._years is None:
            self._years = find_years(self.page, self.start, self.end)
        return self._years

    @property
    def numbers(self) -> list[Number]:
        if self._numbers is None:
            language = "kk" if self.kazakh else "ru"  # «он» is ten in one and "he" in the other
            spoken = [hit for hit in self.of("number") if hit.term.language == language]
            self._numbers = find_numbers(self.page, self.start, self.end, spoken)
            self._number_starts = [number.start for number in self._numbers if not number.odd]
        return self._numbers

    def between(self, a: int, b: int) -> int:
        """How many numbers stand strictly between two positions."""
        if a > b:
            a, b = b, a
        if not self.numbers:
            return 0
        count = 0
        for at in self._number_starts:
            if at >= b:
                break
            if at > a:
                count += 1
        return count

    def of(self, kind: str, *codes: str) -> list[Hit]:
        """Hits of a kind (and of these codes, where given), in order."""
        hits = self._kinds.get(kind)
        if hits is None:
            return _NONE
        if not codes:
            return hits
        if len(codes) == 1:  # to go through the few of a kind is faster than to remember the answer
            code = codes[0]
            return [hit for hit in hits if hit.term.code == code]
        asked = self._asked.get(kind)
        if asked is None:
            asked = self._asked[kind] = {}
        found = asked.get(codes)
        if found is None:
            found = asked[codes] = [hit for hit in hits if hit.term.code in codes]
        return found

    @property
    def units_at(self) -> dict[int, Hit]:
        """The longest unit noun that starts at a position."""
        if self._units_at is None:
            self._units_at = _longest_at(self.of("unit"), self.kazakh)
        return self._units_at

    def border(self, a: int, b: int) -> float:
        """How strongly the clauses of positions ``a`` and ``b`` are parted (0: the same clause)."""
        starts, sums = self._clause_borders(), self._border_sums
        if not starts:
            return 0.0
        if a > b:
            a, b = b, a
        before_a = before_b = 0  # the borders are few: to go through them is faster than to search
        for at in starts:
            if at >= b:
                break
            before_b += 1
            if at < a:
                before_a += 1
        return sums[before_b] - sums[before_a]

    def _clause_borders(self) -> list[int]:
        if self._borders is None:
            borders = clause_borders(self.page, self.sentence, self.words)
            self._borders = [position for position, _ in borders]
            self._border_sums = [0.0, *accumulate(weight for _, weight in borders)]
        return self._borders

    def clause(self, position: int, weight: float = 0.9) -> tuple[int, int]:
        """The clause around ``position``, between the nearest borders at least this strong."""
        starts, sums = self._clause_borders(), self._border_sums
        i = bisect_right(starts, position)
        left = next((starts[k] for k in range(i - 1, -1, -1) if sums[k + 1] - sums[k] >= weight), self.start)
        right = next((starts[k] for k in range(i, len(starts)) if sums[k + 1] - sums[k] >= weight), self.end)
        return left, right

    def clause_text(self, position: int) -> str:
        """The words of the clause around ``position``; the last one asked for is kept."""
        if self._clause_of != position:
            self._clause_of = position
            left, right = self.clause(position)
            self._clause_text = self.page.low[left:right]
        return self._clause_text

    def distance(self, number: Number, hit: Hit) -> float:
        """How far a hit is from a number: clause borders first, then characters."""
        gap = hit.start - number.end if hit.start >= number.end else number.start - hit.word_end
        return self.border(number.start, hit.start) + (gap / 150 if gap > 0 else 0.0)

    def near(self, number: Number, kind: str, *codes: str, within: float = 9.0) -> list[tuple[float, Hit]]:
        """Hits with their distance from the number, nearest first."""
        found = [(self.distance(number, hit), hit) for hit in self.of(kind, *codes)]
        found = [pair for pair in found if pair[0] <= within]
        found.sort(key=lambda pair: (pair[0], pair[1].start))
        return found

    def text(self, start: int, end: int) -> str:
        return self.page.low[start:end]


def _is_kazakh(text: str) -> bool:
    """Whether a text with letters of Kazakh is: in Russian they stand in names only, beside words that Kazakh lacks."""
    if _KAZAKH_WORD.search(text) is not None:
        return True
    return _KAZAKH.search(text.lower()) is not None and _RUSSIAN_WORD.search(text) is None


def _longest_at(units: Sequence[Hit], kazakh: bool) -> dict[int, Hit]:
    found: dict[int, Hit] = {}
    for hit in units:
        known = found.get(hit.start)
        if (
            known is None
            or hit.word_end > known.word_end
            # «аула» is a yard of its own, and only by an ending the village «аул»
            or (
                hit.word_end == known.word_end
                and (known.term.code == "none" or (kazakh and hit.end > known.end and hit.term.code != "none"))
            )
        ):
            found[hit.start] = hit
    return found
