"""One sentence at a time: each number becomes a figure with its evidence, or is left out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import regex

from geo.reading.deciding import (
    inherit_base,
    inherit_network,
    inside_zone,
    mark_new_or_stock,
    mark_total,
    note_zones,
    rises_from,
    share_of_count,
    status_code,
)
from geo.reading.ellipsis import BARE_AFTER, carried_noun, money_left_out, noun_of_number, share_left_out, starts_a_rise
from geo.reading.focus import CITY_REGIONS, MEANT, PlaceFound
from geo.reading.focusing import Places, is_date_line, settle_focus
from geo.reading.gist import Gist
from geo.reading.indicators import choose_indicator, figure_flags
from geo.reading.layers import LayerFound, figure_layer, of_portfolio
from geo.reading.lists import goes_on_by_measure, goes_on_with_money, is_breakdown, is_next_of_list
from geo.reading.numbers import Number
from geo.reading.periods import figure_period, year_from
from geo.reading.phrases import Opening, phrase
from geo.reading.places import figure_place, tells_of_villages_too
from geo.reading.qualifiers import figure_qualifier
from geo.reading.refusals import refuse
from geo.reading.sentences import Sentence
from geo.reading.state import MEASURES, NETWORK_FLAGS, Figure, Left, Run
from geo.reading.status import Sign, figure_status, status_signs
from geo.reading.units import Counted, noun_before
from geo.reading.view import View
from geo.reading.vocabulary import load_vocabulary
from geo.reading.zones import OF_ZONES, is_example_of_zones, lays_networks_to_zone

if TYPE_CHECKING:
    pass

_DIGITS: Final = regex.compile(r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:,\d+)?")
_LISTED: Final = tuple(sorted(load_vocabulary().forms("auxiliary", "listed")))  # what a plan holds is planned, not done
_REMEMBERED: Final = 4  # sentences without figures whose places are still remembered
_OPENING: Final = r"[\s«–—-]*"
_ONLY: Final = phrase("only")
_LINK_PLACE: Final = Opening("there")
_THAT_IS: Final = Opening("that_is", after=r"\s?[–—-]\s")
_THIS_IS: Final = phrase("that_is", before=r"(?:[^.!?\n]{0,60},\s)?\s?", after=r"\s?[–—-]\s")
_SOCIAL: Final = frozenset(("schools", "health", "institutions"))
_PROJECT_START: Final = regex.compile(
    _OPENING + r"(?:бұл\s|жалпы\s)?(?:жоба(?:ның|ға)?(?:\s\p{Ll}+){0,2}\s(?:құны|бағасы)|инвестиция көлемі|құны"
    r"|(?:общая\s|сметная\s)?стоимость|объем(?:ы)? (?:частных\s)?(?:инвестиций|вложений|финансирования)"
    r"|протяженность|ұзындығы)"
)
_IN_ZONE: Final = regex.compile(
    r"\s(?:[\p{Ll}-]+\s){0,2}(?:аймақ|аумақ|алаң|парк|жер)(?:та|те|да|де|тағы|дағы|ында)(?!\p{L})"
)
_COVERED: Final = ("қамт", "жабдықтал", "газдандырыл")
_SAME_PEOPLE: Final = phrase("that_is", before=r",\s", after=r"\s(?:[–—-]\s)?(?:\p{Ll}+\s){0,2}$")
_LINK_START: Final = Opening("there", "goes_on", "namely")


def read_sentence(run: Run, sentence: Sentence, gist: Gist, figures: list[Figure], left: list[Left]) -> None:
    """Add the figures of one sentence, and take up what it speaks of."""
    subject, low, layers = run.subject, run.page.low, gist.layers
    subject.move_on(sentence.line)
    has_digit = bool(run.page.digits(sentence.start, sentence.end))
    run.focus.age += 1
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
    if low[sentence.end - 1] == ":":
        run.listed = run.last if run.last is not None and sentence.line - run.last_line <= 1 else None
    if places is not None and places.looked:
        if "industry" in layers:
            note_zones(run, places.view)
        settle_focus(run, places.view, places.mentions)
    elif gist.names or "industry" in layers or (gist.places and any(code in MEANT for code in gist.places)):
        if is_date_line(run, sentence):
            return
        run.waiting.append((sentence, run.focus.age))
        del run.waiting[:-_REMEMBERED]
    if lays_networks_to_zone(run.focus, sentence.line, layers, gist.places):
        subject.hear(("industry",), False)
    elif layers or gist.others:
        subject.hear(layers, gist.others)
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
    linked = _LINK_START.opens(view.page.low, view.start)
    years = view.years
    signs: list[Sign] | None = None
    previous: Counted | None = None
    previous_any: Counted | None = None
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
            floor = next((n.end for n in reversed(numbers[:index]) if not n.odd), view.start)  # «4G» parts nothing
            bare = BARE_AFTER.match(view.page.low, number.end + len(number.tail)) is not None
            counted = noun_before(view, number, floor, bare) or counted
        if counted is None:
            counted = carried_noun(run, view, number, index, previous, previous_any, linked)
        if counted is None or counted.how in ("carried", "before"):
            sums = money_left_out(view, number, counted, previous_any)
            counted = sums or share_left_out(view, number, previous_any) or counted
        if counted is not None and counted.how != "after" and starts_a_rise(view, number, index):
            left.append(Left(number.start, number.end, "the level before a rise"))
            continue
        if counted is None:
            left.append(Left(number.start, number.end, "nothing countable beside it"))
            continue
        previous_any = counted
        if counted.code not in MEASURES:
            previous = counted
        if signs is None:
            signs = status_signs(view, run.vocabulary)
        earlier = figures[-1] if figures and figures[-1].sentence is view.sentence else None
        made = _figure(run, view, number, index, counted, places, signs, linked, earlier)
        if isinstance(made, str):
            left.append(Left(number.start, number.end, made))
        else:
            figures.append(made)
            strength = run.subject.strength
            strength[made.layer.layer] = max(strength.get(made.layer.layer, 0.0), 0.6)


def _figure(
    run: Run,
    view: View,
    number: Number,
    index: int,
    counted: Counted,
    places: Places,
    signs: list[Sign],
    linked: bool,
    earlier: Figure | None,
) -> Figure | str:
    if counted.code == "none":
        return (
            f"counts {view.text(counted.hit.start, counted.hit.word_end)}" if counted.hit else "counts nothing of ours"
        )
    counts_on = number.of_them and counted.how == "carried"
    if (
        number.article
        and not counts_on
        and not (
            counted.how == "after"
            and (counted.steps == 0 or "ғана" in view.text(number.end, counted.end))
            and counted.code in ("projects", "settlements", "zones", "sez", "schools")
            and _ONLY.search(view.text(max(view.start, number.start - 9), counted.end))
        )
    ):
        return "a word for one, used as an article"
    layer = figure_layer(view, number, counted, run.subject)
    layer = of_portfolio(view, counted, layer, run.industrial)
    told = [hit.term.code for hit in view.of("place")]
    if counted.code == "money" and lays_networks_to_zone(run.focus, view.sentence.line, [layer.layer], told):
        layer = LayerFound("industry", "context", "works for the zone spoken of")
    if not layer.layer:
        return layer.reason
    status = figure_status(view, number, signs, counted.end)
    before = earlier
    if before is None and run.last is not None and view.sentence.line == run.last_line:
        goes_on = linked or _PROJECT_START.match(view.page.low, view.start) is not None
        before = run.last if goes_on else None
    if not signs and before is not None:
        status = before.status
    flags = figure_flags(view, number, counted, layer.layer, layer.how, status)
    if counted.code == "money" and layer.how == "context" and goes_on_with_money(run, view, layer.layer):
        flags.set("investment", "as in the sum before")
    portfolio = layer.layer == "industry" and layer.how == "title" and bool(view.of("cue", "portfolio"))
    if portfolio:
        flags.set("portfolio", layer.word)
        if status.code in ("", "actual") and (not status.word or status.word in _LISTED):
            status = status.planned()
    beside = earlier if earlier is not None and earlier.layer.layer == layer.layer else None
    villages = beside if beside is not None and beside.counted.code == "settlements" else None
    if (
        villages is not None
        and counted.code in ("people", "households")
        and "unserved" in villages.flags
        and (
            view.near(number, "cue", "live", within=1.0)
            or _SAME_PEOPLE.search(view.text(villages.number.end, number.start))
        )
    ):
        flags.set("unserved", "lives where the service is lacking")
    if (
        (
            earlier is not None
            and counted.how in ("carried", "before")
            and counted.code == earlier.counted.code
            and earlier.layer.layer == "internet"
        )
        and not NETWORK_FLAGS & set(flags.held)
        and "unserved" not in flags
    ):
        for name in sorted(NETWORK_FLAGS & set(earlier.flags.held)):
            flags.set(name, "as in the figure before")
    if counted.code == "percent":
        share_of_count(view, number, layer, flags, earlier)
    alike = beside if beside is not None and beside.counted.code == counted.code else None
    same_length = alike if counted.code == "km" and counted.how == "carried" else None
    if same_length is not None and status.word in ("", same_length.status.word):
        status = same_length.status
        for name in sorted({"repair", "lacking"} & set(same_length.flags.held)):
            flags.set(name, "as in the length before")  # «ремонта ждут 900 км сетей, в Абайской – 300»
    listed = beside is not None and {beside.counted.code, counted.code} <= _SOCIAL  # «412 школ, 276 медучреждений»
    reason = (
        ""
        if same_length is not None or listed or goes_on_by_measure(run, view, counted, layer.layer)
        else refuse(view, number, counted, layer, flags, run.subject, villages is not None)
    )
    if reason:
        return reason
    qualifier, rises = figure_qualifier(view, number, counted)
    mark_total(view, number, index, counted, layer, flags, status)
    period, why = figure_period(view, number, status.code or "actual", run.date)
    code = status_code(run, view, number, counted.code, status, period, flags)
    if rises_from(view, number, index, counted):
        if counted.code == "percent" and code == "actual":
            return "the level before a rise"
        code = "actual" if code in ("planned", "target") else code
    if code != (status.code or "actual"):
        period, why = figure_period(view, number, code, run.date)
    if (
        before is not None
        and before.period
        and why in ("", "document's date")
        and (code == before.status_code)
        and before.period_why != "document's date"
    ) and (linked or earlier is None):
        period, why = before.period, f"as in the figure before ({before.period_why})"
    if period is None and code in ("planned", "target") and run.date and run.told_year[0] == view.sentence.line:
        period, why = year_from(run.date, run.told_year[1]), "year of the sentence before"
    mark_new_or_stock(view, number, counted, code, status, rises, period, why, flags)
    if (
        earlier is not None
        and "total" in earlier.flags
        and number.of_them
        and status.word.startswith(_COVERED)
        and not why.startswith(("«", "year"))
        and flags.held.pop("new", "")
    ):
        flags.set("state", "of all of them")  # «310 ауылдың 298-і сумен қамтылды»
    if counted.code == "percent":
        inherit_base(run, view, number, layer, flags, linked, earlier)
    elif counted.code == "settlements" and layer.layer == "internet" and layer.how in ("context", "title"):
        inherit_network(run, view, number, flags)
    farmed = earlier or run.last
    if layer.layer == "irrigation" and farmed is not None and farmed.layer.layer == "irrigation":
        for name in ("saving", "irrigated"):
            if name in farmed.flags and not {"saving", "irrigated"} & set(flags.held):
                flags.set(name, "as in the figure before")
        if counted.code == "percent" and "saving" in farmed.flags and _THIS_IS.match(view.page.low, view.start):
            flags.set("saving", "this is said of the area before")  # «Бұл – облыстағы суармалы жердің 9,5 пайызы»
    if (
        (counted.code == "settlements" or (counted.code == "people" and layer.layer in ("water", "internet")))
        and code == "needed"
        and not view.text(view.end - 30, view.end).rstrip(" .").endswith((" болған", " еді", " болатын"))
    ):
        flags.set("unserved", status.word)
    if counted.code == "hectare" and code in ("planned", "underway") and _IN_ZONE.match(view.page.low, counted.end):
        code, period = "actual", None
        period, why = figure_period(view, number, code, run.date)
    of_place = linked and _LINK_PLACE.opens(view.page.low, view.start)
    place = figure_place(view, number, counted.end, places.mentions, run.focus, of_place, counted.code, layer.layer)
    if run.last is not None and view.sentence.line == run.last_line and _THAT_IS.opens(view.page.low, view.start):
        place = run.last.place  # «Бұл – 20 мыңдай адам»
    if run.last is not None and _leaves_noun_and_place_out(run.last, run, view, counted, places):
        place = run.last.place  # «… в 11 из 42 сёл района. В девяти стоят колонки»
    if "of_rural" in flags and place.mention is not None and place.mention.kind == "city":
        place = PlaceFound(place.regions, None, place.how, "villagers do not live in the town")
    if "of_urban" in flags and place.how == "words" and tells_of_villages_too(view):
        place = PlaceFound(place.regions, None, place.how, "townspeople beside villagers: those of the whole region")
    if place.regions and place.regions[0] in CITY_REGIONS:
        flags.held.pop("of_urban", None)  # everybody there lives in the city
    indicator = choose_indicator(counted.code, layer.layer, flags)
    if not indicator:
        return f"the {layer.layer} layer has no measure for it here"
    head = run.listed or (run.last if is_breakdown(run, view, number, counted) else None)
    if head is not None and not signs and head.counted.code == counted.code and head.layer.layer == layer.layer:
        indicator, code = (
            head.indicator,
            head.status_code,
        )  # «Ақмола облысы – 38 ауыл» under «412 ауылға … Соның ішінде:»
        flags.held.pop("total", None)
        period, why = (head.period, "as before the list") if head.period else (period, why)
    if earlier is not None and is_next_of_list(view, number, counted, layer.layer, earlier, signs):
        indicator, code, period, why = earlier.indicator, earlier.status_code, earlier.period, earlier.period_why
        flags.held = dict(earlier.flags.held)
    if (
        not signs
        and before is not None
        and before.counted.code == counted.code
        and any(hit.start < number.start for hit in view.of("cue", "subset"))
        and layer.how in ("context", "title")
    ):
        indicator = before.indicator  # «Соның ішінде Ақсуат ауданында – 29»
    if (
        layer.layer == "industry"
        and not portfolio
        and place.mention is None
        and counted.code not in ("zones", "sez", "percent")
        and len(place.regions) <= 1
        and place.regions != ("KZ",)
    ):
        place = inside_zone(run, view, number, place)
    if flags.held.get("total") is not None and code != "actual":
        code = "actual"
    currency = counted.hit.term.extra.get("currency") if counted.hit and counted.code == "money" else None
    return Figure(
        number,
        counted,
        view.sentence,
        layer,
        indicator,
        status,
        code,
        qualifier,
        period,
        why,
        place,
        flags,
        currency if currency != "KZT" else None,
        view.sentence.heading,
        number.high,
    )


def _leaves_noun_and_place_out(last: Figure, run: Run, view: View, counted: Counted, places: Places) -> bool:
    """Whether the noun is that of the sentence before, and no other place or sum is named."""
    return (
        not view.kazakh
        and view.sentence.line == run.last_line
        and counted.how == "carried"
        and counted.hit is None
        and counted.code == last.counted.code
        and not places.mentions
        and not view.of("place", *MEANT, "here")
        and not view.of("cue", "sum")
    )
