"""Sentences and clauses of the plain text, cut so that abbreviations, decimals and wrapped lines stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from geo.reading.text import SPACES, Page
from geo.reading.vocabulary import load_vocabulary

LONGEST: Final = 900  # characters; a longer stretch without a full stop is cut, so that work on one sentence is bounded
QUOTE: Final = 590

_ABBREVIATIONS: Final = load_vocabulary().forms("abbreviation")
_CLOSING: Final = load_vocabulary().forms("abbreviation", "closing")  # may also end a sentence
_STOP: Final = regex.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$|[—–-]?\s?[А-ЯӘІҢҒҮҰҚӨҺA-Z«])")
_STOP_SIGNS: Final = ".!?…\n"  # one of which it begins with
_LONGEST_SHORT: Final = 12  # characters before a full stop that are looked at
_LAST_WORD: Final = regex.compile(r"[\w.№-]{1,12}$")
_STARTS_UPPER: Final = regex.compile(r"[\s—–\-«“\"'(]*[\p{Lu}\d]")
_STARTS_LOWER: Final = regex.compile(r"[ ]*(?:\p{Ll}|\d[\d ,.]*(?:%|[ ]?\p{Ll})|[%—–])")
# What parts clauses, and how much: signs before a space, brackets, dashes and words between spaces.
_SIGNS: Final = ((",", 1.0), (";", 1.6), (":", 0.6))
_BRACKETS: Final = ("(", ")")
_BRACKET_PARTS: Final = 0.25
_DASHES: Final = ("—", "–", "-")
_DASH_PARTS: Final = 0.4
_WORDS: Final = (
    *((" ал ", 1.0), (" а ", 1.0), (" но ", 1.0), (" бірақ ", 1.0), (" алайда ", 1.0), (" однако ", 1.0)),
    *((" яғни ", 1.0), (" тогда как ", 1.0), (" при этом ", 1.0), (" әрі ", 0.5), (" және ", 0.5)),
)
_BEFORE_NUMBERS: Final = ((" и ", 0.5), (" мен ", 0.5), (" бен ", 0.5), (" пен ", 0.5))
_FIRST_WORDS: Final = frozenset(word.split()[0] for word, _ in (*_WORDS, *_BEFORE_NUMBERS))
_A_NUMBER: Final = regex.compile(r"\s(?:(?:еще|тағы|около|более|свыше|почти)\s){0,2}\d")


class Sentence:
    """plain[start:end]; ``paragraph`` counts blocks of lines, ``line`` the lines of the text."""

    __slots__ = ("end", "heading", "line", "paragraph", "start")

    def __init__(self, start: int, end: int, paragraph: int, line: int, heading: bool = False) -> None:
        self.start, self.end = start, end
        self.paragraph, self.line = paragraph, line
        self.heading = heading


def split_sentences(page: Page) -> list[Sentence]:
    """The sentences in order. A line end inside a wrapped sentence does not part it."""
    plain = page.plain
    found: list[Sentence] = []
    start = paragraph = line = 0
    after = 0
    for begin in _stops(plain):
        end = _stop_end(plain, begin) if begin >= after else -1
        if end < 0:
            continue
        after, sign = end, plain[begin]
        if sign == "\n":
            if end - begin == 1 and _is_wrapped(plain, start, begin, end):
                continue
            _add(found, plain, start, begin, paragraph, line, heading=True)
            start = end
            line += 1
            paragraph += end - begin == 2
        elif sign != "." or end - begin > 1 or _ends_here(plain, start, begin, end):
            _add(found, plain, start, end, paragraph, line)
            start = end
    _add(found, plain, start, len(plain), paragraph, line, heading=True)
    return found


def _stops(plain: str) -> list[int]:
    """Where signs stand that may end a sentence; to find them one by one is many times as fast as a pattern of all."""
    found: list[int] = []
    for sign in _STOP_SIGNS:
        at = plain.find(sign)
        while at >= 0:
            found.append(at)
            at = plain.find(sign, at + 1)
    found.sort()
    return found


def _stop_end(plain: str, at: int) -> int:
    """Where a sentence ends whose last sign may stand at ``at``, with the quotes after it; -1 where it does not."""
    if plain[at] == "\n":
        return at + 2 if plain[at + 1 : at + 2] == "\n" else at + 1
    if plain[at + 1 : at + 2] in SPACES:
        return at + 1
    stop = _STOP.match(plain, at)
    return stop.end() if stop is not None else -1


def clause_borders(page: Page, sentence: Sentence, words: Iterable[str]) -> list[tuple[int, float]]:
    """Where clauses meet inside a sentence of these words, each with how much it parts (a dash less than a comma)."""
    low, start, end = page.low, sentence.start, sentence.end
    borders: list[tuple[int, float]] = []
    for sign, parts in _SIGNS:
        at = low.find(sign, start, end - 1)
        while at >= 0:
            if low[at + 1] in SPACES:
                borders.append((at, parts))
            at = low.find(sign, at + 1, end - 1)
    for sign in _BRACKETS:
        at = low.find(sign, start, end)
        while at >= 0:
            borders.append((at, _BRACKET_PARTS))
            at = low.find(sign, at + 1, end)
    for sign in _DASHES:
        at = low.find(sign, start + 1, end - 1)
        while at >= 0:
            if low[at - 1] in SPACES and low[at + 1] in SPACES:
                borders.append((at - 1, _DASH_PARTS))
            at = low.find(sign, at + 1, end - 1)
    if not _FIRST_WORDS.isdisjoint(words):
        for word, parts in _WORDS:
            borders += [(at, parts) for at, _ in _alone(page, word, start, end)]
        for word, parts in _BEFORE_NUMBERS:
            borders += [(at, parts) for at, after in _alone(page, word, start, end) if _A_NUMBER.match(low, after, end)]
    borders.sort()
    return borders


def _alone(page: Page, word: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a word, given with a space at each end, stands alone; the first of the sentence counts as well."""
    low, found = page.low, []
    at = page.words.find(word, max(start - 1, 0), end)
    while at >= 0:
        after = at + len(word) - 1
        if low[at] in SPACES and low[after] in SPACES:
            found.append((at + 1, after))
        at = page.words.find(word, after, end)
    return found


def quote_span(page: Page, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Offsets in the original of a sentence, or of its clauses around plain[start:end]: at most 600 characters."""
    whole = page.span(sentence.start, sentence.end)
    if whole[1] - whole[0] <= QUOTE:
        return whole
    words = page.words[sentence.start : sentence.end].split(" ")
    cuts = [position + 1 for position, weight in clause_borders(page, sentence, words) if weight >= 0.6]
    left = next((cut for cut in cuts if cut <= start and _raw_length(page, cut, end) <= QUOTE * 2 // 3), None) or max(
        sentence.start, start - QUOTE // 3
    )
    right = next((cut for cut in reversed(cuts) if cut >= end and _raw_length(page, left, cut) <= QUOTE), None) or min(
        sentence.end, end + QUOTE // 6
    )
    while _raw_length(page, left, right) > QUOTE and (left < start or right > end):
        left, right = min(start, left + 20), max(end, right - 20)
    while left < start and page.plain[left] in " \n":
        left += 1
    while right > end and page.plain[right - 1] in " \n":
        right -= 1
    return page.span(left, right)


def _raw_length(page: Page, start: int, end: int) -> int:
    first, last = page.span(start, end)
    return last - first


def _add(
    found: list[Sentence], plain: str, start: int, end: int, paragraph: int, line: int, heading: bool = False
) -> None:
    for first, last in _pieces(plain, start, end) if end - start > LONGEST else ((start, end),):
        text = plain[first:last].lstrip(" \n")
        begin = last - len(text)
        stop = begin + len(text.rstrip(" \n"))
        if begin < stop:
            alone = heading and (not found or found[-1].line != line)
            unfinished = alone and stop - begin < 200 and plain[stop - 1] not in ".!?…;:,»”"
            found.append(Sentence(begin, stop, paragraph, line, unfinished))


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(plain.rfind(sign, start + LONGEST // 2, start + LONGEST) for sign in (", ", "; ", " "))
        cut = cut + 1 if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _is_upper(letter: str) -> bool:
    return "А" <= letter <= "Я" or (letter.isupper() and letter.isalpha())


def _is_wrapped(plain: str, start: int, begin: int, end: int) -> bool:
    """Whether the line end at ``begin`` only wraps a sentence: the next line goes on in lower case or with a figure."""
    line_start = plain.rfind("\n", start, begin) + 1 or start
    last = plain[max(start, begin - 2) : begin].rstrip()[-1:]
    if begin - line_start < 25 or last in ".!?…:;":
        return False
    following = plain[end : end + 40]
    if last == ",":
        return bool(following.strip())
    return _STARTS_LOWER.match(following) is not None


def _ends_here(plain: str, start: int, begin: int, end: int) -> bool:
    """Whether the full stop at ``begin`` ends a sentence, and not an abbreviation or an initial."""
    following = plain[end : end + 4]
    if following and not (following[0] == " " and _is_upper(following[1:2])) and not _STARTS_UPPER.match(following):
        return False
    tail = plain[max(start, begin - _LONGEST_SHORT) : begin]
    last = tail[tail.rfind(" ") + 1 :]
    if not last.isalpha():  # the usual end of a sentence, a word of letters, needs no pattern
        word = _LAST_WORD.search(tail)
        if word is None:
            return True
        last = word.group()
    text = last.lower()
    if text in _ABBREVIATIONS:
        if text not in _CLOSING or not following.lstrip(' «"–—-')[:1].isupper():
            return False
        # «2025 г. Всего»: after a year the sentence may end; «г. Алматы» is a town.
        return text not in ("г", "ж") or plain[max(0, begin - len(text) - 2) : begin - len(text)].strip().isdigit()
    if len(text) == 1 and text.isalpha() and plain[begin - 1].isupper():
        return False
    return not (text.isdigit() and len(text) <= 2 and begin - start <= 3)
