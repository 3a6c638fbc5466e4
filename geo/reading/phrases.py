"""The phrases of the vocabulary as patterns: words that are looked for near a number, not in the whole text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import regex

from geo.reading.matching import NOUN_ENDING
from geo.reading.vocabulary import SOUGHT, load_vocabulary

if TYPE_CHECKING:
    from geo.reading.view import View

_OPENING_SIGNS: Final = frozenset(" \n«–—-")
_MARKS: Final = {"*": r"\p{Ll}*", "~": rf"(?:{NOUN_ENDING})(?!\p{{L}})"}


def phrase(*codes: str, language: str = "", before: str = "", after: str = "") -> regex.Pattern[str]:
    """A pattern for any form of these codes, in one language or in all, between two pieces of regular expression."""
    return regex.compile(before + alternatives(*codes, language=language) + after)


class Sought:
    """A phrase that is looked for in clauses, by its pattern only where its words were found in the sentence."""

    __slots__ = ("_code", "_pattern")

    def __init__(self, code: str, language: str = "") -> None:
        assert code in SOUGHT
        self._code, self._pattern = code, phrase(code, language=language)

    def told(self, view: View, text: str) -> str:
        """The words that tell it in ``text``, a part of the sentence that cuts no word; "" where none do."""
        found = self._pattern.search(text) if view.of("phrase", self._code) else None
        return found.group() if found is not None else ""


class Opening:
    """Phrases at the beginning of a sentence, after quotes and dashes; ``after``: what must follow them."""

    __slots__ = ("_pattern", "_starts")

    def __init__(self, *codes: str, after: str = "") -> None:
        self._pattern = phrase(*codes, after=after)
        # Most sentences begin with none of the words; to see that takes no pattern.
        self._starts = frozenset(start for form in _forms(codes) for start in _starts(form))

    def opens(self, low: str, start: int) -> bool:
        """Whether the sentence that starts there begins with one of them."""
        while low[start : start + 1] in _OPENING_SIGNS:
            start += 1
        return low[start : start + 2] in self._starts and self._pattern.match(low, start) is not None


def _starts(form: str) -> tuple[str, ...]:
    """The two characters that a form may begin with."""
    word = form.split(" ", maxsplit=1)[0].rstrip("*~")
    assert len(word) > 1 or " " in form, form
    return (word[:2],) if len(word) > 1 else (f"{word} ", f"{word}-")


@cache
def alternatives(*codes: str, language: str = "") -> str:
    """A group that matches any form of these codes from the start of a word, the longest first."""
    forms = _forms(codes, language)
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    letters = "".join(sorted({regex.escape(form[0]) for form in forms}))  # a look at them spares most of the words
    return rf"\b(?=[{letters}])(?:{'|'.join(map(form_pattern, longest_first))})"


def _forms(codes: tuple[str, ...], language: str = "") -> set[str]:
    terms = [term for term in load_vocabulary().of("phrase") if term.code in codes and language in ("", term.language)]
    return {form for term in terms for form in term.forms}


def form_pattern(form: str) -> str:
    """One form as a regular expression: whole words, or open at their end (*), or with endings of a noun (~)."""
    return r"[ -]".join(_word_pattern(word) for word in form.split(" "))


def _word_pattern(word: str) -> str:
    if word[-1] in _MARKS:
        return regex.escape(word[:-1]) + _MARKS[word[-1]]
    return regex.escape(word) + r"(?!\p{L})"
