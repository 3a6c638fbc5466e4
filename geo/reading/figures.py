"""One sentence at a time: each number becomes a figure with its evidence, or is left out with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from geo.model import Period
from geo.reading.indicators import Flags, choose_indicator, figure_flags, is_counted
from geo.reading.layers import LayerFound, Subject, figure_layer
from geo.reading.matching import Hit
from geo.reading.names import Mention, find_mentions
from geo.reading.numbers import Number
from geo.reading.periods import figure_period
from geo.reading.places import CITY_REGIONS, Focus, PlaceFound, figure_place, note_mentions
from geo.reading.qualifiers import figure_qualifier
from geo.reading.refusals import refuse
from geo.reading.sentences import Sentence
from geo.reading.status import Sign, StatusFound, figure_status, status_signs
from geo.reading.text import Page
from geo.reading.units import Counted, counted_noun, noun_before
from geo.reading.view import View
from geo.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_DIGIT = regex.compile(r"\d")
_DIGITS = regex.compile(r"\d{1,3}(?: \d{3})*(?:,\d+)?")
_REMEMBERED = 8  # sentences without figures whose places are still remembered
_OF_THEM_RU = regex.compile(r"\s(?:из)\s(?:них|этих|которых)?\s?")
_FROM_THEM_BEFORE = regex.compile(r"(?:из|среди|от)\s(?:всех\s|более чем\s|почти\s)?$")
_GENITIVE_NOUN = regex.compile(r"(?:[дтн][ыі]ң|ішінен|ішінде)$")
_IN_YEAR = regex.compile(r"(?<!\p{L})в(?:\sпериод)?\s(?:20\d\d|этом|текущем|прошлом|минувшем|нынешнем)|с начала (?:20\d\d\s|текущего\s|этого\s)?года|за (?:год|20\d\d|\d+ месяц|прошл)")
_THAT_IS = regex.compile(r"(?:[,(–—]\s?|\s)(?:или|это|то есть|т\.е\.|яғни|демек|бұл|что составляет|немесе)\s(?:[\p{Ll}]+\s){0,3}$")
_ONLY = regex.compile(r"(?<!\p{L})(?:ғана|только|лишь|всего)(?!\p{L})")
_MANY_ZONES = regex.compile(r"(?:аймақтар|аумақтар|парктер|алаңдар|зон|зонах|зонам|зонами|парков|парках|паркам|парки|площадок|площадках)\p{Ll}{0,6}$(?<!зоны|зона|зону|зоне|зоной|зонасы)")
_THERE_ARE = regex.compile(r"(?<!\p{L})(?:болса|бар|насчитывается|всего|имеется)(?!\p{L})")
_NEW_ONES = regex.compile(r"(?<!\p{L})(?:новы\p{Ll}+|жаңа|жаңадан)(?!\p{L})")
_AT_WORK = regex.compile(r"жұмыспен|еңбек ет|трудоустро|работают|занят|жұмыс істе|жұмысқа|жұмыс тапты|тру[дж]ит|трудят|заняты|работает")
_NETWORK_FLAGS = frozenset(("fibre", "base", "broadband", "mobile", "satellite", "3g", "4g", "adsl"))
_LINK_PLACE = regex.compile(r"[\s«–—-]*(?:оның|соның|олардың|солардың|онда|мұнда|осы|из них|среди них|в том числе|здесь|там)")
_PROJECT_START = regex.compile(r"[\s«–—-]*(?:бұл\s|жалпы\s)?(?:жоба(?:ның|ға)?(?:\s\p{Ll}+){0,2}\s(?:құны|бағасы)|инвестиция көлемі|құны|(?:общая\s|сметная\s)?стоимость|объем(?:ы)? (?:частных\s)?инвестиций|протяженность|ұзындығы)")
_MEASURES = ("none", "percent", "money", "hectare", "km", "m3day")
_IN_ZONE = regex.compile(r"\s(?:[\p{Ll}-]+\s){0,2}(?:аймақ|аумақ|алаң|парк|жер)(?:та|те|да|де|тағы|дағы|ында)(?!\p{L})")
_BARE_AFTER = regex.compile(
    r"\s?(?:[.,;:)!?–—-]|$|\n|\s?(?:в|на|из|с|к|и|по|до|за|уже|пока|то|или|также|будут|будет|еще|село|работа|ауыл|обеспеч|подключ|получ|охва|газифиц|имеют|пользу|остал|нах|прих))"
)
_LINK_START = regex.compile(
    r"[\s«–—-]*(?:оның|соның|олардың|бұлардың|солардың|тағы|сондай-ақ|сонымен қатар|сонымен бірге|оған|онда|осылайша|нәтижесінде|бұл|осы|ал|қалған|жалпы|яғни|из них|среди них|в том числе|еще|ещё|также|кроме того|остальн|при этом|всего|их|они|эти|это|этот|таким образом|в результате|общая|общий|из этих|здесь|там|тем самым|одновременно|на эти|благодаря|за счет этих|за счёт этих)"
)


@dataclass(slots=True)
class Figure:
    """A figure with all that was concluded, before figures said twice are joined."""

    number: Number
    counted: Counted
    sentence: Sentence
    layer: LayerFound
    indicator: str
    status: StatusFound
    status_code: str
    qualifier: str
    period: Period | None
    period_why: str
    place: PlaceFound
    flags: Flags
    currency: str | None
    heading: bool
    high: float | None


@dataclass(frozen=True, slots=True)
class Left:
    """A number that is no figure of ours, at plain[start:end]."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Run:
    """What goes along from sentence to sentence."""

    page: Page
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    focus: Focus
    subject: Subject
    date: dt.date | None
    last: Figure | None = None
    last_line: int = -1
    last_share: Figure | None = None
    waiting: list[tuple[Sentence, Sequence[Hit], int]] = field(default_factory=list)  # named places, held no figure
    zones_many: bool | None = None  # whether the text last spoke of many zones, or of one
    zone_name: str = ""
    last_noun: str = ""  # the countable unit spoken of last


def read_sentence(run: Run, sentence: Sentence, hits: Sequence[Hit], figures: list[Figure], left: list[Left]) -> None:
    """Add the figures of one sentence, and take up what it speaks of."""
    kinds = {hit.term.kind for hit in hits}
    subject = run.subject
    subject.move_on(sentence.line)
    named = {hit.term.code for hit in hits if hit.term.kind == "layer"} if "layer" in kinds else set()
    has_digit = _DIGIT.search(run.page.low, sentence.start, sentence.end) is not None
    if (named or subject.strength or subject.main) and (has_digit or "number" in kinds):
        _catch_up(run)
        run.focus.age += 1
        view = View(run.page, sentence, hits)
        mentions = find_mentions(view, run.gazetteer, run.focus.home)
        note_mentions(view, mentions, run.focus)
        before = len(figures)
        _read_numbers(run, view, mentions, figures, left)
        if len(figures) > before:
            run.last, run.last_line = figures[-1], sentence.line
            run.last_share = next((f for f in reversed(figures[before:]) if f.counted.code == "percent"), run.last_share)
            nouns = [figure.counted.code for figure in figures[before:] if figure.counted.code not in _MEASURES]
            run.last_noun = nouns[-1] if nouns else run.last_noun
        if "industry" in named:
            _note_zones(run, view)
        _settle_focus(run, sentence, mentions)
    else:
        run.focus.age += 1
        if "name" in kinds or "industry" in named:
            run.waiting.append((sentence, hits, run.focus.age))
            del run.waiting[:-_REMEMBERED]
        if has_digit:
            left += [Left(*found.span(), "no word of a layer near it") for found in _DIGITS.finditer(run.page.low, sentence.start, sentence.end)]
    subject.hear(named, "other" in kinds)


def _catch_up(run: Run) -> None:
    """What the sentences without figures since the last one spoke of: places and zones."""
    age, told = run.focus.age, None
    for sentence, hits, then in run.waiting:
        view = View(run.page, sentence, hits)
        mentions = find_mentions(view, run.gazetteer, run.focus.home)
        note_mentions(view, mentions, run.focus)
        _note_zones(run, view)
        if _settle_focus(run, sentence, mentions):
            told = then
    if told is not None:
        run.focus.age = age - told
    else:
        run.focus.age = age
    run.waiting.clear()


def _note_zones(run: Run, view: View) -> None:
    signs = zone_signs(view)
    if signs:
        _, run.zones_many, run.zone_name = signs[-1]


def _settle_focus(run: Run, sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """The place the next sentence goes on with, where it names none. Whether this sentence named one."""
    told = [
        m
        for m in mentions
        if not m.line and m.kind in ("region", "district", "city", "settlement", "zone") and m.end - m.start < 0.6 * (sentence.end - sentence.start)
    ]
    if not told:
        return False
    last = told[-1]
    inside = last if last.kind != "region" else None
    if inside is None and len({m.id for m in told if m.kind == "region"}) > 1:
        run.focus.current = PlaceFound()
    else:
        run.focus.current = PlaceFound(last.regions or run.focus.region or run.focus.home, inside, "focus")
    run.focus.age = 0
    run.focus.paragraph, run.focus.line = sentence.paragraph, sentence.line
    return True


def _read_numbers(run: Run, view: View, mentions: list[Mention], figures: list[Figure], left: list[Left]) -> None:
    numbers = view.numbers
    linked = _LINK_START.match(view.page.low, view.start) is not None
    years = view.years
    signs: list[Sign] | None = None
    previous: Counted | None = None
    previous_any: Counted | None = None
    for index, number in enumerate(numbers):
        if any(year.start < number.end and number.start < year.end for year in years):
            left.append(Left(number.start, number.end, "a year"))
            continue
        if number.odd:
            left.append(Left(number.start, number.end, number.odd))
            continue
        limit = numbers[index + 1].start if index + 1 < len(numbers) else view.end
        counted = _percent_to_come(view, number, index) or _noun(run, view, number, index, limit, previous, previous_any, linked)
        floor = numbers[index - 1].end if index else view.start
        if counted is None or (counted.code == "none" and number.tail):
            counted = noun_before(view, number, floor, bool(_BARE_AFTER.match(view.page.low, number.end + len(number.tail)))) or counted
        if counted is None:
            counted = _left_out(run, view, number, index, previous, previous_any, linked)
        if counted is None:
            left.append(Left(number.start, number.end, "nothing countable beside it"))
            continue
        previous_any = counted
        if counted.code not in _MEASURES:
            previous = counted
        if signs is None:
            signs = status_signs(view, run.vocabulary)
        earlier = figures[-1] if figures and figures[-1].sentence is view.sentence else None
        made = _figure(run, view, number, index, counted, mentions, signs, linked, earlier)
        if isinstance(made, str):
            left.append(Left(number.start, number.end, made))
        else:
            figures.append(made)
            strength = run.subject.strength
            strength[made.layer.layer] = max(strength.get(made.layer.layer, 0.0), 0.6)


def _noun(
    run: Run, view: View, number: Number, index: int, limit: int, previous: Counted | None, previous_any: Counted | None, linked: bool
) -> Counted | None:
    """The noun of a number; «қалған үшеуі» has none of its own, so what stands farther off is not it."""
    if not number.of_them:
        return counted_noun(view, number, limit)
    own = counted_noun(view, number, limit)
    if own is not None and own.steps == 0 and own.code != "none":
        return own if previous is None or own.code != "pipelines" else None
    return _left_out(run, view, number, index, previous, previous_any, linked)


def _percent_to_come(view: View, number: Number, index: int) -> Counted | None:
    """«қала тұрғындарының 98, ауыл тұрғындарының 97,1 пайызы»: the sign stands with the last of a list."""
    after = number.end + len(number.tail)
    if index + 1 >= len(view.numbers) or view.page.low[after : after + 2] != ", " or number.scaled or number.value > 100:
        return None
    if not _GENITIVE_NOUN.search(view.text(max(view.start, number.start - 14), number.start).rstrip()):
        return None
    limit = view.numbers[index + 2].start if index + 2 < len(view.numbers) else view.end
    noun = counted_noun(view, view.numbers[index + 1], limit)
    return Counted("percent", None, "carried", after) if noun and noun.code == "percent" else None


def _left_out(run: Run, view: View, number: Number, index: int, previous: Counted | None, previous_any: Counted | None, linked: bool) -> Counted | None:
    """The noun a number leaves out: «158 из 284 сёл», «оның 24-і», «водой – 291»."""
    low = view.page.low
    after = number.end + len(number.tail)
    out_of = _OF_THEM_RU.match(low, after, view.end)
    if out_of and index + 1 < len(view.numbers) and view.numbers[index + 1].start - out_of.end() < 12:
        limit = view.numbers[index + 2].start if index + 2 < len(view.numbers) else view.end
        noun = counted_noun(view, view.numbers[index + 1], limit)
        if noun and noun.code not in ("percent", "none", "money"):
            return Counted(noun.code, noun.hit, "carried", after)
    ends = low[after : after + 1] in (".", "", "\n", ";")
    if ends and index and view.page.low[number.start - 2 : number.start] in ("– ", "— ", "- "):
        if previous_any is not None and previous_any.code in ("hectare", "km"):
            return Counted(previous_any.code, previous_any.hit, "carried", after)
    verb_before = ends and any(hit.word_end == number.start - 1 and hit.term.kind == "stem" for hit in view.hits)
    verb_next = any(hit.start == after + 1 and hit.term.kind in ("stem", "status") for hit in view.hits)
    if number.of_them or verb_next or _BARE_AFTER.match(low, after) or out_of:
        if number.article and not out_of:
            return None
        if previous and previous.code not in ("percent", "none", "money"):
            return Counted(previous.code, previous.hit, "carried", after)
        subset = any(hit.start < number.start for hit in view.of("cue", "subset", "more", "sum"))
        near = run.last is not None and view.sentence.line - run.last_line <= 1
        if near and (number.of_them or linked or subset or (ends and (view.of("layer") or verb_before))) and run.last_noun:
            return Counted(run.last_noun, None, "carried", after)
    return None


def _figure(
    run: Run, view: View, number: Number, index: int, counted: Counted, mentions: list[Mention], signs: list[Sign], linked: bool, earlier: Figure | None
) -> Figure | str:
    if counted.code == "none":
        return f"counts {view.text(counted.hit.start, counted.hit.word_end)}" if counted.hit else "counts nothing of ours"
    if number.article and not (counted.how == "after" and (counted.steps == 0 or "ғана" in view.text(number.end, counted.end)) and counted.code in ("projects", "settlements", "zones", "sez", "schools") and _ONLY.search(view.text(max(view.start, number.start - 9), counted.end))):
        return "a word for one, used as an article"
    layer = figure_layer(view, number, counted, run.subject)
    if not layer.layer:
        return layer.reason
    status = figure_status(view, number, signs, counted.end)
    goes_on = linked or _PROJECT_START.match(view.page.low, view.start) is not None
    before = earlier or (run.last if goes_on and view.sentence.line == run.last_line else None)
    if not signs and before is not None:
        status = before.status
    flags = figure_flags(view, number, counted, layer.layer, layer.how, status)
    villages = earlier is not None and earlier.counted.code == "settlements" and earlier.layer.layer == layer.layer
    if villages and counted.code in ("people", "households") and "unserved" in earlier.flags and any(True for _ in view.near(number, "cue", "live", within=1.0)):
        flags.set("unserved", "lives where the service is lacking")
    if earlier is not None and counted.how in ("carried", "before") and counted.code == earlier.counted.code and earlier.layer.layer == "internet":
        if not _NETWORK_FLAGS & set(flags.held) and "unserved" not in flags:
            for name in sorted(_NETWORK_FLAGS & set(earlier.flags.held)):
                flags.set(name, "as in the figure before")
    reason = refuse(view, number, counted, layer, flags, run.subject, villages)
    if reason:
        return reason
    qualifier, rises = figure_qualifier(view, number, counted)
    _total(view, number, index, counted, layer, flags, status)
    period, why = figure_period(view, number, status.code or "actual", run.date)
    code = _status_code(run, view, status, period, flags)
    if code != (status.code or "actual"):
        period, why = figure_period(view, number, code, run.date)
    if before is not None and before.period and why in ("", "document's date") and (code == before.status_code) and before.period_why != "document's date":
        if linked or earlier is None:
            period, why = before.period, f"as in the figure before ({before.period_why})"
    _new_or_stock(view, number, counted, code, status, rises, period, why, flags)
    if counted.code == "percent":
        _inherit_base(run, view, number, layer, flags, linked, earlier)
    elif counted.code == "settlements" and layer.layer == "internet" and layer.how in ("context", "title"):
        _inherit_network(run, view, number, flags)
    if layer.layer == "irrigation" and run.last and run.last.layer.layer == "irrigation":
        for name in ("saving", "irrigated"):
            if name in run.last.flags and "saving" not in flags:
                flags.set(name, "as in the figure before")
    if counted.code == "settlements" and code == "needed" and not view.text(view.end - 30, view.end).rstrip(" .").endswith(("болған", "еді", "болатын")):
        flags.set("unserved", status.word)
    if counted.code == "hectare" and code in ("planned", "underway") and _IN_ZONE.match(view.page.low, counted.end):
        code, period = "actual", None
        period, why = figure_period(view, number, code, run.date)
    of_place = linked and _LINK_PLACE.match(view.page.low, view.start) is not None
    place = figure_place(view, number, counted.end, mentions, run.focus, of_place, counted.code, layer.layer)
    if place.regions and place.regions[0] in CITY_REGIONS:
        flags.held.pop("of_urban", None)  # everybody there lives in the city
    indicator = choose_indicator(counted.code, layer.layer, flags)
    if not indicator:
        return f"the {layer.layer} layer has no measure for it here"
    if not signs and before is not None and before.counted.code == counted.code and any(hit.start < number.start for hit in view.of("cue", "subset")) and layer.how in ("context", "title"):
        indicator = before.indicator  # «Соның ішінде Ақсуат ауданында – 29»
    if layer.layer == "industry" and place.mention is None and counted.code not in ("zones", "sez", "percent") and len(place.regions) <= 1 and place.regions != ("KZ",):
        place = _inside_zone(run, view, number, place)
    if flags.held.get("total") is not None and code != "actual":
        code = "actual"
    currency = counted.hit.term.extra.get("currency") if counted.hit and counted.code == "money" else None
    return Figure(number, counted, view.sentence, layer, indicator, status, code, qualifier, period, why, place, flags, currency if currency != "KZT" else None, view.sentence.heading, number.high)


def _inside_zone(run: Run, view: View, number: Number, place: PlaceFound) -> PlaceFound:
    """A figure of one zone is not its region's: told by whether the text speaks of one zone or of many."""
    zones = sorted(zone_signs(view), key=lambda sign: (view.border(number.start, sign[0]) + (0.3 if sign[0] > number.start else 0.0), abs(sign[0] - number.start)))
    many = zones[0][1] if zones else run.zones_many
    if many is None or many:
        return place
    name = zones[0][2] if zones else run.zone_name
    mention = Mention(number.start, number.end, "unlisted/zone", name, "zone", place.regions, False, "one zone is spoken of")
    return PlaceFound(place.regions, mention, place.how, place.reason)


def zone_signs(view: View) -> list[tuple[int, bool, str]]:
    """Where zones are spoken of: position, whether many, and the words."""
    found = []
    for hit in view.of("layer", "industry"):
        text = view.text(hit.start, hit.word_end)
        counted = any(0 <= hit.start - n.end < 22 and n.value > 1 and not n.odd for n in view.numbers if view.border(n.start, hit.start) == 0) and view.text(hit.start - 8, hit.start).find("гект") < 0
        area = any(0 <= hit.start - n.end < 40 and view.text(n.end, hit.start).lstrip().startswith(("га", "гект")) for n in view.numbers)
        found.append((hit.start, bool(_MANY_ZONES.search(text)) or (counted and not area), view.page.plain[hit.start : hit.word_end]))
    return found


def _total(view: View, number: Number, index: int, counted: Counted, layer: LayerFound, flags: Flags, status: StatusFound) -> None:
    """Denominators: «352 ауылдың 232-сі», «из 349 сёл 219», «372 елді мекен болса, оның 199-ы»."""
    if counted.code != "settlements":
        return
    following = view.numbers[index + 1] if index + 1 < len(view.numbers) else None
    noun = view.text(counted.hit.start, counted.hit.word_end) if counted.hit and counted.how == "after" else ""
    if following and noun and _GENITIVE_NOUN.search(noun) and following.start - counted.end < 30 and (following.of_them or view.kazakh):
        if following.of_them or "%" in view.text(following.end, following.end + 2) or "пайыз" in view.text(following.end, following.end + 9) or "процент" in view.text(following.end, following.end + 9):
            flags.set("total", noun)
            return
    if _FROM_THEM_BEFORE.search(view.text(max(view.start, number.start - 16), number.start)) and not view.kazakh:
        others = [n for n in view.numbers if n is not number and not n.odd]
        if others:
            flags.set("total", "из")
            return
    if not status.code and counted.how == "after" and layer.how in ("context", "title") and not view.of("cue", "subset", "more", "unserved"):
        flags.set("total", "a sentence without a verb")
        return
    clause = view.text(*view.clause(number.start))
    if layer.how != "clause" and _THERE_ARE.search(clause) and not any(
        sign in flags for sign in ("unserved", "module", "well", "standpipe", "trucked", "more")
    ):
        later = any(hit.start > counted.end for hit in view.of("cue", "subset")) or "болса" in clause or "насчитыв" in clause or layer.how in ("context", "title")
        if later and status.code in ("", "actual") and not status.event:
            flags.set("total", "a plain count of settlements")


def _status_code(run: Run, view: View, status: StatusFound, period: Period | None, flags: Flags) -> str:
    code = status.code
    if not code:
        code = "planned" if any(year.due for year in view.years) else "actual"
        if period and run.date and period.start and period.start.year > run.date.year:
            code = "planned"
    elif code == "actual" and period and run.date and period.start and period.start.year > run.date.year:
        code = "planned"
    if "unserved" in flags and code in ("planned", "target", "needed") and status.negated:
        code = "actual"
    return code


def _new_or_stock(view: View, number: Number, counted: Counted, code: str, status: StatusFound, rises: bool, period: Period | None, why: str, flags: Flags) -> None:
    """Whether settlements are those connected within a period, or all that are connected."""
    if counted.code in ("zones", "sez"):
        around = view.text(max(view.start, counted.end - 40), counted.end)
        if _NEW_ONES.search(around):
            flags.set("new_ones", "new")
        return
    if counted.code == "settlements" and any(hit.start < counted.end + 12 and abs(hit.start - number.start) < 30 for hit in view.of("cue", "all")):
        flags.set("state", "all of them")
        return
    if counted.code == "people" and _AT_WORK.search(view.text(*view.clause(number.start))):
        flags.set("work", "people at work")
        return
    if counted.code != "settlements":
        return
    if counted.how == "before" or rises:
        flags.set("state", "a level reached")
        return
    if code in ("planned", "target"):
        flags.set("new", "to be connected")
    elif code == "actual" and status.event and "unserved" not in flags:
        flags.set("new", status.word)
    elif code == "actual" and "more" in flags:
        flags.set("new", flags.held["more"])
    elif code == "actual" and _IN_YEAR.search(view.text(*view.clause(number.start))) and status.code == "actual" and not view.kazakh and "unserved" not in flags and status.word.endswith(("ны", "но", "ен", "ан")):
        flags.set("new", why)
    else:
        flags.set("state", status.word)


def _inherit_base(run: Run, view: View, number: Number, layer: LayerFound, flags: Flags, linked: bool, earlier: Figure | None) -> None:
    """«Бұл көрсеткіш 85,5 пайыз»: a share without its base takes that of the share before."""
    if any(name.startswith("of_") and name not in ("of_layer", "of_urban", "of_rural") for name in flags.held):
        return
    if earlier is not None and earlier.layer.layer == layer.layer:
        if earlier.counted.code == "percent":
            for name in ("of_people", "of_settlements", "of_urban", "of_rural"):
                if name in earlier.flags and not {"of_urban", "of_rural"} & set(flags.held):
                    flags.set(name, "as in the share before")
            return
        if _THAT_IS.search(view.text(earlier.number.end, number.start)) and earlier.counted.code in ("settlements", "people"):
            flags.set("of_people" if earlier.counted.code == "people" else "of_settlements", "the count before, as a share")
            return
    again = any(hit.start < number.start for hit in view.of("cue", "again"))
    last = run.last_share if again else run.last
    if last is not None and last.counted.code == "percent" and last.layer.layer == layer.layer and (again or linked) and view.sentence.line - last.sentence.line <= 2:
        for name in ("of_people", "of_settlements", "of_health", "of_schools"):
            if name in last.flags:
                flags.set(name, "as in the share before")
    elif again and not flags.held.get("of_people"):
        nouns = [hit for hit in view.of("unit", "people", "settlements") if hit.start < number.start and not is_counted(view, hit)]
        if nouns:
            flags.set("of_people" if nouns[-1].term.code == "people" else "of_settlements", "named before in the sentence")


def _inherit_network(run: Run, view: View, number: Number, flags: Flags) -> None:
    """A count of villages without a network of its own takes that of the figure before."""
    last = run.last
    if last is None or last.layer.layer != "internet" or "unserved" in flags or "total" in flags:
        return
    own = _NETWORK_FLAGS
    if not own & set(flags.held) and "more" not in flags and not any(hit.start < number.start for hit in view.of("cue", "sum")):
        for name in sorted(own & set(last.flags.held)):
            flags.set(name, "as in the figure before")
