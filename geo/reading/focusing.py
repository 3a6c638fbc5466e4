"""Which place a text speaks of, sentence by sentence: taken up where one is named or meant, then gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from geo.document_dates import date_beside_names
from geo.reading.deciding import note_zones
from geo.reading.focus import PlaceFound, is_of_speaker, note_mentions, place_meant
from geo.reading.names import Mention, find_mentions
from geo.reading.sentences import Sentence
from geo.reading.state import Run
from geo.reading.view import View
from geo.reading.zones import with_quoted_zones

_TOPIC = 45  # characters from the start of a sentence within which a place is what it is about
_OF_ZONES = 0.2  # strength of the subject from which a name in quotes may be a zone's
_TOP_LINES, _DATE_LINE = 6, 80


class Places:
    """The places of a sentence, looked up only once a figure needs them."""

    def __init__(self, run: Run, view: View) -> None:
        self._run, self._view = run, view
        self.looked = False

    @cached_property
    def mentions(self) -> list[Mention]:
        run = self._run
        self.looked = True
        _catch_up(run)
        found = find_mentions(self._view, run.gazetteer, run.focus.home)
        if self._view.sentence.paragraph in run.industrial or run.subject.strength.get("industry", 0.0) > _OF_ZONES:
            found = with_quoted_zones(self._view, found, run.gazetteer, run.focus.region or run.focus.home)
        note_mentions(self._view, found, run.focus)
        return found


def settle_focus(run: Run, view: View, mentions: Sequence[Mention]) -> bool:
    """The place the next sentence goes on with, where it names none. Whether this sentence named one."""
    sentence = view.sentence
    told = [
        m
        for m in mentions
        if not m.line
        and m.kind in ("region", "district", "city", "settlement", "zone")
        and m.end - m.start < 0.6 * (sentence.end - sentence.start)
    ]
    if not told:
        meant = place_meant(view, run.focus)
        if meant is None:
            return False
        # «Облысты толық қамту…»: the oblast is spoken of again, not the place inside it.
        run.focus.current, run.focus.topic, run.focus.age = meant, meant.mention is not None, 0
        run.focus.paragraph, run.focus.line = sentence.paragraph, sentence.line
        return True
    last = told[-1]
    inside = last if last.kind != "region" and len({m.name for m in told if m.kind == last.kind}) == 1 else None
    if inside is None and len({m.id for m in told if m.kind == "region"}) > 1:
        run.focus.current = PlaceFound()
    else:
        run.focus.current = PlaceFound(last.regions or run.focus.region or run.focus.home, inside, "focus")
    named_first = told[0] is last and last.start - sentence.start <= _TOPIC
    run.focus.topic = inside is not None and named_first and not is_of_speaker(view, last)
    run.focus.age = 0
    run.focus.paragraph, run.focus.line = sentence.paragraph, sentence.line
    return True


def is_date_line(run: Run, sentence: Sentence) -> bool:
    """«Астана, 2025 жылғы 20 қазан»: where a text was written is not what its sentences are about."""
    line = run.page.plain[sentence.start : sentence.end]
    return sentence.line < _TOP_LINES and len(line) < _DATE_LINE and date_beside_names(line) is not None


def _catch_up(run: Run) -> None:
    """What the sentences without figures since the last one spoke of: places and zones."""
    age, told = run.focus.age, None
    for sentence, hits, then in run.waiting:
        view = View(run.page, sentence, hits)
        mentions = find_mentions(view, run.gazetteer, run.focus.home)
        note_mentions(view, mentions, run.focus)
        note_zones(run, view)
        if settle_focus(run, view, mentions):
            told = then
    if told is not None:
        run.focus.age = age - told
    else:
        run.focus.age = age
    run.waiting.clear()
