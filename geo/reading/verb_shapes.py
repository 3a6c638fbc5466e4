"""Verbs that no stem lists, known by a passive or a purpose ending (тұрғызылмақ, ойластырылды, намечено)."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

import regex

from geo.reading.view import View

_SHAPE_KK: Final = regex.compile(
    r"(?:(?P<planned>[лнстқк](?:мақ|мек|пақ|пек)|[нмз](?:бақ|бек)|(?:ыл|іл)(?:ады|еді|(?:атын|етін)(?:[ыі]н?|д[ыі]ғ[ыі]н?)?))|(?P<actual>(?:ыл|іл)(?:ды|ді|ған|ген))"
    r"|(?P<underway>(?:ыл|іл)(?:уда|уде|үде)))(?!\p{L})"
)
_SHAPE_RU: Final = regex.compile(r"(?:(?P<actual>ено|ены|ано|аны)|(?P<underway>руется|руются))(?!\p{L})")
_SITS: Final = regex.compile(r"\sотыр(?:мыз)?(?!\p{L})")  # after a converb: a state that goes on
_CONVERB: Final = ("ып", "іп", "ап", "еп")
_KNOWN_KK: Final[dict[str, list[tuple[str, int, int]]]] = {}  # what the words met so far look like, by language
_KNOWN_RU: Final[dict[str, list[tuple[str, int, int]]]] = {}
_REMEMBERED: Final = 30_000  # words


def verb_shapes(view: View) -> list[tuple[str, int, int]]:
    """Code, start and end of each such ending, looked up word by word; only «-ып отыр» goes over two."""
    found: list[tuple[str, int, int]] = []
    known, pattern = (_KNOWN_KK, _SHAPE_KK) if view.kazakh else (_KNOWN_RU, _SHAPE_RU)
    at = view.start
    for word in view.words:
        shapes = known.get(word)
        if shapes is None:
            shapes = _shapes_in(word, known, pattern)
        for code, begin, end in shapes:
            found.append((code, at + begin, at + end))
        at += len(word) + 1
    states = _states(view) if view.kazakh else []
    return sorted([*found, *states], key=itemgetter(1)) if states else found


def _shapes_in(
    word: str, known: dict[str, list[tuple[str, int, int]]], pattern: regex.Pattern[str]
) -> list[tuple[str, int, int]]:
    """The shapes of a word not met before, which are remembered within bounds."""
    if len(known) >= _REMEMBERED:
        known.clear()
    found = [(match.lastgroup or "", *match.span()) for match in pattern.finditer(word)]
    known[word] = found
    return found


def _states(view: View) -> list[tuple[str, int, int]]:
    low, found = view.page.low, []
    at = low.find("отыр", view.start, view.end)
    while at >= 0:
        verb = _SITS.match(low, at - 1, view.end) if at - 3 >= view.start else None
        if verb is not None and low[at - 3 : at - 1] in _CONVERB:
            found.append(("actual", at - 3, verb.end()))
        at = low.find("отыр", at + 1, view.end)
    return found
