"""The phrases of the vocabulary as patterns: words that are looked for near a number, not in the whole text."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from geo.reading.matching import NOUN_ENDING
from geo.reading.vocabulary import load_vocabulary

_MARKS: Final = {"*": r"\p{Ll}*", "~": rf"(?:{NOUN_ENDING})(?!\p{{L}})"}


def phrase(*codes: str, language: str = "", before: str = "", after: str = "") -> regex.Pattern[str]:
    """A pattern for any form of these codes, in one language or in all, between two pieces of regular expression."""
    return regex.compile(before + alternatives(*codes, language=language) + after)


@cache
def alternatives(*codes: str, language: str = "") -> str:
    """A group that matches any form of these codes from the start of a word, the longest first."""
    terms = [term for term in load_vocabulary().of("phrase") if term.code in codes and language in ("", term.language)]
    forms = {form for term in terms for form in term.forms}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    letters = "".join(sorted({regex.escape(form[0]) for form in forms}))  # a look at them spares most of the words
    return rf"\b(?=[{letters}])(?:{'|'.join(map(form_pattern, longest_first))})"


def form_pattern(form: str) -> str:
    """One form as a regular expression: whole words, or open at their end (*), or with endings of a noun (~)."""
    return r"[ -]".join(_word_pattern(word) for word in form.split(" "))


def _word_pattern(word: str) -> str:
    if word[-1] in _MARKS:
        return regex.escape(word[:-1]) + _MARKS[word[-1]]
    return regex.escape(word) + r"(?!\p{L})"
