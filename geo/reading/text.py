"""A document's text made plain for matching, with the way back to the exact characters of the document.

Line ends, no-break and thin spaces, runs of spaces and invisible marks differ between copies of one text; here they are
made alike, so that no figure depends on them. Every offset of the plain text leads back to an offset of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

import regex

_SPACES: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f\x1f"
)
SPACES: Final = (" ", "\n")  # of the plain text
_BREAKS: Final = "\x85\u2028\u2029\x1c\x1d\x1e"
_DASHES: Final = "\u2010\u2011\u2012\u2043\u2212\ufe58\ufe63\uff0d"
# İ grows when lower-cased and would shift every offset after it.
_ONE_TO_ONE: Final = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BREAKS, "\n"),
    **dict.fromkeys(_DASHES, "-"),
    "³": "3",
    "²": "2",
    "İ": "I",
    "\0": " ",
}
_LONE_RETURN: Final = regex.compile(r"\r(?!\n)")
_INVISIBLE: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u180e\u0300-\u0305\ufe00-\ufe0f"
_SHRINK: Final = regex.compile(
    rf"[{_INVISIBLE}]+|\r\n|(?P<space> [ {_INVISIBLE}]+)|(?P<break>[ \r{_INVISIBLE}]*\n[\s{_INVISIBLE}]*)"
)
# Two line ends with a letter after them are what is kept of a blank line, so they need no run.
_BLANK_LINES: Final = re.compile(r"\n(?!\n(?!\s))\s+")
_SPACES_TOGETHER: Final = re.compile(r"  +")
_ODD_MARK: Final = re.compile(rf"[\r{_INVISIBLE}]")  # on a set of signs alone, re is five times as fast as regex
_DIGIT_RUN: Final = regex.compile(r"\d+")  # here regex is three times as fast as re
_SIGNS: Final = ".,;:!?()«»\"“”'’–—-…/%\n_+*=№&"  # what texts are full of; replaced one by one, which is fastest
_RARE: Final = re.compile("[^0-9a-zа-я әғқңөұүһі]")
_NOT_WORD: Final = regex.compile(r"[^\w ]")
_FEW: Final = 8  # rare signs that are worth a replacement each
_ZONE_LETTERS: Final = regex.compile(
    r"(?<![\p{L}\d-])(?<!\p{Lu}{3}\s)(?:ИЗ|ИА(?!\s«))(?![\p{L}\d])(?!\s\p{Lu}{3})(?!\s?[«\"]?[A-Za-z])"
)
_LATIN: Final = "aceopxyik"
_CYRILLIC: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяәіңғүұқөһ")
_LOOKALIKE: Final = str.maketrans(_LATIN, "асеорхуік")


class Page:
    """The plain text in three views of one length: as written, lower-case, and words only (each other sign a space)."""

    __slots__ = (
        *("_digit_ends", "_digit_runs", "_digit_starts", "_digits_asked", "_digits_found", "_last", "_shifts"),
        *("_starts", "low", "plain", "raw", "words"),
    )

    def __init__(self, raw: str, plain: str, low: str, words: str, starts: list[int], shifts: list[int]) -> None:
        """``starts``: where in the plain text ``shifts``, its distance from ``raw``, begin to hold."""
        self.raw, self.plain, self.low, self.words = raw, plain, low, words
        self._starts, self._shifts, self._last = starts, shifts, 0
        self._digit_runs = [found.span() for found in _DIGIT_RUN.finditer(low)]
        self._digit_starts = [begin for begin, _ in self._digit_runs]
        self._digit_ends = [end for _, end in self._digit_runs]
        self._digits_asked = (-1, -1)  # a sentence is asked for several times in a row
        self._digits_found: list[tuple[int, int]] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of plain[start:end] in the original text."""
        return self._back(start), self._back(end - 1) + 1

    def digits(self, start: int, end: int) -> list[tuple[int, int]]:
        """The runs of digits of which something stands in plain[start:end], each with its start and its end."""
        if self._digits_asked != (start, end):
            self._digits_asked = (start, end)
            first = bisect_right(self._digit_ends, start)
            self._digits_found = self._digit_runs[first : bisect_left(self._digit_starts, end, first)]
        return self._digits_found

    def _back(self, position: int) -> int:
        at = self._last  # mostly the one asked for before
        if position < self._starts[at] or (at + 1 < len(self._starts) and position >= self._starts[at + 1]):
            at = self._last = bisect_right(self._starts, position) - 1
        return position + self._shifts[at]


def make_page(raw: str, start: int = 0) -> Page:
    """The plain form of ``raw[start:]``; offsets lead back into the whole of ``raw``."""
    body = raw[start:] if start else raw
    if "\r" in body:
        body = _LONE_RETURN.sub("\n", body)
    for odd, plain_sign in _ONE_TO_ONE.items():
        if odd in body:
            body = body.replace(odd, plain_sign)
    plain, starts, shifts = _shrink(body, start)
    low = plain.lower()
    if len(low) != len(plain):  # a rare letter that grows when lower-cased
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)
    low = low.replace("ё", "е")
    low = _without_lookalikes(low)
    if "индустри" in low and ("ИЗ" in plain or "ИА" in plain):
        low = _with_zones_apart(low, plain)
    return Page(raw, plain, low, _words(low), starts, shifts)


def after_space(low: str, at: int) -> int:
    """The position behind the space or line end at ``at``, if one stands there; no other spaces are left in a page."""
    return at + 1 if low[at : at + 1] in SPACES else at


def _with_zones_apart(low: str, plain: str) -> str:
    """«4 ИЗ», «ИА аумағы» mean industrial zones where a text speaks of industry; «из» is a word of its own.

    They become «йз» and «йа», which the vocabulary knows. A line all in capitals and an agency («ИА «…») are none.
    """
    for found in _ZONE_LETTERS.finditer(plain):
        start, end = found.span()
        low = low[:start] + {"ИЗ": "йз", "ИА": "йа"}[found.group()] + low[end:]
    return low


def _without_lookalikes(low: str) -> str:
    """Latin letters typed beside Cyrillic ones look the same and match nothing: they become Cyrillic."""
    found: list[int] = []
    for letter in "" if low.isascii() else _LATIN:
        at = low.find(letter)
        while at >= 0:
            if low[at - 1 : at] in _CYRILLIC or low[at + 1 : at + 2] in _CYRILLIC:
                found.append(at)
            at = low.find(letter, at + 1)
    parts: list[str] = []
    done = 0
    for at in sorted(found):
        parts += (low[done:at], low[at].translate(_LOOKALIKE))
        done = at + 1
    return "".join([*parts, low[done:]]) if parts else low


def _words(low: str) -> str:
    """The text with a space for each sign that is no letter, digit or mark of one."""
    for sign in _SIGNS:
        low = low.replace(sign, " ")
    if low.replace(" ", "").isalnum():  # most texts: no other sign is left
        return low
    rare = set(_RARE.findall(low))
    if len(rare) > _FEW:
        return _NOT_WORD.sub(" ", low)
    for sign in rare:
        if _NOT_WORD.match(sign):
            low = low.replace(sign, " ")
    return low


def _shrink(body: str, offset: int) -> tuple[str, list[int], list[int]]:
    """Runs of spaces become one, blank lines become two line ends, invisible marks go; with the offsets to undo it."""
    parts: list[str] = []
    starts, shifts = [0], [offset]
    done = length = 0
    for begin, end, keep in _runs(body):
        if end - begin == len(keep):
            continue
        parts += (body[done:begin], keep)
        length += begin - done + len(keep)
        done = end
        starts.append(length)
        shifts.append(end - length + offset)
    parts.append(body[done:])
    return "".join(parts), starts, shifts


def _runs(body: str) -> list[tuple[int, int, str]]:
    """Runs to shrink with what is kept of them. Most texts have no returns and no marks: then two simple passes do."""
    runs: list[tuple[int, int, str]] = []
    if _ODD_MARK.search(body) is None:
        for pattern in (_BLANK_LINES, _SPACES_TOGETHER) if "  " in body else (_BLANK_LINES,):
            for found in pattern.finditer(body):
                run = found.group()
                runs.append((*found.span(), " " if run[0] == " " else "\n\n" if run.count("\n") > 1 else "\n"))
        runs.sort()
        return [run for i, run in enumerate(runs) if not i or run[0] >= runs[i - 1][1]]
    for found in _SHRINK.finditer(body):
        run = found.group()
        if found.group("break") is not None:
            keep = "\n\n" if run.count("\n") > 1 else "\n"
        else:
            keep = "\n" if "\n" in run else " " if found.group("space") is not None else ""
        runs.append((*found.span(), keep))
    return runs
