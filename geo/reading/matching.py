"""Finding every word of the vocabulary and every place name, word by word, each word judged once.

Which forms a word can be is the same wherever it stands, so it is looked up once and remembered; texts are mostly words
seen before. Only forms of several words are compared with the words that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Final

import regex

from geo.reading.text import Page
from geo.reading.vocabulary import SILENT, SOUGHT, Term, Vocabulary

# Endings of Kazakh nouns, in order: many, whose, case, and the adjective made from a case.
NOUN_ENDING: Final = (
    r"(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі|ымыз|іміз|мыз|міз)?"
    r"(?:н|ның|нің|дың|дің|тың|тің|на|не|ға|ге|қа|ке|а|е|ны|ні|ды|ді|ты|ті|нда|нде|да|де|та|те"
    r"|нан|нен|дан|ден|тан|тен|мен|бен|пен|менен|дай|дей|тай|тей)?(?:(?:ғы|гі)(?:лар|лер)?(?:сы|сі|ы|і)?)?(?:н|ның|нің|на|не|да|де|нда|нде)?"
)
_NOUN_ENDING: Final = regex.compile(NOUN_ENDING)
# A place name may also become a person of that place (ақтөбелік) before these endings.
PLACE_ENDING: Final = regex.compile(rf"(?:лық|лік|дық|дік|тық|тік)?{NOUN_ENDING}")
_SOFTEN: Final = {"қ": "ғ", "к": "г", "п": "б"}
_LONGEST_REST: Final = 25
_LONGEST_KEPT: Final = 40  # characters of a word that is worth remembering
_REMEMBERED: Final = 50_000  # words; some 10 MB
_RANK: Final = itemgetter(0)
_END_RANK: Final = attrgetter("rank")
_NO_MORE: Final[dict[str, object]] = {}
_LEADING: Final = (
    "name",
    "place",
    "layer",
    "other",
    "number",
    "time",
)  # what is asked of sentences without figures as well


class Name(Term):
    """A surface of the gazetteer: the ids of the places written so.

    ``guarded``: an ordinary word too, a place only beside its kind word.
    """

    __slots__ = ("guarded", "ids")

    def __init__(self, ids: tuple[str, ...], language: str, guarded: bool) -> None:
        super().__init__("name", "", language, (), "", "", _NO_MORE)
        self.ids, self.guarded = ids, guarded


class Hit:
    """A term or a name at plain[start:word_end]; ``end`` is where its literal form ends, before any ending."""

    __slots__ = ("end", "start", "term", "word_end")

    def __init__(self, start: int, end: int, word_end: int, term: Term) -> None:
        self.start, self.end, self.word_end, self.term = start, end, word_end, term

    @property
    def name(self) -> Name:
        """The name, of a hit of a name."""
        assert isinstance(self.term, Name)
        return self.term

    def __repr__(self) -> str:
        return f"Hit({self.start}, {self.end}, {self.word_end}, {self.term.kind} {self.term.code})"


@dataclass(slots=True)
class _Form:
    """A way of writing a term: its words, each with its mark."""

    words: tuple[tuple[str, str], ...]
    closed: bool  # more words follow its first open one: its hit has no ending apart
    rank: tuple[int, int]  # the shorter literal beginning first, then as they were read
    term: Term


@dataclass(slots=True)
class _End:
    """A form that ends with a word, whose literal stem has ``length`` characters."""

    length: int
    term: Term
    rank: tuple[int, int]
    closed: bool


@dataclass(slots=True, eq=False)
class _Step:
    """What a word is where certain forms have been begun: those that end with it, and where the others go on."""

    ends: list[_End]
    onward: _Node | None


_NOTHING: Final = _Step([], None)  # of most words


class Matcher:
    """All forms of the vocabulary and all place names."""

    def __init__(self, vocabulary: Vocabulary, names: Iterable[tuple[str, Name]]) -> None:
        forms: list[_Form] = []
        for term in vocabulary.terms:
            if term.kind not in SILENT or (term.kind == "phrase" and term.code in SOUGHT):
                for form in _needed(term.forms):
                    _add(forms, form, term)
        for surface, name in names:
            _add(forms, surface, name)
        self._all = _Node(forms, 0, {})
        self._leading = _Node([form for form in forms if _is_leading(form.term)], 0, {})

    def words(self, page: Page) -> Words:
        """The words of the page, whose hits are then asked for stretch by stretch."""
        return Words(page, self._all, self._leading)

    def find(self, page: Page) -> list[Hit]:
        """Every hit of the page, by start; overlapping ones of different meaning all stand."""
        return self.words(page).hits(0, len(page.words))


class Words:
    """The words of a page, in which hits are looked up only where they are asked for."""

    __slots__ = ("_all", "_leading", "_starts", "_text", "_words")

    def __init__(self, page: Page, every: _Node, leading: _Node) -> None:
        self._all, self._leading = every, leading
        # Two signs together leave an empty word, so that no form goes over them; one more stands at the end.
        self._text = page.words
        self._words = f"{page.words} ".split(" ")
        self._starts = [0]
        start = 0
        for word in self._words:
            start += len(word) + 1
            self._starts.append(start)

    def hits(self, start: int, end: int) -> list[Hit]:
        """Every hit that starts in plain[start:end], in order."""
        hits = [hit for hits in self.kinds(*self.stretch(start, end)).values() for hit in hits]
        hits.sort(key=attrgetter("start"))
        return hits

    def kinds_of(self, hit: Hit) -> set[str]:
        """What the word that a hit begins with may be."""
        index = bisect_left(self._starts, hit.start)
        return {found.term.kind for found in self._longer(index, self._all)}

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Which words start in plain[start:end]: those from the first number to before the second."""
        first = bisect_left(self._starts, start)
        return first, min(bisect_left(self._starts, end, first), len(self._words))

    def kinds(self, first: int, last: int) -> dict[str, list[Hit]]:
        """The hits that start with the words of a stretch, in order, by kind."""
        return self._kinds(self._all, first, last)

    def between(self, start: int, end: int, first: int, last: int) -> list[str]:
        """The words of plain[start:end], which are those of a stretch; an empty one between two signs."""
        if self._starts[first] == start and self._starts[last] <= end + 1:
            return self._words[first:last]
        return self._text[start:end].split(" ")  # it begins or ends inside a word

    def leading(self) -> list[Hit]:
        """The hits of the whole page that tell what a text speaks of, and where."""
        hits = [hit for hits in self._kinds(self._leading, 0, len(self._words)).values() for hit in hits]
        hits.sort(key=attrgetter("start"))
        return hits

    def _kinds(self, node: _Node, first: int, last: int) -> dict[str, list[Hit]]:
        words, starts = self._words, self._starts
        kinds: dict[str, list[Hit]] = {}
        for index in range(first, last):
            step = node.step(words[index])
            if step is None:
                continue
            if step.onward is not None and step.onward.step(words[index + 1]) is not None:
                for hit in self._longer(index, node):
                    kinds.setdefault(hit.term.kind, []).append(hit)
                continue
            begin, word_end = starts[index], starts[index + 1] - 1
            for form in step.ends:
                kinds.setdefault(form.term.kind, []).append(Hit(begin, begin + form.length, word_end, form.term))
        return kinds

    def _longer(self, index: int, node: _Node | None) -> list[Hit]:
        """The hits that begin with a word, those of several words among them."""
        words, starts = self._words, self._starts
        begin, last = starts[index], len(words)
        found = []
        while node is not None and index < last and (step := node.step(words[index])) is not None:
            start, word_end = starts[index], starts[index + 1] - 1
            for end in step.ends:
                literal = word_end if end.closed else start + end.length
                found.append((end.rank, Hit(begin, literal, word_end, end.term)))
            node = step.onward
            index += 1
        if len(found) > 1:
            found.sort(key=_RANK)
        return [hit for _, hit in found]


class _Node:
    """What words are after those that led here. A word not met yet is judged, and remembered within bounds."""

    __slots__ = ("_by_stem", "_known", "_nodes", "_place")

    def __init__(self, forms: Iterable[_Form], place: int, nodes: dict[tuple[tuple[int, int], ...], _Node]) -> None:
        """``place``: which word of the forms comes next; ``nodes``: those behind, by the forms they go on with."""
        self._place, self._nodes = place, nodes
        self._known: dict[str, _Step] = {}
        # Every beginning of a stem, so that a word is given up where no stem goes on as it does.
        self._by_stem: dict[str, list[_Form]] = {"": []}
        for form in forms:
            stem = form.words[place][0]
            for length in range(1, len(stem) + 1):
                self._by_stem.setdefault(stem[:length], [])
            self._by_stem[stem].append(form)

    def step(self, word: str) -> _Step | None:
        """What a word is; None where it is nothing."""
        step = self._known.get(word)
        if step is not None:
            return step if step is not _NOTHING else None
        step = self._judge(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = step
        return step if step is not _NOTHING else None

    def _judge(self, word: str) -> _Step:
        place, by_stem = self._place, self._by_stem
        ends, onward = [], []
        for length in range(len(word) + 1):  # a mark alone is an empty stem: «Кайрат-2»~
            begun = by_stem.get(word[:length])
            if begun is None:
                break
            for form in begun:
                mark = form.words[place][1]
                if length == len(word) or (mark and _may_end(word[length:], mark, form.term.kind == "name")):
                    if len(form.words) > place + 1:
                        onward.append(form)
                    else:
                        ends.append(_End(length, form.term, form.rank, form.closed))
        if not ends and not onward:
            return _NOTHING
        ends.sort(key=_END_RANK)
        return _Step(ends, self._node(onward) if onward else None)

    def _node(self, forms: list[_Form]) -> _Node:
        key = tuple(form.rank for form in forms)
        if key not in self._nodes:
            self._nodes[key] = _Node(forms, self._place + 1, {})
        return self._nodes[key]


@lru_cache(maxsize=20_000)
def _may_end(text: str, mark: str, name: bool) -> bool:
    """Whether a form open as ``mark`` tells may have this ending."""
    if mark == "*":
        return len(text) < _LONGEST_REST
    return (PLACE_ENDING if name else _NOUN_ENDING).fullmatch(text) is not None


def _is_leading(term: Term) -> bool:
    return (
        term.kind in _LEADING
        or (term.kind == "cue" and term.code == "portfolio")
        or (term.kind == "unit" and "layer" in term.extra)
    )


def _needed(forms: tuple[str, ...]) -> list[str]:
    """The forms without those that stand there with an open ending too."""
    opened = {form[:-1] for form in forms if form[-1] in "~*"}
    return [form for form in forms if form not in opened]


def _add(forms: list[_Form], form: str, term: Term) -> None:
    words = []
    for word in form.replace("-", " ").replace("«", " ").replace("»", " ").replace(".", " ").split():
        mark = word[-1] if word[-1] in "*~" else ""
        words.append((word[: len(word) - len(mark)], mark))
    if not words:
        return
    _file(forms, words, term)
    softened = _SOFTEN.get(words[-1][0][-1:])
    if words[-1][1] == "~" and softened:  # аймақ → аймағы, мектеп → мектебі
        _file(forms, [*words[:-1], (words[-1][0][:-1] + softened, "~")], term)


def _file(forms: list[_Form], words: list[tuple[str, str]], term: Term) -> None:
    first_open = next((i for i, (_, mark) in enumerate(words) if mark), len(words) - 1)
    literal = len(" ".join(stem for stem, _ in words[: first_open + 1]))
    forms.append(_Form(tuple(words), first_open + 1 < len(words), (literal, len(forms)), term))
