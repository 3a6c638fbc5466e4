"""What each sentence speaks of, told by a few kinds of words before any of its figures is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from geo.reading.matching import Hit
from geo.reading.sentences import Sentence


class Gist:
    """The layers, names and place words of a sentence, and whether other things stand in it."""

    __slots__ = ("layers", "names", "numbers", "others", "own_noun", "places", "plan", "year")

    def __init__(self) -> None:
        self.layers: list[str] = []  # one for each word
        self.names: list[Hit] = []
        self.places: list[str] = []  # codes of the words that mean a place: «облыста», «елімізде»
        self.others = False  # words of other subjects
        self.numbers = False  # number words
        self.year = ""  # the last word of time that names a year
        self.plan = False  # of a region's investment plan
        self.own_noun = False  # a noun that names its layer by itself: a communication mast, an industrial zone


_NOTHING: Final = Gist()  # of most sentences; never changed


def gists(sentences: Sequence[Sentence], hits: Sequence[Hit]) -> list[Gist]:
    """The gist of each sentence; ``hits`` are the leading ones of the text, in order."""
    found = [_NOTHING] * len(sentences)
    ends = [sentence.end for sentence in sentences]
    gist, number, end = _NOTHING, 0, 0
    for hit in hits:
        if hit.start >= end:
            number = bisect_right(ends, hit.start, number)
            gist = found[number] = Gist()
            end = ends[number]
        _note(gist, hit)
    return found


def _note(gist: Gist, hit: Hit) -> None:
    term = hit.term
    kind = term.kind
    if kind == "name":
        gist.names.append(hit)
    elif kind == "place":
        gist.places.append(term.code)
    elif kind == "layer":
        gist.layers.append(term.code)
    elif kind == "other":
        gist.others = True
    elif kind == "number":
        gist.numbers = True
    elif kind == "time":
        if term.code.startswith("year"):
            gist.year = term.code
    elif kind == "cue":
        gist.plan = True
    else:
        gist.own_noun = True


def industrial_paragraphs(sentences: Sequence[Sentence], found: Sequence[Gist]) -> frozenset[int]:
    """The paragraphs that speak of industrial or economic zones."""
    return frozenset(
        sentence.paragraph
        for sentence, gist in zip(sentences, found, strict=True)
        if gist.layers and "industry" in gist.layers
    )


def layer_words(found: Sequence[Gist]) -> Counter[str]:
    """How many words of each layer there are."""
    return Counter(layer for gist in found for layer in gist.layers)
