"""What documents say of named things without a figure: a pipeline that was built, a zone, a town without clean water.

Only the gazetteer's names count, and a sentence is always given: the words that decide are data (``mentions.toml``).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from geo.errors import BadSeed
from geo.gazetteer import Gazetteer
from geo.model import LAYERS, STATUSES, Document, Span
from geo.place_tables import Place
from geo.reading.matching import PLACE_ENDING
from geo.reading.sentences import split_sentences
from geo.reading.text import Page, make_page

PHRASES_FILE = Path(__file__).with_name("mentions.toml")
LAYER_OF_KIND = {"pipeline": "gas", "zone": "industry", "station": "industry"}
INHABITED = ("city", "district", "settlement")
ZONE_WINDOW = 35  # characters beside a zone's name in which its own making is spoken of
LONG_NAME = 3  # words; a shorter name needs a capital somewhere, else it is an ordinary word
WORDS_KEPT = 50_000  # with the names that begin like them: the words of an archive are few and come again
_WORD = regex.compile(r"\w+")
_CLAUSE = regex.compile("[,;]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in a sentence. ``span`` is the sentence in the document's text; ``lack``: it goes without."""

    document: str
    layer: str
    place: str
    status: str
    span: Span
    lack: bool = False


@dataclass(frozen=True, slots=True)
class _Phrases:
    status: tuple[tuple[str, str], ...]  # (phrase, status)
    lack: tuple[tuple[str, str], ...]  # (phrase, layer)
    zone_planned: tuple[str, ...]


def find_mentions(documents: Iterable[Document], gazetteer: Gazetteer) -> list[Mention]:
    """Every mention of a pipeline with its status, of a zone or station, and of an inhabited place that lacks a supply.

    A name that several places bear is left out, as is a pipeline of which the sentence does not say how far it is.
    """
    names, phrases = _names_by_first_word(gazetteer), _load_phrases()
    candidates = lru_cache(WORDS_KEPT)(lambda word: tuple(_candidates(word, names)))
    found: dict[Mention, None] = {}
    for document in documents:
        page = make_page(document.text, document.body_start)
        for sentence in split_sentences(page):
            low = page.low[sentence.start : sentence.end]
            for start, end, place in _places_in(page, sentence.start, sentence.end, candidates):
                told = _what_is_told(place, low, start - sentence.start, end - sentence.start, phrases)
                if told is not None:
                    layer, status, lack = told
                    span = page.span(sentence.start, sentence.end)
                    found[Mention(document.id, layer, place.id, status, span, lack)] = None
    return list(found)


def _what_is_told(place: Place, low: str, start: int, end: int, phrases: _Phrases) -> tuple[str, str, bool] | None:
    """(layer, status, whether it is a lack) or None where the sentence says nothing of the kind."""
    if place.kind in INHABITED:
        lacks = [(position, layer) for phrase, layer in phrases.lack if (position := low.find(phrase, end)) >= 0]
        return (min(lacks)[1], "needed", True) if lacks else None
    if place.kind == "zone":  # other verbs of its sentence are of what stands in the zone
        before, after = low[max(0, start - ZONE_WINDOW) : start], low[end : end + ZONE_WINDOW]
        beside = _CLAUSE.split(before)[-1] + " | " + _CLAUSE.split(after)[0]
        planned = any(phrase in beside for phrase in phrases.zone_planned)
        return "industry", "planned" if planned else "actual", False
    if place.kind not in LAYER_OF_KIND:
        return None
    status = _status(low, start, end, phrases) or ("" if place.kind == "pipeline" else "actual")
    return (LAYER_OF_KIND[place.kind], status, False) if status else None


def _status(low: str, start: int, end: int, phrases: _Phrases) -> str:
    after = [(position, status) for phrase, status in phrases.status if (position := low.find(phrase, end)) >= 0]
    before = [(position, status) for phrase, status in phrases.status if (position := low.rfind(phrase, 0, start)) >= 0]
    return min(after)[1] if after else max(before)[1] if before else ""


def _places_in(
    page: Page, start: int, end: int, candidates: Callable[[str], tuple[tuple[tuple[str, ...], Place], ...]]
) -> Iterator[tuple[int, int, Place]]:
    """(start, end, place) of every name, the longest at each word, never inside another."""
    words = [(found.group(), *found.span()) for found in _WORD.finditer(page.low, start, end)]
    number = 0
    while number < len(words):
        best = None
        for surface, place in candidates(words[number][0]):
            here = words[number : number + len(surface)]
            proper = len(surface) >= LONG_NAME or any(page.plain[begin].isupper() for _, begin, _ in here)
            longer = best is None or len(surface) > len(best[0])
            if proper and longer and _is_written(surface, [word for word, _, _ in here]):
                best = surface, place
        if best is None:
            number += 1
            continue
        surface, place = best
        begin = words[number][1]
        number += len(surface)
        yield begin, words[number - 1][2], place


def _candidates(
    word: str, names: Mapping[str, list[tuple[tuple[str, ...], Place]]]
) -> Iterator[tuple[tuple[str, ...], Place]]:
    yield from names.get(word, ())
    for length in range(len(word) - 1, 2, -1):  # a single word with an ending: "Текеліде"
        for surface, place in names.get(word[:length], ()):
            if len(surface) == 1:
                yield surface, place


def _is_written(surface: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words are the name, the last perhaps with a Kazakh ending."""
    if len(words) != len(surface) or words[:-1] != list(surface[:-1]):
        return False
    rest = words[-1].removeprefix(surface[-1])
    return words[-1].startswith(surface[-1]) and (not rest or PLACE_ENDING.fullmatch(rest) is not None)


def _names_by_first_word(gazetteer: Gazetteer) -> dict[str, list[tuple[tuple[str, ...], Place]]]:
    """Names of one place only, as words, by their first word; of every kind, lest a town be read in a region's name."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in gazetteer.names():
        surface = tuple(_WORD.findall(name.surface.lower().replace("ё", "е")))
        if surface:
            owners[surface].add(name.place_id)
    index: dict[str, list[tuple[tuple[str, ...], Place]]] = defaultdict(list)
    for surface, ids in owners.items():
        place = gazetteer.places[min(ids)]
        if len(ids) == 1:
            index[surface[0]].append((surface, place))
    return index


@lru_cache(maxsize=1)
def _load_phrases() -> _Phrases:
    raw = tomllib.loads(PHRASES_FILE.read_text("utf-8"))
    strange = [*(set(raw["status"]) - set(STATUSES)), *(set(raw["lack"]) - set(LAYERS))]
    if strange:
        raise BadSeed(f"{PHRASES_FILE.name}: {', '.join(strange)} is neither a status nor a layer.")
    return _Phrases(
        status=tuple((phrase, status) for status, entries in raw["status"].items() for phrase in entries),
        lack=tuple((phrase, layer) for layer, entries in raw["lack"].items() for phrase in entries),
        zone_planned=tuple(raw["zone"]["planned"]),
    )
