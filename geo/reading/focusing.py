"""Which place a text speaks of, sentence by sentence: taken up where one is named or meant, then gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from geo.document_dates import date_beside_names
from geo.model import COUNTRY
from geo.reading.focus import INSIDE, Focus, PlaceFound, is_of_speaker, is_source, note_mentions, place_meant
from geo.reading.mention import Mention
from geo.reading.names import find_mentions
from geo.reading.numbers import Number
from geo.reading.phrases import Sought
from geo.reading.sentences import Sentence
from geo.reading.state import Run
from geo.reading.view import View
from geo.reading.zones import OF_ZONES, note_zones, with_quoted_zones

_TOPIC: Final = 45  # characters from the start of a sentence within which a place is what it is about
_DATELINE: Final = 0.6  # a place that is more of its sentence only says where the text was written
_SIZES: Final = ("zone", "settlement", "city", "district", "region")  # from the smallest
_BESIDE: Final = 4  # characters between a district and the oblast that it lies in
_ASIDE: Final = Sought("aside")
_ONE: Final = regex.compile(r"(?:\sбірі|\sодна из (?:них|которых))\s?(?:[–—-]\s)?(?:[\p{L}-]+\s){0,3}«?$")
_ONE_REACH: Final = 60  # characters
_OUT_OF_ALL: Final = regex.compile(r"(?<!\p{L})(?:одн\p{Ll}{1,2}\sиз|в\sчисло)\s[\p{L}\d]+[^,;.]*")
_TOP_LINES: Final = 6
_DATE_LINE: Final = 80


class Places:
    """The places of a sentence, looked up only once a figure needs them."""

    def __init__(self, run: Run, view: View) -> None:
        self._run, self.view = run, view
        self._mentions: list[Mention] | None = None

    @property
    def looked(self) -> bool:
        """Whether they have been looked up."""
        return self._mentions is not None

    @property
    def mentions(self) -> list[Mention]:
        if self._mentions is None:
            self._mentions = self._look_up()
        return self._mentions

    def _look_up(self) -> list[Mention]:
        run = self._run
        _catch_up(run)
        found = find_mentions(self.view, run.gazetteer, run.focus.home, run.focus.region, run.focus.named)
        if self.view.sentence.paragraph in run.industrial or run.subject.strength.get("industry", 0.0) > OF_ZONES:
            found = with_quoted_zones(self.view, found, run.gazetteer, run.focus.region or run.focus.home)
        note_mentions(self.view, found, run.focus)
        return found


def settle_focus(run: Run, view: View, mentions: Sequence[Mention]) -> bool:
    """The place the next sentence goes on with, where it names none. Whether this sentence named one."""
    sentence = view.sentence
    told = [
        m
        for m in mentions
        if not m.line
        and m.kind in _SIZES
        and (
            m.kind == "zone"
            or m.end - m.start < _DATELINE * (sentence.end - sentence.start)
            or _is_headword(m, sentence)
        )
        and not _is_aside(view, m)  # a part is told; the whole goes on
    ]
    focus = run.focus
    focus.aside = next((m for m in reversed(mentions) if m.kind in INSIDE and not m.line and m not in told), None)
    focus.aside_end = sentence.end
    heading = next((m for m in mentions if sentence.heading and m.kind == "district" and m not in told), None)
    if heading is not None or any(m.kind == "region" for m in told):
        focus.under = heading
    if not told:
        meant = _country_told(run, sentence) or place_meant(view, mentions, focus)
        if meant is None:
            _keep_on(run, sentence)
            return False
        # «Облысты толық қамту…»: the oblast is spoken of again, not the place inside it.
        focus.current, focus.topic, focus.age = meant, meant.mention is not None, 0
        focus.works = ""
        focus.under = focus.under if meant.mention is not None else None
        focus.whole = meant.mention is None and meant.regions == focus.home
        focus.paragraph, focus.line = sentence.paragraph, sentence.line
        return True
    figure = run.last if run.last is not None and run.last.sentence is sentence else None
    inside, named_first = _inside_of(told, sentence)
    if inside is None and figure is not None and _is_first_told(told, figure.place):
        inside, named_first = figure.place.mention, told[0].start - sentence.start <= _TOPIC
    if inside is None and len({m.id for m in told if m.kind == "region"}) > 1:
        focus.current = PlaceFound()
    else:
        about = inside or told[-1]
        focus.current = PlaceFound(about.regions or focus.region or focus.home, inside, "focus")
    _note_whole(view, told, inside, focus)
    of_inside = figure is None or figure.place.mention is not None
    speaks = inside is not None and figure is None and is_of_speaker(view, inside)
    focus.topic = inside is not None and named_first and of_inside and not speaks
    layers = view.of("layer") if figure is None else ()  # «строительство водовода в Балхаше завершено»
    layer = figure.layer.layer if figure is not None else layers[-1].term.code if layers else ""
    focus.works = layer if inside is not None and of_inside else ""
    focus.age = 0
    focus.paragraph, focus.line = sentence.paragraph, sentence.line
    return True


def _note_whole(view: View, told: Sequence[Mention], inside: Mention | None, focus: Focus) -> None:
    """Whether the text has gone over from the place in its title to the oblast, or come back to it."""
    if focus.home_place is None:
        return
    if any(m.name == focus.home_place.name and m.kind != "region" for m in told):
        focus.whole = False
    elif inside is None and any(m.regions == focus.home and not is_source(view.page.low, m.end) for m in told):
        focus.whole = True


def _country_told(run: Run, sentence: Sentence) -> PlaceFound | None:
    """«В Казахстане 66 зон. На их территории – 860 проектов»: the country, where the figure told last is its own."""
    figure = run.last
    if figure is None or figure.sentence is not sentence or figure.place.regions != (COUNTRY,):
        return None
    return PlaceFound((COUNTRY,), None, "words", "the country is told of")


def _is_headword(mention: Mention, sentence: Sentence) -> bool:
    """«Шалкарский район. Интернет провели…»: a district alone, before what is told of it on the same line."""
    return mention.kind == "district" and not sentence.heading


def _is_aside(view: View, mention: Mention) -> bool:
    """«оның бесеуі Арыс ауданында», «больше всего – в Индерском районе»: of a part only."""
    if any(cue.start < mention.start for cue in view.of("cue", "subset")):
        return mention.kind != "zone" or not _is_one_of(view, mention)
    return bool(_ASIDE.told(view, view.text(view.start, mention.start)))


def _is_one_of(view: View, mention: Mention) -> bool:
    """«соның бірі – «Павлодар» АЭА»: one of those counted, of which the text goes on to tell."""
    return _ONE.search(view.text(max(view.start, mention.start - _ONE_REACH), mention.start)) is not None


def told_of_the_country(view: View, number: Number, mentions: list[Mention]) -> list[Mention]:
    """«одной из 17 действующих в Казахстане»: the country is the place of those zones, not of what the one has."""
    if view.kazakh or not any(mention.kind == "country" for mention in mentions):
        return mentions
    spans = [found.span() for found in _OUT_OF_ALL.finditer(view.page.low, view.start, view.end)]
    own = next((span for span in spans if span[0] <= number.start < span[1]), None)
    if own is not None:
        of_all = [m for m in mentions if own[0] <= m.start < own[1]]
        return of_all if any(m.kind == "country" for m in of_all) else mentions
    return [m for m in mentions if m.kind != "country" or not any(start <= m.start < end for start, end in spans)]


def _keep_on(run: Run, sentence: Sentence) -> None:
    """A sentence whose figure took the place before keeps the text there."""
    figure, focus = run.last, run.focus
    mention = figure.place.mention if figure is not None and figure.sentence is sentence else None
    if figure is not None and mention is not None and figure.place.how == "words":
        focus.current = figure.place  # «Бұл ауылда…»: taken up again, wherever it was told
    if figure is not None and mention is not None and mention is focus.current.mention:
        focus.works, focus.age = figure.layer.layer, min(focus.age, 1)
        if figure.place.how == "words":  # «Мұнда…», «По селу…», also in the next paragraph
            focus.topic, focus.paragraph, focus.line = True, sentence.paragraph, sentence.line


def _inside_of(told: Sequence[Mention], sentence: Sentence) -> tuple[Mention | None, bool]:
    """The one place inside a region that a sentence names last, and whether the sentence begins with it."""
    chains = _chains(told)
    last = chains[-1]
    if last[1].kind == "region" or len({m.name for _, m in chains if m.kind == last[1].kind}) > 1:
        return None, False
    return last[1], len(chains) == 1 and last[0] - sentence.start <= _TOPIC


def _chains(told: Sequence[Mention]) -> list[tuple[int, Mention]]:
    """Places side by side that lie in each other are one, the smallest, with the start of the whole.

    «в посёлке Курык Каракиянского района Мангистауской области» is the village.
    """
    chains: list[tuple[int, Mention]] = []
    end = -_BESIDE - 1
    for mention in told:
        if chains and mention.start - end <= _BESIDE and _are_nested(mention, chains[-1][1]):
            start, known = chains[-1]
            chains[-1] = (start, min(known, mention, key=lambda m: _SIZES.index(m.kind)))
        else:
            chains.append((mention.start, mention))
        end = mention.end
    return chains


def _are_nested(a: Mention, b: Mention) -> bool:
    return a.kind != b.kind and (not a.regions or not b.regions or bool({*a.regions} & {*b.regions}))


def _is_first_told(told: Sequence[Mention], place: PlaceFound) -> bool:
    """«Бәйтерек және Тасқала аудандарында», «в Балхаше – … до Приозёрска»: the figure has the place named first."""
    first = next((m for m in told if m.kind != "region"), None)
    return first is not None and place.mention is not None and first.start == place.mention.start


def is_date_line(run: Run, sentence: Sentence) -> bool:
    """«Астана, 2025 жылғы 20 қазан»: where a text was written is not what its sentences are about."""
    if sentence.line >= _TOP_LINES or sentence.end - sentence.start >= _DATE_LINE:
        return False
    return date_beside_names(run.page.plain[sentence.start : sentence.end]) is not None


def _catch_up(run: Run) -> None:
    """What the sentences without figures since the last one spoke of: places and zones."""
    age, told = run.focus.age, None
    for sentence, seen, then in run.waiting:
        view = seen if seen is not None else View(run.page, sentence, run.words)
        mentions = find_mentions(view, run.gazetteer, run.focus.home, run.focus.region, run.focus.named)
        note_mentions(view, mentions, run.focus)
        note_zones(run, view)
        if settle_focus(run, view, mentions):
            told = then
    if told is not None:
        run.focus.age = age - told
    else:
        run.focus.age = age
    run.waiting.clear()
