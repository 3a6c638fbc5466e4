"""A document read from top to bottom: sentences, their numbers, and for each number the figure or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Final

from geo.model import Document, Observation, Span
from geo.reading.dating import Setting, infer_date
from geo.reading.figures import read_sentence
from geo.reading.focus import Focus
from geo.reading.gist import Gist, gists, industrial_paragraphs, layer_words
from geo.reading.layers import Subject, main_layer
from geo.reading.matching import Matcher, Words
from geo.reading.mention import Mention
from geo.reading.merging import merged_observations
from geo.reading.names import find_mentions, hinted_places, surfaces
from geo.reading.sentences import Sentence, split_sentences
from geo.reading.setting import infer_home
from geo.reading.state import Figure, Left, Run
from geo.reading.text import Page, make_page
from geo.reading.view import View
from geo.reading.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.place_tables import Place

_FAR: Final = 0.2  # degrees
_TITLE_COUNTS: Final = 3  # times as much as the body


@dataclass(frozen=True, slots=True)
class Skipped:
    """A number that was left out, with the reason. ``document.text[slice(*span)] == text``."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says: observations in text order, the numbers left out, and what was concluded for the whole.

    ``document`` carries the date that was used; where it was inferred, ``document.date_basis`` is "inferred".
    ``home`` holds the ISO codes of the document's own region, () where it does not tell.
    """

    document: Document
    observations: tuple[Observation, ...]
    skipped: tuple[Skipped, ...] = ()
    inferred: tuple[str, ...] = ()
    home: tuple[str, ...] = ()


def read_document(document: Document, gazetteer: Gazetteer) -> Reading:
    """Read every figure of gas, water, internet and industrial zones in ``document``.

    Deterministic, linear in the length of the text, and silent on hostile input: what cannot be read is left out.
    """
    vocabulary = load_vocabulary()
    matcher = _matcher(gazetteer)
    page = make_page(document.text, document.body_start)
    sentences = split_sentences(page)
    words = matcher.words(page)
    spoken = gists(sentences, words.leading())
    setting = infer_date(page, sentences, words, document.date, vocabulary)
    title = make_page(document.title)
    title_view = View(title, Sentence(0, len(title.plain), 0, 0), matcher.words(title))
    focus = _home(page, words, spoken, title_view, gazetteer)
    focus.seats = _seats_of(id(gazetteer), _Box(gazetteer))
    subject = Subject(main=_main_layer(spoken, title_view))
    industrial = industrial_paragraphs(sentences, spoken)
    run = Run(page, words, vocabulary, gazetteer, focus, subject, setting.date, industrial)
    figures: list[Figure] = []
    left: list[Left] = []
    for sentence, gist in zip(sentences, spoken, strict=True):
        read_sentence(run, sentence, gist, figures, left)
    dated = _dated(document, setting)
    observations = merged_observations(dated, page, figures, setting, gazetteer)
    skipped = tuple(_skip(page, item) for item in left)
    return Reading(dated, observations, skipped, _notes(setting, focus), focus.home)


@lru_cache(maxsize=4)
def _matcher_of(key: int, gazetteer_box: _Box) -> Matcher:
    return Matcher(load_vocabulary(), surfaces(gazetteer_box.gazetteer))


@lru_cache(maxsize=4)
def _seats_of(key: int, gazetteer_box: _Box) -> dict[str, Place]:
    """The town at the position of each region, which is that of its seat (degrees, EPSG:4326)."""
    places = gazetteer_box.gazetteer.places.values()
    towns = [place for place in places if place.kind == "city"]
    seats: dict[str, Place] = {}
    for region in places:
        near = [(_degrees(town, region), town) for town in towns if region.id in town.regions]
        if region.kind == "region" and near:
            distance, town = min(near, key=lambda pair: pair[0])
            if distance < _FAR:
                seats[region.id] = town
    return seats


def _degrees(a: Place, b: Place) -> float:
    """How far two places are, by their longitudes and latitudes together; infinite where one has no position."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return inf
    return abs(a.lon - b.lon) + abs(a.lat - b.lat)


class _Box:
    """Hashes by the identity of the gazetteer it keeps alive."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __hash__(self) -> int:
        return id(self.gazetteer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Box) and self.gazetteer is other.gazetteer


def _matcher(gazetteer: Gazetteer) -> Matcher:
    return _matcher_of(id(gazetteer), _Box(gazetteer))


def _home(page: Page, words: Words, spoken: Sequence[Gist], title: View, gazetteer: Gazetteer) -> Focus:
    """The document's own region, from its title and every name in it."""
    hinted: list[tuple[int, list[Mention]]] = []
    for index, gist in enumerate(spoken):
        if gist.names:
            hinted.append((index, hinted_places(page, gist.names, words, gazetteer)))
    title_words = Counter(hit.term.code for hit in title.of("place"))
    place_words = Counter(code for gist in spoken for code in gist.places)
    return infer_home(find_mentions(title, gazetteer, ()), hinted, place_words, title_words)


def _main_layer(spoken: Sequence[Gist], title: View) -> str:
    codes: Counter[str] = Counter()
    for hit in title.of("layer"):
        codes[hit.term.code] += _TITLE_COUNTS
    codes.update(layer_words(spoken))
    return main_layer(codes)


def _dated(document: Document, setting: Setting) -> Document:
    if document.date is None and setting.date is not None:
        return replace(document, date=setting.date, date_basis="inferred")
    return document


def _notes(setting: Setting, focus: Focus) -> tuple[str, ...]:
    notes = []
    if setting.reason:
        notes.append(f"date: {setting.reason}")
    if focus.home:
        notes.append(f"region: {'+'.join(focus.home)}: {focus.home_reason}")
    return tuple(notes)


def _skip(page: Page, left: Left) -> Skipped:
    span = page.span(left.start, left.end)
    return Skipped(span, page.raw[slice(*span)], left.reason)
