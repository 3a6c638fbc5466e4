"""A sentence as the rules see it: its hits by kind, its numbers, and how far two of its parts are from each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number, find_numbers
from geo.reading.sentences import Sentence, clause_borders
from geo.reading.text import Page
from geo.reading.years import Year, find_years

_KAZAKH = regex.compile("[әіңғүұқөһ]")


class View:
    """One sentence with everything found in it."""

    def __init__(self, page: Page, sentence: Sentence, hits: Sequence[Hit]) -> None:
        self.page, self.sentence = page, sentence
        self.start, self.end = sentence.start, sentence.end
        self._kinds: dict[str, list[Hit]] = {}
        self._codes: dict[tuple[str, str], list[Hit]] = {}
        kinds = self._kinds
        for hit in hits:
            kind = hit.term.kind
            if kind in kinds:
                kinds[kind].append(hit)
            else:
                kinds[kind] = [hit]
        self.names = kinds.pop("name", [])
        self.hits = hits
        if self.names:
            named = {hit.start: hit.word_end for hit in self.names}  # «Қостанай» is no form of «қосу»
            stems = [hit for hit in kinds.get("stem", ()) if named.get(hit.start, 0) < hit.word_end]
            kinds["stem"] = stems
            kept = set(map(id, stems))
            self.hits = [
                hit for hit in hits if hit.term.kind != "name" and (hit.term.kind != "stem" or id(hit) in kept)
            ]

    @cached_property
    def _borders(self) -> tuple[list[int], list[float]]:
        borders = clause_borders(self.page, self.sentence)
        return [position for position, _ in borders], [0.0, *accumulate(weight for _, weight in borders)]

    @cached_property
    def kazakh(self) -> bool:
        """Whether the sentence is Kazakh: Russian has none of these letters."""
        return _KAZAKH.search(self.page.low, self.start, self.end) is not None

    @cached_property
    def years(self) -> list[Year]:
        return find_years(self.page, self.start, self.end)

    @cached_property
    def numbers(self) -> list[Number]:
        language = "kk" if self.kazakh else "ru"  # «он» is ten in one and "he" in the other
        spoken = [hit for hit in self._kinds.get("number", ()) if hit.term.language == language]
        return find_numbers(self.page, self.start, self.end, spoken)

    @cached_property
    def _number_starts(self) -> list[int]:
        return [number.start for number in self.numbers if not number.odd]

    def between(self, a: int, b: int) -> int:
        """How many numbers stand strictly between two positions."""
        if a > b:
            a, b = b, a
        return max(bisect_left(self._number_starts, b) - bisect_right(self._number_starts, a), 0)

    def of(self, kind: str, *codes: str) -> Sequence[Hit]:
        """Hits of a kind (and of these codes, where given), in order."""
        found = self._kinds.get(kind, ())
        if not codes or not found:
            return found
        if len(codes) > 1:
            return [hit for hit in found if hit.term.code in codes]
        key = (kind, codes[0])
        if key not in self._codes:
            self._codes[key] = [hit for hit in found if hit.term.code == codes[0]]
        return self._codes[key]

    @cached_property
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
        return self.border(number.start, hit.start) + max(gap, 0) / 150

    def near(self, number: Number, kind: str, *codes: str, within: float = 9.0) -> Iterator[tuple[float, Hit]]:
        """Hits with their distance from the number, nearest first."""
        found = [(self.distance(number, hit), hit) for hit in self.of(kind, *codes)]
        return iter(sorted((pair for pair in found if pair[0] <= within), key=lambda pair: (pair[0], pair[1].start)))

    def text(self, start: int, end: int) -> str:
        return self.page.low[start:end]
