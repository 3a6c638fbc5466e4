"""Finding every word of the vocabulary and every place name in one pass (Aho-Corasick), checked at word borders."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

import ahocorasick
import regex

from geo.reading.text import Page
from geo.reading.vocabulary import SILENT, Term, Vocabulary

# Endings of Kazakh nouns, in order: many, whose, case, and the adjective made from a case.
NOUN_ENDING = (
    r"(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі|ымыз|іміз|мыз|міз)?"
    r"(?:н|ның|нің|дың|дің|тың|тің|на|не|ға|ге|қа|ке|а|е|ны|ні|ды|ді|ты|ті|нда|нде|да|де|та|те"
    r"|нан|нен|дан|ден|тан|тен|мен|бен|пен|менен)?(?:(?:ғы|гі)(?:лар|лер)?(?:сы|сі|ы|і)?)?(?:н|ның|нің|на|не|да|де|нда|нде)?"
)
_NOUN_ENDING = regex.compile(NOUN_ENDING)
# A place name may also become a person of that place (ақтөбелік) before these endings.
PLACE_ENDING = regex.compile(rf"(?:лық|лік|дық|дік|тық|тік)?{NOUN_ENDING}")
_SOFTEN = {"қ": "ғ", "к": "г", "п": "б"}
_LONGEST_WORD = 40
_LONGEST_REST = 25


class Name(NamedTuple):
    """A surface of the gazetteer: the ids of the places written so."""

    ids: tuple[str, ...]
    language: str
    guarded: bool  # an ordinary word too: a place only beside its kind word

    kind = "name"  # no field: it tells a name from a term
    code = ""


class Hit(NamedTuple):
    """A term or a name at plain[start:word_end]; ``end`` is where its literal form ends, before any ending."""

    start: int
    end: int
    word_end: int
    term: Term | Name


class _Form(NamedTuple):
    mark: str  # of the last word inside the key
    rest: tuple[tuple[str, str], ...]  # words after the literal key: (stem, mark)
    term: Term | Name


class Matcher:
    """One automaton over the vocabulary and the place names."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[tuple[str, Name]]) -> None:
        table: dict[str, list[_Form]] = {}
        for term in vocabulary.terms:
            if term.kind not in SILENT:
                for form in _needed(term.forms):
                    _add(table, form, term)
        for surface, name in names:
            _add(table, surface, name)
        self._automaton = ahocorasick.Automaton()
        for key, forms in table.items():
            self._automaton.add_word(key, (len(key), tuple(forms)))
        self._automaton.make_automaton()
        self._noun_endings: dict[str, bool] = {}
        self._place_endings: dict[str, bool] = {}

    def find(self, page: Page) -> list[Hit]:
        """Every hit of the page, by start; overlapping ones of different meaning all stand."""
        words = " " + page.words + " "  # so that a border is always a space; offsets move by one
        hits: list[Hit] = []
        add, new = hits.append, tuple.__new__  # past the constructor of Hit, which takes as long as all else here
        find_space = words.find
        for last, (length, forms) in self._automaton.iter(words):
            start = last - length + 1  # of the word on the page; the key begins with a space
            position = last + 1
            end = find_space(" ", position, position + _LONGEST_WORD)
            for mark, rest, term in forms:
                if mark == "*":
                    if not 0 <= end - position < _LONGEST_REST:
                        continue
                elif end != position and (mark != "~" or end < 0 or not self._is_ending(words[position:end], term)):
                    continue
                if rest:
                    stop = self._rest_end(words, end, rest, term)
                    if stop:
                        add(new(Hit, (start, stop - 1, stop - 1, term)))
                else:
                    add(new(Hit, (start, last, end - 1, term)))
        hits.sort(key=attrgetter("start"))
        return hits

    def _is_ending(self, text: str, term: Term | Name) -> bool:
        memory, pattern = (
            (self._place_endings, PLACE_ENDING) if term.kind == "name" else (self._noun_endings, _NOUN_ENDING)
        )
        known = memory.get(text)
        if known is None:
            known = pattern.fullmatch(text) is not None
            if len(memory) < 20_000:
                memory[text] = known
        return known

    def _rest_end(self, words: str, end: int, rest: tuple[tuple[str, str], ...], term: Term | Name) -> int:
        """Where the words after the key end, or 0 where they do not follow."""
        for stem, mark in rest:
            if end < 0 or not words.startswith(stem, end + 1):
                return 0
            position = end + 1 + len(stem)
            end = words.find(" ", position, position + _LONGEST_WORD)
            if end == position or (mark == "*" and 0 <= end - position < _LONGEST_REST):
                continue
            if mark != "~" or end < 0 or not self._is_ending(words[position:end], term):
                return 0
        return end


def _needed(forms: tuple[str, ...]) -> list[str]:
    """The forms without those that stand there with an open ending too."""
    opened = {form[:-1] for form in forms if form[-1] in "~*"}
    return [form for form in forms if form not in opened]


def _add(table: dict[str, list[_Form]], form: str, term: Term | Name) -> None:
    words = []
    for word in form.replace("-", " ").replace("«", " ").replace("»", " ").replace(".", " ").split():
        mark = word[-1] if word[-1] in "*~" else ""
        words.append((word[: len(word) - len(mark)], mark))
    if not words:
        return
    _file(table, words, term)
    softened = _SOFTEN.get(words[-1][0][-1:])
    if words[-1][1] == "~" and softened:  # аймақ → аймағы, мектеп → мектебі
        _file(table, [*words[:-1], (words[-1][0][:-1] + softened, "~")], term)


def _file(table: dict[str, list[_Form]], words: list[tuple[str, str]], term: Term | Name) -> None:
    """File a form under its literal beginning: everything up to and including its first open word."""
    first_open = next((i for i, (_, mark) in enumerate(words) if mark), len(words) - 1)
    key = " " + " ".join(stem for stem, _ in words[: first_open + 1])
    table.setdefault(key, []).append(_Form(words[first_open][1], tuple(words[first_open + 1 :]), term))
