"""A sentence as the rules see it: its hits by kind, its numbers, and how far two of its parts are from each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import regex

from geo.reading.matching import Hit, Words
from geo.reading.numbers import Number, find_numbers
from geo.reading.sentences import Sentence, clause_borders
from geo.reading.text import Page
from geo.reading.years import Year, find_years

_QUOTED = regex.compile("«[^»]*(?:»|$)")
_KAZAKH = regex.compile("[әіңғүұқөһ]")


class lazy:
    """A property made when it is first asked for. Without the lock of functools, which costs more than most values."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, holder: Any, owner: type) -> Any:
        value = holder.__dict__[self._name] = self._make(holder)
        return value


class View:
    """One sentence with everything found in it."""

    def __init__(self, page: Page, sentence: Sentence, words: Words) -> None:
        self.page, self.sentence = page, sentence
        self.start, self.end = sentence.start, sentence.end
        kinds = words.kinds(self.start, self.end)
        self.names = kinds.pop("name", [])
        if self.names and "stem" in kinds:
            named = {hit.start: hit.word_end for hit in self.names}  # «Қостанай» is no form of «қосу»
            kinds["stem"] = [hit for hit in kinds["stem"] if named.get(hit.start, 0) < hit.word_end]
        self._kinds = kinds
        self._asked: dict[tuple[str, tuple[str, ...]], Sequence[Hit]] = {}

    @lazy
    def _borders(self) -> tuple[list[int], list[float]]:
        borders = clause_borders(self.page, self.sentence)
        return [position for position, _ in borders], [0.0, *accumulate(weight for _, weight in borders)]

    @lazy
    def kazakh(self) -> bool:
        """Whether the sentence is Kazakh: Russian has none of these letters, save in names that it quotes."""
        first = _KAZAKH.search(self.page.low, self.start, self.end)
        if first is None or self.page.plain.find("«", self.start, first.start()) < 0:
            return first is not None
        outside = _QUOTED.sub("", self.page.low[self.start : self.end])
        return _KAZAKH.search(outside) is not None or 2 * len(outside) < self.end - self.start

    @lazy
    def years(self) -> list[Year]:
        return find_years(self.page, self.start, self.end)

    @lazy
    def numbers(self) -> list[Number]:
        language = "kk" if self.kazakh else "ru"  # «он» is ten in one and "he" in the other
        spoken = [hit for hit in self._kinds.get("number", ()) if hit.term.language == language]
        return find_numbers(self.page, self.start, self.end, spoken)

    @lazy
    def _number_starts(self) -> list[int]:
        return [number.start for number in self.numbers if not number.odd]

    def between(self, a: int, b: int) -> int:
        """How many numbers stand strictly between two positions."""
        if a > b:
            a, b = b, a
        return max(bisect_left(self._number_starts, b) - bisect_right(self._number_starts, a), 0)

    def of(self, kind: str, *codes: str) -> Sequence[Hit]:
        """Hits of a kind (and of these codes, where given), in order."""
        if kind not in self._kinds:
            return ()
        if not codes:
            return self._kinds[kind]
        try:
            return self._asked[kind, codes]
        except KeyError:
            found = self._asked[kind, codes] = [hit for hit in self._kinds[kind] if hit.term.code in codes]
            return found

    @lazy
    def units_at(self) -> dict[int, Hit]:
        """The longest unit noun that starts at a position."""
        found: dict[int, Hit] = {}
        for hit in self.of("unit"):
            known = found.get(hit.start)
            if (
                known is None
                or hit.word_end > known.word_end
                or (hit.word_end == known.word_end and known.term.code == "none")
            ):
                found[hit.start] = hit
        return found

    def border(self, a: int, b: int) -> float:
        """How strongly the clauses of positions ``a`` and ``b`` are parted (0: the same clause)."""
        starts, sums = self._borders
        if not starts:
            return 0.0
        if a > b:
            a, b = b, a
        return sums[bisect_left(starts, b)] - sums[bisect_left(starts, a)]

    def clause(self, position: int, weight: float = 0.9) -> tuple[int, int]:
        """The clause around ``position``, between the nearest borders at least this strong."""
        starts, sums = self._borders
        i = bisect_right(starts, position)
        left = next((starts[k] for k in range(i - 1, -1, -1) if sums[k + 1] - sums[k] >= weight), self.start)
        right = next((starts[k] for k in range(i, len(starts)) if sums[k + 1] - sums[k] >= weight), self.end)
        return left, right

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
