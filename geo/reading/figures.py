"""One sentence at a time: each number becomes a figure with its evidence, or is left out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from geo.reading.concluding import Case, conclude
from geo.reading.ellipsis import (
    BARE_AFTER,
    carried_noun,
    money_left_out,
    noun_of_number,
    share_left_out,
    starts_a_rise,
)
from geo.reading.focus import MEANT
from geo.reading.focusing import Places, is_date_line, settle_focus
from geo.reading.gist import Gist
from geo.reading.headed import go_on_under_head, note_question, noun_of_head, noun_of_question, take_head
from geo.reading.lists import begins_with_year
from geo.reading.measures import noun_of_measure
from geo.reading.parts import noun_of_bracket, noun_of_one_of
from geo.reading.phrases import Opening
from geo.reading.sentences import Sentence
from geo.reading.state import MEASURES, Figure, Left, Run
from geo.reading.status import Sign, status_signs
from geo.reading.units import Counted, noun_before
from geo.reading.view import View
from geo.reading.works import speaks_of_route
from geo.reading.zones import OF_ZONES, WORKS_FOR_ZONE, is_example_of_zones, lays_networks_to_zone, note_zones

_DIGITS: Final = regex.compile(r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:,\d+)?")
_THEM_FIRST: Final = regex.compile(
    r"[\s«–—-]*[\p{L}\d]+\sиз\s(?:них|которых|этого числа)(?!\p{L})"
)  # «22 из них переходящие»
_TELLING: Final = frozenset((*MEANT, "district_word", "village_word"))  # words that tell of a place, or name one
_REMEMBERED: Final = 4  # sentences without figures whose places are still remembered
_LINK_START: Final = Opening("there", "goes_on", "namely")


def read_sentence(run: Run, sentence: Sentence, gist: Gist, figures: list[Figure], left: list[Left]) -> None:
    """Add the figures of one sentence, and take up what it speaks of."""
    subject, low, layers = run.subject, run.page.low, gist.layers
    subject.move_on(sentence.line)
    has_digit = bool(run.page.digits(sentence.start, sentence.end))
    run.focus.age += 1
    go_on_under_head(run, sentence)
    told = len(figures)
    places: Places | None = None
    if has_digit or gist.numbers:
        planned = gist.plan and sentence.paragraph in run.industrial
        if layers or planned or subject.strength or subject.main or gist.own_noun:
            view = View(run.page, sentence, run.words)
            places = Places(run, view)
            before = len(figures)
            _read_numbers(run, view, places, figures, left)
            if len(figures) > before:
                _note_figures(run, sentence, figures[before:])
        elif has_digit:
            left += [
                Left(found.start(), found.end(), "no word of a layer near it")
                for found in _DIGITS.finditer(low, sentence.start, sentence.end)
            ]
        run.told_year = (-1, "")
    else:
        run.told_year = (sentence.line if gist.year else -1, gist.year)
    note_question(run, sentence)
    if low[sentence.end - 1] == ":":
        near = run.last is not None and sentence.line - run.last_line <= 1
        own = len(figures) == told and take_head(run, sentence, layers)
        run.listed = run.last if near and not own else None
    if places is not None and places.looked:
        if "industry" in layers or "this_zone" in gist.places or places.view.of("unit", "zones"):
            note_zones(run, places.view)
        settle_focus(run, places.view, places.mentions)
    elif gist.names or "industry" in layers or (gist.places and not _TELLING.isdisjoint(gist.places)):
        if is_date_line(run, sentence):
            return
        run.waiting.append((sentence, places.view if places is not None else None, run.focus.age))
        del run.waiting[:-_REMEMBERED]
    spent = len(figures) > told and figures[-1].layer.word == WORKS_FOR_ZONE
    if spent or lays_networks_to_zone(run.focus, sentence.line, layers, gist.places):
        subject.hear(("industry",), False)
    elif layers or (gist.others and len(figures) == told):  # «к ним подключились 410 дворов» goes on with the water
        along_line = not layers and places is not None and speaks_of_route(places.view, subject)
        subject.hear(layers, gist.others and not along_line)
    elif subject.strength.get("industry", 0.0) > OF_ZONES and is_example_of_zones(run.page, sentence):
        subject.hear(("industry",), False)


def _note_figures(run: Run, sentence: Sentence, found: Sequence[Figure]) -> None:
    """What the sentences after may go on with."""
    run.last, run.last_line, run.last_measure = found[-1], sentence.line, None
    for figure in found:
        if figure.counted.code in ("km", "m3day"):
            run.last_measure = figure
        if figure.counted.code == "percent":
            run.last_share = figure
        if figure.counted.code not in MEASURES:
            run.last_noun = figure.counted.code
        elif "of_zones" in figure.flags:
            run.last_noun = "zones"  # «11 процентов индустриальных зон страны. В городе их семь»
        if figure.status.word:
            run.listed = None  # a sentence of its own ends a list


def _read_numbers(run: Run, view: View, places: Places, figures: list[Figure], left: list[Left]) -> None:
    numbers = view.numbers
    linked = (
        _LINK_START.opens(view.page.low, view.start)
        or _THEM_FIRST.match(view.page.low, view.start) is not None
        or (run.last_line == view.sentence.line and begins_with_year(view))
    )
    years = view.years
    signs: list[Sign] | None = None
    previous: Counted | None = None
    previous_any: Counted | None = None
    floor = view.start  # where the last number that may have a noun ends
    for index, number in enumerate(numbers):
        if years and any(year.start < number.end and number.start < year.end for year in years):
            left.append(Left(number.start, number.end, "a year"))
            continue
        if number.odd:
            left.append(Left(number.start, number.end, number.odd))
            continue
        limit = numbers[index + 1].start if index + 1 < len(numbers) else view.end
        counted = noun_of_number(run, view, number, index, limit, previous, previous_any, linked)
        if counted is None or (counted.code == "none" and number.tail):
            bare = BARE_AFTER.match(view.page.low, number.end + len(number.tail)) is not None
            counted = noun_before(view, number, floor, bare) or counted
        earlier = figures[-1] if figures and figures[-1].sentence is view.sentence else None
        counted = counted or noun_of_measure(run, view, number, earlier)
        if counted is None:
            counted = carried_noun(run, view, number, index, previous, previous_any, linked)
        if counted is None or counted.how in ("carried", "before"):
            sums = money_left_out(view, number, counted, previous_any)
            counted = sums or share_left_out(view, number, previous_any) or counted
        if counted is not None and counted.how != "after" and starts_a_rise(view, number, index):
            left.append(Left(number.start, number.end, "the level before a rise"))
            continue
        counted = counted or noun_of_head(run, view, number, index) or noun_of_question(run, view, number, index)
        counted = counted or noun_of_bracket(view, number) or noun_of_one_of(view, number)
        floor = floor if counted is not None and counted.code == "none" else number.end  # «за три года» parts nothing
        if counted is None:
            left.append(Left(number.start, number.end, "nothing countable beside it"))
            continue
        previous_any = counted
        if counted.code not in MEASURES:
            previous = counted
        if signs is None:
            signs = status_signs(view, run.vocabulary)
        made = conclude(Case(run, view, number, index, counted, places, signs, linked, earlier))
        if isinstance(made, str):
            left.append(Left(number.start, number.end, made))
        else:
            figures.append(made)
            strength = run.subject.strength
            strength[made.layer.layer] = max(strength.get(made.layer.layer, 0.0), 0.6)
