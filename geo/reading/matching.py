"""Finding every word of the vocabulary and every place name in one pass (Aho-Corasick), checked at word borders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick
import regex

from geo.reading.text import Page
from geo.reading.vocabulary import Term, Vocabulary

# Endings of Kazakh nouns, in order: many, whose, case, and the adjective made from a case.
_ENDING = (
    r"(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі|ымыз|іміз|мыз|міз)?"
    r"(?:н|ның|нің|дың|дің|тың|тің|на|не|ға|ге|қа|ке|а|е|ны|ні|ды|ді|ты|ті|нда|нде|да|де|та|те"
    r"|нан|нен|дан|ден|тан|тен|мен|бен|пен|менен)?(?:ғы|гі|ғылар|гілер)?(?:н|ның|нің|на|не|да|де|нда|нде)?"
)
NOUN_ENDING = regex.compile(_ENDING)
# A place name may also become a person of that place (ақтөбелік) before these endings.
PLACE_ENDING = regex.compile(rf"(?:лық|лік|дық|дік|тық|тік)?{_ENDING}")


_SOFTEN = {"қ": "ғ", "к": "г", "п": "б"}


class Name(NamedTuple):
    """A surface of the gazetteer: the ids of the places written so."""

    ids: tuple[str, ...]
    language: str
    guarded: bool  # an ordinary word too: a place only beside its kind word


class Hit(NamedTuple):
    """A term or a name found at plain[start:end]; ``word_end`` is where its last word ends."""

    start: int
    end: int
    word_end: int
    term: Term | Name


@dataclass(frozen=True, slots=True)
class _Form:
    rest: tuple[tuple[str, str], ...]  # words after the literal key: (stem, mark)
    mark: str  # of the last word inside the key
    term: Term | Name


class Matcher:
    """One automaton over the vocabulary and the place names."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[tuple[str, Name]]) -> None:
        table: dict[str, list[_Form]] = {}
        for term in vocabulary.terms:
            if term.kind == "ending":
                continue
            for form in term.forms:
                _add(table, form, term)
        for surface, name in names:
            _add(table, surface, name)
        self._automaton = ahocorasick.Automaton()
        for key, forms in table.items():
            self._automaton.add_word(key, (len(key) - 1, tuple(forms)))
        self._automaton.make_automaton()

    def find(self, page: Page) -> list[Hit]:
        """Every hit of the page, by start; overlapping ones of different meaning all stand."""
        words = " " + page.words + " "  # so that a border is always a space; offsets move by one
        hits: list[Hit] = []
        add = hits.append
        for last, (length, forms) in self._automaton.iter(words):
            start = last - length + 1
            for form in forms:
                end = _match_end(words, last + 1, form)
                if end:
                    add(Hit(start - 1, min(last, end - 1), end - 1, form.term))
        hits.sort(key=_by_start)
        return hits


def _by_start(hit: Hit) -> int:
    return hit.start


def _add(table: dict[str, list[_Form]], form: str, term: Term | Name) -> None:
    """File a form under its literal beginning: everything up to and including its first open word."""
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
    last_closed = next((i for i, (_, mark) in enumerate(words) if mark), len(words) - 1)
    key = " " + " ".join(stem for stem, _ in words[: last_closed + 1])
    table.setdefault(key, []).append(_Form(tuple(words[last_closed + 1 :]), words[last_closed][1], term))


def _match_end(words: str, position: int, form: _Form) -> int:
    """Where the form ends in ``words`` (a border after its last word), or 0 where it does not match."""
    end = _word_end(words, position)
    if not _fits(words, position, end, form.mark, form.term):
        return 0
    for stem, mark in form.rest:
        begin = end + 1
        if not words.startswith(stem, begin):
            return 0
        position = begin + len(stem)
        end = _word_end(words, position)
        if not _fits(words, position, end, mark, form.term):
            return 0
    return end


def _word_end(words: str, position: int) -> int:
    end = words.find(" ", position, position + 40)
    return end if end >= 0 else position + 40


def _fits(words: str, position: int, end: int, mark: str, term: Term | Name) -> bool:
    if end == position:
        return True
    if mark == "*":
        return end - position < 25
    if mark == "~":
        pattern = PLACE_ENDING if isinstance(term, Name) else NOUN_ENDING
        return pattern.fullmatch(words, position, end) is not None
    return False
